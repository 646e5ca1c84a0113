"""What a source is: who owns it, where and how often it is asked, what one may do with it."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.settings import SettingsError
from kiosk.settings.loading import read_model
from kiosk.wire.text import Text

Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Sdg = Annotated[int, Meta(ge=1, le=17)]
KEY = "{key}"


class Quota(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Calls that the source allows; None is no limit that is known.

    per: what is counted together, all sources with the same key, or this source alone.
    """

    day: Annotated[int, Meta(ge=1)] | None = None
    minute: Annotated[int, Meta(ge=1)] | None = None
    per: Literal["key", "source"] = "key"


class Paging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pages of `size` rows, asked for until one gives nothing new, at most `most`.

    The address counts rows with {start} and {end} (from 1) or {offset} (from 0), or pages with
    {page} (from 1); {size} is the size.
    """

    size: Annotated[int, Meta(ge=1, le=1000)]
    most: Annotated[int, Meta(ge=1, le=1000)] = 100


class Runs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A forecast that is made at `first_h`:`minute` and every `every_h` hours from then on, Korean
    time, and can be asked for `ready_min` later: {base_date}, {base_time} name the newest one.
    """

    first_h: Annotated[int, Meta(ge=0, le=23)] = 0
    every_h: Annotated[int, Meta(ge=1, le=24)] = 1
    minute: Annotated[int, Meta(ge=0, le=59)] = 0
    ready_min: Annotated[int, Meta(ge=0)] = 10


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Observations of `kind` that become figures of `indicator`.

    at: only those of this place, which are the city's. Else those of places in a district make the
    district's figure, and those of all districts the city's: their mean or sum (`combine`). The
    city has one only when at least `least` places told within `within_s` of the newest report.
    floor: values below count as this one (beds left below zero are people waiting, not beds).
    period_s: how often the source has a new figure, where it is asked more often than that.
    """

    kind: str
    indicator: str
    at: str = ""
    combine: Literal["mean", "sum"] = "mean"
    least: Annotated[int, Meta(ge=1)] = 1
    within_s: Annotated[int, Meta(ge=0)] = 0
    floor: float | None = None
    period_s: Annotated[int, Meta(ge=10)] | None = None


class Declaration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One registered source.

    address: with {key} where the secret named by `key` belongs (or it stands in a value of
    `headers`), and placeholders of `places`, `paging`, `runs` and the time: {date}, {month},
    {year}, {hour}, {date-5} for five days earlier, {moment-5} for that as ISO 8601 in UTC,
    {since-5} for the last good answer and at most so many days ago; "" where each site has its own.
    send: where an Open311 system takes complaints and answers to them, with the key as api_key.
    subscribe: what it sends by itself, filters of MQTT topics or types of NGSI-LD entities; in the
    options of an MQTT source {1}, {2} ... are levels of the topic. local: it runs on this machine,
    which no other source may reach. kinds: of the data catalogue. options: what the connector is
    told (which columns, which place). about: the kind of places that its observations are about,
    where another source tells of the places. url: a page for people.
    contact: where its owner's office is reached, if not as `orders.toml` of the city says.
    """

    id: Name
    name: Text
    owner: Text
    connector: str
    address: str
    period_s: Annotated[int, Meta(ge=10)]
    kinds: Annotated[tuple[str, ...], Meta(min_length=1)]
    licence: str
    key: str = ""
    headers: dict[str, str] = {}
    subscribe: tuple[str, ...] = ()
    send: str = ""
    local: bool = False
    quota: Quota = Quota()
    paging: Paging | None = None
    runs: Runs | None = None
    places: tuple[str, ...] = ()
    options: dict[str, str] = {}
    feeds: tuple[Feed, ...] = ()
    about: str = ""
    disclosure: Literal["public", "internal", "restricted"] = "internal"
    sdg: tuple[Sdg, ...] = ()
    url: str = ""
    contact: str = ""

    @property
    def quota_key(self) -> str:
        """What calls are counted under."""
        return self.key if self.key and self.quota.per == "key" else self.id


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: tuple[Declaration, ...] = ()


def load_declarations(file: Path) -> tuple[Declaration, ...]:
    """Raises SettingsError with file, field, value and what was expected."""
    found = read_model(file, _File).source
    for declaration in found:
        sent = (declaration.address, *declaration.headers.values())
        named = any(KEY in text for text in sent) or bool(declaration.send and declaration.key)
        if declaration.address and named != bool(declaration.key):
            raise SettingsError(
                str(file),
                f"source {declaration.id}.address",
                declaration.address,
                "{key} is expected in it or in a header where a key is named, and nowhere else",
            )
    return found
