"""TopoJSON: features whose outlines are chains of shared arcs, as whole numbers and differences."""

from collections.abc import Mapping
from itertools import chain

from kiosk.backend.connectors.document import listed
from kiosk.backend.connectors.figure import number
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.shape import XY
from kiosk.backend.connectors.standards.geometry import read_ring

Arcs = list[list[XY]]
MAX_POINTS = 2_000_000  # the 425 neighbourhoods have 19,052


def features_of(topology: Mapping[str, object]) -> list[object]:
    """The topology's geometries as GeoJSON features. Raises NotUnderstood."""
    objects = topology.get("objects")
    if not isinstance(objects, dict):
        raise NotUnderstood("the Topology has no objects")
    scale, shift = _transform(topology.get("transform"))
    arcs = [_arc(arc, scale, shift) for arc in listed(topology.get("arcs"))]
    geometries = list(chain.from_iterable(_geometries(block) for block in objects.values()))
    if sum(_points(geometry, arcs) for geometry in geometries) > MAX_POINTS:
        raise NotUnderstood(f"drawn out the Topology has more than {MAX_POINTS} points")
    return [_feature(geometry, arcs, scale, shift) for geometry in geometries]


def _geometries(block: object) -> list[object]:
    if isinstance(block, dict) and block.get("type") == "GeometryCollection":
        return listed(block.get("geometries"))
    return [block]


def _points(geometry: object, arcs: Arcs) -> int:
    """How many the geometry's arcs have together: one arc may stand in any number of outlines."""
    pending = [geometry.get("arcs") if isinstance(geometry, dict) else None]
    count = 0
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, int) and -len(arcs) <= node < len(arcs):
            count += len(arcs[node])
    return count


def _transform(block: object) -> tuple[XY | None, XY]:
    """Scale and shift; scale None when the arcs are degrees as they stand."""
    if block is None:
        return None, (0.0, 0.0)
    pairs = [
        read_ring([block.get(name)]) if isinstance(block, dict) else None
        for name in ("scale", "translate")
    ]
    if pairs[0] is None or pairs[1] is None:
        raise NotUnderstood("the Topology's transform has no scale or no translate")
    return pairs[0][0], pairs[1][0]


def _arc(arc: object, scale: XY | None, shift: XY) -> list[XY]:
    points = read_ring(arc)
    if points is None:
        raise NotUnderstood("an arc of the Topology has a point that is none")
    if scale is None:
        return points
    x = y = 0.0
    placed: list[XY] = []
    for dx, dy in points:
        x, y = x + dx, y + dy
        placed.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return placed


def _feature(geometry: object, arcs: Arcs, scale: XY | None, shift: XY) -> object:
    if not isinstance(geometry, dict):
        return geometry
    kind, chains = geometry.get("type"), geometry.get("arcs")
    coordinates: object = None
    if kind == "Point":
        coordinates = _point(geometry.get("coordinates"), scale, shift)
    elif kind == "Polygon":
        coordinates = [_ring(ring, arcs) for ring in listed(chains)]
    elif kind == "MultiPolygon":
        coordinates = [[_ring(ring, arcs) for ring in listed(part)] for part in listed(chains)]
    elif kind == "LineString":
        coordinates = _ring(chains, arcs)
    shape = {"type": kind, "coordinates": coordinates}
    return {
        "type": "Feature",
        "id": geometry.get("id"),
        "properties": geometry.get("properties"),
        "geometry": shape,
    }


def _point(pair: object, scale: XY | None, shift: XY) -> object:
    points = read_ring([pair])
    if points is None or scale is None:
        return pair
    x, y = points[0]
    return [x * scale[0] + shift[0], y * scale[1] + shift[1]]


def _ring(chain_of_arcs: object, arcs: Arcs) -> list[list[float]] | None:
    """Index i is an arc forwards, ~i the same backwards; each begins where the last one ended."""
    points: list[list[float]] = []
    for raw in chain_of_arcs if isinstance(chain_of_arcs, list) else [None]:
        index = number(raw)
        if index is None or not index.is_integer() or not -len(arcs) <= index < len(arcs):
            return None
        arc = arcs[int(index)] if index >= 0 else arcs[~int(index)][::-1]
        points.extend([x, y] for x, y in (arc[1:] if points else arc))
    return points
