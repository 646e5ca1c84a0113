"""A real RTSP server for tests, run by the system's Python: `rtsp_server.py`, prints its port, then
a line for each connection.

Needs Debian's gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good
gstreamer1.0-plugins-ugly. Serves a moving test picture as H.264: /cam is 640x360
at 15 a second, /main 1280x720; the others are as awkward as their names.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

gi: Any = importlib.import_module("gi")

SCENE = "videotestsrc is-live=true pattern=ball ! videoscale ! capsfilter name=size caps={size}"
SIZE = "video/x-raw,width={},height={},framerate={}/1"
SMALL, MAIN, LARGE = (
    SIZE.format(640, 360, 15),
    SIZE.format(1280, 720, 15),
    SIZE.format(3840, 2160, 4),
)
SMALLER = SIZE.format(320, 240, 15)
QUICK = "x264enc tune=zerolatency speed-preset=ultrafast"
CAMERAS = {
    "/cam": (SMALL, f"{QUICK} key-int-max=15"),
    "/main": (MAIN, f"{QUICK} key-int-max=15"),
    "/large": (LARGE, f"{QUICK} key-int-max=8"),
    "/slices": (SMALL, f"{QUICK} key-int-max=15 sliced-threads=true threads=4"),
    "/b-frames": (SMALL, "x264enc speed-preset=veryfast bframes=3 b-adapt=false key-int-max=30"),
    "/no-key-frames": (SMALL, f"{QUICK} key-int-max=300"),
    "/changing-size": (SMALL, f"{QUICK} key-int-max=15"),
}
CHANGE_MS = 2500


def pipeline(size: str, encoder: str) -> str:
    return f"( {SCENE.format(size=size)} ! {encoder} ! rtph264pay name=pay0 pt=96 )"


def change_sizes(_factory: Any, media: Any) -> None:
    """Another resolution in mid-stream, again and again."""
    gst: Any = importlib.import_module("gi.repository.Gst")
    glib: Any = importlib.import_module("gi.repository.GLib")
    sizes = [SMALL, SMALLER]

    def change() -> bool:
        sizes.reverse()
        element = media.get_element().get_by_name("size")
        element.set_property("caps", gst.Caps.from_string(sizes[0]))
        return True

    glib.timeout_add(CHANGE_MS, change)


def main() -> None:
    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    gst: Any = importlib.import_module("gi.repository.Gst")
    glib: Any = importlib.import_module("gi.repository.GLib")
    rtsp: Any = importlib.import_module("gi.repository.GstRtspServer")
    sys.path.insert(0, str(Path(__file__).parents[2] / "kiosk" / "tools" / "bench"))
    shared: Any = importlib.import_module("rtsp_shared")
    gst.init(None)
    server = rtsp.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    for path, camera in CAMERAS.items():
        factory = rtsp.RTSPMediaFactory()
        factory.set_launch(pipeline(*camera))
        factory.set_shared(True)
        shared.stay_on(factory)
        if path == "/changing-size":
            factory.connect("media-configure", change_sizes)
        server.get_mount_points().add_factory(path, factory)
    server.connect("client-connected", lambda *_: print("connection", flush=True))
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    glib.MainLoop().run()


if __name__ == "__main__":
    main()
