"""Leads through the walk: which step, what was told, how far its takes are. Knows no screen."""

from collections.abc import Callable
from typing import Literal

import msgspec

from kiosk.tools.calibrate.step import Fact, Step, Value, all_steps
from kiosk.tools.calibrate.walk import Walk, state_of
from kiosk.tools.finding import Finding, State
from kiosk.wire.text import Text

Phase = Literal["ready", "measuring", "done"]


class Stop(msgspec.Struct, frozen=True):
    """A step in the list; state None: not done yet."""

    step: Step
    state: State | None
    left_out: bool


class Told(msgspec.Struct, frozen=True):
    """A fact and what it is now."""

    fact: Fact
    value: float


class View(msgspec.Struct, frozen=True):
    """What a screen shows of the walk. `progress` 0..1 of the take; `note` says what went wrong in
    it; `complete`: no step is left. `keeping`: figures and points of hands are kept for a desk;
    `raw`: pictures or sound of the next take too."""

    site: str
    stops: tuple[Stop, ...]
    step: Step
    take: int
    phase: Phase
    progress: float
    told: tuple[Told, ...]
    findings: tuple[Finding, ...]
    note: Text | None
    complete: bool
    keeping: bool = False
    raw: bool = False


class Guide:
    """The walk as it goes on. Every step that is done is kept at once."""

    def __init__(self, walk: Walk, now_ms: Callable[[], int], keep: Callable[[Walk], None]) -> None:
        self.walk = walk
        self._now_ms = now_ms
        self._keep = keep
        self._facts: dict[str, float] = {}
        self._takes: list[dict[str, Value]] = []
        self._take = 0
        self._phase: Phase = "ready"
        self._progress = 0.0
        self._note: Text | None = None
        self.keeping = self.raw = False
        self._choose(walk.next_step() or all_steps()[0])

    @property
    def view(self) -> View:
        done = self.walk.done.get(self._step.id)
        return View(
            site=self.walk.site,
            stops=tuple(self._stop(step) for step in all_steps()),
            step=self._step,
            take=self._take,
            phase=self._phase,
            progress=self._progress,
            told=tuple(Told(fact, self._facts[fact.name]) for fact in self._step.facts),
            findings=done.findings if done and self._phase == "done" else (),
            note=self._note,
            complete=self.walk.next_step() is None,
            keeping=self.keeping,
            raw=self.raw,
        )

    @property
    def step(self) -> Step:
        return self._step

    @property
    def take(self) -> int:
        """The one that is next, from 0."""
        return self._take

    @property
    def facts(self) -> dict[str, float]:
        return dict(self._facts)

    def choose(self, step: Step) -> None:
        """Another step; nothing while one is measured."""
        if self._phase != "measuring":
            self._choose(step)

    def change(self, name: str, steps: int) -> None:
        """A fact by so many of its steps."""
        fact = next((one for one in self._step.facts if one.name == name), None)
        if fact is not None and self._phase != "measuring":
            value = self._facts[name] + steps * fact.step
            self._facts[name] = fact.within(round(value / fact.step) * fact.step)
            self._judge_again()

    def note(self, words: Text) -> None:
        """Told beside the step."""
        self.keeping, self._note = False, words

    def tick(self) -> None:
        """Whether input is kept from now on."""
        if self._phase != "measuring":
            self.keeping, self.raw = not self.keeping, False

    def tick_raw(self) -> None:
        """Whether pictures or sound of the next take are; of one take only."""
        if self._phase != "measuring" and self.keeping and self._step.keeps:
            self.raw = not self.raw

    def begin(self) -> None:
        """The next take is being measured; after the last one the step begins anew."""
        if self._phase == "done":
            self._takes, self._take = [], 0
        self._phase, self._progress, self._note = "measuring", 0.0, None

    def progressed(self, done: float) -> None:
        self._progress = done

    def measured(self, values: dict[str, Value]) -> None:
        """The take is over."""
        self._takes.append(values)
        self.raw = False
        self._after_take()

    def failed(self, reason: Text) -> None:
        """There was nothing to measure from: told, and the take can be tried again."""
        self._phase, self._note = "ready", reason
        self.walk = self.walk.with_trouble(self._step, self._facts, reason, self._now_ms())
        self._keep(self.walk)

    def cancelled(self) -> None:
        """What was found before stays."""
        if self._phase == "measuring":
            done = self._step.id in self.walk.done and not self._takes
            self._phase, self._progress = ("done" if done else "ready"), 0.0

    def skip_take(self) -> None:
        """A place that this room does not have."""
        if self._phase == "ready" and len(self._step.takes) > 1:
            self._takes.append({})
            self._after_take()

    def skip_step(self) -> None:
        if self._phase != "measuring":
            self.walk = self.walk.without(self._step)
            self._keep(self.walk)
            self._choose(self.walk.next_step() or self._step)

    def next(self) -> None:
        """The next step that is not done; the one after this when all are."""
        steps = all_steps()
        after = steps[(steps.index(self._step) + 1) % len(steps)]
        self.choose(self.walk.next_step() or after)

    # ---- inside

    def _choose(self, step: Step) -> None:
        done = self.walk.done.get(step.id)
        self._step = step
        self.raw = False
        self._facts = step.told(done.facts if done else {})
        self._takes = []
        self._take = 0
        self._phase = "done" if done else "ready"
        self._progress = 0.0
        self._note = None

    def _after_take(self) -> None:
        self._take = len(self._takes)
        self._phase, self._progress, self._note = "ready", 0.0, None
        if self._take < len(self._step.takes):
            return
        if not any(self._takes) and len(self._takes) > 1:
            self.skip_step()  # every place was left out
            return
        self.walk = self.walk.with_done(self._step, self._facts, self._takes, self._now_ms())
        self._phase, self._take = "done", 0
        self._keep(self.walk)

    def _judge_again(self) -> None:
        """What was measured means something else with another fact."""
        done = self.walk.done.get(self._step.id)
        if self._phase == "done" and done is not None and done.takes:
            self.walk = self.walk.with_done(self._step, self._facts, done.takes, self._now_ms())
            self._keep(self.walk)

    def _stop(self, step: Step) -> Stop:
        done = self.walk.done.get(step.id)
        return Stop(step, state_of(done) if done else None, step.id in self.walk.left_out)
