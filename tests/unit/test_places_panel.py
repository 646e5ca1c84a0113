"""Places by kind: counted in the city, one by one in a district, opened by name."""

from typing import cast

import msgspec
import pytest

from kiosk.backend.connectors.normal import Observation
from kiosk.backend.pull import things
from kiosk.backend.simulator.trains import TrainCourse
from kiosk.cache.repositories import Repositories
from kiosk.core.state import ViewState
from kiosk.panels.outline.model import OutlineModel
from kiosk.panels.panel import Live
from kiosk.panels.places.kinds import KINDS, stations
from kiosk.panels.places.known import best
from kiosk.panels.places.presenter import PlacesPresenter
from kiosk.ui.charts.map_model import MapModel
from kiosk.wire.city import TRAIN, Place
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, model_of

GANGNAM = "11680"
WORDS = tuple(kind.word for kind in KINDS)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def shown(city: MemoryRepositories, word: str, **place: str) -> OutlineModel:
    model = model_of("places", city, at("places", only=word, **place))
    assert isinstance(model, OutlineModel)
    return model


def map_of(model: OutlineModel) -> MapModel:
    assert isinstance(model.picture, MapModel)
    return model.picture


@pytest.mark.parametrize("word", WORDS)
def test_the_city_is_counted_by_district(city: MemoryRepositories, word: str) -> None:
    model = shown(city, word)
    assert len(model.lines) == 25
    assert model.lines[0].press.command == "district.select"
    counts = [int(line.amount.value.en) for line in model.lines if line.amount]
    assert counts == sorted(counts, reverse=True)
    kind = next(kind for kind in KINDS if kind.word == word)
    assert sum(counts) == len(city.places(kind.kind))


@pytest.mark.parametrize("word", ["parking", "wifi", "stations"])
def test_a_district_has_each_of_them_on_its_map(city: MemoryRepositories, word: str) -> None:
    model = shown(city, word, district=GANGNAM)
    dots = map_of(model).dots
    assert {line.id for line in model.lines} == {dot.id for dot in dots}
    assert model.lines
    assert all((dot.press is not None) == (word != "wifi") for dot in dots)


def test_every_centre_is_told_by_its_neighbourhood(city: MemoryRepositories) -> None:
    model = shown(city, "centres", district=GANGNAM)
    fills = map_of(model).part_fills
    assert len(fills) == len(model.lines) == 22
    assert {fill.value for fill in fills} <= {"운영 중", "준비 중", "예정"}
    area = fills[0].district
    opened = shown(city, "centres", district=GANGNAM, neighbourhood=area)
    assert opened.sheet is not None
    assert opened.sheet.id.endswith(area)
    assert opened.up is not None
    assert opened.up.command == "neighbourhood.clear"


def test_all_424_centres_and_550_car_parks_are_there(city: MemoryRepositories) -> None:
    assert len(city.places("welfare.centre")) == 424
    assert len(city.places("parking.lot")) == 550


def test_what_is_made_up_says_so(city: MemoryRepositories) -> None:
    lot = city.places("parking.lot", GANGNAM)[0]
    one = shown(city, "parking", district=GANGNAM, item=lot.id).sheet
    assert one is not None
    assert one.invented
    assert shown(city, "parking").simulated
    assert not shown(city, "stations").simulated  # the stations are real, their trains are played
    assert shown(city, "stations", district=GANGNAM).simulated


def test_a_station_tells_the_next_trains_and_how_old_that_is(city: MemoryRepositories) -> None:
    station = city.places(stations.KIND.kind, GANGNAM)[0]
    one = shown(city, "stations", district=GANGNAM, item=station.id).sheet
    assert one is not None
    labels = [label.ko for label, _ in one.facts]
    assert {"상행", "하행", "자료"} <= set(labels)
    assert one.played.ko


def test_a_list_says_how_old_its_figures_are(city: MemoryRepositories) -> None:
    assert shown(city, "parking", district=GANGNAM).remark.ko.endswith("2분 전")
    assert "전" not in shown(city, "centres", district=GANGNAM).remark.ko


def test_trains_that_left_are_not_told() -> None:
    now_s = NOW_MS / 1000
    readings: dict[str, float | str | None] = {
        f"{TRAIN}/2호선/성수행/1": now_s - 90,
        f"{TRAIN}/2호선/성수행/2": now_s + 200,
        f"{TRAIN}/2호선/신도림행/3": now_s + 20,
    }
    row = Place("subway-1", "list", "subway.station", "강남역", readings=readings, t_ms=NOW_MS)
    told = stations.tell(row, NOW_MS)
    assert told.amount is not None
    assert told.amount.value.ko == "곧"
    assert [(label.ko, label.en, waits.ko) for label, waits in told.facts] == [
        ("2호선 신도림행", "Line 2 신도림행", "곧"),
        ("2호선 성수행", "Line 2 성수행", "3분"),
    ]


def test_at_night_no_train_runs() -> None:
    night = NOW_MS - 12 * 3_600_000  # 02:32
    real = Place("subway-1", "list", "subway.station", "강남역", t_ms=NOW_MS)
    (row,) = TrainCourse([real], 7).step(night)
    assert stations.tell(row, night).words == stations.ALL_GONE
    assert stations.tell(real, night).words.ko == "자료 없음"
    (day,) = TrainCourse([real], 7).step(NOW_MS)
    assert stations.tell(day, NOW_MS).amount is not None
    assert stations.tell(day, NOW_MS + 600_000).amount is not None  # until the next report


def test_a_car_park_without_a_count_has_no_figure() -> None:
    row = Place("p", "s", "parking.lot", "P", readings={"parking.capacity": 40.0}, t_ms=NOW_MS)
    told = KINDS[1].tell(row, NOW_MS)
    assert (told.amount, told.share, told.shape) == (None, None, "faint")
    full = msgspec.structs.replace(row, readings={"parking.capacity": 40.0, "parking.free": 2.0})
    assert KINDS[1].tell(full, NOW_MS).shape == "ring"


def test_a_systems_own_places_take_the_place_of_the_demonstrations() -> None:
    played = Place("demo-lots-1", "demo-lots", "parking.lot", "시연", simulated=True)
    real = Place("parking.lot/7", "seoul-parking", "parking.lot", "세종로", lat=37.5, lon=127.0)
    assert best([played, real]) == (real,)
    assert best([played]) == (played,)


def test_arrivals_of_a_system_stand_at_the_station_of_the_list() -> None:
    listed = Place(
        *("subway-1", "subway-list", "subway.station", "서울역"),
        district="11140",
        lat=37.55,
        lon=126.97,
        readings={f"{TRAIN}//상행/1": 1.0},
        simulated=True,
    )
    told = [
        Place(f"subway.station/{n}", "subway-arrivals", "subway.station", "서울역", t_ms=n)
        for n in (4, 5)
    ]
    told[1] = msgspec.structs.replace(told[1], readings={f"{TRAIN}/1호선/인천행/9": 99.0})
    (found,) = best([listed, *told])
    assert (found.id, found.district, found.simulated, found.t_ms) == (
        "subway-1",
        "11140",
        False,
        5,
    )
    assert found.readings == {f"{TRAIN}/1호선/인천행/9": 99.0}


def test_the_next_question_waits_for_its_own_answer(city: MemoryRepositories) -> None:
    presenter = PlacesPresenter()
    data = presenter.query(cast(Repositories, city), at("places", only="wifi"))
    other: ViewState = at("places", only="parking")
    assert presenter.present(other, data, Live(), NOW_MS).loading


def test_only_trains_with_a_time_are_told() -> None:
    seen = "2026-11-22T14:30:00+09:00"
    known = Observation(
        id="realtimeStationArrival/1002/1002000222/2245/subway.arrival",
        kind=things.TRAINS,
        place="1002000222",
        time=seen,
        value=120.0,
        name="성수행 - 역삼방면",
    )
    told = things.train(known)
    assert told is not None
    assert told[0] == f"{TRAIN}/2호선/성수행 - 역삼방면/2245"
    assert told[1] == 1_795_325_400 + 120
    assert things.train(msgspec.structs.replace(known, value=None)) is None
    assert things.train(msgspec.structs.replace(known, time=None)) is None
