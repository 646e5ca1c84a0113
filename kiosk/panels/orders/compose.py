"""A new order: whom, what, until when. What is chosen stays on the panel until it is given."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from kiosk.panels.orders.model import Draft
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView
from kiosk.panels.picker import Picker
from kiosk.panels.view import Modules
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.touch_keyboard import TouchKeyboard
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.panels.orders.view import OrdersView

GAP_U = 22.0
GIVE_U = 72.0
CANCEL = Action(Text("그만두기", "Cancel"), "nav.close", {}, "orders.cancel", "close")
OWN_WORDS = Text("또는 직접 쓰기", "Or in words of your own")
WHOM = Text("어느 부서에", "Whom")
WHAT = Text("무엇을", "What")
WHEN = Text("언제까지", "By when")


class ComposeParts:
    """Three choices and the button that gives the order, which is then asked back."""

    def __init__(self, view: "OrdersView") -> None:
        self._view = view
        theme = view.theme
        self._draft: Draft | None = None
        self._heads = [view.add(SectionHead(theme)) for _ in range(3)]
        self.departments = view.add(Picker(theme, "orders.to", 3))
        self.instructions = view.add(Picker(theme, "orders.text", 2))
        self.dues = view.add(Picker(theme, "orders.due", 2))
        self.keyboard = view.add(TouchKeyboard(theme, OWN_WORDS))
        self.keyboard.submitted.connect(self._written)
        self.instructions.submitted.connect(self._picked)
        self._give = view.add(Button(theme, CANCEL, "primary"))
        self._cancel = view.add(Button(theme, CANCEL))
        self._pickers = (self.departments, self.instructions, self.dues)
        for picker in self._pickers:
            picker.submitted.connect(self._chosen)

    def set_draft(self, draft: Draft | None) -> None:
        """A draft about something else begins with nothing chosen but who is in charge."""
        before, self._draft = self._draft, draft
        if draft is None:
            return
        fresh = before is None or before.about != draft.about
        kept = ("", "", "") if fresh else tuple(picker.value for picker in self._pickers)
        choices = (draft.departments, draft.instructions, draft.dues)
        for picker, picks, value in zip(self._pickers, choices, kept, strict=True):
            picker.set_choices(tuple((pick.value, pick.label) for pick in picks), value)
        if fresh:
            self.departments.choose(draft.charged)
            self.keyboard.clear()
        charged = Text("담당 부서가 앞에 있습니다", "who is in charge comes first")
        remark = charged if draft.charged else Text("", "")
        self._heads[0].set_view(SectionView(WHOM, remark))
        self._heads[1].set_view(SectionView(WHAT))
        self._heads[2].set_view(SectionView(WHEN))
        self._chosen()

    def set_visible(self, shown: bool) -> None:
        for piece in (
            *(*self._heads, *self._pickers, self.keyboard),
            *(self._give, self._cancel),
        ):
            piece.setVisible(shown)

    def _written(self) -> None:
        """Words of one's own take the place of a ready instruction."""
        if self.keyboard.text:
            self.instructions.choose("")
        self._chosen()

    def _picked(self) -> None:
        self.keyboard.clear()
        self._chosen()

    def _chosen(self) -> None:
        if self._draft is None:
            return
        args = {
            "to": self.departments.value,
            "text": self.instructions.value or self.keyboard.text.strip(),
            "about": self._draft.about,
            "due": self.dues.value,
        }
        ready = bool(args["to"] and args["text"]) and not self._draft.problem.ko
        words = Text("지시하기", "Give the order")
        give = Action(words, "order.give", args, "orders.give", "send", ready)
        self._give.set_action(give)

    def arrange(self, modules: Modules, top: float) -> None:
        foot = modules.height - GIVE_U
        if modules.upright:
            boxes = self._upright(modules)
        else:
            half = modules.count / 2
            below = HEAD_U + self.instructions.height_u() + GAP_U
            boxes = [
                modules.box(0, half, top - HEAD_U, 0),
                modules.box(half, modules.count - half, top - HEAD_U, 0),
                modules.box(half, modules.count - half, top - HEAD_U + below, 0),
            ]
        for box, head, picker in zip(boxes, self._heads, self._pickers, strict=True):
            y = box.top() + HEAD_U
            self._view.put(head, QRectF(box.left(), y, box.width(), HEAD_U))
            high = picker.height_u()
            self._view.put(picker, QRectF(box.left(), y + HEAD_U + 6, box.width(), high))
        high = self.keyboard.height_u()
        width = 3 if modules.upright else modules.count / 2
        bottom = foot - GAP_U if modules.upright else modules.height
        self._view.put(self.keyboard, modules.box(0, width, bottom - high, high))
        self._view.put(self._give, modules.box(modules.count - 2, 2, foot, GIVE_U))
        self._view.put(self._cancel, modules.box(modules.count - 3, 1, foot, GIVE_U))

    def _upright(self, modules: Modules) -> list[QRectF]:
        boxes, top = [], HEAD_U
        for picker in self._pickers:
            boxes.append(modules.box(0, 3, top - HEAD_U, 0))
            top += 2 * HEAD_U + picker.height_u() + GAP_U
        return boxes
