"""The panels, found by walking this folder: a new panel is a new folder and nothing else."""

from importlib import import_module
from pathlib import Path

from kiosk.panels.panel import Live, PanelSpec, Presenter

__all__ = ["Live", "PanelSpec", "Presenter", "find_panels"]

LAST = 1_000


def find_panels(folder: Path | None = None) -> tuple[PanelSpec, ...]:
    """All panels in the order of the dock, those outside it last. Raises ValueError (a bug) when
    two have one id or a folder has a spec without SPEC."""
    root = folder or Path(__file__).parent
    specs: dict[str, PanelSpec] = {}
    for path in sorted(root.glob("*/spec.py")):
        module = import_module(f"{__name__}.{path.parent.name}.spec")
        spec = getattr(module, "SPEC", None)
        if not isinstance(spec, PanelSpec):
            raise ValueError(f"{path}: expected SPEC, a PanelSpec")
        if spec.id in specs:
            raise ValueError(f"{path}: a panel called {spec.id} exists already")
        specs[spec.id] = spec
    return tuple(sorted(specs.values(), key=lambda s: (LAST if s.order is None else s.order, s.id)))
