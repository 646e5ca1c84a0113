"""The walk without anybody: from a folder of recorded pictures, sound and touches."""

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.settings import Settings
from kiosk.tools.calibrate.asking import Measuring
from kiosk.tools.calibrate.messages import Ask, Measured, Unmeasured
from kiosk.tools.calibrate.step import Facts, Step, Value, all_steps
from kiosk.tools.calibrate.walk import Walk, WalkError, now_settings
from kiosk.tools.findings_table import table
from kiosk.wire.text import Text


def run(
    walk: Walk,
    folder: Path,
    settings: Settings,
    now_ms: Callable[[], int],
    keep: Callable[[Walk], None],
) -> Walk:
    """Every step that the folder holds something for and that is not done yet, kept after each.
    Raises WalkError when the folder has nothing to measure or holds what can't be read."""
    if not folder.is_dir():
        raise WalkError(f"{folder}: there is no such folder of recorded input")
    steps = [step for step in all_steps() if (folder / step.id).is_dir()]
    if not steps:
        known = ", ".join(step.id for step in all_steps())
        raise WalkError(f"{folder}: holds no step's folder; expected some of {known}")
    for step in steps:
        if step.id in walk.done:
            continue
        facts = step.told(_facts(folder / step.id / "facts.toml"))
        chosen = now_settings(settings, walk)
        try:
            takes = [_take(step, take, facts, folder, chosen) for take in range(len(step.takes))]
        except UnmeasurableTakeError as error:
            walk = walk.with_trouble(step, facts, error.reason, now_ms())
        else:
            walk = walk.with_done(step, facts, takes, now_ms())
        keep(walk)
        sys.stdout.write(table(list(walk.done[step.id].findings)))
        sys.stdout.flush()
    return walk


class UnmeasurableTakeError(Exception):
    """There was nothing to measure from."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


def _take(
    step: Step, take: int, facts: Facts, folder: Path, settings: Settings
) -> dict[str, Value]:
    ready = folder / step.id / f"{take + 1}.json"
    if ready.is_file():
        try:
            return msgspec.json.decode(ready.read_bytes(), type=dict[str, Value])
        except msgspec.DecodeError as error:
            raise WalkError(f"{ready}: figures by their names are expected ({error})") from error
    recorded = [path for path in (folder / step.id).iterdir() if path.stem == str(take + 1)]
    if not step.measure or not recorded:
        return {}
    measuring = Measuring(Ask(step.id, take, dict(facts), settings, str(folder.absolute())))
    try:
        while True:
            for said in measuring.read():
                if isinstance(said, Measured):
                    return said.values
                if isinstance(said, Unmeasured):
                    raise UnmeasurableTakeError(said.reason)
    finally:
        measuring.close()


def _facts(file: Path) -> Facts:
    if not file.is_file():
        return {}
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WalkError(f"{file}: valid TOML is expected: {error}") from error
    return {name: float(value) for name, value in told.items() if isinstance(value, int | float)}
