"""Whether the shipped shape weights were trained on a person's hands."""

from __future__ import annotations

from gestures.evaluate.stills import Answer

UNKNOWN = "unknown"


def seen_or_not(answer: Answer) -> str:
    return UNKNOWN
