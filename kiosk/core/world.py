"""What a command may ask about the world: the catalogue, the panels, how the processes are."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

import msgspec

from kiosk.core.camera_wall import Presets
from kiosk.core.contacts import Contact
from kiosk.core.desk import Desk
from kiosk.core.disclosure import Disclosure
from kiosk.core.menu import Menu
from kiosk.core.pins import PinTries
from kiosk.core.profiles import Profiles
from kiosk.wire.messages import State, SyncState
from kiosk.wire.orders import Given, OrderState, SeenView
from kiosk.wire.text import Text
from voice.events import Answer

Topic = Literal[
    "now", "source", "when", "owner", "method", "goal", "limit", "rank", "city", "spread", "past",
    "goals", "direction", "origin",
]  # fmt: skip
"""What may be asked of a figure."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something with a name: a district, an indicator, a camera.

    `department` is in charge of it; `by_district` says that each district has a figure of its own,
    `better` which way an indicator is good, `theme` what it is about, `published` that its figures
    are of periods, not of moments;
    `kind` is what kind of incident, complaint or item it is, `district` where it is, as a code.
    `ended`: it is over. `parent` is the item that it is part of, by id; `group` what a list of its
    panel can be narrowed to; `panels` are those that it names itself.
    `box` is the part of the city's box that it lies in: left, top, right, bottom in 0..1; `at` its
    latitude and longitude. `tags` are the situations that a camera is good for. `t_ms` is when it
    was reported, 0 where nobody said; `state` how far it is, in a word of its kind, `late` when it
    is behind its own dates, `severity` how grave. `indicator` is the figure that tells more of an
    item, `sites` the part of the places that it speaks of. `simulated`: made up for a
    demonstration.
    """

    id: str
    name: Text
    number: int = 0
    department: Text = Text("", "")
    by_district: bool = False
    kind: str = ""
    district: str = ""
    ended: bool = False
    parent: str = ""
    group: str = ""
    panels: tuple[str, ...] = ()
    sdg: tuple[int, ...] = ()
    box: tuple[float, float, float, float] | None = None
    at: tuple[float, float] | None = None
    tags: tuple[str, ...] = ()
    better: Literal["higher", "lower", "neither"] = "neither"
    theme: Text = Text("", "")
    published: bool = False
    t_ms: int = 0
    state: str = ""
    late: bool = False
    severity: str = ""
    indicator: str = ""
    sites: str = ""
    simulated: bool = False


class Catalogue(Protocol):
    """Names of what the city has, in the order in which a person counts them."""

    def districts(self) -> tuple[Entry, ...]: ...

    def indicators(self) -> tuple[Entry, ...]: ...

    def cameras(self) -> tuple[Entry, ...]: ...

    def incidents(self) -> tuple[Entry, ...]: ...

    def complaints(self) -> tuple[Entry, ...]: ...

    def items(self) -> tuple[Entry, ...]: ...

    def neighbourhoods(self) -> tuple[Entry, ...]: ...

    def places(self) -> tuple[Entry, ...]:
        """Car parks, stations and whatever else stands somewhere and has a name to ask for."""
        ...

    def on_map(self, lat: float, lon: float) -> tuple[float, float] | None:
        """A place (degrees) in 0..1 of the city's box, from its west and its north; None: it lies
        outside, or the city has no shape yet."""
        ...


class World(Protocol):
    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def panels(self) -> Mapping[str, Text]:
        """Panel ids and titles, in the order of the dock."""
        ...

    @property
    def menu(self) -> Menu:
        """The dock and its categories."""
        ...

    @property
    def item_panels(self) -> Mapping[str, str]:
        """Kind of item -> the panel that shows items of that kind."""
        ...

    @property
    def narrowings(self) -> Mapping[str, Mapping[str, Text]]:
        """Panel -> what its list can be narrowed to, by the word for it."""
        ...

    def figure(self, indicator: str, district: str | None) -> Text | None:
        """An indicator's newest figure as it is said, with its age when it is not fresh; None
        when it is not known yet."""
        ...

    def told(self, topic: Topic, indicator: str, district: str | None) -> Text:
        """What there is to say about an indicator's figure, of the city without a district.
        Raises Unavailable with the reason where there is nothing."""
        ...

    def ranked(self, indicator: str) -> tuple[str, ...]:
        """Codes of the districts that have a figure, the highest first."""
        ...

    def pages(self) -> tuple[int, int] | None:
        """The page of the list on the wall, from 0, and how many it has; None without a list that
        has more than one."""
        ...

    def apart(self, indicator: str) -> frozenset[str]:
        """By what an indicator tells people apart: "sex", "age"."""
        ...

    def pressable(self, place: str) -> tuple[str, dict[str, Any]] | None:
        """Command and arguments of what a finger could press now at a place of this name; None
        where there is no such place on the wall."""
        ...

    def standing(self, panel: str) -> Text:
        """How old what a panel shows is; empty while all of it is fresh."""
        ...

    def understand(self, text: str) -> Answer | None:
        """What written words mean as a command; None while nothing can be understood yet."""
        ...

    def picture(self, camera: str) -> Text:
        """How a camera's picture is; empty while it is live or nobody has asked for it."""
        ...

    @property
    def people(self) -> Mapping[str, Text]:
        """Those whose ways of the hand are known, by name."""
        ...

    @property
    def pins(self) -> PinTries:
        """Wrong PINs that were pressed at this wall."""
        ...

    @property
    def profiles(self) -> Profiles:
        """Those whom the wall can work for."""
        ...

    @property
    def conferences(self) -> bool:
        """Whether calls of several can be made: a server for them is configured."""
        ...

    @property
    def disclosure(self) -> Disclosure:
        """Who may see what, as it is decided now."""
        ...

    @property
    def tablets(self) -> int:
        """How many paired tablets are connected."""
        ...

    @property
    def desk(self) -> Desk:
        """Departments, and words for orders and replies."""
        ...

    @property
    def presets(self) -> Presets:
        """Cameras for a situation or a part of the day."""
        ...

    @property
    def orders(self) -> Mapping[str, OrderState]:
        """How far the orders of this kiosk are, by id."""
        ...

    @property
    def given(self) -> Given:
        """Orders, replies and notes of this kiosk, newest first."""
        ...

    @property
    def sync(self) -> SyncState | None:
        """Whether the backend answers; None until anybody has tried."""
        ...

    @property
    def devices(self) -> Mapping[str, str]:
        """Paired tablets: id and name."""
        ...

    @property
    def offices(self) -> Mapping[str, str]:
        """Paired tablets that belong to a department: the tablet's id and the department's."""
        ...

    def view(self) -> SeenView | None:
        """What the wall showed last that an order can be about; None before the first."""
        ...

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Who can be reached at a paired tablet."""
        ...

    @property
    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """Command -> sentences ready to say."""
        ...

    @property
    def said(self) -> Text:
        """The wall's last answer to a person; empty before the first."""
        ...

    @property
    def noted(self) -> frozenset[str]:
        """Incidents (their ids) that somebody at this kiosk has taken note of."""
        ...

    def new_id(self) -> str:
        """An id that nothing else has, on this kiosk or another."""
        ...

    def health(self, process: str) -> State:
        """State of a process, `stopped` when nothing is known of it."""
        ...

    def now_ms(self) -> int: ...


class EmptyCatalogue:
    """The catalogue before the first row has arrived."""

    def districts(self) -> tuple[Entry, ...]:
        return ()

    def indicators(self) -> tuple[Entry, ...]:
        return ()

    def cameras(self) -> tuple[Entry, ...]:
        return ()

    def incidents(self) -> tuple[Entry, ...]:
        return ()

    def complaints(self) -> tuple[Entry, ...]:
        return ()

    def items(self) -> tuple[Entry, ...]:
        return ()

    def neighbourhoods(self) -> tuple[Entry, ...]:
        return ()

    def places(self) -> tuple[Entry, ...]:
        return ()

    def on_map(self, lat: float, lon: float) -> tuple[float, float] | None:
        return None


def find(entries: tuple[Entry, ...], wanted: str) -> Entry | None:
    """The entry with this id, this number, or this name in either language."""
    for entry in entries:
        if wanted in (entry.id, entry.name.ko, entry.name.en):
            return entry
    if wanted.isascii() and wanted.isdigit():
        return next((entry for entry in entries if entry.number == int(wanted)), None)
    return None
