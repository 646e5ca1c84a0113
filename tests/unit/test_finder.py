"""Finding by name: whole, begun, by initials, past particles and slips, ranked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.finder import Findable, Finder
from kiosk.core.hangul import are_initials, compose, initials, letters
from kiosk.wire.text import Text


def district(code: str, ko: str, en: str) -> Findable:
    return Findable("district", Text(ko, en), "district.select", {"district": code}, place=code)


def indicator(key: str, ko: str, en: str) -> Findable:
    return Findable(
        "indicator", Text(ko, en), "indicator.open", {"indicator": key}, takes_place="district"
    )


DISTRICTS = (
    district("11680", "강남구", "Gangnam-gu"),
    district("11305", "강북구", "Gangbuk-gu"),
    district("11710", "송파구", "Songpa-gu"),
    district("11290", "성북구", "Seongbuk-gu"),
)
INDICATORS = (
    indicator("pm10", "미세먼지 PM10", "Dust PM10"),
    indicator("pm25", "초미세먼지 PM2.5", "Fine dust PM2.5"),
    indicator("womens-employment-rate", "여성 고용률", "Women's employment rate"),
    indicator("employment-rate", "고용률", "Employment rate"),
)
CAMERAS = (
    Findable("camera", Text("강남역 사거리", "Gangnam Station"), "cctv.open", {"camera": "g"}),
    Findable("camera", Text("잠수교", "Jamsu Bridge"), "cctv.open", {"camera": "j"}),
)
FINDER = Finder((*DISTRICTS, *INDICATORS, *CAMERAS))


def names(text: str) -> list[str]:
    return [found.entry.name.ko for found in FINDER.find(text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("송파구", "송파구"),
        ("송파", "송파구"),
        ("송ㅍ", "송파구"),
        ("송팍", "송파구"),
        ("ㅅㅍㄱ", "송파구"),
        ("ㅈㅅㄱ", "잠수교"),
        ("고용률", "고용률"),
        ("고용률은", "고용률"),
        ("잠수교에서", "잠수교"),
        ("잠수교 보여 줘", "잠수교"),
        ("잠스교", "잠수교"),
        ("여성고용률", "여성 고용률"),
        ("songpa", "송파구"),
        ("fine dust", "초미세먼지 PM2.5"),
        ("emploment rate", "고용률"),
        ("강남역", "강남역 사거리"),
        ("사거리", "강남역 사거리"),
    ],
)
def test_what_is_meant_comes_first(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_what_begins_so_comes_before_what_has_it_inside() -> None:
    assert names("미세먼지")[:2] == ["미세먼지 PM10", "초미세먼지 PM2.5"]


def test_a_name_that_ends_like_a_particle_is_found_whole() -> None:
    finder = Finder((Findable("x", Text("여의도", "Yeouido"), "a"),))
    assert finder.find("여의도")[0].score > 0.9


def test_an_indicator_in_a_district_is_one_answer() -> None:
    best = FINDER.find("송파구 고용률")[0].entry
    assert best.name.ko == "송파구 고용률"
    assert best.command == "indicator.open"
    assert best.args == {"indicator": "employment-rate", "district": "11710"}
    assert FINDER.find("고용률 송파구")[0].entry == best


def test_nothing_like_it_is_nothing() -> None:
    assert names("xyzzy") == []
    assert names("") == []
    assert names("   ") == []


@given(st.sampled_from([*DISTRICTS, *INDICATORS, *CAMERAS]), st.data())
def test_every_beginning_of_a_name_finds_it(entry: Findable, data: st.DataObject) -> None:
    typed = letters(entry.name.ko.casefold())
    length = data.draw(st.integers(2, len(typed)))
    begun = compose(list(typed[:length])).strip()
    assert entry.name.ko in names(begun) or not begun


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    for found in FINDER.find(text):
        assert 0 < found.score <= 1.1


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=20))
def test_letters_compose_to_what_they_were_taken_from(text: str) -> None:
    assert compose(list(letters(text))) == text or len(text) > 1
    assert len(initials(text)) == len(text)
    assert not text or are_initials(initials(text))
