"""The photos of a site: `photos.toml` of its folder, with every file checked before the start."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.core.photos import NO_PHOTOS, Photo, Photos
from kiosk.settings import Settings, SettingsError
from kiosk.settings.loading import read_model
from kiosk.wire.text import Text

LIST = "photos.toml"
LARGEST = 30 * 1024 * 1024
BEGINNINGS = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
"""What a file of each kind begins with: a wrong ending would be tried by every reader there is."""
Day = Annotated[str, Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]


class PhotoEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A photo of an item, by its file's name in the folder. `by`: whose it is, and what one may do
    with it; `taken`: a year, month or day."""

    item: str
    file: str
    by: Text
    caption: Text = Text("", "")
    taken: Day = ""


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    photo: tuple[PhotoEntry, ...] = ()


def read_photos(settings: Settings) -> Photos:
    """None where the site names no folder. Raises SettingsError for a list that cannot be read and
    a file that is not there, lies elsewhere, is no JPEG or PNG, or is too large."""
    if not settings.paths.photos_dir:
        return NO_PHOTOS
    folder = Path(settings.paths.photos_dir)
    found: dict[str, tuple[Photo, ...]] = {}
    for number, entry in enumerate(read_model(folder / LIST, _List).photo, start=1):
        path = _checked(folder, entry.file, f"photo {number}.file")
        photo = Photo(str(path), entry.caption, entry.by, entry.taken)
        found[entry.item] = (*found.get(entry.item, ()), photo)
    return found


def _checked(folder: Path, name: str, where: str) -> Path:
    path = (folder / name).resolve()
    file = str(folder / LIST)
    if not path.is_relative_to(folder.resolve()):
        raise SettingsError(file, where, name, "a file inside the folder of photos")
    if path.suffix.lower() not in BEGINNINGS:
        raise SettingsError(file, where, name, f"one of {', '.join(BEGINNINGS)}")
    try:
        size = path.stat().st_size
        with path.open("rb") as opened:
            begin = opened.read(8)
    except OSError as error:
        raise SettingsError(file, where, name, f"a file that can be read: {error}") from error
    if size > LARGEST:
        raise SettingsError(file, where, name, f"at most {LARGEST // 1024**2} MB, not {size:,} B")
    if not begin.startswith(BEGINNINGS[path.suffix.lower()]):
        raise SettingsError(file, where, name, f"a picture of its kind ({path.suffix})")
    return path
