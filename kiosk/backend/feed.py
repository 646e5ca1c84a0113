"""What goes into the store: the catalogue, published figures, the simulated city, and real figures
in the place of simulated ones."""

import hashlib
import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from kiosk.backend import telling
from kiosk.backend.aside import put_aside
from kiosk.backend.borders import borders
from kiosk.backend.catalogue import City, load_city
from kiosk.backend.engines import server_url
from kiosk.backend.gazetteer import Gazetteer
from kiosk.backend.handover import Handover
from kiosk.backend.items import item_rows
from kiosk.backend.neighbourhoods import SiteNeighbourhoods, load_neighbourhoods
from kiosk.backend.outlines import FILE as OUTLINES
from kiosk.backend.outlines import OutlinesError
from kiosk.backend.places import place_rows
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.register import (
    kind_rows,
    load_declared,
    load_demonstration,
    load_kinds,
    sources_dirs,
)
from kiosk.backend.rollups import Rollups
from kiosk.backend.simulator import hospitals, plants, trains
from kiosk.backend.simulator.city import HISTORY_MS, Simulator
from kiosk.backend.simulator.register import RegisterCourse
from kiosk.backend.site_cameras import load_site_cameras, site_camera_rows
from kiosk.backend.store import Store, key_of
from kiosk.pack import pack_folder
from kiosk.settings import Settings, SettingsError
from kiosk.wire.city import Camera, Indicator, Row, Source, kept_s

log = logging.getLogger(__name__)

BATCH = 2000
FORGET_EVERY_MS = 600_000
CATALOGUE = ("kinds", "sources", "districts", "indicators", "cameras", "items", "places")
# Places on lists whose readings the demonstration makes up.
PLAYED = frozenset((hospitals.KIND, plants.PLANT, plants.RIVER, trains.KIND))
OF_A_SYSTEM = "/"  # stands in the keys of rows that a system of the register gave


class Feed:
    """Fills a store and keeps it moving. Raises SettingsError when the city's files don't fit.

    `indicators` are those of the wall by id, `declared` the register's systems by id. Methods may
    be called from several threads.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        folder, registers = pack_folder(settings), sources_dirs(settings)
        self._settings = settings
        self._store = store
        self._lock = threading.RLock()
        self._just_started = True
        self.city: City = load_city(folder)
        gazetteer = Gazetteer(self.city.districts, lambda: borders(self.city))
        listed = load_site_cameras(settings)
        self._site_cameras = list(site_camera_rows(listed, gazetteer, settings.backend.cameras))
        self.declared: Mapping[str, Declaration] = {d.id: d for d in load_declared(registers)}
        self.handover = Handover(store)
        self._registers = registers
        self._files = _fingerprint((folder, *registers))
        self._simulator: Simulator | None = None
        self._course: RegisterCourse | None = None
        self._forgot_ms = 0
        self._decade: tuple[str, Iterator[Row]] | None = None
        if settings.city.demo:
            self._simulate(folder)
        self._neighbourhoods = SiteNeighbourhoods(
            load_neighbourhoods(folder),
            borders(self.city),
            Path(settings.paths.data_dir) / OUTLINES,
        )
        self.indicators: Mapping[str, Indicator] = {}
        weights = {i.id: i.weights for i in self.city.indicators if i.weights is not None}
        self._rollups = Rollups(store, lambda: self.indicators, weights)

    def _simulate(self, folder: Path) -> None:
        demo, kinds = self._settings.demo, load_kinds(self._registers[0])
        self._simulator = Simulator(self.city, folder, demo.seed, demo.cameras)
        sources = load_demonstration(self._registers, self.city.districts, kinds)
        self._course = RegisterCourse(sources, demo.seed)

    def feeders(self, feeders: Mapping[str, str]) -> None:
        """Indicator -> the source that is to feed it, as far as one can. Before `catalogue`."""
        self.handover.keep_only(feeders)

    def catalogue(self) -> None:
        """Writes what has changed of the catalogue and removes what is no longer in it."""
        with self._lock:
            self._catalogue()

    def neighbourhoods(self, _now_ms: int) -> None:
        """Writes the neighbourhoods when the site's own boundaries came, changed or went."""
        try:
            rows = self._neighbourhoods.news()
        except (OSError, OutlinesError):
            log.exception("the site's boundaries can't be read; those before stay")
            return
        if rows is None:
            return
        stored = self._store.bodies("neighbourhoods")
        changed = [r for r in rows if stored.get(r.code) != msgspec.json.encode(r).decode()]
        if changed:
            self._store.write(changed)
        self._remove({"neighbourhoods": {row.code for row in rows}})

    def figures(self, _now_ms: int) -> None:
        """Writes the published figures; once for every state of the city's files."""
        if self._store.meta("catalogue") != self._fingerprint:
            self._store.write(telling.published(self.city), only_changed=True)
            self._store.set_meta("catalogue", self._fingerprint)

    def moment(self, now_ms: int) -> None:
        """The simulated city as it is now: live figures, sources, incidents."""
        if self._simulator is None or self._course is None:
            return
        with self._lock:
            try:
                rows = [*self._simulator.step(now_ms), *self._course.step(now_ms)]
                self._store.write(rows, only_changed=self._just_started)
                self._just_started = False
            except Exception:
                self._simulator.tell_all_again()
                self._course.tell_all_again()
                raise
            over = self._simulated("incidents") - self._simulator.incident_ids()
            if over:
                self._store.delete("incidents", sorted(over))

    def history(self, now_ms: int) -> None:
        """Kept figures since the last time that this was asked, at most 26 hours back."""
        if self._simulator is None:
            return
        with self._lock:
            since_ms = max(now_ms - HISTORY_MS, int(self._store.meta("history_ms") or 0))
            rows = iter(self._simulator.history(since_ms, now_ms))
            while batch := list(islice(rows, BATCH)):
                self._store.write(batch)
            if since_ms < now_ms:
                self._store.set_meta("history_ms", str(now_ms))
            self._forget(now_ms)

    def _forget(self, now_ms: int) -> None:
        """Drops figures that are older than their indicator keeps them, as kiosks do."""
        if now_ms - self._forgot_ms < FORGET_EVERY_MS:
            return
        self._forgot_ms = now_ms
        for indicator in self.indicators.values():
            for period, seconds in kept_s(indicator).items():
                self._store.forget(indicator.id, period, now_ms - seconds * 1000)

    def decade(self, now_ms: int) -> None:
        """A slice of the ten years before the demonstration began, until all of them are there."""
        if self._simulator is None:
            return
        with self._lock:
            done = set(filter(None, (self._store.meta("decade") or "").split(",")))
            parts = self._simulator.past(now_ms)
            left = [part for part in parts if part not in done]
            if self._decade is None and left:
                self._decade = left[0], iter(parts[left[0]])
            if self._decade is None:
                return
            part, rows = self._decade
            if batch := list(islice(rows, BATCH)) if part in left else []:
                self._store.write(batch, only_changed=True)
                return
            self._decade = None
            done = (done | {part}) & parts.keys()
            self._store.set_meta("decade", ",".join(sorted(done)))

    def rollups(self, now_ms: int) -> None:
        """Figures of hours to years from those of shorter periods; a slice of the work at a time,
        so that it never holds up what is new."""
        with self._lock:
            self._rollups.work(now_ms)

    def take(self, indicator: str, source: str) -> None:
        """A real source has a good figure for an indicator: from now on it is the source's."""
        with self._lock:
            if self.handover.take(indicator, source):
                self._catalogue()

    def _inner(self) -> frozenset[str]:
        """Indicators that the demonstration tells by neighbourhood."""
        played = self._simulator
        return played.shared - played.without if played is not None else frozenset()

    @property
    def _fingerprint(self) -> str:
        taken = msgspec.json.encode(self.handover.taken, order="sorted").decode()
        return f"{self._files} {taken}"

    def _catalogue(self) -> None:
        demo, taken = self._settings.city.demo, self.handover.taken
        real = {i: self.declared[source] for i, source in taken.items()}
        found = list(telling.indicators(self.city, demo=demo, real=real, inner=self._inner()))
        self.indicators = {indicator.id: indicator for indicator in found}
        if self._simulator is not None:
            self._simulator.without = frozenset(taken)
        cameras = list(self._cameras())
        if self._store.meta("catalogue") == self._fingerprint:
            self._store.write(cameras, only_changed=True)
            self._remove({"cameras": {camera.id for camera in cameras}})
            return
        sources = list(self._sources(found))
        kinds, districts = kind_rows(self._registers[0]), telling.districts(self.city)
        items = item_rows(self.city.items, demo=demo)
        places = [p for p in place_rows(self.city.places) if not demo or p.kind not in PLAYED]
        rows: list[Row] = [*kinds, *sources, *districts, *found, *cameras, *items, *places]
        self._store.write(rows, only_changed=True)
        kept: dict[str, set[str]] = {kind: set() for kind in CATALOGUE}
        for row in rows:
            kept[str(row.__struct_config__.tag)].add(key_of(row))
        kept["places"] = {place.id for listed in self.city.places for place in listed.places}
        if self._simulator is not None:
            kept["places"] |= self._simulator.place_ids()
            kept["items"] |= self._simulator.item_ids()
        kept["sources"] |= self.declared.keys()
        if self._course is not None:
            kept["sources"] |= self._course.ids()
        self._remove(kept)
        simulated = {s.id for s in self.city.sources if s.simulated}
        self.handover.sweep(frozenset(i.id for i in self.city.indicators if i.source in simulated))

    def _cameras(self) -> Iterator[Camera]:
        """The demonstration's, and those that the site lists."""
        if self._settings.city.demo:
            yield from telling.cameras(self.city, self._settings.demo)
        yield from self._site_cameras

    def _sources(self, shown: Iterable[Indicator]) -> Iterable[Source]:
        """Sources of the city's own files, those that the demonstration plays if it plays them."""
        dates = telling.published_dates(self.city)
        needed = {indicator.source_id for indicator in shown}
        for entry in self.city.sources:
            if not entry.simulated or entry.id in needed:
                yield telling.source_row(entry, dates.get(entry.id))

    def _remove(self, kept: dict[str, set[str]]) -> None:
        for kind, keys in kept.items():
            gone = self._simulated(kind) - keys
            if gone:
                self._store.delete(kind, sorted(gone))

    def _simulated(self, kind: str) -> set[str]:
        """Keys of rows that no system of the register gave."""
        return {key for key in self._store.keys(kind) if OF_A_SYSTEM not in key}


def open_store(settings: Settings) -> Store:
    """The store of this city; another seed gets a new one, so that two cities never mix.

    Raises SettingsError when the database that the settings name is none, or is another city's.
    """
    played = f"demo {settings.demo.seed}" if settings.city.demo else "published"
    city = f"{settings.city.pack} {played}"
    if settings.backend.store:
        return _server_store(settings.backend.store, city)
    file = Path(settings.paths.data_dir) / "backend.db"
    store = Store.open(file)
    if store.meta("city") not in (None, city):
        store.close()
        put_aside(file)
        store = Store.open(file)
    store.set_meta("city", city)
    return store


def _server_store(address: str, city: str) -> Store:
    try:
        store = Store.open(server_url(address))
    except ValueError as error:
        raise SettingsError("settings", "backend.store", "…", str(error)) from error
    found = store.meta("city")
    if found not in (None, city):
        store.close()
        raise SettingsError("settings", "backend.store", found, f"an empty store or one of {city}")
    store.set_meta("city", city)
    return store


def _fingerprint(folders: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.toml")):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
