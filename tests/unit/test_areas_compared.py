"""Districts side by side and in order: by command, and what then stands on the wall."""

import msgspec
import pytest

from kiosk.core.invocation import Outcome, Status
from kiosk.core.looks import AreasLook
from kiosk.core.world import Entry
from kiosk.panels.compare.model import CompareModel
from kiosk.panels.ranking.presenter import RankingPanelModel
from kiosk.wire.city import CITY_AREA
from tests.helpers.heart import Heart, SmallCity
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of
from voice.events import IntentMatch


class PlacedCity(SmallCity):
    """The small city with districts that lie somewhere, and figures of periods."""

    def districts(self) -> tuple[Entry, ...]:
        places = ((37.60, 127.00), (37.55, 127.00), (37.54, 127.10))
        return tuple(
            msgspec.structs.replace(entry, at=place)
            for entry, place in zip(super().districts(), places, strict=True)
        )

    def indicators(self) -> tuple[Entry, ...]:
        dust, people = super().indicators()
        alone = Entry("wind", people.name)
        return dust, msgspec.structs.replace(people, published=True), alone


@pytest.fixture
def heart() -> Heart:
    heart = Heart()
    heart.world.catalogue = PlacedCity()
    heart.world.order = {"population": ("11710", "11110", "11140")}
    return heart


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def say(heart: Heart, command: str, **args: str | int) -> Outcome:
    return heart.intake.voice(IntentMatch(command, dict(args), "said", "heard", 1.0, 0))


def areas(heart: Heart) -> AreasLook:
    return heart.store.state.place.areas


# ---- compared


def test_named_districts_stand_side_by_side_from_any_panel(heart: Heart) -> None:
    heart.intake.touch("panel.open", {"panel": "help"}, "dock")
    assert say(heart, "compare.places", districts="11710,중구").done
    place = heart.store.state.place
    assert (place.panel, place.indicator, place.areas.only) == (
        "compare",
        "population",
        ("11710", "11140"),
    )
    assert say(heart, "compare.places", districts="11710,11140", indicator="pm25").done
    assert heart.store.state.place.indicator == "pm25"


def test_one_district_is_no_comparison_and_an_unknown_one_none_at_all(heart: Heart) -> None:
    before = heart.store.state
    for districts in ("11710", "11710,송파구", "11710,없는구", ""):
        assert say(heart, "compare.places", districts=districts).status is Status.BAD_ARGUMENTS
    refused = say(heart, "compare.places", districts="11710,11140", indicator="wind")
    assert refused.status is Status.UNAVAILABLE
    assert heart.store.state == before


def test_districts_are_added_and_taken_out(heart: Heart) -> None:
    heart.intake.touch("district.select", {"district": "중구"}, "map")
    assert say(heart, "compare.add", district="송파구").done
    assert areas(heart).only == ("11140", "11710")
    assert say(heart, "compare.add", district="송파구").status is Status.UNAVAILABLE
    assert say(heart, "compare.remove", district="중구").done
    assert say(heart, "compare.remove", district="중구").status is Status.UNAVAILABLE
    assert areas(heart).only == ("11710",)
    assert say(heart, "compare.clear").done
    assert areas(heart).only == ()
    assert say(heart, "compare.clear").status is Status.UNAVAILABLE


def test_the_ends_of_the_order_are_compared(heart: Heart) -> None:
    assert say(heart, "compare.top", count=2).done
    assert areas(heart).only == ("11710", "11110")
    assert say(heart, "compare.bottom", count=2).done
    assert areas(heart).only == ("11140", "11110")
    heart.world.order = {"population": tuple(str(code) for code in range(20))}
    assert say(heart, "compare.top", count=7).status is Status.BAD_ARGUMENTS


def test_a_district_is_compared_with_those_nearby(heart: Heart) -> None:
    assert say(heart, "compare.nearby").status is Status.UNAVAILABLE
    heart.intake.touch("district.select", {"district": "중구"}, "map")
    assert say(heart, "compare.nearby").done
    assert areas(heart).only == ("11140", "11110", "11710")


def test_lines_begin_together_until_their_figures_are_asked_for(heart: Heart) -> None:
    assert say(heart, "compare.indexed").status is Status.UNAVAILABLE
    say(heart, "compare.places", districts="11710,11140")
    assert say(heart, "compare.figures").status is Status.UNAVAILABLE
    assert say(heart, "compare.indexed").done
    assert say(heart, "compare.add", district="11110").done
    assert areas(heart) == AreasLook(only=("11710", "11140", "11110"), indexed=True)
    assert say(heart, "compare.figures").done
    assert not areas(heart).indexed


def compared(city: MemoryRepositories, look: AreasLook) -> CompareModel:
    model = model_of("compare", city, at("compare", indicator="population", areas=look))
    assert isinstance(model, CompareModel)
    return model


def test_those_that_were_named_and_the_city_are_shown_in_that_order(
    city: MemoryRepositories,
) -> None:
    model = compared(city, AreasLook(only=("11710", "11680", "99999")))
    assert [column.area for column in model.columns] == ["11710", "11680", CITY_AREA]
    assert [series.name.ko for series in model.chart.series] == ["송파구", "강남구"]
    assert model.switch[1].command == "compare.indexed"


def test_indexed_lines_begin_at_100_and_the_city_is_among_them(city: MemoryRepositories) -> None:
    model = compared(city, AreasLook(only=("11710", "11680"), indexed=True))
    assert [series.points[0].value for series in model.chart.series] == [100.0] * 3
    own = city.series("population", "11710")
    first, last = own[0].value, own[-1].value
    assert first is not None
    assert last is not None
    assert model.chart.series[0].points[-1].value == pytest.approx(100 * last / first)
    assert model.columns[0].figure.value == f"{last:,.0f}", "the tiles keep their figures"
    assert model.switch[1].command == "compare.figures"


# ---- ranked


def test_a_ranking_is_opened_cut_and_turned(heart: Heart) -> None:
    assert say(heart, "ranking.reverse").status is Status.UNAVAILABLE
    assert say(heart, "ranking.open", indicator="pm25").done
    assert (heart.store.state.panel, heart.store.state.place.indicator) == ("ranking", "pm25")
    assert say(heart, "ranking.open").status is Status.UNAVAILABLE
    assert say(heart, "ranking.top", count=5).done
    assert say(heart, "ranking.reverse").done
    assert (areas(heart).most, areas(heart).order) == (5, "reverse")
    assert say(heart, "ranking.reverse").done
    assert areas(heart).order == "value"
    assert say(heart, "ranking.by_name").done
    assert say(heart, "ranking.bottom", count=3).done
    assert (areas(heart).most, areas(heart).order) == (-3, "name")
    assert say(heart, "ranking.all").done
    assert areas(heart).most == 0


def test_the_top_is_asked_for_from_anywhere(heart: Heart) -> None:
    assert say(heart, "ranking.top", count=3).done
    assert heart.store.state.place.indicator == "population"
    assert say(heart, "ranking.top", count=3, indicator="wind").status is Status.UNAVAILABLE


def test_only_what_is_published_by_period_is_ranked_by_change(heart: Heart) -> None:
    say(heart, "ranking.open", indicator="pm25")
    assert say(heart, "ranking.by_change").status is Status.UNAVAILABLE
    say(heart, "ranking.open", indicator="population")
    assert say(heart, "ranking.by_change").done


def test_closed_it_leads_to_the_indicator(heart: Heart) -> None:
    say(heart, "ranking.top", count=3, indicator="pm25")
    heart.intake.touch("nav.close", {}, "x")
    place = heart.store.state.place
    assert (place.panel, place.indicator, place.areas) == ("indicators", "pm25", AreasLook())


def ranked(city: MemoryRepositories, indicator: str, look: AreasLook) -> RankingPanelModel:
    model = model_of("ranking", city, at("ranking", indicator=indicator, areas=look))
    assert isinstance(model, RankingPanelModel)
    return model


def test_the_best_come_first_and_keep_their_rank_in_any_order(city: MemoryRepositories) -> None:
    rows = ranked(city, "pm25", AreasLook()).ranking.rows
    values = [row.value for row in rows if row.value is not None]
    assert values == sorted(values), "less dust is better"
    assert all(row.value is None for row in rows[len(values) :]), "what is not known comes last"
    turned = ranked(city, "pm25", AreasLook(order="reverse")).ranking.rows
    assert [row.value for row in turned[: len(values)]] == values[::-1]
    named = ranked(city, "pm25", AreasLook(order="name")).ranking.rows
    assert [row.name.ko for row in named] == sorted(row.name.ko for row in rows)
    assert {row.district: row.rank for row in named} == {row.district: row.rank for row in rows}


@pytest.mark.parametrize(("most", "ranks"), [(3, [1, 2, 3]), (-2, [24, 25]), (99, range(1, 26))])
def test_so_many_are_shown_from_an_end(
    city: MemoryRepositories, most: int, ranks: list[int]
) -> None:
    rows = ranked(city, "population", AreasLook(most=most)).ranking.rows
    assert [row.rank for row in rows] == list(ranks)


def test_by_change_the_change_is_told(city: MemoryRepositories) -> None:
    model = ranked(city, "population", AreasLook(order="change"))
    values = [row.value or 0.0 for row in model.ranking.rows]
    assert values == sorted(values, reverse=True)
    assert model.ranking.rows[-1].printed.startswith("−")
    assert "→" in model.remark.ko
    assert "change" not in ranked(city, "pm25", AreasLook()).orders


def test_without_any_row_it_says_so() -> None:
    model = ranked(MemoryRepositories(()), "pm25", AreasLook())
    assert "없습니다" in model.remark.ko
