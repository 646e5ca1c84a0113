"""A call between the wall and tablets, as every process sees it."""

from typing import Literal

import msgspec

from kiosk.wire.text import Text

CallPhase = Literal["ringing", "asking", "connecting", "talking", "lost"]
"""ringing: the wall rings tablets; asking: a tablet rings the wall; connecting: both sides said yes
and no picture or sound has come yet; talking; lost: what had come no longer does."""

ACCEPTED: frozenset[CallPhase] = frozenset({"connecting", "talking", "lost"})
"""Both sides said yes: only now are camera and microphone handed on, and only now is media taken
from the tablet."""

MOST_TABLETS = 5
"""In one call: with the wall six pictures; more of them nobody makes out from where one stands."""
NOTHING = Text("", "")
Thing = Literal["camera", "microphone", "loudspeaker"]
"""What of the wall a call can do without."""


class Sends(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one side sends of itself."""

    camera: bool = True
    microphone: bool = True


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tablet that is in the call."""

    device: str
    name: Text
    sends: Sends = Sends()


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one call of a wall. `rings` are the tablets that ring; `device` is the tablet that is in
    the call, "" before one is. `name` is who is at the other end and `about` what it is about, both
    for people. `since_ms` (epoch) is when the phase began, `begun_ms` when the media first came (0
    before). `wall` and `tablet` are what each side wants to send; `missing` is what the wall does
    without.

    A conference is a call with `others`: then everybody's media pass through the SFU, and `live`
    are the tablets of which pictures or sound come. `meets`: who takes it does not silence the
    rest, they may join."""

    id: str
    phase: CallPhase
    name: Text
    since_ms: int
    rings: tuple[str, ...] = ()
    device: str = ""
    begun_ms: int = 0
    about: Text = NOTHING
    wall: Sends = Sends()
    tablet: Sends = Sends()
    missing: tuple[Thing, ...] = ()
    others: tuple[Party, ...] = ()
    live: tuple[str, ...] = ()
    meets: bool = False

    @property
    def accepted(self) -> bool:
        return self.phase in ACCEPTED

    @property
    def parties(self) -> tuple[Party, ...]:
        """The tablets that are in it, in the order in which they came."""
        if not self.device:
            return ()
        return (Party(self.device, self.name, self.tablet), *self.others)

    @property
    def inside(self) -> frozenset[str]:
        """Their ids."""
        return frozenset(party.device for party in self.parties)

    @property
    def tablets(self) -> frozenset[str]:
        """Those that the call concerns: in it, or called to it."""
        return self.inside | frozenset(self.rings)


def missing_words(missing: tuple[Thing, ...]) -> Text:
    """What the wall does without, in a sentence; empty for nothing."""
    if not missing:
        return NOTHING
    names = [_THINGS[thing] for thing in missing]
    ko, en = ", ".join(n.ko for n in names), ", ".join(n.en for n in names)
    return Text(f"벽에 없음: {ko}", f"The wall has no {en}")


_THINGS: dict[Thing, Text] = {
    "camera": Text("카메라", "camera"),
    "microphone": Text("마이크", "microphone"),
    "loudspeaker": Text("스피커", "loudspeaker"),
}


def shares_camera(call: Call | None) -> bool:
    """Whether the wall's pictures may leave the process of the camera now."""
    return call is not None and call.accepted and call.wall.camera


def shares_microphone(call: Call | None) -> bool:
    """The same of its sound."""
    return call is not None and call.accepted and call.wall.microphone
