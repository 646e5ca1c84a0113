"""Names for the map: as large as fits, in a place of their own."""

import msgspec
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QTransform

from kiosk.ui.charts.geometry import contains
from kiosk.ui.charts.map_items import NameItem, name_size
from kiosk.ui.charts.map_labels import Box, LabelWish, place_labels
from kiosk.ui.charts.map_model import (
    OTHER_SIDE,
    RAMP,
    DistrictFill,
    DistrictShape,
    MapGrade,
    MapModel,
    short_name,
)
from kiosk.ui.theme import Theme

ROLES = ("meta", "micro")
# Below so many u to a metre (Seoul some 350u high) values would spill over their districts.
ROOM_FOR_VALUES = 0.0117


def name_items(
    theme: Theme, model: MapModel, to_view: QTransform, visible: QRectF, marks: list[QRectF]
) -> list[NameItem]:
    """Items for every name that has room; the larger type if all of them fit in it."""
    shapes = [
        shape
        for shape in named_shapes(model)
        if visible.contains(to_view.map(QPointF(*shape.label_points[0])))
    ]
    fills = fills_of(model)
    if abs(to_view.m22()) / theme.unit_px < ROOM_FOR_VALUES:
        fills = {code: msgspec.structs.replace(f, value="") for code, f in fills.items()}
    blocked = [_box(mark) for mark in marks]
    for role in ROLES:
        wishes = [_wish(theme, shape, fills, to_view, role) for shape in shapes]
        placed = place_labels(wishes, blocked, _box(visible))
        if all(placed.values()) or role == ROLES[-1]:
            break
    back, _ = to_view.inverted()
    items = []
    for shape in shapes:
        spot = placed[shape.code]
        if spot is None:
            continue
        item = _item(theme, model, shape, fills.get(shape.code), role)
        item.setPos(back.map(QPointF(*spot)))
        if model.dots or _spills(shape, item.line_boxes(QPointF(*spot)), back):
            item.set_halo(_fill_of(theme, model, fills.get(shape.code)))
        items.append(item)
    return items


def named_shapes(model: MapModel) -> list[DistrictShape]:
    """The neighbourhoods of the opened district, and the other districts."""
    geometry = model.geometry
    parts = geometry.parts_of(model.opened)
    others = (s for s in geometry.districts if not parts or s.code != model.opened)
    return [*parts, *others]


def fills_of(model: MapModel) -> dict[str, DistrictFill]:
    """Code -> fill of the districts and of the neighbourhoods that are open; those are filled like
    their district where none of them has a figure."""
    fills = {fill.district: fill for fill in model.fills}
    own = {fill.district: fill for fill in model.part_fills}
    around = fills.get(model.opened or "")
    for part in model.geometry.parts_of(model.opened):
        if own:
            fills[part.code] = own.get(part.code, DistrictFill(part.code, None))
        elif around is not None:
            fills[part.code] = DistrictFill(part.code, around.grade)
    return fills


def _wish(
    theme: Theme,
    shape: DistrictShape,
    fills: dict[str, DistrictFill],
    to_view: QTransform,
    role: str,
) -> LabelWish:
    fill = fills.get(shape.code)
    name = theme.say(short_name(shape.name))
    width, height = name_size(theme, name, fill.value if fill else "", role)
    spots = [to_view.map(QPointF(*point)) for point in shape.label_points]
    return LabelWish(shape.code, width, height, tuple((p.x(), p.y()) for p in spots))


def _item(
    theme: Theme, model: MapModel, shape: DistrictShape, fill: DistrictFill | None, role: str
) -> NameItem:
    grade = grade_of(model, fill)
    item = NameItem(
        theme,
        shape.code,
        theme.say(short_name(shape.name)),
        fill.value if fill else "",
        role,
        name_ink(theme, grade),
    )
    if grade is None:
        item.set_ground(theme.color("chart.gapFill"))
    return item


def grade_of(model: MapModel, fill: DistrictFill | None) -> MapGrade | None:
    """The class of a district; None is no data. A map without fills is all of the first class."""
    if fill is None:
        return None if model.fills else model.grades[0]
    return None if fill.grade is None else model.grades[fill.grade]


def _fill_of(theme: Theme, model: MapModel, fill: DistrictFill | None) -> QColor:
    grade = grade_of(model, fill)
    return theme.color(grade.color if grade else "chart.gapFill")


def _spills(shape: DistrictShape, lines: list[QRectF], back: QTransform) -> bool:
    """Whether the name or its value reaches over the border of its district (looked at in twelve
    places of each line)."""
    spots = [
        QPointF(box.left() + box.width() * across, box.top() + box.height() * down)
        for box in lines
        for across in (0.0, 0.33, 0.67, 1.0)
        for down in (0.15, 0.5, 0.85)
    ]
    seen = [back.map(spot) for spot in spots]
    return not all(contains(shape.rings, point.x(), point.y()) for point in seen)


def name_ink(theme: Theme, grade: MapGrade | None) -> QColor:
    """The colour of a name on its class."""
    if grade is not None and grade.color in RAMP:
        return theme.color(f"map.decreaseLabel.{RAMP.index(grade.color)}")
    if grade is not None and grade.color == OTHER_SIDE:
        return theme.color("map.increaseLabel")
    return theme.color("text.1")


def _box(rect: QRectF) -> Box:
    return rect.left(), rect.top(), rect.right(), rect.bottom()
