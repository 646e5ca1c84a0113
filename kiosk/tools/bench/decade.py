"""A cache and a ledger after ten years: the demonstration's city with ever more figures.

Written by the product's own writer, page by page, as the sync process does. A line's length stays
as a line is; what grows with N are the indicators, areas and groups of people beside, complaints
and orders.
"""

import itertools
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import insert

from kiosk.backend.catalogue import load_city
from kiosk.backend.feed import Feed
from kiosk.backend.pull.source import SourceHealth
from kiosk.backend.pull.words import idle, source_row
from kiosk.backend.simulator.complaints import ComplaintCourse
from kiosk.backend.store import Store
from kiosk.cache import schema
from kiosk.cache.engine import open_for_writing
from kiosk.cache.files import CACHE, LEDGER
from kiosk.cache.ledger import Ledger
from kiosk.cache.writer import CacheWriter
from kiosk.core.invocation import Source
from kiosk.core.usage import Use
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.wire.city import (
    CITY_AREA,
    Change,
    ChangesPage,
    Complaint,
    District,
    Indicator,
    Neighbourhood,
    Observation,
    OrderStatus,
    Period,
    Place,
    Row,
    Sex,
)
from kiosk.wire.disclosure import LEVELS, Decided
from kiosk.wire.orders import Order, Reply
from kiosk.wire.text import Text

PAGE = 5000
GROUPS: tuple[tuple[Sex, str], ...] = tuple(
    (sex, age)
    for age in ("all", *(f"{n}0-{n}9" for n in range(1, 8)), "0-9", "80+")
    for sex in ("all", "male", "female")
)
HOUR_MS = 3_600_000
DECISIONS = 40
MONTHS, BOARD = 120, 62
LIVE_ROWS, DECADE_ROWS = 50_000, 75_000
ROWS_A_COMPLAINT, ROWS_AN_ORDER = 100, 1000
PLACES: tuple[tuple[str, int, dict[str, float | str | None]], ...] = (
    ("wifi.point", 25_000, {}),
    ("parking.lot", 2_000, {"parking.capacity": 120.0, "parking.free": 40.0}),
)
"""Kinds of places of which the city's systems tell many, and about how many."""
NOW_MS = 1_795_325_520_000
_encode = msgspec.json.Encoder().encode


def catalogue(folder: Path, now_ms: int = NOW_MS) -> list[Row]:
    """What the demonstration's city has besides figures that are kept: districts, indicators,
    sources, kinds, cameras, places, items, incidents."""
    store = Store.open(folder / "city.db")
    try:
        feed = Feed(Settings(), store)
        feed.catalogue()
        feed.neighbourhoods(now_ms)
        feed.figures(now_ms)
        feed.moment(now_ms)
        store.write(
            source_row(declared, SourceHealth(declared.id), idle(declared, frozenset()))
            for declared in feed.declared.values()
        )
        return list(_all_rows(store))
    finally:
        store.close()


def fill(folder: Path, city: Sequence[Row], rows: int, seed: int = 1) -> float:
    """A new cache with that many figures, and a ledger; rows a second of the cache's writer."""
    writer, _ = CacheWriter.open(folder / CACHE, NOW_MS)
    rng = random.Random(seed)  # noqa: S311 - no secret
    stream = itertools.islice(_observations(rng, city), rows)
    codes = [row.code for row in city if isinstance(row, District)]
    reported = complaints(rows // ROWS_A_COMPLAINT)
    beside = itertools.chain(city, reported, _told(rows), _places(codes))
    spent_s = 0.0
    revision = 0
    for told in (beside, stream):
        while page := [Change(revision, row) for row in itertools.islice(told, PAGE)]:
            revision += len(page)
            changes = ChangesPage("bench", revision, tuple(page), more=True, head=rows)
            begin = time.perf_counter()
            writer.apply(changes, NOW_MS)
            spent_s += time.perf_counter() - begin
    writer.close()
    _fill_ledger(folder / LEDGER, rows // ROWS_AN_ORDER)
    return revision / spent_s


def decades(rows: int, names: Sequence[str]) -> list[str]:
    """The indicators that a cache of so many figures has ten years of, of those of the city."""
    return list(names[: max(1, (rows - LIVE_ROWS) // DECADE_ROWS)])


def _all_rows(store: Store) -> Iterator[Row]:
    since, more = 0, True
    while more:
        page = msgspec.json.decode(store.changes(since, PAGE).body, type=ChangesPage)
        yield from (change.row for change in page.rows if change.row is not None)
        since, more = page.revision, page.more


def complaints(count: int) -> Iterator[Complaint]:
    """Those of the demonstration's last days, and done ones like them ever further back."""
    settings = Settings()
    districts = load_city(pack_folder(settings)).districts
    drawn = ComplaintCourse(pack_folder(settings), districts, settings.demo.seed).at(NOW_MS)
    for n in range(count):
        row = drawn[n % len(drawn)]
        back = n // len(drawn)
        t_ms = row.t_ms - back * 72 * HOUR_MS
        step = row.step if not back else "done"
        yield msgspec.structs.replace(row, id=f"{row.id}-{n}", t_ms=t_ms, step=step)


def _places(districts: Sequence[str]) -> Iterator[Place]:
    """Those of systems of the register: access points, car parks, stations and their trains."""
    for kind, count, readings in PLACES:
        for n in range(count):
            lat, lon = 37.45 + n % 200 / 1000, 126.8 + n // 200 / 300
            yield Place(
                id=f"{kind}/{n}",
                source_id="bench",
                kind=kind,
                name=f"{kind} {n}",
                district=districts[n % len(districts)],
                lat=lat,
                lon=lon,
                t_ms=NOW_MS,
                readings=readings,
            )


def _order(n: int) -> Order:
    return Order(f"o{n:06d}", NOW_MS - n * 6 * HOUR_MS, "wall", "119", "현장을 확인해 주세요")


def _told(rows: int) -> Iterator[OrderStatus]:
    for n in range(rows // ROWS_AN_ORDER):
        order = _order(n)
        yield OrderStatus(order.id, order, "done", order.t_ms + HOUR_MS, "119", simulated=True)


def _uses() -> Iterator[Use]:
    """Six weeks of use, as the wall asks for them: five panels in each of ten hours a day."""
    for day in range(42):
        for hour in range(10):
            for panel in ("home", "incident", "indicators", "cctv", "traffic"):
                t_ms = NOW_MS // HOUR_MS * HOUR_MS - (24 * day + hour) * HOUR_MS
                yield Use(t_ms, "", panel, Source.TOUCH, opened=1, done=3)


def _fill_ledger(file: Path, count: int) -> None:
    ledger = Ledger.open(file, NOW_MS)
    for n in range(DECISIONS):
        t_ms = NOW_MS - (DECISIONS - n) * HOUR_MS
        ledger.decide(Decided(f"d{n}", t_ms, "panels", "news", LEVELS[n % 2], Text("결정", "so")))
    ledger.close()
    engine = open_for_writing(file, "FULL")
    with engine.begin() as connection:
        connection.execute(insert(schema.usage), [msgspec.structs.asdict(use) for use in _uses()])
    orders = [_order(n) for n in range(count)]
    replies = [Reply(f"r{o.id}", o.t_ms, "wall", "c", "조치했습니다") for o in orders]
    with engine.begin() as connection:
        connection.execute(
            insert(schema.orders),
            [
                {
                    **{"id": o.id, "t_ms": o.t_ms, "state": "done", "changed_ms": o.t_ms},
                    "body": _encode(o).decode(),
                }
                for o in orders
            ],
        )
        connection.execute(
            insert(schema.outbox),
            [
                {
                    **{"id": what.id, "kind": kind, "t_ms": what.t_ms, "sent_ms": what.t_ms},
                    "body": _encode(what).decode(),
                }
                for kind, given in (("order", orders), ("reply", replies))
                for what in given
            ],
        )
    engine.dispose()


def _observations(rng: random.Random, city: Sequence[Row]) -> Iterator[Row]:
    """Live days of the board, then months and years of ever more indicators."""
    names = [row.id for row in city if isinstance(row, Indicator)][:BOARD]
    districts = [row.code for row in city if isinstance(row, District)]
    areas = [CITY_AREA, *districts, *(r.code for r in city if isinstance(r, Neighbourhood))]
    for name in names:
        for area, every_ms in ((CITY_AREA, HOUR_MS // 6), *((d, HOUR_MS) for d in districts)):
            for t_ms in range(NOW_MS - 26 * HOUR_MS, NOW_MS, every_ms):
                yield _row(rng, name, area, t_ms)
    for name in itertools.chain(names, (f"more-{n}" for n in itertools.count())):
        yield from _decade(rng, name, areas)


def _decade(rng: random.Random, indicator: str, areas: Sequence[str]) -> Iterator[Observation]:
    """Months and years of one indicator, everywhere; people of city and districts by the year."""
    for area in areas:
        for month in range(MONTHS):
            yield _row(rng, indicator, area, NOW_MS - month * 730 * HOUR_MS, "month")
    for area in areas:
        for sex, age in GROUPS if len(area) <= 5 else GROUPS[:3]:
            for year in range(MONTHS // 12):
                yield _row(rng, indicator, area, NOW_MS - year * 8760 * HOUR_MS, "year", sex, age)


def _row(
    rng: random.Random,
    indicator: str,
    area: str,
    t_ms: int,
    period: Period = "",
    sex: Sex = "all",
    age: str = "all",
) -> Observation:
    value = round(rng.random() * 1000, 1)
    return Observation(
        indicator, area, t_ms, value, simulated=True, sex=sex, age=age, period=period
    )
