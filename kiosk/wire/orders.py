"""Orders of the mayor to those in charge, and replies to citizens' complaints.

What was ordered never changes once it is written; only how far it has come does.
"""

from typing import Literal

import msgspec

from kiosk.wire.text import Text

OrderState = Literal["written", "sent", "delivered", "read", "answered", "done"]
ORDER_STATES: tuple[OrderState, ...] = (
    *("written", "sent", "delivered", "read"),
    *("answered", "done"),
)


class SeenLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a view as it was: what, how much, and how old that was then."""

    label: Text
    value: Text
    age: Text = Text("", "")
    simulated: bool = False


class SeenView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was looked at when an order was given: a panel's title and its first lines, as of
    `t_ms`. It never changes, whatever the panel shows later."""

    panel: str
    title: Text
    t_ms: int
    lines: tuple[SeenLine, ...] = ()


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`id` is given once, by the kiosk, and is the key by which the backend knows a repetition.

    `to`: the department or the post in charge. `about`: what it concerns, as table/key
    ("incidents/fire-1"), or nothing. `due_ms`: until when, if said. `view`: what was looked at, if
    that goes with it.
    """

    id: str
    t_ms: int
    by: str
    to: str
    text: str
    about: str = ""
    due_ms: int | None = None
    view: SeenView | None = None


class Reply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to a citizen's complaint; `complaint` is the source's own number of it."""

    id: str
    t_ms: int
    by: str
    complaint: str
    text: str


class Acknowledgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody at this kiosk has taken note of an incident; `incident` is its row's id."""

    id: str
    t_ms: int
    by: str
    incident: str


class NewComplaint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A complaint that begins here, for the system `source` that takes such (its id).

    `service`: the system's own code of what it is about. Raises ValueError when there is neither
    an address nor both coordinates (WGS84 degrees).
    """

    id: str
    t_ms: int
    by: str
    source: str
    service: str
    text: str
    address: str = ""
    lat: float | None = None
    lon: float | None = None

    def __post_init__(self) -> None:
        if not self.address and (self.lat is None or self.lon is None):
            raise ValueError("an address, or lat and lon, is expected")


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Those in charge say at a tablet how far an order is; `id` is the same for the same news.

    `text`: the answer in words, of the state "answered"; of the others empty.
    """

    id: str
    t_ms: int
    order: str
    state: OrderState
    by: str
    text: str = ""


Writing = Order | Reply | Report | Acknowledgement
"""What a kiosk writes into its ledger and sends on."""


class GivenOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order as the ledger keeps it: how far it has come, when it reached the backend, and why
    the backend will never take it, if so. `reports` are those of this kiosk, the oldest first."""

    order: Order
    state: OrderState
    changed_ms: int
    sent_ms: int | None = None
    refused: str | None = None
    reports: tuple[Report, ...] = ()

    @property
    def answer(self) -> str:
        """What those in charge answered at a tablet of this kiosk; empty before."""
        return next((r.text for r in reversed(self.reports) if r.text), "")


class GivenReply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply as the ledger keeps it."""

    reply: Reply
    sent_ms: int | None = None
    refused: str | None = None


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What this kiosk has ordered, replied and taken note of, newest first."""

    orders: tuple[GivenOrder, ...] = ()
    replies: tuple[GivenReply, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()


def further(one: OrderState, other: OrderState) -> OrderState:
    """The state that is further on: news that comes late or twice never takes one back."""
    return max(one, other, key=ORDER_STATES.index)
