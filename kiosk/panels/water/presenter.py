"""Water: every purification plant against the limits of drinking water, and the river. No Qt."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.cache.freshness import freshness
from kiosk.core.incidents import ranked
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.panels.fields import (
    ABSENT,
    NOTHING,
    FieldModel,
    FieldRow,
    Table,
    beside_block,
    happening,
    happening_block,
    row_block,
)
from kiosk.panels.figures import figure
from kiosk.panels.panel import Live
from kiosk.panels.projections import figure_block
from kiosk.panels.water.limits import LIMITS, RIVER, below_grade, beyond
from kiosk.ui.ages import aged
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import Incident, Indicator, Observation, Place
from kiosk.wire.projection import Block, Projection
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TURBIDITY = "turbidity"
PLANT, RIVERS = "water.plant", "water.river"
PERIOD_S = 600  # as often as plants report
INCIDENTS = ("water", "alert.infra")
TITLE = Text("물", "Water")
RIVER_TABLE = Text("하천 수질, ‘약간 좋음’ 등급", "Rivers against grade II")
TABLE = Text("정수장, 먹는물 기준", "Purification plants against the limits")


class WaterData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    plants: tuple[Place, ...]
    rivers: tuple[Place, ...]
    indicators: dict[str, Indicator]
    latest: dict[str, Observation]
    sparks: dict[str, tuple[SparkPoint, ...]]
    incidents: tuple[Incident, ...]


class WaterPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("places", "indicators", "observations", "latest", "incidents"))
    fields: frozenset[str] = frozenset()

    def query(self, repositories: "Repositories", state: ViewState) -> WaterData:
        return WaterData(
            plants=repositories.places(PLANT),
            rivers=repositories.places(RIVERS),
            indicators={i.id: i for i in repositories.indicators() if i.id in _figures()},
            latest=repositories.latest(_figures()),
            sparks=repositories.sparks(_figures()),
            incidents=tuple(ranked(repositories.incidents())),
        )

    def present(
        self, state: ViewState, data: WaterData | None, live: Live, now_ms: int
    ) -> FieldModel:
        if data is None:
            return FieldModel(loading=True, title=TABLE, now_ms=now_ms)
        figures = tuple(
            figure(data.indicators[i], data.latest.get(i), data.sparks.get(i, ()), now_ms)
            for i in _figures()
            if i in data.indicators
        )
        return FieldModel(
            figures=figures,
            said=_said(data.plants, now_ms),
            title=TABLE,
            columns=(*(title for title, _, _ in LIMITS.values()), Text("자료", "As of")),
            rows=tuple(_row(plant, now_ms) for plant in data.plants),
            simulated=any(plant.simulated for plant in data.plants),
            beside=_rivers(data.rivers, now_ms),
            lines=happening(data.incidents, INCIDENTS, now_ms),
            now_ms=now_ms,
        )

    def project(self, model: FieldModel) -> Projection:
        blocks: list[Block] = [
            figure_block(f, model.now_ms, Press("indicator.open", {"indicator": f.indicator}))
            for f in model.figures
        ]
        blocks += [row_block(model), *beside_block(model), *happening_block(model)]
        return Projection("water", TITLE, model.said, model.now_ms, tuple(blocks))


def _figures() -> tuple[str, ...]:
    return tuple(filter(None, (TURBIDITY, here().gauge)))


def _readings(plant: Place) -> dict[str, float]:
    known: Mapping[str, float | str | None] = plant.readings
    return {k: float(v) for k, v in known.items() if isinstance(v, int | float)}


def _row(plant: Place, now_ms: int) -> FieldRow:
    readings = _readings(plant)
    over = beyond(readings)
    told_ms = plant.t_ms if readings else None
    quality = freshness(told_ms, PERIOD_S, now_ms)
    age = aged(told_ms, now_ms, quality)
    word = Text("기준 이내", "within limits")
    if over or not readings:
        word = Text("기준 초과", "over a limit") if over else Text("자료 없음", "no data")
    cells = tuple(f"{readings[k]:g}" if k in readings else ABSENT for k in LIMITS)
    name = here().called("plant", NOTHING).ko
    own = plant.name.removesuffix(name).strip()
    short = Text(own, own)
    shares = (*(_share(readings.get(k), low, high) for k, (_, low, high) in LIMITS.items()), None)
    words = (*(Text(c, c) for c in cells), age)
    return FieldRow(short, words, word, grave=bool(over), shares=shares)


def _share(value: float | None, low: float | None, high: float | None) -> float | None:
    """Where a reading lies between its limits, 0 to 1; beyond them below or above that. None where
    nothing bounds it from above."""
    if value is None or high is None:
        return None
    least = low or 0.0
    return (value - least) / (high - least)


def _rivers(stations: Sequence[Place], now_ms: int) -> Table | None:
    """Every station of the rivers; None where the city has none."""
    if not stations:
        return None
    return Table(
        title=RIVER_TABLE,
        columns=(*(quality.title for quality in RIVER.values()), Text("자료", "As of")),
        rows=tuple(_river(station, now_ms) for station in stations),
        simulated=any(station.simulated for station in stations),
    )


def _river(station: Place, now_ms: int) -> FieldRow:
    readings = _readings(station)
    told_ms = station.t_ms if readings else None
    age = aged(told_ms, now_ms, freshness(told_ms, PERIOD_S, now_ms))
    short = below_grade(readings)
    word = Text("등급 이내", "keeps to it")
    if not readings:
        word = Text("자료 없음", "no data")
    elif short:
        word = Text("등급 밖", "below it")
    cells = tuple(f"{readings[k]:g}" if k in readings else ABSENT for k in RIVER)
    name = Text(station.name, station.name)
    shares = (*(_share(readings.get(k), q.low, q.high) for k, q in RIVER.items()), None)
    words = (*(Text(c, c) for c in cells), age)
    return FieldRow(name, words, word, grave=bool(short), shares=shares)


def _said(plants: Sequence[Place], now_ms: int) -> Text:
    """Whether all is within the limits, of the plants whose figures are not old."""
    fresh = [
        plant
        for plant in plants
        if _readings(plant) and freshness(plant.t_ms, PERIOD_S, now_ms) != "stale"
    ]
    if not fresh:
        return NOTHING
    over = [plant.name for plant in fresh if beyond(_readings(plant))]
    if over:
        names = ", ".join(over)
        return Text(
            f"먹는물 기준을 넘었습니다: {names}", f"Over a limit of drinking water: {names}"
        )
    return Text(
        f"정수장 {len(fresh)}곳 모두 먹는물 기준 안입니다.",
        f"All {len(fresh)} plants are within the limits of drinking water.",
    )
