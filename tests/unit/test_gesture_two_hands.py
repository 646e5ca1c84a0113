"""Spread, squeeze and the T of two hands."""

import msgspec
import pytest

from gestures.events import GestureKind, Hand, Refusal
from tests.helpers.hands import ASPECT, PALM, Scene, fist, frame, mirrored, palm, placed

NEAR, WIDE = (2.5, 2.5), (6.0, 6.0)


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
@pytest.mark.parametrize("ms", [300, 1200])
@pytest.mark.parametrize("hand", [palm, fist])
def test_hands_go_apart_and_together(fps: float, ms: float, hand: object) -> None:
    assert callable(hand)
    spread = Scene(fps, engaged=True).both(hand(), 500, NEAR).both(hand(), ms, (2.5, 6.0))
    assert spread.both(hand(), 400, WIDE).kinds() == [GestureKind.SPREAD]
    assert spread.events[0].t_ms <= 500 + ms + 350
    squeeze = Scene(fps, engaged=True).both(hand(), 500, WIDE).both(hand(), ms, (6.0, 2.5))
    assert squeeze.both(hand(), 400, NEAR).kinds() == [GestureKind.SQUEEZE]


def test_hands_that_come_back_do_not_squeeze() -> None:
    scene = Scene(30, engaged=True).both(palm(), 500, NEAR)
    for _ in range(3):
        scene.both(palm(), 500, (2.5, 6.0)).both(palm(), 300, WIDE)
        scene.both(palm(), 500, (6.0, 2.5)).both(palm(), 300, NEAR)
    assert scene.kinds() == [GestureKind.SPREAD] * 3


def test_the_way_back_is_named() -> None:
    scene = Scene(30, engaged=True).both(palm(), 500, NEAR).both(palm(), 500, (2.5, 6.0))
    scene.both(palm(), 300, WIDE).both(palm(), 500, (6.0, 2.5)).both(palm(), 300, NEAR)
    assert scene.engine.status.refused is Refusal.RETURN_STROKE


def test_one_hand_that_goes_away_from_the_other_does_not_spread() -> None:
    scene = Scene(30, engaged=True)
    right = palm() if palm().side == "right" else mirrored(palm())
    for index in range(60):
        step = min(max(index - 20, 0), 15) / 15
        moving = placed(right, x=0.42 - 0.2 * step)
        scene.feed(frame(index * 33 + 33, moving, placed(mirrored(right), x=0.55)))
    assert scene.events == []


def test_clapping_is_nothing() -> None:
    scene = Scene(30, engaged=True).both(palm(), 150, (3, 3))
    for _ in range(6):
        scene.both(palm(), 150, (3, 1)).both(palm(), 150, (1, 3))
    assert scene.both(palm(), 100, (3, 3)).kinds() == []


def test_hands_of_different_people_do_not_spread() -> None:
    scene = Scene(30, engaged=True)
    for index in range(60):
        step = min(max(index - 20, 0), 15) / 15
        one = placed(palm(), x=0.55 + 0.15 * step)
        two = placed(mirrored(palm()), x=0.45 - 0.15 * step, palm=0.035)
        scene.feed(frame(index * 33 + 33, one, two))
    assert GestureKind.SPREAD not in scene.kinds()


def test_a_t_is_held() -> None:
    scene = Scene(30, engaged=True).tee(500)
    assert scene.events == []
    assert scene.engine.status.candidate is GestureKind.TIMEOUT
    assert 0.5 < scene.engine.status.progress < 1.0
    assert scene.tee(400).kinds() == [GestureKind.TIMEOUT]
    assert scene.tee(2000).kinds() == [GestureKind.TIMEOUT]


def test_a_t_survives_hands_seen_as_one_for_a_moment() -> None:
    scene = Scene(30, engaged=True).tee(300).hold(palm(), 100).tee(150).away(120).tee(300)
    assert scene.kinds() == [GestureKind.TIMEOUT]


def test_a_t_does_nothing_before_the_clutch() -> None:
    assert GestureKind.TIMEOUT not in Scene(30).tee(2000).kinds()


def test_hands_that_turn_over_on_their_way_do_not_spread() -> None:
    """As those of somebody who talks: they rest, part, and end with their backs to the wall."""
    scene = Scene(30, engaged=True).both(palm(), 500, NEAR)
    right = palm() if palm().side == "right" else mirrored(palm())
    back = msgspec.structs.replace(right, side="left")

    def apart(part: float) -> list[Hand]:
        half = (1.25 + 1.75 * part) * PALM / ASPECT
        if part < 0.3:
            return [placed(right, x=0.5 - half), placed(mirrored(right), x=0.5 + half)]
        other = msgspec.structs.replace(mirrored(right), side="right")
        return [placed(back, x=0.5 - half), placed(other, x=0.5 + half)]

    assert scene.go(400, apart, None).go(500, lambda _: apart(1.0), None).kinds() == []
