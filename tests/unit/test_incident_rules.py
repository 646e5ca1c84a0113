"""Which incident comes first, how far things are, what the clock says, what is near."""

import msgspec
import pytest

from kiosk.core.incidents import by_distance, distance_m, of_the_day, ranked
from kiosk.panels.incident import near
from kiosk.panels.incident.clock import Clock, clock_of, stopwatch
from kiosk.panels.incident.model import IncidentModel, Scene
from kiosk.wire.city import Camera, Place
from kiosk.wire.messages import CameraState
from kiosk.wire.orders import Acknowledgement
from kiosk.wire.projection import Projection, RowsBlock
from kiosk.wire.text import Text
from tests.helpers import some_incidents
from tests.helpers.panel_city import (
    NOW_MS,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    spec_of,
)

MINUTE_MS = 60_000
AT = (37.5668, 127.0045)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    city = demo_city()
    some_incidents.put(city)
    return city


def scene_of(city: MemoryRepositories, item: str, **live: object) -> Scene:
    model = model_of("incident", city, at("incident", item=item), **live)
    assert isinstance(model, IncidentModel)
    assert model.scene is not None
    return model.scene


# ---- distance


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((0.0, 0.0), (0.0, 1.0), 111_195.1),
        ((0.0, 0.0), (0.0, 180.0), 20_015_114.4),
        ((37.5665, 126.9780), (35.1796, 129.0756), 325_108.0),  # city halls of Seoul and Busan
        (AT, AT, 0.0),
    ],
)
def test_distances_are_those_of_a_great_circle(
    one: tuple[float, float], other: tuple[float, float], metres: float
) -> None:
    assert distance_m(*one, *other) == pytest.approx(metres, rel=2e-3, abs=0.1)


def test_what_stands_nowhere_is_not_near() -> None:
    here = Place("a", "s", "x", "a", lat=AT[0], lon=AT[1])
    nowhere = Place("b", "s", "x", "b")
    assert [place.id for _, place in by_distance((nowhere, here), *AT)] == ["a"]


# ---- rank


def test_the_graver_comes_first_then_the_newer_then_what_is_over() -> None:
    graver, older = some_incidents.fire(), some_incidents.alert()
    newer = some_incidents.alert(id="new", t_ms=NOW_MS - 1)
    over = some_incidents.over()
    older_over = msgspec.structs.replace(over, id="old", t_ms=over.t_ms - 1, severity="critical")
    order = ranked((older_over, over, older, newer, graver))
    assert [i.id for i in order] == [graver.id, "new", older.id, over.id, "old"]


def test_the_day_has_what_runs_and_what_was_over_since_midnight() -> None:
    midnight_ms = NOW_MS - (14 * 60 + 32) * MINUTE_MS
    over = some_incidents.over()
    yesterday = msgspec.structs.replace(
        over, id="y", t_ms=midnight_ms - 9 * MINUTE_MS, ended_ms=midnight_ms - MINUTE_MS
    )
    into_the_day = msgspec.structs.replace(yesterday, id="n", ended_ms=midnight_ms)
    long = some_incidents.alert(id="long", t_ms=midnight_ms - 90 * MINUTE_MS)
    found = of_the_day((over, yesterday, into_the_day, long), NOW_MS)
    assert {i.id for i in found} == {over.id, "n", "long"}


# ---- clock


def clock(**changes: int | None) -> Clock:
    return msgspec.structs.replace(Clock(0, goal_s=420), **changes)


@pytest.mark.parametrize(
    ("arrived_s", "now_s", "state", "words"),
    [
        (None, 0, "running", "목표 7분, 7분 0초 남음"),
        (None, 420, "running", "목표 7분, 0초 남음"),
        (None, 430, "missed", "목표 7분, 10초 지남"),
        (391, 730, "met", "목표 7분, 29초 빠름"),
        (420, 730, "met", "목표 7분, 0초 빠름"),
        (500, 730, "missed", "목표 7분, 1분 20초 늦음"),
    ],
)
def test_the_goal_runs_is_met_or_missed(
    arrived_s: int | None, now_s: int, state: str, words: str
) -> None:
    made = clock(arrived_ms=None if arrived_s is None else arrived_s * 1000)
    assert made.state(now_s * 1000) == state
    assert made.verdict(now_s * 1000).ko == words


def test_without_a_goal_nothing_is_missed() -> None:
    made = clock(goal_s=None)
    assert made.state(10**7) == "none"
    assert made.verdict(10**7) == Text("", "")


def test_the_scale_stays_true_to_the_response_when_time_goes_on() -> None:
    came = clock(arrived_ms=391_000)
    assert came.span_s(400_000) == came.span_s(3_600_000) == 600
    assert clock().span_s(3_600_000) == 4500, "nobody has come: the scale grows with the time"


def test_what_is_over_stands_still() -> None:
    over = clock(ended_ms=125_000)
    assert over.elapsed_s(10**9) == 125
    assert stopwatch(125) == "02:05"
    assert stopwatch(3661.9) == "1:01:01"


def test_an_alert_is_issued_not_reported() -> None:
    assert clock_of(some_incidents.alert()).issued
    assert not clock_of(some_incidents.fire()).issued


# ---- what is near


def camera(number: int, east: float) -> Camera:
    name = Text(f"{number}번", f"no {number}")
    return Camera(f"c{number}", number, name, AT[0], AT[1] + east, "11140", "street", "")


CAMERAS = [camera(n, n * 0.01) for n in (5, 1, 4, 2, 6, 3)]


def test_the_nearest_cameras_open_ordered_by_distance() -> None:
    chosen = near.nearest_cameras(CAMERAS, {}, *AT)
    assert [c.number for _, c in chosen.near] == [1, 2, 3, 4]
    assert chosen.dead == ()
    assert near.cameras_note(chosen) == Text("", "")


@pytest.mark.parametrize("dead", ["lost", "off"])
def test_a_dead_camera_gives_its_place_to_the_next_and_is_told(dead: str) -> None:
    states = {"c2": CameraState("c2", dead), "c6": CameraState("c6", "lost")}  # type: ignore[arg-type]
    chosen = near.nearest_cameras(CAMERAS, states, *AT)
    assert [c.number for _, c in chosen.near] == [1, 3, 4, 5]
    assert "2번" in near.cameras_note(chosen).ko
    assert "6번" not in near.cameras_note(chosen).ko, "it would not have been among the nearest"


def test_a_camera_that_is_only_slow_stays() -> None:
    states = {"c1": CameraState("c1", "delayed"), "c2": CameraState("c2", "connecting")}
    chosen = near.nearest_cameras(CAMERAS, states, *AT)
    assert [c.number for _, c in chosen.near] == [1, 2, 3, 4]


def test_units_stand_by_distance_with_the_time_they_came_or_will(city: MemoryRepositories) -> None:
    units = scene_of(city, some_incidents.FIRE).units
    assert [u.letter for u in units] == list("ABCDE")
    assert units[0].name == "을지로119안전센터"
    assert units[0].state.ko == "14:26:21 도착"
    assert units[-1].state.ko == "3분 0초 뒤 도착"
    assert [u.arrived for u in units] == [True, True, True, True, False]


def test_without_dispatch_data_the_stations_stand_alone(city: MemoryRepositories) -> None:
    scene = scene_of(city, some_incidents.ALERT)
    assert [u.vehicles.ko for u in scene.units] == [""] * 5
    assert "출동 자료 없음" in scene.units_note.ko
    assert scene.clock.goal_s is None


def test_hospitals_tell_level_distance_beds_and_age(city: MemoryRepositories) -> None:
    scene = scene_of(city, some_incidents.FIRE)
    names = [h.name for h in scene.hospitals]
    assert names[0] == "국립중앙의료원"
    assert scene.beds_simulated
    for line in scene.hospitals:
        assert line.level.ko in ("권역센터", "지역센터", "지역기관", "신고기관")
        assert (line.beds == "—") == (line.quality == "absent")


@pytest.mark.parametrize(
    ("age_min", "quality", "beds"), [(4, "fresh", "6"), (12, "late", "6"), (112, "stale", "6")]
)
def test_old_beds_say_how_old_they_are(age_min: int, quality: str, beds: str) -> None:
    place = Place(
        "h",
        "s",
        "health.emergency_hospital",
        "병원",
        lat=AT[0],
        lon=AT[1],
        t_ms=NOW_MS - age_min * MINUTE_MS,
        readings={"er.beds_left": 6.0},
    )
    (line,) = near.hospital_lines(near.hospitals((place,), *AT), NOW_MS)
    assert (line.quality, line.beds) == (quality, beds)


def test_places_of_a_system_stand_in_for_the_published_list(city: MemoryRepositories) -> None:
    own = MemoryRepositories(())
    for district in city.districts():
        own.put(district)
    some_incidents.put(own)
    for place in city.places("health.emergency_hospital")[:3]:
        own.put(place)
    lat, lon = AT
    kind = "health.emergency_hospital"
    told = Place(f"{kind}/A1", "er", kind, "실시간 병원", lat=lat, lon=lon, t_ms=NOW_MS)
    own.put(told)
    assert [h.name for h in scene_of(own, some_incidents.FIRE).hospitals] == ["실시간 병원"]


def test_police_positions_are_estimates_and_say_so(city: MemoryRepositories) -> None:
    told = scene_of(city, some_incidents.FIRE).police
    silent = scene_of(city, some_incidents.ALERT).police
    assert told is not None
    assert silent is not None
    assert told.distance.ko.startswith("약 ")
    assert told.simulated
    assert "연계 자료 없음" in silent.words.ko


def test_what_has_no_place_shows_no_neighbours(city: MemoryRepositories) -> None:
    scene = scene_of(city, some_incidents.AREA)
    assert (scene.map, scene.cameras, scene.units, scene.police) == (None, (), (), None)


def test_what_is_over_says_so_and_nobody_is_called(city: MemoryRepositories) -> None:
    scene = scene_of(city, some_incidents.OVER)
    assert "끝났습니다" in scene.over.ko
    deeds = {deed.press.command: deed.enabled for deed in scene.deeds}
    asked = {"department.call": False, "call.start": False}
    asked |= {"order.compose": False, "incident.note": True}
    assert deeds == asked | {"cctv.near": True}


def test_who_took_note_first_is_shown_with_the_time(city: MemoryRepositories) -> None:
    given = some_incidents.noted()
    later = Acknowledgement("n-2", NOW_MS - 1, "a", some_incidents.FIRE)
    more = msgspec.structs.replace(given, acknowledgements=(later, *given.acknowledgements))
    for told in (given, more):
        scene = scene_of(city, some_incidents.FIRE, given=told)
        assert scene.noted.ko == "확인 14:30, 시장, 상황판에서"
        assert not next(d for d in scene.deeds if d.press.command == "incident.note").enabled
    writing = scene_of(city, some_incidents.FIRE, writing=(later,))
    assert writing.noted.ko == "확인 14:31, 시장 태블릿"


def test_the_list_is_filtered_by_kind_and_keeps_its_numbers(city: MemoryRepositories) -> None:
    every = model_of("incident", city, at("incident"))
    fires = msgspec.structs.replace(at("incident"), incident_kind="fire")
    shown = model_of("incident", city, fires)
    numbers = {line.id: line.number for line in every.lines}
    assert {line.id for line in shown.lines} < set(numbers)
    assert all(numbers[line.id] == line.number for line in shown.lines)
    assert [c.kind for c in shown.kinds if c.chosen] == ["fire"]
    assert sum(line.over for line in every.lines) > 0
    running = [line.over for line in every.lines]
    assert running == sorted(running), "what runs stands above what is over"


@pytest.mark.parametrize("item", [some_incidents.FIRE, some_incidents.AREA, some_incidents.OVER])
def test_a_tablet_gets_the_incident_and_can_act_on_it(city: MemoryRepositories, item: str) -> None:
    model = model_of("incident", city, at("incident", item=item))
    projection = spec_of("incident").load_presenter().project(model)
    told = msgspec.json.decode(msgspec.json.encode(projection), type=Projection)
    assert told == projection
    blocks = [block for block in told.blocks if isinstance(block, RowsBlock)]
    commands = {row.command for row in blocks[0].rows}
    assert "incident.note" in commands
    assert ("department.call" in commands) == (item != some_incidents.OVER)
    titles = [block.title.ko for block in blocks]
    assert ("가까운 응급실" in titles) == (item != some_incidents.AREA)
    assert blocks[-1].rows[0].command == "incident.open"
