"""Push to talk by finger, hand, key and tablet: one way in, and what the wall shows meanwhile."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gestures.events import GestureKind
from kiosk.core.invocation import Source
from kiosk.core.state import replace
from kiosk.ui.components.voice_hud import VoiceHud
from kiosk.wire.messages import (
    Device,
    Health,
    Listen,
    TabletRequest,
    VoiceMatched,
    VoiceRefused,
    VoiceView,
)
from tests.helpers.hand_wall import HandWall
from tests.helpers.panel_city import MemoryRepositories, at, demo_city
from voice.events import Context, IntentMatch, ListeningState, NoMatch, NoMatchReason, VoiceStatus

LISTEN = Listen(context=Context.UNASKED)
ZOOM = IntentMatch("map.zoom_in", {}, "확대", "", 0.4, 1)

TABLET = Device("tablet-1", "상황실", "official", "{}", 1)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture
def wall(qtbot: QtBot, city: MemoryRepositories) -> HandWall:
    made = HandWall(qtbot, city, at("home"))
    made.shell.keyed.connect(lambda name: made.heart.intake.key(name))
    return made


def hud(wall: HandWall) -> VoiceHud:
    found = wall.shell.findChild(VoiceHud)
    assert found is not None
    return found


def press(wall: HandWall, command: str) -> None:
    where = wall.shell.find_target(command)
    assert where is not None
    finger = QTest.createTouchDevice()
    QTest.touchEvent(wall.shell, finger).press(1, where.middle(), wall.shell).commit()
    QTest.touchEvent(wall.shell, finger).release(1, where.middle(), wall.shell).commit()
    wall.submit_asked()


def by_finger(wall: HandWall) -> None:
    press(wall, "voice.listen")


def by_hand(wall: HandWall) -> None:
    where = wall.shell.find_target("voice.listen")
    assert where is not None
    middle = where.middle()
    wall.sees(pointer=(middle.x() / 1919, middle.y() / 1079))
    wall.hand(GestureKind.PINCH_TAP)
    wall.submit_asked()


def by_key(wall: HandWall) -> None:
    QTest.keyClick(wall.shell, Qt.Key.Key_Space)


def by_tablet(wall: HandWall) -> None:
    request = TabletRequest("r" * 8, TABLET.id, "voice.listen", {})
    wall.heart.intake.tablet(request, TABLET)


WAYS = [
    pytest.param(by_finger, Source.TOUCH, id="finger"),
    pytest.param(by_hand, Source.GESTURE, id="hand"),
    pytest.param(by_key, Source.KEYBOARD, id="key"),
    pytest.param(by_tablet, Source.TABLET, id="tablet"),
]
Way = Callable[[HandWall], None]


@pytest.mark.parametrize(("way", "source"), WAYS)
def test_each_way_opens_the_listening_window_at_once(
    wall: HandWall, way: Way, source: Source
) -> None:
    way(wall)
    (record,) = [r for r in wall.heart.records if r.command == "voice.listen"]
    assert record.source is source
    assert [(send.to, send.message) for send in wall.heart.sent] == [("voice", LISTEN)]


@pytest.mark.parametrize(("way", "source"), WAYS)
def test_a_locked_wall_or_a_microphone_that_is_off_opens_none(
    wall: HandWall, way: Way, source: Source
) -> None:
    wall.heart.world.states["voice"] = "failed"
    way(wall)
    wall.heart.world.states["voice"] = "running"
    wall.heart.store.put(replace(wall.heart.store.state, locked=True))
    way(wall)
    assert wall.heart.sent == []
    assert not any(record.status.value == "done" for record in wall.heart.records)


def hears(wall: HandWall, seconds_left: float, level_db: float, partial: str = "") -> VoiceHud:
    state = ListeningState.HEARING if partial else ListeningState.LISTENING
    status = VoiceStatus(wall.heart.clock.now_ms(), state, level_db, partial, seconds_left)
    wall.senses.receive(VoiceView(status))
    QApplication.processEvents()
    return hud(wall)


def test_the_window_counts_down_and_shows_how_loud_it_is(wall: HandWall) -> None:
    loud = hears(wall, 7.2, -12.0).view
    assert loud.small.ko == "듣는 중, 8초"
    quiet = hears(wall, 1.4, -48.0).view
    assert quiet.small.ko == "듣는 중, 2초"
    assert loud.level > quiet.level > 0.0
    assert wall.senses.listening, "the microphone's lamp says that it is in use"
    assert hears(wall, 1.0, -20.0, "강남구").view.words.ko == "“강남구…"


def test_while_it_listens_a_press_listens_on(wall: HandWall) -> None:
    hears(wall, 2.0, -20.0)
    by_finger(wall)
    assert [send.message for send in wall.heart.sent] == [LISTEN]


def test_what_was_heard_stands_for_a_while_and_then_invites_again(wall: HandWall) -> None:
    hears(wall, 3.0, -20.0, "확대")
    match = IntentMatch("map.zoom_in", {}, "확대", "확대", 1.0, 1)
    wall.senses.receive(VoiceMatched(match))
    assert wall.heart.store.state.map_zoom > 1.0
    assert hud(wall).view.state == "accepted"
    wall.senses.receive(VoiceView(VoiceStatus(1, ListeningState.RESTING, -90.0, "", 0.0)))
    assert hud(wall).view.state == "accepted", "it can be read"
    wall.heart.clock.advance(4_000)
    wall.senses.tick()
    assert hud(wall).view.words.ko == "눌러서 말하세요"


def test_what_was_not_understood_says_so_and_can_be_said_again(wall: HandWall) -> None:
    wall.senses.receive(VoiceRefused(NoMatch("음", NoMatchReason.UNKNOWN, (ZOOM,), 1)))
    view = hud(wall).view
    assert view.state == "refused"
    assert "확대" in view.more.ko
    by_finger(wall)
    assert [send.message for send in wall.heart.sent] == [LISTEN]


def test_gestures_that_rest_press_nothing_but_come_back_by_a_finger(wall: HandWall) -> None:
    wall.heart.intake.touch("gestures.rest", {}, "t")
    wall.senses.processes_changed()
    by_hand(wall)
    assert wall.heart.sent == []
    press(wall, "gestures.use")
    assert wall.heart.store.state.screen.hands
    by_hand(wall)
    assert [send.message for send in wall.heart.sent] == [LISTEN]


def test_a_hidden_pointer_presses_nothing(wall: HandWall) -> None:
    wall.heart.intake.touch("pointer.hide", {}, "t")
    by_hand(wall)
    assert wall.heart.sent == []


def test_a_wall_that_waits_for_a_call_says_that_it_hears_all_the_time(
    qtbot: QtBot, city: MemoryRepositories
) -> None:
    wall = HandWall(qtbot, city, at("home"), wake="상황판")
    view = hud(wall).view
    assert "상황판" in view.words.ko
    assert wall.senses.hearing
    assert not wall.senses.listening
    by_finger(wall)
    assert [send.message for send in wall.heart.sent] == [LISTEN]
    wall.senses._world.receive(Health("voice", "failed"))
    assert not wall.senses.hearing


def test_a_microphone_that_failed_says_so_in_place_of_the_invitation(wall: HandWall) -> None:
    wall.senses._world.receive(Health("voice", "failed"))
    wall.senses.processes_changed()
    assert hud(wall).view.state == "off"
    assert wall.shell.find_target("voice.listen") is None
