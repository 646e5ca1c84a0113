"""The one state of the wall and the store that holds it."""

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from kiosk.core.camera_wall import CameraWall
from kiosk.core.looks import AreasLook, ChartLook, MapLook, Turn
from kiosk.core.shown import Lists, OrdersShown, Screen
from kiosk.wire.calls import Call
from kiosk.wire.city import EVERYONE, Period, Sex
from kiosk.wire.talks import Talk
from kiosk.wire.text import Language, Text

HISTORY_LIMIT = 50
ZOOM_MAX = 8.0

ThemeName = Literal["dark", "light", "high_contrast"]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the wall is: what back and forward bring again.

    `item` is the order, complaint or item that is open. `about` is what an order, or a reply, is
    being written about, as table/key ("" about nothing on the screen); None: none is being written.
    `period`, `sex` and `age` say which figures of an indicator are shown, as far as it has such.
    `only` is what the panel's list is narrowed to, a word of the panel's own ("": all of it).
    `chart` and `areas` say how its line, and how districts beside one another are looked at.
    """

    panel: str = "home"
    district: str | None = None
    indicator: str | None = None
    camera: str | None = None
    item: str | None = None
    about: str | None = None
    period: Period = ""
    sex: Sex = "all"
    age: str = EVERYONE
    neighbourhood: str | None = None
    only: str = ""
    chart: ChartLook = ChartLook()
    areas: AreasLook = AreasLook()


class ConfirmationView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The question on the screen. The nonce names it; the dispatcher alone can redeem it."""

    nonce: str
    question: Text
    why: Text
    verb: Text
    expires_ms: int


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the things a person may have meant."""

    label: str
    command: str
    args: dict[str, Any]


class ChoiceView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which of these did you mean? Answered by finger, hand or number."""

    heard: str
    options: tuple[Option, ...]
    expires_ms: int


class PairingView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the pairing panel shows: an offer (QR), then a tablet that asks."""

    url: str = ""
    expires_ms: int = 0
    request: str = ""
    device_name: str = ""
    check_code: str = ""


class PinView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to be let in presses their PIN until then; `note`: why the last one was not taken."""

    profile: str
    name: Text
    expires_ms: int
    note: Text | None = None


class RecordingView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The camera's hands are being recorded until then; `video`: pictures too; `sound`: what the
    microphone hears too."""

    until_ms: int
    video: bool = False
    sound: bool = False


class ViewState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that decides what the wall shows, except the city's data and the sensors' live picture.

    `map_zoom` is 1 for the whole city; `map_x`, `map_y` are the centre in 0..1 of the city's box.
    `map_look` says what is drawn on it. `small_tiles`: the board of indicators shows all at once.
    `turn` tells the list on the wall which page to show.
    `goal` is the Sustainable Development Goal (an item's id), or target of one, that the wall is
    looked at through. `sought` is what was last looked for by name. `person` stands at the wall,
    when it is somebody whose ways of the hand are known; `profile` is whom the wall works for ("":
    whose wall it is), `pasts` where the others were, by profile, the last place last.
    `lists` are narrowed by how things stand, `screen` is the wall itself, `kept` a place to come
    back to. `ticked`: what an installer wants recorded beside the hands.
    `by_use`: the tabs of a category stand in the order in which that profile uses them. `call` is
    the one with a tablet, from its first ring on.
    """

    place: Place = Place()
    past: tuple[Place, ...] = ()
    future: tuple[Place, ...] = ()
    metric: str | None = None
    map_zoom: float = 1.0
    map_x: float = 0.5
    map_y: float = 0.5
    map_look: MapLook = MapLook()
    small_tiles: bool = False
    turn: Turn = Turn()
    cctv: CameraWall = CameraWall()
    language: Language = "ko"
    theme: ThemeName = "dark"
    text_scale: float = 1.0
    locked: bool = False
    dimmed: bool = False
    person: str = ""
    profile: str = ""
    pasts: dict[str, tuple[Place, ...]] = {}
    by_use: bool = False
    orders_shown: OrdersShown = "open"
    goal: str = ""
    sought: str = ""
    incident_kind: str = ""
    lists: Lists = Lists()
    screen: Screen = Screen()
    kept: Place | None = None
    confirmation: ConfirmationView | None = None
    choice: ChoiceView | None = None
    pairing: PairingView | None = None
    pin: PinView | None = None
    recording: RecordingView | None = None
    ticked: frozenset[str] = frozenset()
    call: Call | None = None
    talks: tuple[Talk, ...] = ()

    @property
    def panel(self) -> str:
        return self.place.panel


def replace(state: ViewState, **changes: Any) -> ViewState:
    """A copy with these fields changed."""
    return msgspec.structs.replace(state, **changes)


def elsewhere(place: Place, panel: str, **opened: Any) -> Place:
    """Another panel about the same part of the city; another district has other neighbourhoods."""
    kept: dict[str, Any] = {"district": place.district}
    if opened.get("district", place.district) == place.district:
        kept["neighbourhood"] = place.neighbourhood
    return Place(panel=panel, **(kept | opened))


def go(state: ViewState, place: Place) -> ViewState:
    """Moves to a place, and remembers the way back. Going where one is changes nothing."""
    if place == state.place:
        return state
    past = (*state.past, state.place)[-HISTORY_LIMIT:]
    return replace(state, place=place, past=past, future=())


def look(state: ViewState, zoom: float = 1.0, x: float = 0.5, y: float = 0.5) -> ViewState:
    """The map at a zoom and a centre, as near as keeps the seen part inside the city's box."""
    zoom = min(max(zoom, 1.0), ZOOM_MAX)
    half = 0.5 / zoom
    x, y = min(max(x, half), 1 - half), min(max(y, half), 1 - half)
    return replace(state, map_zoom=zoom, map_x=x, map_y=y)


Changes = frozenset[str]
Listener = Callable[[ViewState, Changes], None]


class Store:
    """Holds the ViewState. Only the dispatcher replaces it; everybody else listens."""

    def __init__(self, state: ViewState | None = None) -> None:
        self._state = state or ViewState()
        self._listeners: list[Listener] = []

    @property
    def state(self) -> ViewState:
        return self._state

    def listen(self, listener: Listener) -> None:
        """`listener(state, changes)` is called after each change; `changes` names the fields."""
        self._listeners.append(listener)

    def put(self, state: ViewState) -> Changes:
        old, self._state = self._state, state
        changes = frozenset(
            name for name in state.__struct_fields__ if getattr(old, name) != getattr(state, name)
        )
        if changes:
            for listener in self._listeners:
                listener(state, changes)
        return changes
