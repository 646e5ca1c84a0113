"""Every panel on every wall: no word cut off, none over another, none too small to read."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.looks import AreasLook, ChartLook
from kiosk.core.state import PairingView, ViewState, replace
from kiosk.core.state import look as look_at
from kiosk.panels import find_panels
from kiosk.panels.indicators.view import IndicatorsView
from kiosk.ui.charts.camera_caption import CameraCaption
from kiosk.ui.charts.camera_tile import CameraTile
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.charts.map_model import NEUTRAL, OTHER_SIDE, RAMP, MapGrade
from kiosk.ui.charts.map_names import name_ink
from kiosk.ui.component import Component
from kiosk.ui.components.dock import Dock
from kiosk.ui.components.figure_tile import FigureTile
from kiosk.ui.components.top_bar import TopBar, TopBarView
from kiosk.ui.hits import all_hits
from kiosk.ui.paint import Mark
from kiosk.ui.shell import Shell
from kiosk.ui.theme import SMALLEST_TYPE_U, Language, Theme, ThemeName, contrast, make_theme
from kiosk.wire.text import Text
from tests.helpers import some_complaints, some_incidents, some_orders
from tests.helpers.furnished import furnish
from tests.helpers.panel_city import (
    NOW_MS,
    MemoryRepositories,
    at,
    corner_of,
    demo_city,
    live,
    model_of,
    put_on_wall,
    visible_components,
)
from tests.helpers.words import words_of

Models = Callable[[str], tuple[ViewState, Any]]
Pixels = npt.NDArray[np.uint32]
Said = list[tuple[Component, list[Mark]]]

WALLS: dict[str, tuple[int, int, ThemeName, Language, float]] = {
    "1080p": (1920, 1080, "dark", "ko", 1.0),
    "4k": (3840, 2160, "light", "ko", 1.0),
    "wall": (2288, 1080, "dark", "ko", 1.0),
    "upright": (1080, 1920, "dark", "ko", 1.0),
    "large": (1920, 1080, "high_contrast", "ko", 1.15),
    "largest": (3840, 2160, "dark", "ko", 1.3),
    "english": (1920, 1080, "dark", "en", 1.0),
}
SCREENS = ((1920, 1080), (3840, 2160), (1080, 1920))
THEMES: tuple[ThemeName, ...] = ("dark", "light")
LANGUAGES: tuple[Language, ...] = ("ko", "en")
EVERY_LOOK: dict[str, tuple[int, int, ThemeName, Language, float]] = {
    f"{width}x{height}-{language}-{theme}": (width, height, theme, language, 1.0)
    for width, height in SCREENS
    for language in LANGUAGES
    for theme in THEMES
}
PICTURES = "KIOSK_PICTURES"  # a folder for the pictures that the long test makes
VIEWS: dict[str, tuple[str, dict[str, Any]]] = {
    "home": ("home", {}),
    "home-district": ("home", {"district": "11710"}),
    "home-layers": ("home", {}),
    "board": ("indicators", {}),
    "live-figure": ("indicators", {"indicator": "pm25", "district": "11710"}),
    "published-figure": ("indicators", {"indicator": "population"}),
    "city-only-figure": ("indicators", {"indicator": "temperature"}),
    "months": ("indicators", {"indicator": "pm25", "district": "11710", "period": "month"}),
    "people": (
        "indicators",
        {"indicator": "ambulance", "period": "year", "sex": "female", "age": "20-29"},
    ),
    "inside-a-district": ("indicators", {"indicator": "complaints", "district": "11710"}),
    "neighbourhood": (
        "indicators",
        {"indicator": "complaints", "district": "11710", "neighbourhood": "11710650"},
    ),
    "board-narrowed": ("indicators", {"only": "worse"}),
    "marked": (
        "indicators",
        {
            "indicator": "employment-rate",
            "chart": ChartLook(
                marks=("highest", "lowest", "mean", "trend", "before"), at="2024-05"
            ),
        },
    ),
    "marked-open": (
        "indicators",
        {"indicator": "complaints", "chart": ChartLook(marks=("mean",), time="2023/2025")},
    ),
    "live-figure-open": ("indicators", {"indicator": "pm25", "district": "11710"}),
    "table": ("indicators", {"indicator": "complaints", "chart": ChartLook(as_table=True)}),
    "men-and-women": ("indicators", {"indicator": "complaints", "chart": ChartLook(split="sex")}),
    "ages": ("indicators", {"indicator": "road-deaths", "chart": ChartLook(split="age")}),
    "ranking": ("ranking", {"indicator": "population", "district": "11710"}),
    "ranking-change": (
        "ranking",
        {"indicator": "population", "areas": AreasLook(order="change", most=-5)},
    ),
    "compare": ("compare", {"indicator": "pm25", "district": "11710"}),
    "compare-indexed": (
        "compare",
        {"indicator": "population", "areas": AreasLook(("11710", "11680", "11650"), indexed=True)},
    ),
    "compare-sums": ("compare", {"indicator": "population"}),
    "cctv": ("cctv", {}),
    "cctv-open": ("cctv", {"camera": "gwanghwamun"}),
    "system": ("system", {}),
    "sources": ("sources", {}),
    "usage": ("usage", {}),
    "disclosure": ("disclosure", {}),
    "help": ("help", {}),
    "help-commands": ("help", {"only": "commands"}),
    "pairing": ("pairing", {}),
    "orders": ("orders", {}),
    "order-open": ("orders", {"item": "o-refused"}),
    "order-new": ("orders", {"about": "indicators/pm25"}),
    "incidents": ("incident", {}),
    "incident-fire": ("incident", {"item": some_incidents.FIRE}),
    "incident-alert": ("incident", {"item": some_incidents.ALERT}),
    "incident-map": ("incident", {"item": some_incidents.FIRE, "only": "map"}),
    "incident-area": ("incident", {"item": some_incidents.AREA}),
    "incident-over": ("incident", {"item": some_incidents.OVER}),
    "air": ("air", {}),
    "air-district": ("air", {"district": "11380"}),
    "traffic": ("traffic", {}),
    "water": ("water", {}),
    "health": ("health", {}),
    "culture": ("culture", {}),
    "education": ("education", {}),
    "environment": ("environment", {"district": "11710"}),
    "pledges": ("pledges", {}),
    "voices": ("voices", {}),
    "calls": ("voices", {"item": "dasan-calls"}),
    "news": ("news", {}),
    "news-open": ("news", {"item": "demo-news-55"}),
    "stations": ("places", {}),
    "station": (
        "places",
        {"only": "stations", "district": "11710", "item": "subway-11710-1"},
    ),
    "car-parks": ("places", {"only": "parking", "district": "11710"}),
    "access-points": ("places", {"only": "wifi", "district": "11710"}),
    "centres": ("places", {"only": "centres", "district": "11710"}),
    "night-routes": ("programmes", {"item": "night-owl"}),
    "regeneration": ("projects", {"item": "regeneration-03"}),
    "votes-narrowed": ("votes", {"only": "content"}),
    "votes": ("votes", {}),
    "poll": ("votes", {"item": "poll-night-bus"}),
    "pledge": ("pledges", {"item": "with-u-centre"}),
    "investment-types": ("investment", {"item": "it-types"}),
    "budget": ("investment", {"item": "budget-year"}),
    "projects": ("projects", {}),
    "projects-smart": ("projects", {"item": "projects-smart", "district": "11710"}),
    "project": ("projects", {"item": "major-03"}),
    "plans": ("plans", {}),
    "plan-action": ("plans", {"item": "living-lab"}),
    "platform": ("programmes", {"item": "platform"}),
    "relations": ("relations", {}),
    "partner": ("relations", {"item": "partner-tashkent"}),
    "goals": ("goals", {}),
    "goal": ("goals", {"item": "sdg-11"}),
    "complaints": ("complaints", {}),
    "complaint-open": ("complaints", {"item": "c-7", "district": "11710"}),
    "search": ("search", {}),
    "reply": ("complaints", {"item": "c-7", "about": "complaints/c-7"}),
}
OPENED_BY = {
    "home-layers": "home.layers",
    "marked-open": "indicator.look",
    "live-figure-open": "indicator.look",
}
"""What is pressed on the panel before it is looked at."""
MARK, MARKS_APART = "mark ", 1.2  # of their size; they have no corners in their box's corners
SONGPA = (4.2, 0.78, 0.62)  # zoom and middle with which the district is opened
LEAST_CONDENSED = 0.8
LEAST_CONTRAST = 4.5


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    city = demo_city()
    some_orders.told(city)
    some_complaints.put(city)
    some_incidents.put(city)
    return city


@pytest.fixture(scope="module")
def models(city: MemoryRepositories) -> Models:
    """State and model of each view, made once for all walls."""

    @cache
    def made(view_name: str) -> tuple[ViewState, Any]:
        panel, place = VIEWS[view_name]
        state = at(panel, **place)
        if view_name == "home-district":
            state = look_at(state, *SONGPA)
        if panel == "pairing":
            offer = PairingView(
                "https://kiosk.local:8443/#" + "a" * 24, NOW_MS + 9_000, "r", "T", "482913"
            )
            state = replace(state, pairing=offer)
        told = some_orders.orders(city) if panel in ("orders", "complaints") else {}
        return state, model_of(panel, city, state, **told)

    return made


@pytest.fixture(params=VIEWS)
def view_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=WALLS)
def wall(request: pytest.FixtureRequest, qtbot: QtBot, models: Models, view_name: str) -> Shell:
    shell, _ = stand(models, view_name, WALLS[request.param])
    qtbot.addWidget(shell)
    return shell


def stand(
    models: Models, view_name: str, look: tuple[int, int, ThemeName, Language, float]
) -> tuple[Shell, ViewState]:
    """A panel on a wall of that look, and the state that it shows."""
    width, height, name, language, factor = look
    state, model = models(view_name)
    theme = make_theme(width, height, name, language=language, type_factor=factor)
    shell, _ = put_on_wall(state.panel, model, theme, width, height, [])
    if view_name in OPENED_BY:
        hit = shell.find_target("", place=OPENED_BY[view_name])
        assert hit is not None
        assert isinstance(hit.widget, Component)
        hit.widget.activate(hit.target)
    QApplication.processEvents()
    return shell, state


def words_and_pieces_have_their_room(wall: Shell) -> None:
    """Each piece is asked once for its words, which takes the longest."""
    said = [(piece, words_of(piece)) for piece in visible_components(wall.panel)]
    words_stand_out(wall, said)
    words_are_whole_and_large_enough(wall, said)
    no_word_lies_over_another(wall, said)
    pieces_lie_inside_the_panel_and_apart(wall)
    what_can_be_pressed_is_large_enough(wall)


def words_are_whole_and_large_enough(wall: Shell, said: Said) -> None:
    theme = wall.theme
    slack = theme.px(1) + 1
    for piece, marks in said:
        area = piece.area().adjusted(-slack, -slack, slack, slack)
        for mark in marks:
            words = f"{type(piece).__name__}: “{mark.text}”"
            assert area.contains(mark.ink), f"{words} is cut off"
            assert not mark.elided or isinstance(piece, CameraCaption), f"{words} lost its end"
            assert mark.condensed >= LEAST_CONDENSED, f"{words} squeezed to {mark.condensed:.2f}"
            assert mark.size_px >= theme.px(SMALLEST_TYPE_U), f"{words} is too small"
    assert sum(len(marks) for _, marks in said) > 5, "the panel says something"


def no_word_lies_over_another(wall: Shell, said: Said) -> None:
    slack = wall.theme.px(1) + 1
    placed: list[tuple[str, QRectF]] = []
    for piece, marks in said:
        corner = QPointF(corner_of(piece, wall.panel))
        placed += [(mark.text, mark.ink.translated(corner)) for mark in marks]
        if isinstance(piece, DistrictMap):
            boxes = piece.canvas.name_boxes() | piece.canvas.marker_boxes()
            placed += [(code, box.translated(corner)) for code, box in boxes.items()]
    for index, (text, ink) in enumerate(placed):
        for other, lies in placed[index + 1 :]:
            shared = ink.intersected(lies)
            both = text.startswith(MARK) and other.startswith(MARK)
            far = QLineF(ink.center(), lies.center()).length() > MARKS_APART * ink.width()
            apart = shared.width() < slack or shared.height() < slack or (both and far)
            assert apart, f"“{text}” lies over “{other}”"


def pieces_lie_inside_the_panel_and_apart(wall: Shell) -> None:
    panel = wall.panel
    edge = wall.theme.px(6)
    room = panel.rect().adjusted(-edge, -edge, edge, edge)
    pieces = [c for c in panel.children() if isinstance(c, Component) and c.isVisibleTo(panel)]
    for piece in pieces:
        assert room.contains(piece.geometry()), f"{type(piece).__name__} {piece.geometry()}"
    for index, piece in enumerate(pieces):
        for other in pieces[index + 1 :]:
            shared = piece.geometry().intersected(other.geometry())
            assert min(shared.width(), shared.height()) <= edge, (piece, other)


def what_can_be_pressed_is_large_enough(wall: Shell) -> None:
    least = wall.theme.touch_min_px()
    hits = [hit for hit in all_hits(wall) if wall.panel.isAncestorOf(hit.widget)]
    for hit in hits:
        if hit.target.trigger.startswith("ranking."):
            continue  # the map beside it selects the same district
        assert hit.rect.height() >= least - 1, f"{hit.target.trigger} is too low"
        assert hit.rect.width() >= least - 1, f"{hit.target.trigger} is too narrow"


def words_stand_out(wall: Shell, said: Said) -> None:
    picture = wall.panel.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = np.frombuffer(picture.constBits(), np.uint32)
    pixels = colours.reshape(picture.height(), picture.bytesPerLine() // 4)[:, : picture.width()]
    for piece, marks in said:
        if isinstance(piece, CameraTile):
            continue  # its words lie on a picture; the tile darkens it, see the tile's own test
        corner = QPointF(corner_of(piece, wall.panel))
        for mark in marks:
            ground = ground_of(pixels, mark.ink.translated(corner))
            ratio = contrast(piece.theme.color(mark.color), ground)
            assert ratio >= LEAST_CONTRAST, f"“{mark.text}” has {ratio:.1f}:1"


def ground_of(pixels: Pixels, ink: QRectF) -> QColor:
    """The commonest colour around and between the letters (a lone ㅣ fills its own frame)."""
    beside = max(2.0, ink.height() / 4)
    room = QRect(0, 0, pixels.shape[1], pixels.shape[0])
    frame = ink.adjusted(-beside, -2, beside, 2).toRect().intersected(room)
    step_x, step_y = max(1, frame.width() // 37), max(1, frame.height() // 11)
    seen, counts = np.unique(
        pixels[
            frame.top() : frame.bottom() + 1 : step_y, frame.left() : frame.right() + 1 : step_x
        ],
        return_counts=True,
    )
    return QColor(int(seen[counts.argmax()]))


@pytest.mark.parametrize("name", ["dark", "light", "high_contrast"])
def test_names_stand_out_on_every_class_of_the_map(qapp: QApplication, name: ThemeName) -> None:
    theme = make_theme(1920, 1080, name)
    for color in (*RAMP, OTHER_SIDE, NEUTRAL):
        ink = name_ink(theme, MapGrade(Text("", ""), color))
        assert contrast(ink, theme.color(color)) >= LEAST_CONTRAST, color
    assert contrast(name_ink(theme, None), theme.color("chart.gapFill")) >= LEAST_CONTRAST


def test_words_and_pieces_have_their_room(wall: Shell) -> None:
    words_and_pieces_have_their_room(wall)


@pytest.mark.long
@pytest.mark.parametrize("look", EVERY_LOOK)
def test_in_every_look_words_have_their_room_and_glyphs(
    qtbot: QtBot, city: MemoryRepositories, models: Models, view_name: str, look: str
) -> None:
    wall, state = stand(models, view_name, EVERY_LOOK[look])
    qtbot.addWidget(wall)
    furnish(wall, state, city)
    QApplication.processEvents()
    if PICTURES in os.environ:
        folder = Path(os.environ[PICTURES])
        folder.mkdir(parents=True, exist_ok=True)
        wall.grab().save(str(folder / f"{view_name}-{look}.png"))
    words_and_pieces_have_their_room(wall)
    around = [p for p in visible_components(wall) if not wall.panel.isAncestorOf(p)]
    assert {type(piece) for piece in around} >= {TopBar, Dock}
    for piece in around:
        room = piece.area().adjusted(-2, -2, 2, 2)
        for mark in words_of(piece):
            assert room.contains(mark.ink), f"{type(piece).__name__}: “{mark.text}” is cut off"
            assert mark.condensed >= LEAST_CONDENSED, f"“{mark.text}” is squeezed"
    assert missing_glyphs(wall) == set()


def missing_glyphs(wall: Shell) -> set[str]:
    """Letters that none of the wall's faces has: they would be drawn as boxes."""
    faces = [QRawFont.fromFont(QFont(family)) for family in wall.theme.families]
    said = {letter for p in visible_components(wall) for m in words_of(p) for letter in m.text}
    return {x for x in said if not any(face.supportsCharacter(ord(x)) for face in faces)}


def test_a_letter_that_no_face_has_is_found(qapp: QApplication, qtbot: QtBot) -> None:
    wall = Shell(make_theme(1920, 1080), lambda *_: None)
    qtbot.addWidget(wall)
    wall.resize(1920, 1080)
    wall.set_top_bar(TopBarView(Text("시정 \U0001fae8", "")))
    wall.show()
    assert missing_glyphs(wall) == {"\U0001fae8"}


@pytest.mark.parametrize("look", EVERY_LOOK)
def test_all_indicators_at_once_have_their_room(qtbot: QtBot, models: Models, look: str) -> None:
    wall, _ = stand(models, "board", EVERY_LOOK[look])
    qtbot.addWidget(wall)
    assert isinstance(wall.panel, IndicatorsView)
    wall.panel.board.show_all_at_once(True)
    words_and_pieces_have_their_room(wall)


@pytest.mark.parametrize("look", ["1080p", "4k", "wall", "english"])
def test_key_figures_of_the_first_screen_are_a_25th_of_the_wall_high(
    qtbot: QtBot, models: Models, look: str
) -> None:
    wall, _ = stand(models, "home", WALLS[look])
    qtbot.addWidget(wall)
    tiles = wall.panel.findChildren(FigureTile)
    assert len(tiles) == 6
    for tile in tiles:
        (figure,) = (mark for mark in words_of(tile) if mark.text == tile.view.value)
        digits = QFontMetricsF(tile.theme.font("figureM")).capHeight()
        assert figure.size_px == tile.theme.font("figureM").pixelSize(), figure.text
        assert digits >= wall.height() / 25


def test_every_panel_has_a_picture_here() -> None:
    assert {spec.id for spec in find_panels()} == {panel for panel, _ in VIEWS.values()}


def test_a_panel_draws_before_its_first_row(qtbot: QtBot, theme: Theme) -> None:
    empty = MemoryRepositories(())
    for spec in find_panels():
        presenter = spec.load_presenter()
        model = presenter.present(at(spec.id), None, live(empty), NOW_MS)
        shell, _ = put_on_wall(spec.id, model, theme, 1920, 1080, [])
        qtbot.addWidget(shell)
        QApplication.processEvents()
        assert not shell.grab().isNull()
        assert presenter.project(model).panel == spec.id


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return make_theme(1920, 1080)
