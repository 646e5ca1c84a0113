"""What goes into the store: the catalogue, published figures, and the simulated city."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from kiosk.backend.boundaries import boundaries
from kiosk.backend.catalogue import City, IndicatorEntry, city_dir, load_city
from kiosk.backend.simulator.city import HISTORY_MS, Simulator, source_row
from kiosk.backend.store import Store, key_of
from kiosk.settings import Settings
from kiosk.wire.city import Camera, District, Indicator, Observation, Row, Source

KST = dt.timezone(dt.timedelta(hours=9))
BATCH = 2000
CATALOGUE = ("sources", "districts", "indicators", "cameras")


class Feed:
    """Fills a store and keeps it moving. Raises SettingsError when the city's files don't fit."""

    def __init__(self, settings: Settings, store: Store) -> None:
        folder = city_dir(settings)
        self._settings = settings
        self._store = store
        self._city = load_city(folder)
        self._fingerprint = _fingerprint(folder)
        self._demo = settings.city.demo
        self._simulator = (
            Simulator(self._city, folder, settings.demo.seed, settings.demo.cameras)
            if self._demo
            else None
        )

    def catalogue(self) -> None:
        """Writes what has changed of the catalogue and removes what is no longer in it."""
        cameras = list(self._cameras())
        if self._store.meta("catalogue") == self._fingerprint:
            self._store.write(cameras, only_changed=True)
            self._remove({"cameras": {c.id for c in cameras}})
            return
        rows: list[Row] = [*self._sources(), *self._districts(), *self._indicators(), *cameras]
        self._store.write(rows, only_changed=True)
        kept: dict[str, set[str]] = {kind: set() for kind in CATALOGUE}
        for row in rows:
            kept[str(row.__struct_config__.tag)].add(key_of(row))
        self._remove(kept)

    def figures(self, _now_ms: int) -> None:
        """Writes the published figures; once for every state of the city's files."""
        if self._store.meta("catalogue") != self._fingerprint:
            self._store.write(self._published(), only_changed=True)
            self._store.set_meta("catalogue", self._fingerprint)

    def moment(self, now_ms: int) -> None:
        """The simulated city as it is now: live figures, sources, incidents."""
        if self._simulator is None:
            return
        try:
            self._store.write(self._simulator.step(now_ms))
        except Exception:
            self._simulator.tell_all_again()
            raise
        over = set(self._store.keys("incidents")) - self._simulator.incident_ids()
        if over:
            self._store.delete("incidents", sorted(over))

    def history(self, now_ms: int) -> None:
        """Kept figures since the last time that this was asked, at most 26 hours back."""
        if self._simulator is None:
            return
        since_ms = max(now_ms - HISTORY_MS, int(self._store.meta("history_ms") or 0))
        rows = iter(self._simulator.history(since_ms, now_ms))
        while batch := list(islice(rows, BATCH)):
            self._store.write(batch)
        if since_ms < now_ms:
            self._store.set_meta("history_ms", str(now_ms))
        self._store.forget("observations", now_ms - HISTORY_MS)

    def _remove(self, kept: dict[str, set[str]]) -> None:
        for kind, keys in kept.items():
            gone = set(self._store.keys(kind)) - keys
            if gone:
                self._store.delete(kind, sorted(gone))

    def _sources(self) -> Iterator[Source]:
        dates: dict[str, int] = {}
        for figures in self._city.figures:
            newest = max(date_ms(d) for d in figures.dates)
            dates[figures.source] = max(newest, dates.get(figures.source, 0))
        for entry in self._city.sources:
            if self._demo or not entry.simulated:
                yield source_row(entry, dates.get(entry.id))

    def _districts(self) -> Iterator[District]:
        rings = boundaries(frozenset(d.code for d in self._city.districts))
        for entry in self._city.districts:
            yield District(
                code=entry.code,
                name=entry.name,
                lat=entry.lat,
                lon=entry.lon,
                boundary=rings.get(entry.code, ()),
            )

    def _indicators(self) -> Iterator[Indicator]:
        simulated = {s.id for s in self._city.sources if s.simulated}
        for order, entry in enumerate(self._city.indicators, 1):
            if self._demo or entry.source not in simulated:
                yield _indicator(self._city, entry, order)

    def _cameras(self) -> Iterator[Camera]:
        demo = self._settings.demo
        for entry in self._city.cameras[: demo.cameras] if self._demo else ():
            yield Camera(
                id=entry.id,
                number=entry.number,
                name=entry.name,
                lat=entry.lat,
                lon=entry.lon,
                district=entry.district,
                kind=entry.kind,
                url=f"http://127.0.0.1:{demo.cameras_port}/camera/{entry.id}.mjpg",
                simulated=True,
            )

    def _published(self) -> Iterable[Row]:
        for figures in self._city.figures:
            for area, values in figures.values.items():
                for date, value in zip(figures.dates, values, strict=True):
                    yield Observation(
                        indicator=figures.indicator,
                        area=area,
                        t_ms=date_ms(date),
                        value=value,
                        simulated=False,
                        provisional=figures.provisional,
                        note=figures.note,
                    )


def open_store(settings: Settings) -> Store:
    """The store of this demonstration; another seed gets a new one, so that two never mix."""
    file = Path(settings.paths.data_dir) / "backend.db"
    city = f"demo {settings.demo.seed}" if settings.city.demo else "published"
    store = Store.open(file)
    if store.meta("city") not in (None, city):
        store.close()
        for stale in file.parent.glob(file.name + "*"):
            stale.unlink()
        store = Store.open(file)
    store.set_meta("city", city)
    return store


def date_ms(date: str) -> int:
    """Midnight in Korea at the start of an ISO date."""
    day = dt.datetime.fromisoformat(date).replace(tzinfo=KST)
    return int(day.timestamp() * 1000)


def _indicator(city: City, entry: IndicatorEntry, order: int) -> Indicator:
    theme = next(t for t in city.themes if t.id == entry.theme)
    source = next(s for s in city.sources if s.id == entry.source)
    return Indicator(
        id=entry.id,
        title=entry.title,
        unit=entry.unit,
        theme=theme.id,
        theme_title=theme.title,
        source_id=source.id,
        owner=source.owner,
        period_s=entry.period_s,
        decimals=entry.decimals,
        order=order,
        headline=entry.headline,
        areas=entry.areas,
        goal=entry.goal,
        better=entry.better,
        alarm=entry.alarm,
        thresholds=entry.thresholds,
        history_s=entry.history_s,
        method=entry.method,
        licence=source.licence,
        sdg=entry.sdg,
    )


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.toml")):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
