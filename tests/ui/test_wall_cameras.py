"""What the wall says of its cameras: a live one is as old as the picture on the wall."""

from pathlib import Path
from typing import cast

from kiosk.app.cameras import Cameras
from kiosk.app.hub import Hub
from kiosk.ui.charts.camera_model import Wanted
from kiosk.wire.city import Camera
from kiosk.wire.messages import CameraState, Message, ShowCameras
from kiosk.wire.rings import RingWriter, ring_path
from kiosk.wire.text import Text

PLAZA = Camera(
    "plaza", 1, Text("광장", "Plaza"), 37.5, 127.0, "11110", "plaza", "http://127.0.0.1/p.mjpg"
)


class Ear:
    """A hub that only listens."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, worker: str, message: Message) -> bool:
        assert worker == "video"
        self.sent.append(message)
        return True


def test_a_live_camera_is_as_old_as_its_newest_picture(tmp_path: Path) -> None:
    cameras = Cameras(cast(Hub, Ear()), tmp_path, 12.0)
    cameras.receive(CameraState("plaza", "live", frame_t_ms=1_000))
    assert cameras.current()["plaza"].frame_t_ms == 1_000
    ring = ring_path(tmp_path, "plaza")
    ring.parent.mkdir()
    writer = RingWriter(ring, 4, 2)
    writer.write(bytes(4 * 2 * 4), 9_000)
    assert cameras.frames.latest("plaza", 0) is not None
    assert cameras.current()["plaza"].frame_t_ms == 9_000
    writer.close(remove=True)
    cameras.close()
    assert cameras.current()["plaza"].frame_t_ms == 1_000


def test_the_same_wish_is_told_once_and_to_a_new_video_process_again(tmp_path: Path) -> None:
    ear = Ear()
    cameras = Cameras(cast(Hub, ear), tmp_path, 12.0)
    cameras.show({"plaza": Wanted(320, 180)})
    assert ear.sent == [ShowCameras(())]
    cameras.take_rows((PLAZA,))
    for _ in range(3):
        cameras.show({"plaza": Wanted(320, 180)})
    assert len(ear.sent) == 2
    assert isinstance(ear.sent[1], ShowCameras)
    assert [view.camera for view in ear.sent[1].views] == ["plaza"]
    cameras.came("video")
    cameras.show({"plaza": Wanted(320, 180)})
    assert len(ear.sent) == 3
    cameras.close()
