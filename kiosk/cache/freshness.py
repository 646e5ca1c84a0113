"""How old a figure may be before the wall says so."""

from typing import Literal

from kiosk.wire.city import Source

Freshness = Literal["fresh", "late", "stale", "absent"]

LATE_PERIODS = 1.5
STALE_PERIODS = 4.0
TOLD_EVERY_S = 60  # the city's backend tells the success of what speaks more often once a minute


def freshness(t_ms: int | None, period_s: float, now_ms: int) -> Freshness:
    """`fresh` up to 1.5 periods of its source, `late` up to 4, then `stale`; `absent` without t_ms.

    A figure from the future (clocks differ) is fresh.
    """
    if t_ms is None:
        return "absent"
    age_s = (now_ms - t_ms) / 1000
    if age_s <= period_s * LATE_PERIODS:
        return "fresh"
    return "late" if age_s <= period_s * STALE_PERIODS else "stale"


def source_freshness(source: Source, now_ms: int) -> Freshness:
    """How fresh what a source tells is, by its last success."""
    return freshness(source.last_success_ms, max(source.period_s, TOLD_EVERY_S), now_ms)
