"""What the system panel shows."""

import msgspec

from kiosk.cache.freshness import Freshness
from kiosk.panels.panel import ProcessRow
from kiosk.wire.text import Text


class SourceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source with when it was heard last, how old that is against its period, and its error."""

    name: Text
    owner: Text
    period: Text
    last_ms: int | None
    as_of: Text | None
    quality: Freshness
    error: Text | None
    simulated: bool


class AuditRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that somebody asked for, and what came of it."""

    at: str
    way: Text
    what: Text
    outcome: Text
    done: bool


class SystemModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sync` is one sentence on how far the wall follows the backend; `recording` says that the
    camera's hands are being recorded, `may_record` that whom the wall works for may do that,
    `may_tick` that they may have pictures and sound recorded too, as far as `ticked`."""

    processes: tuple[ProcessRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    late_sources: int = 0
    audit: tuple[AuditRow, ...] = ()
    sync: Text = Text("", "")
    sync_well: bool = True
    tablets: int = 0
    recording: bool = False
    may_tick: bool = False
    ticked: frozenset[str] = frozenset()
    may_record: bool = False
    now_ms: int = 0
