"""Side, size, turn and frame rate do not matter; nothing crashes; a replay is always the same."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gestures.engine import GestureEngine
from gestures.errors import SessionError
from gestures.events import GestureEvent, GestureKind, Hand, HandFrame
from gestures.features import measure
from gestures.session import read
from gestures.shapes import classify
from tests.helpers.hands import (
    ASPECT,
    DEMO,
    Scene,
    demo,
    fist,
    frame,
    mirrored,
    palm,
    perform,
    placed,
    point,
    said,
    three,
    thumb_up,
)

MIRROR = {
    GestureKind.SWIPE_LEFT: GestureKind.SWIPE_RIGHT,
    GestureKind.SWIPE_RIGHT: GestureKind.SWIPE_LEFT,
}
SESSIONS = sorted(path.stem for path in DEMO.glob("*.jsonl"))
hands = st.sampled_from([palm, fist, thumb_up, three, point])


def events_of(frames: list[HandFrame], engaged: bool = False) -> list[GestureEvent]:
    engine = GestureEngine(engaged=engaged)
    return [event for each in frames for event in engine.feed(each)]


def kind_of(hand: Hand) -> GestureKind | None:
    features = measure(hand, ASPECT)
    assert features is not None
    return classify(features).kind


@given(
    hand=hands,
    size=st.floats(0.03, 0.35),
    turn_deg=st.floats(-20, 20),
    x=st.floats(0.1, 0.9),
    y=st.floats(0.1, 0.9),
)
def test_size_place_and_a_turn_do_not_change_the_shape(
    hand: object, size: float, turn_deg: float, x: float, y: float
) -> None:
    assert callable(hand)
    shown = placed(hand(), x=x, y=y, palm=size, turn_deg=turn_deg)
    assert kind_of(shown) is kind_of(hand())


@given(hand=hands, turn_deg=st.floats(-180, 180))
def test_a_mirrored_hand_has_the_mirrored_shape(hand: object, turn_deg: float) -> None:
    assert callable(hand)
    shown = placed(hand(), turn_deg=turn_deg)
    assert kind_of(shown) is kind_of(mirrored(shown))


@pytest.mark.parametrize("name", SESSIONS)
def test_a_mirrored_session_gives_mirrored_events(name: str) -> None:
    plain = list(demo(name).frames)
    flipped = [HandFrame(f.t_ms, tuple(map(mirrored, f.hands)), f.aspect) for f in plain]
    told = [(e.t_ms, e.kind, e.phase, e.hand) for e in events_of(plain)]
    assert told
    assert [
        (e.t_ms, MIRROR.get(e.kind, e.kind), e.phase, {"left": "right", "right": "left"}[e.hand])
        for e in events_of(flipped)
    ] == told


@pytest.mark.parametrize("name", SESSIONS)
def test_a_replay_gives_the_same_events_every_time(name: str) -> None:
    assert events_of(list(demo(name).frames)) == events_of(list(demo(name).frames))


@given(start_ms=st.integers(0, 2**52))
@settings(max_examples=10, deadline=None)
def test_the_hour_does_not_matter(start_ms: int) -> None:
    plain = list(demo("palm_swipe_down").frames)
    later = [HandFrame(f.t_ms + start_ms, f.hands, f.aspect) for f in plain]
    assert [(e.t_ms - start_ms, e.kind) for e in events_of(later)] == [
        (e.t_ms, e.kind) for e in events_of(plain)
    ]


@pytest.mark.parametrize("kind", list(GestureKind))
@given(
    fps=st.floats(10, 60),
    size=st.floats(0.03, 0.2),
    turn_deg=st.floats(-20, 20),
    mirror=st.booleans(),
)
@settings(max_examples=8, deadline=None)
def test_camera_person_and_hand_do_not_change_what_was_said(
    kind: GestureKind, fps: float, size: float, turn_deg: float, mirror: bool
) -> None:
    scene = perform(kind, Scene(fps, palm=size, turn_deg=turn_deg, mirror=mirror))
    meant = MIRROR.get(kind, kind) if mirror else kind
    assert said(scene) == ([] if kind is GestureKind.PALM_HOLD else [meant])


@pytest.mark.parametrize("kind", list(GestureKind))
def test_a_gesture_is_told_the_same_every_time(kind: GestureKind) -> None:
    scene = perform(kind, Scene(25))
    assert events_of(scene.frames) == scene.events


numbers = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-2, 2)
wild_points = st.lists(st.tuples(numbers, numbers, numbers), min_size=21, max_size=21).map(tuple)
wild_hands = st.builds(
    Hand, side=st.sampled_from(["left", "right"]), score=numbers, lm=wild_points, world=wild_points
)


@given(
    shown=st.lists(st.lists(wild_hands, max_size=3), min_size=1, max_size=6),
    steps=st.lists(st.integers(1, 100_000), min_size=6, max_size=6),
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_no_hand_whatsoever_crashes_the_engine(shown: list[list[Hand]], steps: list[int]) -> None:
    engine = GestureEngine(engaged=True)
    t_ms = 0
    for each, step in zip(shown, steps, strict=False):
        t_ms += step
        for event in engine.feed(frame(t_ms, *each)):
            assert 0 <= event.confidence <= 1
        assert all(math.isfinite(v) for xy in engine.status.skeleton for v in xy)


@given(data=st.binary(max_size=400))
@example(data=b"")
@example(data=b'{"type":"header","schema":"hands/1"}\n{"t_ms":1,"hands":[null]}')
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_crashes_the_reader(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "wild.jsonl"
    path.write_bytes(data)
    with pytest.raises(SessionError, match="wild"):
        read(path)


@given(where=st.integers(0, 3), change=st.sampled_from([None, 1e308, "x", [], {"a": 1}, -1]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_field_is_read_or_named(tmp_path: Path, where: int, change: object) -> None:
    lines = (DEMO / "palm_swipe_down.jsonl").read_text().splitlines()[:8]
    last = json.loads(lines[-1])
    last[["t_ms", "hands", "type", "extra"][where]] = change
    path = tmp_path / "changed.jsonl"
    path.write_text("\n".join([*lines[:-1], json.dumps(last)]))
    try:
        session = read(path)
    except SessionError as error:
        line = error.line
    else:
        line = 8
        events_of(list(session.frames))
    assert line == 8
