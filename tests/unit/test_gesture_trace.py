"""What the viewer asks of the recogniser: watched as it is, it says by which limit it goes."""

from pathlib import Path

import msgspec
import pytest

from gestures.errors import ModelError
from gestures.events import GestureKind, Refusal
from gestures.features import measure
from gestures.hold import _held_up
from gestures.look import Check
from gestures.replay import replay_stream
from gestures.session import read
from gestures.swipe import limits
from gestures.trace import MEASURED, carriage, trace, why
from gestures.tuning import Tuning
from gestures.variant import Variant, VariantError, read_variant
from tests.helpers.hands import DEMO

SWIPE = DEMO / "palm_swipe_down.jsonl"
FILES = sorted([*DEMO.glob("*.jsonl"), *(DEMO / "made").glob("*.jsonl.gz")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.split(".")[0])
def test_it_says_what_a_replay_says(file: Path) -> None:
    moments = list(trace(read(file).frames))
    told = [event for moment in moments for event in moment.events]
    assert told == list(replay_stream(file, engaged=False))


def test_a_swipe_keeps_every_limit_and_a_stricter_version_says_which_it_breaks() -> None:
    frames = read(SWIPE).frames
    every = [m.judged for m in trace(frames) if m.judged is not None]
    (judged,) = [one for one in every if one.kind is not None and one.refused is None]
    assert judged.kind is GestureKind.SWIPE_DOWN
    assert all(check.holds for check in limits(judged.stroke, Tuning().swipe))
    strict = msgspec.structs.replace(Tuning().swipe, length=judged.stroke.length + 0.1)
    broken = [check.name for check in limits(judged.stroke, strict) if not check.holds]
    assert broken == ["length"]
    variant = Variant("strict", msgspec.structs.replace(Tuning(), swipe=strict))
    ended = next(m for m in trace(frames, variant) if m.judged and m.judged.stroke == judged.stroke)
    assert ended.judged == judged._replace(kind=None)
    assert [c.name for c in why(ended, variant.tuning) if not c.holds][:1] == ["length"]


def test_a_refused_move_says_why() -> None:
    session = read(DEMO / "palm_swipe_right_left.jsonl")
    refused = [m.judged.refused for m in trace(session.frames) if m.judged is not None]
    assert set(refused) <= {None, *Refusal}
    assert len([m for m in trace(session.frames) if m.judged and m.judged.kind]) >= 2


def test_a_moment_without_a_hand_has_no_measures() -> None:
    moments = list(trace(read(SWIPE).frames))
    assert moments[-1].values == {}
    assert why(moments[-1], Tuning()) == ()
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
