"""Addresses with their placeholders filled in, all but the key."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from kiosk.backend.pull.declaration import Declaration, Paging, Runs
from kiosk.pack.clock import local_time

DAY_MS = 86_400_000
_TIME = re.compile(r"\{(date|month|year|hour)(?:-(\d{1,3}))?\}")
_MOMENT = re.compile(r"\{(moment|since)-(\d{1,3})\}")
_FORMS = {"date": "%Y%m%d", "month": "%Y%m", "year": "%Y", "hour": "%H"}


def filled(
    declaration: Declaration,
    place: str,
    now_ms: int,
    runs_back: int = 0,
    since_ms: int | None = None,
) -> str:
    """The address for a place at a time; `runs_back` names an earlier run than the newest,
    `since_ms` from when on news are wanted."""
    now = local_time(now_ms).replace(tzinfo=None)
    address = declaration.address.replace("{place}", quote(place, safe=""))
    if declaration.runs is not None:
        base = newest_run(declaration.runs, now, runs_back)
        address = address.replace("{base_date}", base.strftime("%Y%m%d"))
        address = address.replace("{base_time}", base.strftime("%H%M"))
    address = _MOMENT.sub(lambda found: _moment(now_ms, found[1], int(found[2]), since_ms), address)
    return _TIME.sub(lambda found: _time(now, found[1], int(found[2] or 0)), address)


def only_news(declaration: Declaration) -> bool:
    """Whether the source is asked only for what has changed since the last time."""
    return "{since-" in declaration.address


def newest_run(runs: Runs, now: datetime, back: int = 0) -> datetime:
    """The newest run that can be asked for at a time of the city, or one so many runs earlier."""
    ready = now - timedelta(minutes=runs.ready_min)
    first = ready.replace(hour=runs.first_h, minute=runs.minute, second=0, microsecond=0)
    first -= timedelta(days=1)
    step = timedelta(hours=runs.every_h)
    return first + step * ((ready - first) // step - back)


def pages(address: str, paging: Paging | None) -> Iterator[str]:
    """One address for each page; itself when there are none."""
    if paging is None:
        yield address
        return
    for page in range(1, paging.most + 1):
        first = (page - 1) * paging.size + 1
        yield (
            address.replace("{start}", str(first))
            .replace("{end}", str(first + paging.size - 1))
            .replace("{offset}", str(first - 1))
            .replace("{page}", str(page))
            .replace("{size}", str(paging.size))
        )


def _time(now: datetime, unit: str, back: int) -> str:
    match unit:
        case "date":
            now -= timedelta(days=back)
        case "hour":
            now -= timedelta(hours=back)
        case _:
            months = now.year * 12 + now.month - 1 - (back * 12 if unit == "year" else back)
            now = now.replace(year=months // 12, month=months % 12 + 1, day=1)
    return now.strftime(_FORMS[unit])


def _moment(now_ms: int, word: str, days: int, since_ms: int | None) -> str:
    earliest_ms = now_ms - days * DAY_MS
    asked_ms = max(earliest_ms, since_ms or 0) if word == "since" else earliest_ms
    return datetime.fromtimestamp(asked_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
