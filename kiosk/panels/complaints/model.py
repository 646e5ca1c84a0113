"""What the complaints panel shows: the list, the map, one in full, its answers."""

import msgspec

from kiosk.core.shown import ComplaintsShown
from kiosk.panels.chain import Step
from kiosk.panels.orders.model import Pick
from kiosk.ui.charts.map_model import MapModel
from kiosk.wire.text import Text

NOTHING = Text("", "")


class ComplaintLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A complaint; `number` is the same on the map. `title` is the citizen's own words."""

    id: str
    number: int
    title: str
    where: Text
    age: Text
    steps: tuple[Step, ...]
    simulated: bool = False
    chosen: bool = False


class Opened(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One in full. `answers` are the replies from this wall, newest first; `replies` what one can
    answer while a reply is being written."""

    id: str
    title: str
    description: str
    facts: Text
    answers: tuple[Text, ...] = ()
    replies: tuple[Pick, ...] = ()


class ClusterLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where complaints gather; `id` is the oldest of them, `number` the same on the map."""

    id: str
    number: int
    title: Text
    facts: Text
    simulated: bool = False


class StandingChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How those must stand that the list shows."""

    shown: ComplaintsShown
    label: Text
    chosen: bool


class ComplaintsModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`asked`: a complaint is to be open, found or not. `problem`: why nothing can be sent."""

    loading: bool = False
    title: Text = NOTHING
    remark: Text = NOTHING
    lines: tuple[ComplaintLine, ...] = ()
    standings: tuple[StandingChoice, ...] = ()
    map: MapModel | None = None
    gathered: tuple[ClusterLine, ...] = ()
    opened: Opened | None = None
    asked: bool = False
    problem: Text = NOTHING
    simulated: bool = False
    now_ms: int = 0
