"""A source is found by parts of words, or by Korean initials."""

import pytest

from kiosk.core.hangul import initials
from kiosk.core.words import matches

TEXTS = ("seoul-air", "실시간 대기환경", "보건환경연구원", "Air quality", "미세먼지 PM10")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", True),
        ("대기", True),
        ("AIR 보건", True),
        ("ㄷㄱ", True),
        ("ㅂㄱㅎㄱ pm10", True),
        ("ㄱㄷ", False),
        ("수질", False),
        ("대기 수질", False),
        ("ㅅㅅㄱ", True),
    ],
)
def test_words_and_initials(wanted: str, found: bool) -> None:
    assert matches(wanted, TEXTS) is found


def test_doubled_initials_are_found_by_plain_ones() -> None:
    assert initials("따릉이 Bike") == "ㄷㄹㅇ bike"
    assert matches("ㄷㄹㅇ", ["따릉이"])
    assert matches("ㄸㄹㅇ", ["따릉이"])
