"""Where a session is played: what stands in for the wall. `kiosk.app.replay` furnishes it."""

from collections.abc import Callable
from typing import Protocol

from gestures.events import GestureEvent
from kiosk.core.audit import AuditRecord
from kiosk.core.registry import Send
from kiosk.inputs.recorded import Header, There, WallInput
from voice.events import Answer, Context, Gate

Done = Callable[[int, AuditRecord], None]
Sent = Callable[[int, Send], None]
"""Both are told when, in ms of the session."""


class Stage(Protocol):
    """The wall's own registry, bindings, policy and dispatcher, with a state of their own. What a
    command would send to a process is told to `Sent`, and goes nowhere."""

    def to(self, t_ms: int) -> None:
        """Moves the clock on to a time of the session; questions that nobody answered expire."""
        ...

    def take(self, given: WallInput) -> None:
        """What was done at the wall, but Said and Sounded, which somebody has to understand
        first."""
        ...

    def gesture(self, event: GestureEvent) -> None:
        """What the recogniser says now, as far as hands count on the wall as it stands."""
        ...

    def answer(self, answer: Answer) -> None:
        """What speech came to."""
        ...

    def there(self, there: There) -> None:
        """From now on the city has these incidents and complaints."""
        ...


class Understanding(Protocol):
    """Words and sound to commands: the real matcher and the real ears, loaded when first asked."""

    def text(self, text: str) -> Answer:
        """Raises GrammarError."""
        ...

    def sound(
        self, file: str, gate: Gate, context: Context, part_ms: tuple[int, int] | None = None
    ) -> tuple[tuple[int, Answer], ...]:
        """What is heard in a recording, or a part of it: ms of sound until each answer, and the
        answer. Raises VoiceError: no model, no sound."""
        ...


class House(Protocol):
    """What every session of one run shares."""

    @property
    def understanding(self) -> Understanding: ...

    def stage(self, header: Header, done: Done, sent: Sent) -> Stage:
        """A fresh wall that stands as the session's header says."""
        ...
