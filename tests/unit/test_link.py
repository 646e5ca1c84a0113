"""The line between a worker and the ui: it comes back by itself and tells the latest again."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.wire.codec import LineDecoder, WireError, decode, encode
from kiosk.wire.link import PairedLink, SocketLink
from kiosk.wire.messages import Health, Hello, Listen, Message, SyncState
from kiosk.wire.text import Text

RUNNING = Health("voice", "running", Text("", ""))


class Wall:
    """The listening end, by hand."""

    def __init__(self, path: Path) -> None:
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(path))
        self.server.listen()
        self.server.settimeout(5)
        self.connection: socket.socket | None = None

    def accept(self) -> None:
        self.connection, _ = self.server.accept()
        self.connection.settimeout(5)

    def read(self, count: int) -> list[Message]:
        assert self.connection is not None
        decoder, found = LineDecoder(), list[Message]()
        while len(found) < count:
            found += decoder.feed(self.connection.recv(65536))
        return found

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.server.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ui.sock"


@pytest.fixture
def link(path: Path) -> Iterator[SocketLink]:
    made = SocketLink(path, "voice")
    yield made
    made.close()


def test_it_connects_when_the_wall_comes_up_later(path: Path, link: SocketLink) -> None:
    assert not link.send(RUNNING)
    wall = Wall(path)
    wall.accept()
    assert wall.read(2) == [Hello("voice", os.getpid()), RUNNING]
    wall.close()


def test_after_the_wall_died_the_latest_is_told_again(path: Path, link: SocketLink) -> None:
    wall = Wall(path)
    wall.accept()
    wall.read(1)
    link.send(RUNNING)
    link.send(SyncState(reachable=False, revision=3, last_success_ms=1))
    link.send(SyncState(reachable=True, revision=4, last_success_ms=2))
    wall.read(3)
    wall.close()
    path.unlink()
    again = Wall(path)
    again.accept()
    hello, health, sync = again.read(3)
    assert isinstance(hello, Hello)
    assert health == RUNNING
    assert sync == SyncState(reachable=True, revision=4, last_success_ms=2)
    again.close()


def test_messages_arrive_in_order(path: Path, link: SocketLink) -> None:
    wall = Wall(path)
    wall.accept()
    assert wall.connection is not None
    wall.connection.sendall(b"".join(encode(Listen(float(n))) for n in range(2, 30)))
    got = [link.receive(5) for _ in range(2, 30)]
    assert got == [Listen(float(n)) for n in range(2, 30)]
    assert link.receive(0.01) is None
    wall.close()


def test_closing_ends_the_thread_even_without_a_wall(path: Path) -> None:
    link = SocketLink(path, "voice")
    link.close()
    assert "link-voice" not in {thread.name for thread in threading.enumerate()}


def test_inline_both_ends_share_one_stop() -> None:
    worker, wall = PairedLink.pair()
    worker.send(RUNNING)
    assert wall.receive(1) == RUNNING
    wall.send(Listen())
    assert worker.receive(1) == Listen()
    wall.stopped.set()
    assert worker.stopped.is_set()


@pytest.mark.parametrize(
    "line", [b"", b"{}", b'{"type":"nothing"}', b"\xff\xfe", b'{"type":"listen","x":1}']
)
def test_a_line_that_is_no_message_is_named(line: bytes) -> None:
    with pytest.raises(WireError, match="not a message"):
        decode(line)
