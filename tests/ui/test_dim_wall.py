"""The dimmed wall: it comes with the clock, takes one press, and leaves a trail in the audit."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.app import heart
from kiosk.app.keeper import Keeper
from kiosk.app.queries import Queries
from kiosk.core.invocation import Source
from kiosk.settings.model import PresenceSettings
from kiosk.ui.components.dim_cover import DimCover
from kiosk.ui.gallery.content_samples import NOW_MS
from kiosk.ui.gallery.walls import home
from kiosk.ui.hits import all_hits
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from kiosk.wire.city import Incident
from kiosk.wire.messages import Device, Presence, TabletRequest
from kiosk.wire.text import Text
from tests.helpers.heart import Heart

LEFT = Qt.MouseButton.LeftButton
DIM_MS, LOCK_MS = 120_000, 900_000


class Cache:
    """Answers a question at once, from these incidents."""

    def __init__(self) -> None:
        self.open: list[Incident] = []

    def ask(self, key: str, question: Callable[[Any], Any], answered: Callable[[Any], Any]) -> None:
        answered(question(self))

    def incidents(self) -> tuple[Incident, ...]:
        return tuple(self.open)


class Wall:
    """A shell, its heart and its keeper, on a clock that the test moves."""

    def __init__(self, shell: Shell, core: Heart) -> None:
        self.shell = shell
        self.core = core
        self.cache = Cache()
        parts = heart.Heart(core.registry, core.bindings, core.store, core.dispatcher, core.intake)
        settings = PresenceSettings(dim_after_s=DIM_MS / 1000, lock_after_s=LOCK_MS / 1000)
        queries = cast(Queries, self.cache)
        self.keeper = Keeper(settings, parts, shell, queries, core.clock)
        self.keeper.receive(Presence("camera", False))

    def wait(self, ms: int) -> None:
        self.core.clock.advance(ms)
        self.keeper.tick()
        self.shell.tick(self.core.clock.now_ms())

    @property
    def cover(self) -> DimCover:
        (found,) = self.shell.findChildren(DimCover)
        return found

    def trail(self) -> list[tuple[str, Source, str]]:
        return [(r.command, r.source, r.status.value) for r in self.core.records]


@pytest.fixture
def wall(qtbot: QtBot) -> Wall:
    core = Heart()

    def submit(command: str, args: dict[str, Any], trigger: str) -> None:
        core.intake.touch(command, args, trigger)

    shell = Shell(make_theme(1920, 1080), submit)
    qtbot.addWidget(shell)
    shell.resize(1920, 1080)
    home(shell)
    shell.show()
    qtbot.waitExposed(shell)
    return Wall(shell, core)


def test_it_dims_by_the_clock_and_wakes_when_somebody_comes(wall: Wall) -> None:
    wall.wait(DIM_MS - 1)
    assert not wall.cover.isVisible()
    wall.wait(1)
    assert wall.cover.isVisible()
    wall.keeper.receive(Presence("camera", True))
    assert not wall.cover.isVisible()
    assert wall.trail() == [
        ("system.dim", Source.SYSTEM, "done"),
        ("system.wake", Source.SYSTEM, "done"),
    ]


def test_the_first_press_only_wakes(wall: Wall) -> None:
    hit = wall.shell.find_target("panel.open")
    assert hit is not None
    wall.wait(DIM_MS)
    assert {h.target.command for h in all_hits(wall.shell)} == {"system.wake"}
    QTest.mouseClick(wall.cover, LEFT, pos=hit.middle())
    assert wall.core.store.state.panel == "home"
    assert wall.trail()[-1] == ("system.wake", Source.TOUCH, "done")
    wall.wait(DIM_MS - 1)
    assert not wall.cover.isVisible()


def test_the_first_key_only_wakes(wall: Wall) -> None:
    wall.wait(DIM_MS)
    wall.core.intake.key("F9")
    assert wall.trail()[-1] == ("system.wake", Source.KEYBOARD, "done")
    wall.core.intake.key("F9")
    assert wall.trail()[-1] == ("system.lock", Source.KEYBOARD, "done")


def test_it_locks_through_the_audit_and_a_locked_wall_wakes_locked(wall: Wall) -> None:
    wall.wait(LOCK_MS)
    wall.wait(500)
    assert wall.trail() == [
        ("system.lock", Source.SYSTEM, "done"),
        ("system.dim", Source.SYSTEM, "done"),
    ]
    wall.keeper.receive(Presence("camera", True))
    assert not wall.cover.isVisible()
    assert wall.core.store.state.locked
    wall.wait(10 * LOCK_MS)
    assert not wall.cover.isVisible()


def test_a_tablet_wakes_by_what_it_may_do(wall: Wall) -> None:
    known = Device("t1", "비서실", "official", "", 0)
    wall.wait(DIM_MS)
    wall.core.intake.tablet(TabletRequest("1", "stranger", "nav.home", {}), None)
    assert wall.cover.isVisible()
    wall.core.intake.tablet(TabletRequest("2", "t1", "panel.open", {"panel": "cctv"}), known)
    assert not wall.cover.isVisible()
    assert wall.core.store.state.panel == "cctv"


def test_a_person_may_dim_it_and_stay(wall: Wall) -> None:
    wall.keeper.receive(Presence("camera", True))
    wall.core.intake.touch("system.dim", {}, "button")
    wall.wait(500)
    assert wall.cover.isVisible()
    wall.core.intake.touch("system.wake", {}, "dimmed")
    assert not wall.cover.isVisible()


def test_a_wall_that_is_to_stay_on_neither_dims_nor_locks_until_its_time_is_over(
    wall: Wall,
) -> None:
    wall.core.intake.touch("system.stay", {"minutes": 20}, "t")
    for _ in range(19):
        wall.wait(60_000)
    assert not wall.core.store.state.dimmed
    assert not wall.core.store.state.locked
    wall.wait(60_000)
    assert wall.core.store.state.locked, "nobody has been there all the while"


def test_a_critical_incident_keeps_it_lit(wall: Wall) -> None:
    fire = Incident(
        "f", 1, "fire", "critical", Text("", ""), Text("", ""), "11110", 0, 0, 0, 0, True
    )
    wall.wait(DIM_MS)
    wall.core.intake.touch("system.wake", {}, "dimmed")
    wall.cache.open = [fire]
    wall.keeper.rows_changed(frozenset({"incidents"}))
    wall.wait(DIM_MS)
    assert not wall.cover.isVisible()
    wall.cache.open = []
    wall.keeper.rows_changed(frozenset({"incidents"}))
    assert wall.cover.isVisible()


def test_when_the_watching_process_goes_nobody_is_taken_for_absent(wall: Wall) -> None:
    wall.wait(DIM_MS - 1)
    wall.keeper.lost("voice")
    wall.keeper.lost("gestures")
    wall.wait(LOCK_MS)
    assert wall.trail() == []


class Painted(QObject):
    """Counts what is painted."""

    def __init__(self, watched: list[QWidget]) -> None:
        super().__init__()
        self.seen: list[str] = []
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_under_the_cover_is_painted(wall: Wall, qtbot: QtBot) -> None:
    wall.shell.tick(NOW_MS)
    wall.wait(DIM_MS)
    qtbot.wait(20)
    painted = Painted(wall.shell.findChildren(QWidget))
    for widget in wall.shell.findChildren(QWidget):
        if widget is not wall.cover:
            widget.update()
    qtbot.wait(20)
    assert painted.seen == []
    wall.wait(60_000)
    qtbot.wait(20)
    assert painted.seen == ["DimCover"]


def test_it_is_dark_in_a_bright_theme_too(wall: Wall) -> None:
    wall.shell.set_theme(wall.shell.theme.with_name("light"))
    wall.wait(DIM_MS)
    picture = wall.shell.grab().toImage()
    assert picture.pixelColor(10, 10).lightness() < 8


def test_a_finger_elsewhere_wakes_too(wall: Wall) -> None:
    wall.wait(DIM_MS)
    device = QTest.createTouchDevice()
    for act in ("press", "release"):
        sequence = QTest.touchEvent(wall.shell, device, False)
        getattr(sequence, act)(0, QPoint(3, 1070), wall.shell)
        sequence.commit()
    assert not wall.cover.isVisible()
