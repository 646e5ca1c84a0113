"""What every panel's view shares: modules to arrange by, pieces that are told theme and time."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.panels.paging import PagedRows
from kiosk.ui.charts.camera_model import FrameSource, NoFrames, Wanted
from kiosk.ui.charts.cctv_grid import CctvGrid
from kiosk.ui.component import Component
from kiosk.ui.theme import Theme

GUTTER_U = 24.0
Piece = Component | CctvGrid

P = TypeVar("P", bound=Piece)


class Modules:
    """The grid of a panel in u: 6 modules on 16:9, 7 on the wall's 2.12:1, 3 upright.

    The panel fills the content band between the margins; a module is its share of the width.
    """

    def __init__(self, theme: Theme, width_px: float, height_px: float) -> None:
        self.unit = theme.unit_px
        self.width = width_px * theme.pixel_aspect / self.unit
        self.height = height_px / self.unit
        self.count = 3 if self.width < 1200 else 7 if self.width > 2100 else 6
        self.module = (self.width - GUTTER_U * (self.count - 1)) / self.count

    @property
    def upright(self) -> bool:
        return self.count == 3

    def x(self, index: float) -> float:
        """Left edge of a module, u."""
        return index * (self.module + GUTTER_U)

    def span(self, count: float) -> float:
        """Width of so many modules with the gutters between them, u."""
        return count * self.module + (count - 1) * GUTTER_U

    def box(self, index: float, count: float, top: float, height: float) -> QRectF:
        return QRectF(self.x(index), top, self.span(count), height)


class PanelView(QWidget):
    """Base of the views. A subclass fills itself in `set_view_model` and places in `arrange`.

    `wanted_changed` tells that other cameras, or other sizes, are wanted from the decoder.
    """

    submitted = Signal(str, object, str)
    wanted_changed = Signal()
    shows_cameras: ClassVar[bool] = False

    def __init__(
        self, theme: Theme, frames: FrameSource | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frames: FrameSource = frames or NoFrames()
        self._now_ms: int | None = None
        self._pieces: list[Piece] = []
        self.build()

    # ---- what a subclass gives

    def build(self) -> None:
        """Makes the pieces that are always there, with `add`."""

    def set_view_model(self, model: Any) -> None:
        """Shows the presenter's view model."""

    def arrange(self, modules: Modules) -> None:
        """Places the pieces with `put`."""

    # ---- pieces

    @property
    def theme(self) -> Theme:
        return self._theme

    def add(self, piece: P) -> P:
        """Takes a piece in: it is told theme and time, and what it submits is passed on."""
        piece.setParent(self)
        piece.submitted.connect(self.submitted)
        if isinstance(piece, CctvGrid):
            piece.set_frames(self._frames)
            piece.resized.connect(self.wanted_changed)
        if self._now_ms is not None:
            piece.set_now(self._now_ms)
        self._pieces.append(piece)
        piece.show()
        return piece

    def drop(self, pieces: Iterable[Piece]) -> None:
        """Lets pieces go for good."""
        for piece in list(pieces):
            self._pieces.remove(piece)
            piece.hide()
            piece.deleteLater()

    def put(self, piece: QWidget, box_u: QRectF) -> None:
        """Places a piece; the box is in u of square pixels."""
        unit, aspect = self._theme.unit_px, self._theme.pixel_aspect
        left, top = round(box_u.left() * unit / aspect), round(box_u.top() * unit)
        right, bottom = round(box_u.right() * unit / aspect), round(box_u.bottom() * unit)
        piece.setGeometry(left, top, max(1, right - left), max(1, bottom - top))

    def wanted(self) -> dict[str, Wanted]:
        """Cameras on the screen, and what is to be decoded of each."""
        found: dict[str, Wanted] = {}
        for piece in self._pieces:
            if isinstance(piece, CctvGrid) and not piece.isHidden():
                found.update(piece.wanted())
        return found

    # ---- pages

    def pages(self) -> tuple[int, int] | None:
        """The page of its largest list, from 0, and how many that has; None without several."""
        found = self._list()
        return (found.page(), found.pages()) if found is not None else None

    def turn_to(self, page: int) -> None:
        """Shows a page of its largest list."""
        found = self._list()
        if found is not None:
            found.to_page(page)

    def _list(self) -> PagedRows | None:
        lists = [
            piece
            for piece in self._pieces
            if isinstance(piece, PagedRows) and piece.isVisibleTo(self) and piece.pages() > 1
        ]
        return max(lists, key=lambda piece: piece.width() * piece.height(), default=None)

    # ---- what the shell tells

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for piece in self._pieces:
            piece.set_theme(theme)
        self.rearrange()

    def set_now(self, now_ms: int) -> None:
        self._now_ms = now_ms
        for piece in self._pieces:
            piece.set_now(now_ms)

    def rearrange(self) -> None:
        if self.width() > 1 and self.height() > 1:
            self.arrange(Modules(self._theme, self.width(), self.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rearrange()
