"""Spacing, punctuation, letter case and Unicode forms change nothing that a person said."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.speech import grammar
from voice.events import IntentMatch
from voice.grammar import Phrase
from voice.hangul import jamo, normalise
from voice.matcher import Matcher
from voice.numbers import sino_korean
from voice.sounds import sounds

MATCHERS = {language: Matcher(grammar(language)) for language in ("ko", "en")}
PHRASES = [(language, p) for language, m in MATCHERS.items() for p in m.grammar.phrases]
FORMS: list[Literal["NFC", "NFD", "NFKC", "NFKD"]] = ["NFC", "NFD", "NFKC", "NFKD"]
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
    return language, phrase, text


@given(retold())
@settings(max_examples=150, deadline=None)
def test_a_phrase_is_understood_however_it_is_written(told: tuple[str, Phrase, str]) -> None:
    language, phrase, text = told
    answer = MATCHERS[language].match(text, 0)
    assert isinstance(answer, IntentMatch)
    assert (answer.command, answer.args) == (phrase.command, phrase.args)
    assert answer.score == 1.0


@given(st.text(max_size=40))
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
