"""What a panel is: a declaration, a presenter without Qt, a view that is loaded when it is opened.

A panel is one folder here with a `spec.py` that holds `SPEC`; nothing else names it.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

from gestures.events import GestureKind
from kiosk.core.audit import AuditRecord
from kiosk.core.bindings import Bindings
from kiosk.core.camera_wall import Presets
from kiosk.core.desk import Desk
from kiosk.core.disclosure import Disclosure
from kiosk.core.photos import NO_PHOTOS, Photos
from kiosk.core.profiles import Profiles
from kiosk.core.state import ViewState
from kiosk.core.usage import Use
from kiosk.ui.gesture_words import OWN_WORDS
from kiosk.ui.icon_names import IconName
from kiosk.wire.messages import CameraState, Device, State, SyncState
from kiosk.wire.orders import Given, Writing
from kiosk.wire.projection import Projection
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

Category = Literal["city", "citizens", "administration", "programmes", "kiosk"]
CATEGORIES: Mapping[Category, Text] = {
    "city": Text("실시간 도시 현황", "City now"),
    "citizens": Text("시민 의견, 도시 데이터", "Citizens, urban data"),
    "administration": Text("행정 현황", "City hall"),
    "programmes": Text("계획과 사업", "Plans and projects"),
}
"""What the city's panels are sorted into; those of the category "kiosk" are about the wall itself
and stand in the dock on their own."""


class ProcessRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A process of the kiosk as the screen shows it."""

    name: str
    state: State
    reason: Text = Text("", "")
    restarts: int = 0


class HelpEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command and the ways to give it; `phrases` are ready to say."""

    command: str
    title: Text
    phrases: tuple[str, ...] = ()
    gestures: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


class HandHelp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the gestures give: the bindings, and the titles of commands and panels."""

    bindings: Bindings = Bindings()
    titles: Mapping[str, Text] = {}
    panels: Mapping[str, Text] = {}

    def does(self, kind: GestureKind, panel: str, person: str) -> Text | None:
        """What a gesture does on a panel for a person; None: nothing."""
        own = OWN_WORDS.get(kind)
        bound = self.bindings.find("gesture", kind.value, panel, person)
        if own is not None or bound is None:
            return own
        opened = self.panels.get(str(bound.args.get("panel")))
        if opened is not None:
            return Text(f"{opened.ko} 열기", f"Open {opened.en}")
        return self.titles.get(bound.command)


class Live(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known without the cache: processes, cameras, tablets, the last Invocations.

    `online` are the tablets that are connected, by id; `conferences`: several of them can be in
    one call. `audit` is newest first. `authority` is the
    fingerprint (hex) by which tablets know the wall, empty when the city's certificate serves.
    `cameras` has the last state of each by id. `given` are the orders and replies of the
    ledger, `writing` those that are not on the disk yet. `usage` is what people did in the last
    weeks, by the hour. `disclosure` says who may see what.
    """

    processes: tuple[ProcessRow, ...] = ()
    cameras: Mapping[str, CameraState] = {}
    sync: SyncState | None = None
    devices: tuple[Device, ...] = ()
    tablets: int = 0
    online: frozenset[str] = frozenset()
    conferences: bool = False
    authority: str = ""
    audit: tuple[AuditRecord, ...] = ()
    help: tuple[HelpEntry, ...] = ()
    hands: HandHelp = HandHelp()
    desk: Desk = Desk()
    presets: Presets = Presets()
    profiles: Profiles = Profiles()
    given: Given = Given()
    writing: tuple[Writing, ...] = ()
    photos: Photos = NO_PHOTOS
    usage: tuple[Use, ...] = ()
    disclosure: Disclosure = Disclosure()


class Presenter(Protocol):
    """Turns rows into what the view shows. No Qt, no clock of its own, no state."""

    tables: frozenset[str]
    """Tables of the cache whose change makes `query` worth asking again."""

    fields: frozenset[str]
    """Fields of the ViewState whose change does; the others need `present` only."""

    def query(self, repositories: "Repositories", state: ViewState) -> Any:
        """Reads what the panel needs. Runs off the screen's thread."""
        ...

    def present(self, state: ViewState, data: Any, live: Live, now_ms: int) -> Any:
        """The view model; `data` is None until the first query has been answered."""
        ...

    def project(self, model: Any) -> Projection:
        """The same for a tablet."""
        ...


class PanelSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A panel as data. `order` is its place among the panels of its category (None: it is opened
    from another panel only), `icon` stands for it in the dock, `items` are the kinds of items that
    it opens, `narrowings` what its list can be narrowed to (a word and its title).

    `view` and `presenter` name a class as "module:Class"; the view is imported when it is shown.
    """

    id: str
    title: Text
    subtitle: Text
    presenter: str
    view: str
    order: int | None = None
    category: Category = "city"
    icon: IconName | None = None
    sdg: tuple[int, ...] = ()
    items: tuple[str, ...] = ()
    narrowings: tuple[tuple[str, Text], ...] = ()

    def load_presenter(self) -> Presenter:
        made: Presenter = _load(self.presenter)()
        return made

    def load_view(self) -> Any:
        """The class of the view: `PanelView(theme, frames)`."""
        return _load(self.view)


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
