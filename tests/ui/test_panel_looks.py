"""How panels draw: what is read side by side has one scale, and no part of a whole is mute."""

from collections.abc import Iterable

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.panels.orders.table import OrderTable
from kiosk.panels.outline.rings import RingsView
from kiosk.panels.outline.sheet import ItemSheet
from kiosk.panels.outline.table import OutlineTable
from kiosk.panels.outline.treemap import TreemapView
from kiosk.panels.parts import SectionHead
from kiosk.panels.view import PanelView
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.component import Component
from kiosk.ui.components.figure_tile import FigureTile
from kiosk.ui.paint import Mark
from kiosk.ui.theme import Language, make_theme
from kiosk.wire.text import Text
from tests.helpers import some_orders
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of, put_on_wall

WALLS = ((1920, 1080), (1080, 1920), (2288, 1080))


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def view_of(
    qtbot: QtBot,
    city: MemoryRepositories,
    panel: str,
    size: tuple[int, int] = (1920, 1080),
    language: Language = "ko",
    **place: str,
) -> PanelView:
    theme = make_theme(*size, language=language)
    model = model_of(panel, city, at(panel, **place))
    shell, view = put_on_wall(panel, model, theme, *size, [])
    qtbot.addWidget(shell)
    QApplication.processEvents()
    return view


def written(piece: Component) -> list[Mark]:
    marks: list[Mark] = []
    image = QImage(piece.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    piece.paint_on(painter, marks)
    painter.end()
    return marks


def scales(tiles: Iterable[FigureTile]) -> set[tuple[float | None, float | None, float | None]]:
    sparks = [tile.view.spark for tile in tiles]
    return {(s.low, s.high, s.threshold) for s in sparks if s is not None}


def test_lines_of_places_side_by_side_have_one_scale_and_one_threshold(
    qtbot: QtBot, city: MemoryRepositories
) -> None:
    view = view_of(qtbot, city, "compare", indicator="pm25", district="11710")
    ((low, high, line),) = scales(view.findChildren(FigureTile))
    assert low is not None
    assert high is not None
    assert line is not None
    assert low < line <= high


def test_places_of_which_one_is_the_sum_keep_their_own_scales(
    qtbot: QtBot, city: MemoryRepositories
) -> None:
    view = view_of(qtbot, city, "compare", indicator="population")
    assert scales(view.findChildren(FigureTile)) == {(None, None, None)}


@pytest.mark.parametrize("size", WALLS)
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("item", ["budget-year", "it-types", "it-smart", None])
def test_every_part_of_a_whole_but_a_sliver_says_its_name_or_its_amount(
    qtbot: QtBot,
    city: MemoryRepositories,
    size: tuple[int, int],
    language: Language,
    item: str | None,
) -> None:
    place = {"item": item} if item else {}
    view = view_of(qtbot, city, "investment" if item else "goals", size, language, **place)
    (treemap,) = view.findChildren(TreemapView)
    marks = written(treemap)
    theme = treemap.theme
    large = [
        (c, box) for c, box in treemap.cells() if min(box.width(), box.height()) > theme.px(20)
    ]
    assert len(large) > 1
    for cell, box in large:
        inside = " ".join(mark.text for mark in marks if box.contains(mark.ink.center()))
        first = theme.say(cell.title).split()[0]
        assert first in inside or theme.say(cell.amount.value) in inside, cell.title


def test_words_up_a_slim_part_are_marked_where_they_lie(
    qtbot: QtBot, city: MemoryRepositories
) -> None:
    view = view_of(qtbot, city, "investment", item="it-types")
    (treemap,) = view.findChildren(TreemapView)
    slim = min(treemap.cells(), key=lambda part: part[1].width())
    assert slim[0].title == Text("소프트웨어 개발", "Software development")
    (name,) = (mark for mark in written(treemap) if mark.text == "소프트웨어 개발")
    assert slim[1].contains(name.ink)
    assert name.ink.height() > name.ink.width()


def test_what_is_simulated_is_said_once_where_it_holds_for_every_line(
    qtbot: QtBot, city: MemoryRepositories
) -> None:
    for panel, marked in (("pledges", False), ("plans", True)):
        view = view_of(qtbot, city, panel)
        tables = [t for t in view.findChildren(OutlineTable) if t.isVisibleTo(view)]
        tags = [mark for t in tables for mark in written(t) if mark.text == "모의"]
        assert bool(tags) is marked, panel
        heads = [h for h in view.findChildren(SectionHead) if h.isVisibleTo(view)]
        assert any(mark.text == "모의" for h in heads for mark in written(h)), panel


def test_a_picture_takes_the_room_that_its_words_leave(
    qtbot: QtBot, city: MemoryRepositories
) -> None:
    few = view_of(qtbot, city, "relations", item="partner-tashkent")
    (rings,), (sheet,) = few.findChildren(RingsView), few.findChildren(ItemSheet)
    assert sheet.wanted_px(sheet.area().width()) <= sheet.height()
    roomy = rings.height()
    many = view_of(qtbot, city, "projects", item="major-03")
    (mapped,) = many.findChildren(DistrictMap)
    assert roomy > mapped.height()


@pytest.mark.parametrize("size", WALLS)
def test_a_long_order_is_cut_between_words_and_as_large_as_others(
    qtbot: QtBot, city: MemoryRepositories, size: tuple[int, int]
) -> None:
    some_orders.told(city)
    theme = make_theme(*size)
    model = model_of("orders", city, at("orders"), **some_orders.orders(city))
    shell, view = put_on_wall("orders", model, theme, *size, [])
    qtbot.addWidget(shell)
    (table,) = view.findChildren(OrderTable)
    marks = written(table)
    heads = [mark for mark in marks if mark.size_px == theme.font("tab", 700).pixelSize()]
    (cut,) = (mark for mark in heads if mark.text.endswith("…"))
    whole = next(line.text for line in model.lines if line.text.startswith(cut.text[:8]))
    assert whole.startswith(cut.text.removesuffix("…") + " ")
    assert cut.condensed == 1.0
