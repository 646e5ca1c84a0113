"""Camera tiles in rows and columns or as a filmstrip, fed from one source by one timer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.camera_model import CameraTileModel, FrameSource, NoFrames, Wanted
from kiosk.ui.charts.camera_tile import CameraTile
from kiosk.ui.theme import Theme

TICK_MS = 16
SHARE = 3
"""At most a third of the tiles take a new picture in one turn: none keeps a finger waiting for all
of them."""
GAP_U = 8
STRIP_U = 150


class CctvGrid(QWidget):
    """Shows any number of cameras; the timer runs only while the grid is on the screen.

    A camera that stays keeps its tile, and so its picture, when others come or the tiles move.
    """

    submitted = Signal(str, object, str)
    resized = Signal()
    """The tiles have another size: ask the decoder again (`wanted`)."""

    def __init__(
        self,
        theme: Theme,
        columns: int,
        frames: FrameSource | None = None,
        parent: QWidget | None = None,
        *,
        make: Callable[[Theme, CameraTileModel, QWidget], CameraTile] = CameraTile,
        gap_u: float = GAP_U,
    ) -> None:
        super().__init__(parent)
        self._gap_u = gap_u
        self._theme = theme
        self._columns = max(1, columns)
        self._rows = 1
        self._film = False
        self._make = make
        self._frames: FrameSource = frames or NoFrames()
        self._now_ms: int | None = None
        self.tiles: list[CameraTile] = []
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._refresh_some)
        self._first = 0

    def set_frames(self, frames: FrameSource) -> None:
        self._frames = frames

    def set_cameras(
        self,
        models: Sequence[CameraTileModel],
        columns: int | None = None,
        rows: int | None = None,
        *,
        film: bool = False,
    ) -> None:
        """Shows these; tiles keep their size when `rows` is given and there are fewer cameras. As a
        film the first is large and the others stand under it, in `columns` and `rows`."""
        before = (self._columns, self._rows, self._film, list(self.tiles))
        self._columns, self._film = max(1, columns or self._columns), film
        self._rows = max(1, rows or -(-len(models) // self._columns))
        free = {tile.model.camera: tile for tile in self.tiles}
        kept = [free.pop(model.camera, None) for model in models]
        spare = list(free.values())
        self.tiles = [
            self._take(model, tile or (spare.pop() if spare else None))
            for model, tile in zip(models, kept, strict=True)
        ]
        for tile in spare:
            tile.hide()
            tile.deleteLater()
        if before != (self._columns, self._rows, self._film, self.tiles):
            self._lay_out()
        self.refresh()

    def _take(self, model: CameraTileModel, tile: CameraTile | None) -> CameraTile:
        if tile is not None:
            tile.set_model(model)
            return tile
        tile = self._make(self._theme, model, self)
        tile.submitted.connect(self.submitted)
        if self._now_ms is not None:
            tile.set_now(self._now_ms)
        tile.show()
        return tile

    def wanted(self) -> dict[str, Wanted]:
        """What to ask of the decoder, by camera."""
        return {tile.model.camera: tile.wanted() for tile in self.tiles}

    def refresh(self) -> None:
        """Takes new pictures from the source; tiles without one are left as they are."""
        for tile in self.tiles:
            self._renew(tile)

    def _refresh_some(self) -> None:
        """New pictures for some tiles; those that had to wait come first the next time."""
        count = len(self.tiles)
        room = -(-count // SHARE)
        for offset in range(count):
            place = (self._first + offset) % count
            if self._renew(self.tiles[place]):
                room -= 1
                if room == 0:
                    self._first = (place + 1) % count
                    return

    def _renew(self, tile: CameraTile) -> bool:
        picture = self._frames.latest(tile.model.camera, tile.seen)
        if picture is not None:
            tile.set_picture(picture)
        return picture is not None

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
        for index, tile in enumerate(self.tiles):
            tile.setGeometry(self._box(index))
        self.resized.emit()

    def _box(self, index: int) -> QRect:
        gap = self._theme.px(self._gap_u)
        top, rows, columns = 0, self._rows, self._columns
        if self._film:
            strip = min(self._theme.px(STRIP_U) * rows, self.height() // 2)
            top = self.height() - strip
            if index == 0:
                return QRect(0, 0, self.width(), top - gap)
            index -= 1
        row, column = divmod(index, columns)
        width, height = self.width() + gap, self.height() - top + gap
        left, right = (round(width * c / columns) for c in (column, column + 1))
        upper, lower = (round(height * r / rows) for r in (row, row + 1))
        return QRect(left, top + upper, right - left - gap, lower - upper - gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
