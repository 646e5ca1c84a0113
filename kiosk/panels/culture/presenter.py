"""Living in the city: prices, and what is on in the seven days from today. No Qt."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.pack.clock import local_time
from kiosk.panels.fields import NOTHING, FieldModel, FieldRow, row_block
from kiosk.panels.figures import figure
from kiosk.panels.news.headlines import headlines, newest
from kiosk.panels.outline.detail import row_of
from kiosk.panels.panel import Live
from kiosk.panels.projections import figure_block
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import District, Indicator, Item, Observation, Place
from kiosk.wire.projection import Block, Projection, RowsBlock
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

FIGURES = ("consumer-prices", "flat-sales", "library-loans", "public-transport")
EVENT = "event"
NEWS, NEWS_SHOWN = Text("뉴스", "News"), 4
TITLE = Text("물가와 문화", "Living")
DAYS, FEE = Text("기간", "Days"), Text("요금", "Fee")
NONE = Text(
    "앞으로 일주일의 행사 자료가 없습니다. 시의 공개 자료 인증키가 있어야 받습니다.",
    "No events of the next seven days: their source needs a key of the city's open data.",
)
NAME_LETTERS = 26


class CultureData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    events: tuple[Place, ...]
    news: tuple[Item, ...]
    districts: tuple[District, ...]
    indicators: dict[str, Indicator]
    latest: dict[str, Observation]
    sparks: dict[str, tuple[SparkPoint, ...]]


class Event(msgspec.Struct, frozen=True):
    """An event with its days, both included."""

    place: Place
    begins: dt.date
    ends: dt.date


class CulturePresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(("places", "items", "districts", "indicators", "observations", "latest"))
    fields: frozenset[str] = frozenset()

    def query(self, repositories: "Repositories", state: ViewState) -> CultureData:
        return CultureData(
            events=repositories.places(EVENT),
            news=newest(repositories, NEWS_SHOWN),
            districts=repositories.districts(),
            indicators={i.id: i for i in repositories.indicators() if i.id in FIGURES},
            latest=repositories.latest(FIGURES),
            sparks=repositories.sparks(FIGURES),
        )

    def present(
        self, state: ViewState, data: CultureData | None, live: Live, now_ms: int
    ) -> FieldModel:
        if data is None:
            return FieldModel(loading=True, title=TITLE, now_ms=now_ms)
        today = local_time(now_ms).date()
        events = coming(_best(data.events), today)
        names = {district.code: district.name for district in data.districts}
        simulated = any(event.place.simulated for event in events)
        return FieldModel(
            figures=tuple(
                figure(data.indicators[i], data.latest.get(i), data.sparks.get(i, ()), now_ms)
                for i in FIGURES
                if i in data.indicators
            ),
            said=NOTHING if events else NONE,
            title=Text(
                f"앞으로 일주일 행사 {len(events)}건",
                f"{len(events)} events in the next seven days",
            ),
            columns=(DAYS, _capital(here().parts.name), FEE) if events else (),
            rows=tuple(_row(event, names, today) for event in events),
            simulated=simulated,
            news=headlines(data.news, data.districts, now_ms),
            now_ms=now_ms,
        )

    def project(self, model: FieldModel) -> Projection:
        blocks: list[Block] = [
            figure_block(f, model.now_ms, Press("indicator.open", {"indicator": f.indicator}))
            for f in model.figures
        ]
        blocks.append(row_block(model))
        if model.news:
            rows = tuple(row_of(line) for line in model.news)
            blocks.append(RowsBlock(NEWS, rows, any(line.simulated for line in model.news)))
        return Projection("culture", TITLE, model.said, model.now_ms, tuple(blocks))


def _capital(words: Text) -> Text:
    """As a column's title begins."""
    return Text(words.ko, words.en[:1].upper() + words.en[1:])


def _best(events: Sequence[Place]) -> list[Place]:
    """Where the city's system tells events, the demonstration's are not shown beside them."""
    told = [event for event in events if not event.simulated]
    return told or list(events)


def coming(events: Sequence[Place], today: dt.date) -> list[Event]:
    """What is on from today for seven days, the sooner the first; without days it is left out."""
    last = today + dt.timedelta(days=6)
    found = [event for place in events if (event := _dated(place)) is not None]
    on = [event for event in found if event.begins <= last and event.ends >= today]
    return sorted(on, key=lambda event: (max(event.begins, today), event.ends, event.place.name))


def _dated(place: Place) -> Event | None:
    begins, ends = (str(place.attributes.get(name) or "")[:10] for name in ("begins", "ends"))
    try:
        first = dt.date.fromisoformat(begins)
        return Event(place, first, dt.date.fromisoformat(ends) if ends else first)
    except ValueError:
        return None


def _row(event: Event, names: dict[str, Text], today: dt.date) -> FieldRow:
    place, first, last = event.place, event.begins, event.ends
    days = f"{first.month}/{first.day}"
    if last != first:
        days = f"{days}~{last.month}/{last.day}"
    fee = str(place.attributes.get("free") or "")
    word = Text("진행 중", "on now")
    if first > today:
        left = (first - today).days
        word = Text("내일", "tomorrow") if left == 1 else Text(f"{left}일 뒤", f"in {left} days")
    name = place.name
    if len(name) > NAME_LETTERS:
        name = f"{name[: NAME_LETTERS - 1]}…"
    district = names.get(place.district, Text("—", "—"))
    paid = Text(fee or "—", {"무료": "free", "유료": "paid"}.get(fee, fee or "—"))
    return FieldRow(Text(name, name), (Text(days, days), district, paid), word)
