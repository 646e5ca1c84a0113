"""Cultural events as the demonstration plays them: none of them takes place."""

import datetime as dt
from collections.abc import Sequence

from kiosk.backend.simulator.incidents import Place as Spot
from kiosk.backend.simulator.noise import stream, unit
from kiosk.pack import here
from kiosk.pack.clock import local_time, start_of
from kiosk.wire.city import Place

KIND = "event"
SOURCE = "demo-events"
WEEKS = 2
LONGEST_DAYS = 4
FREE_SHARE = 0.6


class EventCourse:
    """Events of this week and the next, told anew on Monday. Nothing but seed and time counts."""

    def __init__(self, spots: Sequence[Spot], names: Sequence[str], seed: int) -> None:
        self._spots = spots
        self._names = names
        self._seed = seed
        self._told: dt.date | None = None

    def step(self, now_ms: int) -> list[Place]:
        """All events of both weeks when they have not been told yet."""
        today = local_time(now_ms).date()
        monday = today - dt.timedelta(days=today.weekday())
        if monday == self._told:
            return []
        self._told = monday
        return [
            self._event(_id(week, n), name, monday + dt.timedelta(weeks=week))
            for week in range(WEEKS)
            for n, name in enumerate(self._names, start=1)
        ]

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told = None

    def ids(self) -> frozenset[str]:
        """Of the events of both weeks, when they have been told."""
        if self._told is None:
            return frozenset()
        return frozenset(
            _id(week, n) for week in range(WEEKS) for n in range(1, len(self._names) + 1)
        )

    def _event(self, key: str, name: str, monday: dt.date) -> Place:
        draws = stream(self._seed, "event", monday.isoformat(), name)
        spot = self._spots[int(unit(draws, 0) * len(self._spots))]
        begins = monday + dt.timedelta(days=int(unit(draws, 1) * 7))
        ends = begins + dt.timedelta(days=int(unit(draws, 2) * LONGEST_DAYS))
        free, site = unit(draws, 3) < FREE_SHARE, spot.name.of(here().language)
        return Place(
            id=key,
            source_id=SOURCE,
            kind=KIND,
            name=f"{site} {name}",
            district=spot.district,
            lat=spot.lat,
            lon=spot.lon,
            t_ms=start_of(monday),
            attributes={
                "begins": begins.isoformat(),
                "ends": ends.isoformat(),
                "site": site,
                "free": "무료" if free else "유료",
            },
            simulated=True,
        )


def _id(week: int, n: int) -> str:
    return f"demo-event-{week}-{n}"
