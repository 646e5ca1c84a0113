"""The city's data, cameras and orders on their way to the wall."""

from typing import Literal

import msgspec

from kiosk.wire.messages.base import WireMessage
from kiosk.wire.orders import Acknowledgement, Order, Reply, Report
from kiosk.wire.text import Text


class CacheChanged(WireMessage, frozen=True, tag="cache_changed"):
    """The cache holds new rows of these tables."""

    tables: tuple[str, ...]
    revision: int


class SyncState(WireMessage, frozen=True, tag="sync_state"):
    """Whether the backend answers, and since when the cache is as it is."""

    reachable: bool
    revision: int
    last_success_ms: int | None
    backlog: int = 0
    reason: Text = Text("", "")


class CameraView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A camera that the wall wants to show, at the size of its tile in pixels."""

    camera: str
    url: str
    width_px: int
    height_px: int
    fps: float = 12.0


class ShowCameras(WireMessage, frozen=True, tag="show_cameras"):
    """The complete set of cameras on the wall; what is not in it is closed."""

    views: tuple[CameraView, ...]


class CameraState(WireMessage, frozen=True, tag="camera_state"):
    """State of one camera; `frame_t_ms` is when its last picture was decoded."""

    camera: str
    state: Literal["connecting", "live", "late", "lost", "off"]
    frame_t_ms: int | None = None
    attempt: int = 0
    ring: str | None = None


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


class Written(WireMessage, frozen=True, tag="written"):
    """The order, reply, report or acknowledgement with this id is on the disk."""

    id: str


class OrdersChanged(WireMessage, frozen=True, tag="orders_changed"):
    """An order has come further, or the backend refused something: ask the ledger."""
