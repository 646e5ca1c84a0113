"""What the public is told. Nothing else leaves: pages, open data and boards are made of these.

Each field names the fields of the city's rows that it is made of; it is filled in only while all of
them are public. A field without a default can't be left out: while it is not public the whole thing
is not told. Times are epoch milliseconds, coordinates WGS84 degrees, areas codes of the city or
`city` for all of it.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.wire.city import Period, Point, Sex
from kiosk.wire.text import Language, Text

Boundary = tuple[tuple[Point, ...], ...]
Freshness = Literal["fresh", "late", "stale", "absent"]
NOTHING = Text("", "")


def of(*fields: str) -> Meta:
    """Which fields of rows this is made of."""
    return Meta(extra={"of": fields})


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all that the public is told."""


class City(Told, frozen=True):
    """Whose figures these are. `invented` says in words that there is no such city. `bounds`:
    south, north, west, east. `told_ms`: when the city's systems were last heard."""

    name: Text
    short: Text
    parts: Text
    """What its areas are called, several of them."""
    bounds: tuple[float, float, float, float]
    time_zone: str
    language: Language
    invented: Text | None = None
    told_ms: int | None = None


class Source(Told, frozen=True):
    """A system that figures come from. `simulated`: a demonstration stands for it."""

    id: Annotated[str, of("sources.id")]
    name: Annotated[Text, of("sources.name")]
    simulated: Annotated[bool, of("sources.simulated")]
    owner: Annotated[Text, of("sources.owner")] = NOTHING
    licence: Annotated[str, of("sources.licence")] = ""
    url: Annotated[str, of("sources.url")] = ""
    period_s: Annotated[int | None, of("sources.period_s")] = None
    told_ms: Annotated[int | None, of("sources.last_success_ms")] = None
    """When it last answered."""
    contact: Annotated[str, of("sources.contact")] = ""
    """Where the owner's office is reached."""


class Indicator(Told, frozen=True):
    """What is measured, how, by whom, and under which licence it may be used.

    `source` is the id of its source, `period_s` how often that speaks. `headline` is the place
    among the figures of the day, 1 first. `areas`: whether it is told by area, too.
    """

    id: Annotated[str, of("indicators.id")]
    title: Annotated[Text, of("indicators.title")]
    unit: Annotated[Text, of("indicators.unit")]
    theme: Annotated[str, of("indicators.theme")] = ""
    theme_title: Annotated[Text, of("indicators.theme_title")] = NOTHING
    source: Annotated[str, of("indicators.source_id", "sources.id")] = ""
    source_name: Annotated[Text, of("indicators.source_id", "sources.name")] = NOTHING
    owner: Annotated[Text, of("indicators.owner")] = NOTHING
    licence: Annotated[str, of("indicators.licence", "sources.licence")] = ""
    method: Annotated[Text, of("indicators.method")] = NOTHING
    period_s: Annotated[int, of("indicators.period_s")] = 0
    decimals: Annotated[int, of("indicators.decimals")] = 0
    headline: Annotated[int | None, of("indicators.headline")] = None
    areas: Annotated[Literal["city", "districts"], of("indicators.areas")] = "city"
    goal: Annotated[float | None, of("indicators.goal")] = None
    better: Annotated[Literal["higher", "lower", "neither"], of("indicators.better")] = "neither"
    sdg: Annotated[tuple[int, ...], of("indicators.sdg")] = ()


class Figure(Told, frozen=True):
    """A figure of an indicator at a time. `value` None: there is none, and `note` says why.

    `period` "" is a figure as its source tells it, any other the city's period that begins at
    `t_ms`. `withheld`: there is a count, but it is too small to be told. `freshness` is how old it
    was for its source when it was read.
    """

    indicator: Annotated[str, of("observations.indicator")]
    area: Annotated[str, of("observations.area")]
    t_ms: Annotated[int, of("observations.t_ms")]
    value: Annotated[float | None, of("observations.value")]
    simulated: Annotated[bool, of("observations.simulated")]
    provisional: Annotated[bool, of("observations.provisional")] = False
    note: Annotated[Text | None, of("observations.note")] = None
    period: Annotated[Period, of("observations.period")] = ""
    sex: Annotated[Sex, of("observations.sex")] = "all"
    age: Annotated[str, of("observations.age")] = "all"
    freshness: Annotated[Freshness, of("observations.t_ms")] = "fresh"
    withheld: bool = False


class Reading(Told, frozen=True):
    """An indicator with its newest figure of the whole city; None while there is none."""

    indicator: Indicator
    figure: Figure | None = None


class Line(Told, frozen=True):
    """Which figures an indicator has for an area: of which period, sex and age group."""

    period: Annotated[Period, of("observations.period")]
    sex: Annotated[Sex, of("observations.sex")]
    age: Annotated[str, of("observations.age")]


class Series(Told, frozen=True):
    """Figures of one line in the order of time, the newest last."""

    indicator: Indicator
    area: str
    period: Period
    sex: Sex
    age: str
    figures: tuple[Figure, ...]


class Area(Told, frozen=True):
    """A part of the city; each ring of `boundary` is closed, (longitude, latitude). `approximate`:
    nobody knows its boundary, a cell around its centre stands in."""

    code: Annotated[str, of("districts.code")]
    name: Annotated[Text, of("districts.name")]
    lat: Annotated[float, of("districts.lat")]
    lon: Annotated[float, of("districts.lon")]
    boundary: Annotated[Boundary, of("districts.boundary")] = ()
    approximate: Annotated[bool, of("districts.approximate")] = False


class Item(Told, frozen=True):
    """What the city plans, funds or asks. `kind` says what it is, `parent` what it is part of.

    `progress` is a share of 0..1. `readings` are figures by name, `attributes` words by name.
    `simulated`: with a `source`, state, progress, owner, dates and places are the demonstration's;
    without one all of it is.
    """

    id: Annotated[str, of("items.id")]
    kind: Annotated[str, of("items.kind")]
    title: Annotated[Text, of("items.title")]
    simulated: Annotated[bool, of("items.simulated")]
    parent: Annotated[str, of("items.parent")] = ""
    summary: Annotated[Text, of("items.summary")] = NOTHING
    state: Annotated[str, of("items.state")] = ""
    progress: Annotated[float | None, of("items.progress")] = None
    owner: Annotated[Text, of("items.owner")] = NOTHING
    start_ms: Annotated[int | None, of("items.start_ms")] = None
    due_ms: Annotated[int | None, of("items.due_ms")] = None
    t_ms: Annotated[int | None, of("items.t_ms")] = None
    readings: Annotated[dict[str, float], of("items.readings")] = {}
    attributes: Annotated[dict[str, str], of("items.attributes")] = {}
    points: Annotated[tuple[Point, ...], of("items.places")] = ()
    """Where it is, (longitude, latitude)."""
    districts: Annotated[tuple[str, ...], of("items.districts")] = ()
    sdg: Annotated[tuple[int, ...], of("items.sdg")] = ()
    source: Annotated[Text, of("items.source")] = NOTHING


class Place(Told, frozen=True):
    """What stands somewhere in the city. `source` is the id of the system that told of it."""

    id: Annotated[str, of("places.id")]
    kind: Annotated[str, of("places.kind")]
    name: Annotated[str, of("places.name")]
    simulated: Annotated[bool, of("places.simulated")]
    source: Annotated[str, of("places.source_id", "sources.id")] = ""
    district: Annotated[str, of("places.district")] = ""
    lat: Annotated[float | None, of("places.lat")] = None
    lon: Annotated[float | None, of("places.lon")] = None
    address: Annotated[str, of("places.address")] = ""
    phone: Annotated[str, of("places.phone")] = ""
    t_ms: Annotated[int | None, of("places.t_ms")] = None
    readings: Annotated[dict[str, float | str | None], of("places.readings")] = {}


class Count(Told, frozen=True):
    """How many complaints one or several areas have, and how many of them are still open.

    `areas` are the codes; "" stands for complaints of no known area. Several areas stand together
    where a count of one alone would be too small to be told. `still` None: that, or how many of
    them are closed, would be too small.
    """

    areas: tuple[str, ...]
    every: Annotated[int, of("complaint_counts.every")]
    still: Annotated[int | None, of("complaint_counts.still")] = None


class Complaints(Told, frozen=True):
    """Complaints as counts, and never as anything else. `counts` add up to `every`.

    `least`: no count below it is told, but 0. None: there are too few in all of the city.
    """

    counts: tuple[Count, ...]
    least: int
    simulated: bool
    every: Annotated[int | None, of("complaint_counts.every")] = None
    still: Annotated[int | None, of("complaint_counts.still")] = None


class Withheld(Told, frozen=True):
    """How many things of a sort are not told for one reason."""

    sort: Literal["panels", "indicators", "sources", "items", "places", "fields"]
    level: Literal["public", "internal", "restricted"]
    reason: Text
    things: int
