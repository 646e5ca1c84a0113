"""What somebody says about their city: the file that `city new --from` reads."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.core.desk import Department, Desk
from kiosk.panels import check_named
from kiosk.settings import SettingsError
from kiosk.settings.loading import read_model
from kiosk.wire.text import Language, Text

KIT = Path(__file__).parents[3] / "config" / "kit"
TEMPLATE, SAMPLE = KIT / "pack", KIT / "answers.toml"
SOURCES = (
    *("dispatch", "air", "weather", "traffic", "complaints", "rooms", "labour", "residents"),
    "stations",
)
"""Ids of the template's sources, each of which an office owns."""
PANELS = (
    *("incident", "cctv", "traffic", "air", "complaints", "indicators", "compare", "projects"),
)
"""What a city shows that says nothing: those that the template has something for."""
MOST_AREAS = 200
Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class _Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Names(_Answer, frozen=True):
    """A name in Korean, in English, in one's own language; what is missing is said by another."""

    ko: str = ""
    en: str = ""
    own: str = ""

    @property
    def text(self) -> Text:
        return Text(self.ko or self.own or self.en, self.en or self.own or self.ko)


class AreaWord(_Answer, frozen=True):
    """What an area is called, several of them, and who is in charge of one ({}: its name)."""

    name: Names = Names("지역", "area")
    many: Names = Names("지역", "areas")
    office: Names = Names("{}", "{}")


class Properties(_Answer, frozen=True):
    """Which properties of a feature hold an area's code and names; "" where there is none."""

    code: str = "code"
    ko: str = "name_ko"
    en: str = "name_en"


class Numbers(_Answer, frozen=True):
    fire: str = ""
    police: str = ""
    hall: str = ""


class Office(_Answer, frozen=True):
    """A department; `sources` are ids of SOURCES that it owns. The rest: see Department."""

    id: Name
    name: Names
    part_of: str = ""
    contact: str = ""
    duties: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Say(_Answer, frozen=True):
    ko: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Called(_Answer, frozen=True):
    """A panel's own name, and further ways to say it."""

    name: Names
    say: Say = Say()


class Answers(_Answer, frozen=True):
    """`areas` are names, or `borders` is a GeoJSON file; `middle` is latitude and longitude of the
    city hall, needed where there are no borders; `span_km` how wide the city then is about."""

    name: Names
    short: Names | None = None
    language: Language = "ko"
    time_zone: str = "Asia/Seoul"
    middle: (
        tuple[Annotated[float, Meta(ge=-85, le=85)], Annotated[float, Meta(ge=-180, le=180)]] | None
    ) = None
    span_km: Annotated[float, Meta(gt=0, le=500)] = 15
    areas: Annotated[tuple[Names, ...], Meta(max_length=MOST_AREAS)] = ()
    borders: str = ""
    properties: Properties = Properties()
    area_word: AreaWord = AreaWord()
    emergency: Numbers = Numbers()
    office: tuple[Office, ...] = ()
    panels: tuple[str, ...] = PANELS
    called: dict[str, Called] = {}

    def desk(self) -> Desk:
        """The offices as the wall knows them."""
        return Desk(
            department=tuple(
                Department(o.id, o.name.text, frozenset(o.duties), o.part_of, o.contact)
                for o in self.office
            )
        )

    def owner_of(self, source: str) -> Office:
        """The office that says so, else the first."""
        return next((o for o in self.office if source in o.sources), self.office[0])


def read_answers(file: Path) -> Answers:
    """With the sample's offices where the file names none. Raises SettingsError."""
    answers = read_model(file, Answers)
    return check_answers(answers, str(file))


def check_answers(answers: Answers, file: str) -> Answers:
    """What the types do not say. Raises SettingsError with what was expected."""
    if not answers.office:
        answers = msgspec.structs.replace(answers, office=read_model(SAMPLE, Answers).office)
    _named(file, "name", answers.name)
    for n, area in enumerate(answers.areas):
        _named(file, f"areas[{n}]", area)
    if bool(answers.areas) == bool(answers.borders):
        given = answers.borders or len(answers.areas)
        raise SettingsError(
            file, "areas", given, "either names of areas, or a GeoJSON file in `borders`"
        )
    if answers.areas and answers.middle is None:
        raise SettingsError(
            file, "middle", None, "latitude and longitude of the city hall, as there are no borders"
        )
    check_named(answers.panels, file, "panels")
    check_named(answers.called, file, "called")
    _check_offices(answers, file)
    return answers


def _check_offices(answers: Answers, file: str) -> None:
    owned: dict[str, str] = {}
    seen: set[str] = set()
    for office in answers.office:
        _named(file, f"office {office.id}.name", office.name)
        if office.id in seen:
            raise SettingsError(file, "office.id", office.id, "an id of its own")
        seen.add(office.id)
        for source in office.sources:
            where = f"office {office.id}.sources"
            if source not in SOURCES:
                raise SettingsError(file, where, source, f"one of: {', '.join(SOURCES)}")
            if source in owned:
                expected = f"one owner; {owned[source]} has it already"
                raise SettingsError(file, where, source, expected)
            owned[source] = office.id
    wrong = answers.desk().wrong_part()
    if wrong is not None:
        known = ", ".join(sorted(seen - {wrong.id}))
        where = f"office {wrong.id}.part_of"
        raise SettingsError(file, where, wrong.part_of, f"one of these without a circle: {known}")


def _named(file: str, field: str, names: Names) -> None:
    if not names.text.ko.strip():
        raise SettingsError(file, field, "", "a name: `ko`, `en` or `own`")
