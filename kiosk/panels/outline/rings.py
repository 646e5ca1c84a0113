"""Places of the world as seen from the city: direction as on a compass, distance from the middle.

Azimuthal equidistant projection: the outermost ring is the other side of the world, half way round.
"""

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.pack import here
from kiosk.panels.outline.earth import FARTHEST_KM, apart
from kiosk.panels.outline.model import Rings, Spot
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

RINGS_KM = (5_000, 10_000, 15_000, 20_000)
MARK_U = 30.0
ROOMY_U = 200.0
"""From this radius on every ring has its distance written on it."""
NORTH = Text("북", "N")


class RingsView(Component):
    """A numbered spot opens its item."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = Rings(())

    def set_model(self, model: Rings) -> None:
        if model != self._model:
            self._model = model
            self.update()

    def _middle(self) -> tuple[QPointF, float]:
        area, edge = self.area(), self.theme.px(MARK_U)
        radius = max(1.0, min(area.width(), area.height()) / 2 - edge)
        return area.center(), radius

    def _true(self) -> list[tuple[float, float]]:
        """Where the spots really are."""
        center, radius = self._middle()
        found = []
        for spot in self._model.spots:
            far, angle = radius * spot.km / FARTHEST_KM, math.radians(spot.bearing)
            found.append((center.x() + far * math.sin(angle), center.y() - far * math.cos(angle)))
        return found

    def _places(self) -> list[tuple[Spot, QPointF]]:
        """Where their numbers stand, each with room for a finger."""
        moved = apart(self._true(), float(self.theme.touch_min_px()))
        return [(s, QPointF(*at)) for s, at in zip(self._model.spots, moved, strict=True)]

    def targets(self) -> tuple[Target, ...]:
        side = self.theme.touch_min_px()
        return tuple(
            Target(
                QRectF(at.x() - side / 2, at.y() - side / 2, side, side),
                spot.press.command,
                spot.press.args,
                f"rings.{spot.press.args.get('item', '')}",
            )
            for spot, at in self._places()
        )

    def paint(self, canvas: Canvas) -> None:
        theme = self.theme
        center, radius = self._middle()
        for km in RINGS_KM:
            far = radius * km / FARTHEST_KM
            canvas.ring(center, far, "line.hair", stroke="hair")
            if radius < theme.px(ROOMY_U) and km < RINGS_KM[-1]:
                continue
            words = Text(f"{km:,} km", f"{km:,} km")
            baseline = center.y() + far - theme.px(6)
            canvas.text(words, center.x(), baseline, "micro", "text.3", align="center")
        canvas.glyph("dot", center, theme.px(18), "accent.fill")
        self._name(canvas, center)
        top = center.y() - radius + theme.px(20)
        canvas.text(NORTH, center.x(), top, "meta", "text.3", align="center")
        for (spot, at), true in zip(self._places(), self._true(), strict=True):
            if math.dist(true, (at.x(), at.y())) > 1:
                canvas.polyline([QPointF(*true), at], theme.pen("line.control", 1.5))
                canvas.dot(QPointF(*true), 4, "text.1")
            if spot.chosen:
                canvas.ring(at, theme.px(MARK_U) * 0.72, "accent.fill", stroke=3)
            canvas.severity("notice", at, theme.px(MARK_U), spot.number)

    def _name(self, canvas: Canvas, center: QPointF) -> None:
        """The city's own name beside it, where no number stands if there is such a corner."""
        wide, high = canvas.width(here().short, "body", 700), canvas.line_px("body")
        half = self.theme.px(MARK_U) / 2
        marks = [
            QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half) for _, at in self._places()
        ]
        gap = self.theme.px(12)
        corners = [
            QRectF(center.x() + (gap if x > 0 else -gap - wide), y, wide, high)
            for y in (center.y() + gap / 2, center.y() - gap / 2 - high)
            for x in (1, -1)
        ]
        free = (c for c in corners if not any(c.intersects(mark) for mark in marks))
        box = next(free, corners[0])
        canvas.text(here().short, box.left(), box.top() + high * 0.76, "body", weight=700)
