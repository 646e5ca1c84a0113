"""A sentence in place of content: loading, empty, or what failed and what happens next."""

import msgspec
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text


class NoticeView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`words` is the sentence, `facts` since when, whose matter, what happens next."""

    words: Text
    facts: Text = Text("", "")


LOADING = NoticeView(Text("불러오는 중", "Loading"))


class Notice(Component):
    """Draws at the top left of its place: reading begins there."""

    def __init__(
        self, theme: Theme, view: NoticeView = LOADING, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._view = view

    def set_view(self, view: NoticeView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def paint(self, canvas: Canvas) -> None:
        area, px = self.area(), self.theme.px
        canvas.rule(0, area.width(), px(1))
        bottom = canvas.paragraph(
            self._view.words, 0, px(14), area.width(), "title", "text.2", weight=600, max_lines=3
        )
        canvas.paragraph(
            self._view.facts, 0, bottom + px(6), area.width(), "lead", "text.3", weight=500
        )
