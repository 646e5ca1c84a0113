"""Every message that crosses a process border.

A message is a frozen struct with a `type` tag. Times are epoch milliseconds. A worker opens its
link with `Hello`; a version that differs is refused, because the processes of one kiosk are always
of one release.
"""

from typing import Any, Literal

import msgspec

from gestures.events import GestureEvent, GestureStatus
from kiosk.wire.orders import Order, Reply
from kiosk.wire.projection import DepartmentCall, Projection
from kiosk.wire.text import Text
from voice.events import Choice, IntentMatch, NoMatch, VoiceStatus

WIRE_VERSION = 1

State = Literal["stopped", "starting", "running", "degraded", "failed"]
Role = Literal["mayor", "official", "installer", "tester", "visitor"]
PresenceSource = Literal["camera", "sensor"]


class _Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    pass


# ---- every worker -> ui


class Hello(_Message, frozen=True, tag="hello"):
    """First line of a link: who speaks, and in which version."""

    worker: str
    pid: int
    version: int = WIRE_VERSION


class Health(_Message, frozen=True, tag="health"):
    """How a worker feels, and why, in words that a mayor understands."""

    worker: str
    state: State
    reason: Text = Text("", "")


# ---- supervisor <-> ui


class ProcessState(_Message, frozen=True, tag="process_state"):
    """What the supervisor knows of a process; `failed` means its restart budget is spent."""

    process: str
    state: State
    reason: Text = Text("", "")
    pid: int | None = None
    restarts: int = 0


class FirstPaint(_Message, frozen=True, tag="first_paint"):
    """The wall showed its first frame; `since_start_ms` counts from the start of the ui process."""

    t_ms: int
    since_start_ms: float


class FullyOn(_Message, frozen=True, tag="fully_on"):
    """Panels filled, cameras live, every process running or honestly degraded."""

    t_ms: int


class StopAll(_Message, frozen=True, tag="stop_all"):
    """A person asked the kiosk to stop."""


class RestartProcess(_Message, frozen=True, tag="restart_process"):
    """A person asked for a process that is off to be tried again."""

    process: str


# ---- gestures


class GestureSeen(_Message, frozen=True, tag="gesture_seen"):
    event: GestureEvent


class GestureView(_Message, frozen=True, tag="gesture_view"):
    """What the camera sees, for the HUD; never pixels."""

    status: GestureStatus


class Presence(_Message, frozen=True, tag="presence"):
    """Whether somebody is near the wall, as one source tells it; None: it can't tell."""

    source: PresenceSource
    near: bool | None


class ReplayClip(_Message, frozen=True, tag="replay_clip"):
    """Asks the gestures or voice worker to take a recorded file for its next input."""

    path: str


class Record(_Message, frozen=True, tag="record"):
    """Asks for a recording of the hands that the camera sees; pixels only with `video`."""

    minutes: int
    video: bool = False


class StopRecording(_Message, frozen=True, tag="stop_recording"):
    pass


class Recording(_Message, frozen=True, tag="recording"):
    """How the recording is: until when it runs, or None and why it is over or could not begin."""

    until_ms: int | None
    video: bool = False
    reason: Text = Text("", "")


# ---- voice


class Listen(_Message, frozen=True, tag="listen"):
    """Opens a listening window."""

    seconds: float = 8.0


class StopListening(_Message, frozen=True, tag="stop_listening"):
    pass


class VoiceView(_Message, frozen=True, tag="voice_view"):
    status: VoiceStatus


class VoiceMatched(_Message, frozen=True, tag="voice_matched"):
    match: IntentMatch


class VoiceRefused(_Message, frozen=True, tag="voice_refused"):
    no_match: NoMatch


class VoiceChoice(_Message, frozen=True, tag="voice_choice"):
    choice: Choice


# ---- sync


class CacheChanged(_Message, frozen=True, tag="cache_changed"):
    """The cache holds new rows of these tables."""

    tables: tuple[str, ...]
    revision: int


class SyncState(_Message, frozen=True, tag="sync_state"):
    """Whether the backend answers, and since when the cache is as it is."""

    reachable: bool
    revision: int
    last_success_ms: int | None
    backlog: int = 0
    reason: Text = Text("", "")


# ---- video


class CameraView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A camera that the wall wants to show, at the size of its tile in pixels."""

    camera: str
    url: str
    width_px: int
    height_px: int
    fps: float = 12.0


class ShowCameras(_Message, frozen=True, tag="show_cameras"):
    """The complete set of cameras on the wall; what is not in it is closed."""

    views: tuple[CameraView, ...]


class CameraState(_Message, frozen=True, tag="camera_state"):
    """State of one camera; `frame_t_ms` is when its last picture was decoded."""

    camera: str
    state: Literal["connecting", "live", "late", "lost", "off"]
    frame_t_ms: int | None = None
    attempt: int = 0
    ring: str | None = None


# ---- orders


class WriteOrder(_Message, frozen=True, tag="write_order"):
    """Asks sync to put an order into the ledger; it counts as given when `Written` comes back."""

    order: Order


class WriteReply(_Message, frozen=True, tag="write_reply"):
    """The same for an answer to a citizen's complaint."""

    reply: Reply


class Written(_Message, frozen=True, tag="written"):
    """The order or reply with this id is on the disk."""

    id: str


class OrdersChanged(_Message, frozen=True, tag="orders_changed"):
    """An order has come further, or the backend refused something: ask the ledger."""


# ---- tablets


class Device(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paired tablet; `public_key` is the JWK of its P-256 key as JSON."""

    id: str
    name: str
    role: Role
    public_key: str
    paired_ms: int
    last_used_ms: int | None = None
    revoked: bool = False


class RemoteReady(_Message, frozen=True, tag="remote_ready"):
    """The tablets' server listens at this address."""

    url: str


class OpenPairing(_Message, frozen=True, tag="open_pairing"):
    seconds: int = 120


class ClosePairing(_Message, frozen=True, tag="close_pairing"):
    pass


class PairingOffered(_Message, frozen=True, tag="pairing_offered"):
    """The address in the QR code; its fragment is the one-time code."""

    url: str
    expires_ms: int


class PairingAsked(_Message, frozen=True, tag="pairing_asked"):
    """A tablet used the code; a person compares the check code on both screens."""

    request: str
    device: Device
    check_code: str
    expires_ms: int


class PairingGone(_Message, frozen=True, tag="pairing_gone"):
    """The offer or the request ended without a decision."""

    reason: Text


class PairingDecision(_Message, frozen=True, tag="pairing_decision"):
    request: str
    accepted: bool
    role: Role = "official"


class Devices(_Message, frozen=True, tag="devices"):
    """All devices that may connect; the tablets' server knows no others."""

    devices: tuple[Device, ...]


class SaveDevice(_Message, frozen=True, tag="save_device"):
    """ui -> sync: write this device to the ledger."""

    device: Device


class DeviceSaved(_Message, frozen=True, tag="device_saved"):
    device: Device


class RevokeDevice(_Message, frozen=True, tag="revoke_device"):
    """A person takes a tablet's rights away; it is cut off at once."""

    device: str


class TabletCount(_Message, frozen=True, tag="tablet_count"):
    """How many paired tablets are connected now."""

    connected: int


class TabletRequest(_Message, frozen=True, tag="tablet_request"):
    """A command from a paired tablet."""

    request: str
    device: str
    command: str
    args: dict[str, Any]


class RefusedRequest(_Message, frozen=True, tag="refused_request"):
    """The tablets' server turned somebody away; told so that the refusal is audited."""

    address: str
    reason: str
    t_ms: int


class TabletAnswer(_Message, frozen=True, tag="tablet_answer"):
    request: str
    status: str
    reason: Text


class CallDepartment(_Message, frozen=True, tag="call_department"):
    """Shown on every connected tablet for a while."""

    call: DepartmentCall


class ShowProjection(_Message, frozen=True, tag="show_projection"):
    """What the wall shows now, for the tablets."""

    projection: Projection


# ---- tour and bench: a driver that is allowed in only when the kiosk was started with one


class Touch(_Message, frozen=True, tag="touch"):
    """Asks for a real touch event on the target that carries this command (and these args)."""

    command: str
    args: dict[str, Any] = {}


class Press(_Message, frozen=True, tag="press"):
    """Asks for a real key press."""

    key: str


class TakeScreenshot(_Message, frozen=True, tag="take_screenshot"):
    path: str


class ScreenshotTaken(_Message, frozen=True, tag="screenshot_taken"):
    path: str


class Observed(_Message, frozen=True, tag="observed"):
    """An Invocation and its Outcome, as audited."""

    record: dict[str, Any]


class TakeLateness(_Message, frozen=True, tag="take_lateness"):
    """Asks for the lateness since it was last asked; a new window begins."""


class Lateness(_Message, frozen=True, tag="lateness"):
    """Event-loop lateness of the ui process over the last window, in milliseconds."""

    window_s: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    n: int


class Stop(_Message, frozen=True, tag="stop"):
    """Ends an inline worker."""


Message = (
    Hello
    | Health
    | ProcessState
    | FirstPaint
    | FullyOn
    | StopAll
    | RestartProcess
    | GestureSeen
    | GestureView
    | Presence
    | ReplayClip
    | Record
    | StopRecording
    | Recording
    | Listen
    | StopListening
    | VoiceView
    | VoiceMatched
    | VoiceRefused
    | VoiceChoice
    | CacheChanged
    | SyncState
    | WriteOrder
    | WriteReply
    | Written
    | OrdersChanged
    | ShowCameras
    | CameraState
    | RemoteReady
    | OpenPairing
    | ClosePairing
    | PairingOffered
    | PairingAsked
    | PairingGone
    | PairingDecision
    | Devices
    | SaveDevice
    | DeviceSaved
    | RevokeDevice
    | TabletCount
    | TabletRequest
    | RefusedRequest
    | TabletAnswer
    | CallDepartment
    | ShowProjection
    | Touch
    | Press
    | TakeScreenshot
    | ScreenshotTaken
    | Observed
    | TakeLateness
    | Lateness
    | Stop
)
