"""The cells of a statistics file: CSV, XLSX, XLS, a web page or a JSON list of records.

A cell is text, a number or None. Rows keep their place in the file; empty rows are empty lists.
"""

import csv
import io
import os
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable
from datetime import date

from kiosk.backend.connectors.document import MAX_BYTES, decode, read_document
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.stats.page import is_page, read_page

Cell = str | float | None
Sheet = list[list[Cell]]
_SHEET_VALUE = re.compile(r"<(?:\w+:)?v[^<>]*>\s*([-+]?[\d_.][\d_.eE+-]*)\s*<")
MAX_ROWS, MAX_COLUMNS = 200_000, 1000
XLSX_START, XLS_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_sheet(raw: bytes, name: str = "") -> Sheet:
    """The sheet of that name, else the first that holds anything. Raises NotUnderstood."""
    if raw.startswith(XLSX_START):
        rows = _guarded("XLSX", lambda: _xlsx(raw, name))
    elif raw.startswith(XLS_START):
        rows = _guarded("XLS", lambda: _xls(raw, name))
    elif raw.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        rows = _records(raw)
    else:
        text = decode(raw)
        rows = _cells(read_page(text)) if is_page(text) else _csv(text)
    return [_trimmed(row) for row in rows]


def as_word(cell: Cell) -> str:
    """A cell as text; a whole number without its `.0`."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = "" if cell is None else str(cell)
    return " ".join(text.split()).encode("utf-8", "replace").decode()


def _guarded(form: str, read: Callable[[], list[list[Cell]]]) -> list[list[Cell]]:
    """Both libraries raise whatever their parsing stumbles over, and warn of styles."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except NotUnderstood:
        raise
    except Exception as error:
        reason = f"{type(error).__name__} {error}"
        raise NotUnderstood(f"no readable {form} file: {reason[:200]!a}") from None


def _xlsx(raw: bytes, name: str) -> Sheet:
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > MAX_BYTES:
            raise NotUnderstood(f"unpacked it has {unpacked} bytes, more than {MAX_BYTES}")
        for part in parts.namelist():
            if part.startswith("xl/worksheets/"):
                _check_figures(decode(parts.read(part)))
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    try:
        sheets = (
            (sheet.title, sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS))
            for sheet in book.worksheets
        )
        return _chosen(sheets, name)
    finally:
        book.close()


def _check_figures(part: str) -> None:
    """openpyxl reads 1_000 and １２ as figures, since Python does; no workbook writes them."""
    for figure in _SHEET_VALUE.findall(part):
        if "_" in figure or not figure.isascii():
            raise NotUnderstood(f"no readable XLSX file: {figure[:40]!a} where a figure should be")


def _xls(raw: bytes, name: str) -> Sheet:
    import xlrd

    with open(os.devnull, "w") as silent:  # noqa: PTH123 - devnull is no path of ours
        book = xlrd.open_workbook(file_contents=raw, logfile=silent, ragged_rows=True)
    kinds = {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER}

    def rows(sheet: "xlrd.sheet.Sheet") -> Iterable[Iterable[object]]:
        for count in range(sheet.nrows):
            yield (
                str(xlrd.xldate_as_datetime(cell.value, book.datemode).date())
                if cell.ctype == xlrd.XL_CELL_DATE
                else cell.value
                if cell.ctype in kinds
                else None
                for cell in sheet.row(count)[:MAX_COLUMNS]
            )

    return _chosen(((sheet.name, rows(sheet)) for sheet in book.sheets()), name)


def _chosen(sheets: Iterable[tuple[str, Iterable[Iterable[object]]]], name: str) -> Sheet:
    for title, rows in sheets:
        if name in ("", title):
            cells = _cells(rows)
            if name or any(any(cell is not None for cell in row) for row in cells):
                return cells
    raise NotUnderstood(f"there is no sheet {name!r}" if name else "no sheet holds anything")


def _cells(rows: Iterable[Iterable[object]]) -> Sheet:
    cells: Sheet = []
    filled = 0  # a file may say that it goes on for a million empty rows
    for row in rows:
        cells.append([_cell(value) for value in row])
        if len(cells[-1]) > MAX_COLUMNS:
            raise NotUnderstood(f"row {len(cells)} has more than {MAX_COLUMNS} cells")
        filled = len(cells) if any(cell is not None for cell in cells[-1]) else filled
        if len(cells) > filled + MAX_ROWS or filled > MAX_ROWS:
            break
    if filled > MAX_ROWS:
        raise NotUnderstood(f"more than {MAX_ROWS} rows")
    return cells[:filled]


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e300 else str(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return (value or None) if isinstance(value, str) else None


def _csv(text: str) -> Sheet:
    if "\x00" in text[:10_000]:
        raise NotUnderstood("no text, and neither an XLSX nor an XLS file")
    if text.lstrip().startswith("<"):
        raise NotUnderstood("neither a table nor a web page with one")
    first_lines = "\n".join(text.split("\n", 10)[:10])
    delimiter = max(",\t;|", key=first_lines.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _cells(lines)
    except csv.Error as error:  # a loose quote would glue two cells to a figure nobody gave
        raise NotUnderstood(f"no CSV, line {lines.line_num}: {error}") from None


def _records(raw: bytes) -> Sheet:
    document = read_document(raw)
    records = document if isinstance(document, list) else []
    if not records or not all(isinstance(record, dict) for record in records):
        raise NotUnderstood("neither a table nor a JSON list of records")
    keys = list(dict.fromkeys(key for record in records for key in record))
    if len(keys) > MAX_COLUMNS or len(records) > MAX_ROWS:
        raise NotUnderstood(f"more than {MAX_ROWS} records or {MAX_COLUMNS} fields")
    return _cells([keys, *([record.get(key) for key in keys] for record in records)])


def _trimmed(row: list[Cell]) -> list[Cell]:
    cells: list[Cell] = [
        cell if not isinstance(cell, str) or cell.strip() else None for cell in row
    ]
    while cells and cells[-1] is None:
        cells.pop()
    return cells
