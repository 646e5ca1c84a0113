"""One item in full."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.outline.bar import paint_bar
from kiosk.panels.outline.model import Amount, Sheet
from kiosk.panels.outline.words import joined
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

BAR_U = 14.0
LABEL_SHARE = 0.26
PLAN = Text("계획 대비", "against plan")
ON_PLAN = Text("계획대로", "on plan")
SOURCE = Text("출처", "Source")


class ItemSheet(Component):
    """What it is part of, its name, its figures, how far it is, who is in charge, and where it
    stands written. What finds no room is left out from the end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._sheet: Sheet | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_sheet(self, sheet: Sheet | None) -> None:
        if sheet != self._sheet:
            self._sheet = sheet
            self.update()

    def wanted_px(self, width: float) -> float:
        """Height in which everything that is said finds room, for a width in square pixels."""
        sheet, ruler, theme = self._sheet, self.measure(), self.theme
        if sheet is None:
            return 0.0
        high = theme.px(8) + ruler.line_px("meta")
        high += ruler.paragraph_px(sheet.title, width, "title", weight=700, max_lines=2)
        if sheet.figures:
            high += theme.px(12) + ruler.line_px("meta") + ruler.line_px("figure")
        if sheet.share is not None:
            high += ruler.line_px("figureS") + theme.px(BAR_U + 16)
        if sheet.summary.ko:
            high += theme.px(8) + ruler.paragraph_px(sheet.summary, width, "body")
        room = width * (1 - LABEL_SHARE)
        facts = [ruler.paragraph_px(words, room, "body") for _, words in sheet.facts]
        high += theme.px(10) + sum(facts) + theme.px(4) * len(facts)
        return high + 2.4 * ruler.line_px("meta")

    def paint(self, canvas: Canvas) -> None:
        sheet, theme = self._sheet, self.theme
        if sheet is None:
            return
        width, bottom = self.area().width(), self.area().height()
        canvas.rule(0, width, theme.px(1))
        foot = self._source(canvas, sheet, bottom, width)
        y = canvas.paragraph(sheet.kicker, 0, theme.px(8), width, "meta", "text.2", max_lines=1)
        y = canvas.paragraph(sheet.title, 0, y, width, "title", weight=700, max_lines=2)
        y = self._figures(canvas, sheet.figures, y + theme.px(6), foot, width)
        y = self._progress(canvas, sheet, y, foot, width)
        if sheet.summary.ko:
            high = canvas.paragraph_px(sheet.summary, width, "body")
            if y + theme.px(8) + high <= foot:
                y = canvas.paragraph(sheet.summary, 0, y + theme.px(8), width, "body", "text.1")
        self._facts(canvas, sheet, y + theme.px(10), foot, width)

    def _source(self, canvas: Canvas, sheet: Sheet, bottom: float, width: float) -> float:
        """Where it stands written, at the foot; returns where that begins."""
        words, left = sheet.source, 0.0
        if not words.ko:
            return bottom
        if not sheet.invented:
            words = Text(f"{SOURCE.ko}: {words.ko}", f"{SOURCE.en}: {words.en}")
        if sheet.played.ko:
            words = Text(f"{words.ko}. {sheet.played.ko}", f"{words.en}. {sheet.played.en}")
        line = canvas.line_px("meta")
        if sheet.invented:
            left = canvas.tag_width() + self.theme.px(10)
        high = canvas.paragraph_px(words, width - left, "meta", max_lines=2)
        top = bottom - high - line * 0.2
        if sheet.invented:
            canvas.tag(0, top + line * 0.76)
        canvas.paragraph(words, left, top, width - left, "meta", "text.2", max_lines=2)
        return top

    def _figures(
        self, canvas: Canvas, figures: tuple[Amount, ...], y: float, foot: float, width: float
    ) -> float:
        big, small = canvas.line_px("figure"), canvas.line_px("meta")
        if not figures or y + big + small > foot:
            return y
        each = width / len(figures)
        for index, figure in enumerate(figures):
            left, room = index * each, each - self.theme.px(16)
            canvas.text(figure.label, left, y + small * 0.8, "meta", "text.2", width=room)
            value, unit = self.theme.say(figure.value), self.theme.say(figure.unit)
            canvas.figure(left, y + small + big * 0.86, value, unit, width=room)
        return y + small + big + self.theme.px(6)

    def _progress(self, canvas: Canvas, sheet: Sheet, y: float, foot: float, width: float) -> float:
        line, bar = canvas.line_px("figureS"), self.theme.px(BAR_U)
        if sheet.share is None or y + line + bar > foot:
            return y
        baseline = y + line * 0.8
        taken = canvas.figure(0, baseline, f"{sheet.share * 100:.0f}", "%", "figureS")
        left = taken + self.theme.px(14)
        if sheet.late:
            size = self.theme.px(22)
            mark = QRectF(left, baseline - size * 0.9, size, size).center()
            canvas.severity("caution", mark, size)
            left += size + self.theme.px(8)
        right = width
        if sheet.simulated:
            right -= canvas.tag(width, baseline, align="right") + self.theme.px(8)
        canvas.text(_standing(sheet), left, baseline, "lead", "text.1", width=right - left)
        top = y + line + self.theme.px(8)
        whole = QRectF(0, top, width, bar)
        paint_bar(canvas, whole, sheet.share, sheet.plan, "chart.focus")
        return top + bar + self.theme.px(8)

    def _facts(self, canvas: Canvas, sheet: Sheet, y: float, foot: float, width: float) -> None:
        left = width * LABEL_SHARE
        for label, words in sheet.facts:
            high = canvas.paragraph_px(words, width - left, "body")
            if y + high > foot:
                return
            baseline = y + canvas.line_px("body") * 0.76
            canvas.text(label, 0, baseline, "body", "text.2", width=left - self.theme.px(12))
            canvas.paragraph(words, left, y, width - left, "body")
            y += high + self.theme.px(4)


def _standing(sheet: Sheet) -> Text:
    """Its state, and how far it is from its plan once it has begun."""
    if not sheet.plan or sheet.share is None or sheet.share >= 1.0:
        return sheet.state
    gap = round((sheet.share - sheet.plan) * 100)
    sign = f"{gap:+d}".replace("-", "−")
    tail = Text(f"{PLAN.ko} {sign}%p", f"{sign} points {PLAN.en}") if gap else ON_PLAN
    return joined((sheet.state, tail))
