"""A real RTSP server for tests behind another door: `rtsp_doors.py WAY [CERTIFICATE]`; prints its
port.

udp: gives its pictures over UDP alone; basic, digest: to `mayor` with PASSWORD alone; tls:
encrypted, with the certificate and key of a PEM file; hevc: H.265. Needs what
rtsp_server.py does, and gstreamer1.0-plugins-bad (H.265) and glib-networking (TLS).
"""

import importlib
import sys
from pathlib import Path
from typing import Any

PASSWORD = "correct horse/battery:9@%"
SOURCE = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=180,framerate=15/1"
H264 = "x264enc tune=zerolatency key-int-max=15 speed-preset=ultrafast ! rtph264pay"
H265 = "x265enc tune=zerolatency key-int-max=15 speed-preset=ultrafast ! rtph265pay"


def main(way: str, certificate: str) -> None:
    gi: Any = importlib.import_module("gi")
    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    gst: Any = importlib.import_module("gi.repository.Gst")
    glib: Any = importlib.import_module("gi.repository.GLib")
    rtsp: Any = importlib.import_module("gi.repository.GstRtspServer")
    gst_rtsp: Any = importlib.import_module("gi.repository.GstRtsp")
    gio: Any = importlib.import_module("gi.repository.Gio")
    sys.path.insert(0, str(Path(__file__).parents[2] / "kiosk" / "tools" / "bench"))
    shared: Any = importlib.import_module("rtsp_shared")
    gst.init(None)
    server = rtsp.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    factory = rtsp.RTSPMediaFactory()
    factory.set_launch(f"( {SOURCE} ! {H265 if way == 'hevc' else H264} name=pay0 pt=96 )")
    factory.set_shared(True)
    shared.stay_on(factory)
    if way == "udp":
        factory.set_protocols(gst_rtsp.RTSPLowerTrans.UDP)
    auth = rtsp.RTSPAuth()
    if way in ("basic", "digest", "tls"):
        rights = rtsp.RTSPPermissions()
        for right in ("media.factory.access", "media.factory.construct"):
            rights.add_permission_for_role("watcher", right, True)
        factory.set_permissions(rights)
    if way in ("basic", "digest"):
        who = rtsp.RTSPToken()
        who.set_string("media.factory.role", "watcher")
        if way == "digest":
            auth.set_supported_methods(gst_rtsp.RTSPAuthMethod.DIGEST)
            auth.add_digest("mayor", PASSWORD, who)
        else:
            auth.add_basic(rtsp.RTSPAuth.make_basic("mayor", PASSWORD), who)
        server.set_auth(auth)
    if way == "tls":
        auth.set_tls_certificate(gio.TlsCertificate.new_from_file(certificate))
        anybody = rtsp.RTSPToken()
        anybody.set_string("media.factory.role", "watcher")
        auth.set_default_token(anybody)
        server.set_auth(auth)
    server.get_mount_points().add_factory("/cam", factory)
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    glib.MainLoop().run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
