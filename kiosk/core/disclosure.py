"""Who may see what now: what the files say, and over it what was decided at the wall.

Levels are circles: what is public everybody sees; what is internal, city hall; what is restricted,
the mayor alone. Whatever nobody decided about is internal.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kiosk.pack.disclosure import Key, Rule, Rules
from kiosk.wire import city
from kiosk.wire.city import Disclosure as Level
from kiosk.wire.disclosure import LEVELS, SORTS, Decided, Sort
from kiosk.wire.text import Text

__all__ = [
    "DEFAULT",
    "FIELDS",
    "LEVELS",
    "LEVEL_WORDS",
    "SORTS",
    "SORT_WORDS",
    "Decided",
    "Disclosure",
    "Level",
    "Rule",
    "Sort",
    "field_of",
]

DEFAULT = Rule(
    "internal",
    Text("아직 정하지 않아 밖에 보이지 않습니다", "Nobody has decided yet, so it stays inside"),
)
LEVEL_WORDS: dict[Level, Text] = {
    "public": Text("공개", "Public"),
    "internal": Text("내부", "Internal"),
    "restricted": Text("제한", "Restricted"),
}
SORT_WORDS: dict[Sort, Text] = {
    "panels": Text("화면", "Panels"),
    "indicators": Text("지표", "Indicators"),
    "items": Text("사업·계획", "Programmes"),
    "places": Text("장소", "Places"),
    "sources": Text("출처", "Sources"),
    "fields": Text("항목값", "Fields"),
}
_TOLD: tuple[type[msgspec.Struct], ...] = (
    city.District,
    city.Neighbourhood,
    city.Indicator,
    city.Observation,
    city.Kind,
    city.Source,
    city.Place,
    city.Complaint,
    city.Camera,
    city.Incident,
    city.Item,
    city.OrderStatus,
    city.ComplaintCount,
)
_COUNTS = "complaint_counts"


def table_of(row: type[msgspec.Struct]) -> str:
    """The table that a kind of row is of."""
    if row is city.ComplaintCount:
        return _COUNTS
    return str(row.__struct_config__.tag)


def field_of(row: type[msgspec.Struct], name: str) -> str:
    """How a field is called in a decision."""
    return f"{table_of(row)}.{name}"


FIELDS: frozenset[str] = frozenset(
    field_of(row, field.name) for row in _TOLD for field in msgspec.structs.fields(row)
)
"""Every field of every row that the city tells."""


class Disclosure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds now. `decided` are the decisions made at the wall, the oldest first; the last one
    about a thing counts."""

    files: Rules = Rules()
    decided: tuple[Decided, ...] = ()

    def rule(self, sort: Sort, thing: str) -> Rule:
        """What holds for a thing. What is named freely inside a field follows its own rule only."""
        return self._over.get((sort, thing)) or self.files.rules.get((sort, thing)) or DEFAULT

    def known(self, sort: Sort, thing: str) -> bool:
        """Whether somebody decided about it."""
        return (sort, thing) in self._over or (sort, thing) in self.files.rules

    def public(self, sort: Sort, thing: str) -> bool:
        return self.rule(sort, thing).level == "public"

    def sees(self, level: Level, sort: Sort, thing: str) -> bool:
        """Whether the circle of a level sees a thing."""
        return LEVELS.index(self.rule(sort, thing).level) <= LEVELS.index(level)

    def small(self, indicator: str) -> int:
        """Counts of an area below this are withheld; 0: none are."""
        return self.files.small.least if indicator in self.files.small.indicators else 0

    def things(self, sort: Sort) -> Iterator[str]:
        """All that somebody decided about."""
        keys = dict.fromkeys((*self.files.rules, *self._over))
        return (thing for of, thing in keys if of == sort)

    @property
    def _over(self) -> Mapping[Key, Rule]:
        return {(d.sort, d.thing): Rule(d.level, d.reason) for d in self.decided}


def undecided(disclosure: Disclosure, sort: Sort, things: Iterable[str]) -> tuple[str, ...]:
    """Of these things, those that nobody has decided about."""
    return tuple(thing for thing in things if not disclosure.known(sort, thing))
