"""What the viewer asks of the recogniser: watched as it is, it says by which limit it goes."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest

from gestures.check import Check, Tried
from gestures.errors import ModelError
from gestures.events import GestureKind, HandFrame, Refusal
from gestures.features import measure
from gestures.hold import _held_up
from gestures.replay import replay_stream
from gestures.session import read
from gestures.trace import MEASURED, Moment, carriage, shape, trace
from gestures.tuning import Tuning
from gestures.variant import Variant, VariantError, read_variant
from tests.helpers.hands import DEMO, Scene, palm, perform

SWIPE = DEMO / "palm_swipe_down.jsonl"
FILES = sorted([*DEMO.glob("*.jsonl"), *(DEMO / "made").glob("*.jsonl.gz")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.split(".")[0])
def test_it_says_what_a_replay_says(file: Path) -> None:
    moments = list(trace(read(file).frames))
    told = [event for moment in moments for event in moment.events]
    assert told == list(replay_stream(file, engaged=False))


def moves(
    frames: Iterable[HandFrame], variant: Variant | None = None, *, engaged: bool = False
) -> list[Tried]:
    """Quick moves that have ended."""
    moments = trace(frames, variant, engaged=engaged)
    every = [tried for moment in moments for tried in moment.tried]
    return [tried for tried in every if "bend" in [check.name for check in tried.checks]]


def test_a_swipe_keeps_every_limit_and_a_stricter_version_says_which_it_breaks() -> None:
    frames = read(SWIPE).frames
    (swipe,) = [one for one in moves(frames) if one.kind is not None and one.refused is None]
    assert swipe.kind is GestureKind.SWIPE_DOWN
    assert swipe.broken == 0
    length = next(check.value for check in swipe.checks if check.name == "length")
    strict = msgspec.structs.replace(Tuning().swipe, length=length + 0.1)
    variant = Variant("strict", msgspec.structs.replace(Tuning(), swipe=strict))
    same = [c.value for c in swipe.checks if c.name in ("length", "bend")]
    (ended,) = [
        one
        for one in moves(frames, variant)
        if [c.value for c in one.checks if c.name in ("length", "bend")] == same
    ]
    assert ended.kind is None
    assert [check.name for check in ended.checks if not check.holds] == ["length"]


def came_back() -> Scene:
    scene = Scene(engaged=True).hold(palm(), 400).move(palm(), 3, 0, 300).hold(palm(), 200)
    return scene.move(palm(), -3, 0, 300).hold(palm(), 200)


def did_not_rest() -> Scene:
    scene = Scene(30, engaged=True).hold(palm(), 400).move(palm(), 1, 1, 300)
    return scene.move(palm(), 3.5, 0, 300).hold(palm(), 300)


def talked() -> Scene:
    scene = Scene(30, engaged=True).hold(palm(), 500)
    for dx, dy in ((1.5, 1.5), (-1.5, 1.2), (1.4, -1.5), (-1.5, -1.2)):
        scene.move(palm(), dx, dy, 220).hold(palm(), 120)
    return scene.hold(palm(), 300).move(palm(), 3.5, 0, 300).hold(palm(), 200)


@pytest.mark.parametrize(
    ("scene", "refused", "limit"),
    [
        (came_back, Refusal.RETURN_STROKE, "since_ms"),
        (did_not_rest, Refusal.TOO_SOON, "rest_moved"),
        (talked, Refusal.BUSY, "quick_moves"),
    ],
)
def test_a_refused_move_says_by_which_limit(
    scene: Callable[[], Scene], refused: Refusal, limit: str
) -> None:
    (move,) = [
        one for one in moves(scene().frames, engaged=True) if one.kind and one.refused is refused
    ]
    assert limit in [check.name for check in move.checks if not check.holds]


BEGIN = (GestureKind.PINCH_TAP, GestureKind.GRAB_DRAG, GestureKind.SPREAD, GestureKind.SQUEEZE)


@pytest.mark.parametrize("kind", [*BEGIN, GestureKind.TIMEOUT])
def test_what_fires_keeps_every_limit_that_is_told(kind: GestureKind) -> None:
    fired = [
        tried
        for moment in trace(perform(kind, Scene(30)).frames)
        for tried in moment.tried
        if tried.kind is kind and {(kind, "fired"), (kind, "began")} & told(moment)
    ]
    assert fired
    assert all(one.broken == 0 and one.refused is None for one in fired)


def told(moment: Moment) -> set[tuple[GestureKind, str]]:
    return {(event.kind, event.phase.value) for event in moment.events}


@pytest.mark.parametrize(
    ("kind", "field", "value", "limit"),
    [
        (GestureKind.PINCH_TAP, "pinch.rest_ms", 5000, "rest_ms"),
        (GestureKind.PINCH_TAP, "pinch.closed", 0.01, "gap"),
        (GestureKind.PINCH_TAP, "pinch.others", -1.0, "others_changed"),
        (GestureKind.GRAB_DRAG, "grab.rest_ms", 5000, "rest_ms"),
        (GestureKind.GRAB_DRAG, "grab.length", 50.0, "gone"),
        (GestureKind.SPREAD, "two_hands.spread", 9.0, "gap_ratio"),
        (GestureKind.SPREAD, "two_hands.rest_ms", 9000, "rest_ms"),
        (GestureKind.SQUEEZE, "two_hands.squeeze", 0.01, "gap_ratio"),
        (GestureKind.SQUEEZE, "two_hands.turn_deg", -1.0, "off_line_deg"),
        (GestureKind.TIMEOUT, "timeout.hold_ms", 60000, "held"),
        (GestureKind.TIMEOUT, "timeout.accept", 1.1, "t_grade"),
    ],
)
def test_what_does_not_fire_says_which_limit_it_breaks(
    kind: GestureKind, field: str, value: float, limit: str
) -> None:
    """A limit that nothing keeps: nothing fires, and some attempt is told to break just that."""
    group, name = field.split(".")
    changed = msgspec.structs.replace(getattr(Tuning(), group), **{name: value})
    variant = Variant("strict", msgspec.structs.replace(Tuning(), **{group: changed}))
    moments = list(trace(perform(kind, Scene(30)).frames, variant))
    assert kind not in [event.kind for moment in moments for event in moment.events]
    tried = [one for moment in moments for one in moment.tried if one.kind is kind]
    broken = [[check.name for check in one.checks if not check.holds] for one in tried]
    assert [limit] in broken


def test_a_moment_without_a_hand_has_no_measures() -> None:
    moments = list(trace(read(SWIPE).frames))
    assert moments[-1].values == {}
    assert shape(moments[-1], Tuning()) is None
    seen = next(m for m in moments if m.values)
    assert tuple(seen.values) == MEASURED


def test_how_a_hand_must_be_held_is_told_as_the_recogniser_has_it() -> None:
    frames = [frame for file in FILES for frame in read(file).frames]
    hands = [measure(hand, frame.aspect) for frame in frames for hand in frame.hands]
    for kind in Tuning().hold.hold_ms:
        for hand in filter(None, hands):
            told = all(check.holds for check in carriage(kind, hand))
            assert told is _held_up(kind, hand)


@pytest.mark.parametrize(
    ("check", "holds"),
    [
        (Check("x", 1.0), True),
        (Check("x", 1.0, least=1.0), True),
        (Check("x", 1.0, most=0.9), False),
        (Check("x", 1.0, 1.1, 2.0), False),
    ],
)
def test_a_limit_includes_its_bounds(check: Check, holds: bool) -> None:
    assert check.holds is holds


class TestVariant:
    def test_what_is_not_named_stays_as_shipped(self, tmp_path: Path) -> None:
        file = tmp_path / "loose.toml"
        file.write_text("lost_ms = 600\n[hold.hold_ms]\nvictory = 300\n[swipe]\nlength = 1.5\n")
        variant = read_variant(file)
        assert variant.name == "loose"
        assert variant.network is None
        assert (variant.tuning.lost_ms, variant.tuning.swipe.length) == (600, 1.5)
        assert variant.tuning.hold.hold_ms[GestureKind.VICTORY] == 300
        assert variant.tuning.hold.hold_ms[GestureKind.CALL] == 800

    def test_other_weights_lie_beside_it(self, tmp_path: Path) -> None:
        shipped = Path("gestures/model/shapes.json")
        (tmp_path / "new.json").write_bytes((Path.cwd() / shipped).read_bytes())
        (tmp_path / "new.toml").write_text('weights = "new.json"\n')
        variant = read_variant(tmp_path / "new.toml")
        frames = read(SWIPE).frames
        before = [m.grades for m in trace(frames)]
        assert [m.grades for m in trace(frames, variant)] == before
        (tmp_path / "new.toml").write_text('weights = "gone.json"\n')
        with pytest.raises(ModelError, match=r"gone\.json"):
            read_variant(tmp_path / "new.toml")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[swipe]\nlenght = 1\n", "lenght"),
            ('[swipe]\nlength = "far"\n', "length"),
            ("[swipe\n", "no TOML"),
            ("weights = 3\n", "weights"),
        ],
    )
    def test_a_mistake_is_named(self, tmp_path: Path, text: str, told: str) -> None:
        file = tmp_path / "bad.toml"
        file.write_text(text)
        with pytest.raises(VariantError, match=told) as raised:
            read_variant(file)
        assert "bad.toml" in str(raised.value)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(VariantError, match=r"gone\.toml"):
            read_variant(tmp_path / "gone.toml")
