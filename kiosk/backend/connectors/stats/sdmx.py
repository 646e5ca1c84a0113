"""SDMX-ML 2.0 and 2.1: data sets in the generic and the structure-specific form.

KOSIS answers so for registered tables (statisticsBigData); other statistics offices do too. A
structure message (DSD) describes data and holds none.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from kiosk.backend.connectors.document import decode, tag, xml_root
from kiosk.backend.connectors.figure import Measure
from kiosk.backend.connectors.normal import (
    NotUnderstood,
    Observation,
    Parsed,
    Quality,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows
from kiosk.backend.connectors.stats.period import Period, kosis_period, read_period
from kiosk.backend.connectors.stats.words import unit

ROOTS = (
    "GenericData",
    "GenericTimeSeriesData",
    "CompactData",
    "StructureSpecificData",
    "StructureSpecificTimeSeriesData",
)
TIME, VALUE, STATUS = "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"
TIMES = (TIME, "TIME", "PRD_DE")
# attributes of an observation or a series that say how it is to be read, not what it is about
ABOUT = frozenset((*TIMES, VALUE, STATUS, "UNIT_MEASURE", "UNIT", "UNIT_MULT", "DECIMALS"))
ABOUT |= frozenset(("OBS_CONF", "OBS_NOTE", "COMMENT", "TITLE", "action"))
STATES: Mapping[str, Quality] = {
    "M": "missing",
    "P": "provisional",
    "E": "estimated",
    "F": "estimated",
    "I": "estimated",
}  # code list CL_OBS_STATUS
_PART = re.compile(r"(\d{4})-?([QSHM])(\d{1,2})", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:-?A1)?", re.ASCII)


def parse(raw: bytes, context: Context) -> Parsed:
    """One observation an Obs. See Connector."""
    root = xml_root(decode(raw).strip())
    if root is None:
        raise NotUnderstood("no XML, so no SDMX-ML")
    return read_sdmx(root)


def is_sdmx(root: ET.Element) -> bool:
    """Is it a message of SDMX, with data or with structures?"""
    return tag(root) in (*ROOTS, "Structure", "Error")


def read_sdmx(root: ET.Element) -> Parsed:
    """Raises NotUnderstood and SourceRefused."""
    if tag(root) == "Error":
        found = next((each for each in root.iter() if tag(each) == "ErrorMessage"), root)
        words = " ".join("".join(found.itertext()).split())
        raise SourceRefused(found.get("code", "?"), words[:200] or "no message", "never")
    if tag(root) == "Structure":
        raise NotUnderstood("this is a structure of SDMX: it describes data and holds none")
    if tag(root) not in ROOTS:
        raise NotUnderstood(f"no SDMX message with data: {tag(root)[:40]!a}")
    rows: list[object] = [
        fields for each in root.iter() if tag(each) == "DataSet" for fields in _rows(each)
    ]
    return read_rows(rows, _observation)


def _rows(dataset: ET.Element) -> Iterator[dict[str, object]]:
    """Each Obs with the fields of its series and group."""
    name = next((each for key, each in dataset.attrib.items() if key.endswith("structureRef")), "")
    name = name or _child_text(dataset, "KeyFamilyRef") or "data"
    for block in dataset:
        series = _fields(block)
        observations = [each for each in block if tag(each) == "Obs"]
        if tag(block) == "Obs":
            yield {"": name, **series}
        for each in observations:
            yield {"": name, **series, **_fields(each)}


def _fields(element: ET.Element) -> dict[str, object]:
    """An element's own attributes, and what the generic form writes as elements with values."""
    found: dict[str, object] = {key: each for key, each in element.attrib.items() if "}" not in key}
    for child in element:
        kind, value = tag(child), child.get("value")
        if kind == "ObsValue":
            found[VALUE] = value
        elif kind in ("Time", "ObsDimension"):
            found[child.get("id", TIME)] = value or child.text
        elif kind in ("SeriesKey", "ObsKey", "Attributes"):
            values = (each for each in child if tag(each) == "Value")
            found |= {
                each.get("id", each.get("concept", "?")): each.get("value") for each in values
            }
    return found


def _child_text(element: ET.Element, name: str) -> str:
    return next(((each.text or "").strip() for each in element if tag(each) == name), "")


def _observation(row: Row) -> Iterator[Observation]:
    when = row.need(*TIMES)
    period = _period(when, row.text("FREQ"))
    if period is None:
        raise RowRejected(f"{TIME} is no period: {when[:20]!r}")
    dataset = row.text("")
    about = {key: row.text(key) for key in row.given() if key and key not in ABOUT}
    reading = Measure(f"sdmx.{dataset}").read(row.raw(VALUE))
    status = STATES.get(row.text(STATUS))
    multiplied = row.text("UNIT_MULT")
    words = unit(row.text("UNIT_MEASURE", "UNIT"))
    yield Observation(
        id=":".join(("sdmx", dataset, *about.values())),
        kind=f"sdmx.{dataset}",
        place=row.text("REF_AREA") or None,
        time=period.time,
        value=None if status == "missing" else reading.value,
        unit=words if multiplied in ("", "0") else f"10*{multiplied} {words}".rstrip(),
        quality=status if status and reading.quality == "good" else reading.quality,
        note=reading.note,
        name=" ".join(f"{key}={value}" for key, value in about.items() if value),
        period=period.length,
    )


def _period(text: str, frequency: str) -> Period | None:
    """`2024`, `2024-A1`, `2024-Q1`, `2024-S1`, `2024-M01`, `2024-01`, and KOSIS' own `202401`."""
    if part := _PART.fullmatch(text):
        return kosis_period(part[2], f"{part[1]}{part[3]:0>2}")
    if year := _YEAR.fullmatch(text):
        return read_period(year[1])
    return kosis_period(frequency, text) if text.isdigit() else read_period(text)


CONNECTORS = (
    Connector("sdmx", "SDMX-ML: figures of a data set", parse),
    Connector("statisticsBigData", "KOSIS: figures of a registered table (SDMX)", parse),
)
