"""What a tablet and the server say to each other over the WebSocket: JSON, one message a frame."""

import json
import unicodedata
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kiosk.remote.keys import PublicKey
from kiosk.wire.calls import CallPhase, Sends, Thing
from kiosk.wire.messages import Role
from kiosk.wire.text import Text

PROTOCOL = 1
MESSAGE_LIMIT_BYTES = 16 * 1024
NAME_LIMIT = 40
ALIVE_S = 2.0

_Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
_Name = Annotated[str, Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,39}$")]
_Whole = Annotated[int, Meta(ge=-(2**53), le=2**53)]
_Value = Annotated[str, Meta(max_length=2000)] | _Whole | float | bool | None


class Malformed(Exception):  # noqa: N818 - an answer, not a fault
    """A frame that is no message; the text says what was wrong, for the audit, not the sender."""


class _Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    pass


# ---- tablet -> server


class Pair(_Message, frozen=True, tag="pair"):
    """A new tablet: the code from the QR, its key, its name, and proof that it holds the key."""

    code: Annotated[str, Meta(min_length=1, max_length=64)]
    key: PublicKey
    name: Annotated[str, Meta(max_length=200)]
    signature: Annotated[str, Meta(max_length=100)]


class Prove(_Message, frozen=True, tag="prove"):
    """A paired tablet signs the nonce of this connection."""

    device: Annotated[str, Meta(max_length=64)]
    signature: Annotated[str, Meta(max_length=100)]


class Cancel(_Message, frozen=True, tag="cancel"):
    """The person at the tablet sees another check code than the wall's."""


class Command(_Message, frozen=True, tag="command"):
    """`request` is chosen by the tablet; the same one again is answered, never run twice. `proof`
    is what the browser made of `VerifyWith` for this request."""

    request: _Id
    command: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_.-]{0,63}$")]
    args: Annotated[dict[_Name, _Value], Meta(max_length=16)] = {}
    proof: dict[str, Any] | None = None


class Enrol(_Message, frozen=True, tag="enrol"):
    """The tablet's owner wants to be verifiable."""


class Enrolled(_Message, frozen=True, tag="enrolled"):
    """What the browser made of `EnrolWith`."""

    answer: dict[str, Any]


class Verify(_Message, frozen=True, tag="verify"):
    """The request that is about to be sent will come with a proof."""

    request: _Id


class OfferCall(_Message, frozen=True, tag="call_offer"):
    """What the tablet in an accepted call sends and takes (see kiosk.remote.sdp)."""

    call: _Id
    sdp: Annotated[str, Meta(max_length=12_000)]


class AnswerWay(_Message, frozen=True, tag="call_way_answer"):
    """In a call of several: the answer to a `CallWay`."""

    call: _Id
    way: _Id
    sdp: Annotated[str, Meta(max_length=12_000)]


_Share = Annotated[float, Meta(ge=0.0, le=1.0)]


class Point(_Message, frozen=True, tag="point"):
    """Where the tablet's user points, in 0-1 of the wall; nowhere without both."""

    x: _Share | None = None
    y: _Share | None = None


class Watch(_Message, frozen=True, tag="watch"):
    """The panel that the tablet looks at by itself; empty: none."""

    panel: Annotated[str, Meta(pattern=r"^[a-z0-9_-]{0,40}$")]


Incoming = (
    Pair
    | Prove
    | Cancel
    | Command
    | Enrol
    | Enrolled
    | Verify
    | Watch
    | Point
    | OfferCall
    | AnswerWay
)


# ---- server -> tablet


class Challenge(_Message, frozen=True, tag="challenge"):
    nonce: str
    protocol: int = PROTOCOL


class Check(_Message, frozen=True, tag="check"):
    """The code was good; a person now compares the check code on both screens."""

    expires_ms: int
    server_ms: int


class Paired(_Message, frozen=True, tag="paired"):
    device: str


class Refused(_Message, frozen=True, tag="refused"):
    """`later` says only that the server is not ready for anybody; `no` is every other refusal."""

    reason: Literal["no", "later", "declined"]


class Welcome(_Message, frozen=True, tag="welcome"):
    device: str
    name: str
    role: Role
    wall: Literal["here", "away"]
    server_ms: int
    verifiable: bool = False
    office: str = ""


class Wall(_Message, frozen=True, tag="wall"):
    state: Literal["here", "away"]
    server_ms: int


class Alive(_Message, frozen=True, tag="alive"):
    """Said every ALIVE_S: a tablet that hears nothing at all knows that the network is gone, which
    no socket tells by itself, and no longer calls its picture one of now."""

    server_ms: int


class RoleNow(_Message, frozen=True, tag="role"):
    """`verifiable`: its owner can be verified."""

    role: Role
    verifiable: bool
    office: str = ""


class EnrolWith(_Message, frozen=True, tag="enrol_with"):
    """Options for `navigator.credentials.create`."""

    options: dict[str, Any]


class VerifyWith(_Message, frozen=True, tag="verify_with"):
    """Options for `navigator.credentials.get`."""

    request: str
    options: dict[str, Any]


class Answer(_Message, frozen=True, tag="answer"):
    """`status` is an Outcome of the dispatcher, or `no-answer`, `away`, `too-fast`."""

    request: str
    status: str
    reason: Text


class Other(msgspec.Struct, frozen=True):
    """Another tablet in the same call. `way` names what comes of it."""

    way: str
    name: str
    sends: Sends


class CallShown(_Message, frozen=True, tag="call"):
    """How the call stands that this tablet has a part in: it rings here, or is this tablet's. In a
    call of several `others` are the other tablets that are in it, and `called` those that ring. In
    a call between two tablets `peer` is the other one's name, and this one is to offer its media or
    (`offers` is false) to answer."""

    call: str
    phase: CallPhase
    side: Literal["ringing", "mine"]
    about: Text
    wall: Sends
    tablet: Sends
    missing: tuple[Thing, ...]
    begun_ms: int
    server_ms: int
    others: tuple[Other, ...] = ()
    called: tuple[str, ...] = ()
    peer: str = ""
    offers: bool = True


class CallWay(_Message, frozen=True, tag="call_way"):
    """In a call of several: what comes of another (`way`: whom, "wall-wall" is the wall), offered
    by the SFU."""

    call: str
    way: str
    sdp: str


class CallEnded(_Message, frozen=True, tag="call_over"):
    call: str
    reason: Text


class CallAnswered(_Message, frozen=True, tag="call_answer"):
    """The wall's side of the media; empty where the offer was not taken."""

    call: str
    sdp: str


class Bye(_Message, frozen=True, tag="bye"):
    reason: Literal["revoked", "stopping", "replaced", "malformed"]


_incoming: msgspec.json.Decoder[Incoming] = msgspec.json.Decoder(Incoming)


def parse(frame: str) -> Incoming:
    """Reads one frame. Raises Malformed.

    Refused besides what the types refuse: keys given twice (readers differ in which one wins).
    """
    if len(frame.encode(errors="surrogatepass")) > MESSAGE_LIMIT_BYTES:
        raise Malformed("longer than the limit")
    try:
        message = _incoming.decode(frame)
        json.loads(frame, object_pairs_hook=_once)
    except (msgspec.DecodeError, UnicodeError, RecursionError, ValueError) as error:
        raise Malformed(type(error).__name__) from error
    return message


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def frame(message: msgspec.Struct) -> str:
    return msgspec.json.encode(message).decode()


def clean_name(name: str) -> str:
    """A device's name as a person may read it: no control, no invisible, no direction marks."""
    shown = "".join(
        " " if unicodedata.category(c) in ("Zl", "Zp", "Zs", "Cc") else c
        for c in unicodedata.normalize("NFC", name)
        if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(shown.split())[:NAME_LIMIT].strip() or "태블릿"
