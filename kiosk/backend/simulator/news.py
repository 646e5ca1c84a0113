"""News as the demonstration plays them: nothing of what they tell has happened.

There is one each half hour of the day, about one district in turn. Two days of them are told; each
takes the place of the one two days before.
"""

from collections.abc import Sequence

from kiosk.backend.simulator.noise import stream, unit
from kiosk.wire.city import Item
from kiosk.wire.text import Text

KIND = "news"
EVERY_MS = 1_800_000
KEPT = 96
CITYWIDE_SHARE = 0.25
WIRES = (
    Text("시연 통신", "Demonstration Wire"),
    Text("시연 일보", "Demonstration Daily"),
    Text("시연 방송", "Demonstration Radio"),
)
# Headline and a sentence more; {place} is a district or the city.
STORIES = (
    (
        Text("{place}, 주말 도서관 밤 10시까지", "{place}: libraries open until ten at weekends"),
        Text("시연 기사입니다. 이용이 느는 시간대에 맞춘다고 합니다.", "A demonstration story."),
    ),
    (
        Text("{place} 통학로 보행 신호 늘린다", "{place}: more time to cross on ways to school"),
        Text("시연 기사입니다. 올해 안에 마치는 것이 목표입니다.", "A demonstration story."),
    ),
    (
        Text("{place} 골목 상점가에 작은 축제", "{place}: a small festival among the shops"),
        Text("시연 기사입니다. 상인회가 함께 준비했습니다.", "A demonstration story."),
    ),
    (
        Text("{place}, 빗물받이 점검 마쳐", "{place}: storm drains have been checked"),
        Text("시연 기사입니다. 막힌 곳은 바로 치웠습니다.", "A demonstration story."),
    ),
    (
        Text("{place} 어르신 안부 전화 확대", "{place}: more calls to people who live alone"),
        Text("시연 기사입니다. 동 주민센터가 맡습니다.", "A demonstration story."),
    ),
    (
        Text("{place} 공원에 그늘 쉼터 더 놓는다", "{place}: more shade in parks"),
        Text("시연 기사입니다. 주민 의견을 모아 자리를 정했습니다.", "A demonstration story."),
    ),
    (
        Text("{place} 자전거길 끊긴 곳 잇는다", "{place}: gaps in cycle ways to be closed"),
        Text("시연 기사입니다. 공사는 밤에 합니다.", "A demonstration story."),
    ),
)


class NewsCourse:
    """Tells a piece of news when its time has come. Nothing but seed and time counts.

    places: codes and names of the districts, `city` the name of all of it.
    """

    def __init__(self, places: Sequence[tuple[str, Text]], city: Text, seed: int) -> None:
        self._places = tuple(places)
        self._city = city
        self._seed = seed
        self._told: int | None = None

    def step(self, now_ms: int) -> list[Item]:
        """News since the step before, at first those of two days."""
        slot = now_ms // EVERY_MS
        first = slot - KEPT + 1 if self._told is None else max(self._told + 1, slot - KEPT + 1)
        self._told = slot
        return [self._item(n) for n in range(first, slot + 1)]

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told = None

    def ids(self) -> frozenset[str]:
        """Of all news, when some have been told."""
        return frozenset() if self._told is None else frozenset(_id(n) for n in range(KEPT))

    def _item(self, slot: int) -> Item:
        draws = stream(self._seed, "news", str(slot))
        t_ms = slot * EVERY_MS
        title, more = STORIES[int(unit(draws, 0) * len(STORIES))]
        code, name = "", self._city
        if self._places and unit(draws, 1) >= CITYWIDE_SHARE:
            code, name = self._places[int(unit(draws, 2) * len(self._places))]
        return Item(
            id=_id(slot),
            kind=KIND,
            title=Text(title.ko.format(place=name.ko), title.en.format(place=name.en)),
            position=t_ms,
            summary=more,
            owner=WIRES[int(unit(draws, 3) * len(WIRES))],
            t_ms=t_ms,
            districts=(code,) if code else (),
            simulated=True,
        )


def _id(slot: int) -> str:
    return f"demo-news-{slot % KEPT}"
