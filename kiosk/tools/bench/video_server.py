"""A camera network for the bench, run by the system's Python: `video_server.py FRAMES`.

FRAMES holds raw I420 pictures of 640x360, played in a loop at 15 a second. Each gets the time it is
taken burnt in (`read` gives it back) and goes out as H.264 over RTSP at /cam:
one encoder, any number of watchers. Prints its port, then obeys lines on standard input: `freeze`
(the scene stands still, the encoder goes on), `thaw`, `cut` (closes every connection).

Needs Debian's gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-good
gstreamer1.0-plugins-ugly.
"""

import importlib
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

WIDTH_PX, HEIGHT_PX, FPS = 640, 360, 15
FRAME_BYTES = WIDTH_PX * HEIGHT_PX * 3 // 2
# The clock: a row of blocks in the middle of the picture, white for 1; milliseconds of the epoch.
BITS, BLOCK_PX, LEFT_PX, TOP_PX, CHECK_BITS = 24, 16, 96, 168, 4
BLACK, WHITE = 16, 235
PIPELINE = (
    f"( appsrc name=scene is-live=true format=time do-timestamp=true block=false max-buffers=2"
    f" leaky-type=downstream"
    f" caps=video/x-raw,format=I420,width={WIDTH_PX},height={HEIGHT_PX},framerate={FPS}/1"
    f" ! x264enc tune=zerolatency key-int-max={FPS} speed-preset=veryfast bitrate=900 threads=1"
    f" ! rtph264pay name=pay0 pt=96 )"
)


class Scene:
    """Pushes pictures into the pipeline as a camera's sensor would: each when its time comes."""

    def __init__(self, frames: bytes, gst: Any) -> None:
        self._frames = frames
        self._count = len(frames) // FRAME_BYTES
        self._gst = gst
        self._source: Any = None
        self._still = b""
        self.frozen = False
        threading.Thread(target=self._run, daemon=True).start()

    def configure(self, _factory: Any, media: Any) -> None:
        self._source = media.get_element().get_by_name("scene")

    def _run(self) -> None:
        due_s, turn = time.monotonic(), 0
        while True:
            due_s = max(due_s + 1 / FPS, time.monotonic() - 1 / FPS)
            time.sleep(max(0.0, due_s - time.monotonic()))
            turn += 1
            if self._source is not None:
                self._source.emit("push-buffer", self._gst.Buffer.new_wrapped(self._picture(turn)))

    def _picture(self, turn: int) -> bytes:
        if not (self.frozen and self._still):
            begin = turn % self._count * FRAME_BYTES
            picture = bytearray(self._frames[begin : begin + FRAME_BYTES])
            burn(picture, time.time_ns() // 1_000_000)
            self._still = bytes(picture)
        return self._still


def burn(picture: bytearray, t_ms: int) -> None:
    """Writes the time and its check into the brightness plane."""
    bits = t_ms % (1 << BITS)
    code = bits << CHECK_BITS | check(bits)
    row = b"".join(
        bytes([WHITE if code >> place & 1 else BLACK]) * BLOCK_PX
        for place in reversed(range(BITS + CHECK_BITS))
    )
    for y in range(TOP_PX, TOP_PX + BLOCK_PX):
        begin = y * WIDTH_PX + LEFT_PX
        picture[begin : begin + len(row)] = row


def check(bits: int) -> int:
    """Four bits that tell a misread row."""
    return (sum(bits >> place & 15 for place in range(0, BITS, 4)) * 7 + 5) & 15


def read(bright: list[bool]) -> int | None:
    """The burnt-in time (ms of the epoch, modulo 2 ** BITS) of a row of blocks, None if misread."""
    code = 0
    for bit in bright:
        code = code << 1 | bit
    bits = code >> CHECK_BITS
    return bits if check(bits) == code & ((1 << CHECK_BITS) - 1) else None


def obey(scene: Scene, server: Any, filter_remove: Any) -> None:
    for line in sys.stdin:
        word = line.strip()
        scene.frozen = word == "freeze" or (scene.frozen and word != "thaw")
        if word == "cut":
            server.client_filter(lambda *_: filter_remove)
    os._exit(0)  # whoever started the server has gone


def main() -> None:
    gi: Any = importlib.import_module("gi")
    gi.require_version("Gst", "1.0")
    gi.require_version("GstApp", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    gst: Any = importlib.import_module("gi.repository.Gst")
    glib: Any = importlib.import_module("gi.repository.GLib")
    rtsp: Any = importlib.import_module("gi.repository.GstRtspServer")
    shared: Any = importlib.import_module("rtsp_shared")  # beside this script
    gst.init(None)
    scene = Scene(Path(sys.argv[1]).read_bytes(), gst)
    server = rtsp.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(sys.argv[2] if len(sys.argv) > 2 else "0")
    factory = rtsp.RTSPMediaFactory()
    factory.set_launch(PIPELINE)
    factory.set_shared(True)
    shared.stay_on(factory)
    factory.set_suspend_mode(rtsp.RTSPSuspendMode.NONE)
    factory.connect("media-configure", scene.configure)
    server.get_mount_points().add_factory("/cam", factory)
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    arguments = (scene, server, rtsp.RTSPFilterResult.REMOVE)
    threading.Thread(target=obey, args=arguments, daemon=True).start()
    glib.MainLoop().run()


if __name__ == "__main__":
    main()
