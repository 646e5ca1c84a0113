"""The camera wall: which cameras, how they are, where they stand. No Qt."""

from typing import TYPE_CHECKING

import msgspec

from kiosk.core.state import ViewState
from kiosk.panels import cameras
from kiosk.panels.cctv.model import CctvModel
from kiosk.panels.districts import Shapes
from kiosk.panels.panel import Live
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.map_model import NEUTRAL, MapGeometry, MapGrade, MapModel, MapPoint, Press
from kiosk.wire.city import Camera
from kiosk.wire.projection import CamerasBlock, Projection
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("CCTV", "Cameras")


class CctvData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cameras: tuple[Camera, ...]
    geometry: MapGeometry | None


class CctvPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("cameras", "districts"))
    fields: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self._shapes = Shapes()

    def query(self, repositories: "Repositories", state: ViewState) -> CctvData:
        return CctvData(repositories.cameras(), self._shapes.of(repositories.districts()))

    def present(
        self, state: ViewState, data: CctvData | None, live: Live, now_ms: int
    ) -> CctvModel:
        if data is None:
            return CctvModel(loading=True, layout=state.cctv_tiles)
        chosen = state.place.camera
        everyone = tuple(cameras.tile(c, live.cameras, c.id == chosen) for c in data.cameras)
        opened = any(tile.selected for tile in everyone)
        pages = max(1, -(-len(everyone) // state.cctv_tiles))
        page = min(state.cctv_page, pages - 1)
        tiles = _tiles(everyone, opened, page, state.cctv_tiles)
        shown = {tile.camera for tile in tiles}
        return CctvModel(
            tiles=tiles,
            everyone=everyone,
            opened=opened,
            layout=state.cctv_tiles,
            page=page,
            pages=pages,
            counts=cameras.count(tiles, now_ms),
            unasked=len(everyone) - len(tiles),
            map=_map(data, everyone, shown) if data.geometry is not None else None,
            now_ms=now_ms,
        )

    def project(self, model: CctvModel) -> Projection:
        block = CamerasBlock(TITLE, cameras.rows(model.everyone, model.now_ms))
        return Projection("cctv", TITLE, Text("", ""), model.now_ms, (block,))


def _tiles(
    everyone: tuple[CameraTileModel, ...], opened: bool, page: int, count: int
) -> tuple[CameraTileModel, ...]:
    """One page of cameras, or the opened one: pressing that goes back."""
    if not opened:
        return everyone[page * count : (page + 1) * count]
    return tuple(
        msgspec.structs.replace(tile, selected=False, press=Press("cctv.close"))
        for tile in everyone
        if tile.selected
    )


def _map(data: CctvData, everyone: tuple[CameraTileModel, ...], shown: set[str]) -> MapModel:
    """Where the cameras stand; full ones are on the screen and live."""
    assert data.geometry is not None
    tiles = {tile.camera: tile for tile in everyone}
    points = tuple(
        MapPoint(
            camera.id,
            camera.lon,
            camera.lat,
            tiles[camera.id].state if camera.id in shown else "connecting",
            tiles[camera.id].selected,
            Press("cctv.open", {"camera": camera.id}),
        )
        for camera in data.cameras
    )
    return MapModel(
        geometry=data.geometry,
        grades=(MapGrade(Text("", ""), NEUTRAL),),
        points=points,
        labels=False,
        scale_bar=False,
    )
