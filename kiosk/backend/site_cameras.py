"""The cameras that a site lists itself: a TOML file with a [[camera]] for each.

    [[camera]]
    id = "city-hall-gate"
    number = 2001
    name = { ko = "시청 정문", en = "City Hall gate" }
    lat = 37.5663
    lon = 126.9779
    url = "rtsp://10.20.0.11/main"
    sub_url = "rtsp://10.20.0.11/sub"
    login = "gate-cameras"
    tags = ["crowd", "night"]
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.backend.catalogue import Latitude, Longitude, Name
from kiosk.backend.gazetteer import Gazetteer
from kiosk.settings import Settings, SettingsError
from kiosk.settings.loading import read_model
from kiosk.settings.secrets import HIDDEN
from kiosk.wire.camera_address import FILE, AddressError, check_address
from kiosk.wire.city import Camera
from kiosk.wire.text import Text


class SiteCamera(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`number` is what a person says; `url` the main stream, `sub_url` a smaller one; `login` the
    name of a secret "user:password"; `district` only where the place does not tell it; `kind` what
    it looks at; `tags` the situations that it is good for."""

    id: Name
    number: Annotated[int, Meta(ge=1)]
    name: Text
    lat: Latitude
    lon: Longitude
    url: str
    sub_url: str = ""
    login: str = ""
    district: str = ""
    kind: str = "camera"
    tags: tuple[Name, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    camera: tuple[SiteCamera, ...] = ()


def load_site_cameras(settings: Settings) -> tuple[SiteCamera, ...]:
    """None where the settings name no file. Raises SettingsError; no address is in its words."""
    if not settings.backend.cameras:
        return ()
    file = Path(settings.backend.cameras)
    try:
        found = read_model(file, _File).camera
    except SettingsError as error:
        raise SettingsError(error.file, error.field, HIDDEN, error.expected) from None
    _check_apart(file, found)
    for camera in found:
        for field, url in (("url", camera.url), ("sub_url", camera.sub_url)):
            try:
                if url or field == "url":
                    check_address(url, loopback=settings.city.demo)
            except AddressError as error:
                where = f"camera {camera.id}.{field}"
                raise SettingsError(str(file), where, HIDDEN, error.reason.en) from None
    return found


def site_camera_rows(
    cameras: tuple[SiteCamera, ...], gazetteer: Gazetteer, file: str
) -> Iterator[Camera]:
    """A recording that stands for a camera is marked as simulated. Raises SettingsError for one
    that lies in no district."""
    for entry in cameras:
        district = entry.district or gazetteer.district(None, entry.lat, entry.lon)
        if not district:
            where, place = f"camera {entry.id}.district", f"{entry.lat}, {entry.lon}"
            expected = "a district of this city, or the code of one beside the place"
            raise SettingsError(file, where, place, expected)
        yield Camera(
            id=entry.id,
            number=entry.number,
            name=entry.name,
            lat=entry.lat,
            lon=entry.lon,
            district=district,
            kind=entry.kind,
            url=entry.url,
            simulated=entry.url.startswith(f"{FILE}:"),
            sub_url=entry.sub_url,
            login=entry.login,
            tags=entry.tags,
        )


def _check_apart(file: Path, cameras: tuple[SiteCamera, ...]) -> None:
    ids, numbers = Counter(c.id for c in cameras), Counter(c.number for c in cameras)
    for camera in cameras:
        if ids[camera.id] > 1:
            raise SettingsError(str(file), "camera.id", camera.id, "an id of its own")
        if numbers[camera.number] > 1:
            where = f"camera {camera.id}.number"
            raise SettingsError(str(file), where, camera.number, "a number of its own")
