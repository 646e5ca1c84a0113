"""Incidents that come, grow and end: each a function of seed and time."""

import math
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.backend.catalogue import CameraEntry, Code, Latitude, Longitude, Name
from kiosk.backend.simulator.noise import stream, unit
from kiosk.backend.simulator.signals import Moment
from kiosk.wire.city import Incident, Severity
from kiosk.wire.text import Text

MINUTE_MS = 60_000
KEPT_MIN = 180


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Stage(_Part, frozen=True):
    """What is known from `after_min` minutes after the report on."""

    after_min: Annotated[int, Meta(ge=0)]
    severity: Severity
    facts: Text


class Kind(_Part, frozen=True):
    """See the head of incidents.toml for the meaning of the fields."""

    id: Name
    every_min: Annotated[int, Meta(ge=5)]
    chance: Annotated[float, Meta(ge=0, le=1)]
    ends_min: Annotated[int, Meta(ge=1)]
    command: str
    headline: Text
    numbers: dict[str, tuple[int, int]]
    stage: Annotated[tuple[Stage, ...], Meta(min_length=1)]


class Place(_Part, frozen=True):
    name: Text
    district: Code
    lat: Latitude
    lon: Longitude


class IncidentBook(_Part, frozen=True):
    """Kinds of incident and the places where they happen."""

    kind: tuple[Kind, ...]
    place: Annotated[tuple[Place, ...], Meta(min_length=1)]


class IncidentCourse:
    """All incidents of a seed; `cameras` are those that an incident may open."""

    def __init__(self, book: IncidentBook, cameras: tuple[CameraEntry, ...], seed: int) -> None:
        self._book = book
        self._cameras = cameras
        self._seed = seed

    def at(self, t_ms: int) -> tuple[Incident, ...]:
        """Open incidents and those that ended within three hours, in the order of their start."""
        starts = sorted(
            (start, kind.id, kind, k)
            for kind in self._book.kind
            for k, start in self._starts(kind, t_ms)
        )
        return tuple(
            self._incident(kind, k, start, t_ms)
            for start, _, kind, k in starts
            if t_ms < start + (kind.ends_min + KEPT_MIN) * MINUTE_MS
        )

    def _starts(self, kind: Kind, t_ms: int) -> list[tuple[int, int]]:
        """(stretch, start) of every incident of a kind that may still matter."""
        every_ms = kind.every_min * MINUTE_MS
        oldest = (t_ms - (kind.ends_min + KEPT_MIN) * MINUTE_MS) // every_ms
        found = [(k, self._start(kind, k)) for k in range(oldest, t_ms // every_ms + 1)]
        return [(k, start) for k, start in found if start is not None and start <= t_ms]

    def _start(self, kind: Kind, k: int) -> int | None:
        course = stream(self._seed, "incident", kind.id)
        if unit(course, 2 * k) >= kind.chance:
            return None
        within = unit(course, 2 * k + 1)
        return int((k + within) * kind.every_min * MINUTE_MS)

    def _places(self, kind: Kind) -> tuple[Place, ...]:
        """Places of this kind alone, so that two kinds never meet at one place."""
        kinds = self._book.kind
        return self._book.place[kinds.index(kind) :: len(kinds)] or self._book.place

    def _number(self, kind: Kind, start_ms: int) -> int:
        """Its place among the day's incidents: the first one of the day is 1."""
        midnight_ms = Moment.of(start_ms).midnight_ms
        number = 1
        for other in self._book.kind:
            every_ms = other.every_min * MINUTE_MS
            for k in range(midnight_ms // every_ms, start_ms // every_ms + 1):
                start = self._start(other, k)
                if start is not None and midnight_ms <= start:
                    number += (start, other.id) < (start_ms, kind.id)
        return number

    def _incident(self, kind: Kind, k: int, start_ms: int, t_ms: int) -> Incident:
        draws = stream(self._seed, "incident", kind.id, str(k))
        places = self._places(kind)
        place = places[int(unit(draws, 0) * len(places))]
        numbers = {
            name: low + int(unit(draws, i + 1) * (high - low + 1))
            for i, (name, (low, high)) in enumerate(sorted(kind.numbers.items()))
        }
        stage = [s for s in kind.stage if start_ms + s.after_min * MINUTE_MS <= t_ms][-1]
        end_ms = start_ms + kind.ends_min * MINUTE_MS
        ended = t_ms >= end_ms
        command, args = self._help(kind, place)
        return Incident(
            id=f"{kind.id}-{k}",
            number=self._number(kind, start_ms),
            kind=kind.id,
            severity=stage.severity,
            headline=_fill(kind.headline, place, numbers),
            facts=_fill(stage.facts, place, numbers),
            district=place.district,
            lat=place.lat,
            lon=place.lon,
            t_ms=start_ms,
            updated_ms=end_ms if ended else start_ms + stage.after_min * MINUTE_MS,
            simulated=True,
            ended_ms=end_ms if ended else None,
            command=command,
            args=args,
        )

    def _help(self, kind: Kind, place: Place) -> tuple[str, dict[str, str | int | float]]:
        if kind.command != "camera":
            return "indicator.open", {"indicator": kind.command}
        if not self._cameras:
            return "district.select", {"district": place.district}
        nearest = min(self._cameras, key=lambda c: _distance(c, place))
        return "cctv.open", {"camera": nearest.id}


def _distance(camera: CameraEntry, place: Place) -> float:
    """Degrees of latitude; good enough to compare within a city."""
    east = (camera.lon - place.lon) * math.cos(math.radians(place.lat))
    return math.hypot(camera.lat - place.lat, east)


def _fill(text: Text, place: Place, numbers: dict[str, int]) -> Text:
    return Text(
        text.ko.format(place=place.name.ko, **numbers),
        text.en.format(place=place.name.en, **numbers),
    )
