"""Home on the wall."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QHideEvent

from kiosk.panels.camera_pieces import CameraTally
from kiosk.panels.cameras import count
from kiosk.panels.home.drawer import CLOSE, OPEN, LayerDrawer
from kiosk.panels.home.issues import Issue
from kiosk.panels.home.model import HomeModel
from kiosk.panels.home.pieces import ReadingHead
from kiosk.panels.parts import (
    HEAD_U,
    SectionHead,
    SectionView,
    Sentence,
    indicator_tiles,
    show_tiles,
)
from kiosk.panels.view import GUTTER_U, Modules, PanelView
from kiosk.ui.charts.cctv_grid import CctvGrid
from kiosk.ui.charts.class_list import ClassList, ClassRow
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.charts.trend_line import TrendLine
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.figure_tile import FigureTile
from kiosk.ui.components.issue_row import IssueRow, IssueRowView
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.times import clock_words
from kiosk.wire.text import Text

FIGURES_U = 186.0
STRIP_U = 168.0
CAMERAS_U = 190.0  # a row of them on an upright wall
LEAST_MAP_U = 400.0
GAP_U = 18.0
READING_U = 166.0
NONE_U = 96.0
TREND_U = 132.0
SWITCH_U = 52.0
EDGE_U = 4.0  # a tile keeps this free for its outline
ISSUE_U = 82.0
ORDER = Text("지시", "Order")
ALL_CAMERAS = Action(
    Text("CCTV 전체 화면", "All cameras"), "panel.open", {"panel": "cctv"}, "home.cctv"
)


class HomeView(PanelView):
    """Figures on top, the map in the middle, what to do at its right, cameras below."""

    shows_cameras = True

    def build(self) -> None:
        theme = self.theme
        self._model = HomeModel(loading=True)
        self._shape = (0, 0, 0, True)
        self._tiles: list[FigureTile] = []
        self._rows: list[IssueRow] = []
        self._reading = self.add(ReadingHead(theme))
        self._classes = self.add(ClassList(theme))
        self._switch = self.add(Segmented(theme, SegmentedView(())))
        self.map = self.add(DistrictMap(theme))
        self._map_rule = self.add(SectionHead(theme))
        self._issues = self.add(SectionHead(theme))
        self._none = self.add(Sentence(theme))
        self._trend_head = self.add(SectionHead(theme))
        self.trend = self.add(TrendLine(theme))
        self._legend = (self._reading, self._classes, self._switch)
        self._drawer = LayerDrawer(self)
        self._cctv = self.add(SectionHead(theme))
        self._tally = self.add(CameraTally(theme))
        self._all = self.add(Button(theme, ALL_CAMERAS))
        self.cameras = self.add(CctvGrid(theme, 5, gap_u=GUTTER_U - 2 * EDGE_U))
        self.map.raise_()
        self.map.set_corner(OPEN)
        self.submitted.connect(self._pressed)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._open_drawer(False)

    def _pressed(self, _command: str, _args: object, trigger: str) -> None:
        if trigger in (OPEN.trigger, CLOSE.trigger):
            self._open_drawer(trigger == OPEN.trigger and self._legend[0].isVisibleTo(self))

    def _open_drawer(self, opened: bool) -> None:
        """The legend gives way to it."""
        self._drawer.set_visible(opened)
        for piece in self._legend:
            piece.setVisible(not opened)

    # ---- content

    def set_view_model(self, model: HomeModel) -> None:
        self._model = model
        shape = (len(model.figures), len(model.issues), len(model.trend.series), model.loading)
        self._set_figures(model)
        self._set_map(model)
        self._set_issues(model)
        self._set_trend(model)
        self._set_cameras(model)
        if shape != self._shape:
            self._shape = shape
            self.rearrange()

    def _set_figures(self, model: HomeModel) -> None:
        views = indicator_tiles(model.figures, self.theme, "home")
        show_tiles(self, self._tiles, views)

    def _set_map(self, model: HomeModel) -> None:
        self._reading.set_reading(model.reading)
        if model.reading is not None:
            self._classes.set_rows(
                tuple(ClassRow(e.label, e.color, e.districts) for e in model.reading.legend)
            )
        chosen = next((i for i, choice in enumerate(model.choices) if choice.chosen), -1)
        choices = tuple(
            Action(c.label, c.press.command, c.press.args, f"home.metric.{i}")
            for i, c in enumerate(model.choices)
        )
        self._switch.set_view(SegmentedView(choices, chosen))
        self._drawer.set_model(model)
        if model.map is not None:
            self.map.set_model(model.map)

    def _set_issues(self, model: HomeModel) -> None:
        many = model.issue_count
        shown = len(model.issues)
        title = Text(f"지금 확인할 현안 {many}건", f"What needs a look now: {many}")
        if shown < many:
            title = Text(
                f"지금 확인할 현안 {many}건 중 {shown}건",
                f"What needs a look now: {shown} of {many}",
            )
        if not many:
            title = Text("지금 확인할 현안", "What needs a look now")
        remark = Text(
            "심각도와 시간 순, 번호는 지도와 같음", "by severity and time, numbers as on the map"
        )
        marked = any(issue.simulated for issue in model.issues)
        self._issues.set_view(SectionView(title, remark if many else Text("", ""), marked))
        self._none.setVisible(not many)
        self._say_none(model)
        self.drop(self._rows[len(model.issues) :])
        del self._rows[len(model.issues) :]
        for index, issue in enumerate(model.issues):
            if index < len(self._rows):
                self._rows[index].set_view(issue_row(issue, index == 0))
            else:
                self._rows.append(self.add(IssueRow(self.theme, issue_row(issue, index == 0))))

    def _set_trend(self, model: HomeModel) -> None:
        simulated = model.reading is not None and model.reading.simulated
        self.trend.set_model(model.trend, model.trend_press)
        self._trend_head.set_view(SectionView(model.trend_title, self.trend.remark(), simulated))

    def _say_none(self, model: HomeModel) -> None:
        if model.loading:
            self._none.set_words(Text("불러오는 중", "Loading"))
            return
        at = clock_words(model.checked_ms) if model.checked_ms is not None else ""
        self._none.set_words(
            Text("지금 확인할 현안이 없습니다.", "Nothing needs a look now."),
            Text(f"마지막 확인 {at}", f"Last checked {at}") if at else Text("", ""),
        )

    def _set_cameras(self, model: HomeModel) -> None:
        marked = any(camera.simulated for camera in model.cameras)
        title = Text(f"CCTV {model.camera_count}대", f"{model.camera_count} cameras")
        self._cctv.set_view(SectionView(title, simulated=marked))
        self._show_strip()

    def _show_strip(self) -> None:
        """As many cameras as have room; the state of the others is not known and counted so."""
        columns, rows = self._strip
        shown = self._model.cameras[: columns * rows]
        self.cameras.set_cameras(shown, columns, rows)
        waiting = self._model.camera_count - len(shown)
        self._tally.set_counts(count(shown, self._model.now_ms), waiting)

    # ---- places

    _strip = (5, 1)

    def arrange(self, modules: Modules) -> None:
        self._all.setVisible(not modules.upright)
        self._tally.setVisible(not modules.upright)
        if modules.upright:
            self._arrange_upright(modules)
        else:
            self._arrange_wide(modules)
        self._show_strip()

    def _place_figures(self, modules: Modules, columns: int) -> float:
        """Key figures in rows of so many; returns their bottom."""
        width = (modules.width - 24 * (columns - 1)) / columns
        for index, tile in enumerate(self._tiles):
            row, column = divmod(index, columns)
            top = row * (FIGURES_U + GAP_U)
            self.put(tile, QRectF(column * (width + 24), top, width, FIGURES_U))
        rows = max(1, -(-len(self._tiles) // columns))
        return rows * (FIGURES_U + GAP_U) - GAP_U

    def _arrange_wide(self, modules: Modules) -> None:
        top = self._place_figures(modules, 6) + GAP_U
        strip = modules.height - STRIP_U
        height = strip - GAP_U - top
        map_modules = modules.count - 4
        self._place_reading(modules, 0, 1, top, height)
        self._place_map(modules.box(1, map_modules, top, height))
        self._place_issues(modules.box(1 + map_modules, 3, top, height))
        self._strip = (modules.count - 1, 1)
        self.put(self._cctv, modules.box(0, 1, strip, HEAD_U))
        self.put(self._tally, modules.box(0, 1, strip + HEAD_U + 2, 58))
        self.put(self._all, modules.box(0, 1, modules.height - 56, 56))
        pictures = modules.box(1, modules.count - 1, strip, STRIP_U)
        self.put(self.cameras, pictures.adjusted(-EDGE_U, -EDGE_U, EDGE_U, EDGE_U))

    def _place_reading(
        self, modules: Modules, index: int, span: int, top: float, height: float
    ) -> None:
        self.put(self._reading, modules.box(index, span, top, READING_U))
        list_top = top + READING_U + 8
        bottom = top + height - SWITCH_U
        self.put(self._classes, modules.box(index, span, list_top, bottom - 12 - list_top))
        self.put(self._switch, modules.box(index, span, bottom, SWITCH_U))
        self._drawer.arrange(modules.box(index, span, top, height))

    def _place_map(self, box: QRectF) -> None:
        self.put(self._map_rule, QRectF(box.left(), box.top(), box.width(), 2))
        self.put(self.map, box.adjusted(0, 10, 0, 0))

    def _place_issues(self, box: QRectF) -> None:
        self.put(self._issues, QRectF(box.left(), box.top(), box.width(), HEAD_U))
        top = box.top() + HEAD_U
        self.put(self._none, QRectF(box.left(), top + 16, box.width(), NONE_U - 16))
        each = min(ISSUE_U + 2, (box.bottom() - top) / max(1, len(self._rows)))
        for index, row in enumerate(self._rows):
            self.put(row, QRectF(box.left(), top + index * each, box.width(), each))
        top += each * len(self._rows) if self._rows else NONE_U
        self._place_trend(QRectF(box.left(), top + GAP_U, box.width(), box.bottom() - top - GAP_U))

    def _place_trend(self, box: QRectF) -> None:
        """Where few issues leave room, the line of what colours the map."""
        roomy = box.height() >= TREND_U and bool(self._model.trend.series)
        self._trend_head.setVisible(roomy)
        self.trend.setVisible(roomy)
        if roomy:
            self.put(self._trend_head, QRectF(box.left(), box.top(), box.width(), HEAD_U))
            self.put(self.trend, box.adjusted(0, HEAD_U + 4, 0, 0))
            self._set_trend(self._model)

    def _arrange_upright(self, modules: Modules) -> None:
        top = self._place_figures(modules, 3) + GAP_U
        issues = HEAD_U + max(1, len(self._rows)) * ISSUE_U
        rest = modules.height - top - HEAD_U - 2 * GAP_U - issues
        strip_rows = 2 if rest - 2 * CAMERAS_U >= LEAST_MAP_U else 1
        strip = strip_rows * CAMERAS_U
        height = rest - strip
        self._place_reading(modules, 0, 1, top, height)
        self._place_map(modules.box(1, 2, top, height))
        top += height + GAP_U
        self._place_issues(modules.box(0, 3, top, issues))
        top += issues + GAP_U
        self.put(self._cctv, modules.box(0, 3, top, HEAD_U))
        self._strip = (3, strip_rows)
        pictures = modules.box(0, 3, modules.height - strip, strip)
        self.put(self.cameras, pictures.adjusted(-EDGE_U, 0, EDGE_U, EDGE_U))


def issue_row(issue: Issue, primary: bool) -> IssueRowView:
    """An issue as a row; the gravest has the accent."""
    press, order = issue.press, None
    if issue.about:
        args = {"about": issue.about}
        order = Action(ORDER, "order.compose", args, f"home.order.{issue.number}")
    return IssueRowView(
        number=issue.number,
        severity=issue.severity,
        headline=issue.headline,
        facts=issue.facts,
        since_ms=issue.since_ms,
        action=Action(issue.verb, press.command, press.args, f"home.issue.{issue.number}"),
        order=order,
        primary=primary and issue.severity in ("critical", "warning"),
    )
