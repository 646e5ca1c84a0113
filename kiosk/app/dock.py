"""Dock, tabs and breadcrumb, made from the menu and the place."""

from collections.abc import Mapping

from kiosk.core.menu import Menu
from kiosk.core.state import ViewState
from kiosk.core.world import Catalogue, find
from kiosk.pack import here
from kiosk.panels import PanelSpec
from kiosk.panels.lens import Lens, lens_of_entry
from kiosk.ui.components.action import Action
from kiosk.ui.components.dock import DockItem, DockView
from kiosk.ui.components.segmented import SegmentedView
from kiosk.wire.text import Text

HOME = Action(Text("처음으로", "Home"), "nav.home", {}, "dock.home", "home")

MENU = Action(Text("메뉴 열기", "Show the menu"), "screen.show_menu", {}, "dock.menu")
HIDDEN_MENU = DockView((DockItem(MENU),))
"""What is left of it on a wall that shows as much as it can of one panel: the way back."""


def lens_of(state: ViewState, catalogue: Catalogue) -> Lens | None:
    """What the wall is looked at through, None without a goal."""
    if not state.goal:
        return None
    return lens_of_entry(next((e for e in catalogue.items() if e.id == state.goal), None))


def dock_view(
    menu: Menu, specs: Mapping[str, PanelSpec], state: ViewState, lens: Lens | None = None
) -> DockView:
    """Panels with an icon are small, categories and the other panels have their words. Seen through
    a goal, what serves it is marked: a category where one of its panels does."""
    items = tuple(_item(stop, menu, specs) for stop in menu.dock)
    shown = menu.category_of(state.panel) or _parent(state.panel, menu, specs)
    marked = None
    if lens is not None:
        panels = lens.shown(tuple(specs.values()))
        found = {p for p in menu.dock if p in panels}
        found |= {key for key, one in menu.categories.items() if panels & set(one.panels)}
        marked = frozenset(f"dock.{stop}" for stop in found)
    return DockView(items, f"dock.{shown}", marked)


def _parent(panel: str, menu: Menu, specs: Mapping[str, PanelSpec]) -> str:
    """Where a panel belongs that is opened from another one."""
    category = specs[panel].category
    return category if panel not in menu.dock and category in menu.categories else panel


def _item(stop: str, menu: Menu, specs: Mapping[str, PanelSpec]) -> DockItem:
    trigger = f"dock.{stop}"
    if stop in menu.categories:
        title = menu.categories[stop].title
        return DockItem(Action(title, "category.open", {"category": stop}, trigger))
    if stop == "home":
        return DockItem(HOME, compact=True)
    spec = specs[stop]
    action = Action(spec.title, "panel.open", {"panel": stop}, trigger, spec.icon)
    return DockItem(action, spec.subtitle, compact=spec.icon is not None)


def tabs_view(
    menu: Menu, specs: Mapping[str, PanelSpec], panel: str, lens: Lens | None = None
) -> SegmentedView | None:
    """The panels of the category that one is in; None where there is nothing to choose. Seen
    through a goal, the way out of it stands first, and the panels that serve it are marked."""
    category = menu.category_of(panel) or _parent(panel, menu, specs)
    if category not in menu.categories:
        return SegmentedView((_out_of(lens, whole=True),), -1) if lens is not None else None
    panels = menu.categories[category].panels
    tabs = tuple(
        Action(specs[one].title, "panel.open", {"panel": one}, f"tab.{one}") for one in panels
    )
    at = panels.index(panel) if panel in panels else -1
    if lens is None:
        return SegmentedView(tabs, at) if set(panels) - {panel} else None
    seen = lens.shown([specs[one] for one in panels])
    marked = frozenset(f"tab.{one}" for one in seen)
    return SegmentedView((_out_of(lens), *tabs), at + 1 if at >= 0 else -1, marked)


def _out_of(lens: Lens, *, whole: bool = False) -> Action:
    """The way out of a goal; where it has the row for itself it says the goal's name."""
    said = Text(f"목표 {lens.number} 해제", f"Clear goal {lens.number}")
    if whole:
        said = Text(f"목표 {lens.name.ko} 해제", f"Clear goal {lens.name.en}")
    return Action(said, "goal.clear", {}, "tab.goal")


def crumbs(catalogue: Catalogue, state: ViewState) -> tuple[Action, ...]:
    """City, district, neighbourhood as far as they are chosen; each leads back to itself."""
    steps = [Action(here().name, "district.clear", {}, "crumb.city")]
    place = state.place
    for entries, code, command, arg in (
        (catalogue.districts(), place.district, "district.select", "district"),
        (catalogue.neighbourhoods(), place.neighbourhood, "neighbourhood.select", "neighbourhood"),
    ):
        found = find(entries, code) if code else None
        if found is not None:
            steps.append(Action(found.name, command, {arg: found.id}, f"crumb.{arg}"))
    return tuple(steps)
