"""Invocation in, Outcome out: the only way to act on the kiosk."""

from enum import StrEnum
from typing import Any

import msgspec

from kiosk.wire.messages import Role
from kiosk.wire.text import Text


class Source(StrEnum):
    TOUCH = "touch"
    GESTURE = "gesture"
    VOICE = "voice"
    TABLET = "tablet"
    KEYBOARD = "keyboard"
    REPLAY = "replay"
    SYSTEM = "system"


class Status(StrEnum):
    DONE = "done"
    UNKNOWN = "unknown"
    BAD_ARGUMENTS = "bad-arguments"
    UNAVAILABLE = "unavailable"
    DENIED = "denied"
    NEEDS_CONFIRM = "needs-confirm"
    FAILED = "failed"


class Actor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts: the person in front of the wall, or a paired device."""

    id: str
    role: Role


class Invocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wish: which command, with what, from whom, and what the person did (`trigger`).

    `verified`: the tablet's owner proved to be there for this one, by fingerprint or the like.
    """

    id: str
    command: str
    args: dict[str, Any]
    source: Source
    actor: Actor
    trigger: str
    t_ms: int
    verified: bool = False


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of it, with the sentence that the screen shows."""

    invocation: str
    status: Status
    reason: Text

    @property
    def done(self) -> bool:
        return self.status is Status.DONE
