"""Pictures of items: on the map, as parts of a whole, in time, over the world. No Qt."""

from collections import Counter
from collections.abc import Callable, Iterable

from kiosk.pack import here
from kiosk.panels.outline.earth import from_city
from kiosk.panels.outline.lines import invented
from kiosk.panels.outline.model import Cell, Mark, Rings, Spot, Timeline, Treemap
from kiosk.panels.outline.scene import Drawn, Scene
from kiosk.panels.outline.status import is_late
from kiosk.panels.outline.words import amount, month, own
from kiosk.ui.charts.map_model import DistrictFill, MapMarker, MapModel, Press
from kiosk.wire.city import Item, Severity
from kiosk.wire.text import Text

CROWD = 20
"""Of more than so many the map marks the late ones and counts the others."""
LOST = 0.005
"""A rest smaller than this share is rounding, not something that the source leaves out."""
MAP = Text("어디에서", "Where")
PARTS = Text("넓이는 몫", "areas are shares")
TIME = Text("연혁", "Timeline")


def on_map(scene: Scene) -> Drawn | None:
    """What stands in the list where it lies; an opened one alone; while nothing is opened how many
    there are in each district."""
    geometry, opened = scene.data.geometry, scene.opened
    leaves = [leaf for root in scene.tree.roots() for leaf in scene.tree.leaves(root)]
    listed = leaves if opened is None else scene.shown
    if geometry is None or not any(_near(item) or item.districts for item in listed):
        return None
    leaf = opened is not None and not scene.tree.children(opened)
    lying = [(n, i) for n, i in enumerate(scene.shown, start=1) if not leaf or i is opened]
    if len(lying) > CROWD:
        lying = [(n, i) for n, i in lying if is_late(i, scene.now_ms)]
    marks = () if opened is None else tuple(m for n, i in lying for m in _markers(scene, n, i))
    counts = _counts(listed)
    shown = not marks or len(listed) > CROWD
    chosen = opened.districts[0] if leaf and opened and len(opened.districts) == 1 else None
    model = MapModel(
        geometry=geometry,
        fills=tuple(
            DistrictFill(d.code, 0, str(counts[d.code]) if counts[d.code] and shown else "")
            for d in scene.data.districts
        ),
        markers=marks,
        selected=chosen or scene.state.place.district,
        district_command="district.select",
        scale_bar=False,
    )
    return Drawn(model, MAP, _said(counts, len(scene.data.districts), leaf, bool(marks)))


def _counts(items: Iterable[Item]) -> Counter[str]:
    """How many there are in each district."""
    counts: Counter[str] = Counter()
    for item in items:
        counts.update(dict.fromkeys(item.districts, int(item.readings.get("each", 1))))
    return counts


def _said(counts: Counter[str], districts: int, leaf: bool, marks: bool) -> Text:
    """What the numbers on the map are."""
    if leaf:
        return Text("", "")
    each, parts = set(counts.values()), here().parts
    if len(each) == 1 and len(counts) == districts:
        n = each.pop()
        return Text(f"{parts.name.ko}마다 {n}곳", f"{n} in each {parts.name.en}")
    if not marks:
        return Text(f"{parts.name.ko}마다 몇 개", f"how many in each {parts.name.en}")
    if sum(counts.values()) > CROWD:
        return Text("번호는 늦은 사업", "numbers: those that are late")
    return Text("", "")


def _near(item: Item) -> bool:
    return any(here().bounds.holds(lat, lon) for lat, lon in item.places)


def _markers(scene: Scene, number: int, item: Item) -> Iterable[MapMarker]:
    press = Press("item.open", {"item": item.id})
    severity: Severity = "caution" if is_late(item, scene.now_ms) else "notice"
    for lat, lon in item.places:
        yield MapMarker(number, lon, lat, severity, press)


def as_parts(scene: Scene) -> Drawn | None:
    """Parts of the opened item, of the whole that it is part of, or of the first whole there is."""
    tree, opened = scene.tree, scene.opened
    wholes = [opened, tree.parent(opened) if opened else None, *scene.shown]
    for whole in wholes:
        if whole is None or not whole.readings:
            continue
        for below in (whole, *tree.children(whole)):
            found = _parts_of(scene, below)
            if found is not None:
                return found
    return None


def _parts_of(scene: Scene, whole: Item) -> Drawn | None:
    """None where the parts are none, or are several ways of dividing the same."""
    name = next(iter(whole.readings), "")
    parts = [p for p in scene.tree.children(whole) if p.readings.get(name, 0) > 0]
    total, listed = whole.readings.get(name, 0.0), sum(p.readings[name] for p in parts)
    if not parts or listed > total * (1 + LOST):
        return None
    rest = total - listed
    cells = tuple(
        Cell(
            title=part.title,
            size=part.readings[name],
            amount=amount(part, name),
            press=Press("item.open", {"item": part.id}),
            chosen=part is scene.opened,
        )
        for part in parts
    )
    known = rest > total * LOST
    label = (own(whole, "rest") or Text("", "")) if known else Text("", "")
    whole_words = amount(whole, name)
    value, unit = whole_words.value, whole_words.unit
    title = whole.title
    words = Text(f"{title.ko} {value.ko}{unit.ko}", f"{title.en}: {value.en} {unit.en}")
    simulated = any(invented(part) for part in parts)
    return Drawn(Treemap(cells, rest if known else 0.0, label), words, PARTS, simulated)


def in_time(*kinds: str) -> Callable[[Scene], Drawn | None]:
    """Draws moments of these kinds: those that stand in the list, else those of its first entry."""

    def draw(scene: Scene) -> Drawn | None:
        listed = [i for i in scene.shown if i.kind in kinds]
        if scene.opened is None and scene.shown:
            listed = [i for i in scene.tree.children(scene.shown[0]) if i.kind in kinds]
        dated = sorted((i.start_ms, i.position, i) for i in listed if i.start_ms is not None)
        if len(dated) < 2:
            return None
        marks = tuple(
            Mark(
                t_ms=t_ms,
                title=item.title,
                date=own(item, "when") or month(t_ms),
                press=Press("item.open", {"item": item.id}),
                chosen=item is scene.opened,
            )
            for t_ms, _, item in dated
        )
        return Drawn(Timeline(marks), TIME)

    return draw


def over_world(scene: Scene) -> Drawn | None:
    """What stands in the list far from the city; while nothing is opened what its entries are made
    of, under their numbers."""
    spots = []
    for number, item in enumerate(scene.shown, start=1):
        within = scene.tree.leaves(item) if scene.opened is None else (item,)
        for leaf in within:
            for lat, lon in leaf.places:
                if not here().bounds.holds(lat, lon):
                    km, bearing = from_city(lat, lon, here().centre)
                    press = Press("item.open", {"item": leaf.id})
                    chosen = leaf is scene.opened
                    spots.append(Spot(number, leaf.title, km, bearing, press, chosen))
    name = here().short
    title = Text(f"{name.ko}에서 본 거리와 방향", f"Distance and direction from {name.en}")
    return Drawn(Rings(tuple(spots)), title) if spots else None
