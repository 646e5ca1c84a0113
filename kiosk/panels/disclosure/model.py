"""What the panel of disclosure shows."""

import msgspec

from kiosk.core.disclosure import Level, Sort
from kiosk.wire.text import Text


class DisclosureLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thing, who may see it and why. `decided`: nobody has decided about it when False."""

    sort: Sort
    thing: str
    name: Text
    level: Level
    reason: Text
    decided: bool = True


class LogLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision that was made at the wall."""

    when: str
    name: Text
    change: Text
    why: Text


class DisclosureModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`counts` are how many things are public, internal and restricted; `only` is the sort that is
    shown, "" all of them. The log's newest is first."""

    lines: tuple[DisclosureLine, ...] = ()
    log: tuple[LogLine, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
    only: str = ""
    now_ms: int = 0
