"""What can be pressed, said and shown: the dock and the help, made from panels and registry."""

from collections.abc import Mapping, Sequence

from kiosk.core.bindings import Bindings
from kiosk.core.invocation import Source
from kiosk.core.registry import Registry
from kiosk.panels import PanelSpec
from kiosk.panels.panel import HelpEntry
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


def help_entries(
    registry: Registry, bindings: Bindings, phrases: Mapping[str, tuple[str, ...]]
) -> tuple[HelpEntry, ...]:
    """Every command that a person can give, with the ways to give it."""
    people = frozenset(Source) - {Source.SYSTEM, Source.REPLAY}
    return tuple(
        HelpEntry(
            command=command.id,
            title=command.title,
            phrases=phrases.get(command.id, ()),
            gestures=_bound(bindings, command.id, "gesture"),
            keys=_bound(bindings, command.id, "key"),
        )
        for command in registry
        if command.sources & people
    )


def _bound(bindings: Bindings, command: str, kind: str) -> tuple[str, ...]:
    return tuple(b.on for b in bindings.bindings if b.input == kind and b.command == command)
