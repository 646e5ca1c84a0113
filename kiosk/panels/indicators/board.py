"""The board: every indicator as a light tile; only tiles that changed are painted again."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.panels.indicators.model import BoardTile
from kiosk.panels.indicators.pieces import figure_role
from kiosk.ui.ages import aged
from kiosk.ui.component import Component, Target
from kiosk.ui.components.sparkline import SparklineView, draw_sparkline
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

GUTTER_U = 24
TILE_U = 136.0
LINE_SHARE = 0.3  # of a tile's width
LINE_MOST_U = 64.0
FIGURE_ROLES = ("figureS", "title", "tab", "lead")


class IndicatorBoard(Component):
    """As many columns as leave every tile some 136u of height, at least three, at most eight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tiles: tuple[BoardTile, ...] = ()
        self._dirty = QRectF()

    def set_tiles(self, tiles: tuple[BoardTile, ...]) -> None:
        old, self._tiles = self._tiles, tiles
        if [t.press for t in old] != [t.press for t in tiles]:
            self.update()
            return
        for box, before, after in zip(self.boxes(), old, tiles, strict=True):
            if before != after:
                self.repaint_area(box)

    def set_now(self, now_ms: int) -> None:
        before = self.now_ms
        super().set_now(now_ms)
        for box, tile in zip(self.boxes(), self._tiles, strict=True):
            if before is None or _age(tile, before) != _age(tile, now_ms):
                self.repaint_area(box)

    def columns(self) -> int:
        area, unit = self.area(), self.theme.unit_px
        if area.width() < 1200 * unit:
            return 3
        rows = max(1, int(area.height() / (TILE_U * unit)))
        return min(8, max(6, -(-len(self._tiles) // rows)))

    def boxes(self) -> list[QRectF]:
        """The rectangle of each tile."""
        area, columns, gutter = self.area(), self.columns(), self.theme.px(GUTTER_U)
        rows = max(1, -(-len(self._tiles) // columns))
        width = (area.width() - gutter * (columns - 1)) / columns
        height = min(area.height() / rows, self.theme.px(TILE_U * 1.5))
        return [
            QRectF((i % columns) * (width + gutter), (i // columns) * height, width, height)
            for i in range(len(self._tiles))
        ]

    def targets(self) -> tuple[Target, ...]:
        return tuple(
            Target(box, t.press.command, t.press.args, f"board.{t.figure.indicator}")
            for box, t in zip(self.boxes(), self._tiles, strict=True)
        )

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        aspect = self.theme.pixel_aspect
        seen = QRectF(event.rect())
        self._dirty = QRectF(seen.x() * aspect, seen.y(), seen.width() * aspect, seen.height())
        super().paintEvent(event)
        self._dirty = QRectF()

    def paint(self, canvas: Canvas) -> None:
        for box, tile in zip(self.boxes(), self._tiles, strict=True):
            if self._dirty.isNull() or self._dirty.intersects(box):
                self._paint_tile(canvas, box, tile)

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
        baseline = title + theme.metrics("figureS").capHeight() + theme.px(12)
        self._paint_figure(canvas, left, tile, baseline)
        foot = baseline + canvas.line_px("meta") * 1.08
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
        y = box.top() + theme.px(9)
        left = box.left()
        if tile.first:
            baseline = y + theme.metrics("meta").capHeight() / 2
            left += canvas.text(tile.theme, left, baseline, "meta", "text.1", weight=600)
            left += theme.px(10)
        canvas.rule(left, box.right(), y)
        return y + theme.px(10)

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
