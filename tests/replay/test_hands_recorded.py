"""Recorded hands: the tour's own, and the clips beside the project where they are present.

The times of the clips' gestures were read off their pictures (the drawn arrows).
"""

from pathlib import Path

import msgspec
import pytest

from gestures.engine import GestureEngine
from gestures.events import GestureKind, HandFrame, Phase
from gestures.replay import replay_stream
from gestures.session import read
from tests.helpers.hands import DEMO, demo

SOON_MS = 700
K = GestureKind

# name -> what a person sees in it: (kind, ms at which the move or hold is over)
CLIPS: dict[str, list[tuple[GestureKind, int]]] = {
    "swipe_left_right": [(K.SWIPE_LEFT, 670), (K.SWIPE_RIGHT, 3130), (K.SWIPE_LEFT, 5000)],
    "swipe2_left_right": [(K.SWIPE_LEFT, 1530), (K.SWIPE_RIGHT, 3130)],
    "swipe2_up_down": [(K.SWIPE_DOWN, 600), (K.SWIPE_UP, 3930)],
    "swipe_up_down": [(K.SWIPE_DOWN, 1670)],
    "dndv1": [(K.FIST_HOLD, 2700), (K.PALM_HOLD, 4300)],
    "zoom_in_out": [],
}


def told(path: Path, engaged: bool) -> list[tuple[GestureKind, int]]:
    return [(event.kind, event.t_ms) for event in replay_stream(path, engaged)]


def agree(found: list[tuple[GestureKind, int]], meant: list[tuple[GestureKind, int]]) -> None:
    assert [kind for kind, _ in found] == [kind for kind, _ in meant]
    for (kind, t_ms), (_, meant_ms) in zip(found, meant, strict=True):
        assert abs(t_ms - meant_ms) <= SOON_MS, f"{kind} at {t_ms}, meant at {meant_ms}"


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.jsonl")), ids=lambda p: p.stem)
def test_the_tours_hands_say_what_their_labels_say(path: Path) -> None:
    session = demo(path.stem)
    assert session.labels
    assert session.header.licence
    assert session.header.source
    agree(told(path, engaged=False), [(label.kind, label.end_ms) for label in session.labels])


@pytest.mark.parametrize("name", sorted(CLIPS))
def test_recorded_clips_while_engaged(shared: Path, name: str) -> None:
    path = shared / "gestures" / "data" / "dyn_hagrid" / f"{name}.jsonl"
    agree(told(path, engaged=True), CLIPS[name])


@pytest.mark.parametrize("name", sorted(CLIPS))
def test_no_clip_does_anything_before_a_palm_is_held(shared: Path, name: str) -> None:
    path = shared / "gestures" / "data" / "dyn_hagrid" / f"{name}.jsonl"
    found = [kind for kind, _ in told(path, engaged=False)]
    assert found[:1] in ([], [K.PALM_HOLD])


def test_a_real_hand_that_closes_and_is_carried_off_drags(shared: Path) -> None:
    """The hand of the clip closes where it is; here its picture moves on a quarter second later."""
    path = shared / "gestures" / "data" / "dyn_hagrid" / "dndv1.jsonl"
    engine = GestureEngine(engaged=True)
    events = [e for f in read(path).frames for e in engine.feed(carried(f, since_ms=2300))]
    assert [e.kind for e in events if e.phase is not Phase.CHANGED] == [K.GRAB_DRAG, K.GRAB_DRAG]
    assert [events[0].phase, events[-1].phase] == [Phase.BEGAN, Phase.ENDED]
    assert 2300 < events[0].t_ms < 2800
    assert 3600 <= events[-1].t_ms <= 3900


def carried(frame: HandFrame, since_ms: int) -> HandFrame:
    """The frame with its hands moved, over a second, by a third of the picture's width."""
    part = min(1.0, max(0.0, (frame.t_ms - since_ms) / 1000))
    dx = 0.33 * part * part * (3 - 2 * part)
    hands = tuple(
        msgspec.structs.replace(hand, lm=tuple((x + dx, y, z) for x, y, z in hand.lm))
        for hand in frame.hands
    )
    return HandFrame(frame.t_ms, hands, frame.aspect)


def test_a_palm_that_reaches_about_is_no_gesture(shared: Path) -> None:
    path = shared / "gestures" / "data" / "mp_samples" / "hand_landmarker_test_video.jsonl"
    assert told(path, engaged=True) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(CLIPS))
def test_the_same_from_the_pictures_themselves(shared: Path, name: str) -> None:
    path = shared / "gestures" / "data" / "dyn_hagrid" / f"{name}.gif"
    agree(told(path, engaged=True), CLIPS[name])
