"""The figures of a table, one observation a cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.backend.connectors.districts import SEOUL, code_of
from kiosk.backend.connectors.figure import Measure, is_missing, number
from kiosk.backend.connectors.normal import (
    NotUnderstood,
    Observation,
    Parsed,
    Quality,
    Rejected,
    Sex,
    Value,
)
from kiosk.backend.connectors.row import RowRejected
from kiosk.backend.connectors.stats.header import Column, Head
from kiosk.backend.connectors.stats.period import Period, part_of, read_period
from kiosk.backend.connectors.stats.roles import Roles, cell_at
from kiosk.backend.connectors.stats.sheet import Cell, Sheet, as_word
from kiosk.backend.connectors.stats.words import (
    SEXES,
    TOTALS,
    area_code,
    is_age,
    split_percent,
    squeezed,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of figures or words: what it measures, for whom; where and when if it says so."""

    index: int
    place: str | None
    measure: Measure
    name: str
    period: Period | None
    part: str
    sex: Sex
    age: str
    is_text: bool


def read_observations(head: Head, roles: Roles, data: Sheet, options: Mapping[str, str]) -> Parsed:
    """Words beside the figures tell rows of one place and time apart, else they are values too."""
    labels = roles.texts if _repeats(roles, data) else ()
    figures = _figures(head, roles, labels, options)
    fixed = read_period(options.get("period", ""))
    if "period" in options and fixed is None:
        raise NotUnderstood(f"the declaration's period is {options['period']!r}, which is none")
    items: dict[tuple[str, str | None], Observation] = {}
    rejected: list[Rejected] = []
    for number_of_row, row in enumerate(data, start=head.first + 1):
        if not row:
            continue
        try:
            for item in _row(row, roles, labels, figures, fixed, options.get("dataset", "table")):
                if (item.id, item.time) in items:
                    raise RowRejected("the same place, time and kind as a row above")
                items[item.id, item.time] = item
        except RowRejected as verdict:
            rejected.append(Rejected(number_of_row, str(verdict)))
    return Parsed(tuple(items.values()), tuple(rejected))


def _repeats(roles: Roles, data: Sheet) -> bool:
    keys = Counter(
        tuple(as_word(cell_at(row, index)) for index in (roles.area, roles.finer, roles.period))
        for row in data
        if sum(cell is not None for cell in row) > 1
    )
    return any(count > 1 for count in keys.values())


def _figures(
    head: Head, roles: Roles, labels: Sequence[int], options: Mapping[str, str]
) -> list[Figure]:
    declared = {
        name.removeprefix("column."): words.split()
        for name, words in options.items()
        if name.startswith("column.")
    }
    indexes = [*roles.figures, *(index for index in roles.texts if index not in labels)]
    columns = [column for column in head.columns if column.index in indexes]
    places = _places(columns) if roles.area is None else {}
    if missing := set(declared) - {column.heading for column in columns}:
        raise NotUnderstood(f"the declaration's columns {sorted(missing)} hold no figures here")
    short = Counter((_short(column), column.period, _sex(column)) for column in columns)
    prefix = options.get("kind", "table")
    has_year = roles.period is not None or "period" in options
    figures = []
    for column in columns:
        if declared and column.heading not in declared:
            continue
        unique = short[_short(column), column.period, _sex(column)] == 1
        words = _short(column) if unique else (*column.path, str(column.index + 1))
        if column.part and has_year:
            words = tuple(word for word in words if word != column.part)
        if column.index in places:
            words = tuple(word for word in words if area_code(word) is None)
        kind = ".".join(filter(None, (prefix, *words))).replace(" ", "_")
        measure = _measure(declared.get(column.heading, [kind]), column.unit or head.unit or "")
        figures.append(
            _figure(column, measure, places.get(column.index), is_text=column.index in roles.texts)
        )
    return figures


def _measure(words: Sequence[str], unit: str) -> Measure:
    if len(words) <= 1:
        return Measure("".join(words), unit)
    bounds = [bound for word in words[2:4] if (bound := number(word)) is not None]
    return Measure(words[0], words[1], *bounds) if len(bounds) == 2 else Measure(words[0], words[1])


def _places(columns: Sequence[Column]) -> dict[int, str]:
    """Column -> area, in a table whose columns are places: most of them have a district's name."""
    codes = {column.index: list(filter(None, map(area_code, column.path))) for column in columns}
    districts = {code for found in codes.values() for code in found if code != SEOUL}
    known = {index: found[0] for index, found in codes.items() if found}
    return known if len(districts) > 1 and len(known) * 2 > len(columns) else {}


def _figure(column: Column, measure: Measure, place: str | None, *, is_text: bool) -> Figure:
    age = next(filter(is_age, column.path), "all")
    return Figure(
        column.index,
        place,
        measure,
        column.heading,
        column.period,
        column.part,
        _sex(column),
        age,
        is_text,
    )


def _sex(column: Column) -> Sex:
    return next((SEXES[word] for word in column.path if word in SEXES), "all")


def _short(column: Column) -> tuple[str, ...]:
    """Without the words that only say "all of them", and without sexes: both are told apart."""
    words = [word for word in column.path if squeezed(word) not in TOTALS and word not in SEXES]
    return tuple(words) or column.path[-1:]


def _row(
    row: list[Cell],
    roles: Roles,
    labels: Sequence[int],
    figures: Sequence[Figure],
    fixed: Period | None,
    dataset: str,
) -> Iterator[Observation]:
    place, area = _place(row, roles)
    own = _own_period(row, roles)
    words = [word for index in labels if (word := as_word(cell_at(row, index)))]
    sex = next((SEXES[word] for word in words if word in SEXES), None)
    age = next(filter(is_age, words), None)
    label = [word for word in words if word not in SEXES and word != age]
    for figure in figures:
        where = place or figure.place
        period = own or figure.period or fixed
        if figure.part and period:
            period = part_of(period, figure.part) or period
        told = _told(figure, cell_at(row, figure.index))
        kind = ".".join((figure.measure.kind, *label)).replace(" ", "_")
        yield Observation(
            id=":".join(filter(None, (f"{dataset}:{where or ''}:{kind}:{sex or figure.sex}", age))),
            kind=kind,
            place=where,
            time=period.time if period else None,
            value=told.value,
            unit=told.unit,
            quality=told.quality,
            note=told.note,
            name=" ".join(filter(None, (area, figure.name, *words))),
            period=period.length if period else "",
            sex=sex or figure.sex,
            age=age or figure.age,
        )


class Told(NamedTuple):
    """What a cell says."""

    value: Value
    unit: str
    quality: Quality
    note: str = ""


def _told(figure: Figure, cell: Cell) -> Told:
    word, percent = split_percent(as_word(cell))
    if figure.is_text and not is_missing(word) and number(word) is None:
        return Told(as_word(cell), "", "good")
    reading = figure.measure.read(word if isinstance(cell, str) else cell)
    return Told(reading.value, percent or figure.measure.unit, reading.quality, reading.note)


def _place(row: list[Cell], roles: Roles) -> tuple[str | None, str]:
    """The code or the word, with the part of it behind a colon, and the name."""
    filled = [cell for cell in row if cell is not None]
    if len(filled) == 1:
        raise RowRejected(f"a single cell, so a note: {as_word(filled[0])[:60]}")
    if roles.area is None:
        return None, ""
    word = as_word(cell_at(row, roles.area))
    if not word:
        raise RowRejected("its cell for the place is empty")
    place = code_of(word) or area_code(word, seoul=roles.area_in_seoul) or word
    part = as_word(cell_at(row, roles.finer))
    if part and squeezed(part) not in TOTALS:
        return f"{place}:{part}", f"{word} {part}"
    return place, as_word(cell_at(row, roles.name)) or word


def _own_period(row: list[Cell], roles: Roles) -> Period | None:
    if roles.period is None:
        return None
    word = as_word(cell_at(row, roles.period))
    period = read_period(word)
    if period is None:
        raise RowRejected(f"its period is none: {word[:40]!r}")
    return period
