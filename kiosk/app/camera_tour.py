"""Takes the turns of the camera wall's tour, and ends it when a hand takes over."""

from kiosk.app.heart import Heart
from kiosk.app.part import Part
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import Clock
from kiosk.core.invocation import Source, Status

_HANDS = frozenset({Source.TOUCH, Source.GESTURE, Source.KEYBOARD})
_OWN = frozenset(
    {
        *("cctv.tour", "cctv.tour_next", "cctv.tour_previous", "cctv.tour_stop"),
        *("cctv.tour_resume", "cctv.tour_faster", "cctv.tour_slower"),
    }
)


class CameraTour(Part):
    """Watches the audit for hands; `tick` looks at the clock."""

    def __init__(self, heart: Heart, clock: Clock) -> None:
        self._intake = heart.intake
        self._store = heart.store
        self._clock = clock
        heart.dispatcher.watch(self._answered)

    def tick(self) -> None:
        state = self._store.state
        tour = state.cctv.tour
        if tour is None:
            return
        away = state.panel != "cctv" or state.locked or state.dimmed
        due = self._clock.now_ms() >= tour.next_ms
        if away or (due and not self._turn()):
            self._stop()

    def _turn(self) -> bool:
        return self._intake.system("cctv.tour_turn", {}).done

    def _answered(self, record: AuditRecord) -> None:
        """A hand in the air counts by what it did: it may just have moved by."""
        if self._store.state.cctv.tour is None or record.command in _OWN:
            return
        counts = record.source is Source.TOUCH or record.status is Status.DONE
        if record.source in _HANDS and counts:
            self._stop()

    def _stop(self) -> None:
        self._intake.system("cctv.tour_stop", {})
