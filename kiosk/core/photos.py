"""Photos that a site has of what the wall shows."""

from collections.abc import Mapping

import msgspec

from kiosk.wire.text import Text


class Photo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One photo: its file, what is on it, whose it is, and the day it was taken ("" not known)."""

    path: str
    caption: Text
    by: Text
    taken: str = ""


Photos = Mapping[str, tuple[Photo, ...]]
"""Item -> its photos, in the order of the site's list."""
NO_PHOTOS: Photos = {}
