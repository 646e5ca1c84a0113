"""Shapes that mean something: severity, lamps and camera states, as paths built once.

They fill the unit square around (0, 0), -0.5 to 0.5. Shape and word carry the meaning, colour
comes last.
"""

import math
from functools import cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

Severity = Literal["notice", "caution", "warning", "critical"]
LampKind = Literal["recording", "use", "running", "degraded", "failed", "stopped"]
Glyph = Literal["dot", "half", "paused", "struck", "dashed", "check", "cross", "ring"]


def _polygon(points: list[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


@cache
def severity_path(severity: Severity) -> QPainterPath:
    """National crisis scale: 관심 ring, 주의 square, 경계 triangle, 심각 octagon."""
    path = QPainterPath()
    if severity == "notice":
        path.addEllipse(QPointF(0, 0), 0.42, 0.42)
        return path
    if severity == "caution":
        path.addRoundedRect(QRectF(-0.43, -0.43, 0.86, 0.86), 0.06, 0.06)
        return path
    if severity == "warning":
        return _polygon([(0, -0.47), (0.52, 0.45), (-0.52, 0.45)])
    step = math.pi / 4
    radius = 0.5 / math.cos(step / 2)
    return _polygon(
        [
            (radius * math.cos(step * (i + 0.5)), radius * math.sin(step * (i + 0.5)))
            for i in range(8)
        ]
    )


@cache
def glyph_path(glyph: Glyph) -> QPainterPath:
    """Camera and answer glyphs; "dot" and the half of "half" are filled, the rest is stroked."""
    path = QPainterPath()
    if glyph in ("dot", "ring", "dashed", "half", "paused", "struck"):
        path.addEllipse(QPointF(0, 0), 0.42, 0.42)
    if glyph == "struck":
        reach = 0.42 * math.cos(math.pi / 4)
        path.moveTo(-reach, -reach)
        path.lineTo(reach, reach)
    if glyph == "paused":
        for x in (-0.13, 0.13):
            path.moveTo(x, -0.16)
            path.lineTo(x, 0.16)
    if glyph == "check":
        path.moveTo(-0.42, 0.04)
        path.lineTo(-0.12, 0.32)
        path.lineTo(0.44, -0.32)
    if glyph == "cross":
        path.moveTo(-0.36, -0.36)
        path.lineTo(0.36, 0.36)
        path.moveTo(0.36, -0.36)
        path.lineTo(-0.36, 0.36)
    return path


@cache
def half_disc() -> QPainterPath:
    """The filled half of the "late" glyph."""
    path = QPainterPath()
    path.moveTo(0, -0.42)
    path.arcTo(QRectF(-0.42, -0.42, 0.84, 0.84), 90, -180)
    path.closeSubpath()
    return path


@cache
def triangle() -> QPainterPath:
    """The open triangle of a degraded lamp."""
    return _polygon([(0, -0.42), (0.46, 0.4), (-0.46, 0.4)])
