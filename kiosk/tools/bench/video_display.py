"""A wall of 16 cameras and nothing else, in a process of its own:
`python -m kiosk.tools.bench.video_display RUNTIME_DIR [--clock]`.

Takes camera states as JSON lines on standard input, and tells on standard output as JSON lines how
many cameras show until all have (`showing`, at epoch `t_ms`), how many pictures every one has shown
at least (`shown`, at monotonic `at_s`), and with `--clock` how late each new picture is on the
screen (`late_ms`): the burnt-in clock is read back from the screen's pixels.
"""

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.tools.bench import video_server as scene
from kiosk.tools.bench.video_rig import NAMES
from kiosk.ui.charts.camera_model import CameraTileModel, Picture
from kiosk.ui.charts.camera_tile import CameraTile
from kiosk.ui.charts.cctv_grid import CctvGrid
from kiosk.ui.charts.frames import RingFrames
from kiosk.ui.theme import Theme, make_theme
from kiosk.wire import Text
from kiosk.wire.codec import LineDecoder
from kiosk.wire.messages import CameraState

SIZE_PX = (1992, 1320)  # pictures of 480 x 270 in four rows of four
COLUMNS = 4
LOOK_MS = 20
LOOK_EACH = 8
NOW_MS = 500


class CountedTile(CameraTile):
    """Counts its pictures."""

    pictures = 0

    def set_picture(self, picture: Picture) -> None:
        super().set_picture(picture)
        self.pictures += 1


class ClockTile(CountedTile):
    """Looks at the screen when some of its pictures are on it: reading costs more than drawing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.pictures % LOOK_EACH == 0:
            QTimer.singleShot(0, self._look)  # when all that is to be painted has been

    def _look(self) -> None:
        """How long ago the picture on the screen was taken."""
        wanted = self.wanted()
        scale = max(wanted.width_px / scene.WIDTH_PX, wanted.height_px / scene.HEIGHT_PX)
        edge = (self.width() - wanted.width_px) / 2
        middle_x, middle_y = edge + wanted.width_px / 2, edge + wanted.height_px / 2
        row = middle_y + (scene.TOP_PX + scene.BLOCK_PX / 2 - scene.HEIGHT_PX / 2) * scale
        at = self.mapTo(self.window(), self.rect().topLeft())
        strip = self.screen().grabWindow(
            self.window().winId(), at.x(), at.y() + round(row), self.width(), 1
        )
        image = strip.toImage()
        places = range(scene.BITS + scene.CHECK_BITS)
        left = scene.LEFT_PX + scene.BLOCK_PX / 2 - scene.WIDTH_PX / 2
        columns = [round(middle_x + (left + scene.BLOCK_PX * n) * scale) for n in places]
        shown = scene.read([image.pixelColor(x, 0).lightness() > 127 for x in columns])
        if shown is not None:
            tell(late_ms=(time.time_ns() // 1_000_000 - shown) % (1 << scene.BITS))
        else:
            tell(misread=1)


class Display(QWidget):
    """The grid, fed with what comes on standard input."""

    def __init__(self, theme: Theme, runtime_dir: Path, *, clock: bool) -> None:
        super().__init__()
        self.resize(*SIZE_PX)
        frames = RingFrames(runtime_dir)
        make = ClockTile if clock else CountedTile
        self.grid = CctvGrid(theme, COLUMNS, frames, self, make=make)
        self.grid.setGeometry(self.rect())
        self._states: dict[str, CameraState] = {}
        self._decoder = LineDecoder()
        self._showing = 0
        self._told_late = 0
        self._listener = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._listener.activated.connect(self._listen)
        self._look, clock_hand = QTimer(self), QTimer(self)
        for timer, period_ms, turn in (
            (self._look, LOOK_MS, self._count),
            (clock_hand, NOW_MS, self._tick),
        ):
            timer.timeout.connect(turn)
            timer.start(period_ms)
        self._set_cameras()

    def _listen(self) -> None:
        data = os.read(sys.stdin.fileno(), 1 << 16)
        if not data:
            QApplication.quit()
        for message in self._decoder.feed(data):
            if isinstance(message, CameraState):
                self._states[message.camera] = message
        self._set_cameras()

    def _set_cameras(self) -> None:
        self.grid.set_cameras([self._model(n, name) for n, name in enumerate(NAMES)])

    def _model(self, number: int, name: str) -> CameraTileModel:
        state = self._states.get(name, CameraState(name, "connecting"))
        camera = Text(f"카메라 {number}", f"Camera {number}")
        return CameraTileModel(name, number, camera, state.state, state.frame_t_ms)

    def _tick(self) -> None:
        self.grid.set_now(time.time_ns() // 1_000_000)
        counts = [tile.pictures for tile in self.grid.tiles if isinstance(tile, CountedTile)]
        tell(shown=min(counts), at_s=time.monotonic())

    def _count(self) -> None:
        showing = sum(
            tile.frame_t_ms is not None and tile.model.state == "live" for tile in self.grid.tiles
        )
        if showing != self._showing:
            self._showing = showing
            tell(showing=showing, t_ms=time.time() * 1000)
        if showing == len(NAMES):
            self._look.stop()


def tell(**fields: float) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def main() -> None:
    application = QApplication(sys.argv[:1])
    display = Display(make_theme(*SIZE_PX), Path(sys.argv[1]), clock="--clock" in sys.argv)
    display.show()
    wanted = [tile.wanted() for tile in display.grid.tiles]
    tell(width_px=wanted[0].width_px, height_px=wanted[0].height_px)
    application.exec()


if __name__ == "__main__":
    main()
