"""Indicators on the wall: the board, or one in full."""

from kiosk.panels.indicators.board import IndicatorBoard
from kiosk.panels.indicators.figure_table import FigureTable
from kiosk.panels.indicators.look_bar import LookBar
from kiosk.panels.indicators.model import Detail, IndicatorsModel
from kiosk.panels.indicators.people import Choice, Choices
from kiosk.panels.indicators.pieces import About, FigureHead
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.class_list import ClassList, ClassRow
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.charts.line_chart import LineChart
from kiosk.ui.charts.ranking_dots import RankingDots
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

FOOT_U = 66.0
GAP_U = 20.0
BUTTON_U = 56.0
TOP_SHARE = 0.46
CHOICE_U = 48.0
LONE_CHART_U = 760.0  # upright: higher, a line looks steeper than it is
CHOICES_MOST_U = 1040.0
NOTHING = Text("", "")
LOADING = Text("불러오는 중", "Loading")
AS_TABLE = Action(Text("표", "Table"), "chart.table", {}, "indicator.shape", "grid")
AS_LINE = Action(Text("그래프", "Chart"), "chart.line", {}, "indicator.shape")
BUTTONS = (
    Action(Text("모든 지표", "All indicators"), "nav.close", {}, "indicator.close", "grid"),
    Action(Text("이전", "Previous"), "indicator.previous", {}, "indicator.previous", "back"),
    Action(Text("다음", "Next"), "indicator.next", {}, "indicator.next", "next"),
    AS_TABLE,
    Action(Text("보고서", "Report"), "report.save", {}, "indicator.report", "document"),
    Action(Text("지시", "Order"), "order.compose", {}, "indicator.order", "send"),
)
SHAPE = BUTTONS.index(AS_TABLE)


class IndicatorsView(PanelView):
    """The board fills the panel; an opened indicator takes its place."""

    def build(self) -> None:
        theme = self.theme
        self._model = IndicatorsModel(loading=True)
        self._loading = self.add(Sentence(theme))
        self._loading.set_words(LOADING)
        self.board = self.add(IndicatorBoard(theme))
        self._head = self.add(FigureHead(theme))
        self._chart_head = self.add(SectionHead(theme))
        self.chart = self.add(LineChart(theme))
        self.table = self.add(FigureTable(theme))
        self.groups = self.add(RankingDots(theme))
        self._rank_head = self.add(SectionHead(theme))
        self.ranking = self.add(RankingDots(theme))
        self._map_head = self.add(SectionHead(theme))
        self.map = self.add(DistrictMap(theme))
        self._classes = self.add(ClassList(theme))
        self._about = self.add(About(theme))
        self._periods = self.add(Segmented(theme, SegmentedView(())))
        self._sexes = self.add(Segmented(theme, SegmentedView(())))
        self._ages = self.add(Segmented(theme, SegmentedView(())))
        self._look = LookBar(self)
        self._buttons = [self.add(Button(theme, action)) for action in BUTTONS]
        self._show_parts()

    def set_view_model(self, model: IndicatorsModel) -> None:
        before, self._model = self._model, model
        if model.detail is not None:
            self._set_detail(model.detail)
        else:
            self.board.set_tiles(model.tiles)
            self.board.show_all_at_once(model.small)
            self.board.set_narrowing(model.narrowed)
            self.board.set_none(model.none_of)
        needed = self._needs(before)
        self._look.set_looking(model.detail.looking if model.detail is not None else None)
        self._show_parts()
        if needed != self._needs(model):
            self.rearrange()

    def look_bar_turned(self) -> None:
        """The row of what can be chosen of the line was opened or closed."""
        self._show_parts()
        self.rearrange()

    def _needs(self, model: IndicatorsModel) -> tuple[object, ...]:
        """What decides where the pieces lie: whether there is a detail, a map, a choice, and what
        can be chosen of the line."""
        detail = model.detail
        choice = detail is not None and bool(detail.choices.periods)
        looking = detail.looking if detail is not None else None
        looks = bool(looking and looking.toggles), bool(looking and looking.times)
        return detail is not None, self._mapped(model), choice, looks, self._look.opened

    def _mapped(self, model: IndicatorsModel) -> bool:
        return model.detail is not None and model.detail.map is not None

    def _show_parts(self) -> None:
        model = self._model
        detail, mapped = model.detail is not None, self._mapped(model)
        self._loading.setVisible(model.loading and not detail)
        self.board.setVisible(not detail and not model.loading)
        for piece in (self._head, self._chart_head, self._about, *self._buttons):
            piece.setVisible(detail)
        self.table.setVisible(model.detail is not None and bool(model.detail.rows))
        self.groups.setVisible(model.detail is not None and bool(model.detail.groups.rows))
        self.chart.setVisible(model.detail is not None and self._drawn(model.detail))
        self._look.show_parts()
        found = model.detail.choices if model.detail is not None else Choices()
        if self._look.opened:
            found = Choices()  # its row is where the choices are
        self._periods.setVisible(bool(found.periods))
        self._sexes.setVisible(bool(found.sexes))
        self._ages.setVisible(bool(found.ages))
        for piece in (self._rank_head, self.ranking, self._map_head, self.map, self._classes):
            piece.setVisible(mapped)

    def _drawn(self, detail: Detail) -> bool:
        """Whether the figures are a line, and not rows or people."""
        return not detail.rows and not detail.groups.rows

    def _set_detail(self, detail: Detail) -> None:
        simulated = detail.figure.simulated
        self._head.set_detail(detail)
        self.chart.set_model(detail.chart)
        self.table.set_rows(detail.rows)
        self.groups.set_model(detail.groups)
        self._buttons[SHAPE].set_action(AS_TABLE if self._drawn(detail) else AS_LINE)
        self._say_axis(detail)
        self._rank_head.set_view(
            SectionView(detail.ranking_title, detail.ranking_remark, simulated)
        )
        self.ranking.set_model(detail.ranking)
        self._about.set_rows(detail.about)
        found = detail.choices
        self._periods.set_view(SegmentedView(_actions(found.periods), found.period))
        self._sexes.set_view(SegmentedView(_actions(found.sexes), found.sex))
        self._ages.set_view(SegmentedView(_actions(found.ages), 1))
        if detail.map is None or detail.reading is None:
            return
        self._map_head.set_view(SectionView(detail.map_title, detail.figure.unit, simulated))
        self.map.set_model(detail.map)
        self._classes.set_rows(
            tuple(ClassRow(e.label, e.color, e.districts) for e in detail.reading.legend)
        )

    def _say_axis(self, detail: Detail) -> None:
        remark = self.chart.remark() if self._drawn(detail) else NOTHING
        view = SectionView(detail.chart_title, remark, detail.figure.simulated)
        self._chart_head.set_view(view)

    # ---- places

    def arrange(self, modules: Modules) -> None:
        whole = modules.box(0, modules.count, 0, modules.height)
        self.put(self.board, whole)
        self.put(self._loading, whole)
        if modules.upright:
            self._arrange_upright(modules)
        else:
            self._arrange_wide(modules)
        self._place_foot(modules)
        if self._model.detail is not None:
            self._say_axis(self._model.detail)

    def _place_foot(self, modules: Modules) -> None:
        top = modules.height - FOOT_U
        widths = (196.0, 124.0, 124.0, 132.0, 148.0, 124.0)
        x = modules.width - sum(widths) - 5 * 12
        if modules.upright:
            box = modules.box(0, 3, top - 70, 66)
        else:
            box = modules.box(0, 1, top, FOOT_U)
            pressed = any(button.isVisibleTo(self) for button in self._buttons)
            box.setRight(x - 24 if pressed else modules.width)
        self.put(self._about, box)
        for button, width in zip(self._buttons, widths, strict=True):
            place = modules.box(0, 1, modules.height - BUTTON_U, BUTTON_U)
            place.moveLeft(x)
            place.setWidth(width)
            self.put(button, place)
            x += width + 12

    def _arrange_wide(self, modules: Modules) -> None:
        body = modules.height - FOOT_U - GAP_U
        wide = modules.count - 1
        mapped = self._mapped(self._model)
        top = body * TOP_SHARE if mapped else body
        self.put(self._head, modules.box(0, 1, 0, top))
        self._put_chart(modules, (1, wide), 0, top)
        low = top + GAP_U
        high = body - low
        ranks = modules.count - 3
        self.put(self._rank_head, modules.box(0, ranks, low, HEAD_U))
        self.put(self.ranking, modules.box(0, ranks, low + HEAD_U, high - HEAD_U))
        self.put(self._map_head, modules.box(ranks, 3, low, HEAD_U))
        self.put(self.map, modules.box(ranks, 2, low + HEAD_U, high - HEAD_U))
        self.put(self._classes, modules.box(ranks + 2, 1, low + HEAD_U, high - HEAD_U))

    def _put_chart(
        self, modules: Modules, columns: tuple[int, float], begin: float, bottom: float
    ) -> None:
        """Head, choices where there are any, and the line, in columns: the first and how many."""
        head = modules.box(*columns, begin, HEAD_U)
        self._look.put_button(head)
        self.put(self._chart_head, head.adjusted(0, 0, -self._look.head_u, 0))
        top = begin + HEAD_U + 6
        found = self._model.detail.choices if self._model.detail is not None else Choices()
        if self._look.opened:
            rows = modules.box(*columns, top + 8, bottom - top)
            top += 8 + self._look.put_rows(rows, modules.upright) + 10
        elif found.periods and self._periods.isVisibleTo(self):
            self._put_choices(modules, columns, top)
            top += CHOICE_U + 10
        for piece in (self.chart, self.table, self.groups):
            self.put(piece, modules.box(*columns, top, bottom - top))

    def _put_choices(self, modules: Modules, columns: tuple[int, float], top: float) -> None:
        width = min(modules.span(columns[1]), CHOICES_MOST_U)
        left = modules.x(columns[0])
        for piece, share in ((self._periods, 0.37), (self._sexes, 0.25), (self._ages, 0.38)):
            box = modules.box(*columns, top, CHOICE_U)
            box.moveLeft(left)
            box.setWidth(width * share - 12)
            self.put(piece, box)
            left += width * share

    def _arrange_upright(self, modules: Modules) -> None:
        body = modules.height - FOOT_U - 70 - GAP_U
        head = 330.0
        self.put(self._head, modules.box(0, 1, 0, head))
        if self._mapped(self._model):
            self._put_chart(modules, (1, 2), 0, head)
        else:
            self._put_chart(modules, (0, 3), head, min(body, head + LONE_CHART_U))
        top = head + GAP_U
        map_height = (body - top) * 0.48
        self.put(self._map_head, modules.box(0, 3, top, HEAD_U))
        self.put(self._classes, modules.box(0, 1, top + HEAD_U, map_height - HEAD_U))
        self.put(self.map, modules.box(1, 2, top + HEAD_U, map_height - HEAD_U))
        top += map_height + GAP_U
        self.put(self._rank_head, modules.box(0, 3, top, HEAD_U))
        self.put(self.ranking, modules.box(0, 3, top + HEAD_U, body - top - HEAD_U))


def _actions(choices: tuple[Choice, ...]) -> tuple[Action, ...]:
    return tuple(Action(c.label, c.command, c.args, c.trigger) for c in choices)
