"""What a hand seems to form, without the flicker of first guesses."""

from gestures.events import GestureKind

SHOW_MS = 120  # a guess is shown when it has stood so long
KEEP_MS = 350  # and stays so long after it was last seen


class Steady:
    """The candidate to show. Times are those of the camera's views."""

    def __init__(self) -> None:
        self._shown: GestureKind | None = None
        self._guess: GestureKind | None = None
        self._guessed_ms = 0
        self._seen_ms = 0

    def see(self, candidate: GestureKind | None, t_ms: int) -> GestureKind | None:
        if candidate != self._guess:
            self._guess, self._guessed_ms = candidate, t_ms
        if candidate == self._shown:
            self._seen_ms = t_ms
        elif candidate is not None and t_ms - self._guessed_ms >= SHOW_MS:
            self._shown, self._seen_ms = candidate, t_ms
        elif t_ms - self._seen_ms >= KEEP_MS:
            self._shown = None
        return self._shown
