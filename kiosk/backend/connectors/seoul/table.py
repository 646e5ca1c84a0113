"""A flat service as data: which columns say what a row is about, and which are figures.

Column names are given as one text; where a service has renamed a column, all its names stand in
it, separated by spaces, and the first one with a value counts.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from kiosk.backend.connectors.figure import Measure, Reading, number
from kiosk.backend.connectors.moment import KOREA, moment
from kiosk.backend.connectors.normal import (
    Item,
    Observation,
    Parsed,
    Place,
    Quality,
    Sex,
    Value,
)
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, read_rows
from kiosk.backend.connectors.seoul.envelope import rows_of
from kiosk.backend.connectors.spot import Spot, korean_spot

NOWHERE = Spot()
OUT_OF_ORDER = ("점검", "교정", "고장", "장애")  # being checked, calibrated, broken, disturbed
EPOCH_MS = re.compile(r"1\d{12}", re.ASCII)  # from 2001 to 2033
Period = Literal["", "hour", "day", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of the row, or a word where the source gives a level by name.

    full: what is the most there is room for, a number or the columns that hold it. or_word: some
    answers name the level in the place of the figure.
    """

    names: str
    measure: Measure
    full: str | float = math.inf
    word: bool = False
    or_word: bool = False
    sex: Sex = "all"
    age: str = "all"

    def read(self, row: Row) -> tuple[Value, Quality, str]:
        """Value, its mark and a note. Never raises."""
        raw = row.raw(*self.names.split())
        if self.word:
            text = row.text(*self.names.split())
            return (text, "good", "") if text else (None, "missing", "")
        reading = self.measure.read(raw)
        if reading.value is None:
            words = row.text(*self.names.split())[:40]
            quality: Quality = "maintenance" if is_out_of_order(words) else "missing"
            if self.or_word and quality == "missing" and words and number(raw) is None:
                return words, "good", ""
            note = reading.note if number(raw) is not None else f"no number: {words}"
            return Reading(None, quality, note if words else "")
        full = number(row.raw(*self.full.split())) if isinstance(self.full, str) else self.full
        if full is not None and reading.value > full >= 0:
            return Reading(reading.value, "over_capacity", f"more than {full:g}")
        return reading


def is_out_of_order(words: str) -> bool:
    """Do the words, in the place of a figure, say that the instrument gives none now?"""
    return any(stem in words for stem in OUT_OF_ORDER)


def figure(
    names: str,
    kind: str,
    unit: str = "",
    low: float = 0,
    high: float = math.inf,
    full: str | float = math.inf,
    sex: Sex = "all",
    age: str = "all",
    or_word: bool = False,
) -> Column:
    """A column with a number; outside low..high it is suspect, above full over capacity."""
    return Column(names, Measure(kind, unit, low, high), full, or_word=or_word, sex=sex, age=age)


def word(names: str, kind: str) -> Column:
    """A column with a word, such as a level."""
    return Column(names, Measure(kind), word=True)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the figures of a row are about. `quality` holds for all that are good by themselves;
    under maintenance none of them has a value."""

    id: str
    place: str | None = None
    name: str = ""
    time: str | None = None
    spot: Spot = NOWHERE
    quality: Quality = "good"
    note: str = ""
    issued: str | None = None
    period: Period = ""


def observe(row: Row, columns: Iterable[Column], subject: Subject) -> Iterator[Observation]:
    """Every column as an observation, those without a value too."""
    for column in columns:
        value, quality, note = column.read(row)
        if subject.quality == "maintenance":
            value, quality, note = None, "maintenance", subject.note
        elif quality == "good":
            quality, note = subject.quality, subject.note
        yield Observation(
            id=f"{subject.id}/{column.measure.kind}" + _group(column),
            kind=column.measure.kind,
            place=subject.place,
            time=subject.time,
            value=value,
            unit=column.measure.unit,
            quality=quality,
            note=note,
            name=subject.name,
            lat=subject.spot.lat,
            lon=subject.spot.lon,
            issued=subject.issued,
            period=subject.period,
            sex=column.sex,
            age=column.age,
        )


def _group(column: Column) -> str:
    return "" if (column.sex, column.age) == ("all", "all") else f"/{column.sex}/{column.age}"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a service. `identity`: a row without the first part of it is rejected.

    kind: what stands where the row says; "" when a row is only figures. `time`: "" when the
    service gives none; then it is the time at which the answer came.
    """

    identity: tuple[str, ...]
    kind: str = ""
    name: str = ""
    time: str = ""
    lat: str = ""
    lon: str = ""
    address: str = ""
    phone: str = ""
    value: str = ""
    figures: tuple[Column, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)

    def subject(self, row: Row, service: str, time: str | None) -> Subject:
        """What the row is about. Raises RowRejected when it doesn't say."""
        first, *others = (part.split() for part in self.identity)
        parts = (row.need(*first), *(row.text(*other) for other in others))
        identity = "/".join(filter(None, parts))
        spot = korean_spot(row.raw(*self.lat.split()), row.raw(*self.lon.split()))
        written = row.text(*self.time.split())
        known = written_time(written) if written else time
        odd = bool(written) and known is None
        return Subject(
            id=f"{service}/{identity}",
            place=identity,
            name=row.text(*self.name.split()),
            time=known,
            spot=spot,
            quality="suspect" if odd else "good",
            note=f"no time: {written[:40]!a}" if odd else "",
        )

    def read(self, row: Row, service: str, time: str | None = None) -> Iterator[Item]:
        """The place, where there is one, and the figures. Raises RowRejected."""
        subject = self.subject(row, service, time)
        if self.kind:
            yield self.place(row, subject)
        yield from observe(row, self.figures, subject)

    def place(self, row: Row, subject: Subject) -> Place:
        """The row as something that stands somewhere."""
        quality, note = subject.spot.quality, subject.spot.note
        if self.lat and subject.spot.lat is None and quality == "good":
            quality, note = "missing", "no coordinates"
        if quality == "good" and subject.quality != "good":
            quality, note = subject.quality, subject.note
        texts = {ours: row.text(*names.split()) for ours, names in self.texts.items()}
        numbers = {ours: number(row.raw(*names.split())) for ours, names in self.numbers.items()}
        attributes: dict[str, Value] = {ours: text for ours, text in texts.items() if text}
        attributes |= {ours: value for ours, value in numbers.items() if value is not None}
        return Place(
            id=subject.id,
            kind=self.kind,
            place=subject.place,
            time=subject.time,
            value=(row.text(*self.value.split()) or None) if self.value else None,
            quality=quality,
            note=note,
            name=subject.name,
            lat=subject.spot.lat,
            lon=subject.spot.lon,
            address=row.text(*self.address.split()),
            phone=row.text(*self.phone.split()),
            attributes=attributes,
        )


def written_time(written: str) -> str | None:
    """As `moment`, and milliseconds since 1970, which some answers give in place of a day."""
    if EPOCH_MS.fullmatch(written):
        return iso(int(written))
    return moment(written)


def iso(epoch_ms: int) -> str:
    """Korean time, to the second."""
    return datetime.fromtimestamp(epoch_ms / 1000, KOREA).isoformat("T", "seconds")


def when_received(context: Context) -> str | None:
    """When the answer came, in Korean time; None when that is not known."""
    if context.received_ms is None:
        return None
    return iso(context.received_ms)


def table_connector(service: str, title: str, table: Table, *roots: str) -> Connector:
    """A connector of a flat service; `roots` are names of the envelope other than the service's."""

    def parse(raw: bytes, context: Context) -> Parsed:
        time = when_received(context)
        return read_rows(rows_of(raw, service, *roots), lambda row: table.read(row, service, time))

    return Connector(service, title, parse)
