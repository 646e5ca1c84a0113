"""Compare on the wall: a figure for each place, their lines together."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QRectF

from kiosk.panels.compare.model import CompareModel
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence, show_tiles, tile_view
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.line_chart import LineChart
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.figure_tile import FigureTile, FigureTileView
from kiosk.wire.text import Text

TILE_U = 196.0
GAP_U = 24.0
BUTTON_U = 56.0
HIGHEST_U = 640.0  # upright: a higher chart makes lines look steeper than they are
BUTTON_WIDE_U = 150.0
BUTTONS = (
    Action(Text("처음을 100으로", "Begin at 100"), "compare.indexed", {}, "compare.scale"),
    Action(Text("닫기", "Close"), "nav.close", {}, "compare.close", "close"),
    Action(Text("이전 구", "Previous"), "district.previous", {}, "compare.previous", "back"),
    Action(Text("다음 구", "Next"), "district.next", {}, "compare.next", "next"),
)


class CompareView(PanelView):
    """Figures in a row, the chart under them, the buttons at the right of the foot."""

    def build(self) -> None:
        self._model = CompareModel(loading=True)
        self._head = self.add(SectionHead(self.theme))
        self._tiles: list[FigureTile] = []
        self._chart_head = self.add(SectionHead(self.theme))
        self.chart = self.add(LineChart(self.theme))
        self._remark = self.add(Sentence(self.theme))
        self._buttons = [self.add(Button(self.theme, action)) for action in BUTTONS]

    def set_view_model(self, model: CompareModel) -> None:
        self._model = model
        count = len(model.columns)
        remark = Text(f"{count}곳을 나란히", f"{count} places side by side")
        self._head.set_view(SectionView(model.title, remark, model.simulated))
        self.chart.set_model(model.chart)
        loading = Text("불러오는 중", "Loading")
        self._remark.set_words(loading if model.loading else model.remark)
        words, press = model.switch
        if press.command:
            self._buttons[0].set_action(Action(words, press.command, press.args, "compare.scale"))
        self._set_tiles(model)
        self._say_axis()

    def _set_tiles(self, model: CompareModel) -> None:
        views = [
            tile_view(c.figure, self.theme, c.press, f"compare.area.{c.area}")
            for c in model.columns
        ]
        if model.one_scale:
            views = _on_one_scale(views)
        many = len(self._tiles)
        show_tiles(self, self._tiles, views)
        if len(views) != many:
            self.rearrange()

    def _say_axis(self) -> None:
        simulated = self._model.simulated
        self._chart_head.set_view(
            SectionView(self._model.chart_title, self.chart.remark(), simulated)
        )

    # ---- places

    def arrange(self, modules: Modules) -> None:
        self.put(self._head, modules.box(0, modules.count, 0, HEAD_U))
        top = self._place_tiles(modules, HEAD_U + 12) + GAP_U
        foot = modules.height - BUTTON_U
        self.put(self._chart_head, modules.box(0, modules.count, top, HEAD_U))
        high = foot - GAP_U - top - HEAD_U - 8
        if modules.upright:
            high = min(high, HIGHEST_U)
        chart = modules.box(0, modules.count, top + HEAD_U + 8, high)
        self.put(self.chart, chart)
        wide = len(BUTTONS) * (BUTTON_WIDE_U + 12)
        self.put(self._remark, QRectF(0, foot - 8, modules.width - wide - 12, BUTTON_U + 8))
        x = modules.width - wide + 12
        for button in self._buttons:
            self.put(button, QRectF(x, foot, BUTTON_WIDE_U, BUTTON_U))
            x += BUTTON_WIDE_U + 12
        self._say_axis()

    def _place_tiles(self, modules: Modules, top: float) -> float:
        columns = 2 if modules.upright else max(1, len(self._tiles))
        width = (modules.width - GAP_U * (columns - 1)) / columns
        for index, tile in enumerate(self._tiles):
            row, column = divmod(index, columns)
            y = top + row * (TILE_U + GAP_U)
            self.put(tile, QRectF(column * (width + GAP_U), y, width, TILE_U))
        rows = max(1, -(-len(self._tiles) // columns))
        return top + rows * (TILE_U + GAP_U) - GAP_U


def _on_one_scale(views: Sequence[FigureTileView]) -> list[FigureTileView]:
    """Lines side by side are read against one another: the same scale, and the same threshold."""
    sparks = [view.spark for view in views if view.spark is not None]
    line = next((s.threshold for s in sparks if s.threshold is not None), None)
    known = [v for s in sparks for v in (*s.today, line) if v is not None]
    if not known:
        return list(views)
    scale = {"low": min(known), "high": max(known), "threshold": line}
    return [
        view
        if view.spark is None
        else msgspec.structs.replace(view, spark=msgspec.structs.replace(view.spark, **scale))
        for view in views
    ]
