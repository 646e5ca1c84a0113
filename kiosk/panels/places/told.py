"""A place with how it is, and what opens it. No Qt."""

from kiosk.panels.places.kinds import KINDS
from kiosk.panels.places.kinds.kind import Told
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Place

Pair = tuple[Place, Told]


def area_of(row: Place) -> str:
    """Code of the neighbourhood that it stands for, "" where it does for none."""
    return str(row.attributes.get("neighbourhood") or "")


def press_of(row: Place) -> Press:
    """What stands for a neighbourhood opens with it; what cannot be opened asks for nothing."""
    if area := area_of(row):
        return Press("neighbourhood.select", {"neighbourhood": area})
    kind = next((kind for kind in KINDS if kind.kind == row.kind and kind.opens), None)
    if kind is None:
        return Press("")
    args = {"place": row.id}
    return Press("place.open", args | {"among": kind.word, "district": row.district})
