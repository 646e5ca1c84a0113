"""Calls between two tablets, as every process sees them. The wall lets them come about, and has no
part in their media."""

import msgspec

from kiosk.wire.text import Text

NOTHING = Text("", "")


class Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`caller` rings `callee` (tablets' ids, with their names); once `taken` both have said yes.
    `since_ms` (epoch) is when that was, before it when it began to ring. `about` is what it is
    about, in the caller's words."""

    id: str
    caller: str
    callee: str
    caller_name: str
    callee_name: str
    since_ms: int
    taken: bool = False
    about: Text = NOTHING

    @property
    def tablets(self) -> frozenset[str]:
        return frozenset((self.caller, self.callee))

    def other(self, device: str) -> str:
        """The name of who is at the other end."""
        return self.callee_name if device == self.caller else self.caller_name
