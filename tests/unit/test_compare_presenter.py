"""Side by side: which places stand there, what each is to the city, and which lines are drawn."""

import msgspec
import pytest

from kiosk.panels.compare.model import CompareModel
from kiosk.wire.city import CITY_AREA
from kiosk.wire.text import Text
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def compared(city: MemoryRepositories, **place: str) -> CompareModel:
    model = model_of("compare", city, at("compare", **place))
    assert isinstance(model, CompareModel)
    return model


def ends(city: MemoryRepositories, indicator: str) -> tuple[str, str]:
    """The districts with the highest and the lowest figure."""
    known = city.by_district(indicator)
    values = {area: row.value for area, row in known.items() if row.value is not None}
    return max(values, key=lambda a: values[a]), min(values, key=lambda a: values[a])


def test_the_district_the_city_and_both_ends_stand_side_by_side(city: MemoryRepositories) -> None:
    highest, lowest = ends(city, "population")
    other = next(a for a in city.by_district("population") if a not in (highest, lowest))
    model = compared(city, indicator="population", district=other)
    assert [column.area for column in model.columns] == [other, CITY_AREA, highest, lowest]
    assert "고른 구" in model.columns[0].figure.title.ko
    assert "가장 높음" in model.columns[2].figure.title.ko


def test_a_district_that_is_an_end_stands_there_once(city: MemoryRepositories) -> None:
    highest, lowest = ends(city, "population")
    model = compared(city, indicator="population", district=highest)
    assert [column.area for column in model.columns] == [highest, CITY_AREA, lowest]
    assert model.columns[0].figure.title.ko.endswith("고른 구, 가장 높음")


def test_without_a_district_the_city_is_what_it_is_about(city: MemoryRepositories) -> None:
    model = compared(city, indicator="pm25")
    assert model.columns[0].area == CITY_AREA
    assert [series.focus for series in model.chart.series] == [True, False, False]


def test_a_mean_is_drawn_beside_its_districts_and_told_as_a_distance(
    city: MemoryRepositories,
) -> None:
    model = compared(city, indicator="pm25", district="11710")
    assert len(model.chart.series) == len(model.columns)
    assert model.remark.ko == ""
    assert model.columns[-2].figure.key.ko.startswith("서울보다 +")
    assert model.columns[-1].figure.key.ko.startswith("서울보다 −")


def test_a_district_that_has_the_city_s_mean_is_not_said_to_differ() -> None:
    city = demo_city()
    mean, own = city.latest(["pm25"])["pm25"], city.by_district("pm25")["11710"]
    city.put(msgspec.structs.replace(own, value=mean.value, t_ms=own.t_ms + 1))
    model = compared(city, indicator="pm25", district="11710")
    assert model.columns[0].figure.key == Text("서울 대비 차이 없음", "the same as Seoul")


def test_a_sum_is_no_line_beside_its_parts_and_told_as_a_share(city: MemoryRepositories) -> None:
    model = compared(city, indicator="population", district="11710")
    assert len(model.chart.series) == len(model.columns) - 1
    assert "합계" in model.remark.ko
    whole = city.series("population")[-1].value
    own = city.series("population", "11710")[-1].value
    assert own is not None
    assert whole is not None
    assert model.columns[0].figure.key.ko == f"서울의 {100 * own / whole:.1f}%"


def test_an_indicator_of_the_city_alone_gives_way_to_one_of_the_districts(
    city: MemoryRepositories,
) -> None:
    assert compared(city, indicator="temperature").title == compared(city).title


def test_without_any_row_it_says_so() -> None:
    model = compared(MemoryRepositories(()))
    assert model.columns == ()
    assert "없습니다" in model.remark.ko
