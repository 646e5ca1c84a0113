"""The settings of what the kiosk is joined to: city cameras, tablets, the backend."""

from typing import Annotated

from msgspec import Meta

from kiosk.settings.section import Section


class VideoSettings(Section, frozen=True):
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


class RemoteSettings(Section, frozen=True):
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


class PublicSettings(Section, frozen=True):
    """The public edition: what the city discloses, for everybody to read."""

    enabled: Annotated[
        bool,
        Meta(title="Public edition", description="Serve it beside the wall"),
    ] = False
    host: Annotated[
        str,
        Meta(
            title="Address",
            description="Address to listen on. Leave it at loopback, with the city's proxy or CDN "
            "in front; any other one opens this machine to whoever reaches it",
        ),
    ] = "127.0.0.1"
    port: Annotated[
        int, Meta(title="Port", description="TCP port; 0 takes a free one", ge=0, le=65535)
    ] = 8480
    url: Annotated[
        str,
        Meta(
            title="Public address",
            description="Where people reach it, such as https://open.city.example; QR codes and "
            "shared links begin so. Empty takes the address that it listens on",
            pattern=r"^(https?://[A-Za-z0-9.\-]+(:\d{1,5})?)?$",
        ),
    ] = ""
    proxies: Annotated[
        tuple[str, ...],
        Meta(
            title="Proxies",
            description="Addresses of proxies on other machines whose word is taken for who asks "
            "(the last name in X-Forwarded-For); one on this machine always is",
        ),
    ] = ()


class CallSettings(Section, frozen=True):
    """Calls with tablets. Those of several go over a server of the city's that passes pictures and
    sound on (an SFU); those of two need none."""

    ring_volume: Annotated[
        float,
        Meta(
            title="Ring",
            description="How loud the wall rings when a tablet calls it; 0 is silent",
            ge=0,
            le=1,
        ),
    ] = 0.4
    sfu_url: Annotated[
        str,
        Meta(
            title="SFU",
            description="Address of a Janus server's WebSocket (wss://HOST:PORT, on this machine "
            "also ws://127.0.0.1:PORT); empty: no calls of several",
            pattern=r"^(wss://\S+|ws://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?)?$",
        ),
    ] = ""
    sfu_address: Annotated[
        str,
        Meta(
            title="SFU's media",
            description="IP address from which it sends pictures and sound, as tablets reach it; "
            "empty takes that of its name",
        ),
    ] = ""
    sfu_secret_file: Annotated[
        str,
        Meta(title="Secret", description="File with the server's api_secret, and nothing else"),
    ] = ""
    sfu_ca_file: Annotated[
        str,
        Meta(title="CA", description="Certificate of its CA; empty takes the system's"),
    ] = ""


class BackendSettings(Section, frozen=True):
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


class SyncSettings(Section, frozen=True):
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
