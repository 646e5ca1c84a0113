"""The search for garbage: none while the wall loads, then the young ones, seldom all of it."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.app import garbage


class Cycle:
    """Garbage that only a search finds."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def parent(qapp: QApplication) -> Iterator[QObject]:
    thresholds = gc.get_threshold()
    made = QObject()
    yield made
    for timer in made.findChildren(QTimer):
        timer.stop()
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    gc.enable()


def fill(count: int) -> list[list[int]]:
    return [[n] for n in range(count)]


def test_nothing_is_searched_while_it_is_put_off(parent: QObject) -> None:
    garbage.put_off()
    lost = weakref.ref(Cycle())
    kept = fill(50_000)
    assert lost() is not None
    assert kept


def test_afterwards_the_young_are_searched_and_everything_by_the_timer_alone(
    parent: QObject,
) -> None:
    searched: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop":
            searched.append(info["generation"])

    garbage.put_off()
    garbage.take_up(parent)
    gc.callbacks.append(note)
    try:
        lost = weakref.ref(Cycle())
        kept = fill(200_000)
        assert lost() is None
        assert kept
        assert set(searched) == {0, 1}
        (timer,) = parent.findChildren(QTimer)
        assert timer.interval() == garbage.EVERYTHING_MS
        timer.timeout.emit()
        assert searched[-1] == 2
    finally:
        gc.callbacks.remove(note)
