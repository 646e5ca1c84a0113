"""A figure as a narrow row: what names its series, its time, its value, and flags of a few bits."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

import msgspec

from kiosk.wire.city import ROLLUPS, Observation
from kiosk.wire.text import Text

SIMULATED = 1
PROVISIONAL = 2
ROLLUP_SHIFT = 2
QUARTER_MS = 900_000

SeriesKey = tuple[str, str, str, str, str]
NarrowRow = tuple[int, float | None, int, str | None]

_ROLLUP_FLAGS = {rollup: n << ROLLUP_SHIFT for n, rollup in enumerate(ROLLUPS)}
_encode = msgspec.json.Encoder().encode
_decode_note: Callable[[str], Text] = msgspec.json.Decoder(Text).decode


class SparkPoint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A point of a line as small as a thumb: the last figure of a quarter of an hour."""

    t_ms: int
    value: float | None


series_key: Callable[[Observation], SeriesKey] = attrgetter(
    "indicator", "period", "sex", "age", "area"
)
"""Indicator, period, sex, age group and area of a figure: what makes a line of figures."""


def flags_of(row: Observation) -> int:
    return SIMULATED * row.simulated | PROVISIONAL * row.provisional | _ROLLUP_FLAGS[row.rollup]


def observations(key: SeriesKey, rows: Iterable[NarrowRow]) -> tuple[Observation, ...]:
    """Stored rows of one series (time, value, flags, note) as they were told."""
    return tuple([observation(key, row) for row in rows])


def observation(key: SeriesKey, row: NarrowRow) -> Observation:
    indicator, told_period, told_sex, age, area = key
    sex: Any = told_sex  # stored from the wire's own words
    period: Any = told_period
    t_ms, value, flags, note = row
    return Observation(
        indicator,
        area,
        t_ms,
        value,
        flags & SIMULATED != 0,
        flags & PROVISIONAL != 0,
        None if note is None else _decode_note(note),
        sex,
        age,
        period,
        ROLLUPS[flags >> ROLLUP_SHIFT],
    )


def note_of(row: Observation) -> str | None:
    """The note as it is stored."""
    return None if row.note is None else _encode(row.note).decode()
