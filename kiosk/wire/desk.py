"""What lies on the officials' desks: orders, incidents, and what a new order is made of."""

import msgspec

from kiosk.wire.orders import OrderState, SeenView
from kiosk.wire.text import Text

NOTHING = Text("", "")


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Addressee(_Part, frozen=True):
    """Whom one can order. `office` is the department, its own id where this is one; `post` says
    that it is somebody of that department. `duty`: whether on duty now, None where nobody says.
    `here`: a tablet of theirs is connected; `above`: the departments (ids) that theirs is
    part of."""

    id: str
    name: Text
    office: str
    post: bool = False
    duty: bool | None = None
    here: bool = False
    above: tuple[str, ...] = ()


class Ready(_Part, frozen=True):
    """Ready words; `about` names the tables that they fit, empty fits everything."""

    id: str
    words: Text
    about: tuple[str, ...] = ()


class PanelName(_Part, frozen=True):
    """A panel that a tablet can ask the wall for; `part` is what the wall sorts it under."""

    id: str
    title: Text
    part: Text


class IncidentCard(_Part, frozen=True):
    """An incident that runs. `at`: latitude and longitude, degrees; `district` is a code; `office`
    who is in charge, by id."""

    id: str
    headline: Text
    severity: str
    t_ms: int
    district: str = ""
    where: Text = NOTHING
    at: tuple[float, float] | None = None
    office: str = ""
    charged: Text = NOTHING
    simulated: bool = False


class OrderCard(_Part, frozen=True):
    """An order in full. `to` is whom by id, `office` their department, `giver` the tablet that
    gave it ("wall": at the wall); `steps` when it came to each state; `answer` what was said.
    `refused`: the backend will never take it. `simulated`: the demonstration plays those in
    charge."""

    id: str
    to: str
    office: str
    name: Text
    text: str
    t_ms: int
    giver: str
    by: Text
    state: OrderState
    steps: dict[OrderState, int]
    due_ms: int | None = None
    about: str = ""
    subject: Text = NOTHING
    view: SeenView | None = None
    answer: str = ""
    simulated: bool = False
    refused: bool = False


class Reachable(_Part, frozen=True):
    """A tablet that is connected and can be called; `office` is its department's name."""

    device: str
    name: str
    office: Text = NOTHING


class TabletDesk(_Part, frozen=True):
    """`about` is what the wall is about now, as table/key, `subject` its name. `districts` are
    codes and names. `givers` are the roles that may give orders, `reachable` who can be called."""

    about: str = ""
    subject: Text = NOTHING
    orders: tuple[OrderCard, ...] = ()
    incidents: tuple[IncidentCard, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    instructions: tuple[Ready, ...] = ()
    dues: tuple[Ready, ...] = ()
    panels: tuple[PanelName, ...] = ()
    districts: tuple[Ready, ...] = ()
    givers: tuple[str, ...] = ()
    reachable: tuple[Reachable, ...] = ()
