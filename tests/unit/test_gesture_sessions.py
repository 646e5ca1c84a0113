"""Recorded sessions: what is written is read back, and what is bad is named with its line."""

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gestures.errors import SessionError
from gestures.events import GestureKind
from gestures.session import Header, Label, Session, SessionWriter, is_session, read, write
from tests.helpers.hands import demo, mirrored

HEADER = {"type": "header", "schema": "hands/1", "aspect": 1.5}
POINTS = [[0.1, 0.2, 0.3]] * 21
HAND = {"side": "left", "score": 0.9, "lm": POINTS, "world": POINTS}
LABEL = {"type": "label", "t_ms": 1, "kind": "call"}
FRAME: dict[str, Any] = {"type": "frame", "t_ms": 0, "hands": [HAND]}


def lines(path: Path, *objects: object) -> Path:
    path.write_text("".join(json.dumps(obj) + "\n" for obj in objects), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_a_session_comes_back_as_it_was_written(tmp_path: Path, suffix: str) -> None:
    session = demo("palm_swipe_down")
    path = tmp_path / f"again{suffix}"
    write(path, session)
    again = read(path)
    assert again.labels == session.labels
    assert [f.t_ms for f in again.frames] == [f.t_ms for f in session.frames]
    assert again.frames == session.frames
    assert is_session(path)
    before = path.read_bytes()
    write(path, session)
    assert path.read_bytes() == before


def test_a_mirrored_recording_is_turned_back(tmp_path: Path) -> None:
    plain = demo("palm_swipe_down")
    flipped = [
        {"t_ms": f.t_ms, "hands": [msgspec.to_builtins(mirrored(hand)) for hand in f.hands]}
        for f in plain.frames
    ]
    path = lines(tmp_path / "mirrored.jsonl", {**HEADER, "mirrored": True}, *flipped)
    session = read(path)
    hand, expected = (frames[10].hands[0] for frames in (session.frames, plain.frames))
    assert hand.side == expected.side
    assert hand.lm[8] == pytest.approx(expected.lm[8])
    assert hand.world[8] == pytest.approx(expected.world[8])
    again = tmp_path / "again.jsonl"
    write(again, session)  # what was turned back is not turned again
    assert read(again).frames[10].hands[0].lm[8] == pytest.approx(hand.lm[8], abs=1e-4)


def test_landmark_files_without_proportions_get_them_from_the_hands(tmp_path: Path) -> None:
    session = demo("palm_swipe_right_left")
    frames = [
        {"t_ms": f.t_ms, "hands": [msgspec.to_builtins(hand) for hand in f.hands]}
        for f in session.frames
    ]
    header = {"type": "header", "format": "lab.landmarks/1", "mirrored": False}
    again = read(lines(tmp_path / "plain.jsonl", header, *frames))
    assert again.frames[0].aspect == pytest.approx(session.frames[0].aspect, rel=0.08)


@pytest.mark.parametrize(
    ("objects", "line", "says"),
    [
        ((), 1, "header"),
        ((FRAME,), 1, "header"),
        (({**HEADER, "schema": "hands/9"},), 1, "hands/9"),
        (({**HEADER, "aspect": -1},), 1, "aspect"),
        ((HEADER, FRAME, {**FRAME, "t_ms": 0}), 3, "times must rise"),
        ((HEADER, {**FRAME, "t_ms": -5}), 2, "times must rise"),
        ((HEADER, {**FRAME, "hands": [HAND] * 17}), 2, "17 hands"),
        ((HEADER, {**FRAME, "hands": [{**HAND, "lm": POINTS[:20]}]}), 2, "20 and 21 points"),
        ((HEADER, {**FRAME, "hands": [{**HAND, "side": "middle"}]}), 2, "side"),
        ((HEADER, {**FRAME, "hands": [{**HAND, "score": float("nan")}]}), 2, ""),
        ((HEADER, {**FRAME, "t_ms": "soon"}), 2, "t_ms"),
        ((HEADER, FRAME, ["no", "object"]), 3, "object"),
        ((HEADER, {"type": "label", "t_ms": 1}), 2, "label"),
        ((HEADER, {**LABEL, "start_ms": 2, "t_ms": 1}), 2, "from 2 to 1"),
        ((HEADER, {**LABEL, "start_ms": -1}), 2, "start_ms"),
        ((HEADER, {**LABEL, "kind": "salute"}), 2, "kind"),
        (({**HEADER, "fps": 0},), 1, "fps"),
        (({**HEADER, "distance_m": -2},), 1, "distance_m"),
    ],
)
def test_bad_lines_are_named(
    tmp_path: Path, objects: tuple[object, ...], line: int, says: str
) -> None:
    path = lines(tmp_path / "bad.jsonl", *objects)
    with pytest.raises(SessionError) as caught:
        read(path)
    assert caught.value.line == line
    assert f"{path}:{line}: " in str(caught.value)
    assert says in str(caught.value)


def test_a_label_without_a_start_is_a_moment(tmp_path: Path) -> None:
    span = {**LABEL, "start_ms": 5, "t_ms": 9}
    labels = read(lines(tmp_path / "old.jsonl", HEADER, LABEL, span)).labels
    assert labels == (Label(1, 1, GestureKind.CALL), Label(5, 9, GestureKind.CALL))


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_a_killed_recorder_leaves_a_readable_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"killed{suffix}"
    session = demo("palm_swipe_down")
    writer = SessionWriter(path, session.header)
    for frame in session.frames:
        writer.frame(frame)
    left = read(path).frames  # nothing has closed it
    writer.close()
    writer.close()
    assert left
    assert left[-1].t_ms >= session.frames[-1].t_ms - 1000
    assert read(path).frames == session.frames


def test_a_truncated_gzip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    write(path, demo("palm_swipe_down"))
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(SessionError, match="can't be read after line") as caught:
        read(path)
    assert caught.value.line > 0


def test_what_is_no_gzip_and_no_text_is_named(tmp_path: Path) -> None:
    for name, data in (("a.jsonl.gz", b"no gzip"), ("b.jsonl", b"\xff\xfe\x00\x01\n")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SessionError, match=name):
            read(tmp_path / name)


def test_a_half_written_last_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl"
    path.write_text(json.dumps(HEADER) + "\n" + json.dumps(FRAME)[:50], encoding="utf-8")
    with pytest.raises(SessionError) as caught:
        read(path)
    assert caught.value.line == 2


def test_ten_hands_are_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "ten.jsonl", HEADER, {**FRAME, "hands": [HAND] * 10})
    assert len(read(path).frames[0].hands) == 10


def test_no_pixels_no_surprises_in_the_header(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl.gz"
    write(path, Session(Header(model="m", aspect=1.5), ()))
    with gzip.open(path, "rt") as file:
        assert json.loads(file.readline())["schema"] == "hands/1"
