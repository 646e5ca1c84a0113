"""What every connector answers with: normalised items, rejected rows, or why there is no answer.

Times are ISO 8601 with the Korean zone (+09:00); coordinates WGS84 degrees; units are UCUM-like
short forms ("ug/m3", "km/h", "person", "%", "" for a plain count). `place` is a MOIS code where the
place is a district (5 digits) or neighbourhood (8 or 10 digits), else the system's own identity.
"""

from typing import Literal

import msgspec

from kiosk.wire.text import Text

Quality = Literal[
    "good",
    "missing",  # the source has no value for this: value is None
    "maintenance",  # the instrument is out of order or being checked: value is None
    "suspect",  # outside what is physically or logically plausible; the value is as given
    "over_capacity",  # more than there is room for (negative beds, 107 %): the value is as given
    "stale",  # the source itself says that the value is old
    "provisional",  # to be corrected by the source later
    "estimated",  # filled in by the source: a forecast, a substitution
]
Value = float | str | None
Sex = Literal["all", "male", "female"]
Retry = Literal["soon", "tomorrow", "never"]


class _Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """`id` is stable: the same thing has the same id in every response of its system.

    `kind` is a kind of data of the catalogue, such as air.pm10 or bike.parked.
    """

    id: str
    kind: str
    place: str | None = None
    time: str | None = None
    value: Value = None
    unit: str = ""
    quality: Quality = "good"
    note: str = ""
    name: str = ""
    lat: float | None = None
    lon: float | None = None


class Observation(_Item, frozen=True, tag="observation"):
    """A figure or a level at a time. `issued`: when a forecast for `time` was made.

    `period`: "" when `time` is a moment, else the span that begins at `time` ("half": six months).
    """

    issued: str | None = None
    period: Literal["", "hour", "day", "month", "quarter", "half", "year"] = ""
    sex: Sex = "all"
    age: str = "all"


class Place(_Item, frozen=True, tag="place"):
    """Something that stands somewhere: a station, a hospital, a hot spot, a park, an area."""

    address: str = ""
    phone: str = ""
    attributes: dict[str, Value] = {}


class Camera(_Item, frozen=True, tag="camera"):
    """A camera. `stream` is an address that may hold a token: never log it. `signed`: it expires
    and is renewed while it stays the same stream. `sub_stream` is a smaller one; `login` names the
    secret that opens it; `number` is what people call it by, `tags` what it is good for.
    """

    stream: str = ""
    format: str = ""
    signed: bool = False
    sub_stream: str = ""
    login: str = ""
    number: int | None = None
    tags: tuple[str, ...] = ()


class Incident(_Item, frozen=True, tag="incident"):
    """Something that happened or is warned of; when somebody was sent, and when they arrived."""

    headline: str = ""
    description: str = ""
    severity: str = ""
    status: str = ""
    ends: str | None = None
    area: str = ""
    dispatched: str | None = None
    arrived: str | None = None


class Complaint(_Item, frozen=True, tag="complaint"):
    """A citizen's report. `status`: open or closed; `step`: reception, handling, done or ""."""

    description: str = ""
    status: str = ""
    step: str = ""
    agency: str = ""
    updated: str | None = None
    address: str = ""
    media: str = ""


class News(_Item, frozen=True, tag="news"):
    """Something that was published. `link` is where all of it stands."""

    description: str = ""
    publisher: str = ""
    link: str = ""


Item = Observation | Place | Camera | Incident | Complaint | News


class Rejected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row that gives nothing: `row` counts from 1 in the order of the response. `refused`: the
    name of a camera whose address is not opened and why, for whoever stands at the wall."""

    row: int
    reason: str
    refused: Text | None = None


class Parsed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An understood response. Nothing in both: the source has no data, and said so."""

    items: tuple[Item, ...] = ()
    rejected: tuple[Rejected, ...] = ()


class SourceRefused(Exception):  # noqa: N818 - the source's answer, not our fault
    """The source answered with an error of its own.

    retry: "soon" (its server failed), "tomorrow" (a daily quota is spent), "never" (the request or
    the key is wrong until somebody changes it).
    """

    def __init__(self, code: str, message: str, retry: Retry) -> None:
        self.code = code
        self.retry = retry
        super().__init__(f"{code}: {message}")


class NotUnderstood(Exception):  # noqa: N818
    """The response has not the form that this connector knows; the message says where."""
