"""`gestures replay`: one line an answer, nothing else on standard output, bad files named."""

import json
from pathlib import Path

import pytest

from gestures.cli import main
from tests.helpers.hands import DEMO

CLIP = DEMO / "palm_swipe_down.jsonl"


def test_events_of_a_session_as_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(CLIP), "--json"]) == 0
    out = capsys.readouterr().out
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["kind"] for line in lines] == ["palm_hold", "swipe_down"]
    assert list(lines[0]) == ["file", "t_ms", "kind", "phase", "hand", "score"]
    assert lines[0]["file"] == str(CLIP)


def test_engaged_starts_with_the_clutch_closed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(CLIP), "--json", "--engaged"]) == 0
    kinds = [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["swipe_down"]


def test_for_a_person_it_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(CLIP)]) == 0
    assert "1.73 s  swipe_down fired" in capsys.readouterr().out


def test_a_bad_file_is_named_and_the_others_are_still_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(CLIP.read_text().splitlines()[0] + "\n{}\n")
    missing = tmp_path / "missing.gif"
    assert main(["replay", str(bad), str(missing), str(CLIP), "--json"]) == 2
    told = capsys.readouterr()
    assert [json.loads(line)["kind"] for line in told.out.splitlines()] == [
        "palm_hold",
        "swipe_down",
    ]
    assert f"{bad}:2: " in told.err
    assert str(missing) in told.err


@pytest.mark.parametrize("argv", [[], ["replay"], ["fly"]])
def test_wrong_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.slow
def test_stills_one_line_each(shared: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = shared / "gestures" / "data" / "hagrid_tiles"
    paths = [str(folder / name) for name in ("palm", "like", "rock")]
    assert main(["replay", *paths, "--json"]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [line["kind"] for line in lines] == ["palm_hold", "thumb_up", "none"]
    assert list(lines[0]) == ["file", "kind", "score", "hands"]
