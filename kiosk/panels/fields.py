"""A field of the city in one panel: its figures, its map, every district in a table, what happens.

No Qt. A panel of a field says which indicators and incidents are its own, and how a figure of it is
judged; `kiosk.panels.field_view` draws them all alike.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import msgspec

from kiosk.core.incidents import ranked
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.panels.classes import ClassEntry, Classes, legend
from kiosk.panels.districts import (
    DistrictFigures,
    Reading,
    Shapes,
    callout,
    caption_of,
    guessed,
    read,
)
from kiosk.panels.figures import Figure, figure, number
from kiosk.panels.incident.model import IncidentLine
from kiosk.panels.incident.words import state_words
from kiosk.panels.outline.model import Line
from kiosk.panels.panel import Live
from kiosk.panels.projections import figure_block, map_block
from kiosk.ui.charts.map_model import MapGeometry, MapMarker, MapModel, Press, short_name
from kiosk.wire.city import CITY_AREA, District, Incident, Indicator, Observation, Source
from kiosk.wire.projection import Block, Projection, Row, RowsBlock
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

NOTHING = Text("", "")
ABSENT = "—"
_ABSENT = Text(ABSENT, ABSENT)
HAPPENS = Text("지금 일어난 일", "What happens now")


class _Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Column(_Model, frozen=True):
    """An indicator of the table, under a short title."""

    indicator: str
    title: Text


class Field(_Model, frozen=True):
    """What belongs to a field. `figures` are its tiles; one of the `columns` colours the map, the
    first unless another is chosen; the table is in the order of the first, highest first unless
    `lowest_first`. `incidents` are the beginnings of kinds."""

    panel: str
    title: Text
    order: Text
    figures: tuple[str, ...]
    columns: tuple[Column, ...]
    incidents: tuple[str, ...] = ()
    lowest_first: bool = False

    @property
    def table(self) -> Text:
        """What the table is of, and in which order."""
        parts, title = here().parts.many, self.title
        return Text(
            f"{parts.ko} {title.ko}, {self.order.ko}",
            f"{title.en} by {here().parts.name.en}, {self.order.en}",
        )


class FieldRow(_Model, frozen=True):
    """A district: a figure under each column, and in words what the worst of them means.
    `shares` tell of each where it lies between its limits, 0 to 1; None has none."""

    name: Text
    cells: tuple[Text, ...]
    word: Text = NOTHING
    grave: bool = False
    chosen: bool = False
    shares: tuple[float | None, ...] = ()


class Table(_Model, frozen=True):
    """A second table beside the first."""

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[FieldRow, ...]
    simulated: bool = False


class FieldChoice(_Model, frozen=True):
    label: Text
    press: Press
    chosen: bool


class FieldModel(_Model, frozen=True):
    """`said` is what the figures mean in a sentence; `news` are the newest, where the field has
    any."""

    loading: bool = False
    figures: tuple[Figure, ...] = ()
    reading: Reading | None = None
    legend: tuple[ClassEntry, ...] = ()
    choices: tuple[FieldChoice, ...] = ()
    map: MapModel | None = None
    said: Text = NOTHING
    title: Text = NOTHING
    columns: tuple[Text, ...] = ()
    rows: tuple[FieldRow, ...] = ()
    simulated: bool = False
    beside: Table | None = None
    news: tuple[Line, ...] = ()
    lines: tuple[IncidentLine, ...] = ()
    now_ms: int = 0


class FieldData(_Model, frozen=True):
    """What a field reads from the cache; `by_district` by indicator, then by district."""

    districts: tuple[District, ...]
    geometry: MapGeometry | None
    indicators: dict[str, Indicator]
    sources: tuple[Source, ...]
    latest: dict[str, Observation]
    sparks: dict[str, tuple[SparkPoint, ...]]
    by_district: dict[str, dict[str, Observation]]
    incidents: tuple[Incident, ...]


class FieldPresenter:
    """See kiosk.panels.panel.Presenter. A subclass gives `field`, and may judge."""

    field: ClassVar[Field]
    tables = frozenset(
        ("districts", "indicators", "sources", "observations", "latest", "incidents")
    )
    fields: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self._shapes = Shapes()

    # ---- what a subclass may give

    def classes(
        self, indicator: str, values: Mapping[str, float], codes: tuple[str, ...]
    ) -> Classes | None:
        """Classes of the map by a rule of the field; None: by the figures themselves."""
        return None

    def judge(self, values: Mapping[str, float]) -> tuple[Text, bool]:
        """What figures (by indicator) of one place mean, and whether that is grave."""
        return NOTHING, False

    def say(self, values: Mapping[str, float]) -> Text:
        """What the city's figures mean, in a sentence."""
        return NOTHING

    # ---- the panel

    def query(self, repositories: "Repositories", state: ViewState) -> FieldData:
        districts, own = repositories.districts(), [c.indicator for c in self.field.columns]
        wanted = {*self.field.figures, *own}
        return FieldData(
            districts=districts,
            geometry=self._shapes.of(districts),
            indicators={i.id: i for i in repositories.indicators() if i.id in wanted},
            sources=repositories.sources(),
            latest=repositories.latest(sorted(wanted)),
            sparks=repositories.sparks(self.field.figures),
            by_district={indicator: repositories.by_district(indicator) for indicator in own},
            incidents=tuple(ranked(repositories.incidents())),
        )

    def present(
        self, state: ViewState, data: FieldData | None, live: Live, now_ms: int
    ) -> FieldModel:
        if data is None:
            return FieldModel(loading=True, title=self.field.table, now_ms=now_ms)
        columns = [c for c in self.field.columns if c.indicator in data.indicators]
        chosen = next(
            (c for c in columns if c.indicator == state.metric), next(iter(columns), None)
        )
        reading, classes = None, None
        if chosen is not None:
            metric = self._metric(data, chosen.indicator)
            reading = read(metric, data.districts, now_ms)
            values = _values(data.by_district[chosen.indicator])
            codes = tuple(district.code for district in data.districts)
            classes = self.classes(chosen.indicator, values, codes) or reading.classes
        names = {district.code: district.name for district in data.districts}
        happens = [i for i in data.incidents if i.kind.startswith(self.field.incidents)]
        shown = [row for each in data.by_district.values() for row in each.values()]
        city = {i: row.value for i, row in data.latest.items() if row.value is not None}
        return FieldModel(
            figures=_figures(self.field, data, now_ms),
            reading=reading,
            legend=legend(classes, names, strongest_first=True) if classes else (),
            choices=tuple(
                FieldChoice(c.title, Press("map.metric", {"indicator": c.indicator}), c is chosen)
                for c in columns
            ),
            map=_map(data, classes, reading, chosen, happens, state, now_ms),
            said=self.say(city),
            title=self.field.table,
            columns=tuple(column.title for column in columns),
            rows=self._rows(data, columns, state),
            simulated=any(row.simulated for row in shown),
            lines=happening(data.incidents, self.field.incidents, now_ms),
            now_ms=now_ms,
        )

    def project(self, model: FieldModel) -> Projection:
        blocks: list[Block] = []
        for each in model.figures:
            press = Press("indicator.open", {"indicator": each.indicator})
            blocks.append(figure_block(each, model.now_ms, press))
        if model.map is not None and model.reading is not None:
            blocks.append(map_block(model.reading, model.map, model.now_ms))
        blocks += [row_block(model), *happening_block(model)]
        field = self.field
        return Projection(field.panel, field.title, model.said, model.now_ms, tuple(blocks))

    def _metric(self, data: FieldData, indicator: str) -> DistrictFigures:
        found = data.indicators[indicator]
        latest = dict(data.by_district[indicator])
        if indicator in data.latest:
            latest[CITY_AREA] = data.latest[indicator]
        source = next((s for s in data.sources if s.id == found.source_id), None)
        return DistrictFigures(found, source, latest, {})

    def _rows(
        self, data: FieldData, columns: Sequence[Column], state: ViewState
    ) -> tuple[FieldRow, ...]:
        rows: list[tuple[float, FieldRow]] = []
        for district in data.districts:
            found = {c.indicator: data.by_district[c.indicator].get(district.code) for c in columns}
            values = {i: row.value for i, row in found.items() if row and row.value is not None}
            cells = tuple(_cell(data.indicators[c.indicator], found[c.indicator]) for c in columns)
            word, grave = self.judge(values)
            chosen = state.place.district == district.code
            row = FieldRow(short_name(district.name), cells, word, grave, chosen)
            first = values.get(columns[0].indicator) if columns else None
            rows.append((_rank(first, lowest_first=self.field.lowest_first), row))
        return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _rank(value: float | None, *, lowest_first: bool) -> float:
    """Where a row stands; without a figure it is the last."""
    if value is None:
        return float("inf")
    return value if lowest_first else -value


def _values(rows: Mapping[str, Observation]) -> dict[str, float]:
    return {code: row.value for code, row in rows.items() if row.value is not None}


def _cell(indicator: Indicator, row: Observation | None) -> Text:
    if row is None or row.value is None:
        return _ABSENT
    value = number(row.value, indicator.decimals)
    return Text(value, value)


def _figures(field: Field, data: FieldData, now_ms: int) -> tuple[Figure, ...]:
    return tuple(
        figure(data.indicators[i], data.latest.get(i), data.sparks.get(i, ()), now_ms)
        for i in field.figures
        if i in data.indicators
    )


def row_block(model: FieldModel) -> RowsBlock:
    """The table for a tablet."""
    rows = tuple(_row(row, model.columns) for row in model.rows)
    return RowsBlock(model.title, rows, model.simulated)


def beside_block(model: FieldModel) -> tuple[RowsBlock, ...]:
    """The second table for a tablet, where there is one."""
    table = model.beside
    if table is None:
        return ()
    rows = tuple(_row(row, table.columns) for row in table.rows)
    return (RowsBlock(table.title, rows, table.simulated),)


def happening_block(model: FieldModel) -> tuple[RowsBlock, ...]:
    """What happens, for a tablet; nothing when nothing does."""
    if not model.lines:
        return ()
    rows = tuple(
        Row(line.headline, line.facts, line.severity, "incident.open", {"incident": line.id})
        for line in model.lines
    )
    return (RowsBlock(HAPPENS, rows, any(line.simulated for line in model.lines)),)


def happening(
    incidents: Sequence[Incident], kinds: tuple[str, ...], now_ms: int
) -> tuple[IncidentLine, ...]:
    """Incidents whose kind begins like one of these, numbered from 1."""
    own = [incident for incident in incidents if incident.kind.startswith(kinds)]
    return tuple(_line(incident, n, now_ms) for n, incident in enumerate(own, start=1))


def _line(row: Incident, number_: int, now_ms: int) -> IncidentLine:
    return IncidentLine(
        id=row.id,
        number=number_,
        severity=row.severity,
        headline=row.headline,
        facts=row.facts,
        state=state_words(row, now_ms),
        simulated=row.simulated,
    )


def _row(row: FieldRow, columns: Sequence[Text]) -> Row:
    cells = list(zip(columns, row.cells, strict=True))
    facts = Text(
        ", ".join(f"{title.ko} {cell.ko}" for title, cell in cells),
        ", ".join(f"{title.en} {cell.en}" for title, cell in cells),
    )
    if row.word.ko:
        facts = Text(f"{row.word.ko}, {facts.ko}", f"{row.word.en}, {facts.en}")
    return Row(row.name, facts)


def _map(
    data: FieldData,
    classes: Classes | None,
    reading: Reading | None,
    chosen: Column | None,
    happens: Sequence[Incident],
    state: ViewState,
    now_ms: int,
) -> MapModel | None:
    if data.geometry is None or classes is None or reading is None or chosen is None:
        return None
    selected = next((d for d in data.districts if d.code == state.place.district), None)
    found = data.indicators[chosen.indicator]
    source = next((s for s in data.sources if s.id == found.source_id), None)
    figures = DistrictFigures(found, source, data.by_district[chosen.indicator], {})
    markers = tuple(
        MapMarker(n, i.lon, i.lat, i.severity, Press("incident.open", {"incident": i.id}))
        for n, i in enumerate(happens, start=1)
        if i.lon is not None and i.lat is not None
    )
    return MapModel(
        geometry=data.geometry,
        grades=classes.grades,
        fills=classes.fills,
        markers=markers,
        selected=state.place.district,
        caption=(*caption_of(reading), *guessed(data.districts)),
        callout=callout(figures, selected, len(data.districts)),
        simulated=reading.simulated,
        district_command="district.select",
    )
