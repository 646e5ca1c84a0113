"""A wall without processes: the demo city on a panel, and a hand that the worker tells of."""

from typing import Any

import msgspec
from pytestqt.qtbot import QtBot

from gestures.events import EngageState, GestureEvent, GestureKind, GestureStatus, Phase
from kiosk.app.senses import Senses
from kiosk.app.world import WallWorld
from kiosk.core.invocation import Outcome
from kiosk.core.state import ViewState
from kiosk.panels.panel import HandHelp
from kiosk.ui.theme import make_theme
from kiosk.wire.messages import GestureSeen, GestureView, Health
from tests.helpers.heart import PANELS, Heart
from tests.helpers.panel_city import MemoryRepositories, model_of, put_on_wall

WIDTH, HEIGHT = 1920, 1080


class HandWall:
    """What the gestures process says arrives here as it does on the wall."""

    def __init__(
        self, qtbot: QtBot, city: MemoryRepositories, state: ViewState, wake: str = ""
    ) -> None:
        self.heart = Heart()
        self.heart.store.put(state)
        self.asked: list[tuple[str, dict[str, Any], str]] = []
        theme = make_theme(WIDTH, HEIGHT)
        model = model_of(state.panel, city, state)
        self.shell, self.panel = put_on_wall(state.panel, model, theme, WIDTH, HEIGHT, self.asked)
        qtbot.addWidget(self.shell)
        world = WallWorld(PANELS, self.heart.clock)
        for worker in ("gestures", "voice"):
            world.take_presence(worker, True)
            world.receive(Health(worker, "running"))
        titles = {command.id: command.title for command in self.heart.registry}
        hands = HandHelp(self.heart.bindings, titles, PANELS)
        self.senses = Senses(
            shell=self.shell,
            intake=self.heart.intake,
            store=self.heart.store,
            hands=hands,
            world=world,
            changed=lambda: None,
            wake=wake,
        )

    def hand(
        self,
        kind: GestureKind,
        phase: Phase = Phase.FIRED,
        pointer: tuple[float, float] | None = None,
    ) -> None:
        t_ms = self.heart.clock.now_ms()
        self.senses.receive(GestureSeen(GestureEvent(kind, phase, "right", pointer, 0.9, t_ms)))

    def sees(self, **status: Any) -> None:
        """The camera's view as it is now."""
        base = GestureStatus(self.heart.clock.now_ms(), EngageState.ENGAGED, side="right")
        self.senses.receive(GestureView(msgspec.structs.replace(base, **status)))

    def submit_asked(self) -> list[Outcome]:
        """What was pressed or moved on the screen goes on to the dispatcher, as the wall does."""
        asked, self.asked[:] = list(self.asked), []
        outcomes = []
        for command, args, trigger in asked:
            way, _, act = trigger.partition(":")
            give = self.heart.intake.pointed if way == "gesture" else self.heart.intake.touch
            outcomes.append(give(command, args, act))
        return outcomes
