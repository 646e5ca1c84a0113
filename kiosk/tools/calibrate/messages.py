"""What goes to the process that measures, and what comes back: lines of JSON."""

import msgspec

from kiosk.settings import Settings
from kiosk.tools.calibrate.step import Value
from kiosk.wire.text import Text


class Ask(msgspec.Struct, frozen=True, tag="ask"):
    """Measure take `take` (from 0) of a step; `recorded`: a folder instead of the sensors. `keep`:
    a folder for what an installer wants kept, with `raw` pictures or sound of this take too."""

    step: str
    take: int
    facts: dict[str, float]
    settings: Settings
    recorded: str = ""
    keep: str = ""
    raw: bool = False


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """0..1 of the take."""

    done: float


class Measured(msgspec.Struct, frozen=True, tag="measured"):
    values: dict[str, Value]


class Unmeasured(msgspec.Struct, frozen=True, tag="unmeasured"):
    """There was nothing to measure from."""

    reason: Text


Said = Progress | Measured | Unmeasured
