"""Home: key figures, the map, what needs a look, the cameras. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.lookup import metric_of
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.panels import cameras
from kiosk.panels.districts import (
    NOTHING,
    DistrictFigures,
    Reading,
    Shapes,
    borders,
    callout,
    caption_of,
    guessed,
    part_callout,
    read,
)
from kiosk.panels.figures import Figure, figure, published
from kiosk.panels.home.issues import Issue, issues
from kiosk.panels.home.layers import (
    Layers,
    layer_choices,
    layered,
    read_places,
    turn_choices,
)
from kiosk.panels.home.model import Choice, HomeModel
from kiosk.panels.home.projection import project
from kiosk.panels.inside import inside, outside
from kiosk.panels.lines import chart_title, line_chart, line_series
from kiosk.panels.panel import Live
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.chart_model import LineChartModel
from kiosk.ui.charts.map_model import (
    NEUTRAL,
    DistrictFill,
    MapGeometry,
    MapGrade,
    MapMarker,
    MapModel,
    Press,
)
from kiosk.wire.city import (
    CITY_AREA,
    Camera,
    District,
    Incident,
    Indicator,
    Neighbourhood,
    Observation,
    Source,
)
from kiosk.wire.projection import Projection
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

FIGURES = 6
STRIP = 6
SHOWN_ISSUES = 5


class HomeData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What home reads from the cache. `inside` are the figures of the selected district's
    neighbourhoods, where there are any; `places` are drawn on the map, by layer."""

    districts: tuple[District, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    geometry: MapGeometry | None
    indicators: tuple[Indicator, ...]
    latest: dict[str, Observation]
    sparks: dict[str, tuple[SparkPoint, ...]]
    metric: DistrictFigures | None
    inside: DistrictFigures | None
    trend: tuple[Observation, ...]
    sources: tuple[Source, ...]
    cameras: tuple[Camera, ...]
    incidents: tuple[Incident, ...]
    places: Layers = {}


class HomePresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(
        (
            *("districts", "neighbourhoods", "indicators", "observations", "latest"),
            *("sources", "cameras", "incidents", "places"),
        )
    )
    fields = frozenset(("metric", "place", "map_look"))

    def __init__(self) -> None:
        self._shapes = Shapes()

    def query(self, repositories: "Repositories", state: ViewState) -> HomeData:
        indicators = repositories.indicators()
        shown = _headlines(indicators)
        watched = [i.id for i in indicators if i in shown or i.thresholds]
        districts = repositories.districts()
        neighbourhoods = repositories.neighbourhoods()
        sources = repositories.sources()
        metric = _metric(repositories, state, indicators, sources, districts)
        return HomeData(
            districts=districts,
            neighbourhoods=neighbourhoods,
            geometry=self._shapes.of(districts, neighbourhoods),
            indicators=indicators,
            latest=repositories.latest(watched),
            sparks=repositories.sparks(watched),
            metric=metric,
            inside=_inside(repositories, metric, state.place.district),
            trend=repositories.series(metric.indicator.id) if metric else (),
            sources=sources,
            cameras=repositories.cameras(),
            incidents=repositories.incidents(),
            places=read_places(repositories, state.map_look),
        )

    def present(
        self, state: ViewState, data: HomeData | None, live: Live, now_ms: int
    ) -> HomeModel:
        if data is None:
            return HomeModel(loading=True)
        found = issues(
            data.incidents,
            data.indicators,
            data.latest,
            data.sparks,
            data.sources,
            live.sync,
            now_ms,
        )
        reading = _reading(data, state, now_ms)
        tiles = _tiles(data.cameras, found, live, state)
        named = _named(data)
        return HomeModel(
            trend=_trend(data, now_ms),
            trend_title=_trend_title(named) if named else Text("", ""),
            trend_press=Press("indicator.open", {"indicator": named.id}) if named else None,
            figures=_figures(data, now_ms),
            reading=reading,
            choices=_choices(data.indicators, state),
            layers=layer_choices(state.map_look),
            turns=turn_choices(state.map_look, named),
            map=_map(data, state, reading, found) if data.geometry else None,
            issues=found[:SHOWN_ISSUES],
            issue_count=len(found),
            checked_ms=live.sync.last_success_ms if live.sync else None,
            cameras=tiles,
            camera_count=len(data.cameras),
            now_ms=now_ms,
        )

    def project(self, model: HomeModel) -> Projection:
        return project(model)


def _named(data: HomeData) -> Indicator | None:
    """The indicator that colours the map, as its source tells it."""
    metric = data.metric.indicator.id if data.metric else None
    return next((indicator for indicator in data.indicators if indicator.id == metric), None)


def _trend(data: HomeData, now_ms: int) -> LineChartModel:
    indicator = _named(data)
    if indicator is None:
        return LineChartModel()
    line = line_series(indicator, data.trend, here().short, now_ms)
    return line_chart(indicator, [line], data.trend[-1] if data.trend else None, now_ms)


def _trend_title(indicator: Indicator) -> Text:
    span = chart_title(indicator)
    return Text(f"{indicator.title.ko}, {span.ko}", f"{indicator.title.en}, {span.en}")


def _metric(
    repositories: "Repositories",
    state: ViewState,
    indicators: Sequence[Indicator],
    sources: Sequence[Source],
    districts: Sequence[District],
) -> DistrictFigures | None:
    chosen = _chosen(indicators, state)
    if chosen is None:
        return None
    source = next((s for s in sources if s.id == chosen.source_id), None)
    told = outside(repositories, chosen, source)
    first: dict[str, Observation] = {}
    if published(chosen):
        areas = (CITY_AREA, *(district.code for district in districts))
        first = repositories.first_by_area(chosen.id, areas)
    return msgspec.structs.replace(told, first=first)


def _inside(
    repositories: "Repositories", metric: DistrictFigures | None, district: str | None
) -> DistrictFigures | None:
    if metric is None or district is None:
        return None
    return inside(repositories, metric.indicator, metric.source, district)


def _parts(data: HomeData, state: ViewState) -> tuple[Neighbourhood, ...]:
    """The neighbourhoods of the selected district."""
    return tuple(n for n in data.neighbourhoods if n.district == state.place.district)


def _reading(data: HomeData, state: ViewState, now_ms: int) -> Reading | None:
    if data.inside is not None:
        found = read(data.inside, _parts(data, state), now_ms)
        name = next((d.name for d in data.districts if d.code == state.place.district), NOTHING)
        title = Text(f"{name.ko} {found.title.ko}", f"{found.title.en}, {name.en}")
        return msgspec.structs.replace(found, title=title)
    return read(data.metric, data.districts, now_ms) if data.metric else None


def _mappable(indicators: Sequence[Indicator]) -> list[Indicator]:
    return [indicator for indicator in indicators if indicator.areas == "districts"]


def _chosen(indicators: Sequence[Indicator], state: ViewState) -> Indicator | None:
    known = {indicator.id: indicator for indicator in _mappable(indicators)}
    metric = metric_of(state.metric, list(known))
    return known[metric] if metric is not None else None


def _choices(indicators: Sequence[Indicator], state: ViewState) -> tuple[Choice, ...]:
    """Four indicators to colour the map by; one asked for by voice takes the last place."""
    known = {indicator.id: indicator for indicator in _mappable(indicators)}
    usual = [i for i in here().maps if i in known] or list(known)[:4]
    chosen = _chosen(indicators, state)
    if chosen is not None and chosen.id not in usual:
        usual = [*usual[:3], chosen.id]
    return tuple(
        Choice(
            here().maps.get(wanted, known[wanted].title),
            Press("map.metric", {"indicator": wanted}),
            chosen is not None and wanted == chosen.id,
        )
        for wanted in usual
    )


def _figures(data: HomeData, now_ms: int) -> tuple[Figure, ...]:
    return tuple(
        figure(i, data.latest.get(i.id), data.sparks.get(i.id, ()), now_ms)
        for i in _headlines(data.indicators)
    )


def _headlines(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The figures of the day; where the city has fewer, the next of its indicators."""
    chosen = sorted((i for i in indicators if i.headline), key=lambda i: i.headline or 0)
    return [*chosen, *(i for i in indicators if i not in chosen)][:FIGURES]


def _map(
    data: HomeData, state: ViewState, reading: Reading | None, found: Sequence[Issue]
) -> MapModel | None:
    if data.geometry is None or reading is None or data.metric is None:
        return None
    selected = next((d for d in data.districts if d.code == state.place.district), None)
    markers = tuple(
        MapMarker(issue.number, issue.lon, issue.lat, issue.severity, issue.press)
        for issue in found[:SHOWN_ISSUES]
        if issue.lon is not None and issue.lat is not None
    )
    parts = _parts(data, state)
    grades, fills = reading.classes.grades, reading.classes.fills
    if data.inside is not None:
        around = len(grades)
        grades = (*grades, MapGrade(NOTHING, NEUTRAL))
        fills = tuple(DistrictFill(d.code, around) for d in data.districts)
    words = callout(data.metric, selected, len(data.districts))
    part = next((n for n in parts if n.code == state.place.neighbourhood), None)
    drawn = MapModel(
        geometry=data.geometry,
        grades=grades,
        fills=fills,
        markers=markers,
        selected=state.place.district,
        opened=state.place.district if parts else None,
        part_fills=reading.classes.fills if data.inside is not None else (),
        part=state.place.neighbourhood,
        part_command="neighbourhood.select",
        caption=(*caption_of(reading), *borders(parts), *guessed(data.districts)),
        callout=part_callout(part, data.inside, data.metric.indicator) if part else words,
        simulated=reading.simulated,
        district_command="district.select",
        zoom=state.map_zoom,
        x=state.map_x,
        y=state.map_y,
        view_command="map.view",
    )
    return layered(drawn, state.map_look, data.places, data.inside or data.metric)


def _tiles(
    known: Sequence[Camera], found: Sequence[Issue], live: Live, state: ViewState
) -> tuple[CameraTileModel, ...]:
    """The cameras nearest to the gravest issues, then by number; the strip shows some of them."""
    chosen: list[Camera] = []
    for issue in found:
        if issue.lon is None or issue.lat is None or len(chosen) >= STRIP // 2:
            continue
        lon, lat = issue.lon, issue.lat
        near = min(known, key=lambda c: (c.lon - lon) ** 2 + (c.lat - lat) ** 2, default=None)
        if near is not None and near not in chosen:
            chosen.append(near)
    chosen += [camera for camera in known if camera not in chosen]
    return tuple(
        cameras.tile(camera, live.cameras, camera.id == state.place.camera)
        for camera in chosen[:STRIP]
    )
