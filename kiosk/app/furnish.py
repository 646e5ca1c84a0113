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
from kiosk.app.dock import HIDDEN_MENU, crumbs, dock_view, lens_of, tabs_view
from kiosk.app.driver import NAME as DRIVER
from kiosk.app.driver import Driver
from kiosk.app.heart import make_heart
from kiosk.app.hub import Hub
from kiosk.app.keeper import Keeper
from kiosk.app.lamps import top_bar
from kiosk.app.live import live_now
from kiosk.app.lookups import Lookups, Phrases
from kiosk.app.mirror import Mirror
from kiosk.app.orders import Orders
from kiosk.app.panels import PanelHost
from kiosk.app.paths import UI_SOCKET
from kiosk.app.photographer import Photographer
from kiosk.app.photos import read_photos
from kiosk.app.pointing import Pointing
from kiosk.app.queries import Queries
from kiosk.app.readiness import Readiness
from kiosk.app.recordings import Recordings
from kiosk.app.refusals import Refusals
from kiosk.app.reports import Reports
from kiosk.app.senses import Senses
from kiosk.app.snapshot import Snapshot
from kiosk.app.tablets import Tablets
from kiosk.app.theming import theme_of
from kiosk.app.uses import Uses
from kiosk.app.watched import Watched
from kiosk.app.words import Words
from kiosk.app.world import WallWorld
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import Clock
from kiosk.core.registry import Send
from kiosk.core.state import Changes, Store, ViewState
from kiosk.pack import here
from kiosk.panels import Live, find_menu, find_panels
from kiosk.panels.help.entries import help_entries
from kiosk.panels.panel import HandHelp, HelpEntry
from kiosk.settings import Settings
from kiosk.ui.charts.frames import RingFrames
from kiosk.ui.components.call_box import CallBoxView
from kiosk.ui.components.choice_sheet import choice_sheet_view
from kiosk.ui.components.confirm_sheet import confirm_sheet_view
from kiosk.ui.shell import Shell
from kiosk.wire.link import retained_key
from kiosk.wire.messages import (
    CacheChanged,
    CallAnswer,
    CallDepartment,
    CallMedia,
    CallOffer,
    CameraState,
    Chime,
    FirstPaint,
    FullyOn,
    GiveCredential,
    GiveOffice,
    GiveRole,
    Health,
    LendPointer,
    Message,
    OrdersChanged,
    PairingDecision,
    PanelsWarm,
    Presence,
    ProcessState,
    Recording,
    RevokeDevice,
    SaveReport,
    SaveSnapshot,
    ShowPanel,
    SyncState,
    Written,
)
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.panels.names import Names

log = logging.getLogger(__name__)

AUDIT_SHOWN = 40
TICK_MS = 500
CAMERA_NEWS_MS = 40
"""Sixteen cameras that come on at once are presented once."""
WARM_LATEST_MS = 10_000
_APPEARANCE = frozenset({"theme", "language", "text_scale"})


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
        self._told: dict[tuple[str, str | None], Message] = {}
        runtime, data = Path(settings.paths.runtime_dir), Path(settings.paths.data_dir)
        self._specs = {spec.id: spec for spec in find_panels()}
        self._world = WallWorld({spec.id: spec.title for spec in self._specs.values()}, clock)
        self._world.item_panels = {k: spec.id for spec in self._specs.values() for k in spec.items}
        self._world.narrowings = {s.id: dict(s.narrowings) for s in self._specs.values()}
        self._menu = self._world.menu = find_menu(tuple(self._specs.values()))
        self._world.take_presence("ui", True)
        self._world.take_health(Health("ui", "running"))
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
        self._tablets = Tablets(self._hub, self._intake, clock)
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
        self._watched = Watched(
            specs=self._specs,
            queries=self._queries,
            clock=clock,
            live=self._live,
            show=lambda projection: self._hub.send("remote", ShowPanel(projection)),
        )
        self._pointing = Pointing(self._store, clock, shell.show_presenter)
        self._tablets.points = self._pointing.take
        self._tablets.watching = self._watched.want
        self._tablets.wait_for_words = self._words.wait
        self._tablets.answering = self._panels.after_the_answer
        self._mirror = Mirror(
            self._store,
            self._world,
            self._tablets,
            self._orders,
            self._recordings,
        )
        self._calls = Calls(
            intake=self._intake,
            store=self._store,
            clock=clock,
            send=self._hub.send,
            may_talk=self._tablets.may_talk,
            shown_px=shell.call_box.picture_px,
            here=lambda: self._tablets.online,
        )
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
            changed=self._show_lamps,
            wake=settings.voice.wake,
        )
        self._driver = Driver(shell, clock, self._hub.send) if settings.ui.driver else None
        self._photographer = Photographer(shell, self._intake, tuple(self._specs), settings.paths)
        self._readiness = Readiness(self._world, self._panels, self._cameras.states, self._announce)
        self._first_paint = FirstPaint(clock.now_ms(), first_paint_ms)
        self._store.listen(snapshot.write)
        self._store.listen(self._state_changed)
        self._heart.dispatcher.watch(self._answered)
        self._heart.dispatcher.watch(self._calls.answered)
        self._keeper = Keeper(settings.presence, self._heart, shell, self._queries, clock)
        self._alarm = Alarm(
            self._intake,
            self._store,
            self._world,
            self._queries,
            asks=settings.ui.ask_when_critical,
            chime=self._chimes.play,
        )
        shell.keyed.connect(lambda name: self._intake.key(name))
        self._camera_news = QTimer(shell)
        self._camera_news.setSingleShot(True)
        self._camera_news.timeout.connect(self._panels.refresh)
        shell.flicked.connect(lambda towards: self._intake.flick(towards))
        self._timer = QTimer(shell)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        self._warming = False
        QTimer.singleShot(WARM_LATEST_MS, shell, self._warm)
        self._show_all()
        self._tablets.read_devices(self._queries)
        self._orders.read()
        self._lookups.read()
        self._uses.read()
        self._alarm.read()
        self._refusals.read()

    def close(self) -> None:
        self._timer.stop()
        self._camera_news.stop()
        self._recordings.close()
        self._panels.close()
        self._charts.close()
        self._hub.close()
        self._queries.close()
        self._pictures.close()
        self._chimes.close()
        self._cameras.close()
        self._call_frames.close()

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
        if isinstance(send.message, PairingDecision):
            return self._tablets.decide(send.message)
        if isinstance(send.message, RevokeDevice):
            self._pointing.end(send.message.device)
            return self._tablets.revoke(send.message.device)
        if isinstance(send.message, GiveCredential):
            return self._tablets.give_credential(send.message.device, send.message.credential)
        if isinstance(send.message, LendPointer):
            lent = send.message.device
            return self._pointing.lend(lent, self._world.devices.get(lent, lent))
        if isinstance(send.message, GiveOffice):
            return self._tablets.give_office(send.message.device, send.message.office)
        if isinstance(send.message, GiveRole):
            return self._tablets.give_role(send.message.device, send.message.role)
        if isinstance(send.message, CallDepartment):
            return self._tablets.call(send.message.call)
        if isinstance(send.message, SaveReport):
            return self._reports.save(send.message)
        if isinstance(send.message, SaveSnapshot):
            return self._pictures.save(send.message)
        if isinstance(send.message, Chime):
            return self._chimes.play(send.message.volume)
        if Orders.takes(send.message):
            return self._orders.write(send.message)
        return self._hub.send(send.to, send.message)

    # ---- what the processes say

    def _receive(self, worker: str, message: Message) -> None:
        if worker == DRIVER and self._driver is not None:
            self._driver.obey(message)
            return
        if Senses.takes(message):
            self._senses.receive(message)
        else:
            self._receive_news(worker, message)
        if self._driver is not None:
            self._driver.relay(message)

    def _receive_news(self, worker: str, message: Message) -> None:
        """Workers repeat themselves to find out whether the wall is there: only news counts."""
        key = (worker, retained_key(message))
        if key[1] is not None and self._told.get(key) == message:
            return
        self._told[key] = message
        match message:
            case Health():
                self._world.take_health(message)
                self._processes_changed()
            case ProcessState():
                self._world.take_process(message)
                self._processes_changed()
            case SyncState():
                self._world.sync = message
                self._processes_changed()
            case CameraState():
                self._cameras.take_state(message)
                self._refusals.take(message)
                if not self._camera_news.isActive():
                    self._camera_news.start(CAMERA_NEWS_MS)
            case Presence():
                self._keeper.sense(message)
            case CacheChanged(tables=tables):
                self._keeper.rows_changed(frozenset(tables))
                self._alarm.rows_changed(frozenset(tables))
                self._refusals.rows_changed(frozenset(tables))
                self._panels.rows_changed(frozenset(tables))
                self._orders.rows_changed(frozenset(tables))
                self._watched.rows_changed(frozenset(tables))
                self._lookups.rows_changed(frozenset(tables))
            case Written() | OrdersChanged():
                self._orders.receive(message)
            case Recording():
                self._recordings.receive(message)
            case CallOffer() | CallAnswer() | CallMedia():
                self._calls.receive(message)
            case _:
                before = self._tablets.shown
                self._tablets.receive(message)
                if self._tablets.shown == before:
                    return
                self._world.tablets = self._tablets.connected
                self._world.devices = {d.id: d.name for d in self._tablets.devices}
                self._world.offices = {d.id: d.office for d in self._tablets.devices if d.office}
                self._world.contacts = self._tablets.contacts
                self._calls.tablets_changed()
                self._panels.refresh()

    def _presence(self, worker: str, connected: bool) -> None:
        self._world.take_presence(worker, connected)
        self._told = {key: told for key, told in self._told.items() if key[0] != worker}
        self._processes_changed()
        if not connected:
            self._keeper.lose(worker)
            self._recordings.lose(worker)
            self._calls.lost(worker)
            if worker == "remote":
                self._world.tablets = 0
                self._watched.want(())
            return
        self._calls.came(worker)
        if worker == "remote":
            self._tablets.server_came()
        elif worker == "sync":
            self._orders.sync_came()
            self._tablets.sync_came()
        elif worker == "video":
            self._cameras.forget_asked()
            self._show_cameras()
        elif worker in (DRIVER, "supervisor"):
            self._hub.send(worker, self._first_paint)
            self._readiness.tell_again()
            if worker == DRIVER:
                for told in list(self._told.values()):
                    self._hub.send(worker, told)

    def _processes_changed(self) -> None:
        self._show_lamps()
        self._senses.processes_changed()
        self._panels.refresh()
        self._readiness.look()

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
        if changes & _APPEARANCE:
            self._shell.set_theme(theme_of(self._settings, state))
        if "place" in changes:
            self._uses.read()
        self._panels.show(state, changes)
        self._show_state(state)
        self._calls.follow(state, changes)

    def _uses_changed(self) -> None:
        self._panels.refresh()
        self._show_state(self._store.state)

    def _show_all(self) -> None:
        self._panels.show(self._store.state, frozenset())
        self._show_state(self._store.state)

    def _show_state(self, state: ViewState) -> None:
        if state.place.indicator is not None:
            self._charts.start()  # somebody looks at a chart before everything is on
        self._world.menu = self._uses.arranged(self._menu, state)
        self._show_ways(state)
        self._shell.tick(self._clock.now_ms())
        self._shell.ask(confirm_sheet_view(state.confirmation) if state.confirmation else None)
        self._shell.choose(choice_sheet_view(state.choice) if state.choice else None)
        self._shell.show_call(CallBoxView(state.call) if state.call else None)
        if state.call is None:
            self._call_frames.keep_only(frozenset())
        self._shell.lock(answers.lock_view(state, here().name))
        self._shell.set_brightness(state.screen.brightness)
        self._shell.set_lowered(state.screen.lowered)
        self._show_lamps()

    def _show_ways(self, state: ViewState) -> None:
        """Dock and tabs, through the goal that the wall is looked at through."""
        if not state.screen.menu:
            self._shell.set_dock(HIDDEN_MENU)
            self._panels.set_tabs(None)
            return
        lens = lens_of(state, self._world.catalogue)
        self._shell.set_dock(dock_view(self._world.menu, self._specs, state, lens))
        self._panels.set_tabs(tabs_view(self._world.menu, self._specs, state.panel, lens))

    def _show_lamps(self) -> None:
        panel = self._store.state.panel
        view = top_bar(
            panel,
            self._specs[panel].title,
            self._world,
            self._settings.city,
            self._senses.hearing,
            self._senses.engaged,
            self._store.state.recording,
            self._who(),
            crumbs(self._world.catalogue, self._store.state),
            self._store.state.call,
        )
        self._shell.set_top_bar(view)

    def _who(self) -> Text | None:
        """Whose ways of the hand count, or whom the wall works for when it is not its owner."""
        state = self._store.state
        if state.person or not state.profile:
            return self._world.people.get(state.person)
        profile = self._world.profiles.find(state.profile)
        return profile.name if profile is not None else None

    def _tick(self) -> None:
        self._heart.dispatcher.tick()
        self._keeper.tick()
        self._alarm.tick()
        self._senses.tick()
        self._show_lamps()  # a recording runs on, and what is shown grows old
        self._tablets.tick()
        self._calls.tick()
        self._orders.tick()
        self._mirror.tick()
        self._watched.tick()
        self._pointing.tick()
        self._tour.tick()
        self._readiness.look()

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
        self._show_lamps()
        if self._store.state.goal:
            self._show_ways(self._store.state)
        self._cameras.take_rows(names.camera_rows)
        self._show_cameras()

    def _take_phrases(self, phrases: Phrases) -> None:
        self._world.phrases = phrases
        self._help = help_entries(self._heart.registry, self._heart.bindings, phrases)
        self._panels.refresh()
