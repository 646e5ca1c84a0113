"""Search under a finger: keys find with each press, a row opens what it names."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.hangul import letters
from kiosk.core.invocation import Status
from kiosk.core.state import replace
from kiosk.panels.search.presenter import SearchPresenter
from kiosk.panels.search.view import SearchView
from kiosk.ui.component import Component
from kiosk.ui.hits import all_hits
from kiosk.ui.shell import Shell
from kiosk.ui.theme import Language, make_theme
from tests.helpers.heart import Heart
from tests.helpers.panel_city import (
    NOW_MS,
    Asked,
    MemoryRepositories,
    at,
    demo_city,
    live,
    model_of,
    put_on_wall,
)
from voice.events import IntentMatch


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


class Wall:
    def __init__(
        self, city: MemoryRepositories, qtbot: QtBot, sought: str = "", language: Language = "ko"
    ) -> None:
        theme = make_theme(1920, 1080, language=language)
        self.asked: Asked = []
        model = model_of("search", city, replace(at("search"), sought=sought))
        self.shell: Shell
        self.shell, view = put_on_wall("search", model, theme, 1920, 1080, self.asked)
        assert isinstance(view, SearchView)
        self.view = view
        qtbot.addWidget(self.shell)
        QApplication.processEvents()

    def press(self, trigger: str) -> None:
        hit = next(h for h in all_hits(self.shell) if h.target.trigger == trigger)
        assert isinstance(hit.widget, Component)
        spot = next(t for t in hit.widget.device_targets() if t.trigger == trigger).rect.center()
        QTest.mouseClick(
            hit.widget, Qt.MouseButton.LeftButton, pos=QPoint(round(spot.x()), round(spot.y()))
        )

    def type(self, words: str) -> None:
        for key in letters(words):
            self.press("key.space" if key == " " else f"key.{key}")

    def opened(self, trigger: str) -> tuple[str, dict[str, Any]]:
        self.asked.clear()
        self.press(trigger)
        command, args, _ = self.asked[-1]
        return command, args


@pytest.mark.parametrize(
    ("words", "command", "args"),
    [
        ("송파", "district.select", {"district": "11710"}),
        ("ㅈㅅㄱ", "cctv.open", {"camera": "jamsu-bridge"}),
        (
            "송파구 고용률",
            "indicator.open",
            {"indicator": "employment-rate", "district": "11710"},
        ),
        ("처음으로", "nav.home", {}),
        ("청운효자", "neighbourhood.select", {"neighbourhood": "11110515"}),
    ],
)
def test_typed_words_find_and_the_first_row_opens(
    city: MemoryRepositories,
    qtbot: QtBot,
    words: str,
    command: str,
    args: dict[str, Any],
) -> None:
    wall = Wall(city, qtbot)
    wall.type(words)
    assert wall.opened("search.1") == (command, args)


def test_typing_asks_nobody(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot)
    wall.type("송파")
    assert wall.asked == []


def test_what_voice_asked_for_stands_in_the_line_and_is_found(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    wall = Wall(city, qtbot, sought="초미세먼지")
    assert wall.view.keyboard.text == "초미세먼지"
    assert wall.opened("search.1") == ("indicator.open", {"indicator": "pm25"})


def test_the_keys_take_back_what_they_wrote(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, sought="송파")
    for _ in "ㅅㅗㅇㅍㅏ":
        wall.press("key.back")
    assert wall.view.keyboard.text == ""
    assert not [h for h in all_hits(wall.shell) if h.target.trigger.startswith("search.")]


def test_a_tablet_is_sent_what_was_found(city: MemoryRepositories) -> None:
    presenter = SearchPresenter()
    state = replace(at("search"), sought="따릉이")
    data = presenter.query(city, state)  # type: ignore[arg-type]
    projection = presenter.project(presenter.present(state, data, live(city), NOW_MS))
    (block,) = projection.blocks
    assert "따릉이 대여 가능" in [row.headline.ko for row in block.rows]  # type: ignore[union-attr]


def said(wall: Wall, number: int) -> Heart:
    """A heart before this wall, and somebody who says the number of what was found."""
    heart = Heart()
    heart.store.put(at("search"))

    def pressable(place: str) -> tuple[str, dict[str, Any]] | None:
        hit = wall.shell.find_target("", place=place)
        return (hit.target.command, dict(hit.target.args)) if hit is not None else None

    heart.world.pressable = pressable  # type: ignore[method-assign]
    match = IntentMatch("search.take", {"number": number}, "번째 결과", "", 1.0, 1)
    heart.intake.voice(match)
    return heart


def test_what_was_found_is_opened_by_its_number_as_it_stands_on_the_wall(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    wall = Wall(city, qtbot)
    wall.type("송파")
    assert said(wall, 1).store.state.place.district == "11710"
    assert said(wall, 60).records[-1].status is Status.BAD_ARGUMENTS


def test_by_its_number_nobody_gets_what_only_a_finger_may_do(
    city: MemoryRepositories, qtbot: QtBot
) -> None:
    wall = Wall(city, qtbot)
    wall.type("프로그램 마치기")
    assert wall.opened("search.1")[0] == "system.stop"
    record = said(wall, 1).records[-1]
    assert (record.command, record.status) == ("system.stop", Status.DENIED)
    wall = Wall(city, qtbot)
    wall.type("화면 잠금")
    assert wall.opened("search.1")[0] == "system.lock"
    heart = said(wall, 1)
    assert heart.records[-1].status is Status.NEEDS_CONFIRM
    assert not heart.store.state.locked
