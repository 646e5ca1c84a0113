"""The walk of one site: what was measured so far, kept after every step, so that it goes on where
it was left."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from kiosk.settings import Settings
from kiosk.tools.calibrate.step import Facts, Step, Value, Values, Verdict, all_steps, find_step
from kiosk.tools.finding import Check, Finding, State
from kiosk.wire.text import Text

FORMAT = 1
FOLDER = "calibration"

TRY_AGAIN = Text(
    "장치의 선과 전원, ./kiosk.sh doctor 를 확인하고 이 단계를 다시 하십시오.",
    "Check the device's cable and power and ./kiosk.sh doctor, then repeat this step.",
)
ORDER: Mapping[State, int] = {"ok": 0, "poor": 1, "fail": 2}


class WalkError(Exception):
    """A walk that can't be read or kept; the text says what, where, what to do."""


class Done(msgspec.Struct, frozen=True):
    """A step as it was done: what was told and measured (a take that was left out is empty) and
    what that means. `t_ms`: epoch."""

    step: str
    t_ms: int
    facts: dict[str, float]
    takes: tuple[dict[str, Value], ...]
    findings: tuple[Finding, ...]
    settings: dict[str, Value] = {}
    otherwise: dict[str, Value] = {}


class Walk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`done` of this walk, `before` of the one that was finished before it at this site."""

    site: str
    done: dict[str, Done] = {}
    before: dict[str, Done] = {}
    left_out: tuple[str, ...] = ()
    finished_ms: int | None = None
    format: Literal[1] = 1

    def next_step(self) -> Step | None:
        """The first that is neither done nor left out."""
        over = {*self.done, *self.left_out}
        return next((step for step in all_steps() if step.id not in over), None)

    def with_done(self, step: Step, facts: Facts, takes: Sequence[Values], t_ms: int) -> "Walk":
        told = step.told(facts)
        verdict: Verdict = step.judge(takes, told)
        done = Done(
            step.id,
            t_ms,
            told,
            tuple(dict(take) for take in takes),
            verdict.findings,
            dict(verdict.settings),
            dict(verdict.otherwise),
        )
        left_out = tuple(name for name in self.left_out if name != step.id)
        return msgspec.structs.replace(
            self, done={**self.done, step.id: done}, left_out=left_out, finished_ms=None
        )

    def with_trouble(self, step: Step, facts: Facts, reason: Text, t_ms: int) -> "Walk":
        """There was nothing to measure from: no such camera, no sound."""
        finding = Check(step.id, step.title).fail(reason, TRY_AGAIN)
        done = Done(step.id, t_ms, step.told(facts), (), (finding,))
        return msgspec.structs.replace(self, done={**self.done, step.id: done}, finished_ms=None)

    def without(self, step: Step) -> "Walk":
        """The step is left out."""
        done = {name: one for name, one in self.done.items() if name != step.id}
        left_out = (*(name for name in self.left_out if name != step.id), step.id)
        return msgspec.structs.replace(self, done=done, left_out=left_out)

    def to_do(self, step: Step) -> "Walk":
        """The step is to be done again."""
        done = {name: one for name, one in self.done.items() if name != step.id}
        left_out = tuple(name for name in self.left_out if name != step.id)
        return msgspec.structs.replace(self, done=done, left_out=left_out, finished_ms=None)

    def finished(self, t_ms: int) -> "Walk":
        return msgspec.structs.replace(self, finished_ms=t_ms)

    def again(self) -> "Walk":
        """A new walk of the same site; what was found stands as what was before."""
        return Walk(self.site, before={**self.before, **self.done})

    @property
    def settings(self) -> dict[str, Value]:
        """What follows from all steps; a later step's word wins."""
        done = [self.done[step.id] for step in all_steps() if step.id in self.done]
        found: dict[str, Value] = {}
        for one in done:
            found.update(one.otherwise)
        for one in done:
            found.update(one.settings)
        return found


def state_of(done: Done) -> State:
    """The worst of what was found."""
    return max((f.state for f in done.findings), key=lambda state: ORDER[state], default="ok")


def file_of(data_dir: Path, site: str) -> Path:
    return data_dir / FOLDER / f"{site}.json"


def read(file: Path, site: str) -> Walk:
    """The walk that was begun, or a new one. Raises WalkError when the file can't be read."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return Walk(site)
    except OSError as error:
        raise WalkError(f"{file}: can't be read ({error.strerror})") from error
    try:
        walk = msgspec.json.decode(data, type=Walk)
    except msgspec.DecodeError as error:
        mend = "begin anew with --again, which puts it aside"
        raise WalkError(f"{file}: not a calibration ({error}); {mend}") from error
    known = {name: done for name, done in walk.done.items() if find_step(name)}
    return msgspec.structs.replace(walk, done=known)


def keep(walk: Walk, file: Path) -> None:
    """Written whole or not at all. Raises WalkError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_suffix(".new")
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(walk), indent=1))
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        fresh.replace(file)
    except OSError as error:
        raise WalkError(f"{file}: can't be written ({error.strerror})") from error


def put_aside(file: Path) -> None:
    """A file that can't be read stays beside the new one."""
    if file.exists():
        file.replace(file.with_suffix(".unreadable.json"))


def now_settings(settings: Settings, walk: Walk) -> Settings:
    """The settings as they will be: later steps look through the camera that an earlier "
    "one chose."""
    sections = msgspec.to_builtins(settings)
    for name, value in walk.settings.items():
        section, _, field = name.partition(".")
        sections[section][field] = value
    return msgspec.convert(sections, Settings)
