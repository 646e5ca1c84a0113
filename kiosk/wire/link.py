"""A worker's end of the line to the ui process."""

import contextlib
import os
import queue
import socket
import threading
from pathlib import Path
from typing import Protocol

from kiosk.wire.codec import LineDecoder, WireError, encode
from kiosk.wire.messages import (
    CameraState,
    Health,
    Hello,
    Message,
    Presence,
    ProcessState,
    Recording,
    RemoteReady,
    SyncState,
    TabletCount,
    WatchPanels,
)

RECONNECT_S = 0.1


class Link(Protocol):
    """What a worker sees of the ui: send, receive, and an event that says when to stop."""

    stopped: threading.Event

    def send(self, message: Message) -> bool:
        """Sends at once; False when nobody listens (the message is gone)."""
        ...

    def receive(self, timeout_s: float) -> Message | None:
        """The next message, or None when there is none in time or the link has stopped."""
        ...


class PairedLink:
    """Both ends of a link in one process, for workers that run inline in a test."""

    def __init__(
        self,
        incoming: "queue.Queue[Message]",
        outgoing: "queue.Queue[Message]",
        stopped: threading.Event,
    ) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self.stopped = stopped

    @classmethod
    def pair(cls) -> "tuple[PairedLink, PairedLink]":
        """(worker's end, ui's end); they share one `stopped`."""
        to_worker: queue.Queue[Message] = queue.Queue()
        to_ui: queue.Queue[Message] = queue.Queue()
        stopped = threading.Event()
        return cls(to_worker, to_ui, stopped), cls(to_ui, to_worker, stopped)

    def send(self, message: Message) -> bool:
        self._outgoing.put(message)
        return True

    def receive(self, timeout_s: float) -> Message | None:
        try:
            return self._incoming.get(timeout=timeout_s)
        except queue.Empty:
            return None


def retained_key(message: Message) -> str | None:
    """What a message tells the latest of, if it does: a new ui is told it again."""
    match message:
        case Health():
            return "health"
        case ProcessState(process=name):
            return f"process {name}"
        case CameraState(camera=name):
            return f"camera {name}"
        case Presence(source=name):
            return f"presence {name}"
        case RemoteReady() | SyncState() | TabletCount() | WatchPanels() | Recording():
            return type(message).__name__
        case _:
            return None


class SocketLink:
    """A link over a Unix socket that connects again by itself when the ui comes back.

    The latest of each retained message is sent again after every connect, so that a new ui knows
    how things are.
    """

    def __init__(self, path: Path, worker: str, stopped: threading.Event | None = None) -> None:
        self.stopped = stopped or threading.Event()
        self._path = path
        self._worker = worker
        self._inbox: queue.Queue[Message] = queue.Queue()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._retained: dict[str, Message] = {}
        self._thread = threading.Thread(target=self._run, name=f"link-{worker}", daemon=True)
        self._thread.start()

    def send(self, message: Message) -> bool:
        with self._lock:
            key = retained_key(message)
            if key is not None:
                self._retained[key] = message
            return self._write(message)

    def receive(self, timeout_s: float) -> Message | None:
        try:
            return self._inbox.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def close(self) -> None:
        """Ends the link; `stopped` is set and the reader thread has ended when this returns."""
        self.stopped.set()
        with self._lock:
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _write(self, message: Message) -> bool:
        if self._socket is None:
            return False
        try:
            self._socket.sendall(encode(message))
        except OSError:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            return False
        return True

    def _run(self) -> None:
        while not self.stopped.is_set():
            connection = self._connect()
            if connection is None:
                self.stopped.wait(RECONNECT_S)
                continue
            with connection:
                self._read(connection)
                with self._lock:
                    self._socket = None

    def _connect(self) -> socket.socket | None:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(self._path))
        except OSError:
            connection.close()
            return None
        with self._lock:
            self._socket = connection
            self._write(Hello(worker=self._worker, pid=os.getpid()))
            for message in self._retained.values():
                self._write(message)
        return connection

    def _read(self, connection: socket.socket) -> None:
        decoder = LineDecoder()
        while not self.stopped.is_set():
            try:
                data = connection.recv(65536)
                messages = decoder.feed(data)
            except (OSError, WireError):
                return
            if not data:
                return
            for message in messages:
                self._inbox.put(message)
