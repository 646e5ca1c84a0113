"""What the orders panel shows: the list, one in full, or a new one."""

import msgspec

from kiosk.core.shown import OrdersShown
from kiosk.panels.chain import Step
from kiosk.ui.charts.map_model import Press
from kiosk.wire.orders import SeenView
from kiosk.wire.text import Text

NOTHING = Text("", "")


class OrderLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order. `text` is in full; `press` opens what it is about; `note` is what a person has to
    know or do, with weight when `trouble`. `answer`: what those in charge said; `view`: what was
    looked at when it was given. `call`: speaks with those in charge, while it runs."""

    id: str
    text: str
    to: Text
    given: Text
    steps: tuple[Step, ...]
    subject: Text = NOTHING
    press: Press | None = None
    call: Press | None = None
    note: Text = NOTHING
    trouble: bool = False
    overdue: bool = False
    simulated: bool = False
    writing: bool = False
    answer: str = ""
    view: SeenView | None = None


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to choose; `value` goes into the command."""

    value: str
    label: Text


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new order: what it is about, whom and what one can choose; `charged` is in charge."""

    about: str
    subject: Text
    departments: tuple[Pick, ...]
    instructions: tuple[Pick, ...]
    dues: tuple[Pick, ...]
    charged: str = ""
    problem: Text = NOTHING


class OrdersModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`draft` and `opened` take the list's place. `asked`: an order is to be open, found or not.
    `problem`: why nothing can be given now."""

    loading: bool = False
    shown: OrdersShown = "open"
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    lines: tuple[OrderLine, ...] = ()
    opened: OrderLine | None = None
    asked: bool = False
    draft: Draft | None = None
    problem: Text = NOTHING
    now_ms: int = 0
