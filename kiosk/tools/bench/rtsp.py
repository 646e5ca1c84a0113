"""A real RTSP server from Debian for a bench: the cameras of `video_server`."""

import contextlib
import subprocess
from pathlib import Path
from types import TracebackType

SYSTEM_PYTHON = Path("/usr/bin/python3")
SCRIPT = Path(__file__).with_name("video_server.py")
NEEDS = "import gi; gi.require_version('GstRtspServer', '1.0')"


class NoServer(Exception):  # noqa: N818 - what the machine lacks, for a person
    """This machine has no RTSP server to measure with; the message says what to install."""


class Server:
    """The cameras: one RTSP server; may be told to `freeze`, `thaw`, `cut`."""

    def __init__(self, frames: Path, port: int = 0) -> None:
        if (
            not SYSTEM_PYTHON.exists()
            or subprocess.run([SYSTEM_PYTHON, "-c", NEEDS], capture_output=True).returncode
        ):
            raise NoServer(
                "no RTSP server on this machine: apt install gir1.2-gst-rtsp-server-1.0 "
                "python3-gi gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly"
            )
        self.frames = frames
        self.process = subprocess.Popen(
            [SYSTEM_PYTHON, SCRIPT, frames, str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self.port}/cam"

    def say(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end(self.process)


def end(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
