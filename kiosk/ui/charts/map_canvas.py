"""The drawn map: shapes that are recoloured, names and marks that keep their size."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from kiosk.ui.ahead import Ahead
from kiosk.ui.charts.map_furniture import furniture_boxes, paint_furniture
from kiosk.ui.charts.map_items import (
    DistrictItem,
    MarkerItem,
    NameItem,
    PointItem,
    outline,
    shapes_path,
)
from kiosk.ui.charts.map_layers import DotsItem, LineItem
from kiosk.ui.charts.map_marks import MapMarks
from kiosk.ui.charts.map_model import MapDot, MapModel, changed_parts
from kiosk.ui.charts.map_names import fills_of, grade_of, name_items
from kiosk.ui.theme import Theme

MARGIN_U = 10
PARTS_ZOOM = 2.0  # from here on borders of neighbourhoods are told apart
PART_LINE_U, PART_OPACITY = 0.8, 0.5
BANDS = 6  # in which the map is drawn ahead
ASIDE = 0.4  # of the free width: the words of the selected district stand at the right


class MapCanvas(QGraphicsView):
    """Draws a MapModel at a middle (metres) and a zoom (1 = the whole city). Takes no input."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model: MapModel | None = None
        self.zoom = 1.0
        self._middle = QPointF(0, 0)
        self._scene = QGraphicsScene(self)
        self._districts: dict[str, DistrictItem] = {}
        self._parts: dict[str, DistrictItem] = {}
        self._borders = QGraphicsPathItem()
        self._names: list[NameItem] = []
        self._stale_names = False
        self._ahead = Ahead()
        self._marks = MapMarks(self._scene)
        self._lines: list[LineItem] = []
        self.dots: DotsItem | None = None
        self._clear = QRectF()
        self._selection = QGraphicsPathItem()
        self._part_selection = QGraphicsPathItem()
        self._pointed = QGraphicsPathItem()
        self.setScene(self._scene)
        self._prepare()

    def _prepare(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setInteractive(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setBackgroundBrush(self._theme.color("background"))

    @property
    def marks(self) -> list[MarkerItem | PointItem]:
        """Numbered issues and cameras, the topmost last."""
        return self._marks.items

    # ---- what is shown

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setBackgroundBrush(theme.color("background"))
        model, self.model = self.model, None
        if model is not None:
            self.set_model(model)

    def set_model(self, model: MapModel) -> None:
        """Draws again only what differs from the model before."""
        parts = changed_parts(self.model, model)
        self.model = model
        if parts:
            self._ahead.drop()
        if "geometry" in parts:
            self._build(model)
        if "opened" in parts:
            self._open(model)
        if parts & {"marks", "geometry"} == {"marks"} and self._marks.renew_points(model):
            parts -= {"marks"}
        if "marks" in parts:
            self._marks.show(self._theme, model, self._round())
        if "layers" in parts:
            self._draw_layers(model)
        if parts & {"geometry", "view"}:
            self.look_at(self.place(model.x, model.y), model.zoom)
        elif parts & {"fills", "opened"}:
            self._recolour()
        if parts & {"selection", "opened"}:
            self._ring(self._selection, model.selected)
            self._ring(self._part_selection, model.part)
        if parts & {"fills", "marks", "opened", "furniture"} and not parts & {"geometry", "view"}:
            self._renew_names()
        if "furniture" in parts:
            self.viewport().update()

    def keep_clear(self, box: QRectF) -> None:
        """No name stands in this box (square pixels)."""
        if box != self._clear:
            self._clear = box
            self._renew_names()

    def point_at(self, code: str | None) -> None:
        """Outlines what a pointer is on."""
        self._ahead.drop()
        self._ring(self._pointed, code)

    def _build(self, model: MapModel) -> None:
        self._scene.clear()
        self._names = []
        self._marks.forget()
        self._lines, self.dots = [], None
        self._parts = {}
        self._districts = {s.code: DistrictItem(s) for s in model.geometry.districts}
        for item in self._districts.values():
            self._scene.addItem(item)
        self._borders = QGraphicsPathItem(shapes_path(model.geometry.parts))
        self._borders.setPen(outline(self._theme, "map.border", PART_LINE_U))
        self._borders.setZValue(0.6)
        self._borders.setOpacity(PART_OPACITY)
        self._scene.addItem(self._borders)
        self._build_rings()

    def _build_rings(self) -> None:
        theme = self._theme
        self._pointed, self._selection = QGraphicsPathItem(), QGraphicsPathItem()
        self._part_selection = QGraphicsPathItem()
        self._pointed.setPen(outline(theme, "map.selected", "hair"))
        self._selection.setPen(outline(theme, "map.selected", "selection"))
        self._part_selection.setPen(outline(theme, "accent.fill", "selection"))
        rings = (self._pointed, self._selection, self._part_selection)
        for rank, ring in enumerate(rings, start=1):
            ring.setZValue(rank)
            ring.setVisible(False)
            self._scene.addItem(ring)

    def _open(self, model: MapModel) -> None:
        """Puts in the neighbourhoods of the opened district."""
        for item in self._parts.values():
            self._scene.removeItem(item)
        self._parts = {s.code: DistrictItem(s) for s in model.geometry.parts_of(model.opened)}
        for item in self._parts.values():
            item.setZValue(0.5)
            self._scene.addItem(item)

    def _item(self, code: str | None) -> DistrictItem | None:
        return self._districts.get(code or "") or self._parts.get(code or "")

    def _ring(self, ring: QGraphicsPathItem, code: str | None) -> None:
        item = self._item(code)
        ring.setVisible(item is not None)
        if item is not None:
            ring.setPath(item.path())

    def _recolour(self) -> None:
        if self.model is None:
            return
        bordered = self.model.borders
        border = outline(self._theme, "map.border", "hair") if bordered else QPen(Qt.PenStyle.NoPen)
        fills = fills_of(self.model)
        hatch = self._theme.hatch_brush()
        hatch.setTransform(self.transform().inverted()[0])
        for code, item in (self._districts | self._parts).items():
            grade = grade_of(self.model, fills.get(code))
            item.paint_as(self._theme.brush(grade.color) if grade else hatch, border)
        self._borders.setVisible(bordered and self.zoom >= PARTS_ZOOM)

    def _draw_layers(self, model: MapModel) -> None:
        projection = model.geometry.projection
        for old in (*self._lines, self.dots):
            if old is not None:
                self._scene.removeItem(old)
        self._lines = [
            LineItem(self._theme, line, projection)
            for line in sorted(model.lines, key=lambda line: not line.faint)
        ]
        self.dots = DotsItem(self._theme, model.dots, projection) if model.dots else None
        for rank, item in enumerate((*self._lines, self.dots)):
            if item is not None:
                item.setZValue(2 + rank / 1000)
                self._scene.addItem(item)

    def _renew_names(self) -> None:
        """Names are laid out (some 20 ms) when they are next painted, once for many changes."""
        self._marks.spread(self._theme, self.viewportTransform(), self._round())
        self._stale_names = True
        self.viewport().update()

    def _draw_names(self) -> None:
        self._stale_names = False
        for old in self._names:
            self._scene.removeItem(old)
        self._names = []
        if self.model is None or not self.model.labels or self.viewport().width() < 2:
            return
        boxes = [self._box_of(mark, mark.body) for mark in self.marks]
        around = [*self._furniture(self.model), self._clear]
        boxes += [self._round().mapRect(box) for box in around if not box.isEmpty()]
        visible = QRectF(self.viewport().rect())
        self._names = name_items(self._theme, self.model, self.viewportTransform(), visible, boxes)
        for name in self._names:
            name.setTransform(self._round())
            name.setZValue(3)
            self._scene.addItem(name)

    def _furniture(self, model: MapModel) -> list[QRectF]:
        """Where the words around the map stand, square pixels."""
        enlarged = self.zoom > 1.0
        return furniture_boxes(
            self._theme, model, self._square(), self._m_per_px(), enlarged=enlarged
        )

    def _square(self) -> QRectF:
        """All of the map in square pixels."""
        aspect = self._theme.pixel_aspect
        return QRectF(0, 0, self.viewport().width() * aspect, self.viewport().height())

    def _m_per_px(self) -> float:
        return 1 / (self.transform().m22() or 1.0)

    def _round(self) -> QTransform:
        return QTransform.fromScale(1 / self._theme.pixel_aspect, 1.0)

    def _box_of(self, item: QGraphicsItem, body: QRectF) -> QRectF:
        middle = self.viewportTransform().map(item.pos())
        return self._round().mapRect(body).translated(middle)

    def name_boxes(self) -> dict[str, QRectF]:
        """Where each printed name stands, in pixels."""
        if self._stale_names:
            self._draw_names()
        return {name.code: self._box_of(name, name.boundingRect()) for name in self._names}

    def marker_boxes(self) -> dict[str, QRectF]:
        """Where each numbered mark that is to be seen stands, in pixels."""
        markers = self._marks.numbered()
        boxes = {f"mark {m.marker.number}": self._box_of(m, m.body) for m in markers}
        seen = QRectF(self.viewport().rect())
        return {name: box for name, box in boxes.items() if seen.contains(box)}

    def color_of(self, code: str) -> QColor:
        """Raises KeyError for an unknown code."""
        return (self._districts | self._parts)[code].brush().color()

    # ---- where it looks

    def bounds(self) -> QRectF:
        """The city's box in metres."""
        bounds = QRectF()
        for item in self._districts.values():
            bounds = bounds.united(item.path().boundingRect())
        return bounds

    def place(self, x: float, y: float) -> QPointF:
        """A point of the city's box (0..1) in metres."""
        box = self.bounds()
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height())

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the view in 0..1 of the city's box."""
        box = self.bounds()
        if box.isEmpty():
            return 0.5, 0.5
        across, down = self._middle.x() - box.left(), self._middle.y() - box.top()
        return across / box.width(), down / box.height()

    def look_at(self, middle: QPointF, zoom: float) -> None:
        """Moves the middle of the view to a point (metres), kept within the city."""
        self._ahead.drop()
        bounds = self.bounds()
        self.zoom = zoom
        self._middle = bounds.center()
        if zoom > 1.0:
            half = QPointF(bounds.width(), bounds.height()) / (2 * zoom)
            self._middle = QPointF(
                min(bounds.right() - half.x(), max(bounds.left() + half.x(), middle.x())),
                min(bounds.bottom() - half.y(), max(bounds.top() + half.y(), middle.y())),
            )
        x_scale, y_scale = self._scales(bounds)
        size = QSizeF(self.viewport().width() / x_scale, self.viewport().height() / y_scale)
        half = QPointF(size.width() / 2, size.height() / 2)
        aside = max(0.0, size.width() - bounds.width()) * (ASIDE if self._has_words() else 0.0)
        self.setSceneRect(QRectF(self._middle - half + QPointF(aside, 0), size))
        self.setTransform(QTransform.fromScale(x_scale, y_scale))
        self._recolour()
        self._renew_names()

    def _has_words(self) -> bool:
        return self.model is not None and self.model.scale_bar and self.zoom == 1.0

    def _scales(self, bounds: QRectF) -> tuple[float, float]:
        """Pixels to a metre, across and down."""
        aspect, margin = self._theme.pixel_aspect, 2 * self._theme.px(MARGIN_U)
        width = self.viewport().width() * aspect - margin
        height = self.viewport().height() - margin
        if bounds.isEmpty() or width <= 0 or height <= 0:
            return 1.0, 1.0
        scale = min(width / bounds.width(), height / bounds.height()) * self.zoom
        return scale / aspect, scale

    def area_at(self, position: QPointF) -> str | None:
        """Code of the neighbourhood, where its district is open, or the district at a pixel."""
        seen = self.viewportTransform().inverted()[0].map(position)
        for code, item in (self._parts | self._districts).items():
            if item.boundingRect().contains(seen) and item.path().contains(seen):
                return code
        return None

    def position_of(self, code: str) -> QPointF:
        """A pixel well inside a district or an opened neighbourhood. Raises KeyError for an unknown
        code."""
        return self.positions_of((code,))[0]

    def positions_of(self, codes: Iterable[str], reach_px: float = 0.0) -> list[QPointF]:
        """Of each code a pixel well inside, where there is one farther than `reach_px` from every
        mark. Raises KeyError for an unknown code."""
        look = self.viewportTransform()
        marks = [self.mark_position(mark) for mark in self.marks]
        found = []
        for code in codes:
            item = self._parts[code] if code in self._parts else self._districts[code]
            points = [look.map(QPointF(*p)) for p in item.shape_.label_points]
            free = (p for p in points if all((p - m).manhattanLength() > reach_px for m in marks))
            found.append(next(free, points[0]))
        return found

    def mark_position(self, mark: MarkerItem | PointItem) -> QPointF:
        """The pixel where a mark stands."""
        shift = mark.shift if isinstance(mark, MarkerItem) else QPointF(0, 0)
        return self.viewportTransform().map(mark.pos()) + self._round().map(shift)

    def dot_at(self, position: QPointF, reach_px: float) -> tuple[MapDot, QPointF] | None:
        """The nearest dot that can be pressed within reach of a pixel, and where it is drawn."""
        look = self.viewportTransform()
        shown = self.dots.dots if self.dots is not None else ()
        near = [
            ((look.map(at) - position).manhattanLength(), n)
            for n, (dot, at) in enumerate(shown)
            if dot.press is not None
        ]
        best = min(near, default=None)
        if best is None or best[0] > reach_px:
            return None
        dot, at = shown[best[1]]
        return dot, look.map(at)

    def picture(self) -> QPixmap:
        """What is drawn now, to be moved while fingers are on it."""
        return self.viewport().grab()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look_at(self._middle, self.zoom)

    def draw_ahead(self) -> Iterator[None]:
        """See `Component.draw_ahead`."""
        if self._stale_names:
            self._draw_names()
            yield
        whole = self.viewport().rect()
        high = -(-whole.height() // BANDS)
        bands = (QRect(0, n * high, whole.width(), high).intersected(whole) for n in range(BANDS))
        yield from self._ahead.draw(whole.size(), bands, self._draw_band)

    def _draw_band(self, picture: QPixmap, band: QRect) -> None:
        self.viewport().render(picture, band.topLeft(), QRegion(band))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stale_names:
            self._draw_names()
        if not self._ahead.show(self.viewport(), event):
            super().paintEvent(event)

    def drawForeground(self, painter: QPainter, _rect: QRectF | object) -> None:
        if self.model is None:
            return
        painter.save()
        painter.resetTransform()
        painter.setTransform(self._round())
        box, m_per_px, enlarged = self._square(), self._m_per_px(), self.zoom > 1.0
        paint_furniture(painter, self._theme, self.model, box, m_per_px, enlarged=enlarged)
        painter.restore()
