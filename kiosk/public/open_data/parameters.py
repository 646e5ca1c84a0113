"""What may be asked of the open data: parameters, and what fits them."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from kiosk.public.open_data.endpoint import Asked
from kiosk.wire.city import CITY_AREA, EVERYONE, Period, Sex

MOST = 1000
Word = Annotated[str, Meta(pattern=r"^[\w.\- ]{1,80}$", max_length=80)]
Key = Annotated[
    str, Meta(pattern=r"^[^\x00-\x1f\x7f]{1,120}$", max_length=120, description="An id as listed")
]
Limit = Annotated[int, Meta(ge=1, le=MOST, description="How many at most")]
Offset = Annotated[int, Meta(ge=0, le=1_000_000, description="How many are left out before")]
Moment = Annotated[int, Meta(ge=0, le=2**53, description="Epoch milliseconds")]
AreaCode = Annotated[
    str,
    Meta(pattern=r"^[A-Za-z0-9._\-]{1,40}$", description="Code of an area; `city` is all of it"),
]
AgeGroup = Annotated[
    str, Meta(pattern=r"^(all|[0-9]{1,3}(-[0-9]{1,3}|\+)?)$", description="`20-29`, `80+`, `all`")
]
Format = Literal["json", "csv"]


class Everything(Asked, frozen=True):
    """Nothing may be asked."""


class Part(Asked, frozen=True):
    limit: Limit = 100
    offset: Offset = 0
    format: Format = "json"


class OfTheme(Part, frozen=True):
    theme: Word | UnsetType = UNSET


class OfIndicator(Asked, frozen=True):
    indicator: Key


class OfLine(OfIndicator, frozen=True):
    area: AreaCode = CITY_AREA
    period: Annotated[Period, Meta(description="Empty: as the source tells it")] = ""
    sex: Sex = "all"
    age: AgeGroup = EVERYONE
    since_ms: Moment = 0
    format: Format = "json"


class OfAreas(OfIndicator, frozen=True):
    period: Period = ""
    sex: Sex = "all"
    age: AgeGroup = EVERYONE
    until_ms: Moment | UnsetType = UNSET
    format: Format = "json"


class OfPeople(OfIndicator, frozen=True):
    area: AreaCode = CITY_AREA
    period: Period = "year"
    until_ms: Moment | UnsetType = UNSET
    format: Format = "json"


class OfArea(OfIndicator, frozen=True):
    area: AreaCode = CITY_AREA


class OfItems(Part, frozen=True):
    kind: Word | UnsetType = UNSET
    parent: Key | UnsetType = UNSET


class OfItem(Asked, frozen=True):
    item: Key


class OfPlaces(Part, frozen=True):
    kind: Word | UnsetType = UNSET
    district: AreaCode | UnsetType = UNSET
