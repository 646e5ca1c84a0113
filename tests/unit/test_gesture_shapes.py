"""Shapes and features of single hands."""

import math
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gestures.events import GestureKind, Hand
from gestures.features import measure
from gestures.shapes import ACCEPT, classify, grade, timeout_grade
from tests.helpers.hands import ASPECT, PALM, fist, mirrored, palm, placed, point, three, thumb_up

SHAPES = [
    (palm, GestureKind.PALM_HOLD),
    (fist, GestureKind.FIST_HOLD),
    (thumb_up, GestureKind.THUMB_UP),
    (three, GestureKind.THREE),
    (point, GestureKind.POINT),
]


def shape_of(hand: Hand) -> GestureKind | None:
    features = measure(hand, ASPECT)
    assert features is not None
    return classify(features).kind


@pytest.mark.parametrize(("hand", "kind"), SHAPES)
def test_known_shapes(hand: object, kind: GestureKind) -> None:
    assert callable(hand)
    assert shape_of(hand()) is kind


def test_a_thumb_turned_over_points_down() -> None:
    assert shape_of(placed(thumb_up(), turn_deg=180)) is GestureKind.THUMB_DOWN


def test_a_palm_turned_away_or_sideways_is_no_raised_palm() -> None:
    back = msgspec.structs.replace(palm(), side="right" if palm().side == "left" else "left")
    assert shape_of(back) is None
    assert shape_of(placed(palm(), turn_deg=90)) is None


def test_half_a_fist_is_no_gesture() -> None:
    """Between two shapes lies none: the classifier rejects what it does not know."""
    world = tuple(
        tuple((a + b) / 2 for a, b in zip(p, q, strict=True))
        for p, q in zip(palm().world, fist().world, strict=True)
    )
    between = msgspec.structs.replace(palm(), world=world)
    assert shape_of(between) is None


def test_features_are_in_palms() -> None:
    near, far = measure(placed(palm(), palm=0.3), ASPECT), measure(placed(palm()), ASPECT)
    assert near is not None
    assert far is not None
    assert far.palm == pytest.approx(PALM, rel=1e-6)
    assert near.extension == pytest.approx(far.extension)
    assert near.thumb_to_index_tip == pytest.approx(far.thumb_to_index_tip)


def test_place_runs_to_the_persons_right() -> None:
    left_in_picture = measure(placed(palm(), x=0.2), ASPECT)
    right_in_picture = measure(placed(palm(), x=0.8), ASPECT)
    assert left_in_picture is not None
    assert right_in_picture is not None
    assert left_in_picture.place[0] > right_in_picture.place[0]


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_points_that_are_no_numbers_are_no_hand(bad: float) -> None:
    world = ((bad, 0.0, 0.0), *palm().world[1:])
    assert measure(msgspec.structs.replace(palm(), world=world), ASPECT) is None


def test_points_in_one_spot_are_no_hand() -> None:
    spot = ((0.5, 0.5, 0.0),) * 21
    assert measure(msgspec.structs.replace(palm(), lm=spot), ASPECT) is None
    assert measure(msgspec.structs.replace(palm(), world=spot), ASPECT) is None


def test_a_mirrored_hand_has_the_same_grades() -> None:
    one, other = measure(palm(), ASPECT), measure(mirrored(palm()), ASPECT)
    assert one is not None
    assert other is not None
    assert grade(one) == pytest.approx(grade(other))


def tee(roof: Hand, post: Hand) -> float:
    a, b = measure(roof, ASPECT), measure(post, ASPECT)
    assert a is not None
    assert b is not None
    assert timeout_grade(a, b) == timeout_grade(b, a)
    return timeout_grade(a, b)


@pytest.mark.parametrize("turn_deg", [90, -90])
def test_a_hand_across_the_fingertips_of_another_makes_a_t(turn_deg: float) -> None:
    post = placed(palm(), y=0.6)
    roof = placed(palm(), x=0.5, y=0.6 - 1.2 * PALM, turn_deg=turn_deg)
    assert tee(roof, post) >= ACCEPT
    assert tee(mirrored(roof), mirrored(post)) == pytest.approx(tee(roof, post))


def test_two_hands_that_make_no_t() -> None:
    post, roof = placed(palm(), y=0.6), placed(palm(), y=0.6 - 1.2 * PALM, turn_deg=90)
    assert tee(placed(palm(), x=0.4), post) == 0.0  # both upright
    assert tee(placed(palm(), y=0.2, turn_deg=90), post) == 0.0  # far above
    assert tee(placed(palm(), y=0.6, x=0.4, turn_deg=90), post) == 0.0  # beside
    assert tee(placed(fist(), y=0.6), roof) == 0.0
    assert tee(placed(palm(), y=0.6 - 1.2 * PALM, turn_deg=90, palm=PALM / 2.5), post) == 0.0


@given(
    st.sampled_from([palm, fist, thumb_up, three, point]),
    st.floats(-20, 20),
    st.floats(0.02, 0.6),
    st.booleans(),
)
def test_size_turn_and_side_do_not_change_the_kind(
    make: Callable[[], Hand], turn_deg: float, size: float, other_side: bool
) -> None:
    moved = placed(make(), palm=size, turn_deg=turn_deg)
    assert shape_of(mirrored(moved) if other_side else moved) is shape_of(make())


def test_fingers_pressed_together_still_make_a_palm_and_a_thumb_across_it_does_not() -> None:
    """A raised hand with closed fingers wants to engage; a four is no gesture."""
    hand = palm()
    assert shape_of(thumb_towards_little_finger(hand, 0.4)) is GestureKind.PALM_HOLD
    assert shape_of(thumb_towards_little_finger(hand, 1.0)) is None


def thumb_towards_little_finger(hand: Hand, part: float) -> Hand:
    """The thumb's last two joints moved from where they are to before the ring finger's knuckle."""
    world = list(hand.world)
    for joint, share in ((3, 0.6), (4, 1.0)):
        (x, y, z), (u, v, w) = world[joint], world[13]
        moved = part * share
        world[joint] = (x + moved * (u - x), y + moved * (v - y), z + moved * (w - z))
    return msgspec.structs.replace(hand, world=tuple(world))
