"""What a source gave, written into the store: figures, places, cameras, incidents, complaints.

A complete answer is all that there is now: places and cameras of this source that are not in it go
(unless it is empty, which more often is a fault than a city without bicycles), incidents that are
not in it have ended.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from kiosk.backend.connectors import normal
from kiosk.backend.gazetteer import Gazetteer
from kiosk.backend.pull import things
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.figures import figures
from kiosk.backend.pull.source import Pulled
from kiosk.backend.pull.times import epoch_ms
from kiosk.backend.store import Store
from kiosk.wire import city
from kiosk.wire.city import CITY_AREA, Indicator, Row

CITY_KEPT_MS = 600_000
DISTRICT_KEPT_MS = 3_600_000
FORGET_ENDED_MS = 86_400_000
BATCH = 1000  # of rows that nobody else can write between

Take = Callable[[str, str], None]


class Delivery:
    """Writes for all sources. `feeders`: indicator -> the one source that may feed it; `take`
    is told before the first figure of a source is written."""

    def __init__(
        self,
        store: Store,
        gazetteer: Gazetteer,
        indicators: Callable[[], Mapping[str, Indicator]],
        feeders: Mapping[str, str],
        take: Take,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._gazetteer = gazetteer
        self._indicators = indicators
        self._feeders = feeders
        self._take = take
        self._now_ms = now_ms
        self._kept: dict[tuple[str, str], int] = {}
        self._ends: dict[str, int] = {}

    def deliver(self, declaration: Declaration, pulled: Pulled) -> None:
        """Raises SQLAlchemy's DatabaseError when the store can't be written."""
        self._end_what_is_over()
        places = self._places(declaration, pulled)
        rows: list[Row] = [*places.values()]
        rows += self._cameras(declaration, pulled)
        rows += self._incidents(declaration, pulled)
        rows += [
            things.complaint(declaration, item, self._gazetteer, self._now_ms())
            for item in pulled.items
            if isinstance(item, normal.Complaint)
        ]
        rows += self._news(declaration, pulled)
        for start in range(0, len(rows), BATCH):
            self._store.write(rows[start : start + BATCH], only_changed=True)
        self._store.write(self._figures(declaration, pulled, places.values()), only_changed=True)

    # ---- figures

    def _figures(
        self, declaration: Declaration, pulled: Pulled, places: Iterable[city.Place]
    ) -> list[Row]:
        districts = {_code(place): place.district for place in places}

        def district_of(item: normal.Observation) -> str:
            known = districts.get(item.place or "", "")
            return known or self._gazetteer.district(item.place, item.lat, item.lon)

        rows: list[Row] = []
        for feed in declaration.feeds:
            indicator = self._indicators().get(feed.indicator)
            if indicator is None or self._feeders.get(feed.indicator) != declaration.id:
                continue
            found = figures(
                feed, indicator, pulled.items, district_of, self._now_ms(), complete=pulled.complete
            )
            if any(row.value is not None for row in found):
                self._take(feed.indicator, declaration.id)
                rows += self._dated(found)
        return rows

    def _dated(self, found: Iterable[city.Observation]) -> Iterable[Row]:
        """Every figure as the newest; for the series one in ten minutes, of districts one in an
        hour."""
        for row in found:
            yield city.Latest(observation=row)
            every_ms = CITY_KEPT_MS if row.area == CITY_AREA else DISTRICT_KEPT_MS
            slot = row.t_ms // every_ms
            if self._kept.get((row.indicator, row.area)) != slot:
                self._kept[row.indicator, row.area] = slot
                yield row

    # ---- what stands somewhere

    def _places(self, declaration: Declaration, pulled: Pulled) -> dict[str, city.Place]:
        """Rows of the answer's places, and of known places that its observations are about."""
        given = {things.place_key(i): i for i in pulled.items if isinstance(i, normal.Place)}
        kinds = {item.kind for item in given.values()} | set(filter(None, (declaration.about,)))
        known = {
            key: msgspec.json.decode(body, type=city.Place)
            for kind in kinds
            for key, body in self._store.bodies("places", f"{kind}/").items()
        }
        rows = {
            key: things.place(declaration, item, known.get(key), self._gazetteer)
            for key, item in given.items()
        }
        about: dict[str, list[normal.Observation]] = {}
        for item in pulled.items:
            if isinstance(item, normal.Observation) and item.place is not None:
                about.setdefault(item.place, []).append(item)
        for key, row in {**known, **rows}.items():
            if observations := about.get(_code(row)):
                rows[key] = things.read(row, observations)
        if pulled.complete and given:
            gone = [k for k, r in known.items() if k not in rows and _of(r, declaration)]
            self._store.delete("places", sorted(gone))
        return rows

    def _cameras(self, declaration: Declaration, pulled: Pulled) -> list[Row]:
        given = [item for item in pulled.items if isinstance(item, normal.Camera)]
        if not given:
            return []
        bodies = self._store.bodies("cameras")
        numbers = {k: msgspec.json.decode(b, type=city.Camera).number for k, b in bodies.items()}
        following = max([things.FIRST_NUMBER - 1, *numbers.values()]) + 1
        taken = set(numbers.values())
        rows: dict[str, Row] = {}
        for item in given:
            key = things.key(declaration, item)
            own = following if item.number is None or item.number in taken else item.number
            number = numbers.get(key, own)
            row = things.camera(declaration, item, number, self._gazetteer)
            if row is not None and key not in rows:
                rows[key] = row
                taken.add(number)
                following += number == following
        if pulled.complete:
            gone = {k for k in bodies if k.startswith(f"{declaration.id}/")} - rows.keys()
            self._store.delete("cameras", sorted(gone))
        return list(rows.values())

    # ---- what happens

    def _incidents(self, declaration: Declaration, pulled: Pulled) -> list[Row]:
        now_ms = self._now_ms()
        known = {
            key: msgspec.json.decode(body, type=city.Incident)
            for key, body in self._store.bodies("incidents", f"{declaration.id}/").items()
        }
        rows: dict[str, city.Incident] = {}
        for item in pulled.items:
            if isinstance(item, normal.Incident) and item.status not in things.NOT_REAL:
                row = things.incident(declaration, item, self._gazetteer, now_ms)
                rows[row.id] = _over(row, known.get(row.id))
                if (ends_ms := epoch_ms(item.ends)) is not None:
                    self._ends[row.id] = ends_ms
                else:
                    self._ends.pop(row.id, None)
        if pulled.complete:
            for key, row in known.items():
                if key not in rows and row.ended_ms is None:
                    rows[key] = msgspec.structs.replace(row, ended_ms=now_ms, updated_ms=now_ms)
        old = [
            key
            for key, row in known.items()
            if key not in rows and row.ended_ms and row.ended_ms < now_ms - FORGET_ENDED_MS
        ]
        self._store.delete("incidents", sorted(old))
        return [row for key, row in rows.items() if row.ended_ms is None or key in known]

    def _news(self, declaration: Declaration, pulled: Pulled) -> list[Row]:
        """A feed tells of its last days: what has left it goes."""
        given = [item for item in pulled.items if isinstance(item, normal.News)]
        now_ms = self._now_ms()
        rows = [things.news(declaration, item, self._gazetteer, now_ms) for item in given]
        if pulled.complete and rows:
            known = self._store.bodies("items", f"{declaration.id}/")
            self._store.delete("items", sorted(known.keys() - {row.id for row in rows}))
        return list(rows)

    def _end_what_is_over(self) -> None:
        """What was announced until now has ended, also where its source is silent since."""
        now_ms = self._now_ms()
        rows: list[Row] = []
        for key in [key for key, end_ms in list(self._ends.items()) if end_ms <= now_ms]:
            ends_ms, body = self._ends.pop(key, now_ms), self._store.body("incidents", key)
            row = msgspec.json.decode(body, type=city.Incident) if body else None
            if row is not None and row.ended_ms is None:
                rows.append(msgspec.structs.replace(row, ended_ms=ends_ms, updated_ms=ends_ms))
        if rows:
            self._store.write(rows)


def _over(row: city.Incident, before: city.Incident | None) -> city.Incident:
    """What is over keeps the words it had (a cancellation has none), and the time of its end."""
    if before is None or row.ended_ms is None:
        return row
    if before.ended_ms is not None:
        return before
    return msgspec.structs.replace(before, ended_ms=row.ended_ms, updated_ms=row.ended_ms)


def _code(row: city.Place) -> str:
    """The system's own code of a place: what observations call it."""
    return row.id.removeprefix(f"{row.kind}/")


def _of(row: city.Place, declaration: Declaration) -> bool:
    return row.source_id == declaration.id
