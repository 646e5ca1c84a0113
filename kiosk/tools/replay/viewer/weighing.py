"""Which attempts of a recogniser a moment is explained by."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gestures.check import Tried
from gestures.events import GestureKind
from gestures.session import Label
from gestures.trace import Moment, shape
from gestures.tuning import Tuning

AROUND_MS = 400
"""An attempt this near to a moment is told of with it."""
MOST = 2
SWIPES = frozenset(kind for kind in GestureKind if kind.value.startswith("swipe"))
"""A quick move that is none of them was perhaps meant as one."""


class Reason(NamedTuple):
    """What decided; `apart_ms`: so long after the moment (before: negative). `held`: it is the
    shape of the moment itself."""

    apart_ms: int
    tried: Tried
    held: bool = False


def weigh(
    moments: Sequence[Moment], index: int, at_ms: int, tuning: Tuning, labels: Sequence[Label]
) -> Iterator[Reason]:
    """Of moves and of two hands the attempts that came nearest to counting, in any case those that
    one limit alone is against, and those of what was meant, for as long as its label lasts; then
    the shape of the moment. `at_ms` in times
    of the hands, `index` that of its moment."""
    here = [label for label in labels if label.start_ms <= at_ms <= label.end_ms]
    meant = {label.kind for label in here}
    since_ms = min([at_ms - AROUND_MS, *(label.start_ms for label in here)])
    until_ms = max([at_ms, *(label.end_ms for label in here)]) + AROUND_MS

    def rank(one: Reason) -> tuple[bool, int, int]:
        of_it = one.tried.kind in meant or (one.tried.kind is None and bool(meant & SWIPES))
        return not of_it, one.tried.broken, abs(one.apart_ms)

    nearest: dict[GestureKind | None, Reason] = {}
    first = bisect_left(moments, since_ms, key=_time)
    for moment in moments[first : bisect_right(moments, until_ms, key=_time)]:
        for tried in moment.tried:
            if tried.kind not in tuning.hold.hold_ms:
                one = Reason(moment.frame.t_ms - at_ms, tried)
                nearest[tried.kind] = min(nearest.get(tried.kind, one), one, key=rank)
    for place, one in enumerate(sorted(nearest.values(), key=rank)):
        if place < max(MOST, len(meant)) or one.tried.broken <= 1:
            yield one
    held = shape(moments[index], tuning)
    if held is not None:
        yield Reason(0, held, held=True)


def _time(moment: Moment) -> int:
    return moment.frame.t_ms
