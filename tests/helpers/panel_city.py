"""The demo city as rows in memory, and panels made from it as the wall makes them."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from kiosk.app.configuration import read_presets
from kiosk.app.dock import tabs_view
from kiosk.backend.catalogue import City
from kiosk.backend.feed import Feed
from kiosk.backend.pull.source import SourceHealth
from kiosk.backend.pull.words import idle, source_row
from kiosk.backend.simulator.city import Simulator
from kiosk.backend.spans import span
from kiosk.backend.store import Store
from kiosk.cache.repositories import CacheMeta, Repositories
from kiosk.commands import all_commands, make_registry
from kiosk.core.disclosure import Disclosure
from kiosk.core.state import Place, ViewState
from kiosk.inputs.configured import read_bindings
from kiosk.pack import pack_folder
from kiosk.pack.disclosure import load_rules
from kiosk.pack.edition import edition_of
from kiosk.panels import Live, PanelSpec, find_menu, find_panels
from kiosk.panels.panel import HandHelp, HelpEntry, ProcessRow
from kiosk.panels.view import PanelView
from kiosk.settings import Settings
from kiosk.ui.charts.camera_model import Picture
from kiosk.ui.charts.plot_loading import load_plot
from kiosk.ui.component import Component
from kiosk.ui.shell import Shell
from kiosk.ui.theme import Theme
from kiosk.wire.city import (
    CITY_AREA,
    Camera,
    Complaint,
    ComplaintCount,
    District,
    Incident,
    Indicator,
    Item,
    Kind,
    Latest,
    Neighbourhood,
    Observation,
    OrderStatus,
    Row,
    Source,
)
from kiosk.wire.city import Place as CityPlace
from kiosk.wire.messages import CameraState, Device, SyncState
from kiosk.wire.names import PlaceName
from kiosk.wire.series import QUARTER_MS, SeriesKey, SparkPoint, series_key
from kiosk.wire.text import Text
from tests.helpers.some_decisions import some_decisions
from tests.helpers.some_uses import some_uses

CONFIG = Path(__file__).resolve().parents[2] / "config"
NOW_MS = 1_795_325_520_000  # 2026-11-22 14:32 in Seoul


class _Rows:
    """Takes what a feed writes."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._meta: dict[str, str] = {}

    def write(self, rows: Iterable[Row], only_changed: bool = False) -> None:
        self.rows += rows

    def meta(self, key: str) -> str | None:
        return self._meta.get(key)

    def set_meta(self, key: str, value: str) -> None:
        self._meta[key] = value

    def keys(self, table: str) -> list[str]:
        return []

    def bodies(self, table: str) -> dict[str, str]:
        return {}

    def delete(self, table: str, keys: list[str]) -> None: ...

    def forget(self, indicator: str, period: str, before_ms: int) -> None: ...

    def figure_keys(self, indicator: str, simulated: bool) -> list[str]:
        return []


class MemoryRepositories:
    """Answers like kiosk.cache.repositories.Repositories, from rows in memory."""

    def __init__(self, rows: Iterable[Row], settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.catalogue: dict[type, dict[str, Any]] = {}
        self.figures: dict[SeriesKey, dict[int, Observation]] = {}
        self.moments: dict[SeriesKey, Observation] = {}
        for row in rows:
            self.put(row)

    def copy(self) -> "MemoryRepositories":
        """With the same rows, to which others can be put."""
        made = MemoryRepositories((), self.settings)
        made.catalogue = {kind: dict(rows) for kind, rows in self.catalogue.items()}
        made.figures = {key: dict(rows) for key, rows in self.figures.items()}
        made.moments = dict(self.moments)
        return made

    def put(self, row: Row) -> None:
        if isinstance(row, Latest | Observation):
            shown = row.observation if isinstance(row, Latest) else row
            newest = self.moments.setdefault(series_key(shown), shown)
            if newest.t_ms <= shown.t_ms:
                self.moments[series_key(shown)] = shown
        if isinstance(row, Observation):
            self.figures.setdefault(series_key(row), {})[row.t_ms] = row
            return
        if isinstance(row, Latest):
            return
        key = row.code if isinstance(row, District | Neighbourhood) else row.id
        self.catalogue.setdefault(type(row), {})[key] = row

    def _all(self, kind: type) -> tuple[Any, ...]:
        return tuple(self.catalogue.get(kind, {}).values())

    def districts(self) -> tuple[District, ...]:
        return tuple(sorted(self._all(District), key=lambda d: d.code))

    def neighbourhoods(self) -> tuple[Neighbourhood, ...]:
        return tuple(sorted(self._all(Neighbourhood), key=lambda n: n.code))

    def indicators(self) -> tuple[Indicator, ...]:
        return self._all(Indicator)

    def kinds(self) -> tuple[Kind, ...]:
        return self._all(Kind)

    def sources(self) -> tuple[Source, ...]:
        return self._all(Source)

    def systems_of_places(self) -> frozenset[str]:
        return frozenset(p.source_id for p in self._all(CityPlace) if "/" in p.id)

    def cameras(self) -> tuple[Camera, ...]:
        return tuple(sorted(self._all(Camera), key=lambda c: c.number))

    def newest_orders(self) -> tuple[OrderStatus, ...]:
        return self._all(OrderStatus)

    def complaints(self, limit: int = 500, district: str | None = None) -> tuple[Complaint, ...]:
        found = [c for c in self._all(Complaint) if district in (None, c.district)]
        return tuple(sorted(found, key=lambda c: (c.open, c.t_ms, c.id), reverse=True)[:limit])

    def complaint(self, key: str) -> Complaint | None:
        return self.catalogue.get(Complaint, {}).get(key)

    def complaint_counts(self) -> dict[str, ComplaintCount]:
        found: dict[str, ComplaintCount] = {}
        for row in self._all(Complaint):
            count = found.get(row.district, ComplaintCount())
            found[row.district] = ComplaintCount(count.every + 1, count.still + row.open)
        return found

    def items(self, *kinds: str) -> tuple[Item, ...]:
        found = [i for i in self._all(Item) if not kinds or i.kind in kinds]
        return tuple(sorted(found, key=lambda i: (i.position, i.id)))

    def children(self, parent: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items() if item.parent == parent)

    def item(self, key: str) -> Item | None:
        return self.catalogue.get(Item, {}).get(key)

    def meta(self) -> CacheMeta:
        return CacheMeta("e", 1, NOW_MS)

    def newest_items(self, kind: str, limit: int) -> tuple[Item, ...]:
        return self.items(kind)[::-1][:limit]

    def places(self, kind: str, district: str | None = None) -> tuple[CityPlace, ...]:
        every = (p for p in self._all(CityPlace) if p.kind == kind)
        return tuple(p for p in every if district in (None, p.district))

    def place_counts(self, kind: str) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for place in self.places(kind):
            every, told = found.get(place.district, (0, 0))
            found[place.district] = every + 1, told + ("/" in place.id)
        return found

    def place_names(self, kinds: Sequence[str]) -> tuple[PlaceName, ...]:
        every = [p for p in self._all(CityPlace) if p.kind in kinds]
        every.sort(key=lambda p: (p.kind, p.district, p.id))
        return tuple(PlaceName(p.id, p.kind, p.name, p.district, p.lat, p.lon) for p in every)

    def incidents(self, *, ended: bool = False) -> tuple[Incident, ...]:
        return tuple(i for i in self._all(Incident) if ended or i.ended_ms is None)

    def _line(self, key: SeriesKey) -> list[Observation]:
        rows = [row for _, row in sorted(self.figures.get(key, {}).items())]
        moment = self.moments.get(key)
        if moment is not None and (not rows or moment.t_ms > rows[-1].t_ms):
            rows.append(moment)
        return rows

    def series(
        self,
        indicator: str,
        area: str = CITY_AREA,
        since_ms: int = 0,
        *,
        period: str = "",
        sex: str = "all",
        age: str = "all",
    ) -> tuple[Observation, ...]:
        rows = self._line((indicator, period, sex, age, area))
        return tuple(row for row in rows if row.t_ms >= since_ms)

    def compare(
        self, indicator: str, areas: Sequence[str], since_ms: int = 0, **people: str
    ) -> dict[str, tuple[Observation, ...]]:
        found = {area: self.series(indicator, area, since_ms, **people) for area in areas}
        return {area: rows for area, rows in found.items() if rows}

    def sparks(self, indicators: Sequence[str]) -> dict[str, tuple[SparkPoint, ...]]:
        """The last of each quarter of an hour."""
        found = {}
        for indicator in indicators:
            rows = self._line((indicator, "", "all", "all", CITY_AREA))
            last = {row.t_ms // QUARTER_MS: row for row in rows}
            found[indicator] = tuple(SparkPoint(r.t_ms, r.value) for r in last.values())
        return {indicator: points for indicator, points in found.items() if points}

    def latest(self, indicators: Sequence[str], area: str = CITY_AREA) -> dict[str, Observation]:
        found = {i: self._line((i, "", "all", "all", area)) for i in indicators}
        return {i: rows[-1] for i, rows in found.items() if rows}

    def all_latest(self) -> dict[tuple[str, str], Observation]:
        found = {key: self._line(key) for key in self.moments}
        codes = self.catalogue.get(District, {})
        return {
            (key[0], key[4]): rows[-1]
            for key, rows in found.items()
            if not key[1] and key[2:4] == ("all", "all") and key[4] in {CITY_AREA, *codes}
        }

    def first_by_area(self, indicator: str, areas: Sequence[str]) -> dict[str, Observation]:
        found = {area: self.series(indicator, area) for area in areas}
        return {area: rows[0] for area, rows in found.items() if rows}

    def by_district(
        self,
        indicator: str,
        *,
        period: str = "",
        sex: str = "all",
        age: str = "all",
        until_ms: int | None = None,
    ) -> dict[str, Observation]:
        asked, codes = (indicator, period, sex, age), self.catalogue.get(District, {})
        lines = {
            key[4]: [r for r in self._line(key) if until_ms is None or r.t_ms <= until_ms]
            for key in sorted(self.figures.keys() | self.moments.keys())
            if key[:4] == asked and key[4] in codes
        }
        return {area: rows[-1] for area, rows in lines.items() if rows}

    def by_neighbourhood(
        self, indicator: str, district: str, *, period: str = ""
    ) -> dict[str, Observation]:
        asked = (indicator, period, "all", "all")
        lines = {
            key[4]: self._line(key)
            for key in self.figures.keys() | self.moments.keys()
            if key[:4] == asked and key[4].startswith(district) and key[4] != district
        }
        return {area: rows[-1] for area, rows in sorted(lines.items()) if rows}

    def offers(self, indicator: str, area: str = CITY_AREA) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (key[1], key[2], key[3])
            for key in self.figures
            if key[0] == indicator and key[4] == area
        )

    def breakdown(
        self,
        indicator: str,
        area: str = CITY_AREA,
        *,
        period: str = "year",
        until_ms: int | None = None,
    ) -> dict[tuple[str, str], Observation]:
        found = {}
        for key in self.figures:
            if (key[0], key[1], key[4]) == (indicator, period, area):
                rows = [r for r in self._line(key) if until_ms is None or r.t_ms <= until_ms]
                if rows:
                    found[key[2], key[3]] = rows[-1]
        return found

    def apart(self, area: str = CITY_AREA) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for indicator, _period, sex, age, where in self.figures:
            if where == area and (sex, age) != ("all", "all"):
                found.setdefault(indicator, set()).add("sex" if sex != "all" else "age")
        return {indicator: frozenset(by) for indicator, by in found.items()}


def demo_city(now_ms: int = NOW_MS, settings: Settings | None = None) -> MemoryRepositories:
    """A demo city or district at a moment: catalogue, published figures, 26 hours of simulated
    ones, and the declared systems as they are on a machine without keys. Made once, then copied:
    what is put into one is in no other."""
    return _made(now_ms, msgspec.json.encode(settings or Settings())).copy()


@cache
def _made(now_ms: int, told: bytes) -> MemoryRepositories:
    rows, settings = _Rows(), msgspec.json.decode(told, type=Settings)
    feed = Feed(settings, cast(Store, rows))
    feed.catalogue()
    feed.neighbourhoods(now_ms)
    feed.figures(now_ms)
    feed.history(now_ms)
    feed.moment(now_ms)
    for declared in feed.declared.values():
        why = idle(declared, frozenset())
        rows.write([source_row(declared, SourceHealth(declared.id), why)])
    rows.write(_decades(feed.city, now_ms, settings))
    edition = edition_of(settings)
    kept: Iterable[Row] = rows.rows
    if edition is not None:
        kept = [own for row in rows.rows if (own := edition.row(row)) is not None]
    return MemoryRepositories(kept, settings)


def _decades(city: City, now_ms: int, settings: Settings) -> Iterable[Observation]:
    """Months and years of two indicators, a level and a count of people, and of what is reported
    in each neighbourhood."""
    demo = settings.demo
    simulator = Simulator(city, pack_folder(settings), demo.seed, demo.cameras)
    for indicator in {"pm25", "ambulance"} & set(simulator.played()):
        decade = list(simulator.decade(indicator, now_ms))
        yield from decade
        yield from _years(decade)
    months = list(simulator.decade("complaints", now_ms))
    yield from months
    yield from _years(months)
    yield from simulator.neighbourhoods("complaints", now_ms)


def _years(months: Iterable[Observation]) -> Iterable[Observation]:
    """Whole years, as the backend rolls them up."""
    found: dict[tuple[str, int], list[Observation]] = {}
    for row in months:
        if row.period == "month":
            found.setdefault((row.area, span("year", row.t_ms)[0]), []).append(row)
    for (_, t_ms), rows in found.items():
        total = sum(row.value or 0.0 for row in rows)
        level = rows[0].indicator == "pm25"
        yield msgspec.structs.replace(
            rows[0],
            t_ms=t_ms,
            value=total / len(rows) if level else total,
            period="year",
            rollup="mean" if level else "daily",
            provisional=len(rows) < 12,
        )


class PaintedFrames:
    """A source that has a picture of every camera but those that are left out."""

    def __init__(self, without: frozenset[str] = frozenset(), t_ms: int = NOW_MS) -> None:
        self.without = without
        self.t_ms = t_ms
        self.asked = 0

    def latest(self, camera_id: str, seen: int) -> Picture | None:
        self.asked += 1
        if camera_id in self.without or seen == 1:
            return None
        image = QImage(320, 180, QImage.Format.Format_RGB32)
        image.fill(QColor(40, 90, 120))
        return Picture(image, self.t_ms, 1)


def live(city: MemoryRepositories, **changes: Any) -> Live:
    """A kiosk that runs well: nine cameras open, two processes, one tablet."""
    cameras = {c.id: CameraState(c.id, "live", NOW_MS - 200) for c in city.cameras()[:9]}
    made = Live(
        processes=(
            ProcessRow("gestures", "running"),
            ProcessRow("voice", "failed", Text("마이크 없음", "no microphone"), 5),
        ),
        cameras=cameras,
        sync=SyncState(True, 10, NOW_MS - 4_000),
        devices=(Device("a", "시장 태블릿", "mayor", "{}", NOW_MS - 10_000, NOW_MS - 5_000),),
        tablets=1,
        presets=read_presets(city.settings),
        hands=HandHelp(
            read_bindings(CONFIG, make_registry())[0],
            {command.id: command.title for command in all_commands()},
            {spec.id: spec.title for spec in find_panels()},
        ),
        help=tuple(
            HelpEntry(f"c.{i}", Text(f"할 일 {i}", f"task {i}"), ("말해 줘",), ("point",), ("F1",))
            for i in range(60)
        ),
        usage=some_uses(NOW_MS),
        disclosure=Disclosure(load_rules(city.settings), some_decisions(NOW_MS)),
    )
    return msgspec.structs.replace(made, **changes)


def spec_of(panel: str) -> PanelSpec:
    return next(spec for spec in find_panels() if spec.id == panel)


def model_of(panel: str, city: MemoryRepositories, state: ViewState, **changes: Any) -> Any:
    """The view model, made as the wall makes it."""
    presenter = spec_of(panel).load_presenter()
    data = presenter.query(cast(Repositories, city), state)
    return presenter.present(state, data, live(city, **changes), NOW_MS)


def at(panel: str, **place: Any) -> ViewState:
    return ViewState(place=Place(panel=panel, **place))


Asked = list[tuple[str, dict[str, Any], str]]


def put_on_wall(
    panel: str, model: Any, theme: Theme, width_px: int, height_px: int, asked: Asked
) -> tuple[Shell, PanelView]:
    """A shell of this size with the panel in it, all of it told the time; charts are loaded."""
    load_plot()
    shell = Shell(theme, lambda command, args, trigger: asked.append((command, args, trigger)))
    view: PanelView = spec_of(panel).load_view()(theme, PaintedFrames())
    shell.resize(width_px, height_px)
    specs = {spec.id: spec for spec in find_panels()}
    shell.set_tabs(tabs_view(find_menu(tuple(specs.values())), specs, panel))
    shell.set_panel(view)
    view.set_view_model(model)
    shell.show()
    shell.tick(NOW_MS)
    return shell, view


def visible_components(view: QWidget) -> list[Component]:
    return [c for c in view.findChildren(Component) if c.isVisibleTo(view)]


def corner_of(piece: QWidget, view: QWidget) -> QPoint:
    return piece.mapTo(view, QPoint(0, 0))
