"""The one door between the city and the public: it alone reads the cache and the ledger.

What goes through is made field by field of what is public (`kiosk/public/filling.py`); whatever
nobody decided about stays behind it. Every answer is of the cache as it is now.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from kiosk.cache.engine import open_cache_for_reading, open_ledger_for_reading
from kiosk.cache.files import CACHE, LEDGER
from kiosk.cache.freshness import freshness
from kiosk.cache.ledger import LedgerReader
from kiosk.cache.repositories import Repositories
from kiosk.core.clock import Clock
from kiosk.core.disclosure import SORTS, Disclosure, Sort
from kiosk.pack import Pack
from kiosk.pack.disclosure import load_rules
from kiosk.panels import find_panels
from kiosk.public.counting import complaints_of, without_small
from kiosk.public.filling import Filler
from kiosk.public.model import (
    Area,
    City,
    Complaints,
    Count,
    Figure,
    Indicator,
    Item,
    Line,
    Place,
    Reading,
    Series,
    Source,
    Withheld,
)
from kiosk.settings import Settings
from kiosk.wire import city as rows
from kiosk.wire.city import CITY_AREA, EVERYONE, Period, Sex

_PANELS: Mapping[Sort, str] = {
    "indicators": "indicators",
    "places": "places",
    "sources": "sources",
}
_PANELS_OF: Mapping[str, str] = {kind: spec.id for spec in find_panels() for kind in spec.items}
"""Where the wall shows things of a sort, and items of a kind: what closes a panel to the public
closes these."""
SOME_COMPLAINTS = 50  # as many as it takes to see whether a demonstration plays them


class PublicCity:
    """The city as the public may see it under one state of what is decided. From any thread."""

    def __init__(
        self, repositories: Repositories, disclosure: Disclosure, pack: Pack, clock: Clock
    ) -> None:
        self.disclosure = disclosure
        self._rows = repositories
        self._pack = pack
        self._clock = clock
        self._filler = Filler(disclosure)

    def revision(self) -> str:
        """Another word whenever anything may have changed; cheap."""
        meta = self._rows.meta()
        return f"{meta.epoch}-{meta.revision}-{len(self.disclosure.decided)}"

    def withheld(self) -> tuple[Withheld, ...]:
        """What is not shown and why: of each reason how many things there are, and none by name."""
        counts = Counter(
            (sort, rule.level, rule.reason)
            for sort in SORTS
            for thing in self.disclosure.things(sort)
            if (rule := self.disclosure.rule(sort, thing)).level != "public"
        )
        return tuple(Withheld(*key, n) for key, n in counts.items())

    # ---- whose it is, and what there is

    def city(self) -> City:
        box = self._pack.bounds
        return City(
            name=self._pack.name,
            short=self._pack.short,
            parts=self._pack.parts.many,
            bounds=(box.south, box.north, box.west, box.east),
            time_zone=self._pack.time_zone,
            language=self._pack.language,
            invented=self._pack.invented,
            told_ms=self._rows.meta().last_success_ms,
        )

    def panels(self) -> tuple[str, ...]:
        """Ids of the wall's panels whose matter the public may see."""
        public = (
            p for p in self.disclosure.things("panels") if self.disclosure.public("panels", p)
        )
        return tuple(panel for panel in public if self._pack.shows(panel))

    def areas(self) -> tuple[Area, ...]:
        """What the city is made of, in the order of codes."""
        found = (self._filler.fill(Area, row) for row in self._rows.districts())
        return tuple(area for area in found if area is not None)

    def sources(self) -> tuple[Source, ...]:
        """Systems that figures come from, with owner and licence."""
        found = (
            self._filler.fill(Source, row)
            for row in self._rows.sources()
            if self._of("sources", row.id)
        )
        return tuple(source for source in found if source is not None)

    def source(self, key: str) -> Source | None:
        return next((source for source in self.sources() if source.id == key), None)

    # ---- figures

    def indicators(self) -> tuple[Indicator, ...]:
        """Public indicators in the order of the catalogue."""
        sources = {row.id: row for row in self._rows.sources()}
        found = (self._indicator(row, sources) for row in self._rows.indicators())
        return tuple(indicator for indicator in found if indicator is not None)

    def indicator(self, key: str) -> Indicator | None:
        return next((indicator for indicator in self.indicators() if indicator.id == key), None)

    def readings(self) -> tuple[Reading, ...]:
        """Every public indicator with its newest figure: those of the day first."""
        indicators = self.indicators()
        latest = self._rows.latest([indicator.id for indicator in indicators])
        found = [
            Reading(indicator, self._figure(indicator, latest.get(indicator.id)))
            for indicator in indicators
        ]
        return tuple(
            sorted(found, key=lambda r: (r.indicator.headline is None, r.indicator.headline or 0))
        )

    def lines(self, key: str, area: str = CITY_AREA) -> tuple[Line, ...]:
        """Which figures there are of an indicator and an area; none of what is not public."""
        indicator = self.indicator(key)
        if indicator is None or not self._told_apart(key, area):
            return ()
        offered = sorted(self._rows.offers(key, area))
        found = (
            self._filler.fill(
                Line,
                rows.Observation(key, area, 0, None, False, period=period, sex=sex, age=age),
            )
            for period, sex, age in offered
        )
        return tuple(line for line in found if line is not None)

    def series(
        self,
        key: str,
        area: str = CITY_AREA,
        since_ms: int = 0,
        *,
        period: Period = "",
        sex: Sex = "all",
        age: str = EVERYONE,
    ) -> Series | None:
        """Figures of an indicator over time; None when it or the area is not public, or when its
        counts of single areas are too small to be told one after the other."""
        indicator = self.indicator(key)
        if indicator is None or not self._told_apart(key, area):
            return None
        found = self._rows.series(key, area, since_ms, period=period, sex=sex, age=age)
        return Series(indicator, area, period, sex, age, self._figures(indicator, found))

    def by_area(
        self,
        key: str,
        *,
        period: Period = "",
        sex: Sex = "all",
        age: str = EVERYONE,
        until_ms: int | None = None,
    ) -> tuple[Figure, ...]:
        """The newest figure of each area that is not later than `until_ms`, in the order of codes.
        Of counts of what people did, small ones are withheld, and others so that these can't be
        computed from the whole."""
        indicator = self.indicator(key)
        if indicator is None:
            return ()
        found = self._rows.by_district(key, period=period, sex=sex, age=age, until_ms=until_ms)
        told = self._figures(indicator, (found[area] for area in sorted(found)))
        least = self.disclosure.small(key)
        return without_small(told, least) if least else told

    def people(
        self,
        key: str,
        area: str = CITY_AREA,
        *,
        period: Period = "year",
        until_ms: int | None = None,
    ) -> tuple[Figure, ...]:
        """The newest figure of each sex and age group."""
        indicator = self.indicator(key)
        if indicator is None or not self._told_apart(key, area):
            return ()
        found = self._rows.breakdown(key, area, period=period, until_ms=until_ms)
        return self._figures(indicator, (found[group] for group in sorted(found)))

    # ---- what the city plans, has and hears

    def items(self, *kinds: str) -> tuple[Item, ...]:
        """Public items of some kinds, of every public kind without any."""
        asked = [kind for kind in kinds or self.item_kinds() if self._of("items", kind)]
        return self._items(self._rows.items(*asked)) if asked else ()

    def item_kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.disclosure.things("items") if self._of("items", kind))

    def item(self, key: str) -> Item | None:
        row = self._rows.item(key)
        return next(iter(self._items((row,))), None) if row is not None else None

    def children(self, parent: str) -> tuple[Item, ...]:
        """What an item is made of, as far as it is public."""
        return self._items(self._rows.children(parent))

    def place_kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.disclosure.things("places") if self._of("places", kind))

    def places(self, kind: str, district: str | None = None) -> tuple[Place, ...]:
        """Places of one kind; none of a kind that is not public."""
        if not self._of("places", kind):
            return ()
        sources = {row.id: row for row in self._rows.sources()}
        found = (
            self._filler.fill(Place, row, *self._known(sources, row.source_id))
            for row in self._rows.places(kind, district)
        )
        return tuple(place for place in found if place is not None)

    def complaints(self) -> Complaints | None:
        """How many complaints each area has; None while not even counts are public."""
        if not all(self._filler.may(Count, name) for name in ("every", "still")):
            return None
        least = self.disclosure.files.small.least
        found = dict(sorted(self._rows.complaint_counts().items()))
        simulated = any(c.simulated for c in self._rows.complaints(SOME_COMPLAINTS))
        return complaints_of(found, least, simulated=simulated)

    # ----

    def _of(self, sort: Sort, thing: str) -> bool:
        """Whether a thing is told: it is public, and so is the panel that shows such things."""
        panel = _PANELS_OF.get(thing, "") if sort == "items" else _PANELS.get(sort, "")
        return self.disclosure.public(sort, thing) and (
            not panel or self.disclosure.public("panels", panel)
        )

    def _told_apart(self, key: str, area: str) -> bool:
        """Whether figures of an area may stand one by one."""
        if area == CITY_AREA:
            return True
        return not self.disclosure.small(key) and area in {a.code for a in self.areas()}

    def _indicator(
        self, row: rows.Indicator, sources: Mapping[str, rows.Source]
    ) -> Indicator | None:
        if not self._of("indicators", row.id):
            return None
        source = self._known(sources, row.source_id)
        licence = row.licence or (source[0].licence if source else "")
        return self._filler.fill(Indicator, row, *source, licence=licence)

    def _known(self, sources: Mapping[str, rows.Source], key: str) -> tuple[rows.Source, ...]:
        """The row of a public source."""
        row = sources.get(key)
        return (row,) if row is not None and self.disclosure.public("sources", key) else ()

    def _figure(self, indicator: Indicator, row: rows.Observation | None) -> Figure | None:
        if row is None:
            return None
        age = freshness(row.true_ms, indicator.period_s, self._clock.now_ms())
        return self._filler.fill(Figure, row, freshness=age)

    def _figures(
        self, indicator: Indicator, found: Iterable[rows.Observation]
    ) -> tuple[Figure, ...]:
        told = (self._figure(indicator, row) for row in found)
        return tuple(figure for figure in told if figure is not None)

    def _items(self, found: Iterable[rows.Item]) -> tuple[Item, ...]:
        told = (
            self._filler.fill(Item, row, points=tuple((lon, lat) for lat, lon in row.places))
            for row in found
            if self._of("items", row.kind)
        )
        return tuple(item for item in told if item is not None)


class Door:
    """Opens the city's files, and lets the public see them as it is decided now."""

    def __init__(self, settings: Settings, pack: Pack, clock: Clock) -> None:
        """Raises SettingsError when the files about disclosure can't be read."""
        data = Path(settings.paths.data_dir)
        self._pack = pack
        self._clock = clock
        self._files = load_rules(settings)
        self._cache = open_cache_for_reading(data / CACHE)
        self._ledger = open_ledger_for_reading(data / LEDGER)
        self._repositories = Repositories(self._cache)
        self._city = self._made()

    @property
    def city(self) -> PublicCity:
        """As it is decided now; not to be kept for longer than an answer takes."""
        return self._city

    def look(self) -> bool:
        """Follows what is decided at the wall; whether something else is public than before. To be
        called about twice a second."""
        now = self._made()
        changed = now.disclosure != self._city.disclosure
        if changed:
            self._city = now
        return changed

    def close(self) -> None:
        self._cache.dispose()
        self._ledger.dispose()

    def _made(self) -> PublicCity:
        disclosure = Disclosure(self._files, LedgerReader(self._ledger).decided())
        return PublicCity(self._repositories, disclosure, self._pack, self._clock)
