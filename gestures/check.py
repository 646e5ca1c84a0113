"""A limit that decides, and what was measured against it."""

from __future__ import annotations

from typing import NamedTuple

from gestures.events import GestureKind, Refusal


class Check(NamedTuple):
    """A limit that decides: what was measured, and the least and the most that it may be (None:
    there is no such bound)."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        least, most = self.least, self.most
        return (least is None or self.value >= least) and (most is None or self.value <= most)


class Tried(NamedTuple):
    """What a recogniser weighed in one frame: the gesture that was begun (None: a quick move that
    is none), every limit that it goes by now, and why it is refused though all of them hold."""

    kind: GestureKind | None
    checks: tuple[Check, ...]
    refused: Refusal | None = None

    @property
    def broken(self) -> int:
        """How many limits do not hold."""
        return sum(not check.holds for check in self.checks)


def hold(checks: tuple[Check, ...]) -> bool:
    """Whether all of them do."""
    return all(check.holds for check in checks)
