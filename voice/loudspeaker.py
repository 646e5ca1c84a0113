"""The loudspeaker: a child process plays (`voice.playback`), here its sound is handed over."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PLAYED_HZ = 48_000


class Loudspeaker:
    """Plays 16-bit mono samples at PLAYED_HZ on the system's own output device.

    Never waits: what a device that hangs does not take is let go.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """`command` plays in place of `voice.playback`."""
        root = str(Path(__file__).resolve().parents[1])
        self._process = subprocess.Popen(
            command or (sys.executable, "-m", "voice.playback", str(PLAYED_HZ), str(os.getpid())),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": root},
        )
        assert self._process.stdin is not None
        os.set_blocking(self._process.stdin.fileno(), False)

    def play(self, samples: bytes) -> bool:
        """False once nothing plays any more: no device, or it was taken away."""
        if self._process.poll() is not None:
            return False
        assert self._process.stdin is not None
        try:
            # Whole or not at all, as a pipe takes as little as 20 ms of it.
            os.write(self._process.stdin.fileno(), samples)
        except BlockingIOError:
            return True
        except BrokenPipeError:
            return False
        return True

    def close(self) -> None:
        self._process.kill()  # it has nothing to lose, and may not be able to end by itself
        self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()
