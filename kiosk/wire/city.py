"""The city as rows: what the backend tells, the cache keeps and the panels show.

Every row carries its table as tag, so a page of mixed rows decodes in one go. Times are epoch
milliseconds, coordinates WGS84 degrees. An area code is the city's own for a district, all of one
length; that of a neighbourhood begins with its district's; `city` is the whole city.
"""

from typing import Literal

import msgspec

from kiosk.wire.orders import Order, OrderState
from kiosk.wire.text import Text

CITY_AREA = "city"

Severity = Literal["notice", "caution", "warning", "critical"]
SEVERITIES: tuple[Severity, ...] = ("notice", "caution", "warning", "critical")
Point = tuple[float, float]


Sex = Literal["all", "male", "female"]
SEXES: tuple[Sex, ...] = ("all", "male", "female")
Period = Literal["", "hour", "day", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = ("", "hour", "day", "month", "quarter", "year")
Rollup = Literal["", "sum", "mean", "last", "daily", "weighted"]
ROLLUPS: tuple[Rollup, ...] = ("", "sum", "mean", "last", "daily", "weighted")
Disclosure = Literal["public", "internal", "restricted"]
Chosen = Literal["platform", "project"]
PERIOD_S: dict[Period, int] = {
    "": 0,
    "hour": 3600,
    "day": 86_400,
    "month": 2_629_800,
    "quarter": 7_889_400,
    "year": 31_557_600,
}
"""How long a period is, of months and years the mean."""
EVERYONE = "all"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="table"):
    pass


class District(_Row, frozen=True, tag="districts"):
    """One of the areas that the city is made of; each ring of `boundary` is closed, (longitude,
    latitude). `approximate`: nobody knows its boundary, a cell around its centre stands in.
    """

    code: str
    name: Text
    lat: float
    lon: float
    boundary: tuple[tuple[Point, ...], ...]
    approximate: bool = False


class Neighbourhood(_Row, frozen=True, tag="neighbourhoods"):
    """An administrative neighbourhood (dong); its code begins with that of its district.

    `origin` says whose boundary it is and under which licence. Without one the boundary is a cell
    around the centre point that stands in for it, and has to be shown as approximate.
    """

    code: str
    name: Text
    district: str
    lat: float
    lon: float
    boundary: tuple[tuple[Point, ...], ...]
    origin: str = ""


class Threshold(_Part, frozen=True):
    """From `value` on (in the indicator's `alarm` direction) the figure has this severity."""

    value: float
    severity: Severity
    label: Text


class Indicator(_Row, frozen=True, tag="indicators"):
    """What is measured. `period_s` is how often its source speaks; freshness counts from it.

    `headline` is the place on the overview (1 first), None when it is not shown there. `better`
    says which way is good, `alarm` on which side the thresholds lie. Observations older than
    `history_s` are dropped; None keeps them for ever. `rollup` says how figures of short periods
    make those of longer ones ("" not at all), and `keep_s` how long each kind of those is kept,
    for ever where it names none. `disclosure` is its owner's word; who
    may see it is decided on this side (kiosk/core/disclosure.py). `chosen`: it is one that the
    mayor's platform of 2016 names, or one that this project chose among the city's statistics.
    `inner`: figures are told by neighbourhood, too.
    """

    id: str
    title: Text
    unit: Text
    theme: str
    theme_title: Text
    source_id: str
    owner: Text
    period_s: int
    decimals: int = 0
    order: int = 0
    headline: int | None = None
    areas: Literal["city", "districts"] = "city"
    goal: float | None = None
    better: Literal["higher", "lower", "neither"] = "neither"
    alarm: Literal["above", "below"] = "above"
    thresholds: tuple[Threshold, ...] = ()
    history_s: int | None = None
    method: Text = Text("", "")
    licence: str = ""
    sdg: tuple[int, ...] = ()
    rollup: Rollup = ""
    keep_s: dict[Period, int] = {}
    disclosure: Disclosure = "internal"
    chosen: Chosen = "project"
    inner: bool = False


class Observation(_Row, frozen=True, gc=False, omit_defaults=True, tag="observations"):
    """A figure at a time. `value` None: the source said that it has none; `note` says why.

    `period` "" is a figure as its source tells it; any other stands for the city's period that
    begins at `t_ms`. `rollup` says how the city's backend made it from figures of shorter periods
    ("": the source told it so). `area` may be a neighbourhood, whose code begins with that of its
    district. `age` is "all" or a group such as "20-29" or "80+".
    """

    indicator: str
    area: str
    t_ms: int
    value: float | None
    simulated: bool
    provisional: bool = False
    note: Text | None = None
    sex: Sex = "all"
    age: str = EVERYONE
    period: Period = ""
    rollup: Rollup = ""

    @property
    def true_ms(self) -> int:
        """When the figure was true: its time, or about the end of the period that it is of."""
        return self.t_ms + PERIOD_S[self.period] * 1000


def kept_s(indicator: Indicator) -> dict[Period, int]:
    """How long figures of each period are kept, where not for ever."""
    kept = dict(indicator.keep_s)
    if indicator.history_s is not None:
        kept[""] = indicator.history_s
    return kept


def figure_key(row: Observation) -> str:
    """indicator/area/t_ms, and /period/sex/age where those are not the ordinary ones."""
    key = f"{row.indicator}/{row.area}/{row.t_ms}"
    if row.period or row.sex != EVERYONE or row.age != EVERYONE:
        key += f"/{row.period}/{row.sex}/{row.age}"
    return key


class Latest(_Row, frozen=True, tag="latest"):
    """A figure of this moment that is shown as the newest but not kept in the series."""

    observation: Observation


class Kind(_Row, frozen=True, tag="kinds"):
    """A kind of data of the catalogue, such as air.pm10."""

    id: str
    name: Text
    unit: str
    category: str


class Source(_Row, frozen=True, tag="sources"):
    """A system of the city that figures come from, and how asking it goes.

    `idle`: why it is not asked at all (no key here). `next_ms`: when it is asked again.
    `readings`: the newest value of each kind where the source has one for the whole city.
    `rejected` rows of its last answer gave nothing; `refused` are the first of those that are
    cameras whose address is not opened, name and reason. `unsent`: answers and reports that wait to
    be sent to it; `link_troubles`: how many of sending and subscription do not work. `calls_today`
    are those of its key, that other sources may share. `simulated`: the demonstration stands for
    this system, or the system is an entry of the demonstration only. `contact`: where the owner's
    office is reached about this source, "" where that is as for the rest of the office.
    """

    id: str
    name: Text
    owner: Text
    licence: str
    url: str
    period_s: int
    last_success_ms: int | None = None
    last_error: Text | None = None
    simulated: bool = False
    kinds: tuple[str, ...] = ()
    connector: str = ""
    disclosure: str = ""
    sdg: tuple[int, ...] = ()
    idle: Text | None = None
    items: int = 0
    rejected: int = 0
    refused: tuple[Text, ...] = ()
    failures: int = 0
    circuit: Literal["closed", "open"] = "closed"
    calls_today: int = 0
    calls_a_day: int | None = None
    next_ms: int = 0
    unsent: int = 0
    link_troubles: int = 0
    readings: dict[str, float] = {}
    contact: str = ""


TRAIN = "train"
"""Readings of a station that begin so are trains on their way, "train/2호선/성수행/2245", with the
epoch seconds at which they are expected."""


class Place(_Row, frozen=True, tag="places"):
    """Something of the city that stands somewhere: a hospital, a car park, a bicycle station.

    `readings`: the newest value of each kind of data about it, None where the source has none,
    `t_ms` when they were true. `district` is "" when it is not known. `simulated`: the readings are
    the demonstration's; where it stands is its source's word all the same.
    """

    id: str
    source_id: str
    kind: str
    name: str
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    address: str = ""
    phone: str = ""
    t_ms: int | None = None
    readings: dict[str, float | str | None] = {}
    attributes: dict[str, float | str | None] = {}
    simulated: bool = False


class Complaint(_Row, frozen=True, tag="complaints"):
    """A citizen's report, in the citizen's words and the source's own number of it.

    `step` is how far it is where the source says more than open or closed.
    """

    id: str
    source_id: str
    kind: str
    title: str
    description: str
    t_ms: int
    updated_ms: int
    status: Literal["open", "closed", ""] = ""
    step: Literal["reception", "handling", "done", ""] = ""
    agency: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    address: str = ""
    media: str = ""
    simulated: bool = False

    @property
    def open(self) -> bool:
        return self.step != "done" if self.step else self.status != "closed"


class ComplaintCount(_Part, frozen=True):
    """How many complaints there are, and how many of them are still open."""

    every: int = 0
    still: int = 0


class Camera(_Row, frozen=True, tag="cameras"):
    """A city camera; `number` is what a person says or types, `kind` the scene it looks at.

    `url` is its main stream, `sub_url` a smaller one, "" where there is none. Neither holds a user
    name or password: `login` names the secret that does, "" where the camera asks for none. `tags`
    are the situations that it is good for (flood, snow, crowd, traffic, night). `signed`: its
    address is renewed all the time, and still the same stream.
    """

    id: str
    number: int
    name: Text
    lat: float
    lon: float
    district: str
    kind: str
    url: str
    simulated: bool = False
    sub_url: str = ""
    login: str = ""
    tags: tuple[str, ...] = ()
    signed: bool = False


class Unit(_Part, frozen=True):
    """Those who were sent to an incident from one place (the id of its row), and when they came.

    `arrives_ms` is when they are expected until `arrived_ms` is known.
    """

    station: str
    vehicles: Text
    dispatched_ms: int
    arrives_ms: int | None = None
    arrived_ms: int | None = None


class Incident(_Row, frozen=True, tag="incidents"):
    """Something that happens. `command` and `args` open what helps most; `ended_ms` closes it.

    A warning for a whole area has no place of its own: `lat` and `lon` are None. `t_ms` is when it
    was reported. `goal_s` is there where somebody has to arrive: from the report to the first one
    on site. `police` is what the police say of it.
    """

    id: str
    number: int
    kind: str
    severity: Severity
    headline: Text
    facts: Text
    district: str
    lat: float | None
    lon: float | None
    t_ms: int
    updated_ms: int
    simulated: bool
    ended_ms: int | None = None
    command: str = ""
    args: dict[str, str | int | float] = {}
    address: Text = Text("", "")
    dispatched_ms: int | None = None
    arrived_ms: int | None = None
    goal_s: int | None = None
    units: tuple[Unit, ...] = ()
    police: Text | None = None


class Item(_Row, frozen=True, omit_defaults=True, tag="items"):
    """What the city plans, funds, asks or tells: a pledge, a project, a poll, a piece of news.

    `kind` says what it is and `parent` what it is part of, by id; siblings stand in the order of
    `position` (of things that come live the epoch milliseconds). `state` is a word of its kind,
    `progress` a share of 0..1, `readings` figures by name (count, goal, amount_krw, votes) and
    `attributes` words by name.

    `source` says in words where it stands written, with the date; `t_ms` is that date, or when a
    system told it. With a source, title, summary and readings are as it says, and `simulated`
    speaks of state, progress, owner, dates and places only. Without one the entry itself is an
    entry of the demonstration if it is `simulated`.

    Ids of what a system of the register tells are `source_id/number`; ids of the city's own files
    have no stroke in them.
    """

    id: str
    kind: str
    title: Text
    parent: str = ""
    position: int = 0
    summary: Text = Text("", "")
    state: str = ""
    progress: float | None = None
    owner: Text = Text("", "")
    start_ms: int | None = None
    due_ms: int | None = None
    t_ms: int | None = None
    readings: dict[str, float] = {}
    attributes: dict[str, str] = {}
    places: tuple[Point, ...] = ()
    districts: tuple[str, ...] = ()
    sdg: tuple[int, ...] = ()
    source: Text = Text("", "")
    source_id: str = ""
    simulated: bool = False


class OrderStatus(_Row, frozen=True, tag="orders"):
    """How far an order has come, and who said so. `simulated`: the demonstration plays them.

    `steps`: when it came to each state, as far as somebody told. `answer`: what those in charge
    answered in words.
    """

    id: str
    order: Order
    state: OrderState
    changed_ms: int
    by: str = ""
    simulated: bool = False
    steps: dict[OrderState, int] = {}
    answer: str = ""


Row = (
    District
    | Neighbourhood
    | Indicator
    | Observation
    | Latest
    | Kind
    | Source
    | Camera
    | Incident
    | Place
    | Complaint
    | Item
    | OrderStatus
)
Table = Literal[
    "districts",
    "neighbourhoods",
    "indicators",
    "observations",
    "latest",
    "kinds",
    "sources",
    "cameras",
    "incidents",
    "places",
    "complaints",
    "items",
    "orders",
]


class Change(_Part, frozen=True):
    """A row as it is since `revision`; without `row`, the row of `table` and `key` is gone."""

    revision: int
    row: Row | None = None
    table: Table | None = None
    key: str = ""


class ChangesPage(_Part, frozen=True):
    """Changes in the order of their revisions. A new `epoch` means: start again from 0."""

    epoch: str
    revision: int
    rows: tuple[Change, ...]
    more: bool
    head: int


class WakeUp(_Part, frozen=True):
    """The backend has changes up to this revision."""

    epoch: str
    revision: int
