"""Calls: who is in one, and what the two ends of its media say to each other."""

from typing import Literal

from kiosk.wire.calls import Call, Thing
from kiosk.wire.messages.base import WireMessage
from kiosk.wire.talks import Talk
from kiosk.wire.text import Text


class CallNow(WireMessage, frozen=True, tag="call_now"):
    """The call as it stands, whole, None without one: told to every process that has a part in it
    whenever it changes. Cameras and microphones are handed on while it says so, and no longer.
    `shown_px` is the size (width, height) in which the wall shows the tablet's picture, (0, 0)
    where it does not."""

    call: Call | None
    shown_px: tuple[int, int] = (0, 0)


class CallOver(WireMessage, frozen=True, tag="call_over"):
    """Why a call is over, for the tablets that it concerned."""

    call: str
    devices: tuple[str, ...]
    reason: Text


class CallOffer(WireMessage, frozen=True, tag="call_offer"):
    """What the tablet in a call wants to send and take (SDP), checked by the tablets' server."""

    call: str
    sdp: str


class CallAnswer(WireMessage, frozen=True, tag="call_answer"):
    """What the wall sends and takes; empty where the offer could not be answered."""

    call: str
    sdp: str


class RoomOffer(WireMessage, frozen=True, tag="room_offer"):
    """In a call of several: what one end of a way offers (SDP). `way` names it: "" is the wall's
    own way in, offered by the calls' process; a tablet's id is what comes of that tablet, offered
    by the tablets' server on the SFU's behalf."""

    call: str
    way: str
    sdp: str


class RoomAnswer(WireMessage, frozen=True, tag="room_answer"):
    """The answer to it, from the other end; empty where it could not be answered."""

    call: str
    way: str
    sdp: str


class RoomFailed(WireMessage, frozen=True, tag="room_failed"):
    """The SFU can't be used: the call of several can't be made, or can't go on."""

    call: str


class TalksNow(WireMessage, frozen=True, tag="talks_now"):
    """The calls between tablets as they stand, all of them, whenever that changes."""

    talks: tuple[Talk, ...]


class CallMedia(WireMessage, frozen=True, tag="call_media"):
    """How a call's media are at the wall: new when nothing has come yet, live while pictures or
    sound come, lost when they no longer do, failed when they can't come. `missing` is what the wall
    does without, `live` the tablets of which something comes in a call of several."""

    call: str
    state: Literal["new", "live", "lost", "failed"]
    missing: tuple[Thing, ...] = ()
    live: tuple[str, ...] = ()
