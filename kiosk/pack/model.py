"""What `city.toml` of a city's folder says: what the lists beside it are about."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.wire.text import Language, Text

NOTHING = Text("", "")
OWN_PANELS = frozenset(
    ("home", "orders", "search", "system", "help", "sources", "pairing", "usage", "disclosure")
)
"""Panels about the wall itself, which every city has."""
Degrees = Annotated[float, Meta(ge=-180, le=180)]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Level(_Entry, frozen=True):
    """One level of areas, from the largest: what one is called, and several of them.

    `code` is a pattern of their codes (all of one length; a smaller area's begins with its larger
    one's). `boundaries`: a GeoJSON file of the folder, a package that has them, or "" for cells
    around the centres, which are shown as approximate. `office` is who is in charge of one, with {}
    for its name.
    """

    name: Text
    many: Text
    code: str
    boundaries: str = ""
    office: Text = Text("{}", "{}")

    def office_of(self, name: Text) -> Text:
        """Who is in charge there."""
        return Text(self.office.ko.replace("{}", name.ko), self.office.en.replace("{}", name.en))


class Bounds(_Entry, frozen=True):
    """Where anything of the city can be, WGS84 degrees; what lies outside is a mistake."""

    south: Annotated[float, Meta(ge=-90, le=90)]
    north: Annotated[float, Meta(ge=-90, le=90)]
    west: Degrees
    east: Degrees

    def holds(self, lat: float, lon: float) -> bool:
        return self.south <= lat <= self.north and self.west <= lon <= self.east


class EmergencyRoom(_Entry, frozen=True):
    """A class of emergency room, and how many beds one has in the demonstration, least and most."""

    name: Text
    beds: tuple[Annotated[int, Meta(ge=1)], Annotated[int, Meta(ge=1)]]


class Emergency(_Entry, frozen=True):
    """Whom people call, and how soon somebody is to be there (seconds from the report).

    `centre` is the class of fire station where engines stand, when a list names several classes.
    `rooms`: the classes of emergency rooms as the city's list has them.
    """

    fire: str = ""
    police: str = ""
    hall: str = ""
    goal_s: Annotated[int, Meta(ge=60)] = 420
    centre: str = ""
    rooms: dict[str, EmergencyRoom] = {}


class Grade(_Entry, frozen=True):
    """From `least` on; what that means for people, and whether it is grave."""

    least: float
    name: Text
    advice: Text = NOTHING
    grave: bool = False


class Scale(_Entry, frozen=True):
    """How figures of an indicator are judged in this city, the lowest grade first. `by`: whose
    grades they are."""

    indicator: str
    by: Text
    grade: Annotated[tuple[Grade, ...], Meta(min_length=2, max_length=4)]
    unit: Text = NOTHING

    def place(self, value: float) -> int:
        """Which grade a value has, 0 first."""
        return max(sum(value >= grade.least for grade in self.grade) - 1, 0)


class Pack(_Entry, frozen=True):
    """One city. `short` is its name in a sentence.

    `area` is the code of the whole city in its figures and sources, `middle` the latitude and
    longitude of its city hall. `panels`: those that it shows, all when it names none. `maps`:
    indicators that usually colour the map, the first first, with a short name. `registers`: files
    of config/sources that hold its systems. `gauge` is the indicator that river cameras show.
    `language` is that of names which stand in one language only, `names` what it calls things by a
    name of their own. `invented` says in words that there is no such city. `district` is set in an
    edition for one, `codes` are those of the first level, from districts.toml.
    """

    name: Text
    short: Text
    time_zone: str
    area: str
    bounds: Bounds
    level: Annotated[tuple[Level, ...], Meta(min_length=1, max_length=2)]
    middle: tuple[float, float] | None = None
    emergency: Emergency = Emergency()
    maps: dict[str, Text] = {}
    panels: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    scale: tuple[Scale, ...] = ()
    names: dict[str, Text] = {}
    language: Language = "ko"
    gauge: str = ""
    invented: Text | None = None
    district: str = ""
    codes: tuple[str, ...] = ()

    @property
    def whole(self) -> Text:
        """All of the city, where its parts are the other choice."""
        return Text(f"{self.short.ko} 전체", f"All {self.short.en}")

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude from which distances to the world are told."""
        box = self.bounds
        return self.middle or ((box.south + box.north) / 2, (box.west + box.east) / 2)

    @property
    def parts(self) -> Level:
        """What the city is made of."""
        return self.level[0]

    @property
    def inner(self) -> Level | None:
        """What those are made of; None where nothing smaller is told apart."""
        return self.level[1] if len(self.level) > 1 else None

    def scale_of(self, indicator: str) -> Scale | None:
        return next((scale for scale in self.scale if scale.indicator == indicator), None)

    def called(self, what: str, otherwise: Text) -> Text:
        """What this city calls something that has a name of its own here."""
        return self.names.get(what, otherwise)

    def shows(self, panel: str) -> bool:
        return not self.panels or panel in self.panels or panel in OWN_PANELS
