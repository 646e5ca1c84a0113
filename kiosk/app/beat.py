"""Tells systemd that the kiosk has started and still turns, where a service asks for it.

The protocol (sd_notify(3)) is a datagram of NAME=VALUE lines to the socket named by NOTIFY_SOCKET.
Outside a service there is none, and nothing happens.
"""

import os
import socket
from collections.abc import Mapping

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


class Beat:
    """Beats at most every `WATCHDOG_USEC` / 4, however often it is called."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        within_us = environment.get("WATCHDOG_USEC", "")
        self._every_ms = int(within_us) / 4000 if within_us.isdigit() else 0.0
        self._next_ms = 0.0
        self._ready = False

    def ready(self) -> None:
        """Said once, however often it is called. This process is the one to end and to wait for,
        though another (a compositor) was started first."""
        if not self._ready:
            self._ready = True
            self._tell(f"{READY}\nMAINPID={os.getpid()}")

    def alive(self, monotonic_ms: float) -> None:
        """Called on every turn of whoever must not hang."""
        if self._every_ms and monotonic_ms >= self._next_ms:
            self._next_ms = monotonic_ms + self._every_ms
            self._tell(ALIVE)

    def stopping(self) -> None:
        self._tell(STOPPING)

    def _tell(self, words: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.sendto(words.encode(), self._address)
        except OSError:
            pass  # nobody listens: the service's own time-out says so
