"""Two hearings of one utterance, a second look, and what follows from them."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from tests.helpers.speech import grammar
from voice.confusions import count_confusions
from voice.errors import ModelError
from voice.events import Answer, Choice, Context, Gate, IntentMatch, NoMatch, NoMatchReason
from voice.features import NAMES
from voice.judge import Judge, SpeechRules, read_rules
from voice.matcher import Matcher
from voice.recogniser import BestPath, Heard

CONFIG = Path(__file__).resolve().parents[2] / "config" / "voice"
FREE_SCORE = 100.0
# how the free hearing and the sound bear a phrase out decide, each about as much as the other
RULES = SpeechRules(
    weights=(0.0, 2.0, 0.05, 0.0, 0.0, 2.0, 0.0, 0.0),
    bias=-2.0,
    accept=0.5,
    pressed=0.2,
    margin=1.0,
)


class Looks:
    """Looks that find what they are told to; what they are asked about is kept."""

    def __init__(self) -> None:
        self.free = ""
        self.found: dict[str, float | None] = {}
        self.otherwise: float | None = FREE_SCORE
        self.asked: list[str] = []
        self.listed: list[str] = []

    def freely(self, heard: Heard) -> BestPath:
        return BestPath(self.free, FREE_SCORE)

    def look(self, heard: Heard, phrases: Sequence[str], alone: Sequence[str]) -> list[BestPath]:
        self.listed, self.asked = list(phrases), list(alone)
        found = {phrase: self.found.get(phrase) for phrase in phrases}
        found |= {one: self.found.get(one, self.otherwise) for one in (heard.bound, *alone)}
        paths = [BestPath(text, score) for text, score in found.items() if score is not None]
        return sorted(paths, key=lambda path: -path.score)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(grammar())


@pytest.fixture
def looks() -> Looks:
    return Looks()


@pytest.fixture
def judge(matcher: Matcher, looks: Looks) -> Judge:
    return Judge(matcher, looks, RULES, count_confusions(()))


def decide(
    judge: Judge,
    looks: Looks,
    bound: str,
    free: str,
    ms: int = 2000,
    context: Context = Context.ANY,
) -> Answer | None:
    looks.free = free
    return judge.decide(Heard(bound, 0, ms, ms + 300, context=context), 42)


def test_both_hearings_agree(judge: Judge, looks: Looks) -> None:
    looks.found = {"강남구 교통 상황": FREE_SCORE + 10}
    answer = decide(judge, looks, "강남구 교통 상황", "간남구교통상왕")
    assert isinstance(answer, IntentMatch)
    assert (answer.command, answer.args["district"], answer.t_ms) == ("indicator.open", "11680", 42)
    assert answer.heard == "강남구 교통 상황"


def test_talk_that_was_forced_into_a_command_is_not_ours(judge: Judge, looks: Looks) -> None:
    looks.otherwise = FREE_SCORE - 40
    answer = decide(judge, looks, "강남구 교통 상황", "그런데제가어제집에서")
    assert isinstance(answer, NoMatch)
    assert answer.reason is NoMatchReason.NOT_OURS
    assert len(answer.suggestions) == 3


def test_scraps_of_commands_are_refused(judge: Judge, looks: Looks) -> None:
    looks.otherwise = None
    answer = decide(judge, looks, "세 번째 줘 소방서 개", "무리는언제도")
    assert isinstance(answer, NoMatch)
    assert answer.reason in (NoMatchReason.UNKNOWN, NoMatchReason.UNSURE)


def test_near_twins_are_asked_about(judge: Judge, looks: Looks) -> None:
    twins = {"중랑구 초미세먼지 보여 줘": 110.0, "중랑구 미세먼지 보여 줘": 110.0}
    looks.found, looks.otherwise = dict(twins), None
    answer = decide(judge, looks, "중랑구 초미세먼지 보여 줘", "중락보믹세먼지버려줘")
    assert isinstance(answer, Choice)
    assert {option.args["indicator"] for option in answer.options} == {"pm10", "pm25"}


def test_of_twins_the_one_that_explains_the_sound_better_is_taken(
    judge: Judge, looks: Looks
) -> None:
    looks.found = {"중랑구 초미세먼지 보여 줘": 90.0, "중랑구 미세먼지 보여 줘": 110.0}
    looks.otherwise = None
    answer = decide(judge, looks, "중랑구 초미세먼지 보여 줘", "중락보믹세먼지버려줘")
    assert isinstance(answer, IntentMatch)
    assert answer.args["indicator"] == "pm10"


def test_a_cough_gets_no_answer(judge: Judge, looks: Looks) -> None:
    assert decide(judge, looks, "루", "루") is None


def test_a_sound_that_does_not_bear_a_phrase_out_is_refused(judge: Judge, looks: Looks) -> None:
    looks.otherwise = FREE_SCORE - 40
    assert isinstance(decide(judge, looks, "강남구 교통 상황", "간난우러통산워"), NoMatch)
    looks.otherwise = None
    looks.found = {"강남구 교통 상황": FREE_SCORE + 20}
    assert isinstance(decide(judge, looks, "강남구 교통 상황", "간난우러통산워"), IntentMatch)


def test_what_can_t_be_heard_as_a_whole_is_no_command(judge: Judge, looks: Looks) -> None:
    looks.otherwise = None
    assert isinstance(decide(judge, looks, "강남구 교통 상황", "간남구교통상왕"), NoMatch)


def test_nobody_speaks_that_fast(judge: Judge, looks: Looks) -> None:
    answer = decide(judge, looks, "강남구 교통 상황", "간남구교통상왕", ms=700)
    assert isinstance(answer, NoMatch)
    assert all(len(phrase.replace(" ", "")) <= 6 for phrase in looks.asked)


def test_a_look_is_taken_at_a_few_only(judge: Judge, looks: Looks) -> None:
    decide(judge, looks, "강남구 교통 상황", "간남구교통상왕")
    assert 1 <= len(looks.asked) <= RULES.explaining
    assert len(set(looks.asked)) == len(looks.asked)
    assert set(looks.asked) < set(looks.listed)
    assert len(looks.listed) <= RULES.narrowed


def test_what_was_found_out_in_the_pause_is_not_sought_again(judge: Judge, looks: Looks) -> None:
    looks.free, looks.found = "간남구교통상왕", {"강남구 교통 상황": FREE_SCORE + 10}
    heard = Heard("강남구 교통 상황", 0, 2000, 2300)
    pause = msgspec.structs.replace(heard, found=judge.find(heard))
    looks.listed = []
    chosen = judge.chosen(pause)
    assert chosen is not None
    assert chosen.text == "강남구 교통 상황"
    assert judge.decide(pause, 42) == judge.decide(heard, 42)
    looks.listed = []
    judge.decide(pause, 43)
    assert looks.listed == []


def test_a_medley_of_phrases_is_no_command(judge: Judge, looks: Looks) -> None:
    looks.free, looks.otherwise = "간남구교통상왕", None
    looks.found = {"강남구 교통 상황": FREE_SCORE + 10}
    one = judge.decide(Heard("강남구 교통 상황 강남구", 0, 2000, 2300), 42)
    assert isinstance(one, IntentMatch)  # alone it bears the phrase out
    assert one.text == "강남구 교통 상황"


def test_an_answer_counts_when_the_wall_asks_and_needs_less_then(
    judge: Judge, looks: Looks
) -> None:
    said = ("취소해 줘", "치소해저")
    looks.found, looks.otherwise = {"취소해 줘": FREE_SCORE - 14}, None
    assert isinstance(decide(judge, looks, *said, context=Context.UNASKED), NoMatch)
    assert "취소해 줘" not in looks.listed
    assert isinstance(decide(judge, looks, *said), NoMatch)  # too little when nothing is known
    answer = decide(judge, looks, *said, context=Context.ASKED)
    assert isinstance(answer, IntentMatch)
    assert answer.command == "confirm.cancel"


def test_no_free_hearing_is_made_of_what_is_no_way_near(judge: Judge, looks: Looks) -> None:
    assert isinstance(decide(judge, looks, "가갸거겨고교구규그기", ""), NoMatch)
    assert looks.asked == []


def test_the_rules_that_come_with_the_kiosk_weigh_every_feature() -> None:
    rules = read_rules(CONFIG / "ko.toml")
    assert len(rules.weights) == len(NAMES)
    assert rules.pressed <= rules.accept


def test_rules_that_are_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "ko.toml").write_text("weights = 3")
    with pytest.raises(ModelError, match=r"ko\.toml"):
        read_rules(tmp_path / "ko.toml")


def test_after_a_press_less_is_enough_than_with_the_gate_held_open(
    judge: Judge, looks: Looks
) -> None:
    looks.free, looks.otherwise = "간난구교동산와", None
    looks.found = {"강남구 교통 상황": FREE_SCORE - 28}
    heard = Heard("강남구 교통 상황", 0, 2000, 2300)
    assert isinstance(judge.decide(heard, 42), NoMatch)
    pressed = msgspec.structs.replace(heard, gate=Gate.PTT)
    assert isinstance(judge.decide(pressed, 42), IntentMatch)


def test_a_short_word_is_a_command_after_a_press_only(judge: Judge, looks: Looks) -> None:
    looks.free, looks.otherwise = "화면꺼", None
    looks.found = {"화면 꺼": FREE_SCORE + 10}
    heard = Heard("화면 꺼", 0, 600, 900, context=Context.UNASKED)
    assert isinstance(judge.decide(heard, 42), NoMatch)
    assert "화면 꺼" not in looks.listed
    answer = judge.decide(msgspec.structs.replace(heard, gate=Gate.PTT), 42)
    assert isinstance(answer, IntentMatch)
    assert answer.text == "화면 꺼"


def test_what_shares_few_letters_with_what_was_heard_is_sought_as_it_is_misheard(
    judge: Judge, looks: Looks
) -> None:
    """Heard of a synthetic voice that said 보도 자료 보여 줘."""
    looks.free = "더드차리어보해치와"
    judge.decide(Heard("더 들어 차례 보여 해 이", 0, 2000, 2300, gate=Gate.PTT), 42)
    assert "보도 자료 보여 줘" in looks.listed
    assert "보도 자료 보여 줘" in looks.asked


def test_a_refusal_names_what_nearly_was_enough(judge: Judge, looks: Looks) -> None:
    looks.free, looks.otherwise = "간난구교동산와", None
    looks.found = {"강남구 교통 상황": FREE_SCORE - 36}
    answer = judge.decide(Heard("강남구 교통 상황", 0, 2000, 2300), 42)
    assert isinstance(answer, NoMatch)
    assert answer.suggestions[0] == "강남구 교통 상황"
