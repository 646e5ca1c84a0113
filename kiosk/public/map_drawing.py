"""The city's areas as a page draws them: shapes of whole units in a box, and where names fit."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from kiosk.panels.classes import ClassEntry, by_value, extremes, legend
from kiosk.public.model import Area
from kiosk.ui.charts.map_labels import LabelWish, place_labels
from kiosk.ui.charts.map_model import (
    OTHER_SIDE,
    RAMP,
    DistrictShape,
    MapGeometry,
    map_geometry,
    short_name,
)
from kiosk.wire.text import Language, Text

WIDE = 1000
MARGIN = 6
LETTER_WIDE = {"ko": 29.0, "en": 13.5}
LETTER_TALL = {"ko": 32.0, "en": 26.0}
DIGIT_WIDE = {"ko": 18.0, "en": 14.5}
"""Units of a letter of a name and of a figure under it, as the style sheet sets them."""
LONGEST_VALUE = 5
"""Letters of a figure that is printed in its area; longer ones stand in the table alone."""
CLASSES = {**{token: f"class-{n}" for n, token in enumerate(RAMP)}, OTHER_SIDE: "class-other"}
ABSENT = "class-none"


class _Drawn(msgspec.Struct, frozen=True):
    pass


class Shape(_Drawn, frozen=True):
    """An area: its path, its class of the legend, its figure in words ("" without one), and the
    middle of its name; None where that has no room."""

    code: str
    name: Text
    label: Text
    path: str
    grade: str
    value: str
    spot: tuple[int, int] | None


class MapDrawing(_Drawn, frozen=True):
    """`entries`: the classes with their areas, the strongest first, each with its CSS class.
    `approximate`: boundaries are cells around centres, and have to be told so."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    entries: tuple[tuple[str, ClassEntry], ...]
    approximate: bool = False


class _Outline(_Drawn, frozen=True):
    width: int
    height: int
    paths: Mapping[str, str]
    points: Mapping[str, tuple[tuple[float, float], ...]]


def draw_map(
    areas: Sequence[Area],
    values: Mapping[str, float],
    decimals: int,
    language: Language,
) -> MapDrawing | None:
    """Areas coloured by their values (code -> value, those without one are hatched). None without
    a boundary to draw."""
    outline = _outline(tuple(areas))
    if outline is None:
        return None
    codes, names = [area.code for area in areas], {area.code: area.name for area in areas}
    inside = {code: value for code, value in values.items() if code in names}
    classes = by_value(inside, codes, decimals, extremes(inside))
    grades = {
        fill.district: CLASSES[classes.grades[fill.grade].color]
        if fill.grade is not None
        else ABSENT
        for fill in classes.fills
    }
    printed = {
        fill.district: fill.value if len(fill.value) <= LONGEST_VALUE else ""
        for fill in classes.fills
    }
    spots = _spots(outline, areas, printed, language)
    entries = legend(classes, names, strongest_first=True)
    return MapDrawing(
        outline.width,
        outline.height,
        tuple(
            Shape(
                area.code,
                area.name,
                short_name(area.name),
                outline.paths[area.code],
                grades[area.code] if inside else "class-plain",
                printed[area.code],
                spots[area.code],
            )
            for area in areas
            if area.code in outline.paths
        ),
        tuple((CLASSES.get(entry.color, ABSENT), entry) for entry in entries) if inside else (),
        any(area.approximate for area in areas),
    )


@lru_cache(4)
def _outline(areas: tuple[Area, ...]) -> _Outline | None:
    """Shapes in units of the drawing; they hardly ever change and take some 100 ms."""
    drawn = [(a.code, a.name, a.boundary) for a in areas if a.boundary]
    if not drawn:
        return None
    geometry = map_geometry(drawn)
    points = [p for shape in geometry.districts for ring in shape.rings for p in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    scale = (WIDE - 2 * MARGIN) / (right - left)

    def unit(point: tuple[float, float]) -> tuple[int, int]:
        return round((point[0] - left) * scale) + MARGIN, round((point[1] - top) * scale) + MARGIN

    return _Outline(
        WIDE,
        round((bottom - top) * scale) + 2 * MARGIN,
        {
            s.code: "".join(_ring([unit(p) for p in ring]) for ring in s.rings)
            for s in _of(geometry)
        },
        {s.code: tuple(unit(p) for p in s.label_points) for s in _of(geometry)},
    )


def _of(geometry: MapGeometry) -> Sequence[DistrictShape]:
    return geometry.districts


def _ring(points: Sequence[tuple[int, int]]) -> str:
    """A closed ring, each point from the one before; points that fall together are one."""
    kept = [points[0]]
    for point in points[1:]:
        if point != kept[-1]:
            kept.append(point)
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}" + "".join(f"l{x} {y}" for x, y in steps) + "z"


def _spots(
    outline: _Outline, areas: Sequence[Area], printed: Mapping[str, str], language: Language
) -> dict[str, tuple[int, int] | None]:
    wishes = [
        LabelWish(
            code=area.code,
            width=max(
                LETTER_WIDE[language] * len(short_name(area.name).of(language)),
                DIGIT_WIDE[language] * len(printed[area.code]),
            ),
            height=LETTER_TALL[language] * (2 if printed[area.code] else 1),
            points=outline.points.get(area.code, ()),
        )
        for area in areas
    ]
    bounds = (0.0, 0.0, float(outline.width), float(outline.height))
    placed = place_labels(wishes, (), bounds)
    return {
        code: (round(spot[0]), round(spot[1])) if spot is not None else None
        for code, spot in placed.items()
    }
