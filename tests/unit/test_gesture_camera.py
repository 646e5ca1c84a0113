"""Cameras and recordings: what is missing, busy, lost or unreadable says so."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from gestures import camera
from gestures.camera import Camera, Picture, open_camera
from gestures.crop import Crop, tiles
from gestures.errors import (
    CameraBusyError,
    CameraLostError,
    CameraMissingError,
    UnreadableFileError,
)
from gestures.landmarker import cut

SIZE = (640, 480)


def opened(source: str | Path, now: int = 0, fps: float = 15.0) -> Camera:
    return open_camera(str(source), SIZE, lambda: now, fps)


def all_of(source: Camera) -> list[Picture]:
    pictures = []
    while (picture := source.read()) is not None:
        pictures.append(picture)
    source.close()
    return pictures


def grey(value: int) -> Any:
    return np.full((48, 64, 3), value, np.uint8)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (64, 48))
    for value in range(60):
        writer.write(grey(value))
    writer.release()
    return path


def test_a_video_runs_on_its_own_times_at_the_rate_that_is_asked(video: Path) -> None:
    pictures = all_of(opened(video))
    times = [picture.t_ms for picture in pictures]
    assert times == sorted(set(times))
    assert 28 <= len(times) <= 31  # two seconds at 15 a second
    assert pictures[0].rgb.shape == (48, 64, 3)
    assert len(all_of(opened(video, fps=60))) == 60


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for index, value in enumerate((30, 10, 20)):
        cv2.imwrite(str(tmp_path / f"{2 - index}.png"), grey(value))
    pictures = all_of(opened(tmp_path))
    assert [int(p.rgb[0, 0, 0]) for p in pictures] == [20, 10, 30]
    assert [p.t_ms for p in pictures] == [0, 66, 132]


def test_pictures_are_rgb(tmp_path: Path) -> None:
    blue = np.zeros((8, 8, 3), np.uint8)
    blue[:, :, 0] = 255  # OpenCV's own order
    cv2.imwrite(str(tmp_path / "blue.png"), blue)
    assert all_of(opened(tmp_path / "blue.png"))[0].rgb[0, 0].tolist() == [0, 0, 255]


@pytest.mark.parametrize("name", ["text.mp4", "text.png", "text.gif"])
def test_what_is_no_picture_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("no picture")
    with pytest.raises(UnreadableFileError, match=name):
        all_of(opened(tmp_path / name))


def test_an_empty_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="without pictures"):
        opened(tmp_path)
    with pytest.raises(CameraMissingError, match="no such file"):
        opened(tmp_path / "none.mp4")


def test_a_camera_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "DEVICES", tmp_path)
    with pytest.raises(CameraMissingError, match="plugged in"):
        opened("0")


def test_a_camera_that_another_program_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "video63").touch()
    monkeypatch.setattr(camera, "DEVICES", tmp_path)
    with pytest.raises(CameraBusyError, match="another program"):
        opened("63")
    held = Plug(0)  # opens, but streams for somebody else
    monkeypatch.setattr(cv2, "VideoCapture", lambda *_: held)
    with pytest.raises(CameraBusyError, match="another program"):
        opened("63")


def test_an_address_that_does_not_answer_keeps_its_password() -> None:
    with pytest.raises(CameraMissingError) as caught:
        opened("rtsp://mayor:secret@127.0.0.1:9/live")
    assert "secret" not in str(caught.value)
    assert "127.0.0.1:9/live" in str(caught.value)


def test_an_address_is_a_live_camera_until_it_breaks_off(video: Path) -> None:
    handler = partial(QuietHandler, directory=str(video.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            times = iter(range(0, 90_000, 100))
            address = f"http://127.0.0.1:{server.server_port}/{video.name}"
            source = open_camera(address, SIZE, lambda: next(times), 15.0)
            assert source.live
            first = source.read()
            assert first is not None
            assert first.rgb.shape == (48, 64, 3)
            with pytest.raises(CameraLostError, match="broken off"):
                all_of(source)
            source.close()
        finally:
            server.shutdown()
            thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Plug:
    """A camera device that is unplugged after some pictures."""

    def __init__(self, pictures: int) -> None:
        self.left = pictures

    def grab(self) -> bool:
        self.left -= 1
        return self.left >= 0

    def retrieve(self) -> tuple[bool, Any]:
        return True, grey(9)

    def isOpened(self) -> bool:
        return True

    def set(self, *_: object) -> bool:
        return True

    def release(self) -> None:
        self.left = 0


def test_an_unplugged_camera_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "video0").touch()
    monkeypatch.setattr(camera, "DEVICES", tmp_path)
    monkeypatch.setattr(cv2, "VideoCapture", lambda *_: Plug(10))
    times = iter(range(1000, 9000, 33))
    source = open_camera("0", SIZE, lambda: next(times), 15.0)
    seen = [source.read() for _ in range(4)]
    steps = [b.t_ms - a.t_ms for a, b in pairwise(seen) if a and b]
    assert steps == [66, 66, 66]  # every second picture of a 30 fps camera is skipped
    with pytest.raises(CameraLostError, match="unplugged"):
        all_of(source)


def test_a_cut_reaches_over_the_edge_in_black() -> None:
    rgb = np.full((100, 200, 3), 130, np.uint8)
    whole = cut(rgb, tiles(200, 100)[0])
    assert whole.shape == (200, 200, 3)
    assert whole[:50].max() == 0
    assert whole[50:150].min() == 130


def test_a_large_cut_is_halved() -> None:
    rgb = np.full((2160, 3840, 3), 130, np.uint8)
    whole = cut(rgb, tiles(3840, 2160)[0])
    assert whole.shape == (960, 960, 3)
    assert whole[480, 480].tolist() == [130, 130, 130]
    assert whole[:208].max() == 0


def test_a_cut_of_a_dark_picture_is_lit_up_and_smooth() -> None:
    noise = np.random.default_rng(3).integers(10, 31, (400, 400, 3)).astype(np.uint8)
    lit = cut(noise, Crop(0, 0, 400))
    assert 90 <= lit.mean() <= 110
    assert lit.std() / lit.mean() < 0.5 * noise.std() / noise.mean()
    edge = cut(noise, Crop(-200, 0, 400))  # the black beside it is no darkness
    assert 90 <= edge[:, 200:].mean() <= 110
