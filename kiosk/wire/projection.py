"""What the wall shows now, in blocks that any screen can draw: the tablets' copy of a panel.

A panel fills the blocks; a tablet draws each kind in its own way and needs to know no panel.
A block's `command` and `args` are what a press on it submits; an empty command means that there
is nothing to press. Times are epoch milliseconds, so that a tablet keeps ages true by itself.
"""

from typing import Any, Literal

import msgspec

from kiosk.wire.text import Text

Quality = Literal["fresh", "late", "stale", "absent"]
Severity = Literal["notice", "caution", "warning", "critical"]
CameraWord = Literal["connecting", "live", "late", "lost", "off"]


class _Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    pass


class Press(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a press submits: a command of the registry and its arguments."""

    command: str
    args: dict[str, Any] = {}


class FigureBlock(_Block, frozen=True, tag="figure"):
    """A figure with its age: `value` is ready to read, with true minus and grouped thousands.

    `trend` are the last values, oldest first; None is a gap. `t_ms` is when the value was true.
    """

    label: Text
    value: str
    unit: Text = Text("", "")
    quality: Quality = "fresh"
    simulated: bool = False
    t_ms: int | None = None
    note: Text = Text("", "")
    severity: Severity | None = None
    trend: tuple[float | None, ...] = ()
    press: Press | None = None


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a list; `number` is what the wall calls it (“2번”)."""

    title: Text
    detail: Text = Text("", "")
    value: str = ""
    number: int | None = None
    severity: Severity | None = None
    quality: Quality = "fresh"
    simulated: bool = False
    t_ms: int | None = None
    press: Press | None = None


class RowsBlock(_Block, frozen=True, tag="rows"):
    """A titled list; `empty` is the sentence that stands in place of rows when there are none."""

    title: Text
    rows: tuple[Row, ...]
    empty: Text = Text("", "")


class Fill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The class of a district: 0-based, darkest meaning first; None is no data (hatched)."""

    district: str
    grade: int | None
    value: str = ""


class Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    lon: float
    lat: float
    severity: Severity = "notice"


class MapBlock(_Block, frozen=True, tag="map"):
    """The districts coloured by one indicator; `grades` words each class, in order."""

    title: Text
    fills: tuple[Fill, ...]
    grades: tuple[Text, ...]
    source: Text = Text("", "")
    selected: str | None = None
    simulated: bool = False
    markers: tuple[Marker, ...] = ()


class Camera(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A camera by its number on the wall; never a picture."""

    camera: str
    number: int
    name: Text
    state: CameraWord
    frame_t_ms: int | None = None
    press: Press | None = None


class CamerasBlock(_Block, frozen=True, tag="cameras"):
    title: Text
    cameras: tuple[Camera, ...]
    simulated: bool = False


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line: pairs of (epoch ms, value); a value of None is a gap, drawn as one."""

    name: Text
    points: tuple[tuple[int, float | None], ...]


class ChartBlock(_Block, frozen=True, tag="chart"):
    """Lines over time; `goal` is drawn dashed."""

    title: Text
    unit: Text
    series: tuple[Series, ...]
    goal: float | None = None
    source: Text = Text("", "")
    simulated: bool = False


Block = FigureBlock | RowsBlock | MapBlock | CamerasBlock | ChartBlock


class Projection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wall's current view: which panel, what it says, when it was made."""

    panel: str
    title: Text
    subtitle: Text
    blocks: tuple[Block, ...]
    t_ms: int = 0
