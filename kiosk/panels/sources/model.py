"""What the sources panel shows."""

from typing import Literal

import msgspec

from kiosk.cache.freshness import Freshness
from kiosk.wire.text import Text

Show = Literal["all", "real", "simulated", "trouble"]


class SourceLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source: who runs it, what it tells and how often, when it was heard last.

    `whose`: the owner with the offices that it is part of and where it is reached.
    `trouble` says in words what is wrong or why it is not asked (`idle`). `as_of`: the date that a
    published figure is of, in place of an age. `kinds` end with their newest value where there is
    one for the whole city. `texts` are what it is found by.
    """

    id: str
    name: Text
    owner: Text
    whose: Text
    period: Text
    kinds: tuple[Text, ...]
    last_ms: int | None
    as_of: Text | None
    quality: Freshness
    trouble: Text | None
    idle: bool
    simulated: bool
    texts: tuple[str, ...]

    def belongs(self, show: Show) -> bool:
        match show:
            case "real":
                return not self.simulated
            case "simulated":
                return self.simulated
            case "trouble":
                late = self.as_of is None and self.quality in ("late", "stale")
                return not self.idle and (self.trouble is not None or late)
            case _:
                return True


class SourcesModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`kinds` is the number of kinds of data that all sources together tell."""

    lines: tuple[SourceLine, ...] = ()
    kinds: int = 0
    now_ms: int = 0

    def count(self, show: Show) -> int:
        return sum(line.belongs(show) for line in self.lines)
