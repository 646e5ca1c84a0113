"""The newest of the news as lines: when, by whom, about which district. No Qt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.pack import here
from kiosk.panels.outline.lines import invented
from kiosk.panels.outline.model import NOTHING, Line
from kiosk.panels.outline.words import joined
from kiosk.ui.ages import age_words
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import District, Item
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

NEWS = "news"


def newest(repositories: "Repositories", most: int) -> tuple[Item, ...]:
    """The newest first."""
    return best(repositories.newest_items(NEWS, 2 * most))[:most]


def best(found: Sequence[Item]) -> tuple[Item, ...]:
    """Where a feed is told, the demonstration's news are not shown beside it."""
    told = tuple(item for item in found if not item.simulated)
    return told or tuple(found)


def headlines(
    items: Sequence[Item], districts: Sequence[District], now_ms: int
) -> tuple[Line, ...]:
    """Lines that open their news, numbered from 1."""
    return tuple(
        Line(
            id=item.id,
            number=number,
            title=item.title,
            facts=facts(item, districts, now_ms),
            press=Press("item.open", {"item": item.id}),
            simulated=invented(item),
        )
        for number, item in enumerate(items, start=1)
    )


def facts(item: Item, districts: Sequence[District], now_ms: int) -> Text:
    """ "12분 전, 연합, 송파구"."""
    age = age_words(now_ms - item.t_ms) if item.t_ms is not None else NOTHING
    return joined([age, item.owner, where(item, districts)])


def where(item: Item, districts: Sequence[District]) -> Text:
    names = [district.name for district in districts if district.code in item.districts]
    return joined(names) if names else here().whole
