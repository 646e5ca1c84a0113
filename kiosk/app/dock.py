"""The dock, made from the panels."""

from collections.abc import Sequence

from kiosk.panels import PanelSpec
from kiosk.ui.components.action import Action
from kiosk.ui.components.dock import DockItem, DockView
from kiosk.wire.text import Text


def dock_view(specs: Sequence[PanelSpec], panel: str) -> DockView:
    """Home and help as icons, the other panels of the dock with their words."""
    items = tuple(_item(spec) for spec in specs if spec.order is not None)
    return DockView(items, f"dock.{panel}")


def _item(spec: PanelSpec) -> DockItem:
    trigger = f"dock.{spec.id}"
    if spec.id == "home":
        action = Action(Text("처음으로", "Home"), "nav.home", {}, trigger, "home")
        return DockItem(action, compact=True)
    return DockItem(Action(spec.title, "panel.open", {"panel": spec.id}, trigger), spec.subtitle)
