"""All settings of a kiosk; `docs/settings.md` is made from here. Whoever uses a group of them takes
it from this module, whichever file it stands in."""

from typing import Any

from kiosk.settings.links import (
    BackendSettings,
    CallSettings,
    PublicSettings,
    RemoteSettings,
    SyncSettings,
    VideoSettings,
)
from kiosk.settings.machine import (
    DemoSettings,
    PathSettings,
    SupervisorSettings,
)
from kiosk.settings.section import Section
from kiosk.settings.senses import (
    CameraSettings,
    GestureSettings,
    MicrophoneSettings,
    RecordingSettings,
    VoiceSettings,
)
from kiosk.settings.wall import (
    CitySettings,
    PresenceSettings,
    UiSettings,
)

__all__ = [
    "BackendSettings",
    "CallSettings",
    "CameraSettings",
    "CitySettings",
    "DemoSettings",
    "GestureSettings",
    "MicrophoneSettings",
    "PathSettings",
    "PresenceSettings",
    "PublicSettings",
    "RecordingSettings",
    "RemoteSettings",
    "Settings",
    "SupervisorSettings",
    "SyncSettings",
    "UiSettings",
    "VideoSettings",
    "VoiceSettings",
]


class Settings(Section, frozen=True):
    """All settings of one kiosk.

    `bindings`: tables as in config/bindings.toml, that a site lays over those. `profiles`: tables
    as in a city's profiles.toml, in place of those.
    """

    city: CitySettings = CitySettings()
    ui: UiSettings = UiSettings()
    camera: CameraSettings = CameraSettings()
    presence: PresenceSettings = PresenceSettings()
    gestures: GestureSettings = GestureSettings()
    recordings: RecordingSettings = RecordingSettings()
    microphone: MicrophoneSettings = MicrophoneSettings()
    voice: VoiceSettings = VoiceSettings()
    video: VideoSettings = VideoSettings()
    remote: RemoteSettings = RemoteSettings()
    calls: CallSettings = CallSettings()
    public: PublicSettings = PublicSettings()
    backend: BackendSettings = BackendSettings()
    sync: SyncSettings = SyncSettings()
    demo: DemoSettings = DemoSettings()
    supervisor: SupervisorSettings = SupervisorSettings()
    paths: PathSettings = PathSettings()
    bindings: tuple[dict[str, Any], ...] = ()
    profiles: tuple[dict[str, Any], ...] = ()
