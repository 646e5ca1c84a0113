"""One record for every Invocation, whatever became of it."""

from typing import Any, Protocol

import msgspec

from kiosk.core.invocation import Invocation, Outcome, Source, Status
from kiosk.wire.messages import Role
from kiosk.wire.text import Text


class AuditRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wanted what, by which input, and what came of it. `id` is the invocation's.

    `panel` stood on the wall afterwards; `opened`: it was brought there by this. `profile` is whom
    the wall worked for ("": whose wall it is). `verified`: a tablet's owner proved to be there.
    """

    id: str
    t_ms: int
    command: str
    args: dict[str, Any]
    source: Source
    actor: str
    role: Role
    trigger: str
    status: Status
    reason: Text
    took_ms: float
    panel: str = ""
    opened: bool = False
    profile: str = ""
    verified: bool = False

    @classmethod
    def of(
        cls,
        invocation: Invocation,
        outcome: Outcome,
        took_ms: float,
        *,
        panel: str = "",
        opened: bool = False,
        profile: str = "",
    ) -> "AuditRecord":
        return cls(
            id=invocation.id,
            t_ms=invocation.t_ms,
            command=invocation.command,
            args=invocation.args,
            source=invocation.source,
            actor=invocation.actor.id,
            role=invocation.actor.role,
            trigger=invocation.trigger,
            status=outcome.status,
            reason=outcome.reason,
            took_ms=round(took_ms, 3),
            panel=panel,
            opened=opened,
            profile=profile,
            verified=invocation.verified,
        )


class AuditLog(Protocol):
    def append(self, record: AuditRecord) -> None: ...
