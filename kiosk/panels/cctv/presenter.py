"""The camera wall: which cameras, how they are, where they stand. No Qt."""

from typing import TYPE_CHECKING

import msgspec

from kiosk.core.camera_wall import Presets, Tour, page, selection
from kiosk.core.state import ViewState
from kiosk.pack.clock import local_time
from kiosk.panels import cameras
from kiosk.panels.cctv.model import CctvModel, PresetChoice, TourModel
from kiosk.panels.cctv.projection import project
from kiosk.panels.districts import Shapes
from kiosk.panels.panel import Live
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.map_model import NEUTRAL, MapGeometry, MapGrade, MapModel, MapPoint, Press
from kiosk.wire.city import Camera
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

LISTED = 60
"""So many cameras of a selection are on the map and in a tablet's list, each to be pressed."""
STRIP = 6


class CctvData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cameras: tuple[Camera, ...]
    geometry: MapGeometry | None


class CctvPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("cameras", "districts"))
    fields: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self._shapes = Shapes()
        self._counts: tuple[tuple[Camera, ...], Presets, dict[str, int]] | None = None

    def query(self, repositories: "Repositories", state: ViewState) -> CctvData:
        return CctvData(repositories.cameras(), self._shapes.of(repositories.districts()))

    def present(
        self, state: ViewState, data: CctvData | None, live: Live, now_ms: int
    ) -> CctvModel:
        wall = state.cctv
        if data is None:
            return CctvModel(loading=True, tiles_at_once=wall.tiles, film=wall.film)
        chosen = selection(wall, data.cameras)
        on_page = page(wall, chosen)[: 1 + STRIP] if wall.film else page(wall, chosen)
        opened = _opened(state, data.cameras, live)
        tiles = (opened,) if opened else tuple(_tile(camera, live) for camera in on_page)
        if wall.film and not opened:
            tiles = _as_film(tiles)
        shown = {tile.camera: tile for tile in tiles}
        listed = tuple(shown.get(c.id) or _tile(c, live) for c in chosen[:LISTED])
        return CctvModel(
            tiles=() if opened else tiles,
            opened=opened,
            warm=_warm(state, chosen, shown),
            title=wall.title if wall.chosen else Text("모든 카메라", "Every camera"),
            listed=listed,
            count=len(chosen),
            every=len(data.cameras),
            simulated=any(camera.simulated for camera in on_page),
            tiles_at_once=wall.tiles,
            film=wall.film,
            page=wall.page_of(len(chosen)),
            pages=wall.pages(len(chosen)),
            counts=cameras.count(tiles, now_ms),
            unasked=max(0, len(chosen) - len(tiles)),
            presets=self._presets(state, data.cameras, live.presets, now_ms),
            tour=_tour(state, chosen),
            zoom=wall.zoom,
            x=wall.x,
            y=wall.y,
            map=_map(state, data, listed, shown) if data.geometry is not None else None,
            now_ms=now_ms,
        )

    def project(self, model: CctvModel) -> Projection:
        return project(model)

    def _presets(
        self, state: ViewState, known: tuple[Camera, ...], presets: Presets, now_ms: int
    ) -> tuple[PresetChoice, ...]:
        """Those that choose any camera; how many is counted once for a catalogue."""
        if self._counts is None or self._counts[0] is not known or self._counts[1] is not presets:
            self._counts = (known, presets, {p.id: len(p.of(known)) for p in presets.preset})
        counts, by = self._counts[2], state.cctv.by
        now = local_time(now_ms)
        minute = now.hour * 60 + now.minute
        return tuple(
            PresetChoice(p.id, p.name, counts[p.id], by == f"preset/{p.id}", p.holds(minute))
            for p in presets.preset
            if counts[p.id]
        )


def _tile(camera: Camera, live: Live) -> CameraTileModel:
    return cameras.tile(camera, live.cameras, False)


def _opened(state: ViewState, known: tuple[Camera, ...], live: Live) -> CameraTileModel | None:
    """The camera in full; there the fingers zoom, and a button goes back."""
    found = next((c for c in known if c.id == state.place.camera), None)
    return msgspec.structs.replace(_tile(found, live), press=None) if found else None


def _as_film(tiles: tuple[CameraTileModel, ...]) -> tuple[CameraTileModel, ...]:
    """One of the strip is made the large one by a press; the large one is opened."""
    strip = (
        msgspec.structs.replace(t, press=Press("cctv.pick", {"camera": t.camera}))
        for t in tiles[1:]
    )
    return (*tiles[:1], *strip)


def _warm(
    state: ViewState, chosen: tuple[Camera, ...], shown: dict[str, CameraTileModel]
) -> tuple[str, ...]:
    wall = state.cctv
    behind = page(wall, chosen)[:STRIP] if state.place.camera else ()
    if wall.tour is not None and not wall.film:
        behind = page(wall, chosen, 1)
    return tuple(camera.id for camera in behind if camera.id not in shown)


def _tour(state: ViewState, chosen: tuple[Camera, ...]) -> TourModel:
    wall, count = state.cctv, len(chosen)
    steps, step = wall.pages(count), wall.page_of(count) + 1
    ids = [camera.id for camera in chosen]
    if state.place.camera in ids:
        steps, step = count, ids.index(str(state.place.camera)) + 1
    running = wall.tour or Tour(15, 0)
    return TourModel(step, steps, running.dwell_s, wall.tour.next_ms if wall.tour else None)


def _map(
    state: ViewState,
    data: CctvData,
    listed: tuple[CameraTileModel, ...],
    shown: dict[str, CameraTileModel],
) -> MapModel:
    """Where the cameras stand; full ones are on the screen and live. A district chooses its own."""
    assert data.geometry is not None
    places = {camera.id: camera for camera in data.cameras}
    points = tuple(
        MapPoint(
            tile.camera,
            places[tile.camera].lon,
            places[tile.camera].lat,
            tile.state if tile.camera in shown else "connecting",
            tile.camera == state.place.camera,
            Press("cctv.open", {"camera": tile.camera}),
        )
        for tile in listed
    )
    kind, _, district = state.cctv.by.partition("/")
    return MapModel(
        geometry=data.geometry,
        grades=(MapGrade(Text("", ""), NEUTRAL),),
        points=points,
        selected=district if kind == "district" else None,
        labels=False,
        scale_bar=False,
        district_command="cctv.district",
    )
