"""The map around one incident: who comes from where, which cameras see it, where help is."""

from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPainterPath, QPolygonF
from PySide6.QtWidgets import QWidget

from kiosk.panels.incident.model import Mark, MarkKind, SceneMapModel
from kiosk.panels.incident.scene_mark import paint_mark
from kiosk.ui.charts.geometry import contains, scale_bar_m
from kiosk.ui.charts.map_model import MapGeometry
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

MARK_U = 30.0
INCIDENT_U = 44.0
SCALE_U = 110.0
HALO_U = 5.0
FILL = 0.94  # of half the smaller side is the radius
LEGEND: tuple[tuple[MarkKind, str, Text], ...] = (
    ("station", "A", Text("소방", "Fire")),
    ("hospital", "+", Text("응급실", "ER")),
    ("police", "P", Text("경찰서", "Police")),
    ("camera", "1", Text("CCTV", "CCTV")),
)
SHIFTS = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass(frozen=True)
class Look:
    """Where the map looks: its middle in metres of the projection, and how far it shows."""

    x: float
    y: float
    radius_m: float

    def towards(self, other: "Look", share: float) -> "Look":
        """The look so far on the way to another."""
        return Look(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
            self.radius_m + (other.radius_m - self.radius_m) * share,
        )


class SceneMap(Component):
    """Goes to an incident that opens while one looks, and names what is there when it has come.

    Marks keep their size; where two would lie over each other one steps aside, with a line to
    where it belongs. A name that finds no room is left out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model: SceneMapModel | None = None
        self._geometry: MapGeometry | None = None
        self._paths: list[tuple[QPainterPath, bool]] = []
        self._look = Look(0.0, 0.0, 1.0)
        self._begin = self._end = self._look
        self._flight = QVariantAnimation(self)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._flight.valueChanged.connect(self._fly)

    @property
    def flying(self) -> bool:
        return self._flight.state() is QVariantAnimation.State.Running

    def set_model(self, model: SceneMapModel | None) -> None:
        if model == self._model:
            return
        before, self._model = self._model, model
        if model is not None:
            self._build(model)
            self._go(model, moves=before is not None and self.isVisible())
        self.update()

    def _go(self, model: SceneMapModel, *, moves: bool) -> None:
        end, time_ms = _look_of(model), self.theme.motion_ms("mapZoom")
        if self.flying and end == self._end:
            return
        self._flight.stop()
        self._begin, self._end = self._look, end
        if not moves or not time_ms or self._look == end:
            self._look = end
            return
        self._flight.setDuration(time_ms)
        self._flight.start()

    def _fly(self, share: float) -> None:
        self._look = self._begin.towards(self._end, share)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: it is there at once."""
        if self.flying:
            self._flight.stop()
            self._look = self._end
        super().hideEvent(event)

    def _build(self, model: SceneMapModel) -> None:
        """Shapes of the districts in metres, and which one the incident is in."""
        x, y = model.geometry.projection.metres(model.lon, model.lat)
        self._paths = []
        for shape in model.geometry.districts:
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.OddEvenFill)
            for ring in shape.rings:
                path.addPolygon(QPolygonF([QPointF(px, py) for px, py in ring]))
                path.closeSubpath()
            self._paths.append((path, contains(shape.rings, x, y)))

    # ---- places

    def _px_per_m(self) -> float:
        side = min(self.area().width(), self.area().height())
        return side / 2 * FILL / self._look.radius_m

    def _at(self, model: SceneMapModel, lat: float, lon: float) -> QPointF:
        x, y = model.geometry.projection.metres(lon, lat)
        look, scale, middle = self._look, self._px_per_m(), self.area().center()
        return QPointF(middle.x() + (x - look.x) * scale, middle.y() + (y - look.y) * scale)

    def _placed(self, model: SceneMapModel) -> list[tuple[Mark, QPointF, QPointF]]:
        """Mark, where it belongs, where it stands; those that find no place are left out."""
        size, inside = float(self.theme.px(MARK_U)), self._inside()
        here = self._at(model, model.lat, model.lon)
        taken = [self._box(here, self.theme.px(INCIDENT_U)), *self._furniture()]
        found = []
        for mark in reversed(model.marks):
            home = self._at(model, mark.lat, mark.lon)
            if mark.kind == "subway" or not inside.contains(home):
                continue
            for shift in (0.0, 1.05, 1.9):
                box = self._step_aside(home, shift * size, size, taken)
                if box is not None:
                    break
            else:
                continue
            taken.append(box)
            found.append((mark, home, box.center()))
        return found

    def _step_aside(
        self, home: QPointF, by: float, size: float, taken: list[QRectF]
    ) -> QRectF | None:
        for dx, dy in SHIFTS:
            box = self._box(QPointF(home.x() + dx * by, home.y() + dy * by), size)
            if self._inside().contains(box.center()) and not any(box.intersects(t) for t in taken):
                return box
        return None

    def _inside(self) -> QRectF:
        edge = self.theme.px(MARK_U) * 0.6
        return self.area().adjusted(edge, edge, -edge, -edge)

    @staticmethod
    def _box(middle: QPointF, size: float) -> QRectF:
        return QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)

    def _furniture(self) -> list[QRectF]:
        return [self._scale_box(), self._legend_box()]

    def _scale_box(self) -> QRectF:
        width = self.theme.px(SCALE_U) + self.measure().width("500 m", "meta") + self.theme.px(24)
        line = self.measure().line_px("meta")
        return QRectF(self.theme.px(8), self.area().height() - line * 1.5, width, line * 1.5)

    def _legend_box(self) -> QRectF:
        ruler, theme = self.measure(), self.theme
        each = theme.px(MARK_U * 0.7) + theme.px(6) + theme.px(16)
        width = sum(ruler.width(words, "meta") + each for _, _, words in LEGEND)
        line = ruler.line_px("meta")
        right = self.area().width() - theme.px(8)
        return QRectF(right - width, self.area().height() - line * 1.5, width, line * 1.5)

    # ---- pressing

    def targets(self) -> tuple[Target, ...]:
        if self._model is None:
            return ()
        side = float(self.theme.touch_min_px())
        return tuple(
            Target(self._box(at, side), mark.press.command, mark.press.args, f"scene.{mark.label}")
            for mark, _, at in self._placed(self._model)
            if mark.press is not None
        )

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        model = self._model
        if model is None:
            return
        painter = canvas.painter
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(self.area(), self.theme.radius(), self.theme.radius())
        painter.setClipPath(clip)
        self._paint_ground(canvas, model)
        placed = self._placed(model)
        self._paint_rings(canvas, model)
        self._paint_lines(canvas, model, placed)
        centre, size = self._at(model, model.lat, model.lon), self.theme.px(INCIDENT_U)
        if not self.flying:
            boxes = [self._box(centre, size), *self._furniture()]
            boxes += [self._box(at, self.theme.px(MARK_U)) for _, _, at in placed]
            boxes += self._ring_labels(canvas, model, boxes)
            self._paint_names(canvas, model, placed, boxes)
        for mark, _, at in placed:
            pressed = self.is_pressed(f"scene.{mark.label}")
            paint_mark(canvas, mark.kind, mark.label, at, self.theme.px(MARK_U), pressed)
        canvas.severity(model.severity, centre, size, None, "background")
        self._paint_scale(canvas)
        self._paint_legend(canvas)
        painter.restore()

    def _paint_ground(self, canvas: Canvas, model: SceneMapModel) -> None:
        painter, theme = canvas.painter, self.theme
        painter.fillRect(self.area(), theme.color("background"))
        scale, middle = self._px_per_m(), self.area().center()
        painter.save()
        painter.translate(middle)
        painter.scale(scale, scale)
        painter.translate(-self._look.x, -self._look.y)
        pen = theme.pen("map.border", "hair")
        pen.setCosmetic(True)
        painter.setPen(pen)
        for path, here in self._paths:
            painter.setBrush(theme.color("surface.2" if here else "surface.1"))
            painter.drawPath(path)
        painter.restore()

    def _paint_rings(self, canvas: Canvas, model: SceneMapModel) -> None:
        pen = self.theme.pen("text.3", 1.6)
        pen.setDashPattern([1, 4])
        canvas.painter.setPen(pen)
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring in model.rings_m:
            radius = ring * self._px_per_m()
            centre = self._at(model, model.lat, model.lon)
            canvas.painter.drawEllipse(centre, radius, radius)

    def _ring_labels(
        self, canvas: Canvas, model: SceneMapModel, boxes: list[QRectF]
    ) -> list[QRectF]:
        found: list[QRectF] = []
        for ring in model.rings_m:
            words = f"{ring // 1000} km" if ring >= 1000 else f"{ring} m"
            radius, middle = ring * self._px_per_m(), self.area().center()
            width, line = canvas.width(words, "micro"), canvas.line_px("micro")
            x = middle.x() - radius * 0.7 - width
            box = QRectF(x, middle.y() - radius * 0.72 - line, width, line)
            if self._inside().contains(box) and not any(box.intersects(b) for b in boxes + found):
                canvas.text(words, x, box.bottom() - line * 0.24, "micro", "text.2")
                found.append(box)
        return found

    def _paint_lines(
        self, canvas: Canvas, model: SceneMapModel, placed: list[tuple[Mark, QPointF, QPointF]]
    ) -> None:
        theme, centre = self.theme, self._at(model, model.lat, model.lon)
        for mark, home, at in placed:
            if mark.joined == "solid":
                canvas.polyline([at, centre], theme.pen("text.1", 2.2))
            elif mark.joined == "dashed":
                canvas.polyline([at, centre], theme.dashed_pen("text.1", 2.2, 7, 6))
            elif mark.kind == "camera":
                canvas.polyline([at, centre], theme.pen("accent.fill", 1.8))
            if home != at:
                canvas.polyline([home, at], theme.pen("text.2", 1.4))
                canvas.dot(home, 3, "text.2")

    def _paint_names(
        self,
        canvas: Canvas,
        model: SceneMapModel,
        placed: list[tuple[Mark, QPointF, QPointF]],
        boxes: list[QRectF],
    ) -> None:
        """Names of hospitals and police first, then stations of the subway with their rings."""
        reach = self.theme.px(MARK_U) / 2 + self.theme.px(5)
        for mark, _, at in placed:
            if mark.name:
                self._name(canvas, mark.name, at, reach, ("meta", "text.1"), boxes)
        small = self.theme.px(6)
        for mark in model.marks:
            at = self._at(model, mark.lat, mark.lon)
            if mark.kind != "subway" or not self._inside().contains(at):
                continue
            ring = self._box(at, 2.6 * small)
            if any(ring.intersects(box) for box in boxes):
                continue
            if self._name(canvas, mark.name, at, small * 1.8, ("micro", "text.2"), boxes):
                canvas.dot(at, 4.5, "text.2", hollow=True)
                boxes.append(ring)

    def _name(
        self,
        canvas: Canvas,
        name: str,
        at: QPointF,
        reach: float,
        style: tuple[str, str],
        boxes: list[QRectF],
    ) -> bool:
        role, color = style
        width, line = canvas.width(name, role), canvas.line_px(role)
        for left, top in (
            (at.x() + reach, at.y() - line / 2),
            (at.x() - reach - width, at.y() - line / 2),
            (at.x() - width / 2, at.y() + reach),
            (at.x() - width / 2, at.y() - reach - line),
        ):
            box = QRectF(left, top, width, line)
            if self.area().contains(box) and not any(box.intersects(other) for other in boxes):
                self._halo(canvas, name, QPointF(left, top + line * 0.76), role)
                canvas.text(name, left, top + line * 0.76, role, color)
                boxes.append(box)
                return True
        return False

    def _halo(self, canvas: Canvas, name: str, at: QPointF, role: str) -> None:
        """Sets a name off from the lines that it lies over."""
        path = QPainterPath()
        path.addText(at, self.theme.font(role), name)
        canvas.painter.strokePath(path, self.theme.pen("surface.1", HALO_U))

    def _paint_scale(self, canvas: Canvas) -> None:
        theme, box = self.theme, self._scale_box()
        scale = self._px_per_m()
        metres = scale_bar_m(1 / scale, theme.px(SCALE_U))
        length, y, tick = metres * scale, box.center().y(), theme.px(6)
        left = box.left() + theme.px(4)
        ends = [(left, y - tick), (left, y), (left + length, y), (left + length, y - tick)]
        canvas.polyline([QPointF(*end) for end in ends], theme.pen("text.2", 2))
        words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
        baseline = canvas.middle_baseline(y, "meta")
        canvas.text(words, left + length + theme.px(8), baseline, "meta", "text.2")

    def _paint_legend(self, canvas: Canvas) -> None:
        theme, box = self.theme, self._legend_box()
        size, x = theme.px(MARK_U * 0.7), box.left()
        baseline = canvas.middle_baseline(box.center().y(), "meta")
        for kind, _, words in LEGEND:
            paint_mark(canvas, kind, "", QPointF(x + size / 2, box.center().y()), size)
            x += size + theme.px(6)
            x += canvas.text(words, x, baseline, "meta", "text.2") + theme.px(16)


def _look_of(model: SceneMapModel) -> Look:
    return Look(*model.geometry.projection.metres(model.lon, model.lat), model.radius_m)
