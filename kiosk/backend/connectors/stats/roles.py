"""Which column of a table says where, which says when, and which hold figures."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.backend.connectors.districts import CODE_LENGTHS, code_of
from kiosk.backend.connectors.figure import is_missing, number
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.stats.header import Column
from kiosk.backend.connectors.stats.period import read_period
from kiosk.backend.connectors.stats.sheet import Cell, Sheet, as_word
from kiosk.backend.connectors.stats.words import TOTALS, area_code, split_percent, squeezed

LATITUDES = {"위도", "lat", "latitude", "y", "y좌표", "centerlat", "wgs84lat"}
LONGITUDES = {"경도", "lon", "lng", "lot", "longitude", "x", "x좌표", "centerlng", "wgs84lon"}
PERIODS = {
    "기간",
    "시점",
    "연도",
    "년도",
    "기준년도",
    "기준연도",
    "기준년월",
    "년월",
    "연월",
    "기준일",
    "날짜",
    "year",
    "date",
    "period",
}
AREAS = (
    *(
        "시도",
        "시군구",
        "자치구",
        "행정구역",
        "행정기관",
        "행정동",
        "읍면동",
        "동별",
        "구별",
        "지역",
    ),
    *("관서", "경찰서", "소방서", "기관", "area", "region", "district"),
)
SERIALS = {"순번", "연번", "번호", "no", "no.", "objectid"}
NAMES = ("명", "이름", "name", "_nm")
CODES = ("코드", "code", "_cd", "_id")
MOST = 0.6
_LEVEL = re.compile(r"(.+?)\s*\((\d)\)")


@dataclass(frozen=True, slots=True)
class Roles:
    """Indexes of columns. `area_in_seoul`: its words are those of Seoul, a total too. `finer`: the
    part of the area; `texts`: words that say something else."""

    area: int | None
    area_is_code: bool
    area_in_seoul: bool
    finer: int | None
    name: int | None
    period: int | None
    lat: int | None
    lon: int | None
    figures: tuple[int, ...]
    texts: tuple[int, ...]


def read_roles(columns: Sequence[Column], data: Sheet, options: Mapping[str, str]) -> Roles:
    """By what the declaration says (area, name, period_column, lat, lon), else by content."""
    rows = [row for row in data if sum(cell is not None for cell in row) > 1]  # no notes
    cells = {column.index: _cells(rows, column.index) for column in columns}
    found = {index: values for index, values in cells.items() if values}
    area, is_code = _area(found)
    in_seoul = area is not None
    area = _headed_area(columns, found) if area is None else area
    area = _named(columns, options, "area", area)
    lat = _named(columns, options, "lat", _headed(columns, LATITUDES))
    lon = _named(columns, options, "lon", _headed(columns, LONGITUDES))
    period = _headed(columns, PERIODS)
    if period is not None and not _mostly(cells[period], _is_period):
        period = None
    if period is None and area is None:
        first = columns[0].index if columns else 0
        words = cells.get(first, [])
        period = first if words and all(map(_is_written_period, words)) else None
    period = _named(columns, options, "period_column", period)
    serial = _headed(columns, SERIALS)
    has_name = is_code or lat is not None or area is None
    name = _named(columns, options, "name", _name(columns, found) if has_name else None)
    if area is None and lat is None:
        area, name = name, None  # what the rows are called tells them apart
    finer = _finer(columns, area)
    taken = {area, finer, period, lat, lon, name, serial}
    rest = [index for index in found if index not in taken and not _is_area_like(found[index])]
    codes = {column.index for column in columns if column.heading.lower().endswith(CODES)}
    figures = [index for index in rest if index not in codes and _mostly(found[index], _is_figure)]
    texts = tuple(index for index in rest if index not in figures)
    is_code = is_code and area is not None
    return Roles(area, is_code, in_seoul, finer, name, period, lat, lon, tuple(figures), texts)


def _is_period(word: str) -> bool:
    return read_period(word) is not None


def _is_written_period(word: str) -> bool:
    """A period that can be nothing else, as 2022 could."""
    return _is_period(word) and not word.isdigit()


def _name(columns: Sequence[Column], cells: Mapping[int, list[str]]) -> int | None:
    """Of the columns headed as names the one that tells most apart: 읍면동명 before 시군구명."""
    named = {
        column.index: len(set(cells.get(column.index, ())))
        for column in columns
        if any(column.heading.lower().split("/")[0].endswith(ending) for ending in NAMES)
    }
    return max(named, key=named.__getitem__) if named else None


def _cells(data: Sheet, index: int) -> list[str]:
    return [as_word(row[index]) for row in data if index < len(row) and row[index] is not None]


def _mostly(words: Sequence[str], test: Callable[[str], bool]) -> bool:
    return bool(words) and sum(map(test, words)) >= MOST * len(words)


def _is_figure(word: str) -> bool:
    return is_missing(word) or number(split_percent(word)[0]) is not None


def _area(cells: Mapping[int, list[str]]) -> tuple[int | None, bool]:
    for length in CODE_LENGTHS:
        for index, words in cells.items():
            if all(len(word) == length and code_of(word) for word in words):
                return index, True
    names = {
        index: len({code for word in words if (code := area_code(word))})
        for index, words in cells.items()
        if _mostly(words, lambda word: area_code(word) is not None)
    }
    return (max(names, key=names.__getitem__) if names else None), False


def _headed_area(columns: Sequence[Column], cells: Mapping[int, list[str]]) -> int | None:
    """A column of words that is headed as an area, where the words are not those of Seoul."""
    for column in columns:
        words = cells.get(column.index, ())
        if column.heading.lower().startswith(AREAS) and not _mostly(words, _is_figure):
            return column.index
    return None


def _finer(columns: Sequence[Column], area: int | None) -> int | None:
    """Portals number the levels of places: 동별(2) has the districts, 동별(3) what lies in them."""
    levels = {
        (match[1], int(match[2])): column.index
        for column in columns
        if (match := _LEVEL.fullmatch(column.heading))
    }
    level = next((key for key, index in levels.items() if index == area), None)
    return levels.get((level[0], level[1] + 1)) if level else None


def _is_area_like(words: Sequence[str]) -> bool:
    """A column that only says again where: codes, districts' names, totals."""
    again = [word for word in words if code_of(word) or area_code(word) or squeezed(word) in TOTALS]
    return len(again) == len(words)


def _headed(columns: Sequence[Column], names: set[str]) -> int | None:
    headed = (
        column.index for column in columns if column.heading.lower().replace(" ", "") in names
    )
    return next(headed, None)


def _named(
    columns: Sequence[Column], options: Mapping[str, str], role: str, found: int | None
) -> int | None:
    heading = options.get(role)
    if heading is None:
        return found
    index = next((column.index for column in columns if column.heading == heading), None)
    if index is None:
        raise NotUnderstood(
            f"the declaration's {role} column {heading!r} is not there; there are: "
            + ", ".join(column.heading for column in columns)[:300]
        )
    return index


def cell_at(row: list[Cell], index: int | None) -> Cell:
    """The cell, None beyond the row's end and for no column."""
    return row[index] if index is not None and index < len(row) else None
