"""The figures of a table, one observation a cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.backend.connectors.districts import code_of
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
from kiosk.backend.connectors.stats.period import Period, read_period
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
    """A column of figures or words: what it measures, for whom, and when if it says so."""

    index: int
    measure: Measure
    name: str
    period: Period | None
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
    if missing := set(declared) - {column.heading for column in columns}:
        raise NotUnderstood(f"the declaration's columns {sorted(missing)} hold no figures here")
    short = Counter((_short(column), column.period, _sex(column)) for column in columns)
    prefix = options.get("kind", "table")
    figures = []
    for column in columns:
        if declared and column.heading not in declared:
            continue
        unique = short[_short(column), column.period, _sex(column)] == 1
        words = _short(column) if unique else (*column.path, str(column.index + 1))
        kind = ".".join((prefix, *words)).replace(" ", "_")
        measure = _measure(declared.get(column.heading, [kind]), column.unit or head.unit or "")
        figures.append(_figure(column, measure, is_text=column.index in roles.texts))
    return figures


def _measure(words: Sequence[str], unit: str) -> Measure:
    if len(words) <= 1:
        return Measure("".join(words), unit)
    bounds = [bound for word in words[2:4] if (bound := number(word)) is not None]
    return Measure(words[0], words[1], *bounds) if len(bounds) == 2 else Measure(words[0], words[1])


def _figure(column: Column, measure: Measure, *, is_text: bool) -> Figure:
    age = next(filter(is_age, column.path), "all")
    return Figure(column.index, measure, column.heading, column.period, _sex(column), age, is_text)


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
    label = [word for index in labels if (word := as_word(cell_at(row, index)))]
    for figure in figures:
        period = own or figure.period or fixed
        told = _told(figure, cell_at(row, figure.index))
        kind = ".".join((figure.measure.kind, *label)).replace(" ", "_")
        yield Observation(
            id=f"{dataset}:{place or ''}:{kind}:{figure.sex}",
            kind=kind,
            place=place,
            time=period.time if period else None,
            value=told.value,
            unit=told.unit,
            quality=told.quality,
            note=told.note,
            name=f"{area} {figure.name}".strip(),
            period=period.length if period else "",
            sex=figure.sex,
            age=figure.age,
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
    reading = figure.measure.read(word if percent else cell)
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
    place, part = code_of(word) or area_code(word) or word, as_word(cell_at(row, roles.finer))
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
