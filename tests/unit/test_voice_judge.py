"""Two hearings of one utterance and what follows from them."""

from collections.abc import Sequence

import pytest

from tests.helpers.speech import grammar
from voice.events import Answer, Choice, IntentMatch, NoMatch, NoMatchReason
from voice.judge import Judge
from voice.matcher import Matcher
from voice.recogniser import Heard


class Looks:
    """A second look that finds what it is told to; what it is asked about is kept."""

    def __init__(self) -> None:
        self.found: dict[str, float | None] = {}
        self.otherwise: float | None = 0.0
        self.asked: list[str] = []

    def __call__(self, heard: Heard, phrases: Sequence[str]) -> list[float | None]:
        self.asked = list(phrases)
        return [self.found.get(phrase, self.otherwise) for phrase in phrases]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(grammar())


@pytest.fixture
def looks() -> Looks:
    return Looks()


@pytest.fixture
def judge(matcher: Matcher, looks: Looks) -> Judge:
    return Judge(matcher, looks)


def decide(judge: Judge, bound: str, free: str, ms: int = 2000) -> Answer | None:
    return judge.decide(Heard(bound, free, 0, ms, ms + 300), 42)


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


def test_a_sound_that_does_not_bear_a_phrase_out_is_refused(judge: Judge, looks: Looks) -> None:
    looks.otherwise = -40.0
    answer = decide(judge, "강남구 교통 상황", "간남구교통상왕")
    assert isinstance(answer, IntentMatch)  # both hearings agree so well that it stands
    answer = decide(judge, "강남구 교통 상황", "간난우러통산워")
    assert isinstance(answer, NoMatch)
    looks.otherwise = 5.0
    assert isinstance(decide(judge, "강남구 교통 상황", "간난우러통산워"), IntentMatch)


def test_the_phrase_that_explains_the_sound_best_wins(judge: Judge, looks: Looks) -> None:
    looks.otherwise = -10.0
    looks.found = {"중랑구 미세먼지 보여 줘": 10.0}
    answer = decide(judge, "중랑구 초미세먼지 보여 줘", "중락보믹세먼지버려줘")
    assert isinstance(answer, IntentMatch)
    assert answer.args["indicator"] == "pm10"


def test_what_can_t_be_heard_as_a_whole_is_no_command(judge: Judge, looks: Looks) -> None:
    looks.otherwise = None
    assert isinstance(decide(judge, "강남구 교통 상황", "간남구교통상왕"), NoMatch)


def test_nobody_speaks_that_fast(judge: Judge, looks: Looks) -> None:
    assert isinstance(decide(judge, "강남구 교통 상황", "간남구교통상왕", ms=700), NoMatch)
    assert looks.asked == []


def test_a_look_is_taken_at_a_few_only(judge: Judge, looks: Looks) -> None:
    decide(judge, "강남구 교통 상황", "간남구교통상왕")
    assert 1 <= len(looks.asked) <= 4
    assert len(set(looks.asked)) == len(looks.asked)
