"""What the wall shows now, as plain blocks that a tablet can draw in its own way."""

from typing import Literal

import msgspec

from kiosk.wire.text import Text

Quality = Literal["fresh", "late", "stale", "absent"]


class _Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="block"):
    pass


class FigureBlock(_Block, frozen=True, tag="figure"):
    """One figure with its age; `value` is already formatted, `command` opens its detail."""

    label: Text
    value: str
    unit: Text
    age: Text
    quality: Quality = "fresh"
    simulated: bool = False
    series: tuple[float, ...] = ()
    command: str = ""
    args: dict[str, str | int | float] = {}


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    headline: Text
    facts: Text
    severity: str = ""
    command: str = ""
    args: dict[str, str | int | float] = {}


class RowsBlock(_Block, frozen=True, tag="rows"):
    title: Text
    rows: tuple[Row, ...]
    simulated: bool = False


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A district or (`part`) a neighbourhood of the map, in a grid of tiles. `step` is its class (0
    to 3 from the darkest to the lightest on a dark ground, 4 for the other direction), None without
    data."""

    code: str
    name: Text
    value: Text
    step: int | None
    selected: bool = False
    column: int = 0
    row: int = 0
    part: bool = False


class MapBlock(_Block, frozen=True, tag="map"):
    title: Text
    areas: tuple[Area, ...]
    simulated: bool = False


class CamerasBlock(_Block, frozen=True, tag="cameras"):
    title: Text
    rows: tuple[Row, ...]


class ChartBlock(_Block, frozen=True, tag="chart"):
    title: Text
    unit: Text
    points: tuple[tuple[int, float], ...]
    simulated: bool = False


Block = FigureBlock | RowsBlock | MapBlock | CamerasBlock | ChartBlock


class DepartmentCall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wall calls a department about a subject; `t_ms` is when."""

    department: Text
    subject: Text
    t_ms: int


class Projection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wall's current view for a tablet; `t_ms` is when it was true.

    `recording_until_ms`: the hands before the wall are being recorded until then. `question` is
    what the wall asks back, whoever has asked for it.
    """

    panel: str
    title: Text
    subtitle: Text
    t_ms: int
    blocks: tuple[Block, ...] = ()
    language: Literal["ko", "en"] = "ko"
    offline: bool = False
    question: Text | None = None
    call: DepartmentCall | None = None
    recording_until_ms: int | None = None
