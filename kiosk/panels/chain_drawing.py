"""Draws a chain of steps."""

from PySide6.QtCore import QPointF, QRectF

from kiosk.panels.chain import Step
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Glyph

DOT_U = 20.0
CHAIN_U = 92.0
"""Height of a chain with its words and times."""


def paint_chain(canvas: Canvas, box: QRectF, steps: tuple[Step, ...]) -> None:
    """Dots on a line with a word and a time under each; the box is `CHAIN_U` high or more."""
    theme = canvas.theme
    each = box.width() / max(1, len(steps))
    size = theme.px(DOT_U)
    y = box.top() + size * 0.6
    middles = [box.left() + (i + 0.5) * each for i in range(len(steps))]
    for i in range(1, len(steps)):
        reached = steps[i].state in ("past", "now")
        color, stroke = ("text.1", 3.0) if reached else ("line.control", 1.5)
        canvas.rule(middles[i - 1] + size * 0.7, middles[i] - size * 0.7, y, color, stroke)
    for middle, step in zip(middles, steps, strict=True):
        _paint_step(canvas, QPointF(middle, y), each, size, step)


def _paint_step(canvas: Canvas, center: QPointF, width: float, size: float, step: Step) -> None:
    if step.state == "now":
        canvas.glyph("dot", center, size * 1.25, "accent.fill")
    elif step.state == "past":
        canvas.glyph("dot", center, size, "text.1")
    else:
        glyph: Glyph = "struck" if step.state == "struck" else "ring"
        canvas.glyph(glyph, center, size, "text.3")
    room = width - canvas.theme.px(6)
    baseline = center.y() + size * 0.75 + canvas.line_px("lead") * 0.82
    color = "text.1" if step.state in ("past", "now") else "text.3"
    weight = 700 if step.state == "now" else 500
    x = center.x()
    canvas.text(step.word, x, baseline, "lead", color, weight=weight, align="center", width=room)
    if step.at:
        baseline += canvas.line_px("action") * 0.95
        canvas.text(step.at, x, baseline, "action", "text.2", align="center", width=room)
