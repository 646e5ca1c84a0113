"""Incidents that come, grow and end: each a function of seed and time."""

from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.backend.catalogue import CameraEntry, Code, Latitude, Longitude, Name
from kiosk.backend.simulator.noise import stream, unit
from kiosk.backend.simulator.signals import Moment
from kiosk.core.incidents import by_distance
from kiosk.pack import here
from kiosk.wire.city import Incident, Severity, Unit
from kiosk.wire.city import Place as Standing
from kiosk.wire.text import Text

MINUTE_MS = 60_000
KEPT_MIN = 24 * 60
STATION = "fire.station"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Stage(_Part, frozen=True):
    """What is known from `after_min` minutes after the report on."""

    after_min: Annotated[int, Meta(ge=0)]
    severity: Severity
    facts: Text
    police: Text | None = None


class Sent(_Part, frozen=True):
    """Who is sent to a kind of incident: from the nearest stations, `vehicles` of each in turn.

    `turnout_s`: from the report until they leave; `speed_kmh`: how fast the distance as the crow
    flies shrinks.
    """

    turnout_s: tuple[int, int]
    speed_kmh: tuple[int, int]
    vehicles: Annotated[tuple[Text, ...], Meta(min_length=1)]


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
    sent: Sent | None = None


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
    """All incidents of a seed; `cameras` are those that an incident may open, `stations` where
    engines stand, `districts` the names of the districts by code."""

    def __init__(
        self,
        book: IncidentBook,
        cameras: tuple[CameraEntry, ...],
        seed: int,
        stations: Iterable[Standing] = (),
        districts: Mapping[str, Text] | None = None,
    ) -> None:
        self._book = book
        self._cameras = cameras
        self._stations = _apart(stations)
        self._districts = districts or {}
        self._seed = seed
        self._ended: dict[tuple[str, int], Incident] = {}

    def at(self, t_ms: int) -> tuple[Incident, ...]:
        """Open incidents and those that ended within a day, in the order of their start."""
        starts = sorted(
            (start, kind.id, kind, k)
            for kind in self._book.kind
            for k, start in self._starts(kind, t_ms)
        )
        shown = [
            (kind, k, start)
            for start, _, kind, k in starts
            if t_ms < start + (kind.ends_min + KEPT_MIN) * MINUTE_MS
        ]
        kept = {(kind.id, k) for kind, k, _ in shown}
        self._ended = {key: row for key, row in self._ended.items() if key in kept}
        return tuple(self._told(kind, k, start, t_ms) for kind, k, start in shown)

    def _told(self, kind: Kind, k: int, start_ms: int, t_ms: int) -> Incident:
        """What has ended never changes again."""
        over = t_ms >= start_ms + kind.ends_min * MINUTE_MS
        if not over:
            return self._incident(kind, k, start_ms, t_ms)
        if (kind.id, k) not in self._ended:
            self._ended[kind.id, k] = self._incident(kind, k, start_ms, t_ms)
        return self._ended[kind.id, k]

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
        incident = Incident(
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
            address=self._address(place),
            police=_fill(stage.police, place, numbers) if stage.police else None,
        )
        return self._with_units(incident, kind.sent, place, t_ms) if kind.sent else incident

    def _address(self, place: Place) -> Text:
        district, name = self._districts.get(place.district), place.name
        if district is None:
            return name
        return Text(f"{district.ko} {name.ko}", f"{name.en}, {district.en}")

    def _with_units(self, incident: Incident, sent: Sent, place: Place, t_ms: int) -> Incident:
        """With those who were sent, as far as that is known by `t_ms`."""
        draws = stream(self._seed, "units", incident.id)
        dispatched_ms = incident.t_ms + round(_between(sent.turnout_s, unit(draws, 0)) * 1000)
        incident = msgspec.structs.replace(incident, goal_s=here().emergency.goal_s)
        if t_ms < dispatched_ms:
            return incident
        near = by_distance(self._stations, place.lat, place.lon)[: len(sent.vehicles)]
        units = []
        for n, ((metres, station), vehicles) in enumerate(zip(near, sent.vehicles, strict=False)):
            speed_kmh = _between(sent.speed_kmh, unit(draws, n + 1))
            arrives_ms = dispatched_ms + round(metres / speed_kmh * 3600)
            arrived_ms = arrives_ms if arrives_ms <= t_ms else None
            units.append(Unit(station.id, vehicles, dispatched_ms, arrives_ms, arrived_ms))
        arrived = [each.arrived_ms for each in units if each.arrived_ms is not None]
        return msgspec.structs.replace(
            incident,
            units=tuple(units),
            dispatched_ms=dispatched_ms,
            arrived_ms=min(arrived, default=None),
            updated_ms=max(incident.updated_ms, dispatched_ms, *arrived),
        )

    def _help(self, kind: Kind, place: Place) -> tuple[str, dict[str, str | int | float]]:
        if kind.command != "camera":
            return "indicator.open", {"indicator": kind.command}
        if not self._cameras:
            return "district.select", {"district": place.district}
        nearest = by_distance(self._cameras, place.lat, place.lon)[0][1]
        return "cctv.open", {"camera": nearest.id}


def _apart(stations: Iterable[Standing]) -> list[Standing]:
    """One at each address: of a fire station and the safety centre in its house, the centre."""
    found: dict[tuple[float | None, float | None], Standing] = {}
    for place in stations:
        if place.kind == STATION:
            known = found.get((place.lat, place.lon))
            if known is None or place.attributes.get("class") == here().emergency.centre:
                found[place.lat, place.lon] = place
    return list(found.values())


def _between(limits: tuple[int, int], share: float) -> float:
    low, high = limits
    return low + share * (high - low)


def _fill(text: Text, place: Place, numbers: dict[str, int]) -> Text:
    return Text(
        text.ko.format(place=place.name.ko, **numbers),
        text.en.format(place=place.name.en, **numbers),
    )
