"""The newest word about each thing that a source speaks of by itself, bounded in number and age."""

from collections.abc import Iterable

from kiosk.backend.connectors.normal import Item

MOST = 10_000
PERIODS_KEPT = 3


class Newest:
    """Kept for a few periods of the source, so that a mean over sensors is one over all of them
    and not over the one that spoke last. `origin`: where a word came from, to take it back by."""

    def __init__(self, period_s: int) -> None:
        self._kept_ms = PERIODS_KEPT * period_s * 1000
        self._items: dict[str, tuple[int, str, Item]] = {}

    def put(self, items: Iterable[Item], now_ms: int, origin: str = "") -> None:
        for item in items:
            self._items.pop(item.id, None)  # the newest stands last
            self._items[item.id] = (now_ms, origin, item)
        while len(self._items) > MOST:
            del self._items[next(iter(self._items))]

    def take_back(self, origin: str) -> None:
        self._items = {key: each for key, each in self._items.items() if each[1] != origin}

    def items(self, now_ms: int) -> tuple[Item, ...]:
        """Those that are not too old; the others are forgotten."""
        oldest_ms = now_ms - self._kept_ms
        self._items = {key: each for key, each in self._items.items() if each[0] >= oldest_ms}
        return tuple(item for _, _, item in self._items.values())
