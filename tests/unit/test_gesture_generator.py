"""Made-up sessions: the same seed, the same bytes; and what they show is what they say."""

import math
from pathlib import Path

import numpy as np
import pytest

from gestures.cli import main
from gestures.events import GestureKind, Hand
from gestures.features import measure
from gestures.generator.blend import ease, to_bones, to_points
from gestures.generator.camera import Camera
from gestures.generator.command import MEANT, gesture_plans, suite
from gestures.generator.idle import SCENES
from gestures.generator.library import FIRST_MEASUREMENT_SEED, people
from gestures.generator.script import Plan, make
from gestures.generator.shapes import pinched, shown_to_camera
from gestures.generator.turns import about, from_matrix, rotated, then
from gestures.session import Session, read
from gestures.training.people import unseen

K = GestureKind
PEOPLE = people(None, 0)


def session(*kinds: GestureKind, seed: int = 0, fps: float = 15.0, **more: float) -> Session:
    plan = Plan(seed, 0, fps, more.get("distance_m", 2.0), kinds=kinds, engaged=True)
    return make(plan, PEOPLE)


def written(folder: Path, *options: str) -> list[bytes]:
    assert main(["generate", str(folder), *options]) == 0
    return [file.read_bytes() for file in sorted(folder.rglob("*.jsonl.gz"))]


@pytest.mark.parametrize("what", [["--count", "9"], ["--idle", "--minutes", "2"]])
def test_a_seed_says_it_all(tmp_path: Path, what: list[str]) -> None:
    first = written(tmp_path / "a", "--seed", "7", *what)
    assert first == written(tmp_path / "b", "--seed", "7", *what)
    other = written(tmp_path / "c", "--seed", "8", *what)
    assert len(other) == len(first) == 2
    assert not set(first) & set(other)


def test_the_header_says_that_it_is_made_up(tmp_path: Path) -> None:
    written(tmp_path, "--seed", "7", "--idle", "coffee", "--minutes", "1", "--distance", "3")
    header = read(tmp_path / "00000.jsonl.gz").header
    assert header.generator.startswith("gestures.generator/")
    assert (header.seed, header.distance_m, header.fps) == (7, 3.0, 15.0)
    assert header.scene == "idle: coffee"
    assert header.idle
    assert not header.engaged


@pytest.mark.parametrize("fps", [10.0, 15.0, 30.0, 60.0])
def test_frames_come_at_about_the_rate_that_was_asked_for(fps: float) -> None:
    times = [frame.t_ms for frame in session(K.CALL, fps=fps).frames]
    assert times == sorted(set(times))
    seen_fps = 1000 * (len(times) - 1) / (times[-1] - times[0])
    assert fps * 0.92 <= seen_fps <= fps * 1.01  # up to 3 % are dropped, in a short session more


def test_a_hand_is_as_large_as_its_distance_makes_it() -> None:
    camera = Camera(1920, 1080, lens_deg=70.0, above_m=0.0, tilt=1.0)
    points = np.zeros((1, 21, 3))
    points[:, 0, 1] = 0.1
    heights = []
    for distance_m in (1.5, 3.0):
        middle = camera.before(np.zeros((1, 3)), distance_m)
        lm = camera.see(middle[:, None] + points)
        heights.append(float(lm[0, 0, 1] - lm[0, 1, 1]))
    pixels_a_metre = 960 / math.tan(math.radians(35.0))
    assert heights[0] == pytest.approx(0.1 * pixels_a_metre / 1.5 / 1080)
    assert heights[1] == pytest.approx(heights[0] / 2)


def test_the_persons_right_is_at_the_pictures_left() -> None:
    camera = Camera(1280, 720, lens_deg=60.0, above_m=0.3, tilt=1.0)
    right = camera.see(camera.before(np.array([[0.3, 0.0, 0.0]]), 2.0)[:, None])
    assert right[0, 0, 0] < 0.5
    assert right[0, 0, 1] == pytest.approx(0.5, abs=0.01)  # tilted down to the shoulders


@pytest.mark.parametrize("kind", sorted(MEANT))
def test_every_gesture_is_labelled_where_it_is_seen(kind: GestureKind) -> None:
    made = session(kind, seed=3)
    label = made.labels[-1]
    assert label.kind is kind
    assert {each.kind for each in made.labels[:-1]} <= {K.POINT}  # one that a pinch begins from
    assert 0 < label.start_ms < label.end_ms < made.frames[-1].t_ms
    within = [frame for frame in made.frames if label.start_ms <= frame.t_ms <= label.end_ms]
    assert within
    if kind in (K.SPREAD, K.SQUEEZE, K.TIMEOUT):
        assert {hand.side for frame in within for hand in frame.hands} == {"left", "right"}


@pytest.mark.parametrize(
    ("kind", "across", "down"),
    [(K.SWIPE_LEFT, -1, 0), (K.SWIPE_RIGHT, 1, 0), (K.SWIPE_UP, 0, -1), (K.SWIPE_DOWN, 0, 1)],
)
def test_a_swipe_goes_where_it_says(kind: GestureKind, across: int, down: int) -> None:
    """For both hands, in the person's own terms."""
    sides = set()
    for seed in range(12):
        made = session(kind, seed=seed, fps=30.0)
        label = made.labels[0]
        before = _seen(made, label.start_ms)
        after = _seen(made, label.end_ms + 50, before.side)
        (x, y), (old_x, old_y) = _place(after), _place(before)
        moved = (old_x - x) * made.frames[0].aspect, y - old_y
        sides.add(before.side)
        assert moved[0] * across + moved[1] * down > 0.02
        assert abs(moved[0] * down + moved[1] * across) < abs(moved[0] * across + moved[1] * down)
    assert sides == {"left", "right"}


def _seen(made: Session, t_ms: float, side: str | None = None) -> Hand:
    """The hand at about that time: the raised one, or the nearest of a side; nobody else's."""
    near = sorted(made.frames, key=lambda frame: abs(frame.t_ms - t_ms))
    hands = next(hands for frame in near if (hands := _of_side(frame.hands, side)))
    large = [hand for hand in hands if _size(hand) > 0.7 * max(map(_size, hands))]
    return min(large, key=lambda hand: hand.lm[9][1])


def _place(hand: Hand) -> tuple[float, float]:
    """Between wrist and knuckles."""
    return (hand.lm[0][0] + hand.lm[9][0]) / 2, (hand.lm[0][1] + hand.lm[9][1]) / 2


def _of_side(hands: tuple[Hand, ...], side: str | None) -> list[Hand]:
    return [hand for hand in hands if side in (None, hand.side)]


def _size(hand: Hand) -> float:
    return math.dist(hand.lm[0][:2], hand.lm[9][:2])


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_idle_life_is_a_minute_of_hands_and_no_label(scene: str) -> None:
    made = make(Plan(1, 0, 15.0, 2.0, idle=scene), PEOPLE)
    assert made.labels == ()
    assert 40_000 <= made.frames[-1].t_ms <= 60_000
    assert any(frame.hands for frame in made.frames)
    assert any(measure(h, f.aspect) for f in made.frames for h in f.hands)


def test_a_session_begins_with_a_held_palm_unless_it_is_engaged() -> None:
    made = make(Plan(0, 0, 15.0, 2.0, kinds=(K.CALL, K.VICTORY)), PEOPLE)
    assert [label.kind for label in made.labels] == [K.PALM_HOLD, K.CALL, K.VICTORY]
    assert not made.header.engaged


def test_the_suite_has_every_gesture_everywhere_and_two_idle_hours() -> None:
    plans = list(suite(1000))
    assert len({path for path, _ in plans}) == len(plans)
    assert len({plan.number for _, plan in plans}) == len(plans)
    for distance_m in (1.5, 2.0, 3.0, 4.0):
        for fps in (10.0, 15.0, 30.0, 60.0):
            kinds = [
                kind
                for _, plan in plans
                if (plan.distance_m, plan.fps) == (distance_m, fps)
                for kind in plan.kinds
            ]
            assert set(kinds) == set(MEANT)
    for engaged in (True, False):
        idle = [plan for _, plan in plans if plan.idle and plan.engaged == engaged]
        assert sum(plan.length_ms for plan in idle) == 3_600_000


def test_gestures_are_as_many_as_asked_for_and_fists_come_last() -> None:
    plans = list(gesture_plans(0, 50, list(K), 15.0, (1.5, 4.0), False))
    assert sum(len(plan.kinds) for plan in plans) == 50
    assert {plan.distance_m for plan in plans} == {1.5, 4.0}
    for plan in plans:
        assert K.FIST_HOLD not in plan.kinds[: -plan.kinds.count(K.FIST_HOLD) or None]


def test_development_and_measurement_show_different_people(shared: Path) -> None:
    folder = shared / "gestures" / "data"
    names = [
        {(person.source, person.name) for person in people(folder, seed)}
        for seed in (0, FIRST_MEASUREMENT_SEED - 1, FIRST_MEASUREMENT_SEED)
    ]
    assert names[0] == names[1]
    assert len(names[0]) >= 30
    assert len(names[2]) >= 6
    assert not names[0] & names[2]
    assert all(unseen(*name) for name in names[2])


def test_shapes_keep_their_bones_on_the_way() -> None:
    rng = np.random.default_rng(0)
    person = PEOPLE[0]
    for name in ("point", "fist_hold", "pinch", "relaxed", "call", "grip"):
        shape = person.shape(name, rng)
        again = to_bones(to_points(shape.bones[None])[0])
        assert again[:, 1:] == pytest.approx(shape.bones[:, 1:])
        lengths = np.linalg.norm(shape.bones[1:, 1:], axis=-1)
        assert np.all((lengths > 0.005) & (lengths < 0.07))


def test_a_pinch_meets() -> None:
    shape = PEOPLE[0].shape("palm_hold", np.random.default_rng(0))
    assert shown_to_camera(shape)
    bones = pinched(shape, 0.008).bones
    tips = bones[[0, 1]].sum(axis=1)
    assert np.linalg.norm(tips[0] - tips[1]) < 0.02
    assert np.linalg.norm(bones, axis=-1) == pytest.approx(np.linalg.norm(shape.bones, axis=-1))


def test_turns_follow_one_another() -> None:
    turn = then(about(2, 90.0), about(0, 90.0))
    right = np.array([[[1.0, 0.0, 0.0]]])
    assert rotated(right, turn[None])[0, 0] == pytest.approx([0.0, 0.0, 1.0])
    axes = rotated(np.eye(3)[None], turn[None])[0].T
    again = from_matrix(axes)
    assert abs(again @ turn) == pytest.approx(1.0)


def test_movement_begins_and_ends_at_rest() -> None:
    s = ease(np.array([-1.0, 0.0, 0.01, 0.5, 0.99, 1.0, 2.0]))
    assert s == pytest.approx([0, 0, 1e-5, 0.5, 1 - 1e-5, 1, 1], abs=1e-5)


@pytest.mark.parametrize(
    "options",
    [
        ["--seed", "-1"],
        ["--fps", "0"],
        ["--distance", "90"],
        ["--count", "0"],
        ["--kind", "salute"],
        ["--idle", "sleep"],
        ["--kind", "call", "--suite"],
    ],
)
def test_wrong_usage_is_told(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", str(tmp_path / "out"), *options]) == 2
    assert options[0] in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_shapes_that_can_not_be_read_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.jsonl.gz").write_bytes(b"no gzip")
    assert main(["generate", str(tmp_path / "out"), "--shapes", str(tmp_path)]) == 2
    assert "index.jsonl.gz" in capsys.readouterr().err


def test_skeletons_that_can_not_be_read_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", str(tmp_path / "out"), "--skeletons", str(tmp_path)]) == 2
    assert "no recordings" in capsys.readouterr().err
    (tmp_path / "a.json.gz").write_bytes(b"no gzip")
    assert main(["generate", str(tmp_path / "out"), "--skeletons", str(tmp_path)]) == 2
    assert "a.json.gz" in capsys.readouterr().err
