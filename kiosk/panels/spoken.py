"""What is said when an indicator is asked for: its newest figure, and how old that is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.cache.freshness import Freshness
from kiosk.core.errors import Unavailable
from kiosk.core.world import Topic
from kiosk.panels.asked import Asked, answer
from kiosk.panels.figures import figure, moment_words
from kiosk.ui.ages import age_words
from kiosk.wire.city import CITY_AREA, Indicator, Observation, Source
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

SIMULATED = Text(", 모의", ", simulated")
QUALITY: dict[Freshness, Text] = {
    "fresh": Text("", ""),
    "late": Text(". 갱신이 늦습니다", ". It is late"),
    "stale": Text(". 오래된 값입니다", ". It is old"),
    "absent": Text("", ""),
}


class Figures:
    """The newest figures of the wall's indicators, as sentences."""

    def __init__(
        self,
        indicators: Mapping[str, Indicator] | None = None,
        latest: Mapping[tuple[str, str], Observation] | None = None,
        sources: Mapping[str, Source] | None = None,
        names: Mapping[str, Text] | None = None,
        apart: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._indicators = indicators or {}
        self._latest = latest or {}
        self._sources = sources or {}
        self._names = names or {}
        self._apart = apart or {}

    def say(self, indicator: str, district: str | None, now_ms: int) -> Text | None:
        """ "31 µg/m³, 2시간 전 값입니다"; None for an indicator that is not known yet."""
        known = self._indicators.get(indicator)
        if known is None:
            return None
        row = self._latest.get((indicator, district or CITY_AREA))
        row = row or self._latest.get((indicator, CITY_AREA))
        return sentence(known, row, now_ms)

    def told(self, topic: Topic, indicator: str, district: str | None, now_ms: int) -> Text:
        """What there is to say about an indicator's figure. Raises Unavailable with the reason
        where there is nothing."""
        known = self._indicators.get(indicator)
        if known is None:
            raise Unavailable(Text("자료가 아직 없습니다", "There is no data yet"))
        whole = self._latest.get((indicator, CITY_AREA))
        own = self._latest.get((indicator, district or CITY_AREA))
        asked = Asked(
            indicator=known,
            row=own or whole,
            whole=whole,
            areas=self._by_district(indicator),
            names=self._names,
            district=district,
            source=self._sources.get(known.source_id),
            said=sentence(known, own or whole, now_ms),
            now_ms=now_ms,
        )
        return answer(topic, asked)

    def ranked(self, indicator: str) -> tuple[str, ...]:
        """Codes of the districts that have a figure, the highest first."""
        values = self._by_district(indicator)
        return tuple(sorted(values, key=lambda code: (-values[code], code)))

    def apart(self, indicator: str) -> frozenset[str]:
        """By what it tells people apart: "sex", "age"."""
        return self._apart.get(indicator, frozenset())

    def _by_district(self, indicator: str) -> dict[str, float]:
        return {
            area: row.value
            for (about, area), row in self._latest.items()
            if about == indicator and area in self._names and row.value is not None
        }


def read_figures(rows: "Repositories") -> Figures:
    """The city's figures, and those of the districts where there are any."""
    return Figures(
        {i.id: i for i in rows.indicators()},
        rows.all_latest(),
        {source.id: source for source in rows.sources()},
        {district.code: district.name for district in rows.districts()},
        rows.apart(),
    )


def sentence(indicator: Indicator, row: Observation | None, now_ms: int) -> Text:
    """A fresh figure stands alone; any other is said with its age and what that means against the
    source's own period, or with why there is none. Of a published figure its period is said."""
    shown = figure(indicator, row, (), now_ms)
    if shown.quality == "absent":
        return Text(f"{shown.reason.ko}입니다", shown.reason.en)
    mark = SIMULATED if shown.simulated else Text("", "")
    ko = f"{shown.value} {shown.unit.ko}{mark.ko}"
    en = f"{shown.value} {shown.unit.en}{mark.en}"
    if shown.t_ms is None or (shown.as_of is None and shown.quality == "fresh"):
        return Text(f"{ko}입니다", en)
    if shown.as_of is not None:
        then = moment_words(indicator, shown.t_ms)
        words = Text(f"{ko}, {then.ko} 값입니다", f"{en}, as of {then.en}")
    else:
        age = age_words(now_ms - shown.t_ms)
        words = Text(f"{ko}, {age.ko} 값입니다", f"{en}, measured {age.en}")
    meant = QUALITY[shown.quality]
    return Text(f"{words.ko}{meant.ko}", f"{words.en}{meant.en}")
