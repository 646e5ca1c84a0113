"""The board: every indicator as a light tile; only tiles that changed are painted again."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.panels.indicators.model import BoardTile
from kiosk.panels.indicators.pieces import figure_role
from kiosk.panels.paging import BAR_U, PagedRows
from kiosk.panels.paging import GAP_U as PAGE_GAP_U
from kiosk.ui.ages import aged
from kiosk.ui.component import Target
from kiosk.ui.components.sparkline import SparklineView, draw_sparkline
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

GUTTER_U = 24
MOST_U = 204.0  # of a tile's height: what few tiles leave free stays free
NARROWEST_U = {"ko": 200.0, "en": 228.0}
MOST_COLUMNS = 8
LINE_SHARE = 0.3  # of a tile's width
LINE_MOST_U = 64.0
FIGURE_ROLES = ("figureS", "title", "tab", "lead")


class IndicatorBoard(PagedRows):
    """As many columns as leave a tile some 200u of width, and as many rows as its words need; what
    has no room then (large type, long words) stands on further pages."""

    name = "board"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tiles: tuple[BoardTile, ...] = ()
        self._dirty = QRectF()

    def set_tiles(self, tiles: tuple[BoardTile, ...]) -> None:
        old, self._tiles = self._tiles, tiles
        if [t.press for t in old] != [t.press for t in tiles]:
            self.update()
            return
        for box, index in self.boxes():
            if old[index] != tiles[index]:
                self.repaint_area(box)

    def set_now(self, now_ms: int) -> None:
        before = self.now_ms
        super().set_now(now_ms)
        for box, index in self.boxes():
            tile = self._tiles[index]
            if before is None or _age(tile, before) != _age(tile, now_ms):
                self.repaint_area(box)

    # ---- rows of tiles

    def columns(self) -> int:
        gutter, factor = self.theme.px(GUTTER_U), self.theme.type_factor
        narrowest = self.theme.px(NARROWEST_U[self.theme.language]) * factor
        fitting = int((self.area().width() + gutter) / (narrowest + gutter))
        return max(2, min(MOST_COLUMNS, fitting))

    def count(self) -> int:
        return -(-len(self._tiles) // self.columns())

    def row_px(self) -> float:
        """All rows share the height where they can, else as many as there is room for."""
        area, least = self.area().height(), self._least_px()
        if area / max(1, self.count()) >= least:
            return min(area / max(1, self.count()), float(self.theme.px(MOST_U)))
        room = area - self.theme.px(BAR_U + PAGE_GAP_U)
        return room / max(1, int(room / least))

    def _least_px(self) -> float:
        theme, ruler = self.theme, self.measure()
        figure = theme.metrics("figureS").capHeight()
        return ruler.line_px("meta") * 1.92 + figure + theme.px(29)

    def per_page(self) -> int:
        room = self.area().height()
        if self.count() * self.row_px() > room + 1:
            room -= self.theme.px(BAR_U + PAGE_GAP_U)
        return max(1, round(room / self.row_px() - 0.49))

    def boxes(self) -> list[tuple[QRectF, int]]:
        """The rectangle of each tile of this page, with its number."""
        columns, gutter = self.columns(), self.theme.px(GUTTER_U)
        width = (self.area().width() - gutter * (columns - 1)) / columns
        found = []
        for row, number in self.shown():
            for column in range(columns):
                index = number * columns + column
                if index < len(self._tiles):
                    left = column * (width + gutter)
                    found.append((QRectF(left, row.top(), width, row.height()), index))
        return found

    def targets(self) -> tuple[Target, ...]:
        tiles = ((box, self._tiles[index]) for box, index in self.boxes())
        return (
            *(
                Target(box, t.press.command, t.press.args, f"board.{t.figure.indicator}")
                for box, t in tiles
            ),
            *self.bar(),
        )

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        aspect = self.theme.pixel_aspect
        seen = QRectF(event.rect())
        self._dirty = QRectF(seen.x() * aspect, seen.y(), seen.width() * aspect, seen.height())
        super().paintEvent(event)
        self._dirty = QRectF()

    def paint(self, canvas: Canvas) -> None:
        for box, index in self.boxes():
            if self._dirty.isNull() or self._dirty.intersects(box):
                self._paint_tile(canvas, box, self._tiles[index])
        self.paint_bar(canvas)

    def _paint_tile(self, canvas: Canvas, box: QRectF, tile: BoardTile) -> None:
        """Title, figure and age from top to bottom, and the line of the day or the years beside."""
        theme, figure = self.theme, tile.figure
        inner = box.adjusted(0, 0, 0, -theme.px(8))
        if self.is_pressed(f"board.{figure.indicator}"):
            canvas.surface(inner, "surface.1")
        title = self._paint_head(canvas, box, tile) + canvas.line_px("meta") * 0.84
        canvas.text(figure.title, box.left(), title, "body", "text.2", width=box.width())
        beside = box.width() * LINE_SHARE
        left = QRectF(box.left(), title, box.width() - beside - theme.px(12), 0)
        baseline = title + theme.metrics("figureS").capHeight() + theme.px(10)
        self._paint_figure(canvas, left, tile, baseline)
        foot = baseline + canvas.line_px("meta")
        self._paint_age(canvas, left, foot, tile)
        line = QRectF(box.right() - beside, title + theme.px(8), beside, 0)
        line.setBottom(min(foot, line.top() + theme.px(LINE_MOST_U)))
        self._paint_line(canvas, line, tile)

    def _paint_line(self, canvas: Canvas, line: QRectF, tile: BoardTile) -> None:
        figure = tile.figure
        if figure.quality == "absent":
            canvas.hatch(line)
        elif sum(v is not None for v in figure.trend) > 1:
            cut = figure.quality in ("late", "stale") and figure.as_of is None
            view = SparklineView(figure.trend, threshold=figure.threshold, slots=figure.slots)
            if cut:
                view = SparklineView(figure.trend, slots=figure.slots, cut=True)
            draw_sparkline(canvas, line, view)

    def _paint_head(self, canvas: Canvas, box: QRectF, tile: BoardTile) -> float:
        """The rule, with the theme's name in it where a theme begins; returns where text starts."""
        theme = self.theme
        y = box.top() + theme.px(4) + canvas.line_px("meta") * 0.2
        left = box.left()
        if tile.first:
            baseline = y + theme.metrics("meta").capHeight() / 2
            left += canvas.text(tile.theme, left, baseline, "meta", "text.1", weight=600)
            left += theme.px(10)
        canvas.rule(left, box.right(), y)
        return y + theme.px(8)

    def _paint_age(self, canvas: Canvas, room: QRectF, baseline: float, tile: BoardTile) -> None:
        figure = tile.figure
        late = figure.quality in ("late", "stale")
        words = figure.reason if figure.quality == "absent" else figure.as_of
        words = words or _age(tile, self.now_ms)
        tag = figure.simulated and figure.quality != "absent"
        width = room.width()
        if tag:
            width -= canvas.tag_width() + self.theme.px(6)
        weight, color = (600, "text.1") if late and figure.as_of is None else (None, "text.3")
        x = room.left()
        x += canvas.text(words, x, baseline, "meta", color, weight=weight, width=max(1.0, width))
        if tag:
            canvas.tag(x + self.theme.px(6), baseline)

    def _paint_figure(self, canvas: Canvas, room: QRectF, tile: BoardTile, baseline: float) -> None:
        theme, figure = self.theme, tile.figure
        left = room.left()
        if figure.severity is not None and figure.quality != "absent":
            size = theme.px(20)
            middle = baseline - theme.metrics("figureS").capHeight() / 2
            canvas.severity(figure.severity, QPointF(left + size / 2, middle), size)
            left += size + theme.px(8)
        late = figure.quality in ("late", "stale") and figure.as_of is None
        value, unit = _value(tile, theme)
        width = room.right() - left
        canvas.figure(
            left,
            baseline,
            value,
            unit,
            figure_role(canvas, value, unit, width, FIGURE_ROLES),
            "text.3" if figure.quality == "stale" and late else "text.1",
            dotted=late,
            width=width,
        )


def _value(tile: BoardTile, theme: Theme) -> tuple[str, str]:
    if tile.figure.quality == "absent":
        return "—", ""
    return tile.figure.value, theme.say(tile.figure.unit)


def _age(tile: BoardTile, now_ms: int | None) -> Text:
    figure = tile.figure
    return aged(figure.t_ms, now_ms, figure.quality)
