"""Routes on the map, over where they are wanted. No Qt."""

import msgspec

from kiosk.panels.outline.scene import Drawn, Scene
from kiosk.ui.charts.map_model import DistrictFill, MapDot, MapLine, MapMarker, MapModel, Press
from kiosk.wire.city import Item
from kiosk.wire.text import Text

ROUTE = "route"
TITLE = Text("노선과 수요", "Routes and demand")
REMARK = Text("점은 수요, 번호는 노선", "dots: demand, numbers: routes")


def over_demand(scene: Scene) -> Drawn | None:
    """The routes of the opened story as lines under their numbers, and its own places, where people
    want to go, as dots. Of an opened route the others step back."""
    opened, geometry = scene.opened, scene.data.geometry
    if opened is None or geometry is None:
        return None
    story = scene.tree.parent(opened) if opened.kind == ROUTE else opened
    routes = [(n, i) for n, i in enumerate(scene.shown, start=1) if i.kind == ROUTE and i.places]
    if story is None or not routes:
        return None
    chosen = opened.id if opened.kind == ROUTE else ""
    model = MapModel(
        geometry=geometry,
        fills=tuple(DistrictFill(d.code, 0) for d in scene.data.districts),
        lines=tuple(_line(route, chosen) for _, route in routes),
        dots=tuple(
            MapDot(f"demand-{n}", lon, lat) for n, (lat, lon) in enumerate(story.places, start=1)
        ),
        markers=tuple(_marker(n, route) for n, route in routes),
        selected=scene.state.place.district,
        simulated=any(route.simulated for _, route in routes),
        district_command="district.select",
        scale_bar=False,
    )
    return Drawn(model, TITLE, REMARK)


def _line(route: Item, chosen: str) -> MapLine:
    line = MapLine(route.id, tuple((lon, lat) for lat, lon in route.places))
    return msgspec.structs.replace(line, faint=bool(chosen) and route.id != chosen)


def _marker(number: int, route: Item) -> MapMarker:
    """Where it begins."""
    lat, lon = route.places[0]
    return MapMarker(number, lon, lat, "notice", Press("item.open", {"item": route.id}))
