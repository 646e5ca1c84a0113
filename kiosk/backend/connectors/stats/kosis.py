"""KOSIS: the figures of a table (statisticsParameterData) and the search for tables."""

import re
from collections.abc import Iterator

from kiosk.backend.connectors.districts import SEOUL, SEOUL_NAMES, district_code
from kiosk.backend.connectors.document import decode, listed, read_document, xml_root
from kiosk.backend.connectors.figure import Measure
from kiosk.backend.connectors.normal import (
    NotUnderstood,
    Observation,
    Parsed,
    Retry,
    Sex,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, as_text, read_rows
from kiosk.backend.connectors.stats.period import kosis_period
from kiosk.backend.connectors.stats.sdmx import is_sdmx, read_sdmx
from kiosk.backend.connectors.stats.words import SEXES, is_age, unit

NO_DATA = "30"
# 10 no key, 11 key expired, 20 and 21 arguments, 31 and 41 too many cells: never by themselves
SOON = {"40", "50"}  # too many calls a minute; their server
CLASSES = range(1, 9)
_UNQUOTED = re.compile(r"\[?\s*\{\s*[A-Za-z_][A-Za-z0-9_]*\s*:")
_TEXT_OR_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|([A-Za-z_][A-Za-z0-9_]*)(?=\s*:)')


def parse(raw: bytes, context: Context) -> Parsed:
    """One observation a cell of the table, also where SDMX was asked for. See Connector."""
    root = xml_root(decode(raw).strip())
    if root is not None and is_sdmx(root):
        return read_sdmx(root)
    return read_rows(_rows(raw), _cell)


def parse_search(raw: bytes, context: Context) -> Parsed:
    """One observation a table found: its value is the table's title, the note its periods."""
    return read_rows(_rows(raw), _table)


def _rows(raw: bytes) -> list[object]:
    text = decode(raw).strip()
    document = read_document(_quoted(text).encode() if _UNQUOTED.match(text) else raw)
    if isinstance(document, dict):
        error = document.get("error", document)
        row = Row(error if isinstance(error, dict) else document)
        if code := row.text("err", "errCode"):
            return _refused(code, row.text("errMsg"))
        if row.has("TBL_ID"):
            return [document]
        raise NotUnderstood("an object without err where a list of rows should be")
    if not isinstance(document, list):
        raise NotUnderstood("no list of rows")
    return listed(document)


def _quoted(text: str) -> str:
    """Without jsonVD=Y in the call the keys come without quotes."""
    return _TEXT_OR_KEY.sub(lambda match: f'"{match[1]}"' if match[1] else match[0], text)


def _refused(code: str, message: str) -> list[object]:
    if code == NO_DATA:
        return []
    retry: Retry = "soon" if code in SOON else "never"
    raise SourceRefused(as_text(code), as_text(message) or "no message", retry)


def _cell(row: Row) -> Iterator[Observation]:
    table, item = row.need("TBL_ID"), row.need("ITM_ID")
    period = kosis_period(row.text("PRD_SE"), row.need("PRD_DE"))
    if period is None:
        raise RowRejected(
            f"PRD_DE {row.text('PRD_DE')[:20]!r} is no period of {row.text('PRD_SE')!r}"
        )
    measure = Measure(f"kosis.{table}.{item}", unit(row.text("UNIT_NM")))
    reading = measure.read(row.raw("DT"))
    codes = [code for n in CLASSES if (code := row.text(f"C{n}"))]
    names = [name for n in CLASSES if (name := row.text(f"C{n}_NM"))]
    yield Observation(
        id=":".join(("kosis", row.text("ORG_ID"), table, item, *codes)),
        kind=measure.kind,
        place=_place(row),
        time=period.time,
        value=reading.value,
        unit=measure.unit,
        quality=reading.quality,
        note=reading.note,
        name=" ".join(filter(None, (row.text("ITM_NM"), *names))),
        period=period.length,
        sex=_sex([row.text("ITM_NM"), *names]),
        age=next(filter(is_age, names), "all"),
    )


def _place(row: Row) -> str | None:
    """The MOIS code where the first class is a place of Seoul by its name, else its own code.

    Not by code: 11110 is a district in two code systems, and not the same one.
    """
    code, name = row.text("C1"), row.text("C1_NM")
    if code.startswith(SEOUL):
        return district_code(name, seoul=True) or (SEOUL if name in SEOUL_NAMES else code)
    return code or None


def _sex(words: list[str]) -> Sex:
    for word in words:
        for start, sex in SEXES.items():
            if word == start or (len(start) > 1 and word.startswith(start)):
                return sex
    return "all"


def _table(row: Row) -> Iterator[Observation]:
    organisation, table = row.need("ORG_ID"), row.need("TBL_ID")
    yield Observation(
        id=f"kosis-table:{organisation}:{table}",
        kind="kosis.table",
        value=row.need("TBL_NM"),
        note=f"{row.text('STRT_PRD_DE')} to {row.text('END_PRD_DE')}; {row.text('MT_ATITLE')}",
        name=row.text("STAT_NM"),
    )


CONNECTORS = (
    Connector("statisticsParameterData", "KOSIS: figures of a table", parse),
    Connector("statisticsSearch", "KOSIS: search for tables", parse_search),
)
