"""Help sheet: everything one can ask for, and how: by touch, by hand, by voice."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import draw_button
from kiosk.ui.components.sheet import Sheet
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

PREVIOUS, NEXT = "help.previous", "help.next"
COLUMNS = (
    (0.26, Text("하고 싶은 일", "What")),
    (0.22, Text("터치", "Touch")),
    (0.22, Text("손짓", "Gesture")),
    (0.30, Text("말", "Voice")),
)


class HelpRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One command; an empty text means that this way is not there and shows a dash."""

    title: Text
    touch: Text = Text("", "")
    gesture: Text = Text("", "")
    voice: Text = Text("", "")


class HelpSheetView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rows; the sheet turns its own pages."""

    title: Text
    rows: tuple[HelpRow, ...]
    close: Action


class HelpSheet(Sheet):
    """Covers the content of the wall. Its pages are its own matter: turning them asks nothing."""

    width_u = 4000.0

    def __init__(
        self, theme: Theme, view: HelpSheetView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._view = view
        self._page = 0

    @property
    def view(self) -> HelpSheetView | None:
        return self._view

    def show_view(self, view: HelpSheetView | None) -> None:
        self._view = view
        self._page = 0
        self.setVisible(view is not None)
        self.update()

    # ---- geometry

    def content_px(self) -> float:
        return self.area().height() * (842 / 1080) - 2 * self.theme.px(self.pad_u)

    def _row_px(self) -> float:
        return max(self.theme.px(48), self.measure().line_px("body") * 1.6)

    def _rows_rect(self) -> QRectF:
        top = self.theme.px(64) + self.measure().line_px("meta") * 1.5
        return self.content_rect().adjusted(0, top, 0, -self.theme.px(80))

    def rows_a_page(self) -> int:
        return max(1, int(self._rows_rect().height() // self._row_px()))

    def pages(self) -> int:
        rows = len(self._view.rows) if self._view else 0
        return max(1, -(-rows // self.rows_a_page()))

    def targets(self) -> tuple[Target, ...]:
        if self._view is None:
            return ()
        rect, width, height = self.content_rect(), self.theme.px(180), self.theme.px(56)
        top, gap = rect.bottom() - height, self.theme.px(12)
        back = QRectF(rect.left(), top, width, height)
        forth = back.translated(width + gap, 0)
        close = QRectF(rect.right() - width, top, width, height)
        return (
            Target(back, "", {}, PREVIOUS, self._page > 0),
            Target(forth, "", {}, NEXT, self._page + 1 < self.pages()),
            self._view.close.target(close),
        )

    def activate(self, target: Target) -> None:
        if target.trigger not in (PREVIOUS, NEXT):
            super().activate(target)
            return
        self._page += 1 if target.trigger == NEXT else -1
        self.update()

    # ---- drawing

    def paint_content(self, canvas: Canvas, rect: QRectF) -> None:
        view = self._view
        if view is None:
            return
        baseline = rect.top() + self.theme.px(34)
        canvas.text(view.title, rect.left(), baseline, "title", width=rect.width() * 0.7)
        pages = f"{self._page + 1}/{self.pages()}"
        canvas.text(pages, rect.right(), baseline, "lead", "text.2", align="right")
        rows = self._rows_rect()
        self._paint_cells(
            canvas, rows.top() - self.theme.px(12), [t for _, t in COLUMNS], "meta", "text.2"
        )
        canvas.rule(rows.left(), rows.right(), rows.top())
        first = self._page * self.rows_a_page()
        for i, row in enumerate(view.rows[first : first + self.rows_a_page()]):
            bottom = rows.top() + (i + 1) * self._row_px()
            cells = [row.title, row.touch, row.gesture, row.voice]
            baseline = canvas.middle_baseline(bottom - self._row_px() / 2)
            self._paint_cells(canvas, baseline, cells, "body", "text.1")
            canvas.rule(rows.left(), rows.right(), bottom, stroke="rowRule")
        self._paint_buttons(canvas, view)

    def _paint_cells(
        self, canvas: Canvas, baseline: float, cells: list[Text], role: str, color: str
    ) -> None:
        rect = self.content_rect()
        x = rect.left()
        for i, ((share, _), words) in enumerate(zip(COLUMNS, cells, strict=True)):
            width = rect.width() * share
            shown = words if words.ko else "–"
            shade = color if words.ko else "text.3"
            weight = 600 if i == 0 and role == "body" else None
            room = width - self.theme.px(16)
            canvas.text(shown, x, baseline, role, shade, weight=weight, width=room)
            x += width

    def _paint_buttons(self, canvas: Canvas, view: HelpSheetView) -> None:
        back, forth, close = self.targets()
        labels = (Text("이전 쪽", "Previous"), Text("다음 쪽", "Next"), view.close.label)
        for target, label in zip((back, forth, close), labels, strict=True):
            draw_button(
                canvas,
                target.rect,
                label,
                "primary" if target is close else "normal",
                pressed=self.is_pressed(target.trigger),
                enabled=target.enabled,
            )
