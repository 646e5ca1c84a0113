"""Written words: a command with the rights of who wrote it, a question, or what is found."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from kiosk.app.queries import Queries
from kiosk.app.words import Words
from kiosk.core.clock import ManualClock
from kiosk.core.invocation import Status
from kiosk.settings import Settings
from kiosk.wire.messages import Device, TabletRequest
from tests.helpers.heart import Heart
from voice.events import Choice, IntentMatch, NoMatch, NoMatchReason

MATCH = IntentMatch("panel.open", {"panel": "cctv"}, "씨씨티비 보여 줘", "씨씨티비", 1.0, 0)
LOCK = IntentMatch("system.lock", {}, "화면 잠금", "화면 잠금", 1.0, 0)


@pytest.fixture
def heart() -> Heart:
    return Heart()


def test_what_is_meant_is_done(heart: Heart) -> None:
    heart.world.understood = MATCH
    heart.intake.touch("words.say", {"text": "씨씨티비"}, "keyboard")
    assert heart.store.state.panel == "cctv"
    assert [record.command for record in heart.records] == ["words.say", "panel.open"]


def test_a_visitor_may_write_no_more_than_press(heart: Heart) -> None:
    heart.world.understood = LOCK
    request = TabletRequest("1", "tablet-1", "words.say", {"text": "화면 잠금"})
    heart.intake.tablet(request, Device("tablet-1", "A", "visitor", "key", 0))
    assert not heart.store.state.locked
    assert heart.records[-1].command == "system.lock"
    assert heart.records[-1].status is Status.DENIED


def test_two_meanings_are_asked_about(heart: Heart) -> None:
    heart.world.understood = Choice((MATCH, LOCK), "화면", 0)
    heart.intake.touch("words.say", {"text": "화면"}, "keyboard")
    assert heart.store.state.choice is not None
    assert [o.command for o in heart.store.state.choice.options] == ["panel.open", "system.lock"]


def test_what_is_no_command_is_looked_up(heart: Heart) -> None:
    heart.world.understood = NoMatch("홍길동", NoMatchReason.UNKNOWN, (), 0)
    heart.intake.touch("words.say", {"text": "홍길동"}, "keyboard")
    assert (heart.store.state.panel, heart.store.state.sought) == ("search", "홍길동")


def test_nothing_is_understood_before_the_sentences_are_there(heart: Heart) -> None:
    outcome = heart.intake.touch("words.say", {"text": "씨씨티비"}, "keyboard")
    assert outcome.status is Status.UNAVAILABLE
    assert "잠시 뒤" in outcome.reason.ko


def test_both_languages_are_understood_off_the_screens_thread(
    tmp_path: Path, qapp: QCoreApplication, qtbot: object
) -> None:
    queries = Queries(tmp_path, qapp)
    words = Words(queries, Settings(), ManualClock())
    try:
        assert words.understand("강남구 보여 줘") is None
        qtbot.waitUntil(lambda: words.understand("강남구 보여 줘") is not None, timeout=15_000)  # type: ignore[attr-defined]
        for text in ("강남구 보여 줘", "show Gangnam"):
            answer = words.understand(text)
            assert isinstance(answer, IntentMatch)
            assert (answer.command, answer.args) == ("district.select", {"district": "11680"})
        assert isinstance(words.understand("CCTV 현황 보여 줘"), IntentMatch)
    finally:
        queries.close()
