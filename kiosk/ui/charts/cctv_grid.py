"""Camera tiles in rows and columns, fed from one source by one timer."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.camera_model import CameraTileModel, FrameSource, NoFrames
from kiosk.ui.charts.camera_tile import CameraTile
from kiosk.ui.theme import Theme

TICK_MS = 22
TURNS = 3
"""Each tile is looked after every TICK_MS x TURNS, some fifteen times a second."""
GAP_U = 8


class CctvGrid(QWidget):
    """Shows any number of cameras; the timer runs only while the grid is on the screen."""

    submitted = Signal(str, object, str)
    resized = Signal()
    """The tiles have another size: ask the decoder again (`wanted`)."""

    def __init__(
        self,
        theme: Theme,
        columns: int,
        frames: FrameSource | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = max(1, columns)
        self._rows = 1
        self._frames: FrameSource = frames or NoFrames()
        self._now_ms: int | None = None
        self.tiles: list[CameraTile] = []
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._refresh_some)
        self._turn = 0

    def set_frames(self, frames: FrameSource) -> None:
        self._frames = frames

    def set_cameras(
        self, models: Sequence[CameraTileModel], columns: int | None = None, rows: int | None = None
    ) -> None:
        """Shows these; tiles keep their size when `rows` is given and there are fewer cameras."""
        before = (self._columns, self._rows, len(self.tiles))
        self._columns = max(1, columns or self._columns)
        self._rows = max(1, rows or -(-len(models) // self._columns))
        while len(self.tiles) > len(models):
            old = self.tiles.pop()
            old.hide()
            old.deleteLater()
        for index, model in enumerate(models):
            if index < len(self.tiles):
                self.tiles[index].set_model(model)
            else:
                self._add(model)
        if before != (self._columns, self._rows, len(self.tiles)):
            self._lay_out()
        self.refresh()

    def _add(self, model: CameraTileModel) -> None:
        tile = CameraTile(self._theme, model, self)
        tile.submitted.connect(self.submitted)
        if self._now_ms is not None:
            tile.set_now(self._now_ms)
        tile.show()
        self.tiles.append(tile)

    def wanted(self) -> dict[str, tuple[int, int]]:
        """Camera -> size of its picture in device pixels."""
        return {tile.model.camera: tile.picture_px() for tile in self.tiles}

    def refresh(self) -> None:
        """Takes new pictures from the source; tiles without one are left as they are."""
        self._refresh(self.tiles)

    def _refresh_some(self) -> None:
        """Every third tile, in turn: no turn keeps a finger waiting for all of them."""
        self._turn = (self._turn + 1) % TURNS
        self._refresh(self.tiles[self._turn :: TURNS])

    def _refresh(self, tiles: Sequence[CameraTile]) -> None:
        for tile in tiles:
            found = self._frames.latest(tile.model.camera)
            if found is not None and found[1] != tile.frame_t_ms:
                tile.set_frame(*found)

    def set_now(self, now_ms: int) -> None:
        self._now_ms = now_ms
        for tile in self.tiles:
            tile.set_now(now_ms)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for tile in self.tiles:
            tile.set_theme(theme)
        self._lay_out()

    def _lay_out(self) -> None:
        gap = self._theme.px(GAP_U)
        width, height = self.width() + gap, self.height() + gap
        for index, tile in enumerate(self.tiles):
            row, column = divmod(index, self._columns)
            left = round(width * column / self._columns)
            top = round(height * row / self._rows)
            right = round(width * (column + 1) / self._columns) - gap
            bottom = round(height * (row + 1) / self._rows) - gap
            tile.setGeometry(left, top, right - left, bottom - top)
        self.resized.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
