"""Hours, days, months, quarters and years in Korea, which has no summer time."""

import datetime as dt

from kiosk.wire.city import Period

KST = dt.timezone(dt.timedelta(hours=9))
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
    if period in ("hour", "day"):
        length_ms = LEAST_S[period] * 1000
        since_ms = t_ms + 9 * HOUR_S * 1000
        start_ms = since_ms // length_ms * length_ms - 9 * HOUR_S * 1000
        return start_ms, start_ms + length_ms
    day = dt.datetime.fromtimestamp(t_ms / 1000, KST)
    months = _MONTHS[period]
    first = (day.month - 1) // months * months
    return _month_ms(day.year, first), _month_ms(day.year, first + months)


def parts_in(period: Period, of: Period, t_ms: int) -> int:
    """How many periods of a shorter kind the one at a time is made of."""
    start_ms, end_ms = span(period, t_ms)
    if of in ("hour", "day"):
        return (end_ms - start_ms) // (LEAST_S[of] * 1000)
    return _MONTHS[period] // _MONTHS[of]


def _month_ms(year: int, month: int) -> int:
    """Midnight at the start of a month, counted from 0; 12 is the next January."""
    first = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=KST)
    return int(first.timestamp() * 1000)
