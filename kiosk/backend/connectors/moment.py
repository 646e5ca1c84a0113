"""Times as the city's systems write them, as ISO 8601 with the Korean zone."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from kiosk.pack import clock

KOREA = timezone(timedelta(hours=9))
_ZONE = r"\s?(Z|z|UTC|KST|[+-]\d{2}(?::?\d{2})?)?"
_WRITTEN = re.compile(
    r"(\d{4})[-./]?(\d{2})[-./]?(\d{2})"
    r"(?:[Tt .]?\s?(\d{2}):?(\d{2})?(?::?(\d{2}))?(?:[.,]\d{1,9})?)?" + _ZONE,
    re.ASCII,
)
# months, days and hours of one digit need something between them
_LOOSE = re.compile(
    r"(\d{4})[-./]\s?(\d{1,2})[-./]\s?(\d{1,2})\.?"
    r"(?:[Tt\s]\s?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?)?" + _ZONE,
    re.ASCII,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def moment(raw: object) -> str | None:
    """`20260419`, `202604190500`, `2026-05-15 24:00`, `2026.04.14.08:00`, `2026. 4. 9.`, ISO 8601
    with zone.

    Korean time where no zone stands; 24:00 is 00:00 of the next day. None when it is no time
    between the years 1900 and 2100.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return None
    text = str(raw).strip()[:40]
    match = _WRITTEN.fullmatch(text) or _LOOSE.fullmatch(text)
    if match is None:
        return None
    if match[4] is None and len(match[7] or "") == len("+09"):
        return None  # a day, and a number that may be anything
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    end_of_day = (hour, minute, second) == (24, 0, 0)
    try:
        written = datetime(
            year, month, day, 0 if end_of_day else hour, minute, second, tzinfo=zone(match[7])
        )
        korean = (written + timedelta(days=end_of_day)).astimezone(KOREA)
    except (ValueError, OverflowError):
        return None
    return korean.isoformat() if _FIRST_YEAR <= korean.year <= _LAST_YEAR else None


def zone(text: str | None) -> tzinfo:
    """`Z`, `UTC`, `+09:00`, `+0900`, `+09`; the city's when nothing stands. Raises ValueError
    beyond 24 hours."""
    if not text:
        return clock.plain_zone()
    if text == "KST":
        return KOREA
    if text in ("Z", "z", "UTC"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def age_ms(time: str, received_ms: int) -> int:
    """How old the time (as `moment` writes it) was when the answer came."""
    return received_ms - int(datetime.fromisoformat(time).timestamp() * 1000)


def from_ms(epoch_ms: int) -> str:
    """Epoch milliseconds as `moment` writes times; whole seconds."""
    return datetime.fromtimestamp(epoch_ms // 1000, KOREA).isoformat()
