"""Where a GeoJSON geometry is, as one spot."""

from kiosk.backend.connectors.figure import number
from kiosk.backend.connectors.shape import XY, area_of, centre_of
from kiosk.backend.connectors.spot import Spot, world_spot

NO_SPOT = Spot(quality="suspect", note="the geometry can't be read")


def spot_of(geometry: object) -> Spot:
    """A point itself, the middle of a line's points, the centroid of the largest outer ring."""
    if geometry is None:
        return Spot()
    if not isinstance(geometry, dict):
        return NO_SPOT
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(coordinates, list):
        return NO_SPOT
    if kind == "Point":
        return world_spot(coordinates[1], coordinates[0]) if len(coordinates) >= 2 else NO_SPOT
    if kind in ("LineString", "MultiPoint"):
        points = read_ring(coordinates)
        return _spot(points[len(points) // 2]) if points else NO_SPOT
    if kind == "MultiLineString":
        return spot_of({"type": "LineString", "coordinates": coordinates[0] if coordinates else 0})
    if kind not in ("Polygon", "MultiPolygon"):
        return NO_SPOT
    polygons = [coordinates] if kind == "Polygon" else coordinates
    outer = [read_ring(polygon[0]) for polygon in polygons if isinstance(polygon, list) and polygon]
    rings = [ring for ring in outer if ring]
    centre = centre_of(max(rings, key=area_of)) if rings else None
    return _spot(centre) if centre else NO_SPOT


def _spot(point: XY) -> Spot:
    return world_spot(point[1], point[0])


def read_ring(coordinates: object) -> list[XY] | None:
    """Points of (longitude, latitude); None when one of them is none."""
    points: list[XY] = []
    for pair in coordinates if isinstance(coordinates, list) else [None]:
        if not isinstance(pair, list) or len(pair) < 2:
            return None
        x, y = number(pair[0]), number(pair[1])
        if x is None or y is None:
            return None
        points.append((x, y))
    return points
