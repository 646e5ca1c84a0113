"""What is told as a table: CSV that spreadsheets open as it is meant (RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from kiosk.public.model import Told
from kiosk.wire.text import Text

MARK = "\ufeff"
"""Without this Korean spreadsheets take the letters for another encoding."""
_COMMANDS = ("=", "+", "-", "@", "\t", "\r")
_LEFT_OUT = frozenset({"boundary"})


def table_of(rows: Sequence[Told]) -> bytes:
    """A line for each thing, a column for each of its fields, two for words in both languages. What
    has figures of its own inside is told by these: a line for each."""
    written = io.StringIO()
    writer: Any = None
    for row in rows:
        cells = dict(_cells(row))
        if writer is None:
            writer = csv.writer(written, lineterminator="\r\n")
            writer.writerow(cells)
        writer.writerow(cells.values())
    return (MARK + written.getvalue()).encode()


def _cells(row: msgspec.Struct, before: str = "") -> Iterable[tuple[str, str]]:
    for name in row.__struct_fields__:
        if name in _LEFT_OUT:
            continue
        value, column = getattr(row, name), before + name
        if isinstance(value, Told):
            yield from _cells(value, f"{column}_")
        elif isinstance(value, Text):
            yield f"{column}_ko", cell(value.ko)
            yield f"{column}_en", cell(value.en)
        else:
            yield column, _written(value)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return cell(value)
    return msgspec.json.encode(value).decode()


def cell(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_COMMANDS) else words
