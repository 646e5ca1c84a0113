"""The furnished wall: heart, hub, panels and tablets, put together after the first frame."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from kiosk.app import answers
from kiosk.app.alarm import Alarm
from kiosk.app.calls import Calls
from kiosk.app.camera_pictures import FOLDER as SNAPSHOTS
from kiosk.app.camera_pictures import CameraPictures
from kiosk.app.camera_tour import CameraTour
from kiosk.app.cameras import Cameras
from kiosk.app.charts import ChartLoader
from kiosk.app.chimes import Chimes
from kiosk.app.disclosures import Disclosures
from kiosk.app.driver import NAME as DRIVER
from kiosk.app.driver import Driver
from kiosk.app.heart import make_heart
from kiosk.app.hub import Hub
from kiosk.app.keeper import Keeper
from kiosk.app.live import live_now
from kiosk.app.lookups import Lookups, Phrases
from kiosk.app.mirror import Mirror
from kiosk.app.orders import Orders
from kiosk.app.panels import PanelHost
from kiosk.app.part import Part
from kiosk.app.paths import UI_SOCKET
from kiosk.app.photographer import Photographer
from kiosk.app.photos import read_photos
from kiosk.app.pointing import Pointing
from kiosk.app.queries import Queries
from kiosk.app.readiness import Readiness
from kiosk.app.recordings import Recordings
from kiosk.app.refusals import Refusals
from kiosk.app.reports import Reports
from kiosk.app.ringing import Ringing
from kiosk.app.senses import Senses
from kiosk.app.showing import Showing
from kiosk.app.snapshot import Snapshot
from kiosk.app.tablets import Tablets
from kiosk.app.talks import Talks
from kiosk.app.theming import theme_of
from kiosk.app.uses import Uses
from kiosk.app.watched import Watched
from kiosk.app.words import Words
from kiosk.app.world import WallWorld
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import Clock
from kiosk.core.registry import Send
from kiosk.core.state import Changes, Store, ViewState
from kiosk.panels import Live, find_menu, find_panels
from kiosk.panels.help.entries import help_entries
from kiosk.panels.panel import HandHelp, HelpEntry
from kiosk.settings import Settings
from kiosk.ui.charts.frames import RingFrames
from kiosk.ui.shell import Shell
from kiosk.wire.link import retained_key
from kiosk.wire.messages import (
    Alive,
    CacheChanged,
    FirstPaint,
    FullyOn,
    Health,
    Message,
    PanelsWarm,
    ProcessState,
    ShowPanel,
    SyncState,
)

if TYPE_CHECKING:
    from kiosk.panels.names import Names

log = logging.getLogger(__name__)

AUDIT_SHOWN = 40
TICK_MS = 500
WARM_LATEST_MS = 10_000
APPEARANCE = frozenset({"theme", "language", "text_scale"})


class Wall:
    """Everything behind the shell. Made once, after the first frame; `close` undoes it."""

    def __init__(
        self,
        settings: Settings,
        shell: Shell,
        clock: Clock,
        state: ViewState,
        snapshot: Snapshot,
        first_paint_ms: float,
    ) -> None:
        self._settings = settings
        self._shell = shell
        self._clock = clock
        self._audit: tuple[AuditRecord, ...] = ()
        self._told: dict[tuple[str, str], Message] = {}
        runtime, data = Path(settings.paths.runtime_dir), Path(settings.paths.data_dir)
        self._specs = {spec.id: spec for spec in find_panels()}
        self._world = WallWorld({spec.id: spec.title for spec in self._specs.values()}, clock)
        self._world.item_panels = {k: spec.id for spec in self._specs.values() for k in spec.items}
        self._world.narrowings = {s.id: dict(s.narrowings) for s in self._specs.values()}
        self._menu = self._world.menu = find_menu(tuple(self._specs.values()))
        self._world.take_presence("ui", True)
        self._world.receive(Health("ui", "running"))
        self._store = Store(state)
        self._help: tuple[HelpEntry, ...] = ()
        self._photos = read_photos(settings)
        self._heart = make_heart(settings, self._store, self._world, clock, self._carry)
        self._intake = self._heart.intake
        titles = {command.id: command.title for command in self._heart.registry}
        self._hands = HandHelp(self._heart.bindings, titles, self._world.panels)
        self._hub = Hub(
            runtime / UI_SOCKET,
            self._receive,
            self._presence,
            frozenset() if settings.ui.driver else frozenset({DRIVER}),
            shell,
        )
        self._queries = Queries(data, shell)
        self._lookups = Lookups(
            self._queries,
            settings,
            self._take_names,
            self._take_phrases,
            self._world.take_figures,
            self._world.take_feeds,
        )
        self._words = Words(self._queries, settings, clock)
        self._world.words = self._words.understand
        self._uses = Uses(self._queries, clock, self._uses_changed)
        self._cameras = Cameras(self._hub, runtime, settings.video.fps)
        self._tour = CameraTour(self._heart, clock)
        self._pictures = CameraPictures(
            data / SNAPSHOTS,
            settings.video.snapshot_days,
            self._cameras,
            self._intake,
            clock,
            lambda: self._shell.theme.language,
            shell,
        )
        self._chimes = Chimes(self._intake, shell)
        self._refusals = Refusals(self._intake, self._queries)
        self._recordings = Recordings(
            intake=self._intake,
            store=self._store,
            world=self._world,
            clock=clock,
            send=self._hub.send,
            folder=data / "recordings",
            redact=self._heart.registry.redact,
        )
        self._tablets = Tablets(self._hub, self._intake, clock, self._tablets_changed)
        self._panels = PanelHost(
            shell=shell,
            specs=self._specs,
            queries=self._queries,
            frames=self._cameras.frames,
            clock=clock,
            live=self._live,
            wanted=self._show_cameras,
            projected=lambda projection: self._mirror.show(projection),
        )
        self._world.tables = self._panels.tables
        self._world.listed = self._panels.pages
        self._world.cameras = self._cameras.current
        self._world.press_at = self._pressable
        self._reports = Reports(
            data / "reports",
            self._intake,
            clock,
            self._panels.shown,
            shell,
        )
        self._orders = Orders(
            intake=self._intake,
            world=self._world,
            queries=self._queries,
            send=self._hub.send,
            changed=self._panels.refresh,
        )
        self._disclosures = Disclosures(
            settings, self._world, self._queries, self._hub.send, self._panels.refresh
        )
        self._watched = Watched(
            specs=self._specs,
            queries=self._queries,
            clock=clock,
            live=self._live,
            show=lambda projection: self._hub.send("remote", ShowPanel(projection)),
        )
        self._pointing = Pointing(
            self._store, clock, shell.show_presenter, lambda: self._world.devices
        )
        self._tablets.wait_for_words = self._words.wait
        self._tablets.answering = self._panels.after_the_answer
        self._mirror = Mirror(
            self._store,
            self._world,
            self._tablets,
            self._orders,
            self._recordings,
        )
        self._world.conferences = bool(settings.calls.sfu_url)
        self._calls = Calls(
            intake=self._intake,
            store=self._store,
            clock=clock,
            send=self._hub.send,
            may_talk=self._tablets.may_talk,
            shown_px=shell.call_box.picture_px,
            here=lambda: self._tablets.online,
        )
        self._talks = Talks(
            intake=self._intake,
            store=self._store,
            clock=clock,
            send=self._hub.send,
            may_talk=self._tablets.may_talk,
            here=lambda: self._tablets.online,
        )
        self._ringing = Ringing(self._store, clock, self._chimes.ring, settings.calls.ring_volume)
        self._charts = ChartLoader(self._panels.refresh, shell)
        self._call_frames = RingFrames(runtime)
        shell.call_box.set_frames(self._call_frames)
        shell.call_box.size_changed.connect(self._calls.tell)
        self._senses = Senses(
            shell=shell,
            intake=self._intake,
            store=self._store,
            hands=self._hands,
            world=self._world,
            changed=lambda: self._showing.tick(),
            wake=settings.voice.wake,
        )
        self._showing = Showing(
            shell=shell,
            store=self._store,
            world=self._world,
            senses=self._senses,
            specs=self._specs,
            city=settings.city,
            clock=clock,
            arranged=lambda state: self._uses.arranged(self._menu, state),
            set_tabs=self._panels.set_tabs,
        )
        self._driver = Driver(shell, clock, self._hub.send) if settings.ui.driver else None
        self._photographer = Photographer(shell, self._intake, tuple(self._specs), settings.paths)
        self._readiness = Readiness(self._world, self._panels, self._cameras.states, self._announce)
        self._first_paint = FirstPaint(clock.now_ms(), first_paint_ms)
        self._store.listen(snapshot.write)
        self._store.listen(self._state_changed)
        self._heart.dispatcher.watch(self._answered)
        self._heart.dispatcher.watch(self._calls.answered)
        self._heart.dispatcher.watch(self._talks.answered)
        self._keeper = Keeper(settings.presence, self._heart, shell, self._queries, clock)
        self._alarm = Alarm(
            self._intake,
            self._store,
            self._world,
            self._queries,
            asks=settings.ui.ask_when_critical,
            chime=self._chimes.play,
        )
        self._parts: tuple[Part, ...] = (
            *(self._keeper, self._alarm, self._cameras, self._refusals, self._panels),
            *(self._calls, self._talks, self._ringing, self._tablets, self._orders),
            *(self._disclosures, self._mirror, self._watched),
            *(self._pointing, self._lookups, self._recordings, self._senses, self._showing),
            *(self._tour, self._charts, self._pictures, self._chimes, self._reports),
            *(self._readiness,),
        )
        self._carriers = {k: c for part in self._parts for k, c in part.carriers().items()}
        self._hearers: dict[type[Message], list[Part]] = {}
        for part in self._parts:
            for kind in part.hears:
                self._hearers.setdefault(kind, []).append(part)
        shell.keyed.connect(lambda name: self._intake.key(name))
        shell.flicked.connect(lambda towards: self._intake.flick(towards))
        self._timer = QTimer(shell)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        self._warming = False
        QTimer.singleShot(WARM_LATEST_MS, shell, self._warm)
        self._panels.show(self._store.state, frozenset())
        self._showing.show(self._store.state)
        self._tablets.read_devices(self._queries)
        self._orders.read()
        self._disclosures.read()
        self._lookups.read()
        self._uses.read()
        self._alarm.read()
        self._refusals.read()

    def close(self) -> None:
        self._timer.stop()
        for part in self._parts:
            part.close()
        self._call_frames.close()
        self._hub.close()
        self._queries.close()

    def pressed(self, command: str, args: dict[str, Any], trigger: str) -> None:
        """A finger, or the hand's pointer, pressed a target."""
        way, _, name = trigger.partition(":")
        if way == "gesture":
            self._intake.pointed(command, args, name)
        else:
            self._intake.touch(command, args, name)

    def _pressable(self, place: str) -> tuple[str, dict[str, Any]] | None:
        hit = self._shell.find_target("", place=place)
        return (hit.target.command, dict(hit.target.args)) if hit is not None else None

    def _carry(self, send: Send) -> bool:
        carry = self._carriers.get(type(send.message))
        return carry(send.message) if carry is not None else self._hub.send(send.to, send.message)

    # ---- what the processes say

    def _receive(self, worker: str, message: Message) -> None:
        if worker == DRIVER and self._driver is not None:
            self._driver.obey(message)
            return
        if self._is_news(worker, message):
            self._spread(message)
        if self._driver is not None:
            self._driver.relay(message)

    def _is_news(self, worker: str, message: Message) -> bool:
        """Workers repeat themselves to find out whether the wall is there."""
        kind = retained_key(message)
        if kind is None:
            return True
        known, self._told[worker, kind] = self._told.get((worker, kind)), message
        return known != message

    def _spread(self, message: Message) -> None:
        match message:
            case Health() | ProcessState() | SyncState():
                self._world.receive(message)
                self._processes_changed()
            case CacheChanged(tables=tables):
                for part in self._parts:
                    part.rows_changed(frozenset(tables))
            case _:
                for part in self._hearers.get(type(message), ()):
                    part.receive(message)

    def _presence(self, worker: str, connected: bool) -> None:
        self._world.take_presence(worker, connected)
        self._told = {key: told for key, told in self._told.items() if key[0] != worker}
        self._processes_changed()
        for part in self._parts:
            if connected:
                part.came(worker)
            else:
                part.lost(worker)
        if connected and worker in (DRIVER, "supervisor"):
            self._hub.send(worker, self._first_paint)
            self._readiness.tell_again()
            if worker == DRIVER:
                for told in list(self._told.values()):
                    self._hub.send(worker, told)

    def _tablets_changed(self) -> None:
        there = self._tablets
        self._world.take_tablets(there.connected, there.devices, there.contacts)
        self._calls.tablets_changed()
        self._talks.tablets_changed()
        self._panels.refresh()

    def _processes_changed(self) -> None:
        self._senses.processes_changed()
        self._panels.refresh()
        self._showing.tick()
        self._readiness.tick()

    def _announce(self, message: Message) -> None:
        if isinstance(message, FullyOn):
            self._charts.start()
            self._photographer.start()
            self._warm()
        for worker in (DRIVER, "supervisor"):
            self._hub.send(worker, message)

    def _warm(self) -> None:
        """Once everything is on, or where something never is, after a while."""
        if not self._warming:
            self._warming = True
            self._panels.warm(self._warmed)

    def _warmed(self) -> None:
        self._hub.send(DRIVER, PanelsWarm())

    # ---- what the person sees

    def _answered(self, record: AuditRecord) -> None:
        self._audit = (record, *self._audit)[:AUDIT_SHOWN]
        view = answers.toast(record)
        if view is not None:
            self._shell.show_toast(view)
            self._world.said = record.reason
        if self._driver is not None:
            self._driver.watch(record)

    def _state_changed(self, state: ViewState, changes: Changes) -> None:
        if "screen" in changes:
            self._senses.processes_changed()
        if changes & APPEARANCE:
            self._shell.set_theme(theme_of(self._settings, state))
        if "place" in changes:
            self._uses.read()
        if state.place.indicator is not None:
            self._charts.start()  # somebody looks at a chart before everything is on
        self._panels.show(state, changes)
        self._showing.show(state)
        if state.call is None:
            self._call_frames.keep_only(frozenset())
        self._calls.follow(state, changes)
        self._talks.follow(state, changes)
        self._ringing.follow(state, changes)

    def _uses_changed(self) -> None:
        self._panels.refresh()
        self._showing.show(self._store.state)

    def _tick(self) -> None:
        self._hub.send("supervisor", Alive())
        self._heart.dispatcher.tick()
        for part in self._parts:
            part.tick()

    def _live(self) -> Live:
        return live_now(
            self._world,
            self._cameras,
            self._tablets,
            self._orders,
            audit=self._audit,
            help_entries=self._help,
            hands=self._hands,
            photos=self._photos,
            usage=self._uses.found,
        )

    def _show_cameras(self) -> None:
        self._cameras.show({} if self._store.state.dimmed else self._panels.cameras())

    # ---- the catalogue

    def _take_names(self, names: "Names") -> None:
        self._world.catalogue = names
        self._showing.show(self._store.state)
        self._cameras.take_rows(names.camera_rows)
        self._show_cameras()

    def _take_phrases(self, phrases: Phrases) -> None:
        self._world.phrases = phrases
        self._help = help_entries(self._heart.registry, self._heart.bindings, phrases)
        self._panels.refresh()
