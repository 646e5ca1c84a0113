"""What stands in the city by published lists: `places/*.toml` in the city's folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.backend.dates import Date
from kiosk.pack import here
from kiosk.pack.clock import date_ms
from kiosk.settings import SettingsError
from kiosk.settings.loading import read_model
from kiosk.wire.city import Place

FOLDER = "places"
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Key = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class PlaceEntry(_Entry, frozen=True):
    """See kiosk.wire.city.Place for the meaning of the fields. `at`: latitude and longitude, where
    the list tells them."""

    id: Key
    name: str
    at: tuple[Latitude, Longitude] | None = None
    district: str = ""
    address: str = ""
    phone: str = ""
    attributes: dict[str, float | str] = {}


class PlaceList(_Entry, frozen=True):
    """A published list of one kind of place, and since when it is true."""

    kind: str
    source: Key
    collection: str
    licence: str
    date: Date
    places: tuple[PlaceEntry, ...]


class _Lists(_Entry, frozen=True):
    list: tuple[PlaceList, ...]


def load_places(
    folder: Path, districts: Iterable[str], sources: Iterable[str]
) -> tuple[PlaceList, ...]:
    """The lists of a city's folder, with references checked. Raises SettingsError."""
    codes, known, ids = set(districts), set(sources), set[str]()
    found: list[PlaceList] = []
    for file in sorted((folder / FOLDER).glob("*.toml")):
        for listed in read_model(file, _Lists).list:
            if listed.source not in known:
                raise SettingsError(str(file), "source", listed.source, "a source of the city")
            for place in listed.places:
                if place.district not in codes | {""}:
                    where = f"place {place.id}.district"
                    raise SettingsError(str(file), where, place.district, "a district's code")
                if place.id in ids:
                    raise SettingsError(str(file), "place.id", place.id, "an id of its own")
                ids.add(place.id)
            found.append(listed)
    return tuple(found)


def place_rows(lists: Iterable[PlaceList]) -> Iterator[Place]:
    """The places as the kiosks are told; they have no readings, only the date of their list."""
    for listed in lists:
        for entry in listed.places:
            yield Place(
                id=entry.id,
                source_id=listed.source,
                kind=listed.kind,
                name=entry.name,
                district=entry.district,
                lat=entry.at[0] if entry.at else None,
                lon=entry.at[1] if entry.at else None,
                address=entry.address,
                phone=entry.phone,
                t_ms=date_ms(listed.date),
                attributes=dict(entry.attributes),
                simulated=here().invented is not None,
            )
