"""The video process without a kiosk around it: messages as JSON lines on standard input and output.

`python -m kiosk.tools.bench.video_process SETTINGS`
"""

import queue
import sys
import threading
from pathlib import Path

from kiosk.core.clock import SystemClock
from kiosk.settings import load_resolved
from kiosk.video.worker import run
from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import Message


class StandardLink:
    """A link to whoever started this process; it stops when that one goes."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self._incoming: queue.Queue[Message] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

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


def main() -> None:
    run(load_resolved(Path(sys.argv[1])), StandardLink(), SystemClock())


if __name__ == "__main__":
    main()
