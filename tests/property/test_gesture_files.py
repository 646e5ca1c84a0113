"""No file crashes the replay: a clear error with its name, and the other files are still done."""

import gzip
import json
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gestures.replay import main
from tests.helpers.hands import DEMO

GOOD = DEMO / "palm_swipe_down.jsonl"
LINES = GOOD.read_bytes().splitlines()

SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


class Said:
    """What a replay says of a file that may be bad and of a good one after it."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, bad: Path) -> tuple[int, str]:
        """Exit code and what stands on standard error; the good file is always done."""
        code = main(["--json", str(bad), str(GOOD)])
        out, err = self._capsys.readouterr()
        events = [json.loads(line) for line in out.splitlines()]
        assert [e["kind"] for e in events if e["file"] == str(GOOD)][-1:] == ["swipe_down"]
        assert code == (2 if err else 0)
        assert not err or bad.name in err
        return code, err


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


@SETTINGS
@given(data=st.binary(max_size=200), packed=st.booleans())
def test_any_bytes(said: Said, tmp_path: Path, data: bytes, packed: bool) -> None:
    path = tmp_path / ("bytes.jsonl.gz" if packed else "bytes.jsonl")
    path.write_bytes(data)
    assert said(path)[0] == 2


@SETTINGS
@given(at=st.integers(0, len(LINES) - 1), value=JSON)
def test_any_json_in_any_line(said: Said, tmp_path: Path, at: int, value: Any) -> None:
    path = tmp_path / "line.jsonl"
    lines = [*LINES[:at], json.dumps(value).encode(), *LINES[at + 1 :]]
    path.write_bytes(b"\n".join(lines))
    code, err = said(path)
    assert code == 2
    assert f"line.jsonl:{at + 1}:" in err


@SETTINGS
@given(data=st.data())
def test_any_value_in_a_hand(said: Said, tmp_path: Path, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([i for i, line in enumerate(LINES) if b'"lm"' in line]))
    frame = json.loads(LINES[at])
    hand = frame["hands"][0]
    points = hand[data.draw(st.sampled_from(["lm", "world"]))]
    points[data.draw(st.integers(0, 20))] = data.draw(JSON | st.lists(st.floats(), max_size=4))
    path = tmp_path / "hand.jsonl"
    path.write_bytes(b"\n".join([*LINES[:at], json.dumps(frame).encode(), *LINES[at + 1 :]]))
    said(path)


@SETTINGS
@given(cut=st.integers(1, len(gzip.compress(GOOD.read_bytes(), mtime=0)) - 1))
def test_a_packed_session_that_breaks_off(said: Said, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(GOOD.read_bytes(), mtime=0)[:cut])
    assert said(path)[0] == 2


def test_ten_hands_in_a_frame_are_no_error(said: Said, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in LINES]
    for frame in lines:
        if "hands" in frame:
            frame["hands"] = frame["hands"][:1] * 10
    path = tmp_path / "ten.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    assert said(path)[0] == 0


def test_times_that_go_back_name_the_line(said: Said, tmp_path: Path) -> None:
    path = tmp_path / "back.jsonl"
    path.write_bytes(b"\n".join([*LINES[:6], LINES[3]]))
    code, err = said(path)
    assert (code, "back.jsonl:7:" in err) == (2, True)


def test_names_that_are_no_files(said: Said, tmp_path: Path) -> None:
    for name in ("none.mp4", "none.jsonl", "n" * 400, "folder.jsonl"):
        if name.startswith("folder"):
            (tmp_path / name).mkdir()
        assert said(tmp_path / name)[0] == 2


@pytest.mark.parametrize("name", ["text.mp4", "text.gif", "text.png", "empty.avi", "empty.jpg"])
def test_what_is_no_picture(said: Said, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("no picture" if name.startswith("text") else "")
    assert said(path)[0] == 2


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 2)])
def test_pictures_too_small_for_a_hand(said: Said, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "small.png"
    cv2.imwrite(str(path), np.zeros((*size, 3), np.uint8))
    assert said(path)[0] == 0


@pytest.mark.slow
def test_a_picture_of_48_megapixels(said: Said, tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    cv2.imwrite(str(path), np.full((6000, 8000, 3), 90, np.uint8))
    assert said(path)[0] == 0


def test_a_clip_of_one_picture(said: Said, tmp_path: Path) -> None:
    path = tmp_path / "one.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (64, 48))
    writer.write(np.zeros((48, 64, 3), np.uint8))
    writer.release()
    assert said(path)[0] == 0


def test_a_folder_loses_only_its_broken_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "c"):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.zeros((48, 64, 3), np.uint8))
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes()[:30])
    assert main(["--json", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert [Path(json.loads(line)["file"]).name for line in out.splitlines()] == ["a.png", "c.png"]
    assert "b.png" in err


def clip_of(path: Path, pictures: int) -> bytes:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (64, 48))
    for value in range(pictures):
        writer.write(np.full((48, 64, 3), value, np.uint8))
    writer.release()
    return path.read_bytes()


def test_a_clip_that_breaks_off(said: Said, tmp_path: Path) -> None:
    path = tmp_path / "cut.avi"
    whole = clip_of(path, 60)
    path.write_bytes(whole[: len(whole) // 2])
    assert "broken off after" in said(path)[1]


def test_a_picture_that_breaks_off(said: Said, tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (48, 64, 3), np.uint8)
    for name in ("cut.jpg", "cut.png", "cut.webp", "cut.bmp"):
        cv2.imwrite(str(tmp_path / name), noise)
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) // 2])
        assert said(tmp_path / name)[0] == 2


def test_a_picture_that_says_it_is_larger_than_any_memory(said: Said, tmp_path: Path) -> None:
    size = struct.pack(">4sIIBBBBB", b"IHDR", 100_000, 100_000, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + size + struct.pack(">I", zlib.crc32(size))
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header)
    assert said(path)[0] == 2


def test_what_is_neither_a_file_nor_a_folder(said: Said, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")  # nobody writes to it: to read it would wait for ever
    assert said(tmp_path / "pipe.png")[0] == 2
    (tmp_path / "loose.png").symlink_to(tmp_path / "gone")
    assert said(tmp_path / "loose.png")[0] == 2


def test_names_in_any_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = cv2.imencode(".png", np.zeros((48, 64, 3), np.uint8))[1].tobytes()
    names = ("\uc190 \U0001f44d.png", os.fsdecode(b"\xff\xfe.png"))
    for name in names:
        (tmp_path / name).write_bytes(picture)
        assert main(["--json", str(tmp_path / name)]) == 0
    assert main(["--json", str(tmp_path / os.fsdecode(b"\xff.mp4"))]) == 2
    (tmp_path / os.fsdecode(b"\xff.mp4")).write_bytes(b"no clip")
    assert main(["--json", str(tmp_path / os.fsdecode(b"\xff.mp4"))]) == 2
    files = [json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()]
    assert [Path(file).name for file in files] == [names[0], r"\xff\xfe.png"]


def test_a_picture_is_known_by_what_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grey = np.zeros((48, 64, 3), np.uint8)
    for number, ending in enumerate((".png", ".jpg", ".tiff", ".gif")):
        path = tmp_path / f"photo{number}"
        path.write_bytes(cv2.imencode(ending, grey)[1].tobytes())
        assert main(["--json", str(path)]) == 0
        assert json.loads(capsys.readouterr().out)["kind"] == "none"
