"""Which cameras the camera wall shows and how: layout, page, selection, tour, part of a picture."""

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol, TypeVar

import msgspec

from kiosk.wire.text import Text

Layout = Literal[1, 4, 9, 16]
LAYOUTS: tuple[Layout, ...] = (1, 4, 9, 16)
ZOOM_MAX = 8.0
DWELL_S = 15


class Tour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A walk over the selection: every `dwell_s` seconds one step, the next one at `next_ms`."""

    dwell_s: int
    next_ms: int


class CameraWall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the camera panel shows cameras.

    `tiles` at once; `film`: one of them large, the others in a strip. `page` counts from 0, in the
    filmstrip it is the place of the large camera. `chosen` are ids in the order of the wall (empty:
    every camera), `title` says what they are, `by` which preset or district chose them.
    `zoom` 1 is the whole picture of the opened camera, `x` and `y` its centre in 0..1. `paused_s`
    is the step of a tour that waits to go on, 0 while none does.
    """

    tiles: Layout = 9
    film: bool = False
    page: int = 0
    chosen: tuple[str, ...] = ()
    title: Text = Text("", "")
    by: str = ""
    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5
    tour: Tour | None = None
    paused_s: int = 0

    def step(self) -> int:
        """How many cameras further the next page begins."""
        return 1 if self.film else self.tiles

    def pages(self, count: int) -> int:
        """How many pages so many cameras fill, 1 at least."""
        return max(1, -(-count // self.step()))

    def page_of(self, count: int) -> int:
        """The page shown now: fewer cameras than before may have fewer pages."""
        return min(self.page, self.pages(count) - 1)


class Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


def selection(wall: CameraWall, known: Sequence[N]) -> tuple[N, ...]:
    """The chosen cameras that are still there, in the order in which they were chosen."""
    if not wall.chosen:
        return tuple(known)
    by_id = {camera.id: camera for camera in known}
    return tuple(by_id[key] for key in wall.chosen if key in by_id)


def page(wall: CameraWall, chosen: Sequence[N], turn: int = 0) -> tuple[N, ...]:
    """The cameras of the page shown, or of one so many turns further, round the end.

    Of a filmstrip all of them, the large one first.
    """
    if not chosen:
        return ()
    pages = wall.pages(len(chosen))
    at = (wall.page_of(len(chosen)) + turn) % pages
    if wall.film:
        return (*chosen[at:], *chosen[:at])
    return tuple(chosen[at * wall.tiles : (at + 1) * wall.tiles])


def looked(wall: CameraWall, zoom: float, x: float, y: float) -> CameraWall:
    """A zoom and a centre, as near as keeps the seen part inside the picture."""
    zoom = min(max(zoom, 1.0), ZOOM_MAX)
    half = 0.5 / zoom
    x, y = min(max(x, half), 1 - half), min(max(y, half), 1 - half)
    return msgspec.structs.replace(wall, zoom=zoom, x=x, y=y)


class Viewed(Named, Protocol):
    """A camera with what presets choose by: the scene that it looks at, and its tags."""

    @property
    def kind(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


V = TypeVar("V", bound=Viewed)


class Preset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A selection for a situation: a camera is in it by id, by its scene (`kinds`) or by a tag.

    `tiles` at once and `dwell_s` seconds a page of its tour. `hours`, "HH:MM" twice, is the part of
    the day that it is for, by the city's clocks; it may go over midnight.
    """

    id: str
    name: Text
    cameras: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tiles: Layout = 9
    dwell_s: int = DWELL_S
    hours: tuple[str, str] | None = None

    def of(self, known: Iterable[V]) -> tuple[V, ...]:
        """Its cameras: those it names first, in its order, then the others in theirs."""
        every = list(known)
        named = {key: place for place, key in enumerate(self.cameras)}
        first = sorted((c for c in every if c.id in named), key=lambda c: named[c.id])
        rest = (c for c in every if c.id not in named)
        return (*first, *(c for c in rest if c.kind in self.kinds or set(c.tags) & set(self.tags)))

    def holds(self, minute: int) -> bool:
        """Whether it is for this minute of the day."""
        if self.hours is None:
            return False
        begin, end = (_minutes(text) for text in self.hours)
        return begin <= minute < end if begin <= end else minute >= begin or minute < end


class Landmark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somewhere that people ask cameras for by name: `at` are points of it (latitude, longitude),
    one for a place, several along a road."""

    id: str
    name: Text
    at: tuple[tuple[float, float], ...]


class Presets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`cctv.toml` of the city: selections in the order in which they are offered, and landmarks."""

    preset: tuple[Preset, ...] = ()
    landmark: tuple[Landmark, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for what no tour or clock can follow."""
        for one in self.preset:
            if not 5 <= one.dwell_s <= 600:
                raise ValueError(f"preset {one.id}: dwell_s {one.dwell_s}, 5 to 600 is expected")
            for text in one.hours or ():
                _minutes(text)

    def find(self, wanted: str) -> Preset | None:
        """The preset with this id or name."""
        names = ((p, (p.id, p.name.ko, p.name.en)) for p in self.preset)
        return next((p for p, known in names if wanted in known), None)

    def landmark_of(self, wanted: str) -> Landmark | None:
        """The landmark with this id or name."""
        names = ((mark, (mark.id, mark.name.ko, mark.name.en)) for mark in self.landmark)
        return next((mark for mark, known in names if wanted in known), None)

    def at(self, minute: int) -> Preset | None:
        """The first one that is for this minute of the day."""
        return next((p for p in self.preset if p.holds(minute)), None)


def _minutes(text: str) -> int:
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise ValueError(f"hours {text!r}: a time such as 07:30 is expected")
    return int(hour) * 60 + int(minute)
