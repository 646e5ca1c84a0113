"""The simulated city: repeatable, marked, plausible, and honest about silence."""

import datetime as dt
import itertools
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import pytest

from kiosk.backend.catalogue import City, load_city
from kiosk.backend.simulator.city import HISTORY_MS, Simulator
from kiosk.backend.simulator.incidents import MINUTE_MS
from kiosk.backend.simulator.signals import Moment
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.wire.city import (
    CITY_AREA,
    Camera,
    Incident,
    Item,
    Latest,
    Observation,
    Place,
    Row,
    Source,
)

KST = ZoneInfo("Asia/Seoul")

FOLDER = pack_folder(Settings())


def at(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=KST).timestamp() * 1000)


MONDAY_MS = at("2026-11-23T14:30")


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(FOLDER)


def simulator(city: City, seed: int = 7) -> Simulator:
    return Simulator(city, FOLDER, seed, 16)


def figures(rows: Iterable[Row]) -> dict[tuple[str, str], Observation]:
    found = [r.observation for r in rows if isinstance(r, Latest)]
    return {(o.indicator, o.area): o for o in found}


def of_city(rows: Iterable[Row]) -> dict[str, float | None]:
    return {key: o.value for (key, area), o in figures(rows).items() if area == CITY_AREA}


def test_the_same_seed_and_time_give_the_same_rows(city: City) -> None:
    assert simulator(city).step(MONDAY_MS) == simulator(city).step(MONDAY_MS)
    assert simulator(city).step(MONDAY_MS) != simulator(city, seed=8).step(MONDAY_MS)


def test_the_way_to_a_moment_does_not_matter(city: City) -> None:
    walked = simulator(city)
    last: dict[tuple[str, str], Observation] = {}
    for t_ms in range(MONDAY_MS - 120_000, MONDAY_MS + 1, 5000):
        last |= figures(walked.step(t_ms))
    assert last == figures(simulator(city).step(MONDAY_MS))


def test_every_value_is_marked_as_simulated(city: City) -> None:
    made = simulator(city)
    rows = [*made.history(MONDAY_MS - HISTORY_MS, MONDAY_MS), *made.step(MONDAY_MS)]
    for row in rows:
        match row:
            case Latest():
                assert row.observation.simulated
            case Observation() | Incident() | Source() | Camera() | Place() | Item():
                assert row.simulated
            case _:
                raise AssertionError(f"unexpected {row}")


def test_a_weekday_afternoon_in_november_is_plausible(city: City) -> None:
    bounds = {
        "dispatch-119": (900, 1600),
        "ambulance": (650, 1200),
        "fire": (15, 50),
        "pm25": (8, 40),
        "pm10": (18, 75),
        "ozone": (0.01, 0.05),
        "temperature": (4, 16),
        "wind": (0.5, 8),
        "traffic-speed": (17, 27),
        "subway-crowding": (35, 65),
        "bikes": (29_000, 36_000),
        "parking-free": (2000, 4500),
        "river-jamsu": (2.2, 3.4),
        "turbidity": (0.02, 0.2),
        "power": (5400, 6500),
        "solar": (30, 200),
        "er-beds": (240, 420),
        "complaints": (3800, 6500),
        "dasan-waiting": (5, 60),
        "living-population": (10_500_000, 11_400_000),
        "accidents": (35, 70),
    }
    values = of_city(simulator(city).step(MONDAY_MS))
    assert values.keys() == bounds.keys()
    for indicator, (low, high) in bounds.items():
        value = values[indicator]
        assert value is not None
        assert low <= value <= high, (indicator, value)


def test_a_rush_hour_is_slower_than_the_night(city: City) -> None:
    night = of_city(simulator(city).step(at("2026-11-23T03:00")))
    rush = of_city(simulator(city).step(at("2026-11-23T18:30")))
    assert (night["traffic-speed"] or 0) > (rush["traffic-speed"] or 0) + 10
    assert (night["subway-crowding"] or 0) < 5
    assert night["solar"] == 0


def test_counts_of_the_day_only_rise_and_start_again_at_midnight(city: City) -> None:
    made = simulator(city)
    before: float = -1
    for t_ms in range(at("2026-11-23T00:01"), at("2026-11-23T23:59"), 1_200_000):
        value = of_city(made.step(t_ms))["dispatch-119"] or 0
        assert value >= before
        before = value
    assert before > 1500
    assert (of_city(made.step(at("2026-11-24T00:01")))["dispatch-119"] or 0) < 10


def test_districts_add_up_to_the_city(city: City) -> None:
    found = figures(simulator(city).step(MONDAY_MS))
    for name in ("dispatch-119", "complaints"):
        parts = [o.value or 0 for (i, area), o in found.items() if i == name and area != CITY_AREA]
        assert len(parts) == 25
        assert sum(parts) == found[name, CITY_AREA].value


def test_a_closed_station_has_no_value_and_says_why(city: City) -> None:
    found = figures(simulator(city).step(MONDAY_MS))
    closed = [o for (i, _), o in found.items() if i == "pm25" and o.value is None]
    assert len(closed) == 1
    assert closed[0].note is not None
    assert closed[0].note.ko == "측정소 점검 중"


def test_a_source_that_falls_silent_tells_nothing_and_is_told_of(city: City) -> None:
    made = simulator(city)
    ages = []
    errors = []
    newest = 0
    for t_ms in range(MONDAY_MS, MONDAY_MS + 60 * MINUTE_MS, 30_000):
        rows = made.step(t_ms)
        told = figures(rows).get(("er-beds", CITY_AREA))
        newest = told.t_ms if told else newest
        ages.append(t_ms - newest)
        errors += [r.last_error for r in rows if isinstance(r, Source) and r.id == "er-beds"]
    assert max(ages) >= 4 * MINUTE_MS
    assert [bool(e) for e in errors].count(True) >= 1
    assert errors[-1] is None or any(e is None for e in errors)


def test_history_covers_a_day_without_the_silences(city: City) -> None:
    rows = list(simulator(city).history(MONDAY_MS - HISTORY_MS, MONDAY_MS))
    city_rows = [r for r in rows if r.indicator == "pm25" and r.area == CITY_AREA]
    assert len(city_rows) == 156
    assert [r.t_ms for r in city_rows] == sorted({r.t_ms for r in city_rows})
    assert len([r for r in rows if r.indicator == "pm25" and r.area == "11110"]) == 26
    beds = [r for r in rows if r.indicator == "er-beds" and r.area == CITY_AREA]
    assert 100 < len(beds) < 156


def test_incidents_come_grow_and_end(city: City) -> None:
    made = simulator(city)
    seen: dict[str, list[Incident]] = {}
    for t_ms in range(MONDAY_MS, MONDAY_MS + 240 * MINUTE_MS, MINUTE_MS):
        for row in made.step(t_ms):
            if isinstance(row, Incident):
                assert row.t_ms <= t_ms
                assert "{" not in row.headline.ko + row.headline.en + row.facts.ko + row.facts.en
                seen.setdefault(row.id, []).append(row)
    grown = [rows for rows in seen.values() if len({r.severity for r in rows}) > 1]
    ended = [rows for rows in seen.values() if rows[-1].ended_ms]
    assert grown
    assert ended
    fires = [
        [severity for severity, _ in itertools.groupby(row.severity for row in rows)]
        for rows in seen.values()
        if rows[0].kind == "fire" and rows[0].t_ms > MONDAY_MS and rows[-1].ended_ms
    ]
    assert fires[0] == ["caution", "warning", "critical", "warning", "notice"]
    cameras = {c.id for c in city.cameras}
    places = {(r.kind, r.lat, r.lon) for rows in seen.values() for r in rows}
    assert len({(lat, lon) for _, lat, lon in places}) == len(places)
    for rows in seen.values():
        assert len({r.number for r in rows}) == 1
        if rows[0].command == "cctv.open":
            assert rows[0].args["camera"] in cameras


def test_rows_that_were_lost_are_told_again(city: City) -> None:
    made = simulator(city)
    first = made.step(MONDAY_MS)
    assert not figures(made.step(MONDAY_MS))
    made.tell_all_again()
    assert made.step(MONDAY_MS) == first


@pytest.mark.parametrize(
    ("text", "month", "weekend"),
    [
        ("2026-11-22T23:59", 10, True),
        ("2026-11-23T00:00", 10, False),
        ("2028-02-29T12:00", 1, False),
        ("2026-12-31T23:59", 11, False),
        ("2027-01-01T00:00", 0, False),
        ("2026-11-21T00:00", 10, True),
    ],
)
def test_the_citys_calendar(text: str, month: int, weekend: bool) -> None:
    moment = Moment.of(at(text))
    assert (moment.month, moment.weekend) == (month, weekend)
    assert moment.midnight_ms == at(text[:10])
