"""What the screen's commands do to the wall itself."""

from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.app.dock import HIDDEN_MENU
from kiosk.ui.components.shade import Shade
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from tests.helpers.furnished import furnish
from tests.helpers.panel_city import (
    Asked,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    put_on_wall,
)


@pytest.fixture
def asked() -> Asked:
    return []


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture
def shell(qtbot: QtBot, asked: Asked, city: MemoryRepositories) -> Shell:
    state = at("home")
    made, _ = put_on_wall(
        "home", model_of("home", city, state), make_theme(1920, 1080), 1920, 1080, asked
    )
    furnish(made, state, city)
    qtbot.addWidget(made)
    QApplication.processEvents()
    return made


def lightness(shell: Shell) -> float:
    """Mean of what is seen, 0..255."""
    picture = shell.grab().toImage().scaled(64, 36)
    found = [QColor(picture.pixel(x, y)).value() for x in range(64) for y in range(36)]
    return sum(found) / len(found)


def press(shell: Shell, command: str, args: dict[str, Any] | None = None) -> None:
    hit = shell.find_target(command, args)
    assert hit is not None
    finger = QTest.createTouchDevice()
    QTest.touchEvent(shell, finger).press(1, hit.middle(), shell).commit()
    QTest.touchEvent(shell, finger).release(1, hit.middle(), shell).commit()


def test_half_the_light_is_half_of_what_is_seen_and_fingers_go_through(
    shell: Shell, asked: Asked
) -> None:
    bright = lightness(shell)
    shell.set_brightness(0.5)
    assert lightness(shell) == pytest.approx(bright / 2, rel=0.1)
    press(shell, "panel.open", {"panel": "help"})
    assert [command for command, _, _ in asked] == ["panel.open"]
    shell.set_brightness(1.0)
    assert lightness(shell) == pytest.approx(bright, rel=0.02)
    (shade,) = shell.findChildren(Shade)
    assert not shade.isVisible(), "a bright wall pays nothing for it"


def test_a_wall_without_menu_has_the_way_back_where_the_menu_was(
    shell: Shell, asked: Asked
) -> None:
    room = shell.panel.height()
    tabs = shell._tabs.height() if shell._tabs.isVisible() else 0
    shell.set_dock(HIDDEN_MENU)
    shell.set_tabs(None)
    assert shell.panel.height() >= room + tabs
    assert shell.find_target("category.open") is None
    press(shell, "screen.show_menu")
    assert [command for command, _, _ in asked] == ["screen.show_menu"]
