"""A sheet asks something: it dims the wall and stands at the bottom, within reach of a hand."""

from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.ages import left_words, seconds_left
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text


class Question(Protocol):
    """What a sheet asks, until a time (epoch ms)."""

    @property
    def expires_ms(self) -> int: ...


Q = TypeVar("Q", bound=Question)


class Sheet(Component):
    """Fills its parent with the scrim; subclasses say how high they are and paint inside."""

    width_u = 760.0
    # The sheet's bottom edge as a share of the wall's height: the end of the content band.
    bottom_share = 944 / 1080
    pad_u = 30.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.hide()

    def content_px(self) -> float:
        """Height of what is inside the padding."""
        raise NotImplementedError

    def paint_content(self, canvas: Canvas, rect: QRectF) -> None:
        """Draws inside the padding."""
        raise NotImplementedError

    def sheet_rect(self) -> QRectF:
        """The sheet itself, in square pixels."""
        area = self.area()
        width = min(
            self.theme.px(self.width_u),
            area.width() - 2 * self.theme.px(self.theme.tokens.margin_u),
        )
        height = min(self.content_px() + 2 * self.theme.px(self.pad_u), area.height())
        bottom = max(height, area.height() * self.bottom_share)
        return QRectF((area.width() - width) / 2, bottom - height, width, height)

    def content_rect(self) -> QRectF:
        pad = self.theme.px(self.pad_u)
        return self.sheet_rect().adjusted(pad, pad, -pad, -pad)

    def paint(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(canvas.dirty or self.area(), self.theme.color("scrim"))
        rect = self.sheet_rect()
        if not canvas.wants(rect):
            return
        canvas.surface(rect, "background")
        canvas.outline(rect, "accent.fill", 3)
        self.paint_content(canvas, self.content_rect())

    def text_px(self, text: str, role: str, width: float, weight: int | None, most: int) -> float:
        """Height of a paragraph of at most `most` lines."""
        return self.measure().paragraph_px(text, width, role, weight=weight, max_lines=most)


class AskingSheet(Sheet, Generic[Q]):
    """Asks for so long. Shown by `show_view`, hidden by `show_view(None)`."""

    counts_seconds = True

    def __init__(self, theme: Theme, view: Q | None = None, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    @property
    def view(self) -> Q | None:
        return self._view

    def show_view(self, view: Q | None) -> None:
        self._view = view
        self.setVisible(view is not None)
        self.update()

    def countdown_rect(self) -> QRectF:
        """Where the seconds that are left stand."""
        raise NotImplementedError

    def set_now(self, now_ms: int) -> None:
        """Counts down; repaints the number alone."""
        before = self.left()
        super().set_now(now_ms)
        if self.left() != before:
            self.repaint_area(self.countdown_rect())

    def left(self) -> Text:
        """How long it still asks."""
        return left_words(seconds_left(self._view.expires_ms if self._view else 0, self.now_ms))
