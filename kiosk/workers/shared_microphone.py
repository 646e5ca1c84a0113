"""The wall's sound for a call that both sides accepted; the microphone stays the recogniser's."""

import contextlib
import socket
from collections.abc import Sequence
from pathlib import Path

from kiosk.wire.calls import Call, shares_microphone
from kiosk.wire.shared import sound_socket


class SharedMicrophone:
    """Hands on what it is given, while a call says so, to whoever holds the call."""

    def __init__(self, runtime_dir: Path) -> None:
        self._to = str(sound_socket(runtime_dir))
        self._socket: socket.socket | None = None

    def follow(self, call: Call | None) -> None:
        on = shares_microphone(call)
        if on and self._socket is None:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self._socket.setblocking(False)
        elif not on:
            self.close()

    def give(self, chunks: Sequence[bytes]) -> None:
        """16-bit mono samples (kiosk.wire.shared.SOUND_HZ). Never waits: what nobody takes is
        let go."""
        if self._socket is None:
            return
        for chunk in chunks:
            with contextlib.suppress(OSError):
                self._socket.sendto(chunk, self._to)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
