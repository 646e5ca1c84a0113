"""The video process without a kiosk around it: `python -m kiosk.video.apart`.

Its settings are the first line on standard input; then messages come as JSON lines, and go as JSON
lines to standard output. It ends with its input. Addresses and names of secrets stand in no
argument, so that no process list shows them.
"""

import contextlib
import queue
import subprocess
import sys
import threading
from collections.abc import Callable

import msgspec

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import Message

_STOP_S = 2.0


class StandardLink:
    """A link to whoever started this process; it stops when that one goes."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self._incoming: queue.Queue[Message] = queue.Queue()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def send(self, message: Message) -> bool:
        sys.stdout.buffer.write(encode(message))
        sys.stdout.buffer.flush()
        return True

    def receive(self, timeout_s: float) -> Message | None:
        try:
            return self._incoming.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def _listen(self) -> None:
        for line in sys.stdin.buffer:
            self._incoming.put(decode(line))
        self.stopped.set()


class Apart:
    """The other end: a video process of one's own. `hear` is called on a thread of this class."""

    def __init__(self, settings: Settings, hear: Callable[[Message], None]) -> None:
        self._hear = hear
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.video.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._write(msgspec.json.encode(settings) + b"\n")
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def send(self, message: Message) -> None:
        self._write(encode(message))

    def close(self) -> None:
        """Ends it: by itself, as its input ends, else by force."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._thread.join()
        self.process.stdout.close()

    def _write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):  # it has died: `alive` tells
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._hear(decode(line))


def main() -> None:
    from kiosk.video.worker import run

    settings = msgspec.json.decode(sys.stdin.buffer.readline(), type=Settings)
    link = StandardLink()
    link.start()
    run(settings, link, SystemClock(), alone=True)


if __name__ == "__main__":
    main()
