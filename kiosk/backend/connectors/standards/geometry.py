"""Where a GeoJSON geometry is, as one spot."""

from kiosk.backend.connectors.document import listed
from kiosk.backend.connectors.figure import number
from kiosk.backend.connectors.plane import Plane
from kiosk.backend.connectors.shape import XY, area_of, centre_of
from kiosk.backend.connectors.spot import Spot, world_spot

NO_SPOT = Spot(quality="suspect", note="the geometry can't be read")
OFF_PLANE = Spot(quality="suspect", note="the coordinates are no place of their plane grid")
MAX_DEPTH = 4  # of collections in collections


def spot_of(geometry: object, plane: Plane | None = None) -> Spot:
    """A point itself, the middle of a line's points, the centroid of the largest outer ring; of a
    collection the first member that is somewhere.

    plane: the grid of the coordinates, where they are no degrees.
    """
    return _spot_of(geometry, plane, MAX_DEPTH)


def _spot_of(geometry: object, plane: Plane | None, depth: int) -> Spot:
    if geometry is None:
        return Spot()
    if not isinstance(geometry, dict):
        return NO_SPOT
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection" and depth:
        parts = (_spot_of(each, plane, depth - 1) for each in listed(geometry.get("geometries")))
        return next((spot for spot in parts if spot.lat is not None), NO_SPOT)
    if not isinstance(coordinates, list):
        return NO_SPOT
    point = _point_of(kind, coordinates)
    if point is None:
        return NO_SPOT
    if plane is None or (abs(point[0]) <= 180 and abs(point[1]) <= 90):
        return world_spot(point[1], point[0])  # no city lies so near to the corner of a grid
    return world_spot(*plane.degrees(*point)) if plane.reaches(*point) else OFF_PLANE


def _point_of(kind: object, coordinates: list[object]) -> XY | None:
    if kind == "Point":
        return _first(read_ring([coordinates]))
    if kind in ("LineString", "MultiPoint"):
        points = read_ring(coordinates)
        return points[len(points) // 2] if points else None
    if kind == "MultiLineString":
        return _point_of("LineString", listed(coordinates[0])) if coordinates else None
    if kind not in ("Polygon", "MultiPolygon"):
        return None
    polygons = [coordinates] if kind == "Polygon" else coordinates
    outer = [read_ring(polygon[0]) for polygon in polygons if isinstance(polygon, list) and polygon]
    rings = [ring for ring in outer if ring]
    return centre_of(max(rings, key=area_of)) if rings else None


def _first(points: list[XY] | None) -> XY | None:
    return points[0] if points else None


def read_ring(coordinates: object) -> list[XY] | None:
    """Points of (longitude, latitude) or (east, north); None when one of them is none."""
    points: list[XY] = []
    for pair in coordinates if isinstance(coordinates, list) else [None]:
        if not isinstance(pair, list) or len(pair) < 2:
            return None
        x, y = number(pair[0]), number(pair[1])
        if x is None or y is None:
            return None
        points.append((x, y))
    return points
