"""Where names stand on the map so that none covers another or a marker. No Qt."""

from collections.abc import Sequence

import msgspec

from kiosk.ui.charts.geometry import Point

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


class LabelWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name's size in pixels and the places it would take, best first (its middle, pixels)."""

    code: str
    width: float
    height: float
    points: tuple[Point, ...]


def overlaps(first: Box, second: Box) -> bool:
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )


def box_around(point: Point, width: float, height: float) -> Box:
    x, y = point
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def place_labels(
    wishes: Sequence[LabelWish], blocked: Sequence[Box], bounds: Box
) -> dict[str, Point | None]:
    """The middle of each label, or None where no free place was found.

    Every label first tries its best place, then the next; those with the fewest free places
    choose first, because the others can still move.
    """
    free = {wish.code: _free(wish, blocked, bounds) for wish in wishes}
    placed: dict[str, Point | None] = {}
    open_ = list(wishes)
    while open_:
        wish = min(open_, key=lambda w: (len(free[w.code]), -w.width))
        open_.remove(wish)
        spot = free[wish.code][0] if free[wish.code] else None
        placed[wish.code] = spot
        if spot is not None:
            for other in open_:
                free[other.code] = _clear_of(free[other.code], spot, wish, other)
    return placed


def _clear_of(points: list[Point], spot: Point, placed: LabelWish, other: LabelWish) -> list[Point]:
    """The points at which `other` does not touch what was placed at `spot`."""
    x, y = spot
    across, down = (placed.width + other.width) / 2, (placed.height + other.height) / 2
    return [p for p in points if abs(p[0] - x) >= across or abs(p[1] - y) >= down]


def _free(wish: LabelWish, blocked: Sequence[Box], bounds: Box) -> list[Point]:
    free = []
    for point in wish.points:
        box = box_around(point, wish.width, wish.height)
        inside = (bounds[0] <= box[0] and bounds[1] <= box[1] and box[2] <= bounds[2]) and box[
            3
        ] <= bounds[3]
        if inside and not any(overlaps(box, other) for other in blocked):
            free.append(point)
    return free
