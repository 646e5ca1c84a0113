"""The city's data, cameras and orders on their way to the wall."""

from typing import Literal

import msgspec

from kiosk.wire.disclosure import Decided
from kiosk.wire.messages.base import WireMessage
from kiosk.wire.orders import Acknowledgement, Order, Reply, Report
from kiosk.wire.text import Text


class CacheChanged(WireMessage, frozen=True, tag="cache_changed"):
    """The cache holds new rows of these tables."""

    tables: tuple[str, ...]
    revision: int


class PullNow(WireMessage, frozen=True, tag="pull_now"):
    """A person wants the newest rows now, and not at the next round."""


class SyncState(WireMessage, frozen=True, tag="sync_state"):
    """Whether the backend answers, and since when the cache is as it is."""

    reachable: bool
    revision: int
    last_success_ms: int | None
    backlog: int = 0
    reason: Text = Text("", "")


Purpose = Literal["tile", "full", "hidden"]
DecoderWord = Literal["software", "vaapi", "cuda"]
CameraWord = Literal["connecting", "live", "delayed", "stale", "lost", "off"]


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a picture, in fractions of its width and height from the top left, 0 to 1."""

    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0


WHOLE = Region()


class CameraView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A camera that the wall wants to show.

    `url` is its main stream and `sub_url` a smaller one, empty where there is none: a `tile` takes
    the smaller, `full` the main; the picture of the one stays until the other shows. `hidden` keeps
    a camera warm at its key frames, for the next one of a tour. Size is that of the tile in device
    pixels, `fps` the most pictures a second; only `region` of the picture is decoded into it.
    `login` names the secret that opens the camera, "" where it asks for none. `signed`: its address
    is renewed all the time, and still the same stream.
    """

    camera: str
    url: str
    width_px: int
    height_px: int
    fps: float = 12.0
    sub_url: str = ""
    purpose: Purpose = "tile"
    region: Region = WHOLE
    login: str = ""
    signed: bool = False


class ShowCameras(WireMessage, frozen=True, tag="show_cameras"):
    """The complete set of cameras on the wall; what is not in it goes out of sight, then closes."""

    views: tuple[CameraView, ...]


class CameraState(WireMessage, frozen=True, tag="camera_state"):
    """How one camera is.

    connecting: no picture yet; live: new pictures come as they are taken; delayed: they come, but
    show what was a while ago; stale: the stream stands still (no packets, the same picture, or its
    clock stands still); lost: no connection or nothing new for long; off: not opened at all.

    `frame_t_ms` is when the newest new picture was received (our epoch ms) and `delay_ms` how much
    earlier it was taken as far as the stream tells: the picture's age is now - frame_t_ms +
    delay_ms. `camera_t_ms` is that picture's time by the camera's own clock, None where the camera
    does not tell. `period_ms` is the time from one picture to the next where it is known to be long
    (stills): such a camera is never live, and its picture is not old before. `kept` means that the
    picture is the last key frame of an earlier run. `width_px` x `height_px` is the stream's own
    size, 0 before it is known; `stream` the one that is shown. `reason` says in words why the
    camera isn't live, and never holds an address; `refused`: it leads where no camera may.
    """

    camera: str
    state: CameraWord
    frame_t_ms: int | None = None
    attempt: int = 0
    ring: str | None = None
    delay_ms: int = 0
    camera_t_ms: int | None = None
    period_ms: int = 0
    kept: bool = False
    codec: str = ""
    width_px: int = 0
    height_px: int = 0
    decoder: DecoderWord = "software"
    stream: Literal["main", "sub"] = "main"
    reason: Text = Text("", "")
    refused: bool = False


class WriteOrder(WireMessage, frozen=True, tag="write_order"):
    """Asks sync to put an order into the ledger; it counts as given when `Written` comes back."""

    order: Order


class WriteReply(WireMessage, frozen=True, tag="write_reply"):
    """The same for an answer to a citizen's complaint."""

    reply: Reply


class WriteReport(WireMessage, frozen=True, tag="write_report"):
    """The same for what those in charge say at a tablet of an order."""

    report: Report


class WriteAcknowledgement(WireMessage, frozen=True, tag="write_acknowledgement"):
    """The same for taking note of an incident."""

    acknowledgement: Acknowledgement


class WriteDecision(WireMessage, frozen=True, tag="write_decision"):
    """The same for what was decided about who may see what."""

    decided: Decided


class Written(WireMessage, frozen=True, tag="written"):
    """The order, reply, report, acknowledgement or decision with this id is on the disk."""

    id: str


class OrdersChanged(WireMessage, frozen=True, tag="orders_changed"):
    """An order has come further, or the backend refused something: ask the ledger."""
