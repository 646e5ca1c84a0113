"""Places of one kind: how many there are in each district, or all of one district. No Qt.

There may be tens of thousands of a kind, so the whole city is counted, and a district is read.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.cache.freshness import freshness
from kiosk.core.state import Place as Here
from kiosk.core.state import ViewState
from kiosk.panels.districts import Shapes, borders
from kiosk.panels.outline.detail import known, row_of
from kiosk.panels.outline.model import NOTHING, Amount, Line, OutlineModel, Sheet
from kiosk.panels.outline.presenter import parts
from kiosk.panels.outline.words import joined
from kiosk.panels.panel import Live
from kiosk.panels.places.kinds import KINDS, kind_of
from kiosk.panels.places.kinds.kind import PlaceKind, Told, plain
from kiosk.ui.ages import age_words, dated
from kiosk.ui.charts.map_model import (
    NEUTRAL,
    RAMP,
    DistrictFill,
    MapDot,
    MapGeometry,
    MapGrade,
    MapModel,
    Press,
)
from kiosk.wire.city import District, Neighbourhood, Place, Source
from kiosk.wire.projection import Projection, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

PANEL = "places"
TITLE = Text("시설", "Places")
INVENTED = Text("시연용 항목, 실제 시설 아님", "Demonstration entry, no real place")
PLAYED = Text("상태는 시연용", "How it is now is the demonstration's")
CHOOSE = Text("지도를 누르면 하나씩 보입니다", "Press the map to see each of them")
NOWHERE = Text("어디인지 모르는 곳", "Place not known")
OF_A_SYSTEM = "/"  # stands in the ids of what a system of the register tells
MADE_UP = "demo-"  # ids of places that only the demonstration has


class PlacesData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`rows` are those of `district`, or of the city where there are not too many; `counts` are of
    every district ("" not known), where the whole city is looked at."""

    word: str
    district: str | None
    counts: dict[str, int]
    rows: tuple[Place, ...]
    simulated: bool
    districts: tuple[District, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    geometry: MapGeometry | None
    sources: tuple[Source, ...]


class PlacesPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("places", "districts", "neighbourhoods", "sources"))
    fields = frozenset(("place",))

    def __init__(self) -> None:
        self._shapes = Shapes()

    def query(self, repositories: "Repositories", state: ViewState) -> PlacesData:
        kind, place = kind_of(state.place.only), state.place
        districts, areas = repositories.districts(), repositories.neighbourhoods()
        rows, counts, simulated = (_many if kind.many else _few)(repositories, kind, place.district)
        return PlacesData(
            word=kind.word,
            district=place.district,
            counts=counts,
            rows=rows,
            simulated=simulated,
            districts=districts,
            neighbourhoods=areas,
            geometry=self._shapes.of(districts, areas),
            sources=repositories.sources(),
        )

    def present(
        self, state: ViewState, data: PlacesData | None, live: Live, now_ms: int
    ) -> OutlineModel:
        kind, here = kind_of(state.place.only), state.place
        narrowings = [(k.word, k.title) for k in KINDS]
        choices = parts(PANEL, narrowings, kind.word, whole=False)
        if data is None or (data.word, data.district) != (kind.word, here.district):
            return OutlineModel(PANEL, kind.title, loading=True, parts=choices, now_ms=now_ms)
        told = _told(data, kind, now_ms)
        opened = _opened(told, here)
        lines = _city(data, kind) if here.district is None else _district(told, opened)
        up = Press("panel.narrow", {"panel": PANEL, "to": kind.word})
        if here.neighbourhood is not None:
            up = Press("neighbourhood.clear")
        return OutlineModel(
            panel=PANEL,
            title=_title(data, kind),
            remark=_remark(data, kind, told, now_ms),
            lines=lines,
            sheet=_sheet(opened, data, kind, now_ms) if opened else None,
            picture=_map(told, opened, data, kind, state),
            picture_title=kind.title,
            picture_remark=_map_words(kind, here),
            up=up,
            beside=_beside(told, opened) if opened else None,
            indicator=kind.indicator,
            cameras=_cameras(opened[0], kind) if opened else None,
            parts=choices,
            orders=False,
            opened=opened is not None,
            simulated=data.simulated,
            whole=here.district is None,
            now_ms=now_ms,
        )

    def project(self, model: OutlineModel) -> Projection:
        one = model.sheet if model.opened else None
        blocks = [RowsBlock(one.title, known(one), one.simulated)] if one is not None else []
        rows = tuple(row_of(line) for line in model.lines)
        blocks.append(RowsBlock(model.title, rows, model.simulated))
        return Projection(PANEL, TITLE, model.remark, model.now_ms, tuple(blocks))


Pair = tuple[Place, Told]


Found = tuple[tuple[Place, ...], dict[str, int], bool]
"""Places, how many there are in each district, and whether what is shown is the demonstration's."""


def _many(repositories: "Repositories", kind: PlaceKind, district: str | None) -> Found:
    """Of the city how many there are, of a district each of them."""
    if district is not None:
        rows = best(repositories.places(kind.kind, district))
        return rows, {}, any(row.simulated for row in rows)
    found = repositories.place_counts(kind.kind)
    real = any(told for _, told in found.values())
    counts = {code: told if real else every for code, (every, told) in found.items()}
    return (), counts, bool(found) and not real


def _few(repositories: "Repositories", kind: PlaceKind, district: str | None) -> Found:
    """All of them, or those of a district. In the whole city only a list is shown: its places may
    be real where how they are is not."""
    every = best(repositories.places(kind.kind))
    counts = dict(Counter(row.district for row in every))
    rows = tuple(row for row in every if district in (None, row.district))
    played = any(made_up(row) or (row.simulated and district is not None) for row in rows)
    return rows, counts, played


def best(rows: Sequence[Place]) -> tuple[Place, ...]:
    """Where a system tells of places of a kind, the demonstration's own are not shown beside them,
    and no place that it plays. What a list and systems call by one name is one place: where it
    stands by the list, how it is by all of them."""
    real = [row for row in rows if OF_A_SYSTEM in row.id]
    if not real:
        return tuple(rows)
    listed = {
        row.name: msgspec.structs.replace(row, readings={}, simulated=False)
        for row in rows
        if OF_A_SYSTEM not in row.id and not made_up(row)
    }
    apart = []
    for row in real:
        if row.lat is None and row.name in listed:
            listed[row.name] = _both(listed[row.name], row)
        else:
            apart.append(row)
    return (*apart, *listed.values())


def _both(listed: Place, told: Place) -> Place:
    return msgspec.structs.replace(
        listed,
        source_id=told.source_id,
        readings={**listed.readings, **told.readings},
        t_ms=max(filter(None, (listed.t_ms if listed.readings else None, told.t_ms)), default=None),
    )


def made_up(row: Place) -> bool:
    """Whether only the demonstration has it."""
    return row.id.startswith(MADE_UP)


def _told(data: PlacesData, kind: PlaceKind, now_ms: int) -> list[Pair]:
    """Each place with how it is, in the order of the list."""
    pairs = [(row, kind.tell(row, now_ms)) for row in data.rows]
    return sorted(pairs, key=lambda pair: (pair[1].rank, pair[0].name))


def _opened(told: Sequence[Pair], here: Here) -> Pair | None:
    """The place that was asked for, or that of the neighbourhood that is looked at."""
    wanted = here.item or here.neighbourhood
    if not wanted:
        return None
    return next((pair for pair in told if wanted in (pair[0].id, _area(pair[0]))), None)


def _area(row: Place) -> str:
    """Code of the neighbourhood that it stands for, "" where it does for none."""
    return str(row.attributes.get("neighbourhood") or "")


def _title(data: PlacesData, kind: PlaceKind) -> Text:
    name = next((d.name for d in data.districts if d.code == data.district), None)
    if name is None:
        return kind.title
    return Text(f"{name.ko} {kind.title.ko}", f"{kind.title.en}, {name.en}")


def _remark(data: PlacesData, kind: PlaceKind, told: Sequence[Pair], now_ms: int) -> Text:
    """How many there are, what they say together, and how old the oldest of that is."""
    count = len(data.rows) if data.district is not None else sum(data.counts.values())
    words = [kind.counted(count)]
    if told:
        words.append(kind.sum_up([one for _, one in told]))
    times = [row.t_ms for row, one in told if one.amount is not None and row.t_ms is not None]
    if kind.period_s and times and data.district is not None:
        quality = freshness(min(times), kind.period_s, now_ms)
        words.append(dated(age_words(now_ms - min(times)), quality))
    return joined(words)


def _beside(told: Sequence[Pair], opened: Pair) -> tuple[Press, Press]:
    """What stands before it in the list and after it, round the end."""
    keys = [row.id for row, _ in told]
    here = keys.index(opened[0].id)
    before, after = told[here - 1][0], told[(here + 1) % len(told)][0]
    return _press(before), _press(after)


def _cameras(row: Place, kind: PlaceKind) -> Press | None:
    """Those near a place that is asked for by its name, or near the neighbourhood it is of."""
    if row.lat is None or (kind.many and not _area(row)):
        return None
    return Press("cctv.near", {"to": _area(row) or row.id})


def _city(data: PlacesData, kind: PlaceKind) -> tuple[Line, ...]:
    """Every district with how many there are, the most first."""
    most = max(data.counts.values(), default=0)
    order = sorted(data.districts, key=lambda d: (-data.counts.get(d.code, 0), d.code))
    return tuple(
        Line(
            id=district.code,
            number=n,
            title=district.name,
            facts=NOTHING,
            press=Press("district.select", {"district": district.code}),
            amount=Amount(plain(data.counts.get(district.code, 0)), Text("곳", "")),
            share=data.counts.get(district.code, 0) / most if most else None,
            of_largest=True,
        )
        for n, district in enumerate(order, start=1)
        if data.counts
    )


def _district(told: Sequence[Pair], opened: Pair | None) -> tuple[Line, ...]:
    return tuple(
        Line(
            id=row.id,
            number=n,
            title=Text(row.name, row.name),
            facts=one.words,
            press=_press(row),
            amount=one.amount,
            share=one.share,
            chosen=opened is not None and row.id == opened[0].id,
        )
        for n, (row, one) in enumerate(told, start=1)
    )


def _press(row: Place) -> Press:
    """What stands for a neighbourhood opens with it; what cannot be opened asks for nothing."""
    if area := _area(row):
        return Press("neighbourhood.select", {"neighbourhood": area})
    kind = next((kind for kind in KINDS if kind.kind == row.kind and kind.opens), None)
    if kind is None:
        return Press("")
    args = {"place": row.id}
    return Press("place.open", args | {"among": kind.word, "district": row.district})


def _sheet(opened: Pair, data: PlacesData, kind: PlaceKind, now_ms: int) -> Sheet:
    row, one = opened
    facts = [*one.facts]
    if row.address:
        facts.append((Text("주소", "Address"), Text(row.address, row.address)))
    if row.phone:
        facts.append((Text("전화", "Phone"), Text(row.phone, row.phone)))
    if kind.period_s and row.readings:
        facts.append((Text("자료", "As of"), _age(row, kind, now_ms)))
    district = next((d.name for d in data.districts if d.code == row.district), NOTHING)
    invented = row.simulated and made_up(row)
    return Sheet(
        id=row.id,
        kicker=joined([kind.title, district], " / "),
        title=Text(row.name, row.name),
        figures=one.figures,
        facts=tuple(facts),
        source=INVENTED if invented else _source(row, data),
        played=PLAYED if row.simulated and not invented else NOTHING,
        simulated=row.simulated,
        invented=invented,
    )


def _age(row: Place, kind: PlaceKind, now_ms: int) -> Text:
    if row.t_ms is None:
        return NOTHING
    quality = freshness(row.t_ms, kind.period_s, now_ms)
    return dated(age_words(now_ms - row.t_ms), quality)


def _source(row: Place, data: PlacesData) -> Text:
    return next((s.name for s in data.sources if s.id == row.source_id), NOTHING)


def _map_words(kind: PlaceKind, here: Here) -> Text:
    """What the dots are, else what to press for them."""
    if here.district is None:
        return CHOOSE if kind.many or not kind.legend.ko else kind.legend
    return NOTHING if kind.areas else kind.legend


def _map(
    told: Sequence[Pair], opened: Pair | None, data: PlacesData, kind: PlaceKind, state: ViewState
) -> MapModel | None:
    if data.geometry is None:
        return None
    inside = data.district is not None
    dots = () if kind.areas and inside else tuple(_dots(told, opened, kind))
    model = MapModel(
        geometry=data.geometry,
        fills=tuple(
            DistrictFill(d.code, 0, "" if inside or not data.counts else _count(data, d.code))
            for d in data.districts
        ),
        dots=dots,
        selected=data.district,
        simulated=data.simulated,
        district_command="district.select",
        scale_bar=False,
        zoom=state.map_zoom,
        x=state.map_x,
        y=state.map_y,
        view_command="map.view",
    )
    return _areas(model, told, data, state) if kind.areas and inside else model


def _count(data: PlacesData, district: str) -> str:
    count = data.counts.get(district, 0)
    return f"{count:,}" if count else ""


def _dots(told: Sequence[Pair], opened: Pair | None, kind: PlaceKind) -> list[MapDot]:
    return [
        MapDot(
            id=row.id,
            lon=row.lon,
            lat=row.lat,
            shape=one.shape,
            chosen=opened is not None and row.id == opened[0].id,
            press=_press(row) if kind.opens else None,
        )
        for row, one in told
        if row.lon is not None and row.lat is not None
    ]


SHADES = {"faint": 0, "ring": 1, "full": 2}


def _areas(model: MapModel, told: Sequence[Pair], data: PlacesData, state: ViewState) -> MapModel:
    """The district opened: each neighbourhood in the shade and with the word of its own place."""
    by_area = {_area(row): one for row, one in told}
    areas = tuple(n for n in data.neighbourhoods if n.district == data.district)
    grades = tuple(MapGrade(NOTHING, RAMP[n]) for n in range(len(SHADES)))
    around = len(grades)
    return msgspec.structs.replace(
        model,
        grades=(*grades, MapGrade(NOTHING, NEUTRAL)),
        fills=tuple(DistrictFill(d.code, around) for d in data.districts),
        opened=data.district,
        part_fills=tuple(
            DistrictFill(
                area.code, _shade(by_area.get(area.code)), _word(by_area.get(area.code), state)
            )
            for area in areas
        ),
        part=state.place.neighbourhood,
        part_command="neighbourhood.select",
        caption=borders(areas),
    )


def _shade(one: Told | None) -> int | None:
    return SHADES[one.shape] if one is not None else None


def _word(one: Told | None, state: ViewState) -> str:
    if one is None:
        return ""
    return one.words.ko if state.language == "ko" else one.words.en
