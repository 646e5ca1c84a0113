"""Keeps the picture of a camera as it is shown, with what was known of it burnt in."""

import logging
import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QSaveFile, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from kiosk.app.cameras import Cameras
from kiosk.app.part import Carry, Part
from kiosk.core.clock import Clock
from kiosk.inputs import Intake
from kiosk.pack.clock import local_time
from kiosk.panels.cameras import facts, tile
from kiosk.ui.charts.camera_model import CameraTileModel, Picture
from kiosk.ui.paint import Canvas
from kiosk.ui.ruler import Ruler
from kiosk.ui.theme import Theme, make_theme
from kiosk.wire.messages import WHOLE, Message, SaveSnapshot
from kiosk.wire.text import Language, Text

log = logging.getLogger(__name__)

FOLDER = "snapshots"
QUALITY = 92
PAD_U = 16
DAY_S = 86_400
GONE = Text("그 카메라의 영상이 화면에 없습니다", "That camera has no picture on the wall")


class CameraPictures(QObject, Part):
    """Writes on a thread of its own and tells how that went as a command of the kiosk's own.

    Files older than `keep_days` are taken away whenever one is written.
    """

    _written = Signal(object, object)

    def __init__(
        self,
        folder: Path,
        keep_days: int,
        cameras: Cameras,
        intake: Intake,
        clock: Clock,
        language: Callable[[], Language],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._keep_s = keep_days * DAY_S
        self._cameras = cameras
        self._intake = intake
        self._clock = clock
        self._language = language
        self._thread: threading.Thread | None = None
        self._written.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def carriers(self) -> Mapping[type[Message], Carry]:
        return {SaveSnapshot: self.save}

    def save(self, wish: SaveSnapshot) -> bool:
        """Takes the picture that is seen now; one without any is told as news too."""
        row, seen = self._cameras.row(wish.camera), self._cameras.frames.newest(wish.camera)
        picture = None if seen is None else seen.own()
        if row is None or picture is None:
            self._written.emit(None, GONE)
            return True
        now_ms = self._clock.now_ms()
        model = tile(row, self._cameras.current(), False)
        theme = make_theme(1920, 1080, language=self._language())
        image = burnt(theme, picture, model, now_ms)
        name = re.sub(r"[^\w .·-]", " ", model.name.ko).strip(". ") or model.camera
        stamp = f"{local_time(now_ms):%Y-%m-%d %H%M%S}"
        self._write(self._folder / f"{stamp} {model.number} {name}.jpg", image, now_ms)
        return True

    def close(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _write(self, file: Path, image: QImage, now_ms: int) -> None:
        self.close()

        def work() -> None:
            try:
                self._forget(now_ms)
                _save(file, image)
            except OSError as error:
                log.warning("the picture could not be kept: %s", error)
                self._written.emit(None, _FAILED)
            else:
                self._written.emit(file, Text(f"사진을 저장했습니다: {file}", f"Kept as {file}"))

        self._thread = threading.Thread(target=work, name="camera-picture", daemon=True)
        self._thread.start()

    def _forget(self, now_ms: int) -> None:
        for old in self._folder.glob("*.jpg"):
            if now_ms / 1000 - old.stat().st_mtime > self._keep_s:
                old.unlink(missing_ok=True)

    def _tell(self, file: Path | None, words: Text) -> None:
        told = {"file": str(file or ""), "ko": words.ko, "en": words.en}
        self._intake.system("cctv.snapshot_told", told)


_FAILED = Text(
    "사진을 저장하지 못했습니다. 디스크와 폴더 권한을 확인하세요",
    "The picture could not be kept. Check the disk and the folder's rights",
)


def burnt(theme: Theme, picture: Picture, model: CameraTileModel, now_ms: int) -> QImage:
    """The picture over a band that says which camera, when, and how true it was."""
    seen, width = picture.image, picture.image.width()
    pad = theme.px(PAD_U)
    room, ruler = max(1, width - 2 * pad), Ruler(theme)
    words = _words(model, picture, now_ms)
    high = sum(ruler.paragraph_px(line, room, "lead" if i == 0 else "body") for i, line in words)
    image = QImage(width, seen.height() + round(high) + 2 * pad, QImage.Format.Format_RGB32)
    image.fill(theme.color("camera.captionBar"))
    painter = QPainter(image)
    painter.drawImage(0, 0, seen)
    canvas, top = Canvas(painter, theme), float(seen.height() + pad)
    for place, line in words:
        role, color = ("body", "camera.captionState") if place else ("lead", "camera.captionText")
        top = canvas.paragraph(line, pad, top, room, role, color)
    painter.end()
    return image


def _words(model: CameraTileModel, picture: Picture, now_ms: int) -> list[tuple[int, Text]]:
    taken_ms = picture.t_ms - model.delay_ms
    at, known = local_time(taken_ms), facts(model, now_ms)
    lines = [
        Text(f"{model.number}번 {model.name.ko}", f"{model.number} {model.name.en}"),
        Text(f"{at:%Y-%m-%d %H:%M:%S}, {known.ko}", f"{at:%Y-%m-%d %H:%M:%S}, {known.en}"),
    ]
    if picture.camera_t_ms is not None:
        own = f"{local_time(picture.camera_t_ms):%Y-%m-%d %H:%M:%S}"
        lines.append(Text(f"카메라 시각 {own}", f"Time by the camera {own}"))
    if picture.region != WHOLE:
        times = f"{1 / picture.region.width:.1f}"
        lines.append(Text(f"영상의 한 부분, {times}배", f"A part of the picture, {times} times"))
    return list(enumerate(lines))


def _save(file: Path, image: QImage) -> None:
    """The file is there whole or not at all. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    device = QSaveFile(str(file))
    if not device.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise OSError(device.errorString())
    if not image.save(device, "JPEG", QUALITY):  # type: ignore[call-overload]
        device.cancelWriting()
    if not device.commit():
        raise OSError(device.errorString() or f"{file} could not be written")
