"""Indicators: the board of all, or one in full. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.state import ViewState
from kiosk.panels.districts import Shapes
from kiosk.panels.figures import figure
from kiosk.panels.indicators.detail import DetailData, detail, read_detail
from kiosk.panels.indicators.model import BoardTile, Detail, IndicatorsModel
from kiosk.panels.indicators.narrowed import (
    belongs,
    narrowed_words,
    narrowing_choices,
    urgency,
)
from kiosk.panels.lens import lens_of_item
from kiosk.panels.panel import Live
from kiosk.panels.projections import figure_block, map_block
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import District, Indicator, Item, Observation, Source
from kiosk.wire.projection import Block, ChartBlock, Projection, Row, RowsBlock
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("시정 지표", "Indicators")
FIRST = Text("먼저 볼 것", "Look here first")
BOARD_MS = 5_000


class IndicatorsData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The catalogue and either the board's figures or one indicator's."""

    indicators: tuple[Indicator, ...]
    districts: tuple[District, ...]
    sources: tuple[Source, ...]
    latest: dict[str, Observation]
    sparks: dict[str, tuple[SparkPoint, ...]]
    detail: DetailData | None
    goal: Item | None = None


class IndicatorsPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(
        ("districts", "neighbourhoods", "indicators", "observations", "latest", "sources")
    )
    fields = frozenset(("place", "goal"))

    def __init__(self) -> None:
        self._shapes = Shapes()
        self._board: tuple[IndicatorsData, int, str, tuple[BoardTile, ...]] | None = None

    def query(self, repositories: "Repositories", state: ViewState) -> IndicatorsData:
        indicators = repositories.indicators()
        districts = repositories.districts()
        chosen = next((i for i in indicators if i.id == state.place.indicator), None)
        everyone = [i.id for i in indicators] if chosen is None else []
        shapes = self._shapes.of(districts, repositories.neighbourhoods())
        return IndicatorsData(
            indicators=indicators,
            districts=districts,
            sources=repositories.sources(),
            latest=repositories.latest(everyone) if everyone else {},
            sparks=repositories.sparks(everyone) if everyone else {},
            detail=(
                read_detail(repositories, chosen, districts, shapes, state)
                if chosen is not None
                else None
            ),
            goal=repositories.item(state.goal) if state.goal else None,
        )

    def present(
        self, state: ViewState, data: IndicatorsData | None, live: Live, now_ms: int
    ) -> IndicatorsModel:
        if data is None:
            return IndicatorsModel(loading=True, now_ms=now_ms)
        if state.place.indicator is not None:
            asked = data.detail
            if asked is None or asked.indicator.id != state.place.indicator:
                return IndicatorsModel(loading=True, now_ms=now_ms)
            number = [i.id for i in data.indicators].index(asked.indicator.id) + 1
            place = f"{number}/{len(data.indicators)}"
            found = detail(
                asked,
                state,
                data.districts,
                data.sources,
                live.desk,
                live.disclosure,
                place,
                now_ms,
            )
            return IndicatorsModel(detail=found, now_ms=now_ms)
        tiles, goal, only = self._tiles(data, state.place.only, now_ms), data.goal, state.place.only
        none = None
        if not tiles:
            none = narrowed_words(only) if only else goal.title if goal is not None else None
        return IndicatorsModel(
            tiles=tiles,
            none_of=none,
            narrowed=narrowing_choices(only),
            small=state.small_tiles,
            now_ms=now_ms,
        )

    def _tiles(self, data: IndicatorsData, only: str, now_ms: int) -> tuple[BoardTile, ...]:
        """The board, made again for new rows and every few seconds (some 5 ms for 32)."""
        moment = now_ms // BOARD_MS
        if self._board is None or self._board[0] is not data or self._board[1:3] != (moment, only):
            self._board = (data, moment, only, _board(data, only, now_ms))
        return self._board[3]

    def project(self, model: IndicatorsModel) -> Projection:
        if model.detail is not None:
            return _detail_projection(model.detail, model.now_ms)
        blocks = tuple(figure_block(t.figure, model.now_ms, t.press) for t in model.tiles)
        return Projection("indicators", TITLE, Text("", ""), model.now_ms, blocks)


def _board(data: IndicatorsData, only: str, now_ms: int) -> tuple[BoardTile, ...]:
    """What asks to be looked at first, the gravest before; then all others, those of a theme
    together, in the order of the catalogue. Of those alone that it is narrowed to."""
    themes = list(dict.fromkeys(i.theme for i in data.indicators))
    lens = lens_of_item(data.goal)
    seen = [i for i in data.indicators if lens is None or lens.serves(i.sdg)]
    ordered: Sequence[Indicator] = sorted(seen, key=lambda i: themes.index(i.theme))
    shown = [
        (figure(i, data.latest.get(i.id), data.sparks.get(i.id, ()), now_ms), i) for i in ordered
    ]
    shown = [(f, i) for f, i in shown if belongs(only, f, i, data.sparks.get(i.id, ()))]
    urgent = sorted((f for f in shown if urgency(f[0])), key=lambda f: -urgency(f[0]))
    tiles: list[BoardTile] = []
    for found, indicator in (*urgent, *(f for f in shown if not urgency(f[0]))):
        theme = FIRST if urgency(found) else indicator.theme_title
        first = not tiles or tiles[-1].theme != theme
        press = Press("indicator.open", {"indicator": indicator.id})
        tiles.append(BoardTile(found, theme, first, press))
    return tuple(tiles)


def _detail_projection(found: Detail, now_ms: int) -> Projection:
    points = [
        (p.t_ms, p.value)
        for series in found.chart.series[:1]
        for p in series.points
        if p.value is not None
    ]
    blocks: list[Block] = [figure_block(found.figure, now_ms, None)]
    unit = found.figure.unit
    simulated = found.figure.simulated
    blocks.append(ChartBlock(found.chart_title, unit, tuple(points), simulated))
    if found.map is not None and found.reading is not None:
        blocks.append(map_block(found.reading, found.map, now_ms))
    if found.ranking.rows:
        ranked = tuple(
            Row(
                headline=r.name,
                facts=Text(r.printed, r.printed),
                command=r.press.command if r.press else "",
                args=dict(r.press.args) if r.press else {},
            )
            for r in found.ranking.rows
        )
        remark = found.ranking_remark
        title = Text(
            f"{found.ranking_title.ko}, {remark.ko}", f"{found.ranking_title.en}, {remark.en}"
        )
        blocks.append(RowsBlock(title, ranked, simulated))
    return Projection("indicators", found.title, found.theme, now_ms, tuple(blocks))
