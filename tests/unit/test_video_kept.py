"""Pictures kept for a start without network: one a camera, in bounded room, not for long."""

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from kiosk.core.clock import ManualClock
from kiosk.settings.model import VideoSettings
from kiosk.video.kept import KeptPictures

HOUR_MS = 3_600_000


def planes(value: int, size: tuple[int, int] = (480, 270)) -> Any:
    picture = np.full((size[1], size[0], 3), value, np.uint8)
    return av.VideoFrame.from_ndarray(picture, format="bgr24").reformat(format="yuv420p")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def kept(folder: Path, clock: ManualClock, **fields: float) -> KeptPictures:
    return KeptPictures(folder, VideoSettings(**fields), clock)  # type: ignore[arg-type]


def test_the_last_picture_of_a_minute_comes_back_in_its_colours(
    tmp_path: Path, clock: ManualClock
) -> None:
    first, begin_ms = kept(tmp_path, clock), clock.now_ms()
    for second in (0, 30, 59, 61):
        first.offer("a", planes(100 + second), begin_ms + second * 1000)
    clock.advance(120_000)
    found = kept(tmp_path, clock).find("a")
    assert found is not None
    assert found.t_ms == begin_ms + 61_000
    pixels = found.bgra(240, 136)
    assert abs(int(pixels[60, 400]) - 161) <= 6
    assert len(list(tmp_path.iterdir())) == 1
    assert kept(tmp_path, clock).find("b") is None


def test_names_of_files_tell_nothing_of_the_camera(tmp_path: Path, clock: ManualClock) -> None:
    kept(tmp_path, clock).offer("시청 앞/../x", planes(100), clock.now_ms())
    (file,) = tmp_path.iterdir()
    assert "시청" not in file.name
    assert file.parent == tmp_path


def test_what_has_expired_is_neither_shown_nor_kept(tmp_path: Path, clock: ManualClock) -> None:
    kept(tmp_path, clock, kept_h=2).offer("a", planes(100), clock.now_ms())
    clock.advance(2 * HOUR_MS + 1)
    assert kept(tmp_path, clock, kept_h=2).find("a") is None
    assert list(tmp_path.iterdir()) == []


def test_a_picture_from_the_future_is_not_believed(tmp_path: Path, clock: ManualClock) -> None:
    kept(tmp_path, clock).offer("a", planes(100), clock.now_ms() + 3 * HOUR_MS)
    assert kept(tmp_path, clock).find("a") is None


def test_the_oldest_make_room(tmp_path: Path, clock: ManualClock) -> None:
    rng = np.random.default_rng(1)
    subject, count = kept(tmp_path, clock, kept_mb=1), 12
    for n in range(count):
        noise = rng.integers(0, 255, (480, 640, 3), dtype=np.uint8)
        picture = av.VideoFrame.from_ndarray(noise, format="bgr24").reformat(format="yuv420p")
        subject.offer(f"c{n}", picture, clock.now_ms() + n)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 1_000_000
    found = [n for n in range(count) if subject.find(f"c{n}") is not None]
    assert found == list(range(count - len(found), count))
    assert 0 < len(found) < count


def test_nothing_is_kept_when_the_policy_says_so(tmp_path: Path, clock: ManualClock) -> None:
    kept(tmp_path / "none", clock, kept_h=0).offer("a", planes(100), clock.now_ms())
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("content", [b"", b"no picture", bytes(5000)])
def test_a_file_that_is_no_picture_is_passed_over(
    tmp_path: Path, clock: ManualClock, content: bytes
) -> None:
    subject = kept(tmp_path, clock)
    subject.offer("a", planes(100), clock.now_ms())
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert subject.find("a") is None


def test_a_folder_that_takes_no_file_breaks_nothing(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "file").write_text("in the way")
    subject = kept(tmp_path / "file", clock)
    subject.offer("a", planes(100), clock.now_ms())
    assert subject.find("a") is None
