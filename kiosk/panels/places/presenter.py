"""Places of one kind: how many there are in each district, or all of one district. No Qt.

There may be tens of thousands of a kind, so the whole city is counted, and a district is read.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.cache.freshness import freshness
from kiosk.core.state import Place as Here
from kiosk.core.state import ViewState
from kiosk.panels.districts import Shapes
from kiosk.panels.outline.detail import known, row_of
from kiosk.panels.outline.model import NOTHING, Amount, Line, OutlineModel, Sheet
from kiosk.panels.outline.presenter import parts
from kiosk.panels.outline.words import joined
from kiosk.panels.panel import Live
from kiosk.panels.places.drawn import map_of
from kiosk.panels.places.kinds import KINDS, kind_of
from kiosk.panels.places.kinds.kind import PlaceKind, plain
from kiosk.panels.places.known import few, made_up, many
from kiosk.panels.places.rows import PlacesData
from kiosk.panels.places.told import Pair, area_of, press_of
from kiosk.ui.ages import age_words, dated
from kiosk.ui.charts.map_model import (
    Press,
)
from kiosk.wire.city import Place
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


class PlacesPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("places", "districts", "neighbourhoods", "sources"))
    fields = frozenset(("place",))

    def __init__(self) -> None:
        self._shapes = Shapes()

    def query(self, repositories: "Repositories", state: ViewState) -> PlacesData:
        kind, place = kind_of(state.place.only), state.place
        districts, areas = repositories.districts(), repositories.neighbourhoods()
        rows, counts, simulated = (many if kind.many else few)(repositories, kind, place.district)
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
            picture=map_of(told, opened, data, kind, state),
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


def _told(data: PlacesData, kind: PlaceKind, now_ms: int) -> list[Pair]:
    """Each place with how it is, in the order of the list."""
    pairs = [(row, kind.tell(row, now_ms)) for row in data.rows]
    return sorted(pairs, key=lambda pair: (pair[1].rank, pair[0].name))


def _opened(told: Sequence[Pair], here: Here) -> Pair | None:
    """The place that was asked for, or that of the neighbourhood that is looked at."""
    wanted = here.item or here.neighbourhood
    if not wanted:
        return None
    return next((pair for pair in told if wanted in (pair[0].id, area_of(pair[0]))), None)


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
    return press_of(before), press_of(after)


def _cameras(row: Place, kind: PlaceKind) -> Press | None:
    """Those near a place that is asked for by its name, or near the neighbourhood it is of."""
    if row.lat is None or (kind.many and not area_of(row)):
        return None
    return Press("cctv.near", {"to": area_of(row) or row.id})


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
            press=press_of(row),
            amount=one.amount,
            share=one.share,
            chosen=opened is not None and row.id == opened[0].id,
        )
        for n, (row, one) in enumerate(told, start=1)
    )


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
