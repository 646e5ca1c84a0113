"""What lines, details and pictures of items are made from. No Qt."""

from collections.abc import Callable

import msgspec

from kiosk.core.state import ViewState
from kiosk.panels.outline.model import NOTHING, Picture
from kiosk.panels.outline.tree import Tree
from kiosk.ui.charts.map_model import MapGeometry
from kiosk.wire.city import District, Item
from kiosk.wire.text import Text


class OutlineData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Items of the panel's kinds and the city's shape."""

    items: tuple[Item, ...]
    districts: tuple[District, ...]
    geometry: MapGeometry | None


class Scene(msgspec.Struct, frozen=True):
    """What a picture is made from: the tree, what is opened and what stands in the list."""

    tree: Tree
    opened: Item | None
    shown: tuple[Item, ...]
    data: OutlineData
    state: ViewState
    now_ms: int


class Drawn(msgspec.Struct, frozen=True):
    """A picture with its title and a remark; `simulated`: figures in it are."""

    picture: Picture
    title: Text
    remark: Text = NOTHING
    simulated: bool = False


Draw = Callable[[Scene], Drawn | None]


class Outline(msgspec.Struct, frozen=True):
    """What makes one panel of items: its kinds, what it is about, and who draws the picture beside
    the list; the first that can, does. `narrowings` are those of the panel's spec."""

    panel: str
    title: Text
    about: Text
    kinds: tuple[str, ...]
    draw: tuple[Draw, ...] = ()
    narrowings: tuple[tuple[str, Text], ...] = ()
