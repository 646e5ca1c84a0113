"""News, the newest first: when, by whom, about which district. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kiosk.core.state import ViewState
from kiosk.panels.news.headlines import facts, newest, where
from kiosk.panels.news.spec import SPEC
from kiosk.panels.outline.model import NOTHING, Line, OutlineModel, Sheet
from kiosk.panels.outline.pictures import on_map
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import Outline, OutlineData
from kiosk.panels.outline.words import joined
from kiosk.panels.panel import Live
from kiosk.ui.ages import age_words
from kiosk.ui.times import clock_words, date_words
from kiosk.wire.city import District, Item
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

MOST = 60
WHEN, BY, WHERE = Text("때", "When"), Text("매체", "By"), Text("지역", "Where")


class NewsPresenter(OutlinePresenter):
    """See kiosk.panels.panel.Presenter."""

    outline = Outline(
        panel=SPEC.id,
        title=SPEC.title,
        about=Text(
            "뉴스 자료가 없습니다. 현장 선언에 뉴스 피드 주소를 적으면 보입니다.",
            "No news: a site names the addresses of its feeds.",
        ),
        kinds=SPEC.items,
        draw=(on_map,),
    )

    def query(self, repositories: "Repositories", state: ViewState) -> OutlineData:
        districts = repositories.districts()
        found = newest(repositories, MOST)
        return OutlineData(found, districts, self._shapes.of(districts))

    def present(
        self, state: ViewState, data: OutlineData | None, live: Live, now_ms: int
    ) -> OutlineModel:
        model = super().present(state, data, live, now_ms)
        if data is None:
            return model
        items = {item.id: item for item in data.items}
        lines = tuple(_line(line, items[line.id], data.districts, now_ms) for line in model.lines)
        one = model.sheet
        if one is not None and one.id in items:
            one = _sheet(one, items[one.id], data.districts, now_ms)
        marked = any(item.simulated for item in data.items)
        return msgspec.structs.replace(model, lines=lines, sheet=one, simulated=marked)


def _line(line: Line, item: Item, districts: Sequence[District], now_ms: int) -> Line:
    return msgspec.structs.replace(line, facts=facts(item, districts, now_ms))


def _sheet(one: Sheet, item: Item, districts: Sequence[District], now_ms: int) -> Sheet:
    when = NOTHING
    if item.t_ms is not None:
        age = age_words(now_ms - item.t_ms)
        clock = clock_words(item.t_ms)
        when = joined([date_words(item.t_ms), Text(clock, clock), age])
    own = ((WHEN, when), (BY, item.owner), (WHERE, where(item, districts)))
    rest = (fact for fact in one.facts if fact[1] != item.owner)
    return msgspec.structs.replace(one, facts=(*(f for f in own if f[1].ko), *rest))
