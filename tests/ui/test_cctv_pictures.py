"""The camera wall in every way that it can stand: no word cut off or over another, none too small,
whatever its cameras are like."""

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.camera_wall import CameraWall, Tour
from kiosk.core.state import replace
from kiosk.ui.ruler import Ruler
from kiosk.ui.theme import make_theme
from kiosk.wire.messages import CameraState
from kiosk.wire.text import Text
from tests.helpers.panel_city import (
    NOW_MS,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    put_on_wall,
)
from tests.ui.test_panel_pictures import WALLS, words_and_pieces_have_their_room

SILENT = Text("카메라가 답하지 않습니다", "the camera does not answer")
TOUR = Tour(600, NOW_MS + 599_000)
WAYS: dict[str, tuple[CameraWall, str | None]] = {
    "one": (CameraWall(tiles=1), None),
    "four": (CameraWall(tiles=4, tour=TOUR), None),
    "nine": (CameraWall(), None),
    "sixteen": (CameraWall(tiles=16), None),
    "film": (CameraWall(film=True, page=7), None),
    "opened": (CameraWall(zoom=3.0, x=0.4, y=0.6), "hangang-bridge"),
    "opened-touring": (CameraWall(tour=TOUR), "namsan-tunnel"),
}


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    """One of its cameras has the number of a city with thousands."""
    made = demo_city()
    made.put(msgspec.structs.replace(made.cameras()[1], number=2001))
    return made


def trouble(city: MemoryRepositories) -> dict[str, CameraState]:
    """Every camera is in another state; the rest are well."""
    ids = [camera.id for camera in city.cameras()]
    states = {one: CameraState(one, "live", NOW_MS - 200, camera_t_ms=NOW_MS - 900) for one in ids}
    ill = (
        CameraState(ids[0], "delayed", NOW_MS - 300, delay_ms=42_000),
        CameraState(ids[1], "stale", NOW_MS - 7_200),
        CameraState(ids[2], "lost", NOW_MS - 754_000, attempt=5, reason=SILENT),
        CameraState(ids[3], "lost", None, attempt=3, reason=SILENT),
        CameraState(ids[4], "connecting", NOW_MS - 2 * 86_400_000, kept=True),
        CameraState(ids[5], "off", None, reason=SILENT),
        CameraState(ids[6], "connecting", None, attempt=14),
        CameraState(ids[7], "live", NOW_MS - 200, camera_t_ms=NOW_MS - 754_000),
    )
    return states | {state.camera: state for state in ill}


@pytest.mark.parametrize("look", WALLS)
@pytest.mark.parametrize("way", WAYS)
def test_words_and_pieces_of_the_camera_wall_have_their_room(
    qtbot: QtBot, city: MemoryRepositories, way: str, look: str
) -> None:
    width, height, name, language, factor = WALLS[look]
    wall, camera = WAYS[way]
    theme = make_theme(width, height, name, language=language, type_factor=factor)
    state = replace(at("cctv", camera=camera), cctv=wall)
    model = model_of("cctv", city, state, cameras=trouble(city))
    shell, _ = put_on_wall("cctv", model, theme, width, height, [])
    qtbot.addWidget(shell)
    QApplication.processEvents()
    words_and_pieces_have_their_room(shell)


def test_a_number_of_four_digits_stands_in_a_ring_of_its_width(qapp: QApplication) -> None:
    ruler = Ruler(make_theme(1920, 1080))
    size_px = 28.0
    digits = ruler.theme.metrics(ruler.number_role(size_px), 700, False)
    assert ruler.ringed_number_px(7, size_px) == size_px
    for number in (100, 999, 2001, 12_345):
        room = ruler.ringed_number_px(number, size_px) - digits.horizontalAdvance(str(number))
        assert room >= size_px * 0.4
