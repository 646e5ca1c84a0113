"""Counts of what citizens say in the demonstration: calls of the day, words, votes. They only grow
within their day or their poll, and what is made of parts is their sum."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kiosk.backend.items import ItemBook, item_rows
from kiosk.backend.simulator.signals import Moment
from kiosk.wire.city import Item

STEP_MS = 60_000
# Parts of a day's calls and posts that come within each hour, midnight first; made up.
HOURS = (1, 1, 1, 1, 1, 1, 2, 3, 6, 9, 9, 8, 6, 8, 8, 7, 7, 6, 4, 3, 3, 2, 2, 1)


class OpinionCourse:
    """Plays the items that `plays` names, with how. The same time gives the same rows."""

    def __init__(self, items: Iterable[Item], plays: Mapping[str, str]) -> None:
        self._plays = plays
        self._items = {item.id: item for item in items if plays.get(item.id)}
        self._parts: dict[str, list[str]] = {}
        for item in self._items.values():
            self._parts.setdefault(item.parent, []).append(item.id)
        self._told: dict[str, Item] = {}

    def step(self, now_ms: int) -> Iterator[Item]:
        """Items whose count has changed since the step before."""
        t_ms = now_ms // STEP_MS * STEP_MS
        counts = {key: self._count(item, t_ms) for key, item in self._items.items()}
        for key, item in self._items.items():
            count = counts[key]
            if count is None:
                count = sum(counts[part] or 0 for part in self._parts.get(key, ()))
            row = _with(item, count)
            if self._told.get(key) != row:
                self._told[key] = row
                yield row

    def _count(self, item: Item, t_ms: int) -> int | None:
        """The first reading by now; None where it is the sum of the parts."""
        whole = next(iter(item.readings.values()))
        how = self._plays[item.id]
        if how == "sum":
            return None
        return int(whole * (_elapsed(item, t_ms) if how == "poll" else _of_day(t_ms)))

    def forget(self) -> None:
        """What was told last was lost: the next step tells everything."""
        self._told.clear()


def of_book(book: ItemBook) -> OpinionCourse:
    """The course of a city's own items."""
    return OpinionCourse(item_rows(book, demo=True), {e.id: e.plays for e in book.items})


def _elapsed(item: Item, t_ms: int) -> float:
    """How much of a poll is over, 0..1; of one without dates all."""
    if item.start_ms is None or item.due_ms is None:
        return 1.0
    return min(1.0, max(0.0, (t_ms - item.start_ms) / (item.due_ms - item.start_ms)))


def _of_day(t_ms: int) -> float:
    moment = Moment.of(t_ms)
    hour = int(moment.hour)
    part = moment.hour - hour
    return (sum(HOURS[:hour]) + HOURS[hour] * part) / sum(HOURS)


def _with(item: Item, count: int) -> Item:
    name = next(iter(item.readings))
    readings: Mapping[str, float] = {**item.readings, name: float(count)}
    return msgspec.structs.replace(item, readings=dict(readings))
