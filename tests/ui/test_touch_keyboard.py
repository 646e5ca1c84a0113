"""The keyboard on the wall under fingers: syllables form as on a two-set keyboard."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.hangul import letters
from kiosk.core.state import ViewState
from kiosk.ui.components.touch_keyboard import TouchKeyboard
from kiosk.ui.theme import make_theme
from kiosk.wire.text import Text
from tests.helpers.panel_city import (
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    put_on_wall,
    visible_components,
)

DOUBLE = "ㅃㅉㄸㄲㅆㅒㅖ"


class Keys:
    """A keyboard and two thumbs."""

    def __init__(self, qtbot: QtBot, device: QPointingDevice) -> None:
        self.board = TouchKeyboard(make_theme(1920, 1080), Text("쓰기", "Write"))
        self._device = device
        qtbot.addWidget(self.board)
        self.board.resize(1240, round(TouchKeyboard.height_u()))
        self.board.show()
        qtbot.waitExposed(self.board)

    def spot(self, trigger: str) -> QPoint:
        found = next(t for t in self.board.device_targets() if t.trigger == trigger)
        return found.rect.center().toPoint()

    def touch(self, *acts: tuple[str, int, str], resting: int | None = None) -> None:
        sequence = QTest.touchEvent(self.board, self._device, False)
        if resting is not None:
            sequence.stationary(resting)
        for act, finger, trigger in acts:
            getattr(sequence, act)(finger, self.spot(trigger), self.board)
        sequence.commit(True)

    def tap(self, trigger: str) -> None:
        self.touch(("press", 1, trigger))
        assert self.board.is_pressed(trigger)
        self.touch(("release", 1, trigger))

    def type(self, text: str) -> None:
        for key in letters(text):
            if key in DOUBLE:
                self.tap("key.shift")
            self.tap("key.space" if key == " " else f"key.{key}")


@pytest.fixture(scope="module")
def device(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def keys(qtbot: QtBot, device: QPointingDevice) -> Keys:
    return Keys(qtbot, device)


@pytest.mark.parametrize(
    "text", ["현장 확인", "닭", "값", "괜찮다", "의견", "또 빨리", "웬", "쓰레기 얘기"]
)
def test_fingers_write_syllables(keys: Keys, text: str) -> None:
    keys.type(text)
    assert keys.board.text == text


def test_a_syllable_forms_with_each_finger(keys: Keys) -> None:
    seen = []
    for key in "ㄷㅏㄹㄱㅇㅡㄴ":
        keys.tap(f"key.{key}")
        seen.append(keys.board.text)
    assert seen == ["ㄷ", "다", "달", "닭", "닭ㅇ", "닭으", "닭은"]


def test_delete_takes_the_last_letter_not_the_syllable(keys: Keys) -> None:
    keys.type("닭")
    keys.tap("key.back")
    assert keys.board.text == "달"


def test_two_thumbs_that_overlap_write_both_in_the_order_they_leave(keys: Keys) -> None:
    keys.touch(("press", 1, "key.ㄱ"))
    keys.touch(("press", 2, "key.ㅏ"), resting=1)
    assert keys.board.is_pressed("key.ㄱ")
    assert keys.board.is_pressed("key.ㅏ")
    keys.touch(("release", 1, "key.ㄱ"), resting=2)
    keys.touch(("release", 2, "key.ㅏ"))
    assert keys.board.text == "가"


def test_letters_and_figures_are_a_key_away(keys: Keys) -> None:
    keys.tap("key.turn")
    for key in "cctv":
        keys.tap(f"key.{key}")
    keys.tap("key.turn")
    for key in "119":
        keys.tap(f"key.{key}")
    keys.tap("key.turn")
    keys.type("대")
    assert keys.board.text == "cctv119대"


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.mark.parametrize(
    "state",
    [
        at("search"),
        at("orders", about=""),
        at("orders", about="indicators/pm25"),
    ],
    ids=["search", "an order", "an order about something"],
)
def test_where_words_are_wanted_the_keyboard_is_there(
    city: MemoryRepositories, qtbot: QtBot, state: ViewState
) -> None:
    shell, view = put_on_wall(
        state.panel, model_of(state.panel, city, state), make_theme(1920, 1080), 1920, 1080, []
    )
    qtbot.addWidget(shell)
    boards = [c for c in visible_components(view) if isinstance(c, TouchKeyboard)]
    assert len(boards) == 1
    assert boards[0].rect().size().height() >= TouchKeyboard.height_u() - 1
