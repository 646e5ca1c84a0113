"""Korean text made comparable, phrasings with choices, and cutting into the model's words."""

from math import log
from pathlib import Path

import pytest

from voice.errors import GrammarError, ModelError, VocabularyError
from voice.grammar import load_grammar
from voice.hangul import is_hangul, jamo, normalise
from voice.numbers import one_by_one, sino_korean
from voice.phrase_list import (
    ListCosts,
    as_heard,
    free_list,
    frequent_syllables,
    make_phrase_list,
    sample_words,
)
from voice.sounds import sounds
from voice.template import SlotValue, expand
from voice.vocabulary import read_vocabulary, segment


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("0", "영"),
        ("9", "구"),
        ("10", "십"),
        ("16", "십육"),
        ("119", "백십구"),
        ("2024", "이천이십사"),
        ("007", "영영칠"),
        ("12345", "일이삼사오"),
    ],
)
def test_digits_are_read(digits: str, said: str) -> None:
    assert sino_korean(digits) == said


def test_digits_are_read_one_by_one() -> None:
    assert one_by_one("119") == "일일구"


def test_text_is_written_as_it_is_spoken() -> None:
    assert normalise("CCTV 9개, 보여줘!") == "씨씨티비구개보여줘"
    assert normalise("ＣＣＴＶ") == "씨씨티비"
    assert normalise("Camera 3", spell_out=False) == "camera3"


def test_jamo_leave_the_silent_initial_out() -> None:
    assert jamo("아니") == "ㅏㄴㅣ"
    assert is_hangul("강남구")
    assert not is_hangul("강남9")


@pytest.mark.parametrize(
    ("one", "other"),
    [("국물", "궁물"), ("좋아", "조아"), ("민원", "미눤"), ("신라", "실라"), ("국화", "구콰")],
)
def test_what_is_pronounced_alike_sounds_alike(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


def test_what_differs_sounds_different() -> None:
    assert sounds("강북구") != sounds("성북구")


SLOTS = {"gu": [SlotValue("11680", "강남구"), SlotValue("11140", "중구")]}


def test_a_template_gives_every_sentence_once_with_its_values() -> None:
    found = {e.text: dict(e.slots) for e in expand("{gu}[의] (지도|화면) [보여 줘]", SLOTS)}
    assert len(found) == 2 * 2 * 2 * 2
    assert found["강남구의 지도"] == {"gu": "11680"}
    assert found["중구 화면 보여 줘"] == {"gu": "11140"}


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("(가|나", r"'\)' is missing"),
        ("가)", "closes nothing"),
        ("{dong} 보여 줘", "slot {dong} is not known; known slots: gu"),
        ("[가]", "can be empty"),
    ],
)
def test_a_broken_template_says_what_is_wrong(template: str, complaint: str) -> None:
    with pytest.raises(GrammarError, match=complaint):
        list(expand(template, SLOTS))


def test_words_are_cut_into_the_fewest_parts_stem_first() -> None:
    vocabulary = {"영어", "영", "어로", "로", "보여", "줘"}
    assert segment("영어로 보여 줘", vocabulary) == ["영어", "로", "보여", "줘"]
    with pytest.raises(VocabularyError, match="'뷁'"):
        segment("뷁 보여 줘", vocabulary)


def test_a_static_model_lists_its_words(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    graph.mkdir()
    (graph / "words.txt").write_text("<eps> 0\nhello 1\nworld 2\n")
    assert {"hello", "world"} <= read_vocabulary(tmp_path)


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="neither"):
        read_vocabulary(tmp_path)


def test_the_free_list_is_words_in_syllables() -> None:
    assert free_list(["나무", "뷁나"], {"나", "무"}) == '["나 무","나","무"]'


def test_other_languages_are_heard_in_whole_words() -> None:
    assert free_list(["time", "blurb", "year"], {"time", "year"}, "en") == '["time","year"]'


def test_a_model_of_a_site_need_not_know_every_word(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    body = 'area = "a"\n[[command]]\nid = "a.b"\nphrasings = ["go home", "open gangnam"]\n'
    (folder / "a.toml").write_text(body)
    grammar = load_grammar(folder)
    made = make_phrase_list(grammar, ["the"], {"go", "home", "open", "the"})
    assert (made.phrases, made.fillers) == (("go home",), ("the",))
    assert as_heard("open gangnam", {"open"}) is None
    with pytest.raises(VocabularyError, match="gangnam"):
        make_phrase_list(grammar, [], set())


def test_samples_come_from_frequent_syllables() -> None:
    vocabulary = ["나", "무", "나무", "나나", "무나"]
    assert frequent_syllables(vocabulary, 2) == ["나", "무"]
    assert sample_words(vocabulary, 3) == ["나나", "나무", "무나"]


def test_fillers_are_no_words_of_a_phrase(tmp_path: Path) -> None:
    folder = tmp_path / "ko"
    folder.mkdir()
    (folder / "a.toml").write_text('area = "a"\n[[command]]\nid = "a.b"\nphrasings = ["이 것"]\n')
    made = make_phrase_list(load_grammar(folder), ["이", "스"], {"이", "것", "스"})
    assert made.phrases == ("이 것",)
    assert made.fillers == ("스",)


def test_what_a_list_makes_of_a_text_is_vosks_bigram() -> None:
    costs = ListCosts([("가", "나"), ("가", "다")])
    # six counts in all: twice 가, 나 and 다 once, twice the end; half of each goes to any word
    assert costs.cost(("가", "나")) == pytest.approx(log(2 * 6 / 2) + log(2 * 2) + log(2))
    assert costs.cost(("가", "나")) == costs.cost(("가", "다"))
    twice = costs.cost(("가", "나", "가", "나"))  # only the end follows 나
    again = log(2) + log(2 * 6 / 2)
    assert twice == pytest.approx(log(2 * 6 / 2) + log(2 * 2) + again + log(2 * 2) + log(2))
    with pytest.raises(KeyError):
        costs.cost(("가", "라"))
