"""What systemd is told of a kiosk that runs as its service."""

import os
import socket
from pathlib import Path

import pytest

from kiosk.app.beat import Beat


@pytest.fixture
def listener(tmp_path: Path) -> tuple[str, socket.socket]:
    address = str(tmp_path / "notify")
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.bind(address)
    line.setblocking(False)
    return address, line


def heard(line: socket.socket) -> list[str]:
    found = []
    while True:
        try:
            found.append(line.recv(200).decode())
        except BlockingIOError:
            return found


def test_it_beats_four_times_within_the_watchdogs_time(
    listener: tuple[str, socket.socket],
) -> None:
    address, line = listener
    with line:
        beat = Beat({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "30000000"})
        beat.ready()
        beat.ready()
        for turn in range(301):  # half a minute of turns
            beat.alive(turn * 100.0)
        beat.stopping()
        told = heard(line)
    assert told == [f"READY=1\nMAINPID={os.getpid()}", *["WATCHDOG=1"] * 5, "STOPPING=1"]


def test_without_a_service_nothing_is_told(listener: tuple[str, socket.socket]) -> None:
    address, line = listener
    with line:
        for environment in ({}, {"WATCHDOG_USEC": "1000"}):
            beat = Beat(environment)
            beat.ready()
            beat.alive(0.0)
        no_watchdog = Beat({"NOTIFY_SOCKET": address})
        no_watchdog.alive(0.0)
        assert heard(line) == []


def test_a_listener_that_is_gone_does_no_harm(tmp_path: Path) -> None:
    Beat({"NOTIFY_SOCKET": str(tmp_path / "none")}).ready()
