"""Whatever can be pressed shows it with the next frame, on every panel."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.state import ViewState
from kiosk.panels import find_panels
from kiosk.ui.hits import Hit, all_hits
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from tests.helpers.panel_city import (
    Asked,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    put_on_wall,
)

STATES = (
    *(at(spec.id) for spec in find_panels()),
    at("indicators", indicator="pm25"),
    at("orders", about=""),
    at("cctv", camera="gwanghwamun"),
)
BESIDE = QPoint(3, 3)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def one_of_each(shell: Shell) -> list[Hit]:
    """Of targets that differ by a number or a key, one."""
    found: dict[tuple[type, str], Hit] = {}
    for hit in all_hits(shell):
        found.setdefault((type(hit.widget), hit.target.trigger.rpartition(".")[0]), hit)
    return list(found.values())


@pytest.mark.parametrize("state", STATES, ids=lambda state: "-".join(filter(None, name(state))))
def test_a_press_is_seen_and_a_finger_that_slides_off_asks_for_nothing(
    city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice, state: ViewState
) -> None:
    asked: Asked = []
    model = model_of(state.panel, city, state)
    shell, _ = put_on_wall(state.panel, model, make_theme(1920, 1080), 1920, 1080, asked)
    qtbot.addWidget(shell)
    qtbot.waitExposed(shell)
    hits = one_of_each(shell)
    assert hits
    for hit in hits:
        around = hit.rect.toAlignedRect().adjusted(-4, -4, 4, 4)
        before = shell.grab(around).toImage()
        QTest.touchEvent(shell, finger).press(1, hit.middle(), shell).commit()
        assert shell.grab(around).toImage() != before, f"{hit.target.trigger} shows nothing"
        for act in ("move", "release"):
            sequence = QTest.touchEvent(shell, finger, False)
            getattr(sequence, act)(1, BESIDE, shell)
            sequence.commit(True)
    pressed = [command for command, _, _ in asked if command != "map.view"]
    assert pressed == []


def name(state: ViewState) -> tuple[str | None, ...]:
    place = state.place
    return (place.panel, place.indicator, place.camera, place.about)
