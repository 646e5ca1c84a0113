"""The headings of a table: where they are, how many rows deep, and what each column is called.

Found by these rules: rows with a single cell before the headings are titles (one may hold the
unit). The first row with two cells or more is the first row of headings. A further row belongs to
them when it repeats the first row's first heading (as portals export merged cells), when it holds
no figure while the rows below do, or when its only figures are periods and its first cell is blank.
"""

from dataclasses import dataclass

from kiosk.backend.connectors.figure import is_missing, number
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.stats.period import Period, fractions, is_part, read_period
from kiosk.backend.connectors.stats.sheet import Cell, Sheet, as_word
from kiosk.backend.connectors.stats.words import split_percent, split_unit, unit_of_line

MAX_DEPTH = 6
_AHEAD = 10  # so many rows below decide whether figures follow


@dataclass(frozen=True, slots=True)
class Column:
    """`path`: its headings from top to bottom, each once, without periods and units. `part`: which
    of them is a part of a year."""

    index: int
    path: tuple[str, ...]
    period: Period | None = None
    unit: str | None = None
    part: str = ""

    @property
    def heading(self) -> str:
        """The path as one word, as declarations name columns."""
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class Head:
    """`first`: the index of the first row of data; `unit`: what a title says all figures are."""

    first: int
    columns: tuple[Column, ...]
    unit: str | None = None


def read_head(sheet: Sheet, depth: int | None = None) -> Head:
    """depth: how many rows of headings there are; None finds out. Raises NotUnderstood."""
    start = next((index for index, row in enumerate(sheet) if _filled(row) > 1), None)
    if start is None:
        raise NotUnderstood("no row has two cells: this is no table")
    if depth is None:
        depth = 1
        while depth < MAX_DEPTH and _is_heading(sheet, start, start + depth):
            depth += 1
    rows = sheet[start : start + depth]
    if start + depth >= len(sheet):
        raise NotUnderstood("there are headings, but no row below them")
    titles = [as_word(cell) for row in sheet[:start] for cell in row if cell is not None]
    units = (unit_of_line(title) for title in titles)
    return Head(start + depth, _columns(rows), next(filter(None, units), None))


def _filled(row: list[Cell]) -> int:
    return sum(cell is not None for cell in row)


def _figures(row: list[Cell]) -> list[str]:
    words = [split_percent(as_word(cell))[0] for cell in row if cell is not None]
    return [word for word in words if is_missing(word) or number(word.strip("()▲")) is not None]


def _is_heading(sheet: Sheet, start: int, index: int) -> bool:
    if index >= len(sheet) - 1 or not sheet[index]:
        return False
    first, row = sheet[start], sheet[index]
    if row[0] is not None and row[0] == first[0]:
        return True
    below = [_figures(each) for each in sheet[index + 1 : index + 1 + _AHEAD] if each]
    figures = _figures(row)
    if not figures:
        return sum(bool(each) for each in below) * 2 > len(below)
    periods = all(read_period(word) for word in figures)
    return periods and row[0] is None and first[0] is not None


def _columns(rows: Sheet) -> tuple[Column, ...]:
    width = max(len(row) for row in rows)
    filled = [_fill(row, width, last=row is rows[-1]) for row in rows]
    ends = [fractions(words) for words in filled]
    return tuple(
        _column(index, [(words[index], end) for words, end in zip(filled, ends, strict=True)])
        for index in range(width)
    )


def _fill(row: list[Cell], width: int, *, last: bool) -> list[str]:
    """The words of a row of headings; a heading over several columns stands over each of them."""
    words: list[str] = []
    for index in range(width):
        word = as_word(row[index]) if index < len(row) else ""
        words.append(word or (words[-1] if words and not last else ""))
    return words


def _column(index: int, words: list[tuple[str, bool]]) -> Column:
    path: list[str] = []
    period: Period | None = None
    unit: str | None = None
    part = ""
    for word, year_ends_quarter in words:
        begin, _, rest = word.partition("_")
        if rest and (read := read_period(begin)):  # 2024년01월_총인구수
            period, word = read, rest
        read = read_period(word, year_ends_quarter=year_ends_quarter)
        period = period or read
        name, its_unit = split_unit(word)
        unit = its_unit or unit
        part = name if is_part(name) else part
        if read is None and name and name not in path:
            path.append(name)
    return Column(index, tuple(path), period, unit, part)
