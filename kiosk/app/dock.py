"""Dock, tabs and breadcrumb, made from the menu and the place."""

from collections.abc import Mapping

from kiosk.core.menu import Menu
from kiosk.core.state import ViewState
from kiosk.core.world import Catalogue, find
from kiosk.pack import here
from kiosk.panels import PanelSpec
from kiosk.ui.components.action import Action
from kiosk.ui.components.dock import DockItem, DockView
from kiosk.ui.components.segmented import SegmentedView
from kiosk.wire.text import Text

HOME = Action(Text("처음으로", "Home"), "nav.home", {}, "dock.home", "home")


def dock_view(menu: Menu, specs: Mapping[str, PanelSpec], state: ViewState) -> DockView:
    """Panels with an icon are small, categories and the other panels have their words."""
    items = tuple(_item(stop, menu, specs) for stop in menu.dock)
    shown = menu.category_of(state.panel) or _parent(state.panel, menu, specs)
    return DockView(items, f"dock.{shown}")


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


def tabs_view(menu: Menu, specs: Mapping[str, PanelSpec], panel: str) -> SegmentedView | None:
    """The panels of the category that one is in; None where there is nothing to choose."""
    category = menu.category_of(panel) or _parent(panel, menu, specs)
    if category not in menu.categories:
        return None
    panels = menu.categories[category].panels
    tabs = tuple(
        Action(specs[one].title, "panel.open", {"panel": one}, f"tab.{one}") for one in panels
    )
    return SegmentedView(tabs, panels.index(panel) if panel in panels else -1)


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
