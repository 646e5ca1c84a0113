"""The wall through a Sustainable Development Goal or a target of one."""

from typing import cast

import pytest

from kiosk.app.dock import dock_view, lens_of, tabs_view
from kiosk.cache.repositories import Repositories
from kiosk.core.invocation import Status
from kiosk.core.state import ViewState, replace
from kiosk.core.world import Entry
from kiosk.panels import find_menu, find_panels
from kiosk.panels.indicators.model import IndicatorsModel
from kiosk.panels.lens import Lens
from kiosk.panels.names import read_names
from kiosk.panels.search.model import SearchModel
from kiosk.wire.text import Text
from tests.helpers.heart import Heart, SmallCity
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of

SPECS = {spec.id: spec for spec in find_panels()}
MENU = find_menu(tuple(SPECS.values()))


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def through(panel: str, goal: str) -> ViewState:
    return replace(at(panel), goal=goal)


def lens(city: MemoryRepositories, goal: str) -> Lens | None:
    return lens_of(through("home", goal), read_names(cast(Repositories, city)))


def test_dock_and_tabs_mark_what_serves_the_goal(city: MemoryRepositories) -> None:
    water = lens(city, "sdg-6")
    dock = dock_view(MENU, SPECS, through("water", "sdg-6"), water)
    serving = {spec.id for spec in SPECS.values() if 6 in spec.sdg}
    assert "water" in serving
    assert dock.marked is not None
    assert "dock.city" in dock.marked
    assert "dock.orders" not in dock.marked
    tabs = tabs_view(MENU, SPECS, "water", water)
    assert tabs is not None
    assert tabs.choices[0].command == "goal.clear"
    shown = (one for one in MENU.categories["city"].panels if one in serving)
    assert tabs.marked == frozenset(f"tab.{one}" for one in shown)
    assert tabs.choices[tabs.selected].args == {"panel": "water"}


def test_the_way_out_stands_where_there_are_no_tabs_too(city: MemoryRepositories) -> None:
    tabs = tabs_view(MENU, SPECS, "home", lens(city, "sdg-11"))
    assert tabs is not None
    assert [choice.command for choice in tabs.choices] == ["goal.clear"]


def test_without_a_goal_nothing_is_marked(city: MemoryRepositories) -> None:
    assert lens(city, "") is None
    assert dock_view(MENU, SPECS, at("water")).marked is None
    assert tabs_view(MENU, SPECS, "home") is None


def test_a_target_names_its_own_panels(city: MemoryRepositories) -> None:
    found = lens(city, "target-11-2")
    assert found is not None
    assert found.number == "11.2"
    assert "traffic" in found.shown(tuple(SPECS.values()))
    assert "culture" not in found.shown(tuple(SPECS.values()))


def test_a_goal_that_went_hides_nothing(city: MemoryRepositories) -> None:
    assert lens(city, "sdg-99") is None


def test_the_board_has_only_what_serves_it(city: MemoryRepositories) -> None:
    serving = {i.id for i in city.indicators() if 6 in i.sdg}
    model = model_of("indicators", city, through("indicators", "sdg-6"))
    assert isinstance(model, IndicatorsModel)
    assert {tile.figure.indicator for tile in model.tiles} == serving
    none = model_of("indicators", city, through("indicators", "sdg-14"))
    assert none.tiles == ()
    assert none.none_of is not None


def test_search_finds_what_serves_it(city: MemoryRepositories) -> None:
    model = model_of("search", city, through("search", "sdg-6"))
    assert isinstance(model, SearchModel)
    served = model.served(50)
    assert served[0].entry.kind == "panel"
    assert {one.entry.kind for one in served} <= {"panel", "indicator", "item"}
    assert all(6 in one.entry.sdg for one in served)
    assert model.find("송파구", 10) == ()
    assert any(one.entry.kind == "panel" for one in model.find("물", 10))
    everywhere = model_of("search", city, at("search"))
    assert everywhere.served(10) == ()


class Goals(SmallCity):
    """The small city with two goals and a target of one."""

    def items(self) -> tuple[Entry, ...]:
        water, cities = Text("6. 물", "6. Water"), Text("11. 도시", "11. Cities")
        return (
            Entry("sdg-6", water, kind="sdg", sdg=(6,)),
            Entry("sdg-11", cities, kind="sdg", sdg=(11,)),
            Entry("target-11-2", Text("11.2 교통", "11.2 Transport"), kind="target", sdg=(11,)),
        )


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.world.catalogue = Goals()
    return made


@pytest.mark.parametrize(
    ("said", "goal"), [("11", "sdg-11"), ("6. 물", "sdg-6"), ("11.2", "target-11-2")]
)
def test_a_goal_is_named_by_number_or_name(heart: Heart, said: str, goal: str) -> None:
    assert heart.intake.touch("goal.look", {"goal": said}, "t").done
    assert heart.store.state.goal == goal
    assert heart.intake.touch("goal.clear", {}, "t").done
    assert heart.store.state.goal == ""


def test_what_is_no_goal_is_refused(heart: Heart) -> None:
    outcome = heart.intake.touch("goal.look", {"goal": "18"}, "t")
    assert outcome.status is Status.BAD_ARGUMENTS
    assert heart.intake.touch("goal.clear", {}, "t").status is Status.UNAVAILABLE
