"""The ui's end of the lines: who may come in, what is delivered, what happens to a stranger."""

import os
import select
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from kiosk.app.hub import Hub
from kiosk.wire.codec import LineDecoder, encode
from kiosk.wire.messages import WIRE_VERSION, Health, Hello, Listen, Message

RUNNING = Health("voice", "running")


class House:
    """A hub and what came of its lines."""

    def __init__(self, path: Path, refuse: frozenset[str] = frozenset()) -> None:
        self.path = path
        self.heard: list[tuple[str, Message]] = []
        self.presence: list[tuple[str, bool]] = []
        self.hub = Hub(
            path,
            lambda worker, message: self.heard.append((worker, message)),
            lambda worker, there: self.presence.append((worker, there)),
            refuse,
        )


@pytest.fixture
def house(tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    made = House(tmp_path / "ui.sock")
    yield made
    made.hub.close()


def call(house: House) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(5)
    line.connect(str(house.path))
    return line


def readable(line: socket.socket) -> bool:
    """Whether something, or the end, waits to be read."""
    return bool(select.select([line], [], [], 0)[0])


def hello(worker: str, version: int = WIRE_VERSION) -> bytes:
    return encode(Hello(worker, os.getpid(), version))


def test_a_worker_introduces_itself_and_is_heard(house: House, qtbot: QtBot) -> None:
    with call(house) as line:
        line.sendall(hello("voice") + encode(RUNNING))
        qtbot.waitUntil(lambda: house.heard == [("voice", RUNNING)])
        assert house.presence == [("voice", True)]
        assert house.hub.send("voice", Listen())
        qtbot.waitUntil(lambda: house.hub.send("voice", Listen(2.0)) and readable(line))
        assert LineDecoder().feed(line.recv(4096))[0] == Listen()
    qtbot.waitUntil(lambda: house.presence == [("voice", True), ("voice", False)])
    assert not house.hub.send("voice", Listen())


@pytest.mark.parametrize(
    "opening",
    [encode(RUNNING), hello("voice", WIRE_VERSION + 1), b"GET / HTTP/1.1\n", b"\xff\xfe\n"],
    ids=["no hello", "another version", "another protocol", "no text"],
)
def test_a_stranger_is_cut_off(house: House, qtbot: QtBot, opening: bytes) -> None:
    with call(house) as line:
        line.sendall(opening + encode(RUNNING))
        qtbot.waitUntil(lambda: readable(line))
        assert line.recv(64) == b""
    assert house.heard == []
    assert house.presence == []


def test_a_newer_line_takes_the_place_of_the_older(house: House, qtbot: QtBot) -> None:
    with call(house) as older, call(house) as newer:
        older.sendall(hello("video"))
        qtbot.waitUntil(lambda: len(house.presence) == 1)
        newer.sendall(hello("video"))
        qtbot.waitUntil(lambda: len(house.presence) == 2)
        assert older.recv(64) == b""
        assert "video" in house.hub.connected


def test_a_driver_is_let_in_only_where_it_may(tmp_path: Path, qtbot: QtBot) -> None:
    house = House(tmp_path / "ui.sock", frozenset({"driver"}))
    with call(house) as line:
        line.sendall(hello("driver"))
        qtbot.waitUntil(lambda: readable(line))
        assert line.recv(64) == b""
    assert house.presence == []
    house.hub.close()


def test_only_this_user_may_open_the_socket(house: House) -> None:
    assert house.path.stat().st_mode & 0o077 == 0


def test_messages_cut_anywhere_arrive_whole(house: House, qtbot: QtBot) -> None:
    data = hello("voice") + encode(RUNNING) * 3
    with call(house) as line:
        for index in range(0, len(data), 7):
            line.sendall(data[index : index + 7])
            QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: len(house.heard) == 3)
