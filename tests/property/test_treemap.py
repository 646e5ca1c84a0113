"""Treemaps: whatever the sizes, the parts fill the box as they should and never overlap."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from kiosk.panels.outline.treemap import squarify

SIZES = st.lists(st.floats(0.1, 1e4), min_size=1, max_size=40)
SIDES = st.floats(50, 3000)


@given(SIZES, SIDES, SIDES)
def test_areas_are_as_the_sizes_and_fill_the_box(
    sizes: list[float], width: float, height: float
) -> None:
    box = QRectF(10, 20, width, height)
    parts = squarify(sizes, box)
    scale = width * height / sum(sizes)
    for size, part in zip(sizes, parts, strict=True):
        assert part.width() * part.height() == pytest.approx(size * scale, rel=1e-6)
        grown = box.adjusted(-1e-6 * width, -1e-6 * height, 1e-6 * width, 1e-6 * height)
        assert grown.contains(part)
    covered = math.fsum(part.width() * part.height() for part in parts)
    assert covered == pytest.approx(width * height, rel=1e-6)


@given(SIZES, SIDES, SIDES)
def test_no_part_lies_on_another(sizes: list[float], width: float, height: float) -> None:
    parts = squarify(sizes, QRectF(0, 0, width, height))
    for index, one in enumerate(parts):
        for other in parts[index + 1 :]:
            both = one.intersected(other)
            assert both.width() * both.height() <= 1e-6 * width * height


def test_nothing_to_divide_and_no_room() -> None:
    assert squarify([], QRectF(0, 0, 10, 10)) == []
    assert [part.isEmpty() for part in squarify([1.0, 2.0], QRectF())] == [True, True]
