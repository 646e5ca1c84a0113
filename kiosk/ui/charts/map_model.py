"""What the map shows, as plain records. No Qt: presenters build these off the screen's thread."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

import msgspec

from kiosk.ui.charts.geometry import Point, Projection, Ring, label_points, projection_for
from kiosk.wire.city import Severity
from kiosk.wire.messages import CameraWord
from kiosk.wire.text import Text

NEUTRAL = "surface.2"
RAMP = ("map.sequential.0", "map.sequential.1", "map.sequential.2", "map.sequential.3")
OTHER_SIDE = "map.increase"


class _Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Press(_Model, frozen=True):
    """What a press submits: a command and its arguments."""

    command: str
    args: dict[str, Any] = {}


class DistrictShape(_Model, frozen=True):
    """A district in metres around the city's middle; `label_points` roomiest first."""

    code: str
    name: Text
    rings: tuple[tuple[Point, ...], ...]
    label_points: tuple[Point, ...]


class MapGeometry(_Model, frozen=True):
    """The shapes of one city. Built once: it costs some 100 ms for 25 districts.

    `parts` are neighbourhoods, whose codes begin with those of their districts.
    """

    projection: Projection
    districts: tuple[DistrictShape, ...]
    parts: tuple[DistrictShape, ...] = ()

    def parts_of(self, district: str | None) -> tuple[DistrictShape, ...]:
        return tuple(p for p in self.parts if district and p.code.startswith(district))


Boundary = tuple[str, Text, Sequence[Ring]]


def map_geometry(
    boundaries: Iterable[Boundary], parts: Iterable[tuple[Boundary, Point]] = ()
) -> MapGeometry:
    """Shapes from (code, name, rings of [lon, lat]), parts with the [lon, lat] where their name
    fits. Raises ValueError without any point."""
    known = list(boundaries)
    projection = projection_for([ring for _, _, rings in known for ring in rings])
    return MapGeometry(
        projection,
        tuple(_shape(projection, code, name, rings) for code, name, rings in known),
        tuple(
            DistrictShape(code, name, _flat(projection, rings), (projection.metres(*middle),))
            for (code, name, rings), middle in parts
        ),
    )


def _flat(projection: Projection, rings: Sequence[Ring]) -> tuple[tuple[Point, ...], ...]:
    return tuple(projection.ring(ring) for ring in rings if len(ring) > 2)


def _shape(projection: Projection, code: str, name: Text, rings: Sequence[Ring]) -> DistrictShape:
    flat = _flat(projection, rings)
    return DistrictShape(code, name, flat, label_points(flat))


class MapGrade(_Model, frozen=True):
    """A class of the map: its words and its colour token (a step of RAMP, OTHER_SIDE, NEUTRAL)."""

    label: Text
    color: str


class DistrictFill(_Model, frozen=True):
    """A district's class (index into the grades; None is no data, hatched).

    `value` is printed under the name when it is not empty.
    """

    district: str
    grade: int | None
    value: str = ""


class MapMarker(_Model, frozen=True):
    """A numbered issue; its number is the same in lists and in speech."""

    number: int
    lon: float
    lat: float
    severity: Severity
    press: Press | None = None


class MapPoint(_Model, frozen=True):
    """A camera on the map."""

    id: str
    lon: float
    lat: float
    state: CameraWord
    focused: bool = False
    press: Press | None = None

    @property
    def place(self) -> tuple[str, float, float]:
        """Which camera, and where."""
        return self.id, self.lon, self.lat


DotShape = Literal["full", "ring", "faint"]


class MapDot(_Model, frozen=True):
    """One of many small things; its shape tells how it is."""

    id: str
    lon: float
    lat: float
    shape: DotShape = "full"
    chosen: bool = False
    press: Press | None = None


class MapLine(_Model, frozen=True):
    """A way through the city, [lon, lat] points in order; `faint` steps behind others."""

    id: str
    points: tuple[Point, ...]
    color: str = "chart.focus"
    faint: bool = False


class MapModel(_Model, frozen=True):
    """One state of the map. `dots` and `lines` lie under markers and points.

    `caption` stands at the top left (what, whose data), `callout` at the bottom right (the
    selected district: name first). `labels` False leaves out names, for a small map,
    `borders` False the lines between areas.
    `district_command` takes the argument `district`; empty when districts can't be pressed.
    `zoom` 1 is the whole city, `x` and `y` its centre in 0..1 of the city's box; `view_command`
    takes these three when fingers leave the map elsewhere.

    The neighbourhoods of `opened`, a district, have their names, can be pressed (`part_command`
    takes `neighbourhood`) and are coloured by `part_fills`, or like their district without any;
    `part` is the selected one.
    """

    geometry: MapGeometry
    grades: tuple[MapGrade, ...] = (MapGrade(Text("", ""), NEUTRAL),)
    fills: tuple[DistrictFill, ...] = ()
    markers: tuple[MapMarker, ...] = ()
    points: tuple[MapPoint, ...] = ()
    dots: tuple[MapDot, ...] = ()
    lines: tuple[MapLine, ...] = ()
    selected: str | None = None
    caption: tuple[Text, ...] = ()
    callout: tuple[Text, ...] = ()
    simulated: bool = False
    labels: bool = True
    borders: bool = True
    scale_bar: bool = True
    district_command: str = ""
    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5
    view_command: str = ""
    opened: str | None = None
    part_fills: tuple[DistrictFill, ...] = ()
    part: str | None = None
    part_command: str = ""


MapPart = Literal[
    "geometry", "opened", "fills", "marks", "layers", "selection", "furniture", "view"
]
EVERY_PART: frozenset[MapPart] = frozenset(get_args(MapPart))


def changed_parts(old: MapModel | None, new: MapModel) -> frozenset[MapPart]:
    """Which parts must be drawn again, so that a changed figure does not rebuild 25 shapes."""
    if old is None or old.geometry is not new.geometry:
        return EVERY_PART
    parts: set[MapPart] = set()
    if old.opened != new.opened:
        parts.add("opened")
    if _fills(old) != _fills(new):
        parts.add("fills")
    if (old.markers, old.points) != (new.markers, new.points):
        parts.add("marks")
    if (old.dots, old.lines) != (new.dots, new.lines):
        parts.add("layers")
    if (old.selected, old.part) != (new.selected, new.part):
        parts.add("selection")
    if (old.caption, old.callout, old.simulated) != (new.caption, new.callout, new.simulated):
        parts.add("furniture")
    if (old.zoom, old.x, old.y) != (new.zoom, new.x, new.y):
        parts.add("view")
    return frozenset(parts)


def _fills(model: MapModel) -> tuple[object, ...]:
    return model.grades, model.fills, model.part_fills, model.labels, model.borders


def short_name(name: Text) -> Text:
    """What stands on the map: 송파구 as 송파 (중구 stays, a single syllable is no name)."""
    ko = name.ko[:-1] if name.ko.endswith("구") and len(name.ko) > 2 else name.ko
    return Text(ko, name.en.removesuffix("-gu").removesuffix("-dong"))
