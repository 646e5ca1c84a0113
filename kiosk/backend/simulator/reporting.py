"""Places of a list that all report at once, again and again, in the demonstration."""

from collections.abc import Collection, Iterable

from kiosk.wire.city import Place

PERIOD_MS = 600_000


class ReportingCourse:
    """Tells each place of some kinds anew every ten minutes. Nothing but seed and time counts. A
    subclass says how a place is at a time."""

    kinds: Collection[str] = ()

    def __init__(self, places: Iterable[Place], seed: int) -> None:
        self._places = tuple(place for place in places if place.kind in self.kinds)
        self.seed = seed
        self._told_ms: int | None = None

    def step(self, now_ms: int) -> list[Place]:
        """All of them when there is news since the step before."""
        slot_ms = now_ms // PERIOD_MS * PERIOD_MS
        if slot_ms == self._told_ms:
            return []
        self._told_ms = slot_ms
        return [self.row(place, slot_ms) for place in self._places]

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told_ms = None

    def ids(self) -> frozenset[str]:
        """None of its own: they are on lists."""
        return frozenset()

    def row(self, place: Place, slot_ms: int) -> Place:
        """The place with its readings at a time."""
        raise NotImplementedError
