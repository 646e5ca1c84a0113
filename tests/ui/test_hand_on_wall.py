"""A hand in the air on the wall: it drags the map, presses what it points at, and is named."""

import pytest
from pytestqt.qtbot import QtBot

from gestures.events import GestureKind, Phase, Refusal
from kiosk.app.lamps import top_bar
from kiosk.app.world import WallWorld
from kiosk.core.invocation import Source, Status
from kiosk.core.state import Place, replace
from kiosk.settings.model import CitySettings
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.components.gesture_hud import REFUSAL_WORDS, GestureHud
from kiosk.wire.text import Text
from tests.helpers.hand_wall import HandWall
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture
def wall(qtbot: QtBot, city: MemoryRepositories) -> HandWall:
    return HandWall(qtbot, city, replace(at("home"), map_zoom=4.0))


def drag(wall: HandWall, *places: tuple[float, float]) -> None:
    wall.hand(GestureKind.GRAB_DRAG, Phase.BEGAN, places[0])
    for place in places[1:]:
        wall.hand(GestureKind.GRAB_DRAG, Phase.CHANGED, place)
    wall.hand(GestureKind.GRAB_DRAG, Phase.ENDED, places[-1])


def test_the_map_follows_the_hand_and_is_asked_for_once(wall: HandWall) -> None:
    drag(wall, (0.5, 0.5), *((0.5 - i / 100, 0.5) for i in range(20)), (0.3, 0.5))
    ((command, args, trigger),) = wall.asked
    assert (command, trigger) == ("map.view", "gesture:grab_drag")
    assert args["zoom"] == 4.0
    assert args["x"] > 0.5  # what lay to the right came to the middle
    (outcome,) = wall.submit_asked()
    assert outcome.done
    assert [(r.command, r.source) for r in wall.heart.records] == [("map.view", Source.GESTURE)]


def test_while_it_is_dragged_a_picture_of_it_moves(wall: HandWall) -> None:
    city_map = wall.panel.findChild(DistrictMap)
    assert city_map is not None
    wall.hand(GestureKind.GRAB_DRAG, Phase.BEGAN, (0.5, 0.5))
    wall.hand(GestureKind.GRAB_DRAG, Phase.CHANGED, (0.45, 0.5))
    assert not city_map.canvas.isVisible()
    wall.hand(GestureKind.GRAB_DRAG, Phase.ENDED, (0.45, 0.5))
    assert city_map.canvas.isVisible()


def test_a_hand_that_is_lost_leaves_the_map_where_it_was_dragged(wall: HandWall) -> None:
    wall.hand(GestureKind.GRAB_DRAG, Phase.BEGAN, (0.5, 0.5))
    wall.hand(GestureKind.GRAB_DRAG, Phase.CHANGED, (0.4, 0.5))
    wall.hand(GestureKind.GRAB_DRAG, Phase.ENDED)
    assert [command for command, _, _ in wall.asked] == ["map.view"]


def test_where_there_is_no_map_one_refusal_is_told(qtbot: QtBot, city: MemoryRepositories) -> None:
    wall = HandWall(qtbot, city, at("system"))
    drag(wall, (0.5, 0.5), (0.4, 0.5), (0.3, 0.5))
    assert wall.asked == []
    assert [r.status for r in wall.heart.records] == [Status.UNAVAILABLE]


def test_a_locked_wall_is_not_dragged(wall: HandWall) -> None:
    wall.heart.store.put(replace(wall.heart.store.state, locked=True))
    drag(wall, (0.5, 0.5), (0.4, 0.5), (0.3, 0.5))
    assert wall.asked == []
    assert [r.status for r in wall.heart.records] == [Status.UNAVAILABLE]


def test_a_pinch_presses_what_the_pointer_is_on(wall: HandWall) -> None:
    target = wall.shell.find_target("indicator.open")
    assert target is not None
    place = target.middle().x() / wall.shell.width(), target.middle().y() / wall.shell.height()
    wall.sees(pointer=place)
    wall.hand(GestureKind.PINCH_TAP)
    assert [(c, t) for c, _, t in wall.asked] == [("indicator.open", "gesture:pinch_tap")]


def test_the_hud_names_the_gesture_and_what_it_does_here(wall: HandWall) -> None:
    wall.sees(candidate=GestureKind.VICTORY)
    wall.heart.clock.advance(200)
    wall.sees(candidate=GestureKind.VICTORY)
    hud = wall.shell.findChild(GestureHud)
    assert hud is not None
    assert hud.view.words.ko == "두 손가락: 비교 보기"
    wall.heart.clock.advance(60)
    wall.sees(candidate=GestureKind.POINT)  # a guess of a moment
    assert hud.view.words.ko == "두 손가락: 비교 보기"


def test_help_lists_all_seventeen_and_what_they_do_for_this_person(
    qtbot: QtBot, city: MemoryRepositories
) -> None:
    state = replace(at("help"), past=(Place("cctv"),))
    model = model_of("help", city, state)
    does = {line.kind: line.does.ko for line in model.gestures}
    assert set(does) == set(GestureKind)
    assert all(does.values())
    assert (does[GestureKind.SWIPE_LEFT], does[GestureKind.THREE]) == ("다음 카메라", "CCTV 열기")
    theirs = model_of("help", city, replace(state, person="left_handed"))
    assert {line.kind: line.does.ko for line in theirs.gestures}[GestureKind.SWIPE_LEFT] == (
        "이전 카메라"
    )
    assert [who.chosen for who in theirs.people] == [False, True]


def test_every_refusal_is_worded() -> None:
    assert set(REFUSAL_WORDS) == set(Refusal)


def test_the_top_bar_names_whose_gestures_count(wall: HandWall) -> None:
    world = WallWorld({}, wall.heart.clock)
    who = Text("김", "Kim")
    view = top_bar("home", Text("", ""), world, CitySettings(), False, False, None, who)
    assert view.subtitle.ko == "김"
