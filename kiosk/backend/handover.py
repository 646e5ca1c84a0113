"""Which indicators a real source feeds. Real and simulated figures never stand in one series.

An indicator is handed over with the first good figure of a real source: its simulated figures go,
in the store and in every cache, and none is made up for it any more, also while the source is
silent: then the last real figure stays, with its age. It goes back to the demonstration when no
source with a key feeds it any longer, and then its real figures go.
"""

from collections.abc import Mapping, Sequence

import msgspec

from kiosk.backend.store import Store
from kiosk.wire.city import Latest

META = "real indicators"
BATCH = 2000


class Handover:
    """Indicator -> the source that feeds it, kept in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.taken: dict[str, str] = msgspec.json.decode(
            store.meta(META) or "{}", type=dict[str, str]
        )

    def take(self, indicator: str, source: str) -> bool:
        """Whether that is new. Other figures of it than the source's have to be swept then."""
        if self.taken.get(indicator) == source:
            return False
        self.taken[indicator] = source
        self._save()
        return True

    def keep_only(self, feeders: Mapping[str, str]) -> None:
        """Gives back what another source, or none, is to feed now."""
        kept = {i: source for i, source in self.taken.items() if feeders.get(i) == source}
        if kept != self.taken:
            self.taken = kept
            self._save()

    def sweep(self, demonstrated: frozenset[str]) -> None:
        """Removes figures that do not belong: simulated ones of indicators that a real source
        feeds, real ones of indicators that the demonstration plays."""
        moments = [
            key
            for key, body in self._store.bodies("latest").items()
            if (row := msgspec.json.decode(body, type=Latest).observation).indicator
            in demonstrated | self.taken.keys()
            and row.simulated == (row.indicator in self.taken)
        ]
        self._delete("latest", moments)
        for indicator in sorted(demonstrated | self.taken.keys()):
            wrong = self._store.figure_keys(indicator, simulated=indicator in self.taken)
            self._delete("observations", wrong)

    def _delete(self, kind: str, keys: Sequence[str]) -> None:
        for start in range(0, len(keys), BATCH):
            self._store.delete(kind, keys[start : start + BATCH])

    def _save(self) -> None:
        self._store.set_meta(META, msgspec.json.encode(self.taken, order="sorted").decode())
