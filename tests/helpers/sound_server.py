"""A real sound server with one virtual room: what is played into the room, a microphone hears."""

import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from voice.sound_files import RATE_HZ

MICROPHONE = "room_mic"
DEADLINE_S = 30.0
_ROOM = "module-null-sink sink_name=room"
_ASOUND = """</usr/share/alsa/alsa.conf>
pcm.room_mic { type pulse device "room.monitor" hint { show on description "Room" } }
"""


class SoundServer:
    """PulseAudio of our own; kill it, start it again, or take the microphone away as you like.

    The environment of the test is pointed at it, so that PortAudio finds the microphone.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        for program in ("pulseaudio", "pacat", "pactl"):
            if shutil.which(program) is None:
                pytest.skip(f"no {program} here; ./kiosk.sh test installs it")
        self._socket = folder / "native"
        self._folder = folder
        self._said = 0
        hiss = np.random.default_rng(1).normal(scale=30.0, size=60 * RATE_HZ)
        self._hiss = hiss.astype(np.int16).tobytes()
        asound = folder / "asound.conf"
        asound.write_text(_ASOUND)
        patch.setenv("PULSE_SERVER", f"unix:{self._socket}")
        patch.setenv("ALSA_CONFIG_PATH", str(asound))
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        patch.setenv("HOME", str(folder))
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, rate_hz: int = 48_000, channels: int = 2) -> None:
        """Returns when the microphone delivers."""
        self._run(
            "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
            "--log-level=error",
            "-L", f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
            "-L", f"{_ROOM} rate={rate_hz} channels={channels}",
        )  # fmt: skip
        self._until("info")
        self._fill_room()

    def kill(self) -> None:
        """As a crash would."""
        for process in self._processes:
            process.kill()
            process.wait()
        self._processes.clear()
        self._socket.unlink(missing_ok=True)

    def unplug(self) -> None:
        """The microphone is gone, the server is not."""
        self._control("unload-module", "module-null-sink")

    def plug_in(self, rate_hz: int, channels: int) -> None:
        self._control("load-module", *_ROOM.split(), f"rate={rate_hz}", f"channels={channels}")
        self._fill_room()

    def mute(self, muted: bool) -> None:
        self._control("set-source-mute", "room.monitor", str(int(muted)))

    def play(self, samples: bytes) -> None:
        """Says 16-bit mono samples at 16 kHz into the room; returns at once."""
        self._said += 1
        file = self._folder / f"{self._said}.raw"
        file.write_bytes(samples)
        self._run("pacat", "--playback", "--device=room", "--raw", "--rate=16000", "--channels=1",
                  "--format=s16le", "--latency-msec=50", str(file))  # fmt: skip

    def _fill_room(self) -> None:
        """Faint noise, as in every room, and somebody who listens all the time: a virtual room of
        dead silence falls asleep for up to two seconds."""
        self.play(self._hiss)
        self._run("pacat", "--record", "--latency-msec=20", "--device=room.monitor", "/dev/null")
        self._until("list", "short", "sink-inputs")
        self._until("list", "short", "source-outputs")

    def _until(self, *words: str) -> None:
        """Waits for an answer that says something."""
        end = time.monotonic() + DEADLINE_S
        while not subprocess.run(["pactl", *words], capture_output=True).stdout:
            assert time.monotonic() < end, f"nothing to see of {words}"

    def _run(self, *command: str) -> None:
        silent = subprocess.DEVNULL
        self._processes.append(
            subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)
        )

    def _control(self, *words: str) -> None:
        subprocess.run(["pactl", *words], check=True, capture_output=True)
