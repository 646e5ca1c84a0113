"""A chain of steps: how far an order or a complaint has come, and when. No Qt."""

from typing import Literal

import msgspec

from kiosk.wire.text import Text


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step; `at` is when, empty while nobody knows. `struck`: it will never be reached."""

    word: Text
    at: str = ""
    state: Literal["past", "now", "ahead", "struck"] = "ahead"
