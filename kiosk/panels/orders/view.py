"""Orders on the wall: the list, one in full, or a new one."""

from PySide6.QtCore import QRectF

from kiosk.panels.orders.compose import ComposeParts
from kiosk.panels.orders.model import OrdersModel
from kiosk.panels.orders.opened import OpenedOrder
from kiosk.panels.orders.table import OrderTable
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

BAR_U = 56.0
GAP_U = 14.0
FILTERS = (
    ("open", Text("진행 중", "Open")),
    ("late", Text("기한 지남", "Past due")),
    ("done", Text("끝남", "Done")),
    ("all", Text("모두", "All")),
)
NEW = Action(Text("새 지시", "New order"), "order.compose", {"about": ""}, "orders.compose", "send")
BACK = Action(Text("지시 목록", "All orders"), "order.list", {}, "orders.list", "back")
NONE = {
    "open": Text("진행 중인 지시가 없습니다.", "No order is under way."),
    "late": Text("기한이 지난 지시가 없습니다.", "No order is past its day."),
    "done": Text("끝난 지시가 없습니다.", "No order is done yet."),
    "all": Text("아직 지시한 것이 없습니다.", "Nothing has been ordered yet."),
}


class OrdersView(PanelView):
    """A head, the filter and a button, and under them what the place asks for."""

    def build(self) -> None:
        theme = self.theme
        self._model = OrdersModel(loading=True)
        self._head = self.add(SectionHead(theme))
        self._filter = self.add(Segmented(theme, SegmentedView(())))
        self._new = self.add(Button(theme, NEW, "primary"))
        self._back = self.add(Button(theme, BACK))
        self._none = self.add(Sentence(theme))
        self.table = self.add(OrderTable(theme))
        self.opened = self.add(OpenedOrder(theme))
        self.compose = ComposeParts(self)
        self._show_parts()

    def set_view_model(self, model: OrdersModel) -> None:
        before, self._model = self._model, model
        self.table.set_lines(model.lines)
        self.opened.set_line(model.opened)
        self.compose.set_draft(model.draft)
        self._set_head(model)
        self._show_parts()
        if before.draft != model.draft:
            self.rearrange()

    def _set_head(self, model: OrdersModel) -> None:
        still, _, _, every = model.counts
        title = Text(f"지시 {every}건", f"{every} orders")
        remark = Text(f"진행 중 {still}건", f"{still} under way")
        if model.draft is not None:
            title = Text("새 지시", "A new order")
            subject = model.draft.subject
            remark = Text(f"대상: {subject.ko}", f"About: {subject.en}")
        if model.problem.ko:
            remark = model.problem
        self._head.set_view(SectionView(title, remark))
        choices = tuple(
            Action(
                Text(f"{words.ko} {count}", f"{words.en} {count}"),
                "order.list",
                {"shown": shown},
                f"orders.filter.{shown}",
            )
            for (shown, words), count in zip(FILTERS, model.counts, strict=True)
        )
        chosen = [shown for shown, _ in FILTERS].index(model.shown)
        self._filter.set_view(SegmentedView(choices, chosen))
        missing = Text("지금 이 지시를 찾을 수 없습니다.", "This order is not there now.")
        self._none.set_words(Text("불러오는 중", "Loading") if model.loading else NONE[model.shown])
        if self._lost(model):
            self._none.set_words(missing)

    def _lost(self, model: OrdersModel) -> bool:
        return model.asked and model.opened is None

    def _show_parts(self) -> None:
        model = self._model
        writing, reading = model.draft is not None, model.asked and model.draft is None
        listing = not writing and not reading
        self._filter.setVisible(listing)
        self._new.setVisible(listing)
        self._back.setVisible(reading)
        self.table.setVisible(listing and bool(model.lines))
        self._none.setVisible((listing and not model.lines) or (reading and self._lost(model)))
        self.opened.setVisible(reading and model.opened is not None)
        self.compose.set_visible(writing)

    def arrange(self, modules: Modules) -> None:
        whole = modules.box(0, modules.count, 0, modules.height)
        self.put(self._head, QRectF(0, 0, whole.width(), HEAD_U))
        top = HEAD_U + GAP_U
        half = 2.0 if modules.upright else 4.0
        self.put(self._filter, modules.box(0, half, top, BAR_U))
        self.put(self._new, modules.box(modules.count - 1, 1, top, BAR_U))
        self.put(self._back, modules.box(modules.count - 1, 1, top, BAR_U))
        rest = whole.adjusted(0, top + BAR_U + GAP_U, 0, 0)
        self.put(self.table, rest)
        self.put(self._none, rest.adjusted(0, GAP_U, 0, 0))
        self.put(self.opened, rest)
        self.compose.arrange(modules, top)
