"""Sources: the register as lines to read and to search. No Qt."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from kiosk.cache.freshness import source_freshness
from kiosk.core.desk import Desk
from kiosk.core.state import ViewState
from kiosk.panels.figures import number
from kiosk.panels.outline.words import joined
from kiosk.panels.panel import Live
from kiosk.panels.periods import every
from kiosk.panels.sources.model import SourceLine, SourcesModel
from kiosk.ui.ages import aged, dated
from kiosk.ui.times import date_words
from kiosk.wire.city import Kind, Source
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("자료 출처", "Sources")
PUBLISHED_S = 7 * 86_400
MOST_ON_TABLET = 60
MOST_DECIMALS = 3
COUNTED = {  # units of the catalogue as people say them in Korean
    **{"case": "건", "person": "명", "household": "가구", "veh": "대", "trip": "회", "ride": "회"},
    **{"meal": "식", "flight": "회", "min": "분", "s": "초", "d": "일", "h": "시간", "bed": "병상"},
    **{"KRW": "원", "MKRW": "백만 원", "m2": "m²", "m3": "m³", "Cel": "°C", "ug": "µg"},
}


class SourcesData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[Source, ...]
    kinds: tuple[Kind, ...]


class SourcesPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("sources", "kinds"))
    fields: frozenset[str] = frozenset()

    def query(self, repositories: "Repositories", state: ViewState) -> SourcesData:
        return SourcesData(repositories.sources(), repositories.kinds())

    def present(
        self, state: ViewState, data: SourcesData | None, live: Live, now_ms: int
    ) -> SourcesModel:
        if data is None:
            return SourcesModel(now_ms=now_ms)
        kinds = {kind.id: kind for kind in data.kinds}
        lines = sorted((_line(s, kinds, live.desk, now_ms) for s in data.sources), key=_order)
        told = {kind for source in data.sources for kind in source.kinds}
        return SourcesModel(tuple(lines), len(told), now_ms)

    def project(self, model: SourcesModel) -> Projection:
        """The first of the list, with their number: a tablet's page holds no four hundred rows."""
        rows = tuple(
            Row(line.name, joined((_told(line, model.now_ms), line.whose)))
            for line in model.lines[:MOST_ON_TABLET]
        )
        many = Text(
            f"{len(model.lines)}종, 자료 {model.kinds}가지",
            f"{len(model.lines)} sources, {model.kinds} kinds of data",
        )
        return Projection("sources", TITLE, many, model.now_ms, (RowsBlock(TITLE, rows),))


def _told(line: SourceLine, now_ms: int) -> Text:
    """What is wrong with it, else of when its newest is."""
    return line.trouble or line.as_of or aged(line.last_ms, now_ms, line.quality)


def _order(line: SourceLine) -> tuple[bool, bool, bool, str]:
    """Real ones first; of them those in trouble, then those that are asked; by name."""
    return line.simulated, line.idle, line.trouble is None, line.name.ko


def _line(source: Source, kinds: Mapping[str, Kind], desk: Desk, now_ms: int) -> SourceLine:
    whose = desk.whose(source.owner, source.contact)
    last, published = source.last_success_ms, source.period_s > PUBLISHED_S
    quality = source_freshness(source, now_ms)
    names = [kinds[kind].name for kind in source.kinds if kind in kinds]
    return SourceLine(
        id=source.id,
        name=source.name,
        owner=source.owner,
        whose=whose,
        period=every(source.period_s),
        kinds=tuple(_kind(kinds[k], source.readings.get(k)) for k in source.kinds if k in kinds),
        last_ms=last,
        as_of=dated(date_words(last), quality) if published and last is not None else None,
        quality=quality,
        trouble=source.idle or source.last_error or _refused(source),
        idle=source.idle is not None,
        simulated=source.simulated,
        texts=(
            *(source.id, source.name.ko, source.name.en, whose.ko, whose.en),
            *(text for name in names for text in (name.ko, name.en)),
        ),
    )


def _refused(source: Source) -> Text | None:
    """How many of its cameras are not opened, and the first of them."""
    if not source.refused:
        return None
    first, many = source.refused[0], len(source.refused)
    return Text(
        f"카메라 {many}대를 열지 않습니다. {first.ko}",
        f"{many} of its cameras are not opened. {first.en}",
    )


def _kind(kind: Kind, value: float | None) -> Text:
    if value is None:
        return kind.name
    decimals = next(
        d for d in range(MOST_DECIMALS + 1) if d == MOST_DECIMALS or value == round(value, d)
    )
    said = number(value, decimals)
    ko = "/".join(COUNTED.get(part, part) for part in kind.unit.split("/"))
    return Text(
        f"{kind.name.ko} {said} {ko}".rstrip(), f"{kind.name.en} {said} {kind.unit}".rstrip()
    )
