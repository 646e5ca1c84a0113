"""`usage`: how often which panel was opened and by which input the wall was asked, by period."""

import argparse
import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy.exc import DBAPIError

from kiosk.cache.engine import open_ledger_for_reading
from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import LedgerReader
from kiosk.core.clock import SystemClock
from kiosk.core.usage import PEOPLE, Use
from kiosk.pack.clock import local_time, start_of
from kiosk.panels import find_panels
from kiosk.panels.usage.presenter import INPUTS
from kiosk.tools.printed import keep_whole, printed
from kiosk.tools.sources.site import add_options, data_dir, read_settings
from kiosk.wire.text import Text

WEEKS = 4
TITLE = Text("상황판 이용 보고", "Use of the wall")
By = Literal["day", "week", "month"]
STARTS: Mapping[By, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
}


class Row(msgspec.Struct, frozen=True):
    """What people did in a period (its first day) at a panel by one kind of input: how often it was
    opened so, commands carried out and not while it stood there."""

    period: str
    panel: str
    panel_ko: str
    panel_en: str
    input: str
    opened: int
    done: int
    refused: int


class Named(msgspec.Struct, frozen=True):
    name: Text
    count: int


class Period(msgspec.Struct, frozen=True):
    period: str
    opened: int
    asked: int
    refused: int


def main(argv: list[str]) -> int:
    """Exit code 0; 1 when the ledger can't be read or a file not be written."""
    options = _parser().parse_args(argv)
    settings = read_settings(options)
    today = local_time(SystemClock().now_ms()).date()
    last = options.until or today
    first = options.since or last - timedelta(weeks=WEEKS) + timedelta(days=1)
    file = data_dir(options, settings) / LEDGER
    try:
        rows = rows_of(_uses(file, first, last), options.by)
        _tell(rows, options, first, last)
    except DBAPIError as error:
        print(f"usage: {file}: {error.orig}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"usage: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk.sh usage",
        description="How often which panel was opened and by which input the wall was asked. No "
        "content is counted, and nobody is named.",
    )
    parser.add_argument("--from", dest="since", type=_day, metavar="DAY", help="2026-11-01")
    parser.add_argument("--to", dest="until", type=_day, metavar="DAY", help="the last day; today")
    parser.add_argument("--by", choices=tuple(STARTS), default="week", help="period; week")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--json", action="store_true", help="JSON Lines")
    what.add_argument("--csv", type=Path, metavar="FILE", help="a table; - for standard output")
    what.add_argument("--page", type=Path, metavar="FILE.html", help="a page to read and to print")
    add_options(parser)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day such as 2026-11-01") from error


def _uses(file: Path, first: date, last: date) -> tuple[Use, ...]:
    """Of the days from the first to the last, as the city's clocks count them; none without a
    ledger. Raises DBAPIError."""
    if not file.exists():
        return ()
    engine = open_ledger_for_reading(file)
    try:
        found = LedgerReader(engine).usage(start_of(first))
    finally:
        engine.dispose()
    return tuple(u for u in found if start_of(first) <= u.hour_ms < start_of(last + timedelta(1)))


def rows_of(uses: Iterable[Use], by: By) -> tuple[Row, ...]:
    """Summed over hours and profiles, in the order of periods, panels and inputs."""
    titles = {spec.id: spec.title for spec in find_panels()}
    opened: Counter[tuple[str, str, str]] = Counter()
    done, refused = opened.copy(), opened.copy()
    for use in uses:
        if use.source not in PEOPLE:
            continue
        start = STARTS[by](local_time(use.hour_ms).date()).isoformat()
        key = (start, use.panel, use.source.value)
        opened[key] += use.opened
        done[key] += use.done
        refused[key] += use.refused
    rows = []
    for key in sorted(opened):
        period, panel, way = key
        title = titles.get(panel, Text(panel, panel))
        counts = (opened[key], done[key], refused[key])
        rows.append(Row(period, panel, title.ko, title.en, way, *counts))
    return tuple(rows)


def _tell(rows: Sequence[Row], options: argparse.Namespace, first: date, last: date) -> None:
    if options.json:
        for row in rows:
            print(msgspec.json.encode(row).decode())
    elif options.csv is not None:
        text = as_csv(rows)
        if str(options.csv) == "-":
            print(text, end="")
        else:
            keep_whole(options.csv, "\ufeff" + text)  # else a spreadsheet reads Korean wrongly
    elif options.page is not None:
        keep_whole(options.page, as_page(rows, first, last, SystemClock().now_ms()))
    else:
        print(_words(rows, first, last))


def as_csv(rows: Sequence[Row]) -> str:
    """RFC 4180, with a head."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(Row.__struct_fields__)
    writer.writerows(msgspec.structs.astuple(row) for row in rows)
    return out.getvalue()


def as_page(rows: Sequence[Row], first: date, last: date, now_ms: int) -> str:
    """The page that is printed at `now_ms` (epoch)."""
    panels, inputs = by_panel(rows), by_input(rows)
    span = f"{first.isoformat()} – {last.isoformat()}"
    return printed(
        "usage.html",
        Text(f"{TITLE.ko} {span}", f"{TITLE.en}, {span}"),
        now_ms,
        opened=sum(row.opened for row in rows),
        asked=sum(row.done + row.refused for row in rows),
        refused=sum(row.refused for row in rows),
        panels=panels,
        inputs=inputs,
        periods=by_period(rows),
        most_opened=max((each.count for each in panels), default=0),
        most_asked=max((each.count for each in inputs), default=0),
    )


def by_panel(rows: Iterable[Row]) -> tuple[Named, ...]:
    """Panels that were opened, the most often opened first."""
    counted: Counter[Text] = Counter()
    for row in rows:
        counted[Text(row.panel_ko, row.panel_en)] += row.opened
    named = (Named(name, count) for name, count in counted.items() if count)
    return tuple(sorted(named, key=lambda each: (-each.count, each.name.ko)))


def by_input(rows: Iterable[Row]) -> tuple[Named, ...]:
    """Every kind of input, also one that nobody used."""
    counted = Counter[str]()
    for row in rows:
        counted[row.input] += row.done + row.refused
    return tuple(Named(name, counted[way.value]) for way, name in INPUTS.items())


def by_period(rows: Iterable[Row]) -> tuple[Period, ...]:
    found: dict[str, Period] = {}
    for row in rows:
        had = found.get(row.period, Period(row.period, 0, 0, 0))
        asked = had.asked + row.done + row.refused
        refused = had.refused + row.refused
        found[row.period] = Period(row.period, had.opened + row.opened, asked, refused)
    return tuple(found[key] for key in sorted(found))


def _words(rows: Sequence[Row], first: date, last: date) -> str:
    lines = [f"{TITLE.ko} / {TITLE.en}, {first.isoformat()} – {last.isoformat()}"]
    lines += [f"  {each.count:>7,}  {each.name.ko} / {each.name.en}" for each in by_panel(rows)]
    lines += [f"  {each.count:>7,}  {each.name.ko} / {each.name.en}" for each in by_input(rows)]
    if not rows:
        lines.append("  아직 없습니다 / none yet")
    return "\n".join(lines)
