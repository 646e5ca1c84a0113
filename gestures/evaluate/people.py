"""Whether the shipped shape weights were trained on a person's hands."""

from __future__ import annotations

from gestures.evaluate.stills import Answer
from gestures.training.people import unseen

SEEN, UNSEEN, UNKNOWN = "seen", "unseen", "unknown"


def seen_or_not(answer: Answer) -> str:
    """By the rules that the training deals people out by; a picture without a person is unknown."""
    if not answer.person:
        return UNKNOWN
    return UNSEEN if unseen(answer.source, answer.person) else SEEN
