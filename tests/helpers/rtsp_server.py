"""A real RTSP server for tests, run by the system's Python: `rtsp_server.py`, prints its port, then
a line for each connection.

Needs Debian's gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good
gstreamer1.0-plugins-ugly. Serves a moving test picture as H.264 at 15 fps: /cam is 640x360, /main
1280x720.
"""

import importlib
from typing import Any

gi: Any = importlib.import_module("gi")

SIZES = {"/cam": (640, 360), "/main": (1280, 720)}
PIPELINE = (
    "( videotestsrc is-live=true pattern=ball"
    " ! video/x-raw,width={width},height={height},framerate=15/1"
    " ! x264enc tune=zerolatency key-int-max=15 speed-preset=ultrafast"
    " ! rtph264pay name=pay0 pt=96 )"
)


def main() -> None:
    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    gst: Any = importlib.import_module("gi.repository.Gst")
    glib: Any = importlib.import_module("gi.repository.GLib")
    rtsp: Any = importlib.import_module("gi.repository.GstRtspServer")
    gst.init(None)
    server = rtsp.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    for path, (width, height) in SIZES.items():
        factory = rtsp.RTSPMediaFactory()
        factory.set_launch(PIPELINE.format(width=width, height=height))
        factory.set_shared(True)
        server.get_mount_points().add_factory(path, factory)
    server.connect("client-connected", lambda *_: print("connection", flush=True))
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    glib.MainLoop().run()


if __name__ == "__main__":
    main()
