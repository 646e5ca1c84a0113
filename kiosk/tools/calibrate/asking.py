"""A measurement that runs in a process of its own, seen from the walk."""

import os
import subprocess
import sys
from collections.abc import Iterator

import msgspec

from kiosk.tools.calibrate.messages import Ask, Said, Unmeasured
from kiosk.tools.doctor.machine import ROOT
from kiosk.wire.text import Text

_READ_BYTES = 1 << 16


class Measuring:
    """One take being measured. `fd` has something to read when `read` has something to give."""

    def __init__(self, ask: Ask) -> None:
        self._process = subprocess.Popen(
            (sys.executable, "-m", "kiosk.tools.calibrate.measuring"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # native libraries complain there of what is told in words
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        self._waiting = b""
        self._write(msgspec.json.encode(ask))

    @property
    def fd(self) -> int:
        return self._out.fileno()

    def shown(self, flashes: list[tuple[float, bool]]) -> None:
        """When the screen flashed: ms of the monotonic clock, and whether it was light from then
        on."""
        self._write(msgspec.json.encode(flashes))

    def read(self) -> Iterator[Said]:
        """Waits for what comes next; the last is a Measured or an Unmeasured."""
        came = os.read(self.fd, _READ_BYTES)
        if not came:
            self._process.wait()
            yield Unmeasured(
                Text(
                    f"측정이 끊겼습니다 ({self._process.returncode})",
                    f"the measurement broke off ({self._process.returncode})",
                )
            )
            return
        *lines, self._waiting = (self._waiting + came).split(b"\n")
        for line in lines:
            yield msgspec.json.decode(line, type=Said)

    def close(self) -> None:
        """Ends it, done or not."""
        self._process.kill()
        self._process.wait()
        self._in.close()
        self._out.close()

    def _write(self, line: bytes) -> None:
        try:
            self._in.write(line + b"\n")
            self._in.flush()
        except BrokenPipeError:
            pass  # it has ended; `read` tells
