"""What the commands see of the world, kept up to date by the messages of the processes."""

import random
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kiosk.core.camera_wall import Presets
from kiosk.core.clock import Clock
from kiosk.core.contacts import Contact
from kiosk.core.desk import Desk
from kiosk.core.disclosure import Disclosure
from kiosk.core.menu import Menu
from kiosk.core.pins import PinTries
from kiosk.core.profiles import Profiles
from kiosk.core.world import Catalogue, EmptyCatalogue, Topic
from kiosk.panels.spoken import Figures
from kiosk.panels.standing import Feeds, standing
from kiosk.ui.charts.camera_model import shown_state, state_words
from kiosk.wire.messages import CameraState, Device, Health, ProcessState, State, SyncState
from kiosk.wire.orders import Given, OrderState, SeenView
from kiosk.wire.text import Text
from voice.events import Answer


class ProcessView(msgspec.Struct, frozen=True):
    """A process as the screen shows it: its own word, under what the supervisor knows."""

    name: str
    state: State
    reason: Text
    restarts: int


class WallWorld:
    """Implements core's World."""

    def __init__(
        self, panels: Mapping[str, Text], clock: Clock, rng: random.Random | None = None
    ) -> None:
        self.people: Mapping[str, Text] = {}
        self.item_panels: Mapping[str, str] = {}
        self.narrowings: Mapping[str, Mapping[str, Text]] = {}
        self.menu = Menu()
        self.desk = Desk()
        self.presets = Presets()
        self.disclosure = Disclosure()
        self.profiles = Profiles()
        self.pins = PinTries()
        self.orders: Mapping[str, OrderState] = {}
        self.given = Given()
        self.devices: Mapping[str, str] = {}
        self.offices: Mapping[str, str] = {}
        self.seen: SeenView | None = None
        self.givers: tuple[str, ...] = ()
        self.contacts: tuple[Contact, ...] = ()
        self.phrases: Mapping[str, tuple[str, ...]] = {}
        self.said = Text("", "")
        self.noted: frozenset[str] = frozenset()
        self.tablets = 0
        self.conferences = False
        self._panels = panels
        self._clock = clock
        self._rng = rng or random.SystemRandom()
        self._health: dict[str, Health] = {}
        self._processes: dict[str, ProcessState] = {}
        self._connected: set[str] = set()
        self.catalogue: Catalogue = EmptyCatalogue()
        self.sync: SyncState | None = None
        self._figures = Figures()
        self._feeds = Feeds()
        self.tables: Callable[[str], frozenset[str]] = lambda panel: frozenset()
        self.cameras: Callable[[], Mapping[str, CameraState]] = dict
        self.press_at: Callable[[str], tuple[str, dict[str, Any]] | None] = lambda place: None
        self.listed: Callable[[], tuple[int, int] | None] = lambda: None
        self.words: Callable[[str], Answer | None] = lambda text: None

    @property
    def panels(self) -> Mapping[str, Text]:
        return self._panels

    def view(self) -> SeenView | None:
        return self.seen

    def figure(self, indicator: str, district: str | None) -> Text | None:
        return self._figures.say(indicator, district, self.now_ms())

    def told(self, topic: Topic, indicator: str, district: str | None) -> Text:
        return self._figures.told(topic, indicator, district, self.now_ms())

    def understand(self, text: str) -> Answer | None:
        return self.words(text)

    def ranked(self, indicator: str) -> tuple[str, ...]:
        return self._figures.ranked(indicator)

    def pages(self) -> tuple[int, int] | None:
        return self.listed()

    def apart(self, indicator: str) -> frozenset[str]:
        return self._figures.apart(indicator)

    def pressable(self, place: str) -> tuple[str, dict[str, Any]] | None:
        return self.press_at(place)

    def standing(self, panel: str) -> Text:
        return standing(self.tables(panel), self._feeds, self.sync, self.now_ms())

    def picture(self, camera: str) -> Text:
        told, now_ms = self.cameras().get(camera), self.now_ms()
        if told is None:
            return Text("", "")
        state = shown_state(told.state, told.frame_t_ms, now_ms, told.period_ms)
        if state in ("live", "connecting"):
            return Text("", "")
        age_ms = None
        if told.frame_t_ms is not None:
            age_ms = now_ms - told.frame_t_ms + told.delay_ms
        return state_words(state, age_ms)

    def now_ms(self) -> int:
        return self._clock.now_ms()

    def new_id(self) -> str:
        """The time in milliseconds and 64 random bits, so that ids sort by time."""
        return f"{self._clock.now_ms():012x}{self._rng.getrandbits(64):016x}"

    def health(self, process: str) -> State:
        return self.process(process).state

    def process(self, name: str) -> ProcessView:
        """The supervisor's word wins when a process is off; else its own, once it is connected."""
        known = self._processes.get(name)
        own = self._health.get(name)
        restarts = known.restarts if known else 0
        if known is not None and known.state == "failed":
            return ProcessView(name, "failed", known.reason, restarts)
        if own is not None and name in self._connected:
            return ProcessView(name, own.state, own.reason, restarts)
        if known is not None:
            starting = Text("시작하는 중", "starting")
            return ProcessView(name, "starting", starting, restarts)
        return ProcessView(name, "stopped", Text("", ""), restarts)

    def processes(self) -> tuple[ProcessView, ...]:
        names = [*self._processes, *(name for name in self._health if name not in self._processes)]
        return tuple(self.process(name) for name in names)

    def pid(self, name: str) -> int | None:
        known = self._processes.get(name)
        return known.pid if known else None

    def take_figures(self, figures: Figures) -> None:
        self._figures = figures

    def take_feeds(self, feeds: Feeds) -> None:
        self._feeds = feeds

    def receive(self, message: Health | ProcessState | SyncState) -> None:
        match message:
            case Health(worker=worker):
                self._health[worker] = message
            case ProcessState(process=name):
                self._processes[name] = message
            case SyncState():
                self.sync = message

    def take_tablets(
        self, connected: int, devices: tuple[Device, ...], contacts: tuple[Contact, ...]
    ) -> None:
        """The tablets that are paired, and how many of them are there."""
        self.tablets, self.contacts = connected, contacts
        self.devices = {device.id: device.name for device in devices}
        self.offices = {device.id: device.office for device in devices if device.office}

    def take_presence(self, worker: str, connected: bool) -> None:
        if connected:
            self._connected.add(worker)
        else:
            self._connected.discard(worker)
            self._health.pop(worker, None)
