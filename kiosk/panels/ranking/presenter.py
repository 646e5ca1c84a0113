"""Districts in the order of a figure: by value, from either end, by name or by change. No Qt."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.looks import AreasLook, Order
from kiosk.core.lookup import metric_of
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.panels.districts import DistrictFigures, change_of, read
from kiosk.panels.figures import published, signed
from kiosk.panels.indicators.areas import Compared
from kiosk.panels.inside import outside
from kiosk.panels.panel import Live
from kiosk.ui.charts.map_model import Press
from kiosk.ui.charts.ranking_model import RankedDistrict, RankingModel
from kiosk.wire.city import CITY_AREA, District
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

NOTHING = Text("", "")
TITLE = Text("순위", "Ranking")
FEW = 5
ORDERS: Mapping[Order, tuple[Text, str]] = {
    "value": (Text("값", "Figure"), "ranking.by_value"),
    "reverse": (Text("거꾸로", "Reversed"), "ranking.reverse"),
    "name": (Text("이름", "Name"), "ranking.by_name"),
    "change": (Text("변화", "Change"), "ranking.by_change"),
}
COUNTS: Mapping[int, tuple[Text, Press]] = {
    0: (Text("모두", "All"), Press("ranking.all")),
    FEW: (Text(f"상위 {FEW}", f"First {FEW}"), Press("ranking.top", {"count": FEW})),
    -FEW: (Text(f"하위 {FEW}", f"Last {FEW}"), Press("ranking.bottom", {"count": FEW})),
}


class RankingData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    figures: DistrictFigures | None
    districts: tuple[District, ...]


class RankingPanelModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`orders` are those that the indicator can be put in, `order` and `count` (a key of COUNTS)
    what holds; -1 and None: none of those."""

    loading: bool = False
    title: Text = NOTHING
    remark: Text = NOTHING
    ranking: RankingModel = RankingModel()
    orders: tuple[Order, ...] = ()
    order: int = 0
    count: int | None = 0
    simulated: bool = False
    now_ms: int = 0


class RankingPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("districts", "indicators", "observations", "latest", "sources"))
    fields = frozenset(("place", "metric"))

    def query(self, repositories: "Repositories", state: ViewState) -> RankingData:
        known = {i.id: i for i in repositories.indicators() if i.areas == "districts"}
        metric = metric_of(state.place.indicator or state.metric, list(known))
        districts = repositories.districts()
        if metric is None:
            return RankingData(None, districts)
        indicator = known[metric]
        source = next((s for s in repositories.sources() if s.id == indicator.source_id), None)
        figures = outside(repositories, indicator, source)
        if published(indicator):
            areas = (CITY_AREA, *(district.code for district in districts))
            first = repositories.first_by_area(metric, areas)
            figures = msgspec.structs.replace(figures, first=first)
        return RankingData(figures, districts)

    def present(
        self, state: ViewState, data: RankingData | None, live: Live, now_ms: int
    ) -> RankingPanelModel:
        if data is None:
            return RankingPanelModel(loading=True, now_ms=now_ms)
        if data.figures is None:
            words = Text("순위를 매길 자료가 아직 없습니다", "There are no figures to rank yet")
            return RankingPanelModel(remark=words, now_ms=now_ms)
        figures, look = data.figures, state.place.areas
        compared = Compared(figures, data.districts, state.place.district, "district", here().short)
        orders: tuple[Order, ...] = ("value", "reverse", "name")
        if change_of(figures):
            orders = (*orders, "change")
        reading = read(figures, data.districts, now_ms)
        changed = look.order == "change" and look.order in orders
        title, unit = figures.indicator.title, figures.indicator.unit
        return RankingPanelModel(
            title=Text(f"{title.ko}, {unit.ko}", f"{title.en}, {unit.en}"),
            remark=reading.period if changed else compared.remark(reading),
            ranking=_cut(_ordered(compared.ranking(), figures, look.order), look),
            orders=orders,
            order=orders.index(look.order) if look.order in orders else -1,
            count=look.most if look.most in COUNTS else None,
            simulated=any(row.simulated for row in figures.latest.values()),
            now_ms=now_ms,
        )

    def project(self, model: RankingPanelModel) -> Projection:
        rows = tuple(
            Row(
                headline=Text(f"{r.rank or '·'}. {r.name.ko}", f"{r.rank or '·'}. {r.name.en}"),
                facts=Text(r.printed, r.printed),
                command=r.press.command if r.press else "",
                args=dict(r.press.args) if r.press else {},
            )
            for r in model.ranking.rows
        )
        blocks = (RowsBlock(model.title, rows, model.simulated),) if rows else ()
        return Projection("ranking", TITLE, model.remark, model.now_ms, blocks)


def _ordered(ranking: RankingModel, figures: DistrictFigures, order: Order) -> RankingModel:
    """The same rows, each with its rank; by change they tell that instead of their figures."""
    rows = ranking.rows
    known = [row for row in rows if row.value is not None]
    unknown = [row for row in rows if row.value is None]
    if order == "reverse":
        return msgspec.structs.replace(ranking, rows=(*reversed(known), *unknown))
    if order == "name":
        return msgspec.structs.replace(ranking, rows=tuple(sorted(rows, key=lambda r: r.name.ko)))
    changes = change_of(figures)
    if order == "value" or not changes:
        return ranking
    moved = sorted(known, key=lambda row: -changes.get(row.district, float("-inf")))
    changed = [_moved(row, changes.get(row.district), n) for n, row in enumerate(moved, start=1)]
    return RankingModel((*changed, *unknown), changes.get(CITY_AREA))


def _moved(row: RankedDistrict, change: float | None, rank: int) -> RankedDistrict:
    printed = "—" if change is None else f"{signed(change, 1)}%"
    place = rank if change is not None else None
    return msgspec.structs.replace(row, rank=place, value=change, printed=printed)


def _cut(ranking: RankingModel, look: AreasLook) -> RankingModel:
    """So many from the beginning, or from the end; the city's rule where it lies among them."""
    rows = ranking.rows
    if look.most > 0:
        rows = rows[: look.most]
    elif look.most < 0:
        rows = tuple(row for row in rows if row.value is not None)[look.most :]
    values, city = [row.value for row in rows if row.value is not None], ranking.city
    if city is not None and not (values and min(values) <= city <= max(values)):
        city = None
    return RankingModel(rows, city)
