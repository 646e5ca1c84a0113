"""Ranking on the wall: a dot on a line for every district, as large as there is room."""

from PySide6.QtCore import QRectF

from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.ranking.presenter import COUNTS, ORDERS, RankingPanelModel
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.ranking_dots import RankingDots
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

BUTTON_U = 56.0
GAP_U = 24.0
CLOSE_U = 150.0
LOADING = Text("불러오는 중", "Loading")
CLOSE = Action(Text("닫기", "Close"), "nav.close", {}, "ranking.close", "close")
COMPARE = Action(Text("비교", "Compare"), "compare.open", {}, "ranking.compare")


class RankingView(PanelView):
    """Head, rows, and what orders and cuts them at the foot."""

    def build(self) -> None:
        theme = self.theme
        self._head = self.add(SectionHead(theme))
        self.ranking = self.add(RankingDots(theme, roomy=True))
        self._words = self.add(Sentence(theme))
        self._orders = self.add(Segmented(theme, SegmentedView(())))
        self._counts = self.add(Segmented(theme, SegmentedView(())))
        self._buttons = [self.add(Button(theme, action)) for action in (COMPARE, CLOSE)]

    def set_view_model(self, model: RankingPanelModel) -> None:
        shown = bool(model.ranking.rows)
        self._head.set_view(SectionView(model.title, model.remark, model.simulated))
        self.ranking.set_model(model.ranking)
        self._words.set_words(LOADING if model.loading else model.remark)
        self._words.setVisible(not shown)
        orders = tuple(
            Action(ORDERS[order][0], ORDERS[order][1], {}, f"ranking.order.{order}")
            for order in model.orders
        )
        self._orders.set_view(SegmentedView(orders, model.order))
        counts = tuple(
            Action(words, press.command, press.args, f"ranking.count.{count}")
            for count, (words, press) in COUNTS.items()
        )
        at = -1 if model.count is None else list(COUNTS).index(model.count)
        self._counts.set_view(SegmentedView(counts, at))
        for piece in (self.ranking, self._orders, self._counts, self._head):
            piece.setVisible(shown)

    def arrange(self, modules: Modules) -> None:
        foot = modules.height - BUTTON_U
        rows = foot - GAP_U
        if modules.upright:
            rows -= BUTTON_U + 12
        self.put(self._head, modules.box(0, modules.count, 0, HEAD_U))
        self.put(self.ranking, modules.box(0, modules.count, HEAD_U + 8, rows - HEAD_U - 8))
        self.put(self._words, modules.box(0, modules.count, 0, HEAD_U * 2))
        buttons = 2 * (CLOSE_U + 12)
        room = modules.width if modules.upright else modules.width - buttons - GAP_U
        choices = rows + 12 if modules.upright else foot
        self.put(self._orders, QRectF(0, choices, room * 0.56, BUTTON_U))
        self.put(self._counts, QRectF(room * 0.56 + 12, choices, room * 0.44 - 12, BUTTON_U))
        x = modules.width - buttons + 12
        for button in self._buttons:
            self.put(button, QRectF(x, foot, CLOSE_U, BUTTON_U))
            x += CLOSE_U + 12
