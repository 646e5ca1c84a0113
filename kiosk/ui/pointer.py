"""Gesture pointer: a ring where the hand points, an outline around what it would press."""

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

RING_U = 24.0
OUTLINE_GAP_U = 5.0


class PointerView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`x`, `y` in 0-1 of the wall; `dwell` 0-1 is how far the ring has filled."""

    x: float
    y: float
    dwell: float = 0.0


class PointerOverlay(Component):
    """Lies over everything; fingers and mouse go through it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view: PointerView | None = None
        self._outlined: QRectF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def view(self) -> PointerView | None:
        return self._view

    def show_view(self, view: PointerView | None, outlined: QRectF | None = None) -> None:
        """`outlined` is the target under the pointer, in square pixels of the wall. Repaints where
        the pointer was and where it is."""
        before = self._marked()
        self._view, self._outlined = view, outlined
        self.setVisible(view is not None)
        for rect in (*before, *self._marked()):
            self.repaint_area(rect)

    def _center(self, view: PointerView) -> QPointF:
        area = self.area()
        return QPointF(view.x * area.width(), view.y * area.height())

    def _marked(self) -> list[QRectF]:
        if self._view is None:
            return []
        center, reach = self._center(self._view), self.theme.px(RING_U + 8)
        ring = QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach)
        return [ring] if self._outlined is None else [ring, self._outline(self._outlined)]

    def _outline(self, rect: QRectF) -> QRectF:
        gap = self.theme.px(OUTLINE_GAP_U)
        return rect.adjusted(-gap, -gap, gap, gap).intersected(self.area())

    def paint(self, canvas: Canvas) -> None:
        view = self._view
        if view is None or not any(canvas.wants(rect) for rect in self._marked()):
            return
        if self._outlined is not None:
            canvas.outline(self._outline(self._outlined), "accent.fill", "selection")
        center, radius = self._center(view), self.theme.px(RING_U)
        canvas.painter.setOpacity(0.55)
        canvas.dot(center, RING_U, "background")
        canvas.painter.setOpacity(1.0)
        canvas.ring(center, radius, "text.1", stroke=2.4)
        dwell = int(view.dwell * 4) / 4 if self.theme.reduced_motion else view.dwell
        canvas.ring(center, radius, "accent.fill", dwell, "ring")
        canvas.dot(center, 5, "accent.fill")
