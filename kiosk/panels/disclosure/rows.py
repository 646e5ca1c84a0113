"""Things with their three levels to press, and the log of decisions."""

from PySide6.QtCore import QRectF

from kiosk.core.disclosure import LEVEL_WORDS, LEVELS, SORT_WORDS
from kiosk.panels.disclosure.model import DisclosureLine, LogLine
from kiosk.panels.lined import Lined
from kiosk.panels.paging import PagedRows
from kiosk.ui.component import Target
from kiosk.ui.components.button import BUTTON_U, draw_button
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

LEVEL_U = 132.0
GAP_U = 10.0
UNDECIDED = Text("정하지 않음", "undecided")


class LevelRows(Lined[DisclosureLine], PagedRows):
    """The level that holds stands out and can't be pressed; the others ask before they hold."""

    name = "disclosure"
    row_u = 92.0

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        line, px = self._lines[index], self.theme.px
        wide, gap, high = px(LEVEL_U), px(GAP_U), px(BUTTON_U)
        left = box.width() - 3 * wide - 2 * gap
        top = box.center().y() - high / 2
        return tuple(
            Target(
                QRectF(left + n * (wide + gap), top, wide, high),
                "disclosure.set",
                {"sort": line.sort, "thing": line.thing, "level": level},
                f"disclosure.{level}.{line.sort}.{line.thing}",
                level != line.level,
            )
            for n, level in enumerate(LEVELS)
        )

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line, px = self._lines[index], self.theme.px
        targets = self.row_targets(box, index)
        room = targets[0].rect.left() - px(GAP_U * 2)
        lead, body = canvas.line_px("lead"), canvas.line_px("body")
        top = box.center().y() - (lead + body) / 2
        sort = SORT_WORDS[line.sort] if line.decided else UNDECIDED
        taken = canvas.text(line.name, 0, top + lead * 0.78, "lead", width=room * 0.8)
        canvas.text(sort, taken + px(14), top + lead * 0.78, "meta", "text.2", width=room - taken)
        canvas.text(line.reason, 0, top + lead + body * 0.74, "body", "text.2", width=room)
        for target, level in zip(targets, LEVELS, strict=True):
            words = LEVEL_WORDS[level]
            if level == line.level:
                canvas.selected_surface(target.rect, edge="bottom")
                baseline = canvas.middle_baseline(target.rect.center().y(), "action")
                middle = target.rect.center().x()
                canvas.text(words, middle, baseline, "action", weight=600, align="center")
            else:
                pressed = self.is_pressed(target.trigger)
                draw_button(canvas, target.rect, words, pressed=pressed)


class LogRows(Lined[LogLine], PagedRows):
    """When, what, from which level to which, why."""

    name = "disclosure.log"
    row_u = 118.0

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line, width = self._lines[index], box.width()
        lead, body = canvas.line_px("action"), canvas.line_px("body")
        top = box.center().y() - (lead + 2 * body) / 2
        when = canvas.width(line.when, "meta") + self.theme.px(GAP_U)
        first = top + lead * 0.78
        canvas.text(line.name, 0, first, "action", width=width - when)
        canvas.text(line.when, width, first, "meta", "text.2", align="right")
        canvas.text(line.change, 0, top + lead + body * 0.74, "body", width=width)
        canvas.text(line.why, 0, top + lead + body * 1.74, "body", "text.2", width=width)
