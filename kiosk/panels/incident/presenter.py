"""Incidents: today's list, and one with everything near it. No Qt."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.incidents import of_the_day, ranked
from kiosk.core.shown import LARGE_MAP, IncidentsShown, incident_fits
from kiosk.core.state import ViewState
from kiosk.panels.districts import Shapes
from kiosk.panels.figures import Figure, figure
from kiosk.panels.incident import near
from kiosk.panels.incident.clock import clock_of
from kiosk.panels.incident.model import (
    NOTHING,
    Deed,
    IncidentLine,
    IncidentModel,
    KindChoice,
    Scene,
    SceneMapModel,
    StandingChoice,
)
from kiosk.panels.incident.projection import project
from kiosk.panels.incident.words import kind_words, state_words
from kiosk.panels.orders.lines import moment, who
from kiosk.panels.panel import Live
from kiosk.ui.charts.map_model import MapGeometry, MapMarker, MapModel, Press
from kiosk.ui.times import clock_words
from kiosk.wire.city import Camera, District, Incident, Indicator, Observation, Place
from kiosk.wire.orders import Acknowledgement
from kiosk.wire.projection import Projection
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

FIGURES = ("fire", "ambulance", "accidents")
STATION, HOSPITAL, POLICE, SUBWAY = (
    "fire.station",
    "health.emergency_hospital",
    "safety.police_station",
    "subway.station",
)
MOST_KINDS = 5
EVERY = Text("전체", "All")
SHOWN_WORDS: dict[IncidentsShown, Text] = {
    "all": Text("모두", "All"),
    "urgent": Text("급한 것", "Urgent"),
    "running": Text("진행 중", "Running"),
    "unnoted": Text("확인 전", "Not noted"),
}


class IncidentData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the panel reads from the cache; `incidents` are ranked."""

    incidents: tuple[Incident, ...]
    cameras: tuple[Camera, ...]
    districts: tuple[District, ...]
    geometry: MapGeometry | None
    stations: tuple[Place, ...]
    hospitals: tuple[Place, ...]
    police: tuple[Place, ...]
    subways: tuple[Place, ...]
    indicators: tuple[Indicator, ...]
    latest: dict[str, Observation]
    sparks: dict[str, tuple[SparkPoint, ...]]


class IncidentPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(
        ("incidents", "cameras", "districts", "places", "indicators", "observations", "latest")
    )
    fields: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self._shapes = Shapes()

    def query(self, repositories: "Repositories", state: ViewState) -> IncidentData:
        districts = repositories.districts()
        return IncidentData(
            incidents=tuple(ranked(repositories.incidents(ended=True))),
            cameras=repositories.cameras(),
            districts=districts,
            geometry=self._shapes.of(districts),
            stations=repositories.places(STATION),
            hospitals=_best(repositories.places(HOSPITAL)),
            police=repositories.places(POLICE),
            subways=repositories.places(SUBWAY),
            indicators=tuple(i for i in repositories.indicators() if i.id in FIGURES),
            latest=repositories.latest(FIGURES),
            sparks=repositories.sparks(FIGURES),
        )

    def present(
        self, state: ViewState, data: IncidentData | None, live: Live, now_ms: int
    ) -> IncidentModel:
        asked = state.place.item is not None
        if data is None:
            return IncidentModel(loading=True, asked=asked, now_ms=now_ms)
        numbers = {row.id: number for number, row in enumerate(data.incidents, start=1)}
        today = of_the_day(data.incidents, now_ms)
        noted = _noted(live)
        of_kind = [i for i in today if state.incident_kind in ("", i.kind)]
        shown = [i for i in of_kind if _fits(i, state.lists.incidents, i.id in noted)]
        lines = tuple(_line(i, numbers[i.id], noted.get(i.id), live, now_ms) for i in shown)
        chosen = next((i for i in data.incidents if i.id == state.place.item), None)
        running = sum(not line.over for line in lines)
        return IncidentModel(
            title=Text(f"오늘의 현안 {len(lines)}건", f"{len(lines)} incidents today"),
            remark=Text(
                f"진행 중 {running}건, 급한 순", f"{running} running, the most urgent first"
            ),
            lines=lines,
            kinds=_kinds(today, state.incident_kind),
            standings=_standings(of_kind, frozenset(noted), state.lists.incidents),
            figures=_figures(data, now_ms),
            map=_map(data, shown, numbers, state),
            asked=asked,
            scene=_scene(chosen, data, numbers, live, now_ms) if chosen else None,
            large_map=chosen is not None and state.place.only == LARGE_MAP,
            simulated=any(i.simulated for i in shown),
            now_ms=now_ms,
        )

    def project(self, model: IncidentModel) -> Projection:
        return project(model)


def _best(hospitals: Sequence[Place]) -> tuple[Place, ...]:
    """Where a system of the register speaks of hospitals, those of the published list are the
    same ones again."""
    told = tuple(place for place in hospitals if "/" in place.id)
    return told or tuple(hospitals)


def _noted(live: Live) -> dict[str, Acknowledgement]:
    """Incident -> who took note of it first; what is still being written counts too."""
    writing = [w for w in live.writing if isinstance(w, Acknowledgement)]
    every = sorted([*live.given.acknowledgements, *writing], key=lambda a: a.t_ms, reverse=True)
    return {noted.incident: noted for noted in every}


def _noted_words(noted: Acknowledgement | None, live: Live, now_ms: int) -> Text:
    if noted is None:
        return NOTHING
    at, by = moment(noted.t_ms, now_ms), who(noted.by, live)
    return Text(f"확인 {at}, {by.ko}", f"noted {at}, {by.en}")


def _line(
    row: Incident, number: int, noted: Acknowledgement | None, live: Live, now_ms: int
) -> IncidentLine:
    return IncidentLine(
        id=row.id,
        number=number,
        severity=row.severity,
        headline=row.headline,
        facts=row.facts,
        state=state_words(row, now_ms),
        noted=_noted_words(noted, live, now_ms),
        over=row.ended_ms is not None,
        simulated=row.simulated,
    )


def _kinds(today: Sequence[Incident], chosen: str) -> tuple[KindChoice, ...]:
    """Every kind, then those of which there are most today."""
    counts = Counter(incident.kind for incident in today)
    most = [kind for kind, _ in counts.most_common(MOST_KINDS)]
    if chosen and chosen not in most:
        most = [*most[: MOST_KINDS - 1], chosen]
    found = [KindChoice("", _counted(EVERY, len(today)), not chosen)]
    for kind in most:
        label = _counted(kind_words(kind), counts[kind])
        found.append(KindChoice(kind, label, kind == chosen))
    return tuple(found)


def _fits(row: Incident, shown: IncidentsShown, noted: bool) -> bool:
    return incident_fits(shown, over=row.ended_ms is not None, severity=row.severity, noted=noted)


def _standings(
    rows: Sequence[Incident], noted: frozenset[str], chosen: IncidentsShown
) -> tuple[StandingChoice, ...]:
    """Every way to narrow the list, with how many there are of each."""
    counts = {
        shown: sum(_fits(row, shown, row.id in noted) for row in rows) for shown in SHOWN_WORDS
    }
    return tuple(
        StandingChoice(shown, _counted(words, counts[shown]), shown == chosen)
        for shown, words in SHOWN_WORDS.items()
    )


def _counted(words: Text, count: int) -> Text:
    return Text(f"{words.ko} {count}", f"{words.en} {count}")


def _figures(data: IncidentData, now_ms: int) -> tuple[Figure, ...]:
    known = {indicator.id: indicator for indicator in data.indicators}
    return tuple(
        figure(known[i], data.latest.get(i), data.sparks.get(i, ()), now_ms)
        for i in FIGURES
        if i in known
    )


def _map(
    data: IncidentData, shown: Sequence[Incident], numbers: dict[str, int], state: ViewState
) -> MapModel | None:
    """Where what runs now is."""
    if data.geometry is None:
        return None
    markers = tuple(
        MapMarker(
            numbers[i.id], i.lon, i.lat, i.severity, Press("incident.open", {"incident": i.id})
        )
        for i in shown
        if i.ended_ms is None and i.lat is not None and i.lon is not None
    )
    return MapModel(
        geometry=data.geometry,
        markers=markers,
        selected=state.place.district,
        district_command="district.select",
        scale_bar=False,
    )


def _scene(
    row: Incident, data: IncidentData, numbers: dict[str, int], live: Live, now_ms: int
) -> Scene:
    running = [i for i in data.incidents if i.ended_ms is None]
    noted = _noted(live).get(row.id)
    over = clock_words(row.ended_ms) if row.ended_ms is not None else ""
    scene = Scene(
        id=row.id,
        number=numbers[row.id],
        place=_place(row, running),
        kind=kind_words(row.kind),
        severity=row.severity,
        headline=row.headline,
        address=row.address,
        facts=row.facts,
        clock=clock_of(row),
        over=Text(f"{over}에 끝났습니다", f"It was over at {over}") if over else NOTHING,
        noted=_noted_words(noted, live, now_ms),
        simulated=row.simulated,
        deeds=_deeds(row, noted is not None),
    )
    if row.lat is None or row.lon is None:
        return scene
    return _with_surroundings(scene, row, (row.lat, row.lon), data, live, now_ms)


def _with_surroundings(
    scene: Scene,
    row: Incident,
    at: tuple[float, float],
    data: IncidentData,
    live: Live,
    now_ms: int,
) -> Scene:
    units = near.stations(row, data.stations)
    beds = near.hospitals(data.hospitals, *at)
    station, police = near.police_line(row, data.police)
    chosen = near.nearest_cameras(data.cameras, live.cameras, *at)
    radius_m = near.radius_of(units)
    return msgspec.structs.replace(
        scene,
        map=SceneMapModel(
            geometry=data.geometry,
            lat=at[0],
            lon=at[1],
            severity=row.severity,
            radius_m=radius_m,
            rings_m=near.rings_of(radius_m),
            marks=near.marks(row, units, beds, station, chosen, data.subways, radius_m * 1.6),
        )
        if data.geometry is not None
        else None,
        cameras=near.tiles(chosen, live.cameras),
        cameras_note=near.cameras_note(chosen),
        units=near.unit_lines(row, units, now_ms),
        units_note=near.units_note(row),
        hospitals=near.hospital_lines(beds, now_ms),
        beds_simulated=any(place.simulated for _, place in beds),
        police=police,
    )


def _place(row: Incident, running: Sequence[Incident]) -> Text:
    """Its rank among those that run."""
    if row not in running:
        return Text("종료된 현안", "over")
    rank, count = running.index(row) + 1, len(running)
    return Text(f"진행 중 {count}건 중 {rank}번째", f"{rank} of {count} running")


def _deeds(row: Incident, noted: bool) -> tuple[Deed, ...]:
    """What can be done about it; those in charge are asked for what still runs."""
    runs = row.ended_ms is None
    about = {"about": f"incidents/{row.id}"}
    note = Text("확인함", "Noted") if noted else Text("확인", "Take note")
    deeds: tuple[Deed, ...] = (
        Deed(Text("담당 호출", "Call"), Press("department.call"), "phone", runs),
        Deed(Text("영상 통화", "Video call"), Press("call.start", about), "person", runs),
        Deed(Text("지시하기", "Order"), Press("order.compose", about), "send", runs),
        Deed(note, Press("incident.note", {"incident": row.id}), "check", not noted),
    )
    if row.lat is not None:
        near = Press("cctv.near", {"to": row.id})
        deeds = (*deeds, Deed(Text("주변 CCTV", "Cameras"), near, "video"))
    if row.command != "indicator.open":
        return deeds
    return (*deeds, Deed(Text("지표", "Figure"), Press(row.command, dict(row.args)), "document"))
