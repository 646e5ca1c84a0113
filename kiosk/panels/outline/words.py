"""Figures and facts of items in words. No Qt."""

from collections.abc import Sequence

from kiosk.pack.clock import local_time
from kiosk.panels.outline.model import Amount
from kiosk.ui.times import MONTHS
from kiosk.wire.city import Item
from kiosk.wire.text import Text

NOTHING = Text("", "")
HUNDRED_MILLION = 100_000_000  # 억, by which Korean counts money

KINDS = {
    "vision": Text("비전", "Vision"),
    "area": Text("분야", "Area"),
    "pledge": Text("공약 과제", "Pledge"),
    "plan": Text("계획", "Plan"),
    "strategy": Text("전략", "Strategy"),
    "task": Text("과제", "Task"),
    "subtask": Text("세부 과제", "Sub-task"),
    "action": Text("실행 과제", "Action"),
    "value": Text("핵심 가치", "Core value"),
    "portfolio": Text("사업 묶음", "Projects"),
    "project": Text("사업", "Project"),
    "investment": Text("투자", "Investment"),
    "budget": Text("예산", "Budget"),
    "programme": Text("프로그램", "Programme"),
    "phase": Text("단계", "Phase"),
    "committee": Text("위원회", "Committee"),
    "meeting": Text("회의", "Meeting"),
    "relations": Text("국제 협력", "Cooperation"),
    "partner": Text("협력 도시", "Partner"),
    "event": Text("행사", "Event"),
    "sdg": Text("지속가능발전목표", "Sustainable Development Goal"),
    "target": Text("세부 목표", "Target"),
    "award": Text("평가", "Evaluation"),
    "values": Text("가치와 원칙", "Values"),
    "principle": Text("원칙", "Principle"),
    "lab": Text("실증 지역", "Living lab"),
    "moment": Text("연혁", "Moment"),
    "opinion": Text("의견", "Opinions heard"),
    "programmes": Text("프로그램 묶음", "Programmes"),
    "story": Text("이야기", "Story"),
    "route": Text("노선", "Route"),
    "criterion": Text("평가 지표", "Criterion"),
    "suggestions": Text("시민 제안", "Suggestions"),
    "suggestion": Text("제안", "Suggestion"),
    "words": Text("떠오르는 말", "Rising words"),
    "word": Text("말", "Word"),
    "article": Text("글", "Article"),
    "news": Text("뉴스", "News"),
    "calls": Text("전화 상담", "Calls"),
    "call": Text("상담 종류", "Kind of call"),
    "polls": Text("투표 묶음", "Round of votes"),
    "poll": Text("투표", "Poll"),
    "option": Text("보기", "Option"),
    "milestone": Text("목표", "Goal"),
    "trust": Text("무결성", "Integrity"),
    "turnout": Text("참여", "Turnout"),
    "uses": Text("쓰임", "Uses"),
}
# Several of a kind, where it is not the word with an s.
_MANY = {
    "strategy": "strategies",
    "criterion": "criteria",
    "portfolio": "groups of projects",
    "values": "groups of values",
    "opinion": "rounds of opinions",
    "programmes": "groups of programmes",
    "story": "stories",
    "relations": "kinds of cooperation",
    "call": "kinds of calls",
    "polls": "rounds of votes",
    "uses": "uses",
}
# Label and unit of each figure by its name; money counts by itself.
READINGS = {
    "amount_krw": (Text("금액", "Amount"), NOTHING),
    "executed_krw": (Text("집행", "Spent"), NOTHING),
    "projects": (Text("사업", "Projects"), Text("건", "")),
    "systems": (Text("연계 시스템", "Systems linked"), Text("개", "")),
    "kinds": (Text("자료 종류", "Kinds of data"), Text("종", "")),
    "jobs": (Text("취업 유발", "Jobs"), Text("명", "")),
    "goal": (Text("목표", "Goal"), NOTHING),
    "members": (Text("위원", "Members"), Text("명", "")),
    "cities": (Text("도시", "Cities"), Text("곳", "")),
    "events": (Text("행사", "Events"), Text("회", "")),
    "monthly": (Text("한 달에", "A month"), Text("곳", "")),
    "strategies": (Text("전략", "Strategies"), Text("개", "")),
    "tasks": (Text("과제", "Tasks"), Text("개", "")),
    "subtasks": (Text("세부 과제", "Sub-tasks"), Text("개", "")),
    "actions": (Text("실행 과제", "Actions"), Text("개", "")),
    "values": (Text("가치", "Values"), Text("가지", "")),
    "principles": (Text("원칙", "Principles"), Text("가지", "")),
    "targets": (Text("세부 목표", "Targets"), Text("개", "")),
    "clusters": (Text("거점", "Clusters"), Text("곳", "")),
    "official": (Text("당연직", "Official"), Text("명", "")),
    "appointed": (Text("위촉직", "Appointed"), Text("명", "")),
    "meetings": (Text("회의", "Meetings"), Text("번", "")),
    "opinions": (Text("모은 의견", "Opinions"), Text("건", "")),
    "stops": (Text("정류소", "Stops"), Text("정류소", "stops")),
    "interval_min": (Text("배차 간격", "Every"), Text("분", "min")),
    "buses": (Text("버스", "Buses"), Text("대", "")),
    "each": (Text("구역마다", "In each area"), Text("곳", "")),
    "weight": (Text("몫", "Weight"), Text("%", "%")),
    "support": (Text("공감", "Support"), Text("명", "people")),
    "posts": (Text("글", "Posts"), Text("건", "posts")),
    "rise": (Text("어제보다", "Since yesterday"), Text("%", "%")),
    "calls": (Text("상담", "Calls"), Text("건", "calls")),
    "votes": (Text("참여", "Votes"), Text("표", "votes")),
    "polls": (Text("투표", "Polls"), Text("건", "polls")),
}
FACTS = {
    "when": Text("시기", "When"),
    "kpi": Text("성과 지표", "KPI"),
    "phase": Text("단계", "Phase"),
    "other": Text("다른 이름", "Other wording"),
    "term": Text("임기", "Term"),
    "formula": Text("셈", "Sum"),
    "contact": Text("연락", "Contact"),
    "agenda": Text("안건", "Agenda"),
    "decision": Text("결정", "Decision"),
    "link": Text("연결", "Link"),
    "use": Text("쓰임", "Use"),
    "open": Text("참여 대상", "Open"),
    "mood": Text("느낌", "Mood"),
}


def money(krw: float) -> Amount:
    """ "3,213 억 원", "34 조 원"; "321.3 bn KRW", "34 tn KRW"."""
    hundreds = krw / HUNDRED_MILLION
    if hundreds >= 10_000:
        value = f"{hundreds / 10_000:,.1f}".removesuffix(".0")
        return Amount(Text(value, value), Text("조 원", "tn KRW"))
    ko = f"{hundreds:,.1f}".removesuffix(".0")
    en = f"{krw / 1e9:,.2f}".rstrip("0").rstrip(".")
    return Amount(Text(ko, en), Text("억 원", "bn KRW"))


def amount(item: Item, name: str) -> Amount:
    """A figure of an item with its label and unit."""
    value = item.readings[name]
    label, unit = READINGS[name]
    label = own(item, f"{name}_label") or label
    if name.endswith("_krw"):
        found = money(value)
        return Amount(found.value, found.unit, label)
    words = f"{value:,.1f}".removesuffix(".0")
    return Amount(Text(words, words), own(item, "unit") or unit, label)


def percent(share: float) -> Amount:
    words = f"{share * 100:.0f}"
    return Amount(Text(words, words), Text("%", "%"))


def read_out(figure: Amount) -> Text:
    """ "3,213억 원"; "321.3 bn KRW"."""
    value, unit = figure.value, figure.unit
    close = "" if unit.en == "%" else " "
    one = unit.en.removesuffix("s") if value.en == "1" else unit.en
    return Text(f"{value.ko}{unit.ko}", f"{value.en}{close}{one}".strip())


def joined(words: Sequence[Text], mark: str = ", ") -> Text:
    """Words in a row; empty ones are left out."""
    kept = [w for w in words if w.ko]
    return Text(mark.join(w.ko for w in kept), mark.join(w.en for w in kept))


def counted(kind: str, count: int) -> Text:
    """ "과제 9개"; "9 tasks"."""
    word = KINDS[kind]
    one = word.en.lower()
    many = _MANY.get(kind, f"{one}s")
    return Text(f"{word.ko} {count}개", f"{count} {one if count == 1 else many}")


def facts(item: Item) -> tuple[tuple[Text, Text], ...]:
    """Label and words of what else is known of an item."""
    found = [(label, words) for key, label in FACTS.items() if (words := own(item, key))]
    if item.owner.ko:
        found.insert(0, (Text("담당", "In charge"), item.owner))
    dated = item.start_ms is not None or item.due_ms is not None
    if dated and "when_ko" not in item.attributes:
        span = joined([date(item, t) for t in (item.start_ms, item.due_ms) if t is not None], " – ")
        found.insert(1 if item.owner.ko else 0, (Text("기간", "When"), span))
    return tuple(found)


DAILY = frozenset(("suggestion", "poll", "option"))
"""Kinds that last weeks: their dates are told to the day, those of others to the month."""


def date(item: Item, t_ms: int) -> Text:
    """ "2026.11.17", "17 Nov 2026"; for what takes years "2026.11", "Nov 2026"."""
    found, day = month(t_ms), local_time(t_ms).day
    if item.kind not in DAILY:
        return found
    return Text(f"{found.ko}.{day}", f"{day} {found.en}")


def month(t_ms: int) -> Text:
    """ "2027.6", "Jun 2027"."""
    day = local_time(t_ms)
    return Text(f"{day.year}.{day.month}", f"{MONTHS[day.month - 1][:3]} {day.year}")


def own(item: Item, key: str) -> Text | None:
    """Words of the item's own attributes, which stand as `key_ko` and `key_en`."""
    if f"{key}_ko" not in item.attributes:
        return None
    ko = item.attributes[f"{key}_ko"]
    return Text(ko, item.attributes.get(f"{key}_en", ko))
