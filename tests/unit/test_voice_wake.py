"""A call before each command."""

import pytest

from tests.helpers.speech import grammar
from voice.events import IntentMatch
from voice.matcher import Matcher
from voice.wake import SHORTEST, woken

CALL = "상황판"


@pytest.fixture(scope="module")
def called() -> Matcher:
    return Matcher(woken(grammar("ko"), CALL))


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("상황판 다음 화면", "panel.next"),
        ("상황판 강남구 보여 줘", "district.select"),
        ("상황판, 3번 민원 열어 줘", "complaint.number"),
    ],
)
def test_what_begins_with_the_call_is_its_command(called: Matcher, said: str, command: str) -> None:
    answer = called.match(said, 0)
    assert isinstance(answer, IntentMatch)
    assert answer.command == command


@pytest.mark.parametrize("said", ["다음 화면", "강남구 보여 줘", "상황판", "상황판 예"])
def test_without_the_call_or_with_it_alone_nothing_is_meant(called: Matcher, said: str) -> None:
    assert not isinstance(called.match(said, 0), IntentMatch)


def test_every_sentence_that_is_long_enough_begins_with_it_and_means_the_same() -> None:
    made = woken(grammar("ko"), CALL)
    plain = [phrase for phrase in grammar("ko").phrases if len(phrase.key) >= SHORTEST]
    for before, after in zip(plain, made.phrases, strict=True):
        assert after.key == CALL + before.key
        assert (after.command, after.args) == (before.command, before.args)


def test_a_call_that_can_not_be_said_is_refused() -> None:
    with pytest.raises(ValueError, match="can't be said"):
        woken(grammar("ko"), "!?")
