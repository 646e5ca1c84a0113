"""What the incident panel shows: today's list, or one incident with all that is near it."""

from typing import Literal

import msgspec

from kiosk.core.shown import IncidentsShown
from kiosk.panels.figures import Figure
from kiosk.panels.incident.clock import Clock
from kiosk.ui.ages import Quality
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.map_model import MapGeometry, MapModel, Press
from kiosk.ui.icon_names import IconName
from kiosk.wire.city import Severity
from kiosk.wire.text import Text

NOTHING = Text("", "")
MarkKind = Literal["station", "hospital", "camera", "police", "subway"]


class _Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class IncidentLine(_Model, frozen=True):
    """An incident of the list; `number` is the same on the map and in speech. `state` tells since
    when it runs or when it ended, `noted` who has taken note of it and when."""

    id: str
    number: int
    severity: Severity
    headline: Text
    facts: Text
    state: Text
    noted: Text = NOTHING
    over: bool = False
    simulated: bool = False


class Mark(_Model, frozen=True):
    """Something on the map around an incident: `label` stands in it, `name` beside it where there
    is room. `joined`: a line leads to the incident, solid once they have arrived."""

    kind: MarkKind
    label: str
    name: str
    lat: float
    lon: float
    joined: Literal["", "dashed", "solid"] = ""
    press: Press | None = None


class SceneMapModel(_Model, frozen=True):
    """The map around an incident: `radius_m` is to be seen around it, with circles at `rings_m`."""

    geometry: MapGeometry
    lat: float
    lon: float
    severity: Severity
    radius_m: float
    rings_m: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()


class UnitLine(_Model, frozen=True):
    """A fire station near by. `letter` stands on the map too; `state` tells when they came or will;
    a station from which nobody was sent has no vehicles."""

    letter: str
    name: str
    distance: Text
    vehicles: Text = NOTHING
    state: Text = NOTHING
    arrived: bool = False


class HospitalLine(_Model, frozen=True):
    """An emergency room near by: its level, and how many beds are free as of when."""

    name: str
    level: Text
    distance: Text
    beds: str
    quality: Quality
    age: Text


class PoliceLine(_Model, frozen=True):
    """The nearest police station, and what the police say."""

    name: str
    distance: Text
    words: Text
    simulated: bool = False


class Deed(_Model, frozen=True):
    """Something that can be done about it."""

    label: Text
    press: Press
    icon: IconName
    enabled: bool = True


class Scene(_Model, frozen=True):
    """One incident. `place` is its rank, "3건 중 1번째"; `kind` its kind in words; `over` is not
    empty when it has ended; `noted` who has taken note of it and when. `cameras_note` says which
    nearer cameras give no picture. `simulated` is the incident, `beds_simulated`
    what hospitals report."""

    id: str
    number: int
    place: Text
    kind: Text
    severity: Severity
    headline: Text
    address: Text
    facts: Text
    clock: Clock
    over: Text = NOTHING
    noted: Text = NOTHING
    simulated: bool = False
    map: SceneMapModel | None = None
    cameras: tuple[CameraTileModel, ...] = ()
    cameras_note: Text = NOTHING
    units: tuple[UnitLine, ...] = ()
    units_note: Text = NOTHING
    hospitals: tuple[HospitalLine, ...] = ()
    beds_simulated: bool = False
    police: PoliceLine | None = None
    deeds: tuple[Deed, ...] = ()


class KindChoice(_Model, frozen=True):
    """A kind that the list can show alone, and how many there are of it; "" is every kind."""

    kind: str
    label: Text
    chosen: bool


class StandingChoice(_Model, frozen=True):
    """How those must stand that the list shows, and how many do."""

    shown: IncidentsShown
    label: Text
    chosen: bool


class IncidentModel(_Model, frozen=True):
    """`asked`: one is to be open, found (`scene`) or not. `large_map`: its map takes all room."""

    loading: bool = False
    title: Text = NOTHING
    remark: Text = NOTHING
    lines: tuple[IncidentLine, ...] = ()
    kinds: tuple[KindChoice, ...] = ()
    standings: tuple[StandingChoice, ...] = ()
    figures: tuple[Figure, ...] = ()
    map: MapModel | None = None
    asked: bool = False
    scene: Scene | None = None
    large_map: bool = False
    simulated: bool = False
    now_ms: int = 0
