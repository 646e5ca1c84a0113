"""The middle of a shape, for a place that the source gives as an outline."""

from collections.abc import Sequence

XY = tuple[float, float]


def centre_of(ring: Sequence[XY]) -> XY | None:
    """The centroid of a ring of (longitude, latitude); the mean of its points when it has no area.

    Centroid by the surveyor's formula, around the first point for precision. None without points.
    """
    if not ring:
        return None
    x0, y0 = ring[0]
    area = cx = cy = 0.0
    for (xa, ya), (xb, yb) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = (xa - x0) * (yb - y0) - (xb - x0) * (ya - y0)
        area += cross
        cx += (xa + xb - 2 * x0) * cross
        cy += (ya + yb - 2 * y0) * cross
    if abs(area) < 1e-12:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    return x0 + cx / (3 * area), y0 + cy / (3 * area)


def area_of(ring: Sequence[XY]) -> float:
    """Twice the area without sign: to find the largest of several rings."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(xa * yb - xb * ya for (xa, ya), (xb, yb) in pairs))
