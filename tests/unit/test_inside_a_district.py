"""An indicator inside a district: its neighbourhoods, as far as figures are told for them."""

from typing import Any

import pytest

from kiosk.panels.indicators.model import Detail, IndicatorsModel
from kiosk.panels.inside import inside
from kiosk.wire.city import CITY_AREA, Observation
from kiosk.wire.projection import RowsBlock
from tests.helpers.panel_city import (
    NOW_MS,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    spec_of,
)

SONGPA, JAMSIL = "11710", "11710650"


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def detail_of(city: MemoryRepositories, **place: Any) -> Detail:
    model: IndicatorsModel = model_of("indicators", city, at("indicators", **place))
    assert model.detail is not None
    return model.detail


def test_a_district_is_told_by_its_neighbourhoods(city: MemoryRepositories) -> None:
    detail = detail_of(city, indicator="complaints", district=SONGPA)
    names = {n.code: n.name for n in city.neighbourhoods() if n.district == SONGPA}
    assert {row.district for row in detail.ranking.rows} == names.keys()
    assert detail.ranking_title.ko == "송파구 동 순위"
    assert detail.ranking_remark.ko.startswith("송파구 ")
    assert detail.ranking_remark.ko.endswith(", 2026년 10월")
    values = [row.value or 0.0 for row in detail.ranking.rows]
    assert values == sorted(values, reverse=True)
    press = detail.ranking.rows[0].press
    assert press is not None
    assert press.command == "neighbourhood.select"
    assert press.args == {"neighbourhood": detail.ranking.rows[0].district}


def test_the_map_opens_the_district_and_colours_its_neighbourhoods(
    city: MemoryRepositories,
) -> None:
    detail = detail_of(city, indicator="complaints", district=SONGPA)
    assert detail.map is not None
    assert detail.map.opened == SONGPA
    assert {fill.district[:5] for fill in detail.map.part_fills} == {SONGPA}
    assert detail.map.simulated
    around = {fill.grade for fill in detail.map.fills}
    assert around == {len(detail.map.grades) - 1}, "other districts are not coloured by this"


def test_a_neighbourhood_in_focus_has_its_own_line(city: MemoryRepositories) -> None:
    detail = detail_of(city, indicator="complaints", district=SONGPA, neighbourhood=JAMSIL)
    assert detail.area.ko == "송파구 잠실본동"
    assert detail.figure.simulated
    assert detail.figure.as_of is not None
    assert detail.figure.as_of.ko == "2026년 10월"
    assert len(detail.chart.series) == 1
    assert len(detail.chart.series[0].points) == 24
    assert [row.district for row in detail.ranking.rows if row.selected] == [JAMSIL]
    assert detail.map is not None
    assert detail.map.part == JAMSIL
    assert detail.map.callout[0].ko == "잠실본동"


def test_years_are_shown_where_years_are_asked_for(city: MemoryRepositories) -> None:
    detail = detail_of(
        city, indicator="complaints", district=SONGPA, neighbourhood=JAMSIL, period="year"
    )
    assert detail.figure.as_of is not None
    assert detail.figure.as_of.ko == "2025년"
    assert len(detail.chart.series[0].points) == 9
    assert "2025년" in detail.ranking_remark.ko


def test_what_is_told_by_district_only_keeps_its_districts(city: MemoryRepositories) -> None:
    detail = detail_of(city, indicator="pm25", district=SONGPA, neighbourhood=JAMSIL)
    assert detail.ranking_title.ko == "자치구 순위"
    assert len(detail.ranking.rows) == 25
    assert detail.area.ko == "송파구"
    assert detail.map is not None
    assert detail.map.opened is None


def test_the_finest_that_is_told_counts_and_the_whole_is_of_the_same_time(
    city: MemoryRepositories,
) -> None:
    known = next(i for i in city.indicators() if i.id == "complaints")
    found = inside(city, known, None, SONGPA)  # type: ignore[arg-type]
    assert found is not None
    whole = found.latest.pop(CITY_AREA)
    assert {row.period for row in found.latest.values()} == {"month"}
    assert {row.t_ms for row in found.latest.values()} == {whole.t_ms}
    assert sum(row.value or 0 for row in found.latest.values()) == whole.value
    city.put(Observation("complaints", JAMSIL, NOW_MS, 3.0, True))
    moment = inside(city, known, None, SONGPA)  # type: ignore[arg-type]
    del city.figures["complaints", "", "all", "all", JAMSIL]
    del city.moments["complaints", "", "all", "all", JAMSIL]
    assert moment is not None
    assert moment.latest.keys() == {JAMSIL, CITY_AREA}


def test_tablets_get_the_neighbourhoods_in_words(city: MemoryRepositories) -> None:
    model = model_of("indicators", city, at("indicators", indicator="complaints", district=SONGPA))
    blocks = spec_of("indicators").load_presenter().project(model).blocks
    (rows,) = [block for block in blocks if isinstance(block, RowsBlock)]
    assert rows.title.ko.startswith("송파구 동 순위, 송파구 ")
    assert {row.command for row in rows.rows} == {"neighbourhood.select"}
