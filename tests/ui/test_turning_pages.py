"""A panel's list is turned by command: the largest one that is seen and has several pages."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.looks import ChartLook
from kiosk.panels.view import PanelView
from kiosk.ui.theme import make_theme
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of, put_on_wall


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def view_of(qtbot: QtBot, city: MemoryRepositories, panel: str, **place: object) -> PanelView:
    theme = make_theme(1920, 1080)
    model = model_of(panel, city, at(panel, **place))
    shell, view = put_on_wall(panel, model, theme, 1920, 1080, [])
    qtbot.addWidget(shell)
    QApplication.processEvents()
    return view


@pytest.mark.parametrize(
    ("panel", "place"),
    [
        ("indicators", {}),
        ("indicators", {"indicator": "employment-rate", "chart": ChartLook(as_table=True)}),
        ("places", {"only": "wifi", "district": "11680"}),
    ],
)
def test_its_pages_are_known_and_turned(
    qtbot: QtBot, city: MemoryRepositories, panel: str, place: dict[str, object]
) -> None:
    view = view_of(qtbot, city, panel, **place)
    pages = view.pages()
    assert pages is not None
    assert pages[0] == 0
    assert pages[1] > 1
    view.turn_to(pages[1] - 1)
    assert view.pages() == (pages[1] - 1, pages[1])
    view.turn_to(0)
    assert view.pages() == pages


def test_a_panel_without_a_list_has_no_pages(qtbot: QtBot, city: MemoryRepositories) -> None:
    view = view_of(qtbot, city, "home")
    assert view.pages() is None
    view.turn_to(3)
