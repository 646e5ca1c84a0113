"""The board: every indicator as a light tile; only tiles that changed are painted again."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.panels.indicators.model import BoardTile
from kiosk.panels.indicators.pieces import figure_role
from kiosk.ui.ages import aged
from kiosk.ui.component import Component, Target
from kiosk.ui.components.sparkline import SparklineView, draw_sparkline
from kiosk.ui.paint import UNIT_ROLE, Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

GUTTER_U = 24
TILE_U = 136.0
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
        theme, figure = self.theme, tile.figure
        inner = box.adjusted(0, 0, 0, -theme.px(8))
        if self.is_pressed(f"board.{figure.indicator}"):
            canvas.surface(inner, "surface.1")
        y = self._paint_head(canvas, box, tile)
        y += canvas.line_px("meta") * 0.84
        beside = self._age_fits(canvas, box, tile)
        room = box.width()
        if not beside:
            room -= self._paint_age(canvas, box.right(), y, tile, room * 0.5) + theme.px(10)
        canvas.text(figure.title, box.left(), y, "body", "text.2", width=room)
        y += theme.metrics("figureS").capHeight() + theme.px(18)
        self._paint_figure(canvas, box, tile, y, beside)
        line = QRectF(box.left(), y + theme.px(9), box.width(), 0)
        line.setBottom(inner.bottom() - theme.px(4))
        if line.height() < theme.px(12):
            return
        if figure.quality == "absent":
            canvas.hatch(line.adjusted(0, theme.px(4), 0, 0))
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
        return y + theme.px(14)

    def _mark_px(self, canvas: Canvas, tile: BoardTile) -> float:
        """Width of age and mark."""
        late = tile.figure.quality in ("late", "stale")
        width = canvas.width(self._words(tile), "meta", 600 if late else None)
        return width + self.theme.px(34) + (canvas.tag_width() if self._marked(tile) else 0.0)

    def _words(self, tile: BoardTile) -> Text:
        figure = tile.figure
        return (
            figure.reason if figure.quality == "absent" else figure.as_of or _age(tile, self.now_ms)
        )

    def _marked(self, tile: BoardTile) -> bool:
        return tile.figure.simulated and tile.figure.quality != "absent"

    def _age_fits(self, canvas: Canvas, box: QRectF, tile: BoardTile) -> bool:
        """Whether the age has room beside the figure; else it stands beside the title."""
        value, unit = _value(tile, self.theme)
        unit_px = canvas.width(unit, UNIT_ROLE.get(FIGURE_ROLES[-1], "meta"), 500)
        least = canvas.width(value, FIGURE_ROLES[-1]) + unit_px + self.theme.px(18)
        return least + self._mark_px(canvas, tile) <= box.width()

    def _paint_age(
        self, canvas: Canvas, right: float, baseline: float, tile: BoardTile, room: float
    ) -> float:
        late = tile.figure.quality in ("late", "stale") and tile.figure.as_of is None
        return canvas.mark_of_age(
            right,
            baseline,
            self._words(tile),
            simulated=self._marked(tile),
            emphasised=late,
            width=max(1.0, room),
        )

    def _paint_figure(
        self, canvas: Canvas, box: QRectF, tile: BoardTile, baseline: float, beside: bool
    ) -> None:
        theme, figure = self.theme, tile.figure
        left = box.left()
        if figure.severity is not None and figure.quality != "absent":
            size = theme.px(20)
            middle = baseline - theme.metrics("figureS").capHeight() / 2
            canvas.severity(figure.severity, QPointF(left + size / 2, middle), size)
            left += size + theme.px(8)
        late = figure.quality in ("late", "stale") and figure.as_of is None
        value, unit = _value(tile, theme)
        room = box.right() - left
        mark = self._mark_px(canvas, tile) if beside else 0.0
        role = figure_role(canvas, value, unit, room - mark, FIGURE_ROLES)
        taken = canvas.figure(
            left,
            baseline,
            value,
            unit,
            role,
            "text.3" if figure.quality == "stale" and late else "text.1",
            dotted=late,
            width=room,
        )
        if beside:
            self._paint_age(canvas, box.right(), baseline, tile, room - taken - theme.px(10))


def _value(tile: BoardTile, theme: Theme) -> tuple[str, str]:
    if tile.figure.quality == "absent":
        return "—", ""
    return tile.figure.value, theme.say(tile.figure.unit)


def _age(tile: BoardTile, now_ms: int | None) -> Text:
    figure = tile.figure
    return aged(figure.t_ms, now_ms, figure.quality)
