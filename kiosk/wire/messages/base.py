"""What every message is: a frozen struct with a `type` tag."""

from typing import Literal

import msgspec

WIRE_VERSION = 1

State = Literal["stopped", "starting", "running", "degraded", "failed"]
Role = Literal["mayor", "official", "installer", "tester", "visitor"]
PresenceSource = Literal["camera", "sensor"]


class WireMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Base of the messages."""
