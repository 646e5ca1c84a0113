"""Whether the screen still answers: it says so on every tick of its own loop."""

STARTING_MS = 90_000
"""So long a screen may take until it answers first: a slow machine, compiling its modules."""


class Pulse:
    """Times are monotonic, ms. Silence of `answer_ms` after the first answer is a hang."""

    def __init__(self, answer_ms: float) -> None:
        self._answer_ms = answer_ms
        self._until_ms = 0.0
        self._answered = False

    @property
    def answered(self) -> bool:
        """Since it was started last."""
        return self._answered

    def started(self, now_ms: float) -> None:
        self._answered = False
        self._until_ms = now_ms + max(STARTING_MS, self._answer_ms)

    def heard(self, now_ms: float) -> None:
        self._answered = True
        self._until_ms = now_ms + self._answer_ms

    def hangs(self, now_ms: float) -> bool:
        return now_ms > self._until_ms
