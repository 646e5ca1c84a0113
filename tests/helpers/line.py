"""A line between a test's reader and its server that can go wrong."""

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable


class Line:
    """A line to a server that can go dead: nothing comes any more, and nobody hangs up.

    `altered` is what becomes of bytes that the server sends.
    """

    def __init__(self, port: int, altered: Callable[[bytes], bytes] = lambda data: data) -> None:
        self._altered = altered
        self._target = port
        self._dead = threading.Event()
        self._ended = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def cut(self) -> None:
        self._dead.set()

    def mend(self) -> None:
        """For new connections; the old ones stay dead."""
        self._dead = threading.Event()

    def close(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._carry, args=(near, self._dead))
            self._threads.append(thread)
            thread.start()

    def _carry(self, near: socket.socket, dead: threading.Event) -> None:
        far = socket.create_connection(("127.0.0.1", self._target))
        with near, far, selectors.DefaultSelector() as ready, contextlib.suppress(OSError):
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while not self._ended.is_set():
                for key, _ in ready.select(0.05):
                    if dead.is_set():
                        self._ended.wait(0.05)
                        continue
                    data = key.fileobj.recv(1 << 16)  # type: ignore[union-attr]
                    if not data:
                        return
                    key.data.sendall(self._altered(data) if key.data is near else data)
