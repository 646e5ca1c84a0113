"""The settings: each with title, description and bounds; `docs/settings.md` is made from here."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class CitySettings(_Section, frozen=True):
    """The city on the wall."""

    pack: Annotated[
        str,
        Meta(
            title="City",
            description="Folder of the city's files: one of config/city by its name, or a path",
            min_length=1,
        ),
    ] = "seoul"
    district: Annotated[
        str,
        Meta(
            title="District",
            description="Code of the one district that the wall is for; empty: the whole city",
        ),
    ] = ""
    panels: Annotated[
        tuple[str, ...],
        Meta(title="Panels", description="Ids of those that it shows; empty: as the city says"),
    ] = ()
    demo: Annotated[
        bool,
        Meta(
            title="Demonstration",
            description="Show the simulated city; every simulated value is marked as such",
        ),
    ] = True


class UiSettings(_Section, frozen=True):
    """The wall display."""

    windowed: Annotated[
        bool, Meta(title="Windowed", description="Run in a window instead of full screen")
    ] = False
    width_px: Annotated[
        int, Meta(title="Width", description="Width of the window, pixels", ge=640, le=15360)
    ] = 1920
    height_px: Annotated[
        int, Meta(title="Height", description="Height of the window, pixels", ge=480, le=8640)
    ] = 1080
    language: Annotated[
        Literal["ko", "en"], Meta(title="Language", description="Language at start")
    ] = "ko"
    theme: Annotated[
        Literal["dark", "light", "high_contrast"],
        Meta(title="Theme", description="Colours at start; light is for bright rooms"),
    ] = "dark"
    text_scale: Annotated[
        float,
        Meta(title="Type size", description="Factor on all type, 1.0 to 1.3", ge=1.0, le=1.3),
    ] = 1.0
    profile: Annotated[
        str,
        Meta(
            title="Profile",
            description="Whom the wall works for, of the profiles; empty: the first one",
        ),
    ] = ""
    by_use: Annotated[
        bool,
        Meta(
            title="Arrange by use",
            description="Whether the tabs of a category stand in the order of use from the start",
        ),
    ] = False
    pixel_aspect: Annotated[
        float,
        Meta(
            title="Pixel aspect",
            description="Width over height of a pixel as measured on the wall",
            ge=0.5,
            le=2.0,
        ),
    ] = 1.0
    driver: Annotated[
        bool,
        Meta(
            title="Driver",
            description="Let the tour or a benchmark drive the wall over its local socket",
        ),
    ] = False
    ask_when_critical: Annotated[
        bool,
        Meta(
            title="Ask when critical",
            description="Ask whether an incident that has become critical may take the screen",
        ),
    ] = True


class CameraSettings(_Section, frozen=True):
    """The camera that sees the mayor's hands."""

    source: Annotated[
        str,
        Meta(
            title="Camera",
            description="Index, file, URL, recorded landmark session, or none",
            min_length=1,
        ),
    ] = "0"
    width_px: Annotated[
        int, Meta(title="Width", description="Width asked of the camera, pixels", ge=160, le=7680)
    ] = 1280
    height_px: Annotated[
        int, Meta(title="Height", description="Height asked of the camera, pixels", ge=120, le=4320)
    ] = 720


class PresenceSettings(_Section, frozen=True):
    """Whether somebody is near the wall, and what it does when nobody is."""

    dim_after_s: Annotated[
        float,
        Meta(title="Dim", description="Seconds without anybody until the wall dims; 0 never", ge=0),
    ] = 120.0
    lock_after_s: Annotated[
        float,
        Meta(
            title="Lock", description="Seconds without anybody until the wall locks; 0 never", ge=0
        ),
    ] = 900.0
    without_sensor: Annotated[
        bool,
        Meta(
            title="Without sensor",
            description="Dim and lock after so long without any input where neither camera nor "
            "sensor tells who is near; off, such a wall stays on in front of somebody who speaks",
        ),
    ] = False
    near_m: Annotated[
        float,
        Meta(title="Near", description="Metres from the camera that count as near", ge=1, le=8),
    ] = 4.0
    lens_deg: Annotated[
        float,
        Meta(title="Lens", description="Horizontal angle of the lens, degrees", ge=30, le=150),
    ] = 60.0
    mqtt_host: Annotated[
        str,
        Meta(title="Broker", description="MQTT broker of a presence sensor; empty uses none"),
    ] = ""
    mqtt_port: Annotated[
        int, Meta(title="Broker's port", description="1883, with TLS 8883", ge=1, le=65535)
    ] = 1883
    mqtt_tls: Annotated[
        bool, Meta(title="TLS", description="Encrypt the line to the broker and check who it is")
    ] = False
    mqtt_ca_file: Annotated[
        str,
        Meta(title="CA", description="Certificate of the broker's CA; empty takes the system's"),
    ] = ""
    mqtt_user: Annotated[str, Meta(title="User", description="Empty logs in as nobody")] = ""
    mqtt_password_file: Annotated[
        str, Meta(title="Password", description="File that holds the password, and nothing else")
    ] = ""
    mqtt_topic: Annotated[
        str,
        Meta(title="Topic", description="Of one sensor, without wildcards", pattern="^[^+#]*$"),
    ] = ""
    mqtt_field: Annotated[
        str,
        Meta(
            title="Field",
            description="Field of the JSON payload that tells (occupancy, or a.b for a field in a "
            "field); empty: the payload is on/off, true/false, 1/0 itself",
        ),
    ] = ""
    sensor_lost_s: Annotated[
        float,
        Meta(
            title="Sensor lost",
            description="A sensor silent for so many seconds can't tell any more; choose it "
            "longer than the time until the wall locks",
            ge=10,
        ),
    ] = 3600.0


class GestureSettings(_Section, frozen=True):
    """Hand tracking."""

    fps: Annotated[
        float, Meta(title="Rate", description="Hand tracking, frames per second", ge=5, le=60)
    ] = 15.0


class RecordingSettings(_Section, frozen=True):
    """Recordings of hands and inputs that testers ask for."""

    days: Annotated[
        int,
        Meta(
            title="Kept days",
            description="Days that a recording stays; older ones go when the next one begins",
            ge=1,
            le=365,
        ),
    ] = 30
    megabytes: Annotated[
        int,
        Meta(
            title="Kept room",
            description="Megabytes of the disk for all recordings; at that, none begins or goes on",
            ge=10,
            le=1_000_000,
        ),
    ] = 5_000


class MicrophoneSettings(_Section, frozen=True):
    """The microphone that hears the mayor."""

    source: Annotated[
        str,
        Meta(
            title="Microphone",
            description="Device name or part of it, pulse:SOURCE (of the sound server), default, "
            "a wav or flac file, or none",
            min_length=1,
        ),
    ] = "default"


class VoiceSettings(_Section, frozen=True):
    """Speech recognition."""

    window_s: Annotated[
        float,
        Meta(title="Listening window", description="Seconds that one press listens", ge=2, le=30),
    ] = 8.0
    wake: Annotated[
        str,
        Meta(
            title="Call",
            description="Words that begin a command said in one breath without a press, such as "
            "상황판 (experimental: talk may sound like it); empty: the microphone is heard after a "
            "press only",
            max_length=20,
        ),
    ] = ""
    models: Annotated[
        dict[Literal["ko", "en"], str],
        Meta(
            title="Models",
            description="Folders of Vosk models by language (ko, en), instead of or beside the "
            "Korean one that comes with the kiosk; with one for en the wall hears English while "
            "its language is English",
        ),
    ] = {}
    noise_suppression: Annotated[
        Literal["auto", "always", "never"],
        Meta(
            title="Noise suppression",
            description="When sound is cleaned of noise; auto: while the room is noisy",
        ),
    ] = "auto"
    echo_device: Annotated[
        str,
        Meta(
            title="Echo",
            description="Device that records what the wall itself plays, to take it out of what "
            "the microphone hears (pulse:SOURCE: a monitor of the sound server); empty: none",
        ),
    ] = ""


class VideoSettings(_Section, frozen=True):
    """City cameras on the wall."""

    fps: Annotated[
        float, Meta(title="Rate", description="Pictures a second in a tile, at most", ge=1, le=30)
    ] = 12.0
    delayed_s: Annotated[
        float,
        Meta(
            title="Delayed",
            description="A picture that comes so many seconds after it was taken is delayed",
            ge=0.5,
            le=60,
        ),
    ] = 1.5
    stale_s: Annotated[
        float,
        Meta(
            title="Still",
            description="A stream that brings nothing new for so many seconds stands still",
            ge=1,
            le=60,
        ),
    ] = 2.5
    lost_s: Annotated[
        float,
        Meta(
            title="Lost",
            description="A stream that brings nothing new for so many seconds is lost",
            ge=2,
            le=300,
        ),
    ] = 10.0
    hardware: Annotated[
        bool,
        Meta(
            title="Hardware",
            description="Decode on the graphics processor where this machine can",
        ),
    ] = True
    hidden_s: Annotated[
        float,
        Meta(
            title="Out of sight",
            description="Seconds that a camera gone from the wall stays open, at key frames only",
            ge=0,
            le=600,
        ),
    ] = 20.0
    camera_cores: Annotated[
        float,
        Meta(
            title="Share",
            description="Processor cores that one camera may take, on the mean of two seconds;"
            " beyond it pictures are left out",
            gt=0,
            le=64,
        ),
    ] = 0.75
    kept_h: Annotated[
        float,
        Meta(
            title="Kept",
            description="Hours that a camera's last key frame is kept for a start without network;"
            " 0 keeps none",
            ge=0,
            le=720,
        ),
    ] = 12.0
    kept_mb: Annotated[
        int,
        Meta(
            title="Kept room",
            description="Megabytes of the disk for kept key frames, at most",
            ge=1,
            le=10_000,
        ),
    ] = 64
    snapshot_days: Annotated[
        int,
        Meta(
            title="Kept pictures",
            description="Days that pictures kept on request stay in the data folder",
            ge=1,
            le=3650,
        ),
    ] = 30
    still_s: Annotated[
        float,
        Meta(
            title="Stills",
            description="Seconds between two questions to a camera that gives single pictures and"
            " does not say itself how often",
            ge=1,
            le=600,
        ),
    ] = 5.0
    files: Annotated[
        str,
        Meta(
            title="Files",
            description="Folder of recordings that may stand for cameras (file:NAME); empty: none",
        ),
    ] = ""
    ca_file: Annotated[
        str,
        Meta(
            title="Cameras' CA",
            description="Certificates that vouch for cameras over https; empty takes the system's",
        ),
    ] = ""


class RemoteSettings(_Section, frozen=True):
    """The tablets' server, the only listener on the LAN."""

    enabled: Annotated[bool, Meta(title="Tablets", description="Let tablets connect")] = True
    host: Annotated[
        str, Meta(title="Address", description="Address to listen on; 0.0.0.0 is every one")
    ] = "0.0.0.0"  # noqa: S104 - tablets reach the kiosk over the LAN by design
    port: Annotated[
        int, Meta(title="Port", description="TCP port; 0 takes a free one", ge=0, le=65535)
    ] = 8443
    media_port: Annotated[
        int,
        Meta(
            title="Calls' port",
            description="UDP port for the pictures and sound of a call, open while one lasts; 0 "
            "takes a free one. Open this one where a firewall stands between wall and tablets",
            ge=0,
            le=65535,
        ),
    ] = 0
    name: Annotated[
        str,
        Meta(
            title="Name",
            description="Host name in the QR code; empty takes this machine's address",
        ),
    ] = ""
    certificate: Annotated[
        str,
        Meta(
            title="Certificate",
            description="File (PEM chain) with the city's certificate for the kiosk's name, read "
            "again each minute; empty looks for site.pem in the data folder's certificates",
        ),
    ] = ""
    key: Annotated[
        str,
        Meta(
            title="Key",
            description="File (PEM, without a password) with that certificate's key; empty looks "
            "for site.key there",
        ),
    ] = ""


class BackendSettings(_Section, frozen=True):
    """The city backend that the kiosk reads."""

    url: Annotated[
        str,
        Meta(
            title="Backend",
            description="http(s) address of the city's backend; empty runs the embedded one",
        ),
    ] = ""
    store: Annotated[
        str,
        Meta(
            title="Store",
            description="Database of the embedded backend, postgresql://USER@HOST/DATABASE with "
            "the password in a file that ?passfile= names; empty keeps an SQLite file in the data",
        ),
    ] = ""
    secrets: Annotated[
        str,
        Meta(
            title="Keys",
            description='File of the city systems\' keys, a line NAME = "KEY" each, mode 600; '
            "empty takes the file that KIOSK_SECRETS names, if any",
        ),
    ] = ""
    sources: Annotated[
        str,
        Meta(
            title="Sources",
            description="Folder of the site's own declarations of sources (*.toml), over the "
            "product's in config/sources",
        ),
    ] = ""
    cameras: Annotated[
        str,
        Meta(
            title="Cameras",
            description="File of the cameras that the site lists itself (TOML, a [[camera]] each);"
            " `./kiosk.sh cameras discover` finds some",
        ),
    ] = ""
    listen: Annotated[
        str,
        Meta(
            title="Listen",
            description="Loopback address of the sync API for the proxy that other kiosks come "
            "through, such as 127.0.0.1:9470; empty serves this kiosk alone",
            pattern=r"^((127\.0\.0\.1|\[::1\]|localhost):\d{1,5})?$",
        ),
    ] = ""
    metrics: Annotated[
        str,
        Meta(
            title="Metrics",
            description="Loopback address for Prometheus, such as 127.0.0.1:9477; empty serves "
            "/metrics on the backend's own socket only",
            pattern=r"^((127\.0\.0\.1|\[::1\]|localhost):\d{1,5})?$",
        ),
    ] = ""
    notifications: Annotated[
        str,
        Meta(
            title="Notifications",
            description="Address of this machine at which NGSI-LD brokers tell of changes, such as "
            "http://10.1.2.3:9480; empty subscribes nowhere, sources are asked only",
            pattern=r"^(http://[A-Za-z0-9.\-]+:\d{1,5})?$",
        ),
    ] = ""
    at_once: Annotated[
        int,
        Meta(title="At once", description="Sources asked at the same time, at most", ge=1, le=64),
    ] = 4


class SyncSettings(_Section, frozen=True):
    """How the cache follows the backend."""

    poll_s: Annotated[
        float,
        Meta(title="Poll", description="Longest wait between two pulls, seconds", ge=1, le=3600),
    ] = 15.0
    reserve_mb: Annotated[
        int,
        Meta(
            title="Reserve",
            description="Disk space kept for orders and audit records on a full disk, MiB",
            ge=0,
            le=1024,
        ),
    ] = 16
    inspect_s: Annotated[
        float,
        Meta(
            title="Inspection",
            description="Pause between two checks of all pages of cache and ledger, seconds",
            ge=1,
            le=86400,
        ),
    ] = 600.0


class DemoSettings(_Section, frozen=True):
    """The simulated city."""

    seed: Annotated[
        int, Meta(title="Seed", description="Seed of the simulator: same seed, same city", ge=0)
    ] = 20160303
    cameras: Annotated[
        int, Meta(title="Cameras", description="Number of simulated cameras", ge=0, le=64)
    ] = 16
    cameras_port: Annotated[
        int,
        Meta(
            title="Camera port",
            description="Loopback port of the simulated cameras; 0 takes a free one",
            ge=0,
            le=65535,
        ),
    ] = 0
    step_s: Annotated[
        float, Meta(title="Step", description="Seconds between two simulated values", ge=1, le=60)
    ] = 5.0
    departments: Annotated[
        bool,
        Meta(
            title="Departments",
            description="Play those who get orders; off where real departments report to the "
            "backend",
        ),
    ] = True


class SupervisorSettings(_Section, frozen=True):
    """How processes are brought back."""

    deaths: Annotated[
        int, Meta(title="Deaths", description="Deaths in the window that leave a process off", ge=1)
    ] = 5
    window_s: Annotated[
        float, Meta(title="Window", description="Window of the restart budget, seconds", gt=0)
    ] = 60.0
    seconds: Annotated[
        float, Meta(title="Run time", description="Stop by itself after this; 0 runs on", ge=0)
    ] = 0.0


class PathSettings(_Section, frozen=True):
    """Where the kiosk keeps things; empty takes the system's usual places."""

    data_dir: Annotated[
        str, Meta(title="Data", description="Cache, ledger, certificates and keys")
    ] = ""
    runtime_dir: Annotated[
        str, Meta(title="Runtime", description="Sockets, frame rings and the view's snapshot")
    ] = ""
    config_dir: Annotated[
        str, Meta(title="Configuration", description="Folder of kiosk.toml and its companions")
    ] = ""
    screenshot_dir: Annotated[
        str, Meta(title="Screenshots", description="Folder for screenshots; empty takes none")
    ] = ""
    photos_dir: Annotated[
        str,
        Meta(title="Photos", description="The site's photos with photos.toml; empty: it has none"),
    ] = ""


class Settings(_Section, frozen=True):
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
    backend: BackendSettings = BackendSettings()
    sync: SyncSettings = SyncSettings()
    demo: DemoSettings = DemoSettings()
    supervisor: SupervisorSettings = SupervisorSettings()
    paths: PathSettings = PathSettings()
    bindings: tuple[dict[str, Any], ...] = ()
    profiles: tuple[dict[str, Any], ...] = ()
