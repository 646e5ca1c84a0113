"""Main of a child process that measures one take and ends:
`python -m kiosk.tools.calibrate.measuring`.

Standard input: a line of JSON, an Ask; for the step that flashes the screen a second one with the
times of the flashes. Standard output: lines of JSON, Progress, at last Measured or Unmeasured. In a
process of its own, because OpenCV must not come into the screen's, and because native code that
hangs can be killed so.
"""

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from gestures.errors import GesturesError
from kiosk.pack import load_here, use
from kiosk.tools.calibrate.measuring.inputs import (
    Asked,
    Inputs,
    LiveInputs,
    RecordedInputs,
    Shown,
    UnmeasurableError,
)
from kiosk.tools.calibrate.measuring.keeping import KeptInputs
from kiosk.tools.calibrate.messages import Ask, Measured, Progress, Said, Unmeasured
from kiosk.tools.calibrate.step import Value, find_step
from kiosk.wire.text import Text
from kiosk.workers import camera_health, microphone_health
from voice.errors import VoiceError

LEAST_STEP = 0.01  # of progress that is worth a line
SWEEP_VOLUME = 0.5

Measurement = Callable[[Inputs], dict[str, Value]]


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ask = msgspec.json.decode(sys.stdin.buffer.readline(), type=Ask)
    step = find_step(ask.step)
    assert step is not None
    use(load_here(ask.settings))
    asked = Asked(step, ask.take, ask.facts, ask.settings)
    inputs: Inputs
    if ask.recorded:
        inputs = RecordedInputs(asked, Path(ask.recorded), _Teller())
    else:
        inputs = live = LiveInputs(asked, _Teller(), _shown, _cameras, _play_sweep, str)
        if ask.keep:
            inputs = KeptInputs(live, Path(ask.keep) / ask.step, raw=ask.raw)
    _say(_measured(step.measure, inputs))
    sys.stdout.flush()
    os._exit(0)  # a broken device can hold up an orderly end for ever


def _measured(name: str, inputs: Inputs) -> Said:
    module, _, function = name.partition(":")
    measure: Measurement = getattr(
        importlib.import_module(f"kiosk.tools.calibrate.measuring.{module}"), function
    )
    try:
        return Measured(measure(inputs))
    except UnmeasurableError as error:
        return Unmeasured(error.reason)
    except GesturesError as error:
        _, reason = camera_health.explain(error)
        return Unmeasured(Text(f"{reason.ko} ({error})", f"{reason.en} ({error})"))
    except VoiceError as error:
        _, reason = microphone_health.explain(error)
        return Unmeasured(Text(f"{reason.ko} ({error})", f"{reason.en} ({error})"))


class _Teller:
    def __init__(self) -> None:
        self._said = -1.0

    def __call__(self, done: float) -> None:
        if done - self._said >= LEAST_STEP:
            self._said = done
            _say(Progress(done))


def _say(said: Said) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
    sys.stdout.buffer.flush()


def _shown() -> Shown:
    return msgspec.json.decode(sys.stdin.buffer.readline(), type=list[tuple[float, bool]])


def _cameras(wanted: str) -> tuple[tuple[str, str], ...]:
    """The set camera, then all devices that Video4Linux knows."""
    found = {}
    for folder in sorted(Path("/sys/class/video4linux").glob("video*")):
        number = folder.name.removeprefix("video")
        title = folder / "name"
        found[number] = title.read_text(encoding="utf-8").strip() if title.is_file() else number
    first = {wanted: found.get(wanted, wanted)} if wanted != "none" else {}
    return tuple({**first, **found}.items())


def _play_sweep() -> None:
    """Begins to play; the recording goes on meanwhile."""
    command = (sys.executable, "-m", "kiosk.tools.calibrate.measuring.sweep", str(SWEEP_VOLUME))
    silent = subprocess.DEVNULL  # PortAudio complains there
    subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)


if __name__ == "__main__":
    sys.exit(main())
