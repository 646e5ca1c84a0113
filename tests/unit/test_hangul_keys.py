"""Keys of a Korean keyboard become syllables."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.hangul import LEADS, TAILS, VOWELS, compose

# Jamo as keys: what the decomposition of a syllable is typed with.
SINGLE = {
    "ㅘ": "ㅗㅏ",
    "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ",
    "ㅞ": "ㅜㅔ",
    "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ",
}
SINGLE |= {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
}
SINGLE |= {"ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}


def keys_of(text: str) -> str:
    """What one types for a text, worked out from the syllables' numbers."""
    typed = ""
    for letter in text:
        if not "가" <= letter <= "힣":
            typed += letter
            continue
        number = ord(letter) - ord("가")
        parts = LEADS[number // 588] + VOWELS[number % 588 // 28] + TAILS[number % 28]
        typed += "".join(SINGLE.get(part, part) for part in parts.replace("\0", ""))
    return typed


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ㅎㅕㄴㅈㅏㅇ", "현장"),
        ("ㄷㅏㄹㄱ", "닭"),
        ("ㄷㅏㄹㄱㅏ", "달가"),
        ("ㄱㅏㄱㅏ", "가가"),
        ("ㅇㅡㅣㅈㅏ", "의자"),
        ("ㄱㅗㅏㄴㄱㅖ", "관계"),
        ("ㄲㅡㅌ", "끝"),
        ("ㅏㅏ", "ㅏㅏ"),
        ("ㄱㄱ", "ㄱㄱ"),
        ("ㅂㅏㄸㅏ", "바따"),
        ("ㅎㅏ ㄱㅗ 3.", "하 고 3."),
        ("", ""),
    ],
)
def test_what_is_typed_is_what_is_read(keys: str, text: str) -> None:
    assert compose(list(keys)) == text


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12))
def test_every_syllable_can_be_typed(text: str) -> None:
    """Typed at once a text comes back, but where two readings of the same keys exist."""
    typed = compose(list(keys_of(text)))
    assert keys_of(typed) == keys_of(text)
    if all(TAILS[(ord(c) - ord("가")) % 28] == "\0" for c in text):
        assert typed == text
    assert unicodedata.normalize("NFC", typed) == typed


@given(st.lists(st.sampled_from("ㄱㄸㅅㅇㅏㅗㅣ a1."), max_size=30))
def test_taking_keys_away_is_the_way_back(keys: list[str]) -> None:
    assert keys_of_all(compose(keys)) == "".join(keys)


def keys_of_all(text: str) -> str:
    return "".join(SINGLE.get(c, c) for c in keys_of(text))
