"""Dock, tabs and breadcrumb: made from what panels say of themselves."""

from msgspec.structs import replace

from kiosk.app.dock import crumbs, dock_view, tabs_view
from kiosk.core.menu import Menu
from kiosk.core.state import Place, ViewState
from kiosk.panels import PanelSpec, find_menu, find_panels
from kiosk.panels.panel import CATEGORIES, Category
from kiosk.wire.text import Text
from tests.helpers.heart import SmallCity


def spec(panel: str, category: Category, order: int | None = 1) -> PanelSpec:
    title = Text(f"{panel} 화면", panel)
    return PanelSpec(panel, title, Text("", ""), "m:P", "m:V", order, category)


HOME = replace(spec("home", "kiosk", 1), icon="home")
PANELS = (
    HOME,
    spec("traffic", "city", 1),
    spec("air", "city", 2),
    spec("pledges", "administration"),
    spec("help", "kiosk", 9),
    spec("compare", "administration", None),
)
SPECS = {panel.id: panel for panel in PANELS}
MENU = find_menu(PANELS)


def at(panel: str) -> ViewState:
    return ViewState(place=Place(panel))


def test_the_dock_is_home_then_the_categories_that_have_panels_then_the_walls_own() -> None:
    assert MENU.dock == ("home", "city", "administration", "help")
    assert MENU.categories["city"].panels == ("traffic", "air")


def test_a_new_panel_stands_in_its_category_by_its_order() -> None:
    more = find_menu((*PANELS[:2], spec("water", "city", 1), *PANELS[2:]))
    assert more.categories["city"].panels == ("traffic", "water", "air")
    assert more.dock == MENU.dock


def test_the_dock_opens_categories_and_shows_where_one_is() -> None:
    view = dock_view(MENU, SPECS, at("air"))
    asked = [(item.action.command, item.action.args) for item in view.items]
    assert asked == [
        ("nav.home", {}),
        ("category.open", {"category": "city"}),
        ("category.open", {"category": "administration"}),
        ("panel.open", {"panel": "help"}),
    ]
    assert view.selected == "dock.city"
    assert dock_view(MENU, SPECS, at("help")).selected == "dock.help"
    assert dock_view(MENU, SPECS, at("compare")).selected == "dock.administration"


def test_tabs_are_the_panels_of_the_category_on_each_of_them() -> None:
    for panel, place in (("traffic", 0), ("air", 1)):
        view = tabs_view(MENU, SPECS, panel)
        assert view is not None
        assert [tab.args["panel"] for tab in view.choices] == ["traffic", "air"]
        assert view.selected == place
    for alone in ("home", "help"):
        assert tabs_view(MENU, SPECS, alone) is None
    beside = tabs_view(MENU, SPECS, "compare")
    assert beside is not None
    assert beside.selected == -1


def test_a_wall_without_panels_has_an_empty_dock() -> None:
    assert find_menu(()) == Menu()


def test_each_of_the_walls_panels_stands_in_one_place() -> None:
    specs = find_panels()
    menu = find_menu(specs)
    tabs = [panel for category in menu.categories.values() for panel in category.panels]
    own = [stop for stop in menu.dock if stop not in menu.categories]
    assert sorted(tabs + own) == sorted(s.id for s in specs if s.order is not None)
    assert list(menu.categories) == list(CATEGORIES)
    assert menu.dock[0] == "home"


def test_the_breadcrumb_has_a_step_for_each_level_that_is_chosen() -> None:

    def trail(**place: str) -> list[tuple[str, str]]:
        state = ViewState(place=Place("home", **place))  # type: ignore[arg-type]
        return [(c.label.ko, c.command) for c in crumbs(SmallCity(), state)]

    whole = ("서울특별시", "district.clear")
    songpa, jamsil = ("송파구", "district.select"), ("잠실본동", "neighbourhood.select")
    assert trail() == [whole]
    assert trail(district="11710") == [whole, songpa]
    assert trail(district="11710", neighbourhood="11710650") == [whole, songpa, jamsil]
    assert trail(district="99999") == [whole]
