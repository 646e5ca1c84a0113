"""What is answered when somebody asks about a figure: whose, of when, against what. No Qt."""

from collections.abc import Callable, Mapping

import msgspec

from kiosk.core.errors import Unavailable
from kiosk.core.world import Topic
from kiosk.pack import here
from kiosk.panels.figures import crossed, moment_words, number, published, signed
from kiosk.panels.lines import same_scale
from kiosk.panels.periods import every
from kiosk.ui.ages import age_words
from kiosk.wire.city import Indicator, Observation, Source
from kiosk.wire.text import Text

NAMED = 5
"""Districts that are named one by one; more are counted."""


class Asked(msgspec.Struct, frozen=True):
    """An indicator with its newest figures.

    `row` is that of the area that is asked about, `whole` the city's, `areas` those of the
    districts that have a value, by code; `names` is what those are called.
    """

    indicator: Indicator
    row: Observation | None
    whole: Observation | None
    areas: Mapping[str, float]
    names: Mapping[str, Text]
    district: str | None
    source: Source | None
    said: Text
    now_ms: int

    @property
    def value(self) -> float:
        """Raises Unavailable where there is no figure."""
        if self.row is None or self.row.value is None:
            raise Unavailable(Text("지금은 값이 없습니다", "There is no figure now"))
        return self.row.value

    @property
    def order(self) -> list[str]:
        """Codes of the districts, the highest first. Raises Unavailable without any."""
        if not self.areas:
            parts = here().parts.name
            raise Unavailable(
                Text(f"{parts.ko}별 값이 없는 지표입니다", f"It has no figures by {parts.en}")
            )
        return sorted(self.areas, key=lambda code: (-self.areas[code], code))

    def written(self, value: float) -> Text:
        """With its unit."""
        words, unit = number(value, self.indicator.decimals), self.indicator.unit
        return Text(f"{words} {unit.ko}".strip(), f"{words} {unit.en}".strip())

    def of(self, code: str) -> Text:
        """A district with its figure."""
        name, words = self.names.get(code, Text(code, code)), self.written(self.areas[code])
        return Text(f"{name.ko} {words.ko}", f"{name.en} {words.en}")


def _now(asked: Asked) -> Text:
    return asked.said


def _source(asked: Asked) -> Text:
    source = asked.source
    if source is None:
        raise Unavailable(Text("출처를 모릅니다", "Its source is not known"))
    often = every(asked.indicator.period_s)
    return Text(f"출처는 {source.name.ko}, {often.ko} 갱신", f"From {source.name.en}, {often.en}")


def _when(asked: Asked) -> Text:
    asked.value  # noqa: B018  # refuses without one
    assert asked.row is not None
    at = moment_words(asked.indicator, asked.row.t_ms)
    if published(asked.indicator):
        return Text(f"{at.ko} 값입니다", f"As of {at.en}")
    age = age_words(asked.now_ms - asked.row.t_ms)
    return Text(f"{at.ko} 값, {age.ko}", f"Measured at {at.en}, {age.en}")


def _owner(asked: Asked) -> Text:
    owner = asked.indicator.owner
    if not owner.ko and asked.source is not None:
        owner = asked.source.owner
    if not owner.ko:
        raise Unavailable(Text("담당 부서를 모릅니다", "Nobody is named for it"))
    return Text(f"담당 {owner.ko}", f"In charge: {owner.en}")


def _method(asked: Asked) -> Text:
    method = asked.indicator.method
    if not method.ko:
        raise Unavailable(Text("산출 방법이 적혀 있지 않습니다", "How it is made is not written"))
    return Text(f"산출 방법: {method.ko}", f"How it is made: {method.en}")


def _goal(asked: Asked) -> Text:
    """Against the goal that is set, on the side that is good."""
    goal = asked.indicator.goal
    if goal is None:
        raise Unavailable(Text("목표가 정해지지 않은 지표입니다", "No goal is set for it"))
    apart = asked.value - goal
    reached = apart <= 0 if asked.indicator.better == "lower" else apart >= 0
    aim, left = asked.written(goal), asked.written(abs(apart))
    if reached:
        return Text(f"목표 {aim.ko}, 이루었습니다", f"The goal of {aim.en} is reached")
    return Text(
        f"목표 {aim.ko}까지 {left.ko} 남았습니다", f"{left.en} left to the goal of {aim.en}"
    )


def _limit(asked: Asked) -> Text:
    """The threshold that is passed, else the first one."""
    reached = crossed(asked.indicator, asked.value)
    line = reached or next(iter(asked.indicator.thresholds), None)
    if line is None:
        raise Unavailable(Text("기준이 정해지지 않은 지표입니다", "No limit is set for it"))
    at = asked.written(line.value)
    if reached is not None:
        return Text(f"{line.label.ko} {at.ko}, 넘었습니다", f"{line.label.en} {at.en} is passed")
    left = asked.written(abs(line.value - asked.value))
    return Text(
        f"{line.label.ko} {at.ko}, {left.ko} 남았습니다",
        f"{left.en} left to {line.label.en} {at.en}",
    )


def _rank(asked: Asked) -> Text:
    """The place of the district from the top; of the city who is at both ends."""
    order = asked.order
    if asked.district in order:
        place, own = order.index(asked.district) + 1, asked.of(asked.district)
        return Text(
            f"{own.ko}, {len(order)}곳 가운데 {place}번째로 높음",
            f"{own.en}, {place} of {len(order)} from the top",
        )
    high, low = asked.of(order[0]), asked.of(order[-1])
    return Text(f"가장 높은 곳 {high.ko}, 가장 낮은 곳 {low.ko}", f"From {high.en} to {low.en}")


def _city(asked: Asked) -> Text:
    """A district against the city: the distance from its mean, or a share of its sum."""
    whole = asked.whole.value if asked.whole is not None else None
    if asked.district is None or asked.district not in asked.areas or whole is None:
        part = here().parts.name
        raise Unavailable(
            Text(f"{part.ko}를 먼저 골라 주세요", f"Select a {part.en} first, one with a figure")
        )
    own, name = asked.areas[asked.district], here().short
    told = asked.of(asked.district)
    if same_scale(own, whole):
        apart = signed(own - whole, asked.indicator.decimals)
        return Text(f"{told.ko}, {name.ko}보다 {apart}", f"{told.en}, {apart} to {name.en}")
    share = number(100 * own / whole, 1) if whole else "—"
    return Text(f"{told.ko}, {name.ko}의 {share}%", f"{told.en}, {share}% of {name.en}")


def _spread(asked: Asked) -> Text:
    order = asked.order
    high, low = asked.of(order[0]), asked.of(order[-1])
    apart = asked.written(asked.areas[order[0]] - asked.areas[order[-1]])
    return Text(f"{high.ko}, {low.ko}, 차이 {apart.ko}", f"{high.en}, {low.en}: {apart.en} apart")


def _past(asked: Asked) -> Text:
    """The districts past a threshold, the gravest first."""
    if not asked.indicator.thresholds:
        raise Unavailable(Text("기준이 정해지지 않은 지표입니다", "No limit is set for it"))
    past = [c for c in asked.order if crossed(asked.indicator, asked.areas[c]) is not None]
    if asked.indicator.alarm == "below":
        past.reverse()
    parts, count = here().parts, len(past)
    if not past:
        return Text(
            f"기준을 넘은 {parts.name.ko}가 없습니다", f"No {parts.name.en} is past a limit"
        )
    first = [asked.names.get(code, Text(code, code)) for code in past[:NAMED]]
    ko, en = ", ".join(n.ko for n in first), ", ".join(n.en for n in first)
    more = Text(f" 외 {count - NAMED}곳", f" and {count - NAMED} more")
    if count <= NAMED:
        more = Text("", "")
    return Text(f"기준을 넘은 곳 {count}: {ko}{more.ko}", f"{count} past a limit: {en}{more.en}")


def _goals(asked: Asked) -> Text:
    if not asked.indicator.sdg:
        raise Unavailable(
            Text("정해진 지속가능발전목표가 없습니다", "No development goal is named for it")
        )
    goals = ", ".join(str(goal) for goal in asked.indicator.sdg)
    return Text(f"지속가능발전목표 {goals}번", f"Sustainable Development Goals {goals}")


def _direction(asked: Asked) -> Text:
    return {
        "higher": Text("높을수록 좋은 지표입니다", "Higher is better"),
        "lower": Text("낮을수록 좋은 지표입니다", "Lower is better"),
        "neither": Text("좋고 나쁨이 정해지지 않은 지표입니다", "Neither high nor low is better"),
    }[asked.indicator.better]


def _origin(asked: Asked) -> Text:
    """Whether the figure is a real one."""
    asked.value  # noqa: B018  # refuses without one
    assert asked.row is not None
    if asked.row.simulated:
        return Text("시연용 모의 값입니다", "It is simulated, for the demonstration")
    if asked.row.provisional:
        return Text("실제 자료, 잠정 값입니다", "It is real data, and provisional")
    return Text("실제 자료입니다", "It is real data")


ANSWERS: Mapping[Topic, Callable[[Asked], Text]] = {
    "now": _now,
    "source": _source,
    "when": _when,
    "owner": _owner,
    "method": _method,
    "goal": _goal,
    "limit": _limit,
    "rank": _rank,
    "city": _city,
    "spread": _spread,
    "past": _past,
    "goals": _goals,
    "direction": _direction,
    "origin": _origin,
}


def answer(topic: Topic, asked: Asked) -> Text:
    """Begins with what it is about. Raises Unavailable with the reason where there is nothing."""
    title, words = asked.indicator.title, ANSWERS[topic](asked)
    return Text(f"{title.ko}: {words.ko}", f"{title.en}: {words.en}")
