"""Time as the clocks of the city show it, whatever the machine is set to."""

from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from kiosk.pack.current import here

_EPOCH_DAY = date(1970, 1, 1).toordinal()


@lru_cache(8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def zone() -> ZoneInfo:
    """The city's zone, with its summer time if it has one."""
    return _zone(here().time_zone)


def plain_zone() -> tzinfo:
    """The zone as systems write times by it: where clocks do not change in the course of a year it
    is today's offset, also for days on which it was another one."""
    return _plain(here().time_zone)


@lru_cache(8)
def _plain(name: str) -> tzinfo:
    found = _zone(name)
    winter, summer = (datetime(2026, month, 1, tzinfo=found).utcoffset() for month in (1, 7))
    return timezone(winter) if winter is not None and winter == summer else found


def local_time(t_ms: int) -> datetime:
    """Epoch ms as the time in the city."""
    return datetime.fromtimestamp(t_ms / 1000, zone())


def ahead_ms(t_ms: int) -> int:
    """How far the city's clocks are ahead of UTC at a time."""
    ahead = local_time(t_ms).utcoffset()
    return round(ahead.total_seconds() * 1000) if ahead else 0


def day_number(t_ms: int) -> int:
    """The local day that a time lies in, counted from 1970-01-01."""
    return local_time(t_ms).toordinal() - _EPOCH_DAY


def start_of(day: date) -> int:
    """Epoch ms of the day's first moment."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone()).timestamp() * 1000)


def midnight_ms(t_ms: int, days: int = 0) -> int:
    """The last midnight at or before a time, or the one so many days later."""
    return start_of(local_time(t_ms).date() + timedelta(days=days))


def date_ms(iso: str) -> int:
    """Midnight at the start of an ISO date."""
    return start_of(date.fromisoformat(iso))
