"""The areas of a new city: names around a middle, or the borders of a GeoJSON file."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import shapely

from kiosk.pack.model import Bounds
from kiosk.settings import SettingsError
from kiosk.tools.city.answers import MOST_AREAS, Answers, Names, Properties
from kiosk.wire.text import Text

KM_A_DEGREE = 111.32  # of latitude; of longitude by the cosine of it (WGS84, within half a percent)
MARGIN = 0.2  # of the city's extent, beyond its areas, is still the city
LEAST_MARGIN = 0.02  # degrees
MOST_BYTES = 30_000_000
DIGITS = 5  # decimals of a degree: about one metre
POLYGONS = ("Polygon", "MultiPolygon")


class Area(msgspec.Struct, frozen=True):
    """`lat` and `lon` lie inside, where a label fits."""

    code: str
    name: Text
    lat: float
    lon: float


class Areas(msgspec.Struct, frozen=True):
    """`geojson` has a feature for each area with the property `code`, None where only names are
    known; `pattern` is what all codes are like."""

    areas: tuple[Area, ...]
    bounds: Bounds
    pattern: str
    geojson: bytes | None = None


def areas_of(answers: Answers, folder: Path) -> Areas:
    """`folder` is where the answers' file lies. Raises SettingsError."""
    if answers.borders:
        return _bordered(folder / answers.borders, answers.properties)
    assert answers.middle is not None
    return _spread(answers.areas, answers.middle, answers.span_km)


# ---- names alone


def _spread(names: Sequence[Names], middle: tuple[float, float], span_km: float) -> Areas:
    """Rows of points around the middle, every other row shifted by half a step: nobody can take
    the cells around them for true borders."""
    across = math.ceil(math.sqrt(len(names)))
    rows = math.ceil(len(names) / across)
    step = span_km / max(across, 2) / KM_A_DEGREE
    squeeze = math.cos(math.radians(middle[0]))
    found = []
    for n, name in enumerate(names):
        row, column = divmod(n, across)
        in_row = min(across, len(names) - row * across)
        lat = middle[0] + ((rows - 1) / 2 - row) * step
        shift = (row % 2) / 2 - 0.25 if rows > 1 else 0.0
        lon = middle[1] + (column - (in_row - 1) / 2 + shift) * step / squeeze
        code = _numbered(n, len(names))
        found.append(Area(code, name.text, round(lat, DIGITS), round(lon, DIGITS)))
    lats, lons = [a.lat for a in found], [a.lon for a in found]
    around = (min(lats) - step, max(lats) + step, min(lons) - step, max(lons) + step)
    return Areas(tuple(found), _bounds(*around), _pattern([a.code for a in found]))


# ---- borders


class _Feature(msgspec.Struct, frozen=True):
    geometry: msgspec.Raw
    properties: dict[str, Any] | None = None


class _Collection(msgspec.Struct, frozen=True):
    features: tuple[_Feature, ...]


def _bordered(file: Path, properties: Properties) -> Areas:
    features = _read(file)
    codes = _codes(file, features, properties.code)
    found, told = [], []
    for n, (code, feature) in enumerate(zip(codes, features, strict=True)):
        shape = _shape(file, n, feature)
        inside = shapely.point_on_surface(shape)
        name = _name(file, n, feature.properties or {}, properties)
        found.append(Area(code, name, round(inside.y, DIGITS), round(inside.x, DIGITS)))
        told.append({"type": "Feature", "properties": {"code": code}, "geometry": _rounded(shape)})
    west, south, east, north = shapely.total_bounds(
        [shapely.from_geojson(msgspec.json.encode(one["geometry"])) for one in told]
    )
    collection = msgspec.json.encode({"type": "FeatureCollection", "features": told})
    bounds = _bounds(float(south), float(north), float(west), float(east))
    return Areas(tuple(found), bounds, _pattern(codes), collection)


def _read(file: Path) -> tuple[_Feature, ...]:
    expected = "GeoJSON: a FeatureCollection of the areas' polygons"
    try:
        if file.stat().st_size > MOST_BYTES:
            size = f"{file.stat().st_size / 1e6:.0f} MB"
            raise SettingsError(
                str(file), "size", size, "at most 30 MB: simplify the borders to about 10 m"
            )
        features = msgspec.json.decode(file.read_bytes(), type=_Collection).features
    except OSError as error:
        raise SettingsError(
            str(file), "borders", file.name, f"a readable file ({error.strerror})"
        ) from error
    except msgspec.MsgspecError as error:
        raise SettingsError(str(file), "features", file.name, f"{expected}: {error}") from error
    if not 1 <= len(features) <= MOST_AREAS:
        raise SettingsError(str(file), "features", len(features), f"1 to {MOST_AREAS} areas")
    return features


def _shape(file: Path, n: int, feature: _Feature) -> Any:
    """The polygons of an area, mended where a ring crosses itself."""
    where = f"features[{n}].geometry"
    try:
        shape = shapely.from_geojson(bytes(feature.geometry))
    except (shapely.errors.GEOSException, ValueError) as error:
        raise SettingsError(str(file), where, "", f"a polygon in degrees: {error}") from error
    if shape is None or shape.geom_type not in POLYGONS or shape.is_empty:
        kind = "nothing" if shape is None else shape.geom_type
        raise SettingsError(str(file), where, kind, "a Polygon or MultiPolygon")
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -85 or north > 85:
        raise SettingsError(
            str(file),
            where,
            (west, south),
            "longitude and latitude in degrees (WGS84); these look like metres of a plane grid. "
            "Convert the file: ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson",
        )
    if shape.is_valid:
        return shape
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if mended.geom_type not in POLYGONS or mended.is_empty:
        raise SettingsError(str(file), where, shape.geom_type, "a ring that does not cross itself")
    return mended


def _rounded(shape: Any) -> Any:
    fine = shapely.set_precision(shape, 10**-DIGITS)
    return msgspec.json.decode(shapely.to_geojson(fine if fine.geom_type in POLYGONS else shape))


def _codes(file: Path, features: Sequence[_Feature], name: str) -> list[str]:
    """The file's own codes, or numbers where no feature has any."""
    told = [str((f.properties or {}).get(name) or "") for f in features] if name else []
    if not any(told):
        return [_numbered(n, len(features)) for n in range(len(features))]
    for n, code in enumerate(told):
        where = f"features[{n}].properties.{name}"
        if not code:
            raise SettingsError(str(file), where, "", "a code, as other areas have one")
        if len(code) != len(told[0]):
            expected = f"codes of one length, as {told[0]!r} of the first area"
            raise SettingsError(str(file), where, code, expected)
        if code in told[:n]:
            raise SettingsError(str(file), where, code, "a code of its own for each area")
    return told


def _name(file: Path, n: int, told: Mapping[str, Any], properties: Properties) -> Text:
    names = Names(str(told.get(properties.ko) or ""), str(told.get(properties.en) or ""))
    if names.text.ko:
        return names.text
    raise SettingsError(
        str(file),
        f"features[{n}].properties",
        ", ".join(sorted(told)) or "none",
        f"a name in {properties.ko!r} or {properties.en!r}; `properties` of the answers says which "
        "property has it",
    )


# ---- both


def _numbered(n: int, many: int) -> str:
    return f"{n + 1:0{max(2, len(str(many)))}}"


def _pattern(codes: Sequence[str]) -> str:
    """A regular expression for codes of this length, of digits where all are."""
    long = len(codes[0])
    return rf"\d{{{long}}}" if all(code.isdecimal() for code in codes) else f".{{{long}}}"


def _bounds(south: float, north: float, west: float, east: float) -> Bounds:
    high = max(MARGIN * (north - south), LEAST_MARGIN)
    wide = max(MARGIN * (east - west), LEAST_MARGIN)
    return Bounds(
        round(max(south - high, -90), 3),
        round(min(north + high, 90), 3),
        round(max(west - wide, -180), 3),
        round(min(east + wide, 180), 3),
    )
