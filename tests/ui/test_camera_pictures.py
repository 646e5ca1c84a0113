"""A kept picture: what is burnt in, where it lies, what is told; and the tour's clock."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from kiosk.app.camera_pictures import CameraPictures, burnt
from kiosk.app.camera_tour import CameraTour
from kiosk.app.cameras import Cameras
from kiosk.app.heart import Heart as AppHeart
from kiosk.app.hub import Hub
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Status
from kiosk.core.state import Place, replace
from kiosk.panels.cameras import tile
from kiosk.ui.charts.camera_model import Picture
from kiosk.ui.theme import make_theme
from kiosk.wire.city import Camera
from kiosk.wire.messages import CameraState, Region, SaveSnapshot
from kiosk.wire.rings import RingWriter, ring_path
from kiosk.wire.text import Text
from tests.helpers.heart import Heart

NAME = Text("남산1호터널/북단", "Namsan Tunnel 1, north")
TUNNEL = Camera("tunnel", 4, NAME, 37.5, 127.0, "11140", "tunnel", "rtsp://x/", simulated=True)
WIDTH, HEIGHT = 640, 360


class Desk:
    """A wall with one camera whose newest picture was taken, and what the kiosk was told."""

    def __init__(self, qtbot: QtBot, folder: Path, heart: Heart) -> None:
        self._qtbot = qtbot
        self.heart = heart
        self.folder = folder / "snapshots"
        self.cameras = Cameras(cast(Hub, object()), folder, 12.0)
        self.cameras.take_rows((TUNNEL,))
        now_ms = heart.clock.now_ms()
        self.cameras.receive(CameraState("tunnel", "live", frame_t_ms=now_ms - 200))
        ring = ring_path(folder, "tunnel")
        self.writer = RingWriter(ring, WIDTH, HEIGHT)
        self.writer.write(bytes((40, 90, 200, 255)) * (WIDTH * HEIGHT), now_ms - 200)
        self.pictures = CameraPictures(
            self.folder, 30, self.cameras, heart.intake, heart.clock, lambda: "ko"
        )

    def keep(self, camera: str = "tunnel") -> AuditRecord:
        before = len(self.heart.records)
        assert self.pictures.save(SaveSnapshot(camera))
        self._qtbot.waitUntil(lambda: len(self.heart.records) > before)
        return self.heart.records[-1]

    def close(self) -> None:
        self.pictures.close()
        self.cameras.close()
        self.writer.close(remove=True)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, Heart())
    yield made
    made.close()


def test_the_picture_on_the_wall_is_kept_and_its_path_told_and_written_down(desk: Desk) -> None:
    assert desk.cameras.frames.latest("tunnel", 0) is not None
    record = desk.keep()
    (file,) = desk.folder.iterdir()
    assert (record.command, record.status) == ("cctv.snapshot_told", Status.DONE)
    assert record.args["file"] == str(file)
    assert str(file) in record.reason.ko
    assert file.name.endswith(" 4 남산1호터널 북단.jpg"), "no stroke of a name leads elsewhere"
    kept = QImage(str(file))
    assert kept.width() == WIDTH
    assert kept.height() > HEIGHT
    assert QColor(kept.pixel(320, 100)).red() == pytest.approx(200, abs=12)


def test_a_camera_that_shows_nothing_is_told_and_nothing_is_written(desk: Desk) -> None:
    assert desk.keep().status is Status.UNAVAILABLE
    assert desk.keep("unknown").status is Status.UNAVAILABLE
    assert not desk.folder.exists()


def test_a_folder_that_cannot_be_written_is_told(desk: Desk) -> None:
    desk.cameras.frames.latest("tunnel", 0)
    desk.folder.write_text("a file in its way")
    record = desk.keep()
    assert record.status is Status.UNAVAILABLE
    assert "폴더" in record.reason.ko


def test_pictures_past_their_days_go_when_one_is_kept(desk: Desk) -> None:
    desk.cameras.frames.latest("tunnel", 0)
    desk.folder.mkdir()
    now_s = desk.heart.clock.now_ms() / 1000
    for name, days in (("old", 31), ("young", 29)):
        file = desk.folder / f"{name}.jpg"
        file.write_bytes(b"x")
        os.utime(file, (now_s - days * 86_400,) * 2)
    desk.keep()
    assert sorted(f.name[:3] for f in desk.folder.iterdir()) == ["202", "you"]


def written(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, **state: Any) -> list[str]:
    """The lines of the band under a picture."""
    from kiosk.ui.paint import Canvas

    lines: list[str] = []
    paragraph = Canvas.paragraph

    def noted(self: Canvas, text: Any, *args: Any, **more: Any) -> float:
        lines.append(text.ko)
        return paragraph(self, text, *args, **more)

    monkeypatch.setattr(Canvas, "paragraph", noted)
    now_ms = 1_795_325_520_000
    known: dict[str, Any] = {"state": "live", "frame_t_ms": now_ms - 200}
    told = CameraState("tunnel", **(known | state))
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    part = Region(0.25, 0.25, 0.5, 0.5)
    given = Picture(image, told.frame_t_ms or 0, 1, part, told.camera_t_ms)
    burnt(make_theme(1920, 1080), given, tile(TUNNEL, {"tunnel": told}, False), now_ms)
    return lines


def test_who_when_and_how_true_is_burnt_in(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    live = written(qtbot, monkeypatch, camera_t_ms=1_795_325_519_000)
    assert live == [
        "4번 남산1호터널/북단",
        "2026-11-22 14:31:59, 실시간, 모의",
        "카메라 시각 2026-11-22 14:31:59",
        "영상의 한 부분, 2.0배",
    ]


def test_a_picture_that_is_not_true_now_says_so(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = written(qtbot, monkeypatch, state="lost", frame_t_ms=1_795_325_520_000 - 754_000)
    assert lost[1] == "2026-11-22 14:19:26, 12분 끊김, 모의"


# ---- the tour


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.intake.system("panel.open", {"panel": "cctv"})
    return made


@pytest.fixture
def tour(heart: Heart) -> CameraTour:
    whole = AppHeart(heart.registry, heart.bindings, heart.store, heart.dispatcher, heart.intake)
    return CameraTour(whole, heart.clock)


def page(heart: Heart) -> int:
    return heart.store.state.cctv.page


def test_a_turn_comes_when_its_time_has_come(heart: Heart, tour: CameraTour) -> None:
    heart.intake.touch("cctv.tour", {"dwell_s": 10}, "x")
    heart.clock.advance(9_900)
    tour.tick()
    assert page(heart) == 0
    heart.clock.advance(100)
    tour.tick()
    tour.tick()
    assert page(heart) == 1


@pytest.mark.parametrize("command", ["ui.larger", "no.such.command"])
def test_a_finger_anywhere_ends_it(heart: Heart, tour: CameraTour, command: str) -> None:
    heart.intake.touch("cctv.tour", {}, "x")
    heart.intake.touch(command, {}, "y")
    assert heart.store.state.cctv.tour is None


@pytest.mark.parametrize("command", ["cctv.tour_faster", "cctv.tour_slower"])
def test_a_finger_that_changes_its_pace_does_not_end_it(
    heart: Heart, tour: CameraTour, command: str
) -> None:
    def walks_after(asked: str) -> bool:
        heart.intake.touch(asked, {}, "t")
        return heart.store.state.cctv.tour is not None

    asked = ("cctv.tour", command, "cctv.tour_pause", "cctv.tour_resume")
    assert [walks_after(each) for each in asked] == [True, True, False, True]


def test_somebody_else_s_tablet_does_not(heart: Heart, tour: CameraTour) -> None:
    heart.intake.touch("cctv.tour", {}, "x")
    heart.intake.system("ui.larger", {})
    heart.intake.touch("cctv.tour_next", {}, "x")
    assert heart.store.state.cctv.tour is not None


@pytest.mark.parametrize("changes", [{"locked": True}, {"dimmed": True}, {"place": Place("home")}])
def test_nobody_walks_where_nobody_looks(
    heart: Heart, tour: CameraTour, changes: dict[str, Any]
) -> None:
    heart.intake.touch("cctv.tour", {}, "x")
    heart.store.put(replace(heart.store.state, **changes))
    tour.tick()
    assert heart.store.state.cctv.tour is None


def test_a_tour_whose_cameras_are_gone_ends(heart: Heart, tour: CameraTour) -> None:
    heart.intake.touch("cctv.tour", {"dwell_s": 5}, "x")
    heart.world.catalogue.cameras = lambda: ()  # type: ignore[method-assign]
    heart.clock.advance(5_000)
    tour.tick()
    assert heart.store.state.cctv.tour is None
