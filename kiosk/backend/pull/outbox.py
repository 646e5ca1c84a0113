"""What the backend has taken to pass on to the city's systems, and what became of it."""

from typing import TypeVar

import msgspec
from sqlalchemy import text

from kiosk.backend.store import Store
from kiosk.wire.orders import NewComplaint, Reply

T = TypeVar("T")
REPLIES, COMPLAINTS = "replies", "new-complaints"
PASSED_ON = "passed-on"

_WAITING = text(
    "SELECT body FROM documents WHERE kind = :kind AND key NOT IN "
    "(SELECT key FROM documents WHERE kind = :over) ORDER BY key"
)
_HOW = text("SELECT body FROM documents WHERE kind = :over AND key = :key")


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it ended: `number` is what the system calls it, `refused` why it will never take it."""

    t_ms: int
    number: str = ""
    refused: str = ""


class Outbox:
    """Documents of the store that are not passed on yet. Calls block."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replies(self) -> list[Reply]:
        """Those that wait, oldest first."""
        return sorted(self._waiting(REPLIES, Reply), key=lambda reply: reply.t_ms)

    def complaints(self) -> list[NewComplaint]:
        """Those that wait, oldest first."""
        return sorted(self._waiting(COMPLAINTS, NewComplaint), key=lambda each: each.t_ms)

    def ended(self, key: str, outcome: Outcome) -> None:
        """Kept once; a second end changes nothing."""
        self._store.keep(PASSED_ON, key, msgspec.json.encode(outcome).decode())

    def outcome(self, key: str) -> Outcome | None:
        """None while it waits."""
        with self._store.engine.connect() as connection:
            found = connection.scalar(_HOW, {"over": PASSED_ON, "key": key})
        return None if found is None else msgspec.json.decode(found, type=Outcome)

    def _waiting(self, kind: str, of: type[T]) -> list[T]:
        with self._store.engine.connect() as connection:
            bodies = connection.scalars(_WAITING, {"kind": kind, "over": PASSED_ON}).all()
        return [msgspec.json.decode(body, type=of) for body in bodies]
