"""`replay`: the real heart of the wall on a clock that the session moves, for
`kiosk.tools.replay`. Nothing it decides leaves this process."""

import random
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from gestures.events import GestureEvent, GestureKind
from kiosk.app.configuration import (
    read_desk,
    read_policy,
    read_presets,
    read_profiles,
    read_settings,
)
from kiosk.app.paths import CONFIG
from kiosk.app.replay_city import read_city_names, with_there
from kiosk.app.world import WallWorld
from kiosk.commands import make_registry
from kiosk.core.audit import AuditRecord
from kiosk.core.bindings import DRAGGED, Bindings
from kiosk.core.clock import ManualClock
from kiosk.core.confirm import Confirmations
from kiosk.core.dispatcher import Dispatcher
from kiosk.core.registry import Send
from kiosk.core.state import Place, Store, replace
from kiosk.inputs import Intake
from kiosk.inputs.configured import read_bindings
from kiosk.inputs.recorded import (
    Answered,
    Flicked,
    Gestured,
    Header,
    Keyed,
    Pointed,
    Requested,
    There,
    Told,
    Touched,
    WallInput,
)
from kiosk.pack import load_here, use
from kiosk.pack.clock import local_time
from kiosk.pack.speech import grammar_of
from kiosk.panels import find_menu, find_panels
from kiosk.panels.names import Names
from kiosk.settings import Settings
from kiosk.tools import replay
from kiosk.tools.replay.stage import Done, Sent, Stage
from kiosk.wire.messages import Device, Health, TabletRequest
from voice.ears import Ears, load_ears
from voice.events import Answer, Context, Gate
from voice.matcher import Matcher
from voice.replay import hear, with_tail
from voice.sound_files import check_sound, read_chunks, read_part

EPOCH_MS = 1_790_000_000_000
"""When a session plays that does not say when it was recorded."""
TICK_MS = 500
PROCESSES = ("gestures", "voice", "video", "sync", "remote", "backend", "ui")


def main(argv: list[str]) -> int:
    """See kiosk.tools.replay.main."""
    return replay.main(argv, ReplayHouse)


class ReplayHouse:
    """Implements kiosk.tools.replay.stage.House, for a site's settings. Raises SettingsError."""

    def __init__(self, sites: Sequence[str] = ()) -> None:
        self.settings = read_settings(CONFIG, sites, {"paths": {"config_dir": str(CONFIG)}})
        use(load_here(self.settings))
        self.registry = make_registry()
        self.bindings, _ = read_bindings(CONFIG, self.registry, self.settings.bindings)
        self.policy = read_policy(CONFIG)
        self.desk = read_desk(self.settings)
        self.presets = read_presets(self.settings)
        self.profiles = read_profiles(self.settings)
        self.specs = tuple(find_panels())
        self.understanding = ReplayUnderstanding(self.settings)

    @cached_property
    def names(self) -> Names:
        return read_city_names(self.settings)

    def stage(self, header: Header, done: Done, sent: Sent) -> Stage:
        return ReplayStage(self, header, done, sent)


class ReplayStage:
    """Implements kiosk.tools.replay.stage.Stage."""

    def __init__(self, house: ReplayHouse, header: Header, done: Done, sent: Sent) -> None:
        self._house = house
        self._sent = sent
        self._begin_ms = header.epoch_ms or EPOCH_MS
        self._clock = ManualClock(self._begin_ms)
        self._store = Store(header.start)
        self._bindings: Bindings = house.bindings
        self._world = self._make_world()
        if header.start.place == Place() and not header.start.past:
            home = house.profiles.home(header.start.profile)
            self._store.put(replace(header.start, place=home))
        self._nonces = 0
        self._dispatcher = Dispatcher(
            registry=house.registry,
            store=self._store,
            policy=house.policy,
            world=self._world,
            audit=_Nowhere(),
            clock=self._clock,
            carry=self._carry,
            confirmations=Confirmations(self._nonce),
        )
        self._dispatcher.watch(lambda record: done(self._now_ms(), record))
        self._intake = Intake(
            dispatcher=self._dispatcher,
            store=self._store,
            bindings=house.bindings,
            policy=house.policy,
            clock=self._clock,
            profiles=house.profiles,
        )

    def _make_world(self) -> WallWorld:
        house = self._house
        titles = {spec.id: spec.title for spec in house.specs}
        seeded = random.Random(0)  # noqa: S311 - no secret
        world = WallWorld(titles, self._clock, seeded)
        world.item_panels = {kind: spec.id for spec in house.specs for kind in spec.items}
        world.narrowings = {spec.id: dict(spec.narrowings) for spec in house.specs}
        world.menu = find_menu(house.specs)
        world.people = {name: who.title for name, who in house.bindings.people.items()}
        world.desk, world.presets = house.desk, house.presets
        world.profiles = house.profiles
        world.catalogue = house.names
        for process in PROCESSES:
            world.take_presence(process, True)
            world.receive(Health(process, "running"))
        return world

    def _nonce(self) -> str:
        self._nonces += 1
        return f"question-{self._nonces}"

    def _carry(self, send: Send) -> bool:
        self._sent(self._now_ms(), send)
        return True

    def _now_ms(self) -> int:
        return self._clock.now_ms() - self._begin_ms

    def to(self, t_ms: int) -> None:
        """In steps of the wall's own tick while something waits for an answer."""
        goal_ms = self._begin_ms + t_ms
        while (left_ms := goal_ms - self._clock.now_ms()) > 0:
            state = self._store.state
            asks = (state.confirmation, state.choice, state.pairing)
            waits = any(ask and ask.expires_ms > self._clock.now_ms() for ask in asks)
            self._clock.advance(min(left_ms, TICK_MS) if waits else left_ms)
            self._dispatcher.tick()

    def there(self, there: There) -> None:
        self._world.catalogue = with_there(self._house.names, there)

    def take(self, given: WallInput) -> None:
        intake = self._intake
        match given:
            case Touched():
                intake.touch(given.command, given.args, given.trigger)
            case Pointed():
                intake.pointed(given.command, given.args, given.act)
            case Keyed():
                intake.key(given.name)
            case Flicked():
                intake.flick(given.towards)
            case Gestured():
                self.gesture(given.event)
            case Answered():
                self.answer(given.answer)
            case Requested():
                self._request(given)
            case Told():
                intake.system(given.command, given.args)
            case _:
                raise TypeError(f"has to be understood first: {type(given).__name__}")

    def gesture(self, event: GestureEvent) -> None:
        """A pinch presses what the pointer is on, and a closed hand moves the map itself: without a
        screen both are nothing. What came of them at the wall stands in its session as `pointed`.
        """
        state = self._store.state
        if not state.screen.hands or event.kind is GestureKind.PINCH_TAP:
            return
        bound = self._bindings.find("gesture", event.kind.value, state.panel, state.person)
        if bound is None or bound.command not in DRAGGED:
            self._intake.gesture(event)

    def answer(self, answer: Answer) -> None:
        self._intake.answered(answer)

    def _request(self, given: Requested) -> None:
        device = None
        if given.role is not None:
            device = Device(given.device, given.device, given.role, "", 0)
        request = TabletRequest("", given.device, given.command, given.args, given.verified)
        self._intake.tablet(request, device)


class ReplayUnderstanding:
    """Implements kiosk.tools.replay.stage.Understanding, in Korean. Times count from EPOCH_MS."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _matcher(self) -> Matcher:
        today = local_time(EPOCH_MS).date()
        return Matcher(grammar_of(self._settings, "ko"), today=lambda: today)

    @cached_property
    def _ears(self) -> Ears:
        return load_ears(CONFIG / "voice" / "ko", matcher=self._matcher)

    def text(self, text: str) -> Answer:
        return self._matcher.match(text, 0)

    def sound(
        self, file: str, gate: Gate, context: Context, part_ms: tuple[int, int] | None = None
    ) -> tuple[tuple[int, Answer], ...]:
        check_sound(Path(file))  # before a model is loaded for it
        sound = read_chunks(Path(file)) if part_ms is None else read_part(Path(file), *part_ms)
        chunks = with_tail(sound)
        heard = hear(self._ears, chunks, gate, context)
        return tuple((one.heard.t_decided_ms, one.answer) for one in heard)


class _Nowhere:
    def append(self, record: AuditRecord) -> None:
        """A replay is no part of what was done at this wall."""
