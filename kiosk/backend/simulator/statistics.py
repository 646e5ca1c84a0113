"""Monthly and annual statistics of the demonstration: declared in statistics.toml, computed here.

A figure is of a period that is over. The same seed and period give the same figures, whenever they
are asked for; districts, sexes and age groups add up to the whole, or are spread around it.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.backend.simulator.decade import YEARS, AgeShare
from kiosk.backend.simulator.noise import signed, smooth, stream
from kiosk.backend.simulator.signals import DAY_MS, Months
from kiosk.backend.spans import span
from kiosk.pack.clock import date_ms, local_time
from kiosk.wire.city import CITY_AREA, EVERYONE, Observation, Period, Sex

FIRST, LAST = "2016-01-01", "2026-01-01"  # where `first` and `last` hold
WOMEN = 0.513  # women among the city's people
WOBBLE_MONTHS = 5.0  # of one swing
STRAY = 0.02  # how far a district strays from its part within a month
RECENT = 36  # periods that are told as the source published them, too

Kind = Literal["rate", "flow", "level", "stock", "running"]


class Statistic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one figure moves through the years.

    `kind`: a rate of people or things; a flow that a year adds up; a level that a year is the mean
    of; a stock; a flow that is told added up since January. `first` and `last` are what a month has
    in January 2016 and 2026, on a straight line. `female` is the women's rate over everybody's, or
    their part of a count; `ages` how much more often than everybody a person of a group counts.
    """

    indicator: str
    kind: Kind
    first: float
    last: float
    season: Months = (1.0,) * 12
    wobble: Annotated[float, Meta(ge=0, lt=1)] = 0.02
    spread: Annotated[float, Meta(ge=0, lt=1)] = 0.0
    female: Annotated[float, Meta(gt=0)] | None = None
    ages: dict[str, float] = {}
    neighbourhoods: bool = False


class StatisticCourse:
    """Figures of one statistic. `shares` says how much of the city each district is (adding up to
    1); empty where only the city has the figure."""

    def __init__(
        self,
        statistic: Statistic,
        shares: Mapping[str, float],
        ages: Mapping[str, AgeShare],
        *,
        annual: bool,
        decimals: int,
        seed: int,
    ) -> None:
        self._statistic = statistic
        self._ages = ages
        self._decimals = decimals
        self._seed = seed
        self.period: Period = "year" if annual else "month"
        self._shares = shares
        self._factors = self._lie_apart(shares)

    def over(self, now_ms: int) -> int:
        """Start of the last period that is over."""
        return span(self.period, span(self.period, now_ms)[0] - 1)[0]

    def end(self, start_ms: int) -> int:
        """First millisecond after a period."""
        return span(self.period, start_ms)[1]

    def decade(self, now_ms: int) -> Iterator[Observation]:
        """All periods of ten years that are over, oldest first, and those years by group."""
        starts = self._starts(now_ms, YEARS * (12 if self.period == "month" else 1))
        for n, start_ms in enumerate(starts):
            published = len(starts) - n <= RECENT
            yield from self.told(start_ms) if published else self._of_period(start_ms)

    def recent(self, now_ms: int) -> Iterator[Observation]:
        """The city's last figures as they were published, oldest first."""
        for start_ms in self._starts(now_ms, RECENT):
            yield self._row(
                CITY_AREA, self.end(start_ms) - DAY_MS, self.values(start_ms)[CITY_AREA]
            )

    def told(self, start_ms: int) -> Iterator[Observation]:
        """Everything that is published when a period is over."""
        t_ms = self.end(start_ms) - DAY_MS
        for area, value in self.values(start_ms).items():
            yield self._row(area, t_ms, value)
        yield from self._of_period(start_ms)

    def values(self, start_ms: int) -> dict[str, float]:
        """Area -> the figure of a period; the city last."""
        if self.period == "year":
            return self._year(start_ms)
        return self._running(start_ms) if self._kind == "running" else self._month(start_ms)

    def _starts(self, now_ms: int, count: int) -> list[int]:
        """Starts of the last periods that are over, oldest first."""
        starts = [self.over(now_ms)]
        while len(starts) < count:
            starts.append(span(self.period, starts[-1] - 1)[0])
        return starts[::-1]

    @property
    def _kind(self) -> Kind:
        return self._statistic.kind

    def _of_period(self, start_ms: int) -> Iterator[Observation]:
        if self.period == "month":
            yield from self._lines("month", start_ms, self._rounded(self.values(start_ms)), {})
        year_ms, next_ms = span("year", start_ms)
        if self.end(start_ms) == next_ms:
            found = self._rounded(self._year(year_ms))
            yield from self._lines("year", year_ms, found, found)

    def _lines(
        self,
        period: Period,
        start_ms: int,
        everyone: Mapping[str, float],
        grouped: Mapping[str, float],
    ) -> Iterator[Observation]:
        """Every area's figure; by sex and age the city's, and those of `grouped`."""
        for area, value in everyone.items():
            yield self._row(area, start_ms, value, period)
        for area in {CITY_AREA, *grouped}:
            for sex, age, value in self._groups(everyone[area]):
                yield self._row(area, start_ms, value, period, sex, age)

    def _month(self, start_ms: int) -> dict[str, float]:
        """Area -> what one month has, before a running figure adds months up."""
        statistic = self._statistic
        first_ms = date_ms(FIRST)
        years = (start_ms - first_ms) / (date_ms(LAST) - first_ms)
        city = statistic.first + (statistic.last - statistic.first) * years
        month = _month_of(start_ms)
        swing = smooth(stream(self._seed, statistic.indicator, "statistic"), month / WOBBLE_MONTHS)
        city *= statistic.season[month % 12] * (1 + statistic.wobble * swing)
        city = max(0.0, city)
        if not self._factors:
            return {CITY_AREA: city}
        stray = 0.0 if self._kind == "stock" else STRAY
        course = stream(self._seed, statistic.indicator, "districts")
        found = {
            area: city * factor * (1 + stray * signed(course, month * 100 + n))
            for n, (area, factor) in enumerate(self._factors.items())
        }
        if self._kind == "rate":
            city = math.fsum(self._shares[area] * value for area, value in found.items())
        else:
            found = {area: float(round(value)) for area, value in found.items()}
            city = math.fsum(found.values())
        return {**found, CITY_AREA: city}

    def _running(self, start_ms: int) -> dict[str, float]:
        """The months since January added up."""
        total: dict[str, float] = {}
        t_ms = span("year", start_ms)[0]
        while t_ms <= start_ms:
            for area, value in self._month(t_ms).items():
                total[area] = total.get(area, 0.0) + value
            t_ms = span("month", t_ms)[1]
        return total

    def _year(self, year_ms: int) -> dict[str, float]:
        """A year: the sum of a flow, the mean of a rate or level, the end of the others."""
        end_ms = span("year", year_ms)[1]
        december_ms = span("month", end_ms - 1)[0]
        if self._kind == "running":
            return self._running(december_ms)
        if self._kind == "stock":
            return self._month(december_ms)
        total = self._running(december_ms)
        months = 1 if self._kind == "flow" else 12
        return {area: value / months for area, value in total.items()}

    def _groups(self, whole: float) -> Iterator[tuple[Sex, str, float]]:
        """Sexes, age groups, and both; parts of a count add up to it."""
        sexes, ages = self._sexes(), self._age_parts()
        for sex, part in sexes.items():
            yield sex, EVERYONE, whole * part
        for age, part in ages.items():
            yield "all", age, whole * part
            for sex, of_sex in sexes.items():
                yield sex, age, whole * part * of_sex

    def _sexes(self) -> dict[Sex, float]:
        female = self._statistic.female
        if female is None:
            return {}
        if self._kind == "rate":
            return {"male": (1 - WOMEN * female) / (1 - WOMEN), "female": female}
        return {"male": 1 - female, "female": female}

    def _age_parts(self) -> dict[str, float]:
        factors = self._statistic.ages
        if self._kind == "rate":
            return factors
        parts = {age: self._ages[age].share * factor for age, factor in factors.items()}
        total = math.fsum(parts.values())
        return {age: part / total for age, part in parts.items()}

    def _lie_apart(self, shares: Mapping[str, float]) -> dict[str, float]:
        """Factor of each district on the city's figure: a rate's lie around 1, a count's add up to
        it."""
        statistic = self._statistic
        course = stream(self._seed, statistic.indicator)
        apart = {area: 1 + statistic.spread * signed(course, n) for n, area in enumerate(shares)}
        total = math.fsum(shares[area] * apart[area] for area in shares)
        if statistic.kind == "rate":
            return {area: factor / total for area, factor in apart.items()}
        return {area: shares[area] * apart[area] / total for area in shares}

    def _rounded(self, values: Mapping[str, float]) -> dict[str, float]:
        return {area: round(value, self._decimals) for area, value in values.items()}

    def _row(
        self,
        area: str,
        t_ms: int,
        value: float,
        period: Period = "",
        sex: Sex = "all",
        age: str = EVERYONE,
    ) -> Observation:
        rounded = round(value, self._decimals)
        return Observation(
            self._statistic.indicator, area, t_ms, rounded, True, sex=sex, age=age, period=period
        )


def _month_of(start_ms: int) -> int:
    """Months since January 2016, which may be negative."""
    at = local_time(start_ms)
    return (at.year - date.fromisoformat(FIRST).year) * 12 + at.month - 1
