"""Every message that crosses a process border.

A message is a frozen struct with a `type` tag. Times are epoch milliseconds. A worker opens its
link with `Hello`; a version that differs is refused, because the processes of one kiosk are always
of one release.
"""

from kiosk.wire.messages.base import WIRE_VERSION, PresenceSource, Role, State
from kiosk.wire.messages.calls import (
    CallAnswer,
    CallMedia,
    CallNow,
    CallOffer,
    CallOver,
    RoomAnswer,
    RoomFailed,
    RoomOffer,
    TalksNow,
)
from kiosk.wire.messages.city import (
    WHOLE,
    CacheChanged,
    CameraState,
    CameraView,
    CameraWord,
    DecoderWord,
    OrdersChanged,
    PullNow,
    Purpose,
    Region,
    ShowCameras,
    SyncState,
    WriteAcknowledgement,
    WriteDecision,
    WriteOrder,
    WriteReply,
    WriteReport,
    Written,
)
from kiosk.wire.messages.driving import (
    Ask,
    Lateness,
    Observed,
    PanelPainted,
    PanelsWarm,
    Press,
    ScreenshotTaken,
    TakeLateness,
    TakeScreenshot,
    Touch,
)
from kiosk.wire.messages.processes import (
    Alive,
    FirstPaint,
    FullyOn,
    Health,
    Hello,
    ProcessState,
    RestartProcess,
    Stop,
    StopAll,
)
from kiosk.wire.messages.reports import Chime, ReportFormat, SaveReport, SaveSnapshot
from kiosk.wire.messages.senses import (
    DropSound,
    GestureSeen,
    GestureView,
    KeepSound,
    Listen,
    Presence,
    Record,
    Recording,
    ReplayClip,
    SoundHeard,
    SoundLost,
    StopListening,
    StopRecording,
    VoiceChoice,
    VoiceMatched,
    VoiceRefused,
    VoiceView,
)
from kiosk.wire.messages.tablets import (
    CallDepartment,
    ClosePairing,
    CredentialOffered,
    Device,
    Devices,
    DeviceSaved,
    GiveCredential,
    GiveOffice,
    GiveRole,
    LendPointer,
    OpenPairing,
    PairingAsked,
    PairingDecision,
    PairingGone,
    PairingOffered,
    RefusedRequest,
    RemoteReady,
    RevokeDevice,
    SaveDevice,
    ShowDesk,
    ShowPanel,
    ShowProjection,
    TabletAnswer,
    TabletCount,
    TabletPoint,
    TabletRequest,
    WatchPanels,
)

__all__ = [
    "WHOLE",
    "WIRE_VERSION",
    "Alive",
    "Ask",
    "CacheChanged",
    "CallAnswer",
    "CallDepartment",
    "CallMedia",
    "CallNow",
    "CallOffer",
    "CallOver",
    "CameraState",
    "CameraView",
    "CameraWord",
    "Chime",
    "ClosePairing",
    "CredentialOffered",
    "DecoderWord",
    "Device",
    "DeviceSaved",
    "Devices",
    "DropSound",
    "FirstPaint",
    "FullyOn",
    "GestureSeen",
    "GestureView",
    "GiveCredential",
    "GiveOffice",
    "GiveRole",
    "Health",
    "Hello",
    "KeepSound",
    "Lateness",
    "LendPointer",
    "Listen",
    "Message",
    "Observed",
    "OpenPairing",
    "OrdersChanged",
    "PairingAsked",
    "PairingDecision",
    "PairingGone",
    "PairingOffered",
    "PanelPainted",
    "PanelsWarm",
    "Presence",
    "PresenceSource",
    "Press",
    "ProcessState",
    "PullNow",
    "Purpose",
    "Record",
    "Recording",
    "RefusedRequest",
    "Region",
    "RemoteReady",
    "ReplayClip",
    "ReportFormat",
    "RestartProcess",
    "RevokeDevice",
    "Role",
    "RoomAnswer",
    "RoomFailed",
    "RoomOffer",
    "SaveDevice",
    "SaveReport",
    "SaveSnapshot",
    "ScreenshotTaken",
    "ShowCameras",
    "ShowDesk",
    "ShowPanel",
    "ShowProjection",
    "SoundHeard",
    "SoundLost",
    "State",
    "Stop",
    "StopAll",
    "StopListening",
    "StopRecording",
    "SyncState",
    "TabletAnswer",
    "TabletCount",
    "TabletPoint",
    "TabletRequest",
    "TakeLateness",
    "TakeScreenshot",
    "TalksNow",
    "Touch",
    "VoiceChoice",
    "VoiceMatched",
    "VoiceRefused",
    "VoiceView",
    "WatchPanels",
    "WriteAcknowledgement",
    "WriteDecision",
    "WriteOrder",
    "WriteReply",
    "WriteReport",
    "Written",
]

Message = (
    Hello
    | Health
    | ProcessState
    | FirstPaint
    | FullyOn
    | StopAll
    | Alive
    | KeepSound
    | DropSound
    | SoundLost
    | SoundHeard
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
    | PullNow
    | WriteOrder
    | WriteReply
    | WriteReport
    | WriteAcknowledgement
    | WriteDecision
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
    | CredentialOffered
    | GiveCredential
    | GiveOffice
    | GiveRole
    | RevokeDevice
    | TabletCount
    | CallNow
    | CallOver
    | CallOffer
    | CallAnswer
    | CallMedia
    | RoomOffer
    | RoomAnswer
    | RoomFailed
    | TalksNow
    | TabletRequest
    | RefusedRequest
    | TabletAnswer
    | CallDepartment
    | ShowDesk
    | ShowPanel
    | WatchPanels
    | LendPointer
    | TabletPoint
    | ShowProjection
    | SaveReport
    | SaveSnapshot
    | Chime
    | Touch
    | Press
    | TakeScreenshot
    | ScreenshotTaken
    | Observed
    | TakeLateness
    | Lateness
    | Ask
    | PanelsWarm
    | PanelPainted
    | Stop
)
