"""The register under a finger: initials find, the switch chooses, pages turn."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.panels.sources.book import NEXT, PREVIOUS
from kiosk.panels.sources.find_bar import CLEAR, ERASE
from kiosk.panels.sources.presenter import SourcesPresenter
from kiosk.panels.sources.view import SourcesView
from kiosk.ui.component import Component
from kiosk.ui.hits import all_hits
from kiosk.ui.shell import Shell
from kiosk.ui.theme import Language, make_theme
from kiosk.wire.city import Source
from tests.helpers.city import text
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


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


class Wall:
    def __init__(self, city: MemoryRepositories, qtbot: QtBot, language: Language) -> None:
        theme = make_theme(1920, 1080, language=language)
        self.asked: Asked = []
        model = model_of("sources", city, at("sources"))
        self.shell: Shell
        self.shell, view = put_on_wall("sources", model, theme, 1920, 1080, self.asked)
        assert isinstance(view, SourcesView)
        self.view = view
        qtbot.addWidget(self.shell)
        QApplication.processEvents()

    def press(self, trigger: str) -> None:
        hit = next(h for h in all_hits(self.shell) if h.target.trigger == trigger)
        assert isinstance(hit.widget, Component)
        spot = next(t for t in hit.widget.device_targets() if t.trigger == trigger).rect.center()
        QTest.mouseClick(
            hit.widget,
            Qt.MouseButton.LeftButton,
            pos=QPoint(round(spot.x()), round(spot.y())),
        )

    def found(self) -> list[str]:
        return [line.id for line in self.view.book.found]


@pytest.fixture
def wall(city: MemoryRepositories, qtbot: QtBot) -> Wall:
    return Wall(city, qtbot, "ko")


def test_initials_find_and_are_taken_back(wall: Wall) -> None:
    everything = len(wall.found())
    assert everything >= 300
    for key in "ㄷㄹㅇ":
        wall.press(f"sources.find.{key}")
    assert {"seoul-bikes", "demo-bike-repairs", "bike"} <= set(wall.found())
    assert len(wall.found()) < 30
    few = len(wall.found())
    wall.press(ERASE)
    assert len(wall.found()) >= few
    wall.press(CLEAR)
    assert len(wall.found()) == everything


def test_letters_find_in_english(city: MemoryRepositories, qtbot: QtBot) -> None:
    wall = Wall(city, qtbot, "en")
    for key in "bicycl":
        wall.press(f"sources.find.{key}")
    assert "seoul-bikes" in wall.found()


def test_the_switch_parts_real_from_simulated(wall: Wall, city: MemoryRepositories) -> None:
    simulated = {source.id for source in city.sources() if source.simulated}
    everything = set(wall.found())
    wall.press("sources.show.simulated")
    assert set(wall.found()) == simulated
    wall.press("sources.show.real")
    assert set(wall.found()) == everything - simulated
    wall.press("sources.show.trouble")
    assert wall.found()
    assert all(line.trouble is not None and not line.idle for line in wall.view.book.found)


def test_pages_turn(wall: Wall) -> None:
    assert wall.view.book.pages() > 5
    first = wall.shell.grab().toImage()
    wall.press(NEXT)
    QApplication.processEvents()
    second = wall.shell.grab().toImage()
    assert first != second
    wall.press(PREVIOUS)
    QApplication.processEvents()
    assert wall.shell.grab().toImage() == first


def test_trouble_is_told_in_words_and_comes_first(city: MemoryRepositories) -> None:
    broken = Source(
        *("x", text("x"), text("y"), "", "", 60),
        last_success_ms=NOW_MS - 3_600_000,
        last_error=text("응답이 없습니다"),
    )
    idle = Source("z", text("z"), text("y"), "", "", 60, idle=text("열쇠가 없어 쓰지 않습니다"))
    presenter = SourcesPresenter()
    few = MemoryRepositories([idle, broken])
    data = presenter.query(few, at("sources"))  # type: ignore[arg-type]
    model = presenter.present(at("sources"), data, live(few), NOW_MS)
    assert [line.id for line in model.lines] == ["x", "z"]
    assert model.lines[0].trouble == text("응답이 없습니다")
    assert (model.lines[0].quality, model.count("trouble")) == ("stale", 1)


def test_a_catalogue_whose_cameras_are_not_opened_says_which_and_why() -> None:
    row = Source(
        id="its-cctv",
        name=text("교통 CCTV"),
        owner=text("국토교통부"),
        licence="KOGL",
        url="",
        period_s=600,
        last_success_ms=NOW_MS,
        rejected=2,
        refused=(text("정문: 주소가 이 기계를 가리킵니다"), text("옥상: 너무 깁니다")),
    )
    city = demo_city()
    city.put(row)
    model = model_of("sources", city, at("sources"))
    (line,) = [line for line in model.lines if line.id == row.id]
    assert line.belongs("trouble")
    assert line.trouble is not None
    assert line.trouble.ko == "카메라 2대를 열지 않습니다. 정문: 주소가 이 기계를 가리킵니다"
