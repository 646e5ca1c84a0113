"""Training makes the same weights from the same hands, and damaged weights are told as such."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gestures.errors import ModelError
from gestures.network import SHAPES, WEIGHTS, load
from gestures.training.command import main
from gestures.training.data import held_out, own_frame, read_examples
from gestures.training.lessons import lessons
from tests.helpers.hands import fist, mirrored, palm, point, three

HANDS = {"palm": palm, "one": point, "peace": three, "three2": three, "four": palm}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five signs of eight people, and one that nobody knows."""
    rng = np.random.default_rng(7)
    lines = [
        _still(f"p{person}", label, rng)
        for person in range(8)
        for label in (*HANDS, "digit9_okfist", "no such sign")
    ]
    _write(tmp_path, lines)
    return tmp_path


def _still(person: str, label: str, rng: np.random.Generator) -> dict[str, Any]:
    hand = HANDS.get(label, fist)()
    world = np.array(hand.world) + rng.normal(0, 0.002, (21, 3))
    shown = {"handedness": hand.side, "score": 0.9, "lm": hand.lm, "world": world.tolist()}
    name = f"{label}/{person}.jpg"
    return {"file": name, "source": "made", "label": label, "person": person, "hands": [shown]}


def _write(folder: Path, lines: list[dict[str, Any]]) -> None:
    with gzip.open(folder / "index.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


def _trained(folder: Path, name: str) -> tuple[bytes, bytes]:
    out = folder / name / "w.json"
    out.parent.mkdir()
    assert main(["--data", str(folder), "--out", str(out), "--per-pattern", "2"]) == 0
    return out.read_bytes(), out.with_suffix(".md").read_bytes()


@pytest.mark.slow
def test_the_same_hands_give_the_same_weights_and_card(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, again = _trained(folder, "a"), _trained(folder, "b")
    assert first == again
    unseen = [f"p{n}" for n in range(8) if held_out(f"p{n}")]
    assert unseen
    assert ", ".join(sorted(unseen)) in first[1].decode()
    told = capsys.readouterr()
    assert "not known to this program" in told.out  # the licence of a source it has not met
    assert "fold 5 of 5" in told.err


def test_a_sign_that_is_left_out_is_not_shown(folder: Path) -> None:
    examples = read_examples(folder)
    every, fewer = (lessons(examples, 1, 0, without=label) for label in ("", "four"))
    assert len(fewer.classes) < len(every.classes)
    assert set(fewer.classes) == set(every.classes) == set(range(len(SHAPES)))


@pytest.mark.parametrize("label", ["palm", "no such sign"])
def test_hands_that_nothing_can_be_made_of_are_refused(
    tmp_path: Path, label: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(tmp_path, [_still("p1", label, np.random.default_rng(1))])
    out = tmp_path / "w.json"
    assert main(["--data", str(tmp_path), "--out", str(out)]) == 2
    assert "index.jsonl.gz:0: no " in capsys.readouterr().err
    assert not out.exists()


def test_no_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_left_hand_lies_in_its_own_frame_like_its_mirror_image() -> None:
    hand = palm()
    one, other = (own_frame(np.array(h.world), h.side == "left") for h in (hand, mirrored(hand)))
    assert one is not None
    assert other is not None
    assert one == pytest.approx(other, abs=1e-12)


def test_the_shipped_weights_are_whole() -> None:
    network = load(WEIGHTS)
    assert network.out_bias.shape == (len(SHAPES),)
    assert WEIGHTS.stat().st_size < 200_000


def damage(name: str, text: str) -> str:
    if name == "cut short":
        return text[: len(text) // 2]
    if name == "a digit changed":
        at = text.index("0.")
        return text[: at + 2] + str((int(text[at + 2]) + 1) % 10) + text[at + 3 :]
    if name == "another version":
        return text.replace('"schema":1', '"schema":9')
    return "" if name == "empty" else '{"weights": []}'


@pytest.mark.parametrize(
    "name", ["cut short", "a digit changed", "another version", "empty", "something else"]
)
def test_damaged_weights_are_told_with_their_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "shapes.json"
    path.write_text(damage(name, WEIGHTS.read_text("utf-8")), "utf-8")
    with pytest.raises(ModelError, match=r"shapes\.json: "):
        load(path)


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"can't be read .*restore"):
        load(tmp_path / "shapes.json")
