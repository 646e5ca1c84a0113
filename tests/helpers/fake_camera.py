"""A small MJPEG camera for tests, which can also be as bad as real ones."""

import contextlib
import socket
import threading
from typing import Literal

import cv2
import numpy as np

Mood = Literal["live", "night", "frozen", "silent", "hung", "garbage", "refused", "moved"]
HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"


def jpeg(value: int, width_px: int = 320, height_px: int = 180) -> bytes:
    """A grey picture of one value."""
    picture = np.full((height_px, width_px, 3), value, np.uint8)
    return cv2.imencode(".jpg", picture)[1].tobytes()


def night(noise: np.random.Generator, width_px: int, height_px: int) -> bytes:
    """A dark picture with noise of 4 levels."""
    picture = 40 + noise.normal(0, 4, (height_px, width_px))
    return cv2.imencode(".jpg", np.clip(picture, 0, 255).astype(np.uint8))[1].tobytes()


class FakeCamera:
    """Serves `/a.mjpg` on a free loopback port; `mood` may change while somebody watches.

    live: a new grey value every 50 ms; night: a dark scene in which nothing moves, with a sensor's
    noise; frozen: the same picture for ever; silent: keeps the line
    but sends nothing more; hung: takes the connection and never answers; garbage: bytes of no
    format; refused: 401; moved: sends the watcher on to itself.
    """

    def __init__(self, mood: Mood = "live", size: tuple[int, int] = (320, 180)) -> None:
        self.mood: Mood = mood
        self.size = size
        self.connections = 0
        self.value = 0
        self._noise = np.random.default_rng(1)
        self._night = b""
        self._stopped = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/a.mjpg"

    def __enter__(self) -> "FakeCamera":
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in list(self._threads):
            thread.join()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(4096)
            if self.mood == "refused":
                connection.sendall(b"HTTP/1.0 401 Unauthorized\r\n\r\n")
                return
            if self.mood == "moved":
                connection.sendall(f"HTTP/1.0 302 Found\r\nLocation: {self.url}\r\n\r\n".encode())
                return
            while self.mood == "hung" and not self._stopped.wait(0.02):
                pass
            connection.sendall(HEAD)
            while not self._stopped.wait(0.05):
                self._send_picture(connection)

    def _send_picture(self, connection: socket.socket) -> None:
        if self.mood == "silent" or self.mood == "hung":
            return
        if self.mood == "live":
            self.value = (self.value + 7) % 256
        if self.mood == "night":
            self._night = night(self._noise, *self.size)
        data = self._night or jpeg(self.value, *self.size)
        if self.mood == "garbage":
            data = bytes(range(256)) * 8
        head = f"--b\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n"
        connection.sendall(head.encode() + data + b"\r\n")
