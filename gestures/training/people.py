"""Whose hands the shipped weights never saw."""

from __future__ import annotations

from gestures.training.data import TEST_SOURCES, held_out


def unseen(source: str, person: str) -> bool:
    """person: as a source names them."""
    return source in TEST_SOURCES or held_out(person)
