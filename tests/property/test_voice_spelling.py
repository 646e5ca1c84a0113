"""Spacing, punctuation, letter case and Unicode forms change nothing that a person said."""

import unicodedata
from datetime import date
from typing import Literal

import msgspec
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.helpers.speech import grammar
from voice.events import Answer, Choice, IntentMatch, NoMatch
from voice.grammar import Phrase
from voice.hangul import jamo, normalise, readable
from voice.matcher import LONGEST, Matcher
from voice.numbers import sino_korean
from voice.sounds import sounds

TODAY = date(2026, 11, 22)
MATCHERS = {language: Matcher(grammar(language), today=lambda: TODAY) for language in ("ko", "en")}
PHRASES = [
    (language, phrase)
    for language, matcher in MATCHERS.items()
    for phrase in (*matcher.grammar.phrases, *matcher.grammar.examples(TODAY))
]
FORMS: list[Literal["NFC", "NFD", "NFKC", "NFKD"]] = ["NFC", "NFD", "NFKC", "NFKD"]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
MARKS = st.text(alphabet=" \t.,!?…~'\"-", max_size=3)


@st.composite
def retold(draw: st.DrawFn) -> tuple[str, Phrase, str]:
    """A phrase with other spaces, marks, letter case and Unicode form."""
    language, phrase = draw(st.sampled_from(PHRASES))
    text = "".join(draw(MARKS) + char for char in phrase.text if char != " ") + draw(MARKS)
    if any(char.isdigit() for char in phrase.text):
        text = phrase.text  # "1 6" is another number than "16"
    form = draw(st.sampled_from(FORMS))
    text = unicodedata.normalize(form, text.upper() if draw(st.booleans()) else text)
    if draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    assume(len(readable(text)) <= LONGEST)  # what is longer is no sentence, whatever it is made of
    return language, phrase, text


@given(retold())
@settings(max_examples=150, deadline=None)
def test_a_phrase_is_understood_however_it_is_written(told: tuple[str, Phrase, str]) -> None:
    language, phrase, text = told
    answer = MATCHERS[language].match(text, 0)
    options = answer.options if isinstance(answer, Choice) else (answer,)
    best = options[0]  # of a sentence that may mean two times, both are told
    assert isinstance(best, IntentMatch)
    assert (best.command, best.args) == (phrase.command, phrase.args)
    assert best.score == 1.0


WILD = st.text(
    st.characters()
    | st.characters(categories=["Cs", "Cc", "So"])
    | st.sampled_from("일이구년월개번"),
    max_size=60,
)


@given(st.sampled_from(["ko", "en"]), WILD | st.builds(str.__mul__, WILD, st.integers(1, 2000)))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_it_and_every_answer_can_be_sent(language: str, text: str) -> None:
    answer: Answer = MATCHERS[language].match(text, 0)
    assert isinstance(answer, NoMatch | Choice | IntentMatch)
    assert msgspec.json.decode(msgspec.json.encode(answer), type=Answer) == answer


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_hundred_thousand_letters_are_refused(language: str) -> None:
    for text in ("강남구 보여 줘 " * 10_000, "1" * 100_000, "last year " * 10_000):
        assert isinstance(MATCHERS[language].match(text, 0), NoMatch)


@given(st.text(max_size=40))
@example("O\u11a8")
@settings(max_examples=200, deadline=None)
def test_any_text_gets_an_answer_and_normalising_settles(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once.split() == ([once] if once else [])
    jamo(once)
    sounds(once)
    MATCHERS["ko"].match(text, 0)


@given(st.integers(0, 9999))
def test_no_two_numbers_are_read_alike(number: int) -> None:
    said = sino_korean(str(number))
    assert said != sino_korean(str(number + 1))
    assert said.strip("영일이삼사오육칠팔구십백천") == ""


@pytest.mark.parametrize("form", FORMS)
def test_jamo_see_whole_syllables_in_every_form(
    form: Literal["NFC", "NFD", "NFKC", "NFKD"],
) -> None:
    assert jamo(normalise(unicodedata.normalize(form, "강남구"))) == "ㄱㅏㅇㄴㅏㅁㄱㅜ"
