"""Complaints on the wall: the list at the left, the map and the opened one at the right."""

from PySide6.QtCore import QRectF

from kiosk.pack import here
from kiosk.panels.complaints.gathered import GatheredList
from kiosk.panels.complaints.model import ComplaintsModel
from kiosk.panels.complaints.opened import OpenedComplaint
from kiosk.panels.complaints.table import ComplaintTable
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView, Sentence
from kiosk.panels.picker import Picker
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.components.touch_keyboard import TouchKeyboard
from kiosk.wire.text import Text

GAP_U = 14.0
BUTTON_U = 60.0
STANDING_U = 56.0
OWN_WORDS = Text("또는 직접 쓰기", "Or in words of your own")
WHERE = Text("곳마다 처리할 민원", "Open complaints by area")
ORDER = Action(Text("지시", "Order"), "order.compose", {}, "complaints.order", "send")
REPLY = Action(Text("답변", "Reply"), "complaint.compose", {}, "complaints.compose", "document")
GATHERED = Text("같은 민원이 모인 곳", "Where complaints of one kind gather")
CLOSE = Action(Text("닫기", "Close"), "nav.close", {}, "complaints.close", "close")


class ComplaintsView(PanelView):
    """The map gives room to the complaint that is open, and that to the reply being written."""

    def build(self) -> None:
        theme = self.theme
        self._model = ComplaintsModel(loading=True)
        self._head = self.add(SectionHead(theme))
        self.standing = self.add(Segmented(theme, SegmentedView(())))
        self.table = self.add(ComplaintTable(theme))
        self._none = self.add(Sentence(theme))
        self._map_head = self.add(SectionHead(theme))
        self.map = self.add(DistrictMap(theme))
        self._gathered_head = self.add(SectionHead(theme))
        self._gathered_head.set_view(SectionView(GATHERED))
        self.gathered = self.add(GatheredList(theme))
        self.opened = self.add(OpenedComplaint(theme))
        self.replies = self.add(Picker(theme, "complaints.reply", 1))
        self.replies.submitted.connect(self._picked)
        self.keyboard = self.add(TouchKeyboard(theme, OWN_WORDS))
        self.keyboard.submitted.connect(self._written)
        self._buttons = [self.add(Button(theme, action)) for action in (CLOSE, ORDER, REPLY)]
        whole = Action(here().whole, "district.clear", {}, "complaints.whole", "map")
        self._whole = self.add(Button(theme, whole))
        self._show_parts()

    def set_view_model(self, model: ComplaintsModel) -> None:
        before, self._model = self._model, model
        remark = model.problem if model.problem.ko else model.remark
        self._head.set_view(SectionView(model.title, remark, model.simulated))
        self.table.set_lines(model.lines)
        stands = tuple(
            Action(c.label, "complaint.narrow", {"shown": c.shown}, f"complaints.stands.{c.shown}")
            for c in model.standings
        )
        chosen = next((i for i, choice in enumerate(model.standings) if choice.chosen), -1)
        self.standing.set_view(SegmentedView(stands, chosen))
        self.opened.set_opened(model.opened)
        self.gathered.set_lines(model.gathered)
        self._map_head.set_view(SectionView(WHERE))
        if model.map is not None:
            self.map.set_model(model.map)
        self._set_replies(before, model)
        none = Text("여기에는 민원이 없습니다.", "No complaint here.")
        self._none.set_words(Text("불러오는 중", "Loading") if model.loading else none)
        self._show_parts()
        if _shape(before) != _shape(model):
            self.rearrange()

    def _set_replies(self, before: ComplaintsModel, model: ComplaintsModel) -> None:
        opened = model.opened
        if opened is None:
            return
        fresh = before.opened is None or (before.opened.id, bool(before.opened.replies)) != (
            opened.id,
            bool(opened.replies),
        )
        value = "" if fresh else self.replies.value
        if fresh:
            self.keyboard.clear()
        self.replies.set_choices(tuple((p.value, p.label) for p in opened.replies), value)
        self._chosen()

    def _written(self) -> None:
        """Words of one's own take the place of a ready reply."""
        if self.keyboard.text:
            self.replies.choose("")
        self._chosen()

    def _picked(self) -> None:
        self.keyboard.clear()
        self._chosen()

    def _chosen(self) -> None:
        opened, button = self._model.opened, self._buttons[2]
        if opened is None or not opened.replies:
            button.set_action(REPLY, "normal")
            return
        text = self.replies.value or self.keyboard.text.strip()
        ready = bool(text) and not self._model.problem.ko
        args = {"text": text, "complaint": opened.id}
        words = Text("답변하기", "Send the reply")
        action = Action(words, "complaint.reply", args, "complaints.send", "send", ready)
        button.set_action(action, "primary")

    def _show_parts(self) -> None:
        model = self._model
        opened = model.opened is not None
        replying = model.opened is not None and bool(model.opened.replies)
        self.table.setVisible(bool(model.lines))
        self._none.setVisible(not model.lines)
        self.opened.setVisible(opened)
        self.replies.setVisible(replying)
        self.keyboard.setVisible(replying)
        for button in self._buttons:
            button.setVisible(opened)
        shown = model.map is not None and not replying
        self.map.setVisible(shown)
        self._map_head.setVisible(shown)
        for piece in (self._gathered_head, self.gathered):
            piece.setVisible(bool(model.gathered))
        selected = model.map is not None and model.map.selected is not None
        self._whole.setVisible(selected and not opened)

    # ---- places

    def arrange(self, modules: Modules) -> None:
        upright = modules.upright
        left = 3.0 if upright else modules.count * 0.58
        list_bottom = modules.height * 0.5 if upright else modules.height
        self.put(self._head, modules.box(0, left, 0, HEAD_U))
        top = HEAD_U + GAP_U
        self.put(self.standing, modules.box(0, left, top, STANDING_U))
        top += STANDING_U + GAP_U
        self.put(self.table, modules.box(0, left, top, list_bottom - top))
        self.put(self._none, modules.box(0, left, top, list_bottom - top))
        side = modules.box(left, modules.count - left, 0, modules.height)
        if upright:
            begin = list_bottom + GAP_U
            side = modules.box(0, 3, begin, modules.height - begin)
        self._arrange_side(side)

    def _arrange_side(self, side: QRectF) -> None:
        model = self._model
        width, foot = side.width(), side.bottom() - BUTTON_U
        replying = model.opened is not None and bool(model.opened.replies)
        share = 0.0 if replying else 0.46 if model.opened is not None else 1.0
        bottom = side.top() + side.height() * share
        if share == 1.0 and model.map is not None and model.map.selected is not None:
            bottom = foot - GAP_U
        if model.gathered:
            high = HEAD_U + GatheredList.height_u(len(model.gathered))
            begin = bottom - high
            self.put(self._gathered_head, QRectF(side.left(), begin, width, HEAD_U))
            rows = QRectF(side.left(), begin + HEAD_U, width, high - HEAD_U)
            self.put(self.gathered, rows)
            bottom = begin - GAP_U
        self.put(self._map_head, QRectF(side.left(), side.top(), width, HEAD_U))
        high = max(1.0, bottom - side.top() - HEAD_U)
        self.put(self.map, QRectF(side.left(), side.top() + HEAD_U, width, high))
        top = bottom + GAP_U
        reply_high = self.replies.height_u() if replying else 0.0
        keys_high = self.keyboard.height_u() + GAP_U if replying else 0.0
        keys_top = foot - GAP_U - keys_high
        reply_top = keys_top - GAP_U - reply_high if replying else keys_top
        self.put(self.opened, QRectF(side.left(), top, width, reply_top - GAP_U - top))
        self.put(self.replies, QRectF(side.left(), reply_top, width, max(1.0, reply_high)))
        keys = QRectF(side.left(), keys_top, width, max(1.0, keys_high - GAP_U))
        self.put(self.keyboard, keys)
        each = (width + 12) / 3
        for index, button in enumerate(self._buttons):
            self.put(button, QRectF(side.left() + index * each, foot, each - 12, BUTTON_U))
        self.put(self._whole, QRectF(side.left(), foot, width, BUTTON_U))


def _shape(model: ComplaintsModel) -> tuple[bool, bool, bool, int]:
    """What decides where the pieces stand."""
    opened, selected = model.opened, model.map is not None and model.map.selected is not None
    replying = opened is not None and bool(opened.replies)
    return opened is not None, replying, selected, len(model.gathered)
