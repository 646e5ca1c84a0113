"""Hours, days, months, quarters and years as the city counts them."""

from datetime import date

from kiosk.pack.clock import ahead_ms, local_time, midnight_ms, start_of
from kiosk.wire.city import Period

HOUR_S, DAY_S = 3600, 86_400
LEAST_S: dict[Period, int] = {
    "hour": HOUR_S,
    "day": DAY_S,
    "month": 28 * DAY_S,
    "quarter": 90 * DAY_S,
    "year": 365 * DAY_S,
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def span(period: Period, t_ms: int) -> tuple[int, int]:
    """The period that a time lies in: its first millisecond, and the first one after it."""
    if period == "day":
        return midnight_ms(t_ms), midnight_ms(t_ms, 1)
    day = local_time(t_ms)
    if period == "hour":
        start_ms = t_ms - (t_ms + ahead_ms(t_ms)) % (HOUR_S * 1000)
        return start_ms, start_ms + HOUR_S * 1000
    months = _MONTHS[period]
    first = (day.month - 1) // months * months
    return _month_ms(day.year, first), _month_ms(day.year, first + months)


def parts_in(period: Period, of: Period, t_ms: int) -> int:
    """How many periods of a shorter kind the one at a time is made of."""
    start_ms, end_ms = span(period, t_ms)
    if of in ("hour", "day"):
        return round((end_ms - start_ms) / (LEAST_S[of] * 1000))
    return _MONTHS[period] // _MONTHS[of]


def _month_ms(year: int, month: int) -> int:
    """Midnight at the start of a month, counted from 0; 12 is the next January."""
    return start_of(date(year + month // 12, month % 12 + 1, 1))
