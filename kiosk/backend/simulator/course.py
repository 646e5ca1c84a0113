"""The course of one signal through time and over the districts."""

import math
from collections.abc import Mapping

from kiosk.backend.simulator.noise import signed, smooth, stream, unit
from kiosk.backend.simulator.signals import (
    HOUR_MS,
    Moment,
    Signal,
    hourly,
)
from kiosk.pack.clock import day_number, midnight_ms
from kiosk.wire.city import CITY_AREA

BUCKET_MS = 600_000

Shares = Mapping[str, float]


class Course:
    """Values of one signal. `shares` says how a sum falls to the districts (adding up to 1)."""

    def __init__(
        self,
        signal: Signal,
        shares: Shares,
        period_ms: int,
        seed: int,
        included: "Course | None" = None,
    ) -> None:
        self.signal = signal
        self.period_ms = period_ms
        self.seed = seed
        self._codes = tuple(shares) if signal.city != "only" else ()
        self.shares = self._lie_apart(shares) if self._codes else {}
        self.included = included
        self._arrivals: dict[tuple[str, int], list[int]] = {}
        self._offset_ms = int(unit(stream(seed, signal.indicator, "phase"), 0) * period_ms)

    def slot_ms(self, t_ms: int) -> int:
        """The newest time at or before `t_ms` at which the source speaks."""
        return (t_ms - self._offset_ms) // self.period_ms * self.period_ms + self._offset_ms

    def silent(self, t_ms: int) -> bool:
        """Whether the source does not speak at this time."""
        rule = self.signal.silent
        if rule is None:
            return False
        every_ms = rule.every_min * 60_000
        shift = int(unit(stream(self.seed, self.signal.indicator, "silent"), 0) * every_ms)
        return (t_ms + shift) % every_ms < rule.for_min * 60_000

    def closed(self, t_ms: int) -> str | None:
        """Code of the district whose station is under maintenance, if any."""
        rule = self.signal.closed
        if rule is None or not self._codes:
            return None
        course = stream(self.seed, self.signal.indicator, "closed")
        return self._codes[int(unit(course, t_ms // (rule.hours * HOUR_MS)) * len(self._codes))]

    def values(self, t_ms: int) -> dict[str, float | None]:
        """Area -> value; the city last. None where a station is closed."""
        moment = Moment.of(t_ms)
        if self.signal.kind == "cumulative":
            areas = self._codes or (CITY_AREA,)
            found: dict[str, float | None] = {a: self._count(a, moment) for a in areas}
        else:
            found = self._levels(moment)
        present = [v for v in found.values() if v is not None]
        if self._codes:
            total = math.fsum(present)
            found[CITY_AREA] = total / len(present) if self.signal.city == "mean" else total
        return found

    def _levels(self, moment: Moment) -> dict[str, float | None]:
        city = self._level(moment)
        if not self._codes:
            return {CITY_AREA: self.within(city)}
        closed = self.closed(moment.t_ms)
        found: dict[str, float | None] = {}
        for code in self._codes:
            value = city * self.shares[code] * self._jitter(code, moment.t_ms)
            found[code] = None if code == closed else self.within(value)
        return found

    def _level(self, moment: Moment) -> float:
        signal = self.signal
        value = hourly(signal, moment)
        if signal.wander:
            course = stream(self.seed, "wander", signal.wander.course)
            x = moment.t_ms / (signal.wander.hours * HOUR_MS)
            value *= 1 + signal.wander.amplitude * smooth(course, x)
        if signal.tide:
            turns = moment.t_ms / (signal.tide.hours * HOUR_MS)
            value += signal.tide.amplitude * math.sin(2 * math.pi * turns)
        return value * self._jitter(CITY_AREA, moment.t_ms)

    def _jitter(self, area: str, t_ms: int) -> float:
        """Quick noise that walks from slot to slot, so that a value moves but does not jump."""
        course = stream(self.seed, self.signal.indicator, area)
        return 1 + self.signal.noise * smooth(course, t_ms / (self.period_ms * 4))

    def within(self, value: float) -> float:
        """The value within what the signal can reach."""
        low, high = self.signal.low, self.signal.high
        value = value if low is None else max(low, value)
        return value if high is None else min(high, value)

    def _count(self, area: str, moment: Moment) -> float:
        day = day_number(moment.midnight_ms)
        totals = self._arrivals.get((area, day))
        if totals is None:
            self._arrivals = {key: v for key, v in self._arrivals.items() if key[1] >= day - 1}
            totals = self._arrivals[area, day] = self._day_of_arrivals(area, moment, day)
        since_ms = moment.t_ms - moment.midnight_ms
        k = since_ms // BUCKET_MS
        part = since_ms % BUCKET_MS / BUCKET_MS
        count = totals[k] + int((totals[k + 1] - totals[k]) * part)
        if self.included:
            count += int(self.included._count(area, moment))
        return float(count)

    def _day_of_arrivals(self, area: str, moment: Moment, day: int) -> list[int]:
        """Arrivals until the start of each ten minutes of the day, 0 first."""
        sizes = stream(self.seed, self.signal.indicator, area, "size", str(day))
        rounding = stream(self.seed, self.signal.indicator, area, "round", str(day))
        share = self.shares.get(area, 1.0)
        totals = [0]
        for k in range((midnight_ms(moment.t_ms, 1) - moment.midnight_ms) // BUCKET_MS):
            at = Moment.of(moment.midnight_ms + k * BUCKET_MS)
            mean = hourly(self.signal, at) * share * BUCKET_MS / HOUR_MS
            totals.append(totals[-1] + int(mean * (0.6 + 0.8 * unit(sizes, k)) + unit(rounding, k)))
        return totals

    def _lie_apart(self, shares: Shares) -> dict[str, float]:
        """Factor of each district on the city's value."""
        apart = {
            code: 1 + self.signal.spread * signed(stream(self.seed, self.signal.indicator), k)
            for k, code in enumerate(shares)
        }
        if self.signal.city == "mean":
            return apart
        total = math.fsum(shares[code] * apart[code] for code in shares)
        return {code: shares[code] * apart[code] / total for code in shares}


def grid(since_ms: int, until_ms: int, step_ms: int) -> range:
    """Multiples of `step_ms` after `since_ms` up to and with `until_ms`."""
    return range((since_ms // step_ms + 1) * step_ms, until_ms + 1, step_ms)
