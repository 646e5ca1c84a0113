"""A confirmation is a nonce that the dispatcher holds, with a time limit."""

import secrets
from collections.abc import Callable

import msgspec

from kiosk.core.errors import Unavailable
from kiosk.core.invocation import Invocation
from kiosk.core.registry import Command
from kiosk.wire.text import Text


class Pending(msgspec.Struct, frozen=True):
    nonce: str
    command: Command
    invocation: Invocation
    expires_ms: int


class Confirmations:
    """At most one question is open; a newer one takes the place of the older."""

    def __init__(self, make_nonce: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        self._make_nonce = make_nonce
        self._pending: Pending | None = None

    @property
    def pending(self) -> Pending | None:
        return self._pending

    def ask(self, command: Command, invocation: Invocation, expires_ms: int) -> Pending:
        self._pending = Pending(self._make_nonce(), command, invocation, expires_ms)
        return self._pending

    def redeem(self, nonce: str, now_ms: int) -> Pending:
        """Takes the question away; an empty nonce means the one on the screen.

        Raises Unavailable when there is none, when it has expired, or when it is another.
        """
        pending = self._pending
        if pending is None or (nonce and nonce != pending.nonce):
            raise Unavailable(Text("지금 확인할 것이 없습니다", "Nothing asks to be confirmed now"))
        self._pending = None
        if now_ms >= pending.expires_ms:
            raise Unavailable(Text("확인 시간이 지났습니다", "The time to confirm is over"))
        return pending

    def drop(self) -> None:
        """The question left the screen unanswered."""
        self._pending = None

    def drop_expired(self, now_ms: int) -> Pending | None:
        """The question that nobody answered in time, once."""
        pending = self._pending
        if pending is None or now_ms < pending.expires_ms:
            return None
        self._pending = None
        return pending
