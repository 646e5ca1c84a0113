"""Who can be reached at a tablet."""

from collections.abc import Sequence

import msgspec

from kiosk.wire.messages import Role

ACTING: frozenset[Role] = frozenset({"mayor", "official"})
"""Roles that speak for the city; the others install, test or look on."""


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paired tablet: its device id, its name, whose it is (`office`, a department's id), and
    whether it is connected now."""

    device: str
    name: str
    role: Role
    office: str = ""
    here: bool = False


def reachable(contacts: Sequence[Contact], office: str = "") -> tuple[Contact, ...]:
    """Those that a call would ring: the office's own where any of them is connected, else all that
    are."""
    here = tuple(c for c in contacts if c.here and c.role in ACTING)
    own = tuple(c for c in here if office and c.office == office)
    return own or here
