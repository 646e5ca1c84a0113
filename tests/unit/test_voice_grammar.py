"""The spoken commands as data: what is read, what is refused, and every sentence beside them."""

from pathlib import Path

import pytest

from tests.helpers.speech import grammar as spoken
from voice.errors import GrammarError
from voice.events import Choice, IntentMatch, NoMatch, NoMatchReason
from voice.grammar import Test, load_grammar
from voice.matcher import Matcher
from voice.template import SlotValue

CONFIG = Path(__file__).resolve().parents[2] / "config" / "voice"


@pytest.fixture(scope="module")
def korean() -> Matcher:
    return Matcher(spoken("ko"))


@pytest.fixture(scope="module")
def english() -> Matcher:
    return Matcher(spoken("en"))


def write(folder: Path, body: str, name: str = "a.toml") -> Path:
    (folder / "ko").mkdir(exist_ok=True)
    (folder / "ko" / name).write_text('area = "a"\n' + body)
    return folder / "ko"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_sentence_beside_the_phrasings_leads_to_its_command(
    language: str, korean: Matcher, english: Matcher
) -> None:
    matcher = {"ko": korean, "en": english}[language]
    wrong = [test.say for test in matcher.grammar.tests if not leads(matcher, test)]
    assert wrong == []
    assert len(matcher.grammar.tests) >= 20


def leads(matcher: Matcher, test: Test) -> bool:
    answer = matcher.match(test.say, 0)
    if not test.command:
        return isinstance(answer, NoMatch)
    return isinstance(answer, IntentMatch) and (answer.command, answer.args) == (
        test.command,
        test.args,
    )


def test_no_command_steals_the_sentence_of_another(korean: Matcher, english: Matcher) -> None:
    for matcher in (korean, english):
        for phrase in matcher.grammar.phrases:
            assert matcher.phrase(phrase.text) == phrase, phrase.text


def test_no_sentence_with_a_value_is_stolen(korean: Matcher, english: Matcher) -> None:
    for matcher in (korean, english):
        for phrase in matcher.grammar.examples():
            found = matcher.phrase(phrase.spoken)
            assert found is not None, phrase.text
            assert found.command == phrase.command, phrase.text


def test_each_language_reaches_the_same_commands(korean: Matcher, english: Matcher) -> None:
    assert set(korean.grammar.commands()) == set(english.grammar.commands())
    assert len(korean.grammar.commands()) >= 30


def test_each_command_has_a_sentence_beside_it_that_is_tried(
    korean: Matcher, english: Matcher
) -> None:
    for matcher in (korean, english):
        tried = {test.command for test in matcher.grammar.tests}
        assert matcher.grammar.commands().keys() - tried == set()


def test_each_command_has_three_ways_to_say_it_in_korean(korean: Matcher) -> None:
    few = [c for c, phrases in korean.grammar.commands().items() if len(phrases) < 3]
    assert few == []


def test_a_catalogue_brings_names_without_a_change_in_the_files(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        '[[command]]\nid = "cctv.open"\nargs = { camera = "{camera}" }\n'
        'phrasings = ["{camera} 보여 줘"]\n',
    )
    grammar = load_grammar(folder, {"camera": [SlotValue("new", "새 다리")]})
    answer = Matcher(grammar).match("새 다리 보여줘", 5)
    assert answer == IntentMatch(
        "cctv.open", {"camera": "new"}, "새 다리 보여 줘", "새 다리 보여줘", 1.0, 5
    )


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("phrasings = 3", "a.toml"),
        ('[[command]]\nid = "a"\nphrases = ["x"]', "phrases"),
        ('[[command]]\nid = 3\nphrasings = ["x"]', r"\$\.command\[0\]\.id"),
        ('[[command]]\nid = "a"\nphrasings = ["{nothing}"]', "command a: slot {nothing}"),
        ('[[command]]\nid = "a"\nphrasings = ["x"]\nargs = { b = "{c}" }', "argument b"),
        ('[[command]]\nid = "a"\nphrasings = ["x"]\n[[command]]\nid = "b"\nphrasings = ["x"]', "x"),
    ],
)
def test_a_broken_file_is_named_with_the_field(tmp_path: Path, body: str, complaint: str) -> None:
    with pytest.raises(GrammarError, match=complaint):
        load_grammar(write(tmp_path, body))


def test_a_folder_without_phrasings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match="no phrasings here"):
        load_grammar(tmp_path)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("강낭구 보여 줘", "district.select"),
        ("한강데교 씨씨티비 보여 줘", "cctv.open"),
        ("다음 하면", "panel.next"),
        ("태블릿 연결해 쥬세요", "remote.pair"),
    ],
)
def test_one_wrong_syllable_is_forgiven(korean: Matcher, text: str, command: str) -> None:
    answer = korean.match(text, 0)
    assert isinstance(answer, IntentMatch)
    assert answer.command == command
    assert answer.score < 1.0


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("미세먼지 그래프 보여주십시오", "indicator.open"),
        ("미세먼지 그래프를 좀 보여 줄래요?", "indicator.open"),
        ("강남구의 지도를 보여 줘 봐요", "district.select"),
        ("119 출동 현황", "indicator.open"),
        ("화면 4개로 나눠 줘", "cctv.layout"),
    ],
)
def test_other_endings_particles_and_readings_mean_the_same(
    korean: Matcher, text: str, command: str
) -> None:
    answer = korean.match(text, 0)
    assert isinstance(answer, IntentMatch)
    assert (answer.command, answer.score) == (command, 1.0)


def test_near_twins_are_asked_about(korean: Matcher) -> None:
    for text in ("성욜구 미세먼지", "성복구 미세먼지"):
        answer = korean.match(text, 0)
        assert isinstance(answer, Choice)
        texts = {option.text for option in answer.options}
        assert texts == {"성동구 미세먼지", "성북구 미세먼지"}


def test_of_many_twins_none_is_taken(korean: Matcher) -> None:
    answer = korean.match("강율구 미세먼지", 0)
    assert isinstance(answer, NoMatch)
    assert len(answer.suggestions) == 3


def test_a_number_is_no_slip_of_another(korean: Matcher) -> None:
    assert isinstance(korean.match("21번 목표 보여 줘", 0), NoMatch)
    answer = korean.match("11번 목표 보여 줴", 0)
    assert isinstance(answer, IntentMatch)
    assert answer.args == {"goal": "11"}


def test_a_short_word_must_be_right(korean: Matcher) -> None:
    assert isinstance(korean.match("예", 0), IntentMatch)
    assert isinstance(korean.match("네", 0), NoMatch)
    assert isinstance(korean.match("확래", 0), NoMatch)
    answer = korean.match("차트료", 0)
    assert isinstance(answer, IntentMatch)


def test_unknown_text_is_refused_with_three_suggestions(korean: Matcher) -> None:
    answer = korean.match("점심은 뭐 먹을까", 7)
    assert isinstance(answer, NoMatch)
    assert answer.reason is NoMatchReason.UNKNOWN
    assert len(answer.suggestions) == 3
    assert korean.match(" ,.!", 0) == NoMatch(",.!", NoMatchReason.SILENCE, (), 0)


def test_a_phrase_that_may_go_on_is_not_complete(korean: Matcher) -> None:
    assert korean.completes("강남구 보여 줘")
    assert not korean.completes("미세먼지 지도")
    assert not korean.completes("강남구")
