"""What the walk is made of: a step is a file in `steps/`, found by itself."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Literal

import msgspec

from kiosk.tools.finding import Finding
from kiosk.wire.text import Text

Value = bool | int | float | str
Values = Mapping[str, Value]
"""What was measured, by name; units stand in the names. Empty: this take was left out."""
Facts = Mapping[str, float]
"""What the installer told, by name."""

Family = Literal["camera", "microphone", "screen"]
FAMILIES: Mapping[Family, Text] = {
    "camera": Text("카메라", "Camera"),
    "microphone": Text("마이크", "Microphone"),
    "screen": Text("화면과 터치", "Screen and touch"),
}


class Fact(msgspec.Struct, frozen=True):
    """Something that only the installer knows: a length on the tape measure, a choice."""

    name: str
    title: Text
    unit: str
    usual: float
    least: float
    most: float
    step: float

    def within(self, value: float) -> float:
        return min(self.most, max(self.least, value))


class Verdict(msgspec.Struct, frozen=True):
    """What the figures mean, and the settings ("section.name") that follow from them; `otherwise`
    those that count only where no other step has a word on them."""

    findings: tuple[Finding, ...]
    settings: Mapping[str, Value] = {}
    otherwise: Mapping[str, Value] = {}


Judge = Callable[[Sequence[Values], Facts], Verdict]


class Step(msgspec.Struct, frozen=True):
    """One stop of the walk.

    `do` is what the installer does, in order. `measure` names the function of `measuring` that
    works beside the sensors, `field` the class of `screen` that takes the whole screen meanwhile
    ("module:name"); one of the two is there. `takes` are the places or moments at which it is
    measured in turn. `seconds` of a take, `minutes` of the whole step. `keeps`: what
    of a take can be kept for a desk beside its figures, where an installer ticks it.
    """

    id: str
    family: Family
    order: int
    title: Text
    do: tuple[Text, ...]
    judge: Judge
    measure: str = ""
    field: str = ""
    takes: tuple[Text, ...] = (Text("", ""),)
    facts: tuple[Fact, ...] = ()
    seconds: float = 5.0
    minutes: float = 1.0
    keeps: Literal["", "pictures", "sound"] = ""

    def told(self, facts: Facts) -> dict[str, float]:
        """All facts, the usual ones where nothing was told."""
        return {fact.name: facts.get(fact.name, fact.usual) for fact in self.facts}


@cache
def all_steps() -> tuple[Step, ...]:
    """In the order of the walk."""
    from kiosk.tools.calibrate import steps

    names = sorted(found.name for found in pkgutil.iter_modules(steps.__path__))
    modules = (importlib.import_module(f"{steps.__name__}.{name}") for name in names)
    found: list[Step] = [module.STEP for module in modules]
    return tuple(sorted(found, key=lambda step: step.order))


def find_step(name: str) -> Step | None:
    return next((step for step in all_steps() if step.id == name), None)


NOTHING = Text("잰 것이 없거나 너무 짧음", "nothing was measured, or for too short a time")
REPEAT = Text("이 단계를 끝까지 다시 하십시오.", "Repeat this step to its end.")
"""What is said where a step has too little to judge by: nothing is no good news."""


def number(values: Values, name: str) -> float:
    """A measured number; 0 where it is missing."""
    value = values.get(name, 0.0)
    return float(value) if not isinstance(value, str) else 0.0
