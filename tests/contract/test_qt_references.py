"""Qt's binding keeps its references: PySide6 6.12.0 on Python 3.11 loses one at every void call."""

import sys
from importlib.metadata import version
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CALLS = 1_000
NOISE = 20
"""References to None that the interpreter itself may gain or lose meanwhile."""


def test_void_calls_keep_the_references_to_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    update = widget.update
    update()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        update()
    after = sys.getrefcount(None)
    assert abs(after - before) < NOISE, f"{CALLS} calls changed the count from {before} to {after}"


def test_signals_keep_the_references_to_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    heard: list[str] = []
    widget.windowTitleChanged.connect(heard.append)
    titles = ["a", "b"] * (CALLS // 2)
    before = sys.getrefcount(None)
    for title in titles:
        widget.setWindowTitle(title)
    after = sys.getrefcount(None)
    assert len(heard) == CALLS
    assert abs(after - before) < NOISE, f"{CALLS} emits changed the count from {before} to {after}"


def test_the_pin_stays_below_the_version_that_loses_references(root: Path) -> None:
    asked = (root / "requirements" / "runtime.in").read_text().splitlines()
    assert "PySide6-Essentials>=6.11.2,<6.12" in asked
    for installed in (version("PySide6-Essentials"), version("shiboken6")):
        assert tuple(map(int, installed.split(".")[:2])) < (6, 12)
