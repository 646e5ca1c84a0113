"""What one simulated figure does over a day: declared in simulation.toml, computed here."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.pack.clock import ahead_ms, local_time, start_of
from kiosk.wire.text import Text

HOUR_MS = 3_600_000
SATURDAY = 5
DAY_MS = 24 * HOUR_MS

Hours = Annotated[tuple[float, ...], Meta(min_length=24, max_length=24)]
Months = Annotated[tuple[float, ...], Meta(min_length=12, max_length=12)]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Wander(_Part, frozen=True):
    """Slow random course; signals with the same `course` rise and fall together."""

    course: str
    amplitude: Annotated[float, Meta(ge=0, lt=1)]
    hours: Annotated[float, Meta(gt=0)]


class Tide(_Part, frozen=True):
    amplitude: float
    hours: Annotated[float, Meta(gt=0)]


class Silent(_Part, frozen=True):
    """The source does not speak for `for_min` of every `every_min` minutes."""

    every_min: Annotated[int, Meta(ge=2)]
    for_min: Annotated[int, Meta(ge=1)]
    reason: Text


class Closed(_Part, frozen=True):
    """One district's station is under maintenance, another one every `hours`."""

    hours: Annotated[int, Meta(ge=1)]
    note: Text


class Signal(_Part, frozen=True):
    """See the head of simulation.toml for the meaning of the fields."""

    indicator: str
    kind: Literal["level", "cumulative"]
    hours: Hours
    city: Literal["mean", "sum", "only"]
    months: Months = (1.0,) * 12
    offsets: Months = (0.0,) * 12
    weekend: float = 1.0
    wander: Wander | None = None
    tide: Tide | None = None
    noise: float = 0.0
    spread: float = 0.0
    weights: str | None = None
    includes: str | None = None
    people: bool = False
    neighbourhoods: bool = False
    low: float | None = None
    high: float | None = None
    silent: Silent | None = None
    closed: Closed | None = None


class Moment(_Part, frozen=True):
    """A time as the city's clocks show it."""

    t_ms: int
    midnight_ms: int
    hour: float
    month: int
    weekend: bool

    @classmethod
    def of(cls, t_ms: int) -> "Moment":
        at = local_time(t_ms)
        return cls(
            t_ms=t_ms,
            midnight_ms=start_of(at.date()),
            hour=(t_ms + ahead_ms(t_ms)) % DAY_MS / HOUR_MS,
            month=at.month - 1,
            weekend=at.weekday() >= SATURDAY,
        )


def hourly(signal: Signal, moment: Moment) -> float:
    """The ordinary value at this hour of this kind of day, between the full hours on a line."""
    k = int(moment.hour)
    part = moment.hour - k
    value = signal.hours[k] * (1 - part) + signal.hours[(k + 1) % 24] * part
    value = value * signal.months[moment.month] + signal.offsets[moment.month]
    return value * signal.weekend if moment.weekend else value
