"""Orders of the mayor to those in charge, and replies to citizens' complaints.

What was ordered never changes once it is written; only how far it has come does.
"""

from typing import Literal

import msgspec

OrderState = Literal["written", "sent", "delivered", "read", "done"]
ORDER_STATES: tuple[OrderState, ...] = ("written", "sent", "delivered", "read", "done")


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`id` is given once, by the kiosk, and is the key by which the backend knows a repetition.

    `to`: the department in charge. `about`: what it concerns, as table/key ("incidents/fire-1"),
    or nothing. `due_ms`: until when, if said.
    """

    id: str
    t_ms: int
    by: str
    to: str
    text: str
    about: str = ""
    due_ms: int | None = None


class Reply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to a citizen's complaint; `complaint` is the source's own number of it."""

    id: str
    t_ms: int
    by: str
    complaint: str
    text: str


def further(one: OrderState, other: OrderState) -> OrderState:
    """The state that is further on: news that comes late or twice never takes one back."""
    return max(one, other, key=ORDER_STATES.index)
