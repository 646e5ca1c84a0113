"""The canvas: everything that is drawn on the wall goes through it, in square pixels.

It measures before it draws. Text that does not fit its width steps down the type scale, then is
condensed; it ends in "…" only where `elide=True` allows it (camera names). Korean breaks between
words only.
"""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from kiosk.ui.drawing import Drawing
from kiosk.ui.ruler import SIMULATED
from kiosk.ui.shapes import Severity, severity_path
from kiosk.ui.theme import Bilingual, Theme

Align = Literal["left", "center", "right"]
UNIT_ROLE = {
    **{"figureL": "tab", "figureM": "lead", "figure": "lead"},
    **{"clock": "body", "figureS": "body", "lead": "body"},
}


@dataclass(frozen=True)
class Mark:
    """One piece of text as it was drawn: ink rectangle and size in square pixels."""

    text: str
    ink: QRectF
    size_px: int
    color: str
    elided: bool
    condensed: float


def true_minus(figure: str) -> str:
    """A figure with a true minus sign."""
    return "−" + figure[1:] if figure.startswith("-") else figure


class Canvas(Drawing):
    """A painter with the theme's hand. `marks` collects what was written when asked to; `dirty`
    is the part that must be drawn, None means all."""

    def __init__(
        self,
        painter: QPainter,
        theme: Theme,
        marks: list[Mark] | None = None,
        dirty: QRectF | None = None,
    ) -> None:
        super().__init__(painter, theme)
        self.marks = marks
        self.dirty = dirty

    def wants(self, rect: QRectF) -> bool:
        """Whether any of this rectangle must be drawn. Covers that lie over moving pictures ask."""
        return self.dirty is None or self.dirty.intersects(rect)

    # ---- text

    def text(
        self,
        text: Bilingual | str,
        x: float,
        baseline: float,
        role: str = "body",
        color: str = "text.1",
        *,
        weight: int | None = None,
        align: Align = "left",
        width: float | None = None,
        elide: bool = False,
    ) -> float:
        """Draws one line with its baseline at `baseline`; returns the width it took.

        `x` is the left, middle or right of the line as `align` says; `width` its limit.
        """
        words = self.theme.say(text)
        metrics = self.theme.metrics(role, weight)
        elided = False
        squeeze = 1.0
        if width is not None and metrics.horizontalAdvance(words) > width:
            if elide:
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
                elided = True
            else:
                role = self.fitting_role(words, width, role, weight)
                metrics = self.theme.metrics(role, weight)
                squeeze = min(1.0, max(0.0, width) / max(1.0, metrics.horizontalAdvance(words)))
        taken = metrics.horizontalAdvance(words) * squeeze
        left = x - taken * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        self._draw(words, left, baseline, role, weight, color, squeeze)
        if self.marks is not None:
            ink = metrics.tightBoundingRect(words)
            ink = QRectF(
                left + ink.x() * squeeze, baseline + ink.y(), ink.width() * squeeze, ink.height()
            )
            size = self.theme.font(role, weight).pixelSize()
            self.marks.append(Mark(words, ink, size, color, elided, squeeze))
        return taken

    def _draw(
        self,
        words: str,
        left: float,
        baseline: float,
        role: str,
        weight: int | None,
        color: str,
        squeeze: float,
    ) -> None:
        self.painter.setFont(self.theme.font(role, weight))
        self.painter.setPen(self.theme.color(color))
        if squeeze == 1.0:
            self.painter.drawText(QPointF(left, baseline), words)
            return
        self.painter.save()
        self.painter.translate(left, baseline)
        self.painter.scale(squeeze, 1.0)
        self.painter.drawText(QPointF(0, 0), words)
        self.painter.restore()

    def paragraph(
        self,
        text: Bilingual | str,
        x: float,
        top: float,
        width: float,
        role: str = "body",
        color: str = "text.1",
        *,
        weight: int | None = None,
        max_lines: int | None = None,
        align: Align = "left",
    ) -> float:
        """Draws running text from `top` down and returns its bottom. Too many lines step the type
        down; the last line then carries what is left, condensed."""
        role, lines = self.lines(text, width, role, weight, max_lines)
        line = self.line_px(role)
        anchor = x + width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        for index, words in enumerate(lines):
            baseline = top + line * index + line * 0.76
            self.text(words, anchor, baseline, role, color, weight=weight, width=width, align=align)
        return top + line * len(lines)

    def figure(
        self,
        x: float,
        baseline: float,
        value: str,
        unit: Bilingual | str = "",
        role: str = "figure",
        color: str = "text.1",
        *,
        width: float | None = None,
        dotted: bool = False,
    ) -> float:
        """A figure and its unit, lighter and smaller; "%" closed up, true minus. Returns the width.

        The first digit's ink begins at `x`, as the label's above it does. `dotted` underlines the
        figure: the value is late.
        """
        value, unit = true_minus(value), self.theme.say(unit)
        gap = self.theme.px(2 if unit == "%" else 6) if unit else 0
        unit_role = UNIT_ROLE.get(role, "meta")
        unit_width = self.width(unit, unit_role, 500) if unit else 0.0
        limit = None if width is None else width - gap - unit_width
        empty = self.bearing(value, role)
        taken = self.text(value, x - empty, baseline, role, color, width=limit) - empty
        if dotted:
            self.dotted_line(x, x + taken, baseline + self.theme.px(9))
        if unit:
            shade = "text.2" if color == "text.1" else color
            self.text(unit, x + taken + gap, baseline, unit_role, shade, weight=500)
        return taken + gap + unit_width

    def dotted_line(self, x1: float, x2: float, y: float, color: str = "text.1") -> None:
        """Dots 2.5u wide: late, or not measured up to now."""
        pen = self.theme.pen(color, 2.5)
        pen.setDashPattern([0.01, 2.0])
        self.painter.setPen(pen)
        half = pen.widthF() / 2
        self.painter.drawLine(QPointF(x1 + half, y), QPointF(x2 - half, y))

    def tag(
        self, x: float, baseline: float, text: str | None = None, align: Align = "left"
    ) -> float:
        """The hatched tag of a simulated value; returns its width."""
        words = text or SIMULATED[self.theme.language]
        pad = self.theme.px(6)
        width = self.tag_width(words)
        left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        size = self.theme.font("micro").pixelSize()
        rect = QRectF(left, baseline - size * 1.2, width, size * 1.7)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.hatch_brush("surface.3", "surface.1"))
        self.painter.drawRoundedRect(rect, self.theme.radius("small"), self.theme.radius("small"))
        self.text(words, left + pad, baseline, "micro", "text.1", weight=600)
        return width

    def mark_of_age(
        self,
        right: float,
        baseline: float,
        text: Bilingual | str,
        *,
        simulated: bool = False,
        emphasised: bool = False,
        width: float | None = None,
    ) -> float:
        """Clock, age and the hatched "모의" tag, ending at `right`. Returns the width taken.
        Late and stale ages are emphasised. `width` limits it; the clock goes first."""
        x = right
        if simulated:
            x -= self.tag(x, baseline, align="right") + self.theme.px(6)
        words = self.theme.say(text)
        weight = 600 if emphasised else None
        color = "text.1" if emphasised else "text.3"
        if not words:
            return right - x
        icon = self.theme.px(16)
        limit = None if width is None else width - (right - x)
        with_icon = limit is None or self.width(words, "meta", weight) + icon * 1.4 <= limit
        x -= self.text(words, x, baseline, "meta", color, weight=weight, align="right", width=limit)
        if with_icon:
            x -= icon * 1.4
            self.icon("clock", QRectF(x, baseline - icon * 0.85, icon, icon), color)
        return right - x

    # ---- numbered shapes

    def severity(
        self,
        severity: Severity,
        center: QPointF,
        size_px: float,
        number: int | None = None,
        edge: str | None = None,
    ) -> None:
        """The shape of a severity, `number` inside; `edge` outlines it where it lies on a map."""
        path = self.placed(severity_path(severity), center, size_px)
        base = f"severity.{severity}"
        if severity == "notice":
            self.painter.setBrush(self.theme.brush("background"))
            self.painter.setPen(QPen(self.theme.color(f"{base}.ring"), size_px * 0.1))
        else:
            self.painter.setBrush(self.theme.brush(f"{base}.fill"))
            self.painter.setPen(self.theme.pen(edge, 2.5) if edge else QPen(Qt.PenStyle.NoPen))
        self.painter.drawPath(path)
        if number is None:
            return
        role = self.number_role(size_px)
        drop = size_px * (0.10 if severity == "warning" else 0.0)
        cap = self.theme.metrics(role, 700, False).capHeight()
        self._unscaled_text(
            str(number), center.x(), center.y() + drop + cap / 2, role, f"{base}.numeral"
        )

    def ringed_number(self, number: int, left: float, middle: float, size_px: float) -> None:
        """A number in a ring, as `severity` draws it for a notice."""
        width = self.ringed_number_px(number, size_px)
        role, line = self.number_role(size_px), size_px * 0.1
        box = QRectF(left, middle - size_px / 2, width, size_px)
        box.adjust(line / 2, line / 2, -line / 2, -line / 2)
        self.painter.setBrush(self.theme.brush("background"))
        self.painter.setPen(QPen(self.theme.color("severity.notice.ring"), line))
        self.painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        cap = self.theme.metrics(role, 700, False).capHeight()
        center = box.center()
        self._unscaled_text(
            str(number), center.x(), center.y() + cap / 2, role, "severity.notice.numeral"
        )

    def unscaled_text(
        self, words: str, x: float, baseline: float, role: str, color: str, width: float
    ) -> float:
        """A line that large type does not enlarge (a check code); condensed to `width`. Returns
        the width taken."""
        metrics = self.theme.metrics(role, None, False)
        full = metrics.horizontalAdvance(words)
        squeeze = min(1.0, width / max(1.0, full))
        self.painter.save()
        self.painter.translate(x, baseline)
        self.painter.scale(squeeze, 1.0)
        self.painter.setFont(self.theme.font(role, None, False))
        self.painter.setPen(self.theme.color(color))
        self.painter.drawText(QPointF(0, 0), words)
        self.painter.restore()
        if self.marks is not None:
            ink = metrics.tightBoundingRect(words)
            ink = QRectF(
                x + ink.x() * squeeze, baseline + ink.y(), ink.width() * squeeze, ink.height()
            )
            size = self.theme.font(role, None, False).pixelSize()
            self.marks.append(Mark(words, ink, size, color, False, squeeze))
        return full * squeeze

    def _unscaled_text(self, words: str, x: float, baseline: float, role: str, color: str) -> None:
        metrics = self.theme.metrics(role, 700, False)
        left = x - metrics.horizontalAdvance(words) / 2
        self.painter.setFont(self.theme.font(role, 700, False))
        self.painter.setPen(self.theme.color(color))
        self.painter.drawText(QPointF(left, baseline), words)
        if self.marks is not None:
            ink = metrics.tightBoundingRect(words).translated(left, baseline)
            size = self.theme.font(role, 700, False).pixelSize()
            self.marks.append(Mark(words, ink, size, color, False, 1.0))
