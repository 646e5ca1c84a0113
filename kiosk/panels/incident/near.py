"""What is near an incident: stations and who comes from them, hospitals, police, cameras. No Qt."""

import re
from collections.abc import Mapping, Sequence
from string import ascii_uppercase

import msgspec

from kiosk.cache.freshness import freshness
from kiosk.core.incidents import by_distance
from kiosk.pack import here
from kiosk.panels import cameras
from kiosk.panels.figures import number
from kiosk.panels.incident.model import NOTHING, HospitalLine, Mark, PoliceLine, UnitLine
from kiosk.panels.incident.words import about_words, distance_words, second_words
from kiosk.ui.ages import age_words, left_words
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Camera, Incident, Place, Unit
from kiosk.wire.messages import CameraState
from kiosk.wire.text import Text

STATIONS = 5
HOSPITALS = 5
CAMERAS = 4
DEAD = frozenset({"lost", "off"})
BEDS = "er.beds_left"
BEDS_PERIOD_S = 300  # hospitals are asked for their beds every five minutes
DASHES = re.compile("-{2,}")  # slips of the list of stations
NO_BEDS = Text("자료 없음", "no data")
NO_CASE = Text("경찰 사건 연계 자료 없음", "no case data from the police")

Near = tuple[float, Place]


class Chosen(msgspec.Struct, frozen=True):
    """The cameras nearest to an incident that give pictures, and how many nearer ones do not."""

    near: tuple[tuple[float, Camera], ...] = ()
    dead: tuple[tuple[float, Camera], ...] = ()


def nearest_cameras(
    known: Sequence[Camera], states: Mapping[str, CameraState], lat: float, lon: float
) -> Chosen:
    """The nearest first; one that is lost or off gives its place to the next."""
    near: list[tuple[float, Camera]] = []
    dead: list[tuple[float, Camera]] = []
    for metres, camera in by_distance(known, lat, lon):
        if len(near) == CAMERAS:
            break
        state = states.get(camera.id)
        (dead if state is not None and state.state in DEAD else near).append((metres, camera))
    return Chosen(tuple(near), tuple(dead))


def tiles(chosen: Chosen, states: Mapping[str, CameraState]) -> tuple[CameraTileModel, ...]:
    """Tiles whose names begin with the distance."""
    found = []
    for metres, camera in chosen.near:
        tile, far = cameras.tile(camera, states, False), distance_words(metres)
        name = Text(f"{far.ko}, {camera.name.ko}", f"{far.en}, {camera.name.en}")
        found.append(msgspec.structs.replace(tile, name=name))
    return tuple(found)


def cameras_note(chosen: Chosen) -> Text:
    """Which nearer cameras give no picture; empty when all do."""
    if not chosen.dead:
        return NOTHING
    names = ", ".join(str(camera.number) for _, camera in chosen.dead)
    return Text(
        f"CCTV {names}번이 끊겨 다음으로 가까운 곳을 엽니다",
        f"Camera {names} is lost: the next nearest is open instead",
    )


def stations(incident: Incident, known: Sequence[Place]) -> list[Near]:
    """Those that sent somebody, else the nearest; of one house the safety centre."""
    assert incident.lat is not None
    assert incident.lon is not None
    sent = {unit.station for unit in incident.units}
    houses: dict[tuple[float | None, float | None], Place] = {}
    for place in known:
        other = houses.get((place.lat, place.lon))
        if other is None or place.id in sent or _centre(place, other, sent):
            houses[place.lat, place.lon] = place
    near = by_distance(houses.values(), incident.lat, incident.lon)
    chosen = [pair for pair in near if pair[1].id in sent]
    chosen += [pair for pair in near if pair[1].id not in sent]
    return sorted(chosen[:STATIONS], key=lambda pair: pair[0])


def _centre(place: Place, other: Place, sent: set[str]) -> bool:
    return place.attributes.get("class") == here().emergency.centre and other.id not in sent


def unit_lines(incident: Incident, near: Sequence[Near], now_ms: int) -> tuple[UnitLine, ...]:
    units = {unit.station: unit for unit in incident.units}
    return tuple(
        _unit_line(letter, metres, place, units.get(place.id), now_ms)
        for letter, (metres, place) in zip(ascii_uppercase, near, strict=False)
    )


def _unit_line(
    letter: str, metres: float, place: Place, unit: Unit | None, now_ms: int
) -> UnitLine:
    state, far = NOTHING, distance_words(metres)
    if unit is None:
        number = DASHES.sub("-", place.phone)
        phone = Text(number, number)
        return UnitLine(letter, place.name, far, state=phone)
    if unit.arrived_ms is not None:
        at = second_words(unit.arrived_ms)
        state = Text(f"{at} 도착", f"on site {at}")
    elif unit.arrives_ms is not None:
        left = left_words(max(0, round((unit.arrives_ms - now_ms) / 1000)))
        state = Text(f"{left.ko} 뒤 도착", f"there in {left.en}")
    return UnitLine(letter, place.name, far, unit.vehicles, state, unit.arrived_ms is not None)


def units_note(incident: Incident) -> Text:
    """How many have arrived; or that nobody tells who was sent."""
    units = incident.units
    if not units:
        if incident.goal_s is None or incident.dispatched_ms is not None:
            return Text("가까운 순, 출동 자료 없음", "nearest first, no dispatch data")
        return Text("가까운 순, 출동 전", "nearest first, nobody sent yet")
    came = sum(unit.arrived_ms is not None for unit in units)
    return Text(f"{len(units)}곳 출동, {came}곳 도착", f"{len(units)} sent, {came} on site")


def hospitals(known: Sequence[Place], lat: float, lon: float) -> list[Near]:
    return by_distance(known, lat, lon)[:HOSPITALS]


def hospital_lines(near: Sequence[Near], now_ms: int) -> tuple[HospitalLine, ...]:
    return tuple(_hospital_line(metres, place, now_ms) for metres, place in near)


def _hospital_line(metres: float, place: Place, now_ms: int) -> HospitalLine:
    level = str(place.attributes.get("class", ""))
    room = here().emergency.rooms.get(level)
    beds = place.readings.get(BEDS)
    known = isinstance(beds, int | float) and place.t_ms is not None
    t_ms = place.t_ms if known else None
    quality = freshness(t_ms, BEDS_PERIOD_S, now_ms)
    return HospitalLine(
        name=place.name,
        level=room.name if room is not None else Text(level, level),
        distance=distance_words(metres),
        beds=number(float(beds)) if isinstance(beds, int | float) and known else "—",
        quality=quality,
        age=age_words(now_ms - t_ms) if t_ms is not None else NO_BEDS,
    )


def police_line(incident: Incident, known: Sequence[Place]) -> tuple[Near | None, PoliceLine]:
    """The nearest police station and what the police say; their list gives estimated positions."""
    assert incident.lat is not None
    assert incident.lon is not None
    words = incident.police or NO_CASE
    near = by_distance(known, incident.lat, incident.lon)[:1]
    simulated = incident.police is not None and incident.simulated
    if not near:
        return None, PoliceLine("—", NOTHING, words, simulated)
    metres, place = near[0]
    return near[0], PoliceLine(place.name, about_words(metres), words, simulated)


def marks(
    incident: Incident,
    units: Sequence[Near],
    beds: Sequence[Near],
    police: Near | None,
    chosen: Chosen,
    subways: Sequence[Place],
    radius_m: float,
) -> tuple[Mark, ...]:
    """Everything on the map, what matters most last: it is drawn over the others."""
    assert incident.lat is not None
    assert incident.lon is not None
    arrived = {unit.station: unit.arrived_ms is not None for unit in incident.units}
    found: list[Mark] = []
    for metres, place in by_distance(subways, incident.lat, incident.lon):
        if metres > radius_m:
            break
        found.append(_mark("subway", "", place))
    if police is not None and police[0] <= radius_m:
        found.append(_mark("police", "P", police[1]))
    found += [_mark("hospital", "+", place) for metres, place in beds if metres <= radius_m]
    for letter, (metres, place) in zip(ascii_uppercase, units, strict=False):
        if metres <= radius_m:
            mark = _mark("station", letter, place)
            if place.id in arrived:
                mark = msgspec.structs.replace(
                    mark, joined="solid" if arrived[place.id] else "dashed"
                )
            found.append(msgspec.structs.replace(mark, name=""))
    for metres, camera in chosen.near:
        if metres <= radius_m:
            press = Press("cctv.open", {"camera": camera.id})
            found.append(
                Mark("camera", str(camera.number), "", camera.lat, camera.lon, press=press)
            )
    return tuple(found)


def _mark(kind: str, label: str, place: Place) -> Mark:
    assert place.lat is not None
    assert place.lon is not None
    return Mark(kind, label, place.name, place.lat, place.lon)  # type: ignore[arg-type]


LEAST_M, MOST_M = 800.0, 5_000.0
RINGS_M = (250, 500, 1_000, 2_000, 4_000)


def radius_of(near: Sequence[tuple[float, object]]) -> float:
    """How far the map has to show, in metres, so that these are on it."""
    far = max((metres for metres, _ in near), default=LEAST_M)
    return min(MOST_M, max(LEAST_M, far * 1.12))


def rings_of(radius_m: float) -> tuple[int, ...]:
    """At most three circles within the map."""
    return tuple(ring for ring in RINGS_M if ring <= radius_m * 0.95)[-3:]
