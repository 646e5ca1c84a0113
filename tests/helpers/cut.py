"""Large samples with fewer rows of the same structure, so that many mutations of them are quick."""

import io
import json
import re
import zipfile
from typing import Any

from kiosk.backend.connectors.document import decode

LARGE = 6000
FIRST_ROWS = 12
FEATURES, POINTS, WORKBOOK_ROWS = 3, 6, 12
_ROW = re.compile(rb"<row .*?</row>", re.DOTALL)


def cut_lines(raw: bytes) -> bytes:
    """A text of more than 6 kB with its first lines only: what breaks a reader stands there."""
    lines = raw.splitlines(keepends=True)
    return b"".join(lines[:FIRST_ROWS]) if len(raw) > LARGE else raw


def cut_records(raw: bytes) -> bytes:
    """A JSON list with its first records."""
    return json.dumps(json.loads(raw)[:FEATURES]).encode()


def cut_features(raw: bytes) -> bytes:
    """A FeatureCollection or Topology of a few features, with a few points in each outline."""
    document = json.loads(decode(raw))
    if document["type"] == "FeatureCollection":
        document["features"] = document["features"][:FEATURES]
        for feature in document["features"]:
            feature["geometry"]["coordinates"] = _fewer(feature["geometry"]["coordinates"])
        return json.dumps(document, ensure_ascii=False).encode()
    used: dict[int, int] = {}
    for block in document["objects"].values():
        block["geometries"] = block["geometries"][:FEATURES]
        for geometry in block["geometries"]:
            geometry["arcs"] = _numbered(geometry["arcs"], used)
    document["arcs"] = [document["arcs"][old][:POINTS] for old in used]
    return json.dumps(document, ensure_ascii=False).encode()


def cut_workbook(raw: bytes) -> bytes:
    """An XLSX file whose sheets have their first rows only; all other parts as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as book, zipfile.ZipFile(out, "w") as cut:
        for name in book.namelist():
            part = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                rows = _ROW.findall(part)
                begin, end = part.index(rows[0]), part.rindex(rows[-1]) + len(rows[-1])
                part = part[:begin] + b"".join(rows[:WORKBOOK_ROWS]) + part[end:]
            cut.writestr(name, part)
    return out.getvalue()


def _fewer(coordinates: Any) -> Any:
    """Outlines of a few points that end where they begin."""
    if isinstance(coordinates[0][0], list):
        return [_fewer(each) for each in coordinates]
    return [*coordinates[:POINTS], coordinates[0]]


def _numbered(arcs: Any, used: dict[int, int]) -> Any:
    """The indexes of arcs, anew in the order in which they are met; ~i is i backwards."""
    if isinstance(arcs, list):
        return [_numbered(each, used) for each in arcs]
    forwards = arcs if arcs >= 0 else ~arcs
    new = used.setdefault(forwards, len(used))
    return new if arcs >= 0 else ~new
