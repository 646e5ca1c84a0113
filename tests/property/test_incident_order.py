"""Distances behave as distances, the rank is one order of everything, the clock never goes back."""

import math
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.incidents import by_distance, distance_m, ranked
from kiosk.panels.incident.clock import Clock
from kiosk.panels.incident.near import nearest_cameras, radius_of, rings_of
from kiosk.wire.city import SEVERITIES, Camera, Incident, Severity
from kiosk.wire.messages import CameraState
from kiosk.wire.text import Text

WORDS = Text("가", "a")
points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
near_seoul = st.tuples(st.floats(37.4, 37.7), st.floats(126.7, 127.2))
times = st.integers(0, 10**12)


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    began = draw(st.integers(0, 1000))
    return Incident(
        id=str(draw(st.uuids())),
        number=0,
        kind="fire",
        severity=draw(st.sampled_from(get_args(Severity))),
        headline=WORDS,
        facts=WORDS,
        district="",
        lat=None,
        lon=None,
        t_ms=began,
        updated_ms=began,
        simulated=True,
        ended_ms=draw(st.none() | st.just(began + 1)),
    )


@given(points, points, points)
def test_a_detour_is_never_shorter(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    direct = distance_m(*a, *c)
    assert 0 <= direct <= math.pi * 6_371_008.8 * (1 + 1e-9)
    assert math.isclose(direct, distance_m(*c, *a), abs_tol=1e-3)
    assert direct <= distance_m(*a, *b) + distance_m(*b, *c) + 1.0


@given(st.lists(incidents(), max_size=20, unique_by=lambda i: i.id))
def test_every_incident_has_one_place_and_nothing_that_runs_stands_under_what_is_over(
    rows: list[Incident],
) -> None:
    order = ranked(rows)
    assert {i.id for i in order} == {i.id for i in rows}
    assert len(order) == len(rows)
    assert order == ranked(list(reversed(rows)))
    over = [i.ended_ms is not None for i in order]
    assert over == sorted(over)
    running = [SEVERITIES.index(i.severity) for i in order if i.ended_ms is None]
    assert running == sorted(running, reverse=True)


@given(
    st.lists(near_seoul, min_size=1, max_size=30),
    st.sets(st.integers(0, 29)),
    near_seoul,
)
def test_the_open_cameras_are_the_nearest_that_live(
    stands: list[tuple[float, float]], dead: set[int], here: tuple[float, float]
) -> None:
    known = [
        Camera(str(n), n, WORDS, lat, lon, "11140", "street", "")
        for n, (lat, lon) in enumerate(stands)
    ]
    states = {str(n): CameraState(str(n), "lost") for n in dead}
    chosen = nearest_cameras(known, states, *here)
    order = [c.number for _, c in by_distance(known, *here) if c.number not in dead]
    assert [c.number for _, c in chosen.near] == order[:4]
    assert {c.number for _, c in chosen.dead} <= dead
    if chosen.near and len(chosen.near) == 4:
        assert all(metres <= chosen.near[-1][0] for metres, _ in chosen.dead)


@given(times, st.integers(0, 7200), st.integers(0, 7200), st.none() | st.integers(0, 7200))
def test_once_missed_or_met_it_stays_so(
    report_ms: int, one_s: int, more_s: int, arrival_s: int | None
) -> None:
    """With what is known later nothing changes a verdict, unless somebody comes in time."""
    arrived_ms = None if arrival_s is None else report_ms + arrival_s * 1000
    clock = Clock(report_ms, arrived_ms=arrived_ms, goal_s=420)
    now_ms = report_ms + one_s * 1000
    first, later = clock.state(now_ms), clock.state(now_ms + more_s * 1000)
    assert later == first or (first, later) == ("running", "missed")
    span_s = clock.span_s(now_ms)
    assert span_s % 300 == 0
    assert span_s >= 600
    assert span_s > clock.goal_s  # type: ignore[operator]
    if arrival_s is not None:
        assert span_s >= arrival_s
    else:
        assert span_s >= clock.elapsed_s(now_ms)


@given(st.lists(st.tuples(st.floats(0, 50_000), st.none()), max_size=9))
def test_the_map_shows_the_stations_and_has_a_circle(
    near: list[tuple[float, None]],
) -> None:
    radius_m = radius_of(near)
    assert 800 <= radius_m <= 5000
    assert all(metres <= radius_m for metres, _ in near if metres < 4000)
    rings = rings_of(radius_m)
    assert 1 <= len(rings) <= 3
    assert all(ring < radius_m for ring in rings)
