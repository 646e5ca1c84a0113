"""What a source gave, in the store: merged, kept, ended, removed."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.backend.catalogue import DistrictEntry
from kiosk.backend.connectors import normal
from kiosk.backend.connectors.normal import Item
from kiosk.backend.gazetteer import Gazetteer
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.delivery import Delivery
from kiosk.backend.pull.source import Pulled
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from kiosk.wire import city
from kiosk.wire.text import Text

JONGNO = ((126.95, 37.56), (127.0, 37.56), (127.0, 37.62), (126.95, 37.62), (126.95, 37.56))
HOUR = "2026-11-22T14:00:00+09:00"


def declaration(id: str, **more: object) -> Declaration:  # noqa: A002
    fields: dict[str, object] = {
        "id": id,
        "name": Text("시험", "Test"),
        "owner": Text("시험과", "Section"),
        "connector": "x",
        "address": "http://x/",
        "period_s": 60,
        "kinds": ("x",),
        "licence": "",
    }
    return Declaration(**(fields | more))  # type: ignore[arg-type]


class Bench:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = ManualClock()
        districts = (DistrictEntry("11110", Text("종로구", "Jongno-gu"), 37.6, 126.98),)
        self._delivery = Delivery(
            store,
            Gazetteer(districts, lambda: {"11110": (JONGNO,)}),
            dict,
            {},
            lambda indicator, source: None,
            self.clock.now_ms,
        )

    def give(self, source: Declaration, *items: Item, complete: bool = True) -> None:
        self._delivery.deliver(source, Pulled(items, (), complete))

    def places(self) -> dict[str, city.Place]:
        found = self.store.bodies("places")
        return {key: msgspec.json.decode(body, type=city.Place) for key, body in found.items()}

    def incidents(self) -> dict[str, city.Incident]:
        found = self.store.bodies("incidents")
        return {key: msgspec.json.decode(body, type=city.Incident) for key, body in found.items()}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    store = Store.open(tmp_path / "backend.db")
    yield Bench(store)
    store.close()


def lot(code: str, **more: object) -> normal.Place:
    return normal.Place(id=f"lots/{code}", kind="parking.lot", place=code, **more)  # type: ignore[arg-type]


def free(code: str, value: float | None, quality: normal.Quality = "good") -> normal.Observation:
    return normal.Observation(
        id=f"lots/{code}/free",
        kind="parking.free",
        place=code,
        time=HOUR,
        value=value,
        quality=quality,
    )


def test_two_systems_speak_of_one_car_park(bench: Bench) -> None:
    live, sites = declaration("live"), declaration("sites")
    bench.give(sites, lot("1", name="세종로", lat=37.57, lon=126.98))
    bench.give(live, lot("1", address="종로구 세종로 1"), free("1", 12.0))
    row = bench.places()["parking.lot/1"]
    assert (row.name, row.lat, row.address) == ("세종로", 37.57, "종로구 세종로 1")
    assert (row.district, row.readings) == ("11110", {"parking.free": 12.0})


def test_the_last_good_reading_stays(bench: Bench) -> None:
    live = declaration("live")
    bench.give(live, lot("1", name="a"), free("1", 12.0))
    bench.give(live, lot("1", name="a"), free("1", None, "missing"))
    assert bench.places()["parking.lot/1"].readings == {"parking.free": 12.0}


def test_places_that_a_complete_answer_leaves_out_are_gone(bench: Bench) -> None:
    live = declaration("live")
    bench.give(live, lot("1", name="a"), lot("2", name="b"))
    bench.give(live, lot("1", name="a"), complete=False)
    assert len(bench.places()) == 2
    bench.give(live)
    assert len(bench.places()) == 2, "an empty answer empties no city"
    bench.give(live, lot("1", name="a"))
    assert list(bench.places()) == ["parking.lot/1"]


def test_readings_find_the_places_of_another_source(bench: Bench) -> None:
    bench.give(declaration("sites"), lot("1", name="a"))
    bench.give(declaration("live", about="parking.lot"), free("1", 3.0))
    assert bench.places()["parking.lot/1"].readings == {"parking.free": 3.0}


def test_what_is_told_no_longer_has_ended_and_is_forgotten_after_a_day(bench: Bench) -> None:
    source = declaration("warnings")
    warning = normal.Incident(id="w1", kind="weather.warning", time=HOUR, headline="호우 경보")
    bench.give(source, warning)
    assert bench.incidents()["warnings/w1"].ended_ms is None
    bench.clock.advance(60_000)
    bench.give(source)
    ended_ms = bench.incidents()["warnings/w1"].ended_ms
    assert ended_ms == bench.clock.now_ms()
    bench.clock.advance(60_000)
    bench.give(source)
    assert bench.incidents()["warnings/w1"].ended_ms == ended_ms
    bench.clock.advance(25 * 3_600_000)
    bench.give(source)
    assert bench.incidents() == {}


def test_cameras_keep_their_numbers_and_lie_in_the_city(bench: Bench) -> None:
    source = declaration("its")

    def camera(name: str, lat: float = 37.57) -> normal.Camera:
        return normal.Camera(
            id=name, kind="cctv.road", name=name, lat=lat, lon=126.98, stream=f"https://x/{name}"
        )

    bench.give(source, camera("a"), camera("b"), camera("far", lat=36.0))
    bench.give(source, camera("b"), camera("c"))
    rows = [
        msgspec.json.decode(body, type=city.Camera)
        for body in bench.store.bodies("cameras").values()
    ]
    assert {row.id: row.number for row in rows} == {"its/b": 1002, "its/c": 1003}


def test_the_same_answer_again_is_told_to_nobody(bench: Bench) -> None:
    source = declaration("live")
    complaint = normal.Complaint(
        id="c1",
        kind="complaint.noise",
        time=HOUR,
        name="소음",
        status="open",
        lat=37.57,
        lon=126.98,
    )
    bench.give(source, lot("1", name="a"), free("1", 12.0), complaint)
    before = bench.store.revision()
    bench.give(source, lot("1", name="a"), free("1", 12.0), complaint)
    assert bench.store.revision() == before
    row = msgspec.json.decode(bench.store.bodies("complaints")["live/c1"], type=city.Complaint)
    assert (row.district, row.status, row.title) == ("11110", "open", "소음")


def article(number: str, **more: object) -> normal.News:
    return normal.News(id=number, kind="news.article", name=f"제목 {number}", **more)  # type: ignore[arg-type]


def test_news_stand_with_their_time_publisher_and_district(bench: Bench) -> None:
    feed = declaration("paper")
    told = article("a", time=HOUR, publisher="일보", description="종로구 소식", link="https://x/a")
    bench.give(feed, told, article("b"))
    items = {
        key: msgspec.json.decode(body, type=city.Item)
        for key, body in bench.store.bodies("items").items()
    }
    one = items["paper/a"]
    assert (one.kind, one.owner.ko, one.districts) == ("news", "일보", ("11110",))
    assert one.position == one.t_ms == 1_795_323_600_000
    assert one.attributes["link_ko"] == "https://x/a"
    assert items["paper/b"].t_ms == bench.clock.now_ms()
    bench.give(feed, article("b"))
    assert bench.store.keys("items") == ("paper/b",)


def test_trains_stand_at_their_station_until_others_are_told(bench: Bench) -> None:
    arrivals = declaration("subway")
    station = normal.Place(id="s/7", kind="subway.station", place="7", name="시청역")

    def comes(train: str, in_s: float) -> normal.Observation:
        return normal.Observation(
            id=f"realtimeStationArrival/1001/7/{train}/subway.arrival",
            kind="subway.arrival",
            place="7",
            time=HOUR,
            value=in_s,
            name="인천행 - 서울역방면",
        )

    bench.give(arrivals, station, comes("11", 60), comes("12", 300))
    at_s = 1_795_323_600
    way = f"{city.TRAIN}/1호선/인천행 - 서울역방면"
    (row,) = bench.places().values()
    assert row.readings == {f"{way}/11": at_s + 60.0, f"{way}/12": at_s + 300.0}
    bench.give(arrivals, station, comes("13", 90))
    (row,) = bench.places().values()
    assert row.readings == {f"{way}/13": at_s + 90.0}
    assert row.t_ms == at_s * 1000
