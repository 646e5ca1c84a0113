"""What the payload of a presence sensor means."""

from enum import Enum

import msgspec

LARGEST_BYTES = 16_384
_NEAR = frozenset({"on", "true", "1", "yes", "detected", "occupied", "present"})
_AWAY = frozenset({"off", "false", "0", "no", "clear", "unoccupied", "absent", "not_present"})
_LOST = frozenset({"offline", "unavailable", "unknown", "none", "null"})


class Reading(Enum):
    NEAR = "near"
    AWAY = "away"
    LOST = "lost"
    """The sensor says, or its last will, that it can't tell."""
    OTHER = "other"
    """An object without the field: the sensor tells of its battery, say."""


def meaning(payload: bytes, field: str) -> Reading | None:
    """None when the payload can't be understood.

    field: name in a JSON object, with dots for objects inside; empty when the payload is the value.
    """
    if len(payload) > LARGEST_BYTES:
        return None
    text = payload.decode("utf-8", "replace").strip()
    known = _known(text.strip('"'))
    if not field or known is Reading.LOST:
        return known
    try:
        value = msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    for name in field.split("."):
        if not isinstance(value, dict) or name not in value:
            return Reading.OTHER
        value = value[name]
    return _known(str(value)) if isinstance(value, bool | int | str) else Reading.OTHER


def _known(word: str) -> Reading | None:
    word = word.strip().casefold()
    if word in _NEAR:
        return Reading.NEAR
    if word in _AWAY:
        return Reading.AWAY
    return Reading.LOST if word in _LOST else None
