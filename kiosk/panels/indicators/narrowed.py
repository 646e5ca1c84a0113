"""The board narrowed to what stands in some way: past a limit, late, worse than before. No Qt."""

from collections.abc import Sequence

from kiosk.core.shown import BOARD, THEME
from kiosk.panels.figures import BIN_MS, DAY_S, SEVERITY_RANK, Figure, published
from kiosk.panels.indicators.model import Narrowing
from kiosk.wire.city import Indicator
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

YEAR_MS = round(365.25 * DAY_S * 1000)
LEAST_MOVED = 0.01
"""Share of what it was by which a figure has moved to count as better or worse."""


def urgency(figure: Figure) -> int:
    """Past a threshold: by its severity; a live figure that does not come: least; else 0.
    Published figures are old by nature, which says nothing about the city."""
    if figure.severity is not None:
        return 1 + SEVERITY_RANK[figure.severity]
    return 1 if _is_late(figure) else 0


def belongs(only: str, figure: Figure, indicator: Indicator, line: Sequence[SparkPoint]) -> bool:
    """Whether a tile is on the board that is narrowed to this word; "" is the whole board."""
    if only.startswith(THEME):
        return indicator.theme_title.ko == only.removeprefix(THEME)
    match only:
        case "urgent":
            return figure.severity is not None
        case "worse" | "better":
            return moved(indicator, line) == (1 if only == "better" else -1)
        case "late":
            return _is_late(figure)
        case "goal":
            return indicator.goal is not None
        case _:
            return True


def narrowed_words(only: str) -> Text:
    if only.startswith(THEME):
        return Text(only.removeprefix(THEME), only.removeprefix(THEME))
    return BOARD[only]


def narrowing_choices(only: str) -> tuple[Narrowing, ...]:
    return tuple(
        Narrowing(words, f"board.{word or 'all'}", word == only) for word, words in BOARD.items()
    )


def _is_late(figure: Figure) -> bool:
    return figure.as_of is None and figure.quality in ("late", "stale", "absent")


def moved(indicator: Indicator, line: Sequence[SparkPoint]) -> int:
    """1: to the good side, -1: to the bad one, 0: neither, or nobody knows. Against the same month
    or quarter of the year before, so that sums of a year are told right; what speaks all day,
    against the same time of the day before."""
    known = [point for point in line if point.value is not None]
    if not known or indicator.better == "neither":
        return 0
    back_ms, near_ms = (
        (YEAR_MS, 20 * DAY_S * 1000) if published(indicator) else (DAY_S * 1000, BIN_MS)
    )
    last = known[-1]
    then = min(known, key=lambda point: abs(last.t_ms - back_ms - point.t_ms))
    if abs(last.t_ms - back_ms - then.t_ms) > near_ms or last.value is None or then.value is None:
        return 0
    by = last.value - then.value
    if not by or abs(by) < LEAST_MOVED * abs(then.value):
        return 0
    return 1 if (by > 0) == (indicator.better == "higher") else -1
