"""Where somebody at a tablet points: a mark with the tablet's name, for all who look on."""

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

DOT_U = 16.0
RING_U = 34.0
NAME_U = 360.0
PLATE_U = 44.0


class PresenterView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`x`, `y` in 0-1 of the wall; `name` says whose finger it is."""

    x: float
    y: float
    name: str


class PresenterMark(Component):
    """Points and presses nothing: fingers and mouse go through it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view: PresenterView | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def view(self) -> PresenterView | None:
        return self._view

    def show_view(self, view: PresenterView | None) -> None:
        """None takes it away. Repaints where it was and where it is."""
        before = self._marked()
        self._view = view
        self.setVisible(view is not None)
        for rect in (*before, *self._marked()):
            self.repaint_area(rect)

    def _center(self, view: PresenterView) -> QPointF:
        return QPointF(view.x * self.area().width(), view.y * self.area().height())

    def _marked(self) -> list[QRectF]:
        if self._view is None:
            return []
        center, reach = self._center(self._view), self.theme.px(RING_U + 8)
        ring = QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach)
        return [ring, self._plate(center)]

    def _plate(self, center: QPointF) -> QRectF:
        """Beside the mark, on the side that has room."""
        wide, high = self.theme.px(NAME_U), self.theme.px(PLATE_U)
        gap = self.theme.px(RING_U + 12)
        left = center.x() + gap
        if left + wide > self.area().width():
            left = center.x() - gap - wide
        top = min(max(0.0, center.y() - high / 2), self.area().height() - high)
        return QRectF(left, top, wide, high)

    def paint(self, canvas: Canvas) -> None:
        view = self._view
        if view is None or not any(canvas.wants(rect) for rect in self._marked()):
            return
        center = self._center(view)
        canvas.painter.setOpacity(0.55)
        canvas.dot(center, RING_U, "background")
        canvas.painter.setOpacity(1.0)
        canvas.ring(center, self.theme.px(RING_U), "accent.fill", stroke=4.0)
        canvas.dot(center, DOT_U, "accent.fill")
        self._paint_name(canvas, center, view.name)

    def _paint_name(self, canvas: Canvas, center: QPointF, name: str) -> None:
        room, pad = self._plate(center), self.theme.px(14)
        wide = min(canvas.width(name, "lead", 600), room.width() - 2 * pad)
        plate = QRectF(room.left(), room.top(), wide + 2 * pad, room.height())
        if room.right() < center.x():
            plate.moveRight(room.right())
        canvas.surface(plate, "surface.3")
        baseline = plate.center().y() + canvas.line_px("lead") * 0.27
        canvas.text(name, plate.left() + pad, baseline, "lead", weight=600, width=wide + pad / 2)
