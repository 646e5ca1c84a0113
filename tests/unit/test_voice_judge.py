"""Two hearings of one utterance and what follows from them."""

from pathlib import Path

import pytest

from tests.helpers.speech import grammar
from voice.events import Answer, Choice, IntentMatch, NoMatch, NoMatchReason
from voice.judge import Judge
from voice.matcher import Matcher
from voice.recogniser import Heard

CONFIG = Path(__file__).resolve().parents[2] / "config" / "voice"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Matcher(grammar()))


def decide(judge: Judge, bound: str, free: str) -> Answer | None:
    return judge.decide(Heard(bound, free, 0, 900, 1200), 42)


def test_both_hearings_agree(judge: Judge) -> None:
    answer = decide(judge, "강남구 교통 상황", "간남구교통상왕")
    assert isinstance(answer, IntentMatch)
    assert (answer.command, answer.args["district"], answer.t_ms) == ("indicator.open", "11680", 42)
    assert answer.heard == "강남구 교통 상황"


def test_talk_that_was_forced_into_a_command_is_not_ours(judge: Judge) -> None:
    answer = decide(judge, "강남구 교통 상황", "그런데제가어제집에서")
    assert isinstance(answer, NoMatch)
    assert answer.reason is NoMatchReason.NOT_OURS
    assert len(answer.suggestions) == 3


def test_scraps_of_commands_are_unknown(judge: Judge) -> None:
    answer = decide(judge, "세 번째 줘 소방서 개", "무리는언제도")
    assert isinstance(answer, NoMatch)
    assert answer.reason is NoMatchReason.UNKNOWN


def test_near_twins_are_asked_about(judge: Judge) -> None:
    answer = decide(judge, "중랑구 초미세먼지 보여 줘", "중락보믹세먼지버려줘")
    assert isinstance(answer, Choice)
    assert {option.args["indicator"] for option in answer.options} == {"pm10", "pm25"}


def test_a_cough_gets_no_answer(judge: Judge) -> None:
    assert decide(judge, "루", "루") is None


def test_speech_that_the_free_hearing_missed_is_unknown(judge: Judge) -> None:
    answer = decide(judge, "강남구 보여 줘", "")
    assert answer == NoMatch("", NoMatchReason.UNKNOWN, (), 42)
