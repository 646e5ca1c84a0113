"""What fingers on the screen say of the touch frame. Places are pixels of the screen."""

import math
from collections.abc import Iterable, Sequence

from kiosk.tools.calibrate.step import Values

EDGE = 0.02  # of the screen's sides: how near its corners crosses stand
COLUMNS, ROWS = 32, 18  # cells that a finger must have been in

Place = tuple[float, float]


def crosses(width_px: int, height_px: int) -> tuple[Place, ...]:
    """Where to press: the corners and edges, where frames are worst, and the middle."""
    across = (EDGE, 0.5, 1 - EDGE)
    return tuple((x * width_px, y * height_px) for y in across for x in across)


def offsets(presses: Sequence[tuple[Place, Place]], mm_a_px: float) -> Values:
    """From (cross, where the finger came down)."""
    if not presses:
        return {"presses": 0}
    dx = [at[0] - cross[0] for cross, at in presses]
    dy = [at[1] - cross[1] for cross, at in presses]
    return {
        "presses": len(presses),
        "offset_x_mm": sum(dx) / len(dx) * mm_a_px,
        "offset_y_mm": sum(dy) / len(dy) * mm_a_px,
        "worst_mm": max(math.hypot(x, y) for x, y in zip(dx, dy, strict=True)) * mm_a_px,
    }


def cell(at: Place, width_px: int, height_px: int) -> tuple[int, int]:
    """Column and row of a place."""
    column = int(at[0] / max(1, width_px) * COLUMNS)
    row = int(at[1] / max(1, height_px) * ROWS)
    return min(COLUMNS - 1, max(0, column)), min(ROWS - 1, max(0, row))


def between(start: Place, end: Place, width_px: int, height_px: int) -> set[tuple[int, int]]:
    """Cells that a finger wiped over from one place to the next."""
    steps = max(
        1,
        math.ceil(
            max(
                abs(end[0] - start[0]) / width_px * COLUMNS,
                abs(end[1] - start[1]) / height_px * ROWS,
            )
            * 2
        ),
    )
    return {
        cell(
            (
                start[0] + (end[0] - start[0]) * i / steps,
                start[1] + (end[1] - start[1]) * i / steps,
            ),
            width_px,
            height_px,
        )
        for i in range(steps + 1)
    }


def coverage(cells: Iterable[tuple[int, int]]) -> Values:
    """`dead`: cells that no finger reached, `where`: their columns and rows from 1."""
    reached = set(cells)
    dead = [
        (column, row)
        for row in range(ROWS)
        for column in range(COLUMNS)
        if (column, row) not in reached
    ]
    words = ", ".join(f"{column + 1}/{row + 1}" for column, row in dead[:6])
    more = f" (+{len(dead) - 6})" if len(dead) > 6 else ""
    return {"cells": COLUMNS * ROWS, "dead": len(dead), "where": words + more}
