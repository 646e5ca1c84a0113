"""What the camera wall shows."""

import msgspec

from kiosk.core.camera_wall import Layout
from kiosk.panels.cameras import CameraCounts
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.map_model import MapModel
from kiosk.wire.text import Text


class PresetChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A selection that can be chosen; `count` cameras. `due`: it is for this hour."""

    id: str
    name: Text
    count: int
    chosen: bool = False
    due: bool = False


class TourModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the tour goes: step `step` (from 1) of `steps`, the next one at `next_ms`; None while
    none runs."""

    step: int
    steps: int
    dwell_s: int
    next_ms: int | None = None


class CctvModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`tiles` are on the screen, of a film the large one first; `opened` is the camera in full.

    `title` says what was chosen: `count` of `every` camera there is; `listed` are the first ones.
    `tiles_at_once`, `film` and `page` (from 0) are as in the wall's state. `warm` are kept at their
    key frames: those that a tour shows next, or that stand behind the opened one. `counts` are of
    the cameras on the screen, `unasked` are the others of the selection. `zoom`, `x`, `y` say which
    part of the opened picture is seen.
    """

    loading: bool = False
    tiles: tuple[CameraTileModel, ...] = ()
    opened: CameraTileModel | None = None
    warm: tuple[str, ...] = ()
    title: Text = Text("", "")
    listed: tuple[CameraTileModel, ...] = ()
    count: int = 0
    every: int = 0
    simulated: bool = False
    tiles_at_once: Layout = 9
    film: bool = False
    page: int = 0
    pages: int = 1
    counts: CameraCounts = CameraCounts()
    unasked: int = 0
    presets: tuple[PresetChoice, ...] = ()
    tour: TourModel = TourModel(1, 1, 15)
    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5
    map: MapModel | None = None
    now_ms: int = 0
