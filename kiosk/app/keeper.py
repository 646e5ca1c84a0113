"""Dims, locks and wakes the wall: signs of people in, commands to the one door out."""

from kiosk.app.heart import Heart
from kiosk.app.part import Part
from kiosk.app.queries import Queries
from kiosk.core.attendance import Attendance
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import Clock
from kiosk.core.invocation import Source, Status
from kiosk.core.state import Changes, ViewState
from kiosk.panels.questions import critical
from kiosk.settings.model import PresenceSettings
from kiosk.ui.components.action import Action
from kiosk.ui.components.dim_cover import DimView
from kiosk.ui.shell import Shell
from kiosk.wire.messages import Presence
from kiosk.wire.text import Text

WORKER = "gestures"
"""The process that watches with camera and sensor."""

_TOUCH = Text("화면을 누르면 켜집니다", "Touch to wake")
_COME = Text("가까이 오시거나 화면을 누르면 켜집니다", "Come near, or touch, to wake")
_INCIDENTS = frozenset({"incidents"})


class Keeper(Part):
    """Watches the audit for what people do, is told what the sensors say, and shows the cover."""

    hears = (Presence,)

    def __init__(
        self,
        settings: PresenceSettings,
        heart: Heart,
        shell: Shell,
        queries: Queries,
        clock: Clock,
    ) -> None:
        self._attendance = Attendance(settings, clock)
        self._intake = heart.intake
        self._store = heart.store
        self._shell = shell
        self._queries = queries
        self._clock = clock
        self._store.listen(self._show)
        heart.dispatcher.watch(self._answered)
        self._show(self._store.state, frozenset())

    def receive(self, message: Presence) -> None:
        self._attendance.sense(message.source, message.near)
        self.tick()

    def lost(self, worker: str) -> None:
        """When it was the one that watches, nobody can tell any more."""
        if worker == WORKER:
            self._attendance.sense("camera", None)
            self._attendance.sense("sensor", None)

    def rows_changed(self, tables: frozenset[str]) -> None:
        if tables & _INCIDENTS:
            self._queries.ask("alert", critical, self._take_alert)

    def tick(self) -> None:
        state = self._store.state
        if state.call is not None and state.call.accepted:
            self._attendance.sign()  # whoever speaks with somebody is there, seen or not
        due = self._attendance.due(state)
        stays = state.screen.awake_until_ms > self._clock.now_ms()
        if due is not None and not (stays and due != "system.wake"):
            self._intake.system(due, {})

    def _answered(self, record: AuditRecord) -> None:
        if _is_sign(record):
            self._attendance.sign()
            self.tick()

    def _take_alert(self, alert: bool) -> None:
        self._attendance.alert = alert
        self.tick()

    def _show(self, state: ViewState, _changes: Changes) -> None:
        words = _COME if self._attendance.sensed else _TOUCH
        wake = Action(words, "system.wake", {}, "dimmed")
        self._shell.dim(DimView(wake) if state.dimmed else None)


def _is_sign(record: AuditRecord) -> bool:
    """Whether a person is there. Who dims the wall wants it dark; a tablet may be anywhere and be
    anybody's, so it counts by what it was allowed to do."""
    if record.source is Source.SYSTEM or record.command == "system.dim":
        return False
    return record.source is not Source.TABLET or record.status is Status.DONE
