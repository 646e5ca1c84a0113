"""The simulated city: rows for a moment, and the history that leads up to it."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from kiosk.backend.catalogue import City, IndicatorEntry
from kiosk.backend.neighbourhoods import NeighbourhoodEntry, load_neighbourhoods
from kiosk.backend.places import place_rows
from kiosk.backend.simulator.course import Course, Shares, grid
from kiosk.backend.simulator.decade import AgeShare, months, people
from kiosk.backend.simulator.declared import (
    read_ages,
    read_events,
    read_incidents,
    read_signals,
    read_statistics,
)
from kiosk.backend.simulator.events import EventCourse
from kiosk.backend.simulator.hospitals import HospitalCourse
from kiosk.backend.simulator.incidents import IncidentCourse
from kiosk.backend.simulator.neighbourhoods import Sharing
from kiosk.backend.simulator.news import NewsCourse
from kiosk.backend.simulator.opinions import of_book
from kiosk.backend.simulator.plants import WaterCourse
from kiosk.backend.simulator.signals import Signal
from kiosk.backend.simulator.standing import StandingCourse
from kiosk.backend.simulator.statistics import Statistic, StatisticCourse
from kiosk.backend.simulator.trains import TrainCourse
from kiosk.backend.spans import span
from kiosk.backend.telling import source_row
from kiosk.pack import here
from kiosk.wire.city import CITY_AREA, PERIOD_S, Incident, Latest, Observation, Row, Source

CITY_STEP_MS = 600_000
PEOPLE = "population"
DISTRICT_STEP_MS = 3_600_000
HISTORY_MS = 26 * 3_600_000


class Simulator:
    """Makes the rows of a demonstration; the same seed and times give the same rows.

    `without` names indicators that are not simulated, because a real source feeds them.

    Raises SettingsError when the simulation's files do not fit the city.
    """

    def __init__(self, city: City, folder: Path, seed: int, cameras: int) -> None:
        signals = read_signals(city, folder)
        book = read_incidents(city, folder)
        self._indicators = {i.id: i for i in city.indicators}
        self._sources = {s.id: s for s in city.sources}
        self._courses = _courses(city, signals, seed)
        self._ages = read_ages(folder)
        statistics = read_statistics(city, folder)
        self._statistics = _statistics(city, statistics, self._ages, seed)
        shared = [signal.indicator for signal in signals if signal.neighbourhoods]
        shared += [statistic.indicator for statistic in statistics if statistic.neighbourhoods]
        self.shared = frozenset(shared)
        self._folder, self._seed = folder, seed
        places = tuple(place_rows(city.places))
        names = {district.code: district.name for district in city.districts}
        self._incidents = IncidentCourse(book, city.cameras[:cameras], seed, places, names)
        self._reporting = (
            HospitalCourse(places, seed),
            WaterCourse(places, seed),
            EventCourse(book.place, read_events(folder), seed),
            TrainCourse(places, seed),
            StandingCourse(lambda: self._areas, seed),
        )
        self.without: frozenset[str] = frozenset()
        self._told: dict[str, int] = {}
        self._told_periods: dict[str, int] = {}
        self._told_incidents: dict[str, Incident] = {}
        self._opinions = of_book(city.items)
        self._news = NewsCourse(tuple(names.items()), here().short, seed)
        self._told_sources: dict[str, Source] = {}

    def history(self, since_ms: int, until_ms: int) -> Iterable[Observation]:
        """Kept figures after `since_ms` up to `until_ms`: the city's more often than districts'."""
        for indicator, course in self._played():
            for t_ms in grid(since_ms, until_ms, CITY_STEP_MS):
                if course.silent(t_ms):
                    continue
                values = course.values(t_ms)
                if t_ms % DISTRICT_STEP_MS:
                    values = {CITY_AREA: values[CITY_AREA]}
                yield from self._observations(indicator, t_ms, values)

    def decade(self, indicator: str, now_ms: int) -> Iterable[Observation]:
        """Ten years of months of an indicator, and where it is about people, of years by group."""
        if indicator in self._statistics:
            yield from self._statistics[indicator].decade(now_ms)
            return
        course, entry = self._courses[indicator], self._indicators[indicator]
        yield from months(course, indicator, entry.decimals, now_ms)
        if course.signal.people:
            yield from people(course, indicator, self._ages, now_ms)

    @cached_property
    def _areas(self) -> tuple[NeighbourhoodEntry, ...]:
        return load_neighbourhoods(self._folder)

    @cached_property
    def _sharing(self) -> Sharing:
        """Read when the past is told, because a start has no time for it."""
        return Sharing(((entry.district, entry.code) for entry in self._areas), self._seed)

    def neighbourhoods(self, indicator: str, now_ms: int) -> Iterable[Observation]:
        """The last months and ten years of an indicator by neighbourhood."""
        entry = self._indicators[indicator]
        rows, summed = self.decade(indicator, now_ms), entry.rollup in ("sum", "daily")
        yield from self._sharing.lines(rows, decimals=entry.decimals, mean=not summed)

    def past(self, now_ms: int) -> Mapping[str, Iterable[Observation]]:
        """All that was before the demonstration began, by a name for each part of it; a part under
        a new name has something new to tell."""
        parts: dict[str, Iterable[Observation]] = {}
        month_ms = span("month", now_ms)[0]
        for indicator in self.played():
            parts[indicator] = self.decade(indicator, now_ms)
            if indicator in self.shared:
                parts[f"{indicator} {month_ms}"] = self.neighbourhoods(indicator, now_ms)
        return parts

    def played(self) -> tuple[str, ...]:
        """Indicators whose figures are made up."""
        statistics = (i for i in self._statistics if i not in self.without)
        return (*(indicator for indicator, _ in self._played()), *statistics)

    def step(self, now_ms: int) -> list[Row]:
        """What has changed since the step before: figures of this moment, sources, incidents, what
        hospitals and purification plants report."""
        rows: list[Row] = []
        for indicator, course in self._played():
            slot_ms = course.slot_ms(now_ms)
            if slot_ms == self._told.get(indicator):
                continue
            if course.silent(slot_ms):
                if indicator in self._told:
                    continue
                slot_ms = self._before_silence(course, slot_ms)
            self._told[indicator] = slot_ms
            found = self._observations(indicator, slot_ms, course.values(slot_ms))
            rows.extend(Latest(observation=o) for o in found)
        rows.extend(self._new_statistics(now_ms))
        happened = [*self._changed_incidents(now_ms), *self._opinions.step(now_ms)]
        happened += self._news.step(now_ms)
        reports = [row for course in self._reporting for row in course.step(now_ms)]
        return [*self._changed_sources(now_ms), *rows, *happened, *reports]

    def _new_statistics(self, now_ms: int) -> Iterable[Observation]:
        """What is published of the last month or year, once when it is over; at first the city's
        last ones too, for the lines."""
        for indicator, course in self._statistics.items():
            start_ms = course.over(now_ms)
            if indicator in self.without or self._told_periods.get(indicator) == start_ms:
                continue
            if indicator not in self._told_periods:
                yield from course.recent(now_ms)
            self._told_periods[indicator] = start_ms
            yield from course.told(start_ms)

    def _played(self) -> Iterable[tuple[str, Course]]:
        return ((i, course) for i, course in self._courses.items() if i not in self.without)

    def _before_silence(self, course: Course, slot_ms: int) -> int:
        while course.silent(slot_ms):
            slot_ms -= course.period_ms
        return slot_ms

    def _observations(
        self, indicator: str, t_ms: int, values: Mapping[str, float | None]
    ) -> list[Observation]:
        entry = self._indicators[indicator]
        closed = self._courses[indicator].signal.closed
        return [
            Observation(
                indicator=indicator,
                area=area,
                t_ms=t_ms,
                value=None if value is None else _rounded(value, entry),
                simulated=True,
                note=closed.note if closed and value is None else None,
            )
            for area, value in values.items()
        ]

    def _changed_sources(self, now_ms: int) -> list[Row]:
        success: dict[str, int] = {}
        silent = {}
        for indicator, told_ms in self._told.items():
            if indicator in self.without:
                continue
            source = self._indicators[indicator].source
            success[source] = max(told_ms, success.get(source, 0))
            course = self._courses[indicator]
            if course.signal.silent and course.silent(course.slot_ms(now_ms)):
                silent[source] = course.signal.silent.reason
        for indicator, start_ms in self._told_periods.items():
            if indicator not in self.without:
                end_ms = self._statistics[indicator].end(start_ms)
                source = self._indicators[indicator].source
                success[source] = max(end_ms, success.get(source, 0))
        rows: list[Row] = []
        for source, success_ms in success.items():
            entry = self._sources[source]
            row = source_row(entry, success_ms)
            row = msgspec.structs.replace(row, last_error=silent.get(source))
            before = self._told_sources.get(source)
            if before is None or _tell_again(before, row, entry.period_s):
                self._told_sources[source] = row
                rows.append(row)
        return rows

    def _changed_incidents(self, now_ms: int) -> list[Row]:
        now = {incident.id: incident for incident in self._incidents.at(now_ms)}
        changed: list[Row] = [
            incident for key, incident in now.items() if self._told_incidents.get(key) != incident
        ]
        self._told_incidents = now
        return changed

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told.clear()
        self._told_periods.clear()
        self._opinions.forget()
        self._news.tell_all_again()
        self._told_incidents.clear()
        self._told_sources.clear()
        for course in self._reporting:
            course.tell_all_again()

    def place_ids(self) -> frozenset[str]:
        """Ids of all places that only the demonstration has, as far as they have been told."""
        return frozenset().union(*(course.ids() for course in self._reporting))

    def item_ids(self) -> frozenset[str]:
        """Ids of the items that no file of the city has, as far as they have been told."""
        return self._news.ids()

    def incident_ids(self) -> frozenset[str]:
        """Ids of all incidents that the city still speaks of."""
        return frozenset(self._told_incidents)


def _tell_again(before: Source, row: Source, period_s: int) -> bool:
    """A source is told again when its error comes or goes, and once a minute for its success."""
    if before.last_error != row.last_error:
        return True
    gap_ms = (row.last_success_ms or 0) - (before.last_success_ms or 0)
    return gap_ms >= max(60, period_s) * 1000


def _courses(city: City, signals: Iterable[Signal], seed: int) -> dict[str, Course]:
    codes = [d.code for d in city.districts]
    periods = {i.id: i.period_s * 1000 for i in city.indicators}
    courses: dict[str, Course] = {}
    waiting = {s.indicator: s for s in signals}
    order = sorted(waiting.values(), key=lambda s: s.includes is not None)
    for signal in order:
        included = courses[signal.includes] if signal.includes else None
        shares = _shares(city, signal.weights, codes)
        courses[signal.indicator] = Course(
            signal, shares, periods[signal.indicator], seed, included
        )
    return courses


def _statistics(
    city: City, statistics: Iterable[Statistic], ages: Iterable[AgeShare], seed: int
) -> dict[str, StatisticCourse]:
    entries = {i.id: i for i in city.indicators}
    shares = _shares(city, PEOPLE, [d.code for d in city.districts])
    groups = {age.group: age for age in ages}
    courses: dict[str, StatisticCourse] = {}
    for statistic in statistics:
        entry = entries[statistic.indicator]
        courses[statistic.indicator] = StatisticCourse(
            statistic,
            shares if entry.areas == "districts" else {},
            groups,
            annual=entry.period_s == PERIOD_S["year"],
            decimals=entry.decimals,
            seed=seed,
        )
    return courses


def _shares(city: City, weights: str | None, codes: list[str]) -> Shares:
    """Each district's part of the whole, by the newest published figures of this indicator."""
    figures = [f for f in city.figures if f.indicator == weights]
    if not figures:
        return {code: 1 / len(codes) for code in codes}
    values = max(figures, key=lambda f: f.dates[-1]).values
    known_values = {code: values[code][-1] if code in values else 0.0 for code in codes}
    total = sum(known_values.values())
    return {code: value / total for code, value in known_values.items()}


def _rounded(value: float, entry: IndicatorEntry) -> float:
    """As many decimals as the figure is shown with."""
    return round(value, entry.decimals)
