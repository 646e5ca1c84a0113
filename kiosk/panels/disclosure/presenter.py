"""Disclosure: each thing with its level and reason, the log of decisions. No Qt."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.disclosure import (
    LEVEL_WORDS,
    LEVELS,
    SORTS,
    Decided,
    Disclosure,
    Sort,
)
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.panels import find_panels
from kiosk.panels.disclosure.model import DisclosureLine, DisclosureModel, LogLine
from kiosk.panels.disclosure.spec import SPEC
from kiosk.panels.orders.lines import moment
from kiosk.panels.panel import Live
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

MOST_ON_TABLET = 60
MOST_LOGGED = 50
WALL = Text("벽에서", "at the wall")
_Names = Mapping[str, Text]


class DisclosureData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of what the city has, by id."""

    indicators: dict[str, Text]
    sources: dict[str, Text]
    places: dict[str, Text]


class DisclosurePresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("indicators", "sources", "kinds"))
    fields: frozenset[str] = frozenset()

    def __init__(self) -> None:
        specs = [spec for spec in find_panels() if here().shows(spec.id)]
        self._panels = {spec.id: spec.title for spec in specs}
        self._items = {
            kind: Text(f"{spec.title.ko} · {kind}", f"{spec.title.en} · {kind}")
            for spec in specs
            for kind in spec.items
        }

    def query(self, repositories: "Repositories", state: ViewState) -> DisclosureData:
        return DisclosureData(
            {row.id: row.title for row in repositories.indicators()},
            {row.id: row.name for row in repositories.sources()},
            {row.id: row.name for row in repositories.kinds()},
        )

    def present(
        self, state: ViewState, data: DisclosureData | None, live: Live, now_ms: int
    ) -> DisclosureModel:
        if data is None:
            return DisclosureModel(now_ms=now_ms)
        now, only = live.disclosure, state.place.only
        every = [line for sort in SORTS for line in self._lines(sort, data, now)]
        shown = tuple(line for line in every if only in ("", line.sort))
        public, internal, restricted = (
            sum(line.level == level for line in shown) for level in LEVELS
        )
        return DisclosureModel(
            lines=shown,
            log=tuple(
                self._logged(decided, data, live, now_ms)
                for decided in reversed(now.decided[-MOST_LOGGED:])
            ),
            counts=(public, internal, restricted),
            only=only,
            now_ms=now_ms,
        )

    def project(self, model: DisclosureModel) -> Projection:
        rows = tuple(
            Row(line.name, _joined(LEVEL_WORDS[line.level], line.reason))
            for line in model.lines[:MOST_ON_TABLET]
        )
        log = tuple(Row(line.name, _joined(line.change, line.why)) for line in model.log[:10])
        return Projection(
            SPEC.id,
            SPEC.title,
            counted(model),
            model.now_ms,
            (RowsBlock(SPEC.title, rows), RowsBlock(Text("기록", "Log"), log)),
        )

    def _names(self, sort: Sort, data: DisclosureData) -> _Names:
        return {
            "panels": self._panels,
            "indicators": data.indicators,
            "sources": data.sources,
            "items": self._items,
            "places": data.places,
            "fields": {},
        }[sort]

    def _lines(self, sort: Sort, data: DisclosureData, now: Disclosure) -> Iterable[DisclosureLine]:
        """What the city and the wall have, and of kinds and fields what was decided about."""
        names = self._names(sort, data)
        whole = sort in ("panels", "indicators")
        for thing in names if whole else sorted(now.things(sort)):
            rule = now.rule(sort, thing)
            yield DisclosureLine(
                sort,
                thing,
                names.get(thing, Text(thing, thing)),
                rule.level,
                rule.reason,
                now.known(sort, thing),
            )

    def _logged(self, decided: Decided, data: DisclosureData, live: Live, now_ms: int) -> LogLine:
        names = self._names(decided.sort, data)
        before, after = LEVEL_WORDS[decided.before], LEVEL_WORDS[decided.level]
        tablet = next((d.name for d in live.devices if d.id == decided.by), "")
        by = Text(tablet, tablet) if tablet else WALL
        return LogLine(
            moment(decided.t_ms, now_ms),
            names.get(decided.thing, Text(decided.thing, decided.thing)),
            Text(f"{before.ko} → {after.ko}, {by.ko}", f"{before.en} → {after.en}, {by.en}"),
            decided.reason,
        )


def counted(model: DisclosureModel) -> Text:
    """How many things are of each level."""
    words = [LEVEL_WORDS[level] for level in LEVELS]
    return Text(
        ", ".join(f"{w.ko} {n}" for w, n in zip(words, model.counts, strict=True)),
        ", ".join(f"{n} {w.en.lower()}" for w, n in zip(words, model.counts, strict=True)),
    )


def _joined(one: Text, other: Text) -> Text:
    return Text(f"{one.ko}. {other.ko}", f"{one.en}. {other.en}")
