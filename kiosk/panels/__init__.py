"""The panels, found by walking this folder: a new panel is a new folder and nothing else."""

import difflib
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import get_args

import msgspec

from kiosk.core.menu import Category, Menu
from kiosk.pack import Pack, here
from kiosk.panels import panel
from kiosk.panels.panel import CATEGORIES, Live, PanelSpec, Presenter
from kiosk.settings import SettingsError

__all__ = ["Live", "PanelSpec", "Presenter", "check_panels", "find_menu", "find_panels"]

LAST = 1_000
PANELS = Path(__file__).parent
FIRST = "home"


def check_panels(pack: Pack) -> None:
    """Raises SettingsError when the city is to show a panel that there is not."""
    check_named(pack.panels, "city.toml or settings", "panels")


def check_named(panels: Iterable[str], file: str, field: str) -> None:
    """Raises SettingsError when one of these is no panel, shown in this city or not."""
    known = {path.parent.name for path in PANELS.glob("*/spec.py")}
    for panel_id in panels:
        if panel_id not in known:
            near = ", ".join(difflib.get_close_matches(panel_id, known))
            raise SettingsError(
                file, field, panel_id, f"one of: {near or ', '.join(sorted(known))}"
            )


def find_panels(folder: Path | None = None) -> tuple[PanelSpec, ...]:
    """All panels that the city shows by category and order, those without an order last.

    Raises ValueError (a bug) when two have one id or a folder has a spec without SPEC.
    """
    root = folder or PANELS
    specs: dict[str, PanelSpec] = {}
    for path in sorted(root.glob("*/spec.py")):
        module = import_module(f"{__name__}.{path.parent.name}.spec")
        spec = getattr(module, "SPEC", None)
        if not isinstance(spec, PanelSpec):
            raise ValueError(f"{path}: expected SPEC, a PanelSpec")
        if spec.id in specs:
            raise ValueError(f"{path}: a panel called {spec.id} exists already")
        if here().shows(spec.id):
            title = here().called(spec.id, spec.title)
            specs[spec.id] = msgspec.structs.replace(spec, title=title)
    return tuple(sorted(specs.values(), key=_rank))


def _rank(spec: PanelSpec) -> tuple[bool, bool, int, int, str]:
    order = LAST if spec.order is None else spec.order
    category = get_args(panel.Category).index(spec.category)
    return spec.order is None, spec.id != FIRST, category, order, spec.id


def find_menu(specs: Sequence[PanelSpec]) -> Menu:
    """The dock: the first panel, the categories that have any, then the wall's own panels."""
    shown = [spec for spec in specs if spec.order is not None]
    categories = {}
    for key, title in CATEGORIES.items():
        tabs = tuple(spec.id for spec in shown if spec.category == key)
        if tabs:
            categories[str(key)] = Category(title, tabs)
    own = [spec.id for spec in shown if spec.category not in CATEGORIES]
    return Menu(categories, (*own[:1], *categories, *own[1:]))
