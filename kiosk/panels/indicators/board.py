"""The board: every indicator as a light tile; only tiles that changed are painted again."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.panels.indicators.model import BoardTile, Narrowing
from kiosk.panels.indicators.pieces import figure_role
from kiosk.panels.paging import BAR_U, PAPER_FOOT_U, PagedCells
from kiosk.panels.paging import GAP_U as PAGE_GAP_U
from kiosk.ui.ages import aged
from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import draw_button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.components.sparkline import SparklineView, draw_sparkline
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

GUTTER_U = 24
MOST_U = 204.0  # of a tile's height: what few tiles leave free stays free
LINE_MOST_U = 96.0
SWITCH_U = 216.0
TURNS_U = 2 * 180.0 + 120.0  # the buttons that turn pages, and which page it is
NARROWING_MOST_U = 1040.0
WIDE_U = 1400.0
MANY = 8  # tiles; to draw in so many separate rectangles takes longer than to draw all


@dataclass(frozen=True)
class _Size:
    """How large the tiles are: widths in u by language, the type that figures step down from, the
    line's share of the width. `named`: each theme's name stands over its first tile."""

    narrowest_u: dict[str, float]
    most_columns: int
    title: str
    roles: tuple[str, ...]
    age: str
    line_share: float
    air_u: float
    named: bool


LARGE = _Size(
    narrowest_u={"ko": 272.0, "en": 272.0},
    most_columns=7,
    title="body",
    roles=("clock", "figureS", "title", "tab", "lead"),
    age="meta",
    line_share=0.29,
    air_u=64.0,
    named=True,
)
SMALL = _Size(
    narrowest_u={"ko": 200.0, "en": 200.0},
    most_columns=8,
    title="meta",
    roles=("title", "tab", "lead", "body", "meta"),
    age="micro",
    line_share=0.3,
    air_u=20.0,
    named=False,
)
NONE_SO = Text("지금 그런 지표가 없습니다", "No indicator stands so now")
NONE_SERVES = Text("이 목표에 닿는 지표가 없습니다", "No indicator serves this goal")
ALL_AT_ONCE = Text("한눈에 모두", "All at once")
LARGER = Text("크게 보기", "Larger")


class IndicatorBoard(PagedCells):
    """Large tiles over pages, to be read from across the room; or, when that is asked for, all of
    them on one screen, as many columns as leave a tile some 200u of width. What has no room then
    (large type, long words) stands on further pages as well."""

    name = "board"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tiles: tuple[BoardTile, ...] = ()
        self._none: Text | None = None
        self._whole = True
        self._size = LARGE
        self._narrowing = Segmented(theme, SegmentedView(()), self)
        self._narrowing.submitted.connect(self.submitted)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._narrowing.set_theme(theme)
        self._place_narrowing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_narrowing()

    def show_on_paper(self) -> None:
        """All of them on one page."""
        super().show_on_paper()
        self._narrowing.hide()
        self.show_all_at_once(True)

    def show_all_at_once(self, all_at_once: bool) -> None:
        """Small tiles instead of large ones; on paper they stay small."""
        size = SMALL if all_at_once or self._on_paper else LARGE
        if size is not self._size:
            self._size = size
            self.scroll_to(0)
            self.update()

    def set_tiles(self, tiles: tuple[BoardTile, ...]) -> None:
        old, self._tiles = self._tiles, tiles
        if [t.press for t in old] != [t.press for t in tiles]:
            self.scroll_to(min(self.offset, self.most_px()))
            self.update()
            return
        changed = [box for box, index in self.boxes() if old[index] != tiles[index]]
        if len(changed) > MANY:
            self.update()
            return
        for box in changed:
            self.repaint_area(box)

    def set_narrowing(self, narrowed: tuple[Narrowing, ...]) -> None:
        """What it can be narrowed to, in its foot."""
        chosen = next((n for n, one in enumerate(narrowed) if one.chosen), -1)
        choices = tuple(Action(n.label, n.command, {}, n.command) for n in narrowed)
        self._narrowing.set_view(SegmentedView(choices, chosen))
        self._whole = chosen == 0

    def set_none(self, none: Text | None) -> None:
        """What no tile stands for, said in place of them."""
        if none != self._none:
            self._none = none
            self.update()

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
        narrowest = self.theme.px(self._size.narrowest_u[self.theme.language]) * factor
        fitting = int((self.area().width() + gutter) / (narrowest + gutter))
        return max(2, min(self._size.most_columns, fitting))

    def cells(self) -> int:
        return len(self._tiles)

    def row_px(self) -> float:
        """As many rows as there is room for share the height."""
        room, most = self._room_px(), float(self.theme.px(MOST_U))
        return min(room / self.per_page(), most)

    def per_page(self) -> int:
        """As many on each page as on the others, but for the last."""
        fitting = max(1, int(self._room_px() / self._least_px()))
        pages = max(1, -(-self.count() // fitting))
        return max(1, -(-self.count() // pages))

    def left_out(self) -> int:
        return len(self._tiles) - len(self.boxes())

    def _room_px(self) -> float:
        foot = PAPER_FOOT_U if self._on_paper else BAR_U + PAGE_GAP_U
        if self._is_narrow() and not self._on_paper:
            foot += BAR_U + PAGE_GAP_U
        return self.area().height() - self.theme.px(foot)

    def _is_narrow(self) -> bool:
        """Whether the foot has no room for switch, narrowing and pages side by side."""
        return self.area().width() < self.theme.px(WIDE_U)

    def _place_narrowing(self) -> None:
        """Between switch and pages, where that is too narrow over them."""
        theme, area = self.theme, self.area()
        high, gap = theme.px(BAR_U), theme.px(GUTTER_U)
        top, left, right = area.height() - high, 0.0, area.width()
        if self._is_narrow():
            top -= high + theme.px(PAGE_GAP_U)
        else:
            left = theme.px(SWITCH_U) + gap
            right = min(left + theme.px(NARROWING_MOST_U), area.width() - theme.px(TURNS_U))
        box = QRectF(left, top, max(1.0, right - left), high)
        self._narrowing.setGeometry(self.device_rect(box).toRect())

    def _least_px(self) -> float:
        """Title, figure and age over one another, and the air between them."""
        theme, ruler = self.theme, self.measure()
        figure = theme.metrics(self._size.roles[0]).capHeight()
        lines = ruler.line_px(self._size.title) + ruler.line_px(self._size.age)
        return lines + figure + theme.px(self._size.air_u)

    def cell_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        tile = self._tiles[index]
        trigger = f"board.{tile.figure.indicator}"
        return (Target(box, tile.press.command, tile.press.args, trigger),)

    def bar(self) -> tuple[Target, ...]:
        """The switch between large and small tiles is always there, but on paper."""
        if self._on_paper:
            return ()
        high = self.theme.px(BAR_U)
        wide = self.theme.px(SWITCH_U)
        switch = QRectF(0, self.area().height() - high, wide, high)
        command = "board.small" if self._size is LARGE else "board.large"
        return (Target(switch, command, {}, "board.size"), *super().bar())

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        super().paint(canvas)
        if self._none is not None:
            width = self.area().width()
            words = NONE_SERVES if self._whole else NONE_SO
            bottom = canvas.paragraph(words, 0, 0, width, "lead", "text.1", weight=500)
            canvas.paragraph(self._none, 0, bottom + self.theme.px(4), width, "body", "text.2")

    def paint_cell(self, canvas: Canvas, box: QRectF, index: int) -> None:
        self._paint_tile(canvas, box, self._tiles[index])

    def paint_bar(self, canvas: Canvas) -> None:
        if self._on_paper:
            self.paint_left_out(canvas)
            return
        switch, *turns = self.bar()
        large = self._size is LARGE
        words = ALL_AT_ONCE if large else LARGER
        pressed = self.is_pressed(switch.trigger)
        draw_button(canvas, switch.rect, words, "secondary", pressed=pressed, icon="grid")
        self.paint_turns(canvas, tuple(turns))
        if turns:
            right = turns[0].rect.left() - self.theme.px(24)
            baseline = canvas.middle_baseline(switch.rect.center().y(), "lead")
            canvas.text(self.page_words(), right, baseline, "lead", "text.2", align="right")

    def _paint_tile(self, canvas: Canvas, box: QRectF, tile: BoardTile) -> None:
        """Title, figure and age from top to bottom, and the line of the day or the years beside."""
        theme, figure, size = self.theme, tile.figure, self._size
        if self.is_pressed(f"board.{figure.indicator}"):
            canvas.surface(box.adjusted(0, 0, 0, -theme.px(8)), "surface.1")
        title = self._paint_head(canvas, box, tile) + canvas.line_px(size.title) * 0.8
        canvas.text(figure.title, box.left(), title, size.title, "text.2", width=box.width())
        spare = box.height() - self._least_px()
        beside = box.width() * size.line_share
        lined = figure.quality == "absent" or _points(tile) > 1
        room = box.width() - beside - theme.px(16) if lined else box.width()
        left = QRectF(box.left(), title, room, 0)
        baseline = title + theme.metrics(size.roles[0]).capHeight() + theme.px(size.air_u / 4 + 3)
        baseline += spare * 0.2
        self._paint_figure(canvas, left, tile, baseline)
        foot = baseline + canvas.line_px(size.age) + theme.px(size.air_u / 8) + spare * 0.2
        self._paint_age(canvas, left, foot, tile)
        line = QRectF(box.right() - beside, title + theme.px(size.air_u / 5), beside, 0)
        line.setBottom(min(foot, line.top() + theme.px(LINE_MOST_U)))
        self._paint_line(canvas, line, tile)

    def _paint_line(self, canvas: Canvas, line: QRectF, tile: BoardTile) -> None:
        figure = tile.figure
        if figure.quality == "absent":
            canvas.hatch(line)
        elif _points(tile) > 1:
            cut = figure.quality in ("late", "stale") and figure.as_of is None
            view = SparklineView(figure.trend, threshold=figure.threshold, slots=figure.slots)
            if cut:
                view = SparklineView(figure.trend, slots=figure.slots, cut=True)
            draw_sparkline(canvas, line, view)

    def _paint_head(self, canvas: Canvas, box: QRectF, tile: BoardTile) -> float:
        """The rule, over it a theme's name where one begins; returns where text starts."""
        theme = self.theme
        y = box.top() + theme.px(1)
        if self._size.named:
            y += canvas.line_px("meta") + theme.px(2)
            if tile.first:
                baseline = y - theme.px(8)
                canvas.text(tile.theme, box.left(), baseline, "meta", weight=600, width=box.width())
        canvas.rule(box.left(), box.right(), y)
        return y + theme.px(5)

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
        x, role = room.left(), self._size.age
        x += canvas.text(words, x, baseline, role, color, weight=weight, width=max(1.0, width))
        if tag:
            canvas.tag(x + self.theme.px(6), baseline)

    def _paint_figure(self, canvas: Canvas, room: QRectF, tile: BoardTile, baseline: float) -> None:
        theme, figure = self.theme, tile.figure
        left = room.left()
        if figure.severity is not None and figure.quality != "absent":
            size = theme.metrics(self._size.roles[0]).capHeight() * 0.8
            middle = baseline - theme.metrics(self._size.roles[0]).capHeight() / 2
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
            figure_role(canvas, value, unit, width, self._size.roles),
            "text.3" if figure.quality == "stale" and late else "text.1",
            dotted=late,
            width=width,
        )


def _points(tile: BoardTile) -> int:
    return sum(value is not None for value in tile.figure.trend)


def _value(tile: BoardTile, theme: Theme) -> tuple[str, str]:
    if tile.figure.quality == "absent":
        return "—", ""
    return tile.figure.value, theme.say(tile.figure.unit)


def _age(tile: BoardTile, now_ms: int | None) -> Text:
    figure = tile.figure
    return aged(figure.t_ms, now_ms, figure.quality)
