"""Values that are read where they are said: times, numbers, several of a kind."""

from datetime import date
from pathlib import Path

import pytest

from voice.errors import GrammarError, NoSuchValueError
from voice.events import Choice, IntentMatch, NoMatch, NoMatchReason
from voice.grammar import load_grammar
from voice.hangul import normalise
from voice.matcher import Matcher
from voice.numbers import native_korean, read_english, read_korean, sino_korean
from voice.open_slots import always_open
from voice.periods import bounds, say_period

TODAY = date(2026, 3, 5)

FILE = """
area = "a"
open = ["sex"]
[slots]
indicator = [{ value = "pm25", spoken = ["초미세먼지"] }, { value = "pop", spoken = ["인구"] }]
district = [
  { value = "1", spoken = ["강남구"] },
  { value = "2", spoken = ["서초구"] },
  { value = "3", spoken = ["성북구"] },
]
sex = [{ value = "f", spoken = ["여성", "여자"] }]
[[command]]
id = "show"
args = { indicator = "{indicator}", when = "{when}" }
phrasings = ["{indicator} {when} [(보여|알려) 줘]", "{when} {indicator} [(보여|알려) 줘]"]
[[command]]
id = "between"
args = { indicator = "{indicator}", a = "{a}", b = "{b}" }
phrasings = ["{indicator} {when:a}(와|하고) {when:b} 비교"]
[[command]]
id = "people"
args = { indicator = "{indicator}", when = "{when}", sex = "{sex}" }
phrasings = ["{when} {sex} {indicator} 보여 줘"]
[[command]]
id = "top"
args = { n = "{count}" }
phrasings = ["상위 {count}"]
[[command]]
id = "compare"
args = { districts = "{district+}" }
phrasings = ["{district+} 비교"]
[[command]]
id = "camera"
args = { n = "{ordinal}" }
phrasings = ["{ordinal} 카메라"]
[[command]]
id = "bright"
args = { n = "{percent}" }
phrasings = ["밝기 {percent}"]
"""


def folder(tmp_path: Path, text: str, language: str = "ko") -> Path:
    made = tmp_path / language
    made.mkdir()
    (made / "a.toml").write_text(text)
    return made


@pytest.fixture
def matcher(tmp_path: Path) -> Matcher:
    return Matcher(load_grammar(folder(tmp_path, FILE)), today=lambda: TODAY)


@pytest.mark.parametrize(
    ("said", "command", "args"),
    [
        ("초미세먼지 지난달 보여줘", "show", {"indicator": "pm25", "when": "2026-02"}),
        ("인구 2024년 5월", "show", {"indicator": "pop", "when": "2024-05"}),
        ("이천이십사년 오월 인구", "show", {"indicator": "pop", "when": "2024-05"}),
        ("인구 이공이사년 알려줘", "show", {"indicator": "pop", "when": "2024"}),
        ("작년 3분기 인구", "show", {"indicator": "pop", "when": "2025-Q3"}),
        ("인구 최근 다섯 달", "show", {"indicator": "pop", "when": "2025-11/2026-03"}),
        ("인구 작년하고 올해 비교", "between", {"indicator": "pop", "a": "2025", "b": "2026"}),
        ("재작년 여자 인구 보여 줘", "people", {"indicator": "pop", "when": "2024", "sex": "f"}),
        ("상위 5개", "top", {"n": 5}),
        ("상위 다섯 곳", "top", {"n": 5}),
        ("상위 열두 개", "top", {"n": 12}),
        ("3번 카메라", "camera", {"n": 3}),
        ("세 번째 카메라", "camera", {"n": 3}),
        ("첫 번째 카메라", "camera", {"n": 1}),
        ("밝기 70%", "bright", {"n": 70}),
        ("밝기 절반", "bright", {"n": 50}),
        ("강남구와 서초구 비교", "compare", {"districts": "1,2"}),
        ("강남구 서초구하고 성북구 비교", "compare", {"districts": "1,2,3"}),
    ],
)
def test_values_are_read(
    matcher: Matcher, said: str, command: str, args: dict[str, object]
) -> None:
    answer = matcher.match(said, 0)
    assert isinstance(answer, IntentMatch)
    assert (answer.command, answer.args, answer.score) == (command, args, 1.0)


def test_a_value_that_may_mean_two_things_is_asked_about(matcher: Matcher) -> None:
    answer = matcher.match("5월 인구 보여줘", 0)
    assert isinstance(answer, Choice)
    assert [option.args["when"] for option in answer.options] == ["2025-05", "2026-05"]
    assert [option.text for option in answer.options] == [
        "2025년 5월 인구 보여 줘",
        "2026년 5월 인구 보여 줘",
    ]


@pytest.mark.parametrize(
    "said", ["13월 인구", "인구 5분기", "2월 30일 인구", "강남구와 강남구 비교", "0번 카메라"]
)
def test_a_value_that_there_is_not_is_refused_as_that(matcher: Matcher, said: str) -> None:
    answer = matcher.match(said, 0)
    assert isinstance(answer, NoMatch)
    assert answer.reason is NoMatchReason.NO_SUCH_VALUE
    assert matcher.phrase(said) is None


def test_a_slip_beside_a_value_is_forgiven(matcher: Matcher) -> None:
    answer = matcher.match("초미세먼재 지난달 보여줘", 0)
    assert isinstance(answer, IntentMatch)
    assert answer.args == {"indicator": "pm25", "when": "2026-02"}
    assert answer.score < 1


def test_every_word_of_every_slot_stands_in_an_example_that_is_understood(
    matcher: Matcher,
) -> None:
    said = {phrase.key for phrase in matcher.grammar.examples()}
    for slot in matcher.grammar.open_slots.values():
        for sample in slot.samples:
            assert any(normalise(sample) in key for key in said), sample
    for phrase in matcher.grammar.examples():
        found = matcher.phrase(phrase.text)
        assert found is not None
        assert found.command == phrase.command


def test_a_sentence_that_ends_in_a_value_may_go_on(matcher: Matcher) -> None:
    assert matcher.completes("인구 작년 보여 줘")
    assert not matcher.completes("인구 작년")


def test_a_file_cannot_take_the_name_of_a_slot_that_is_always_there(tmp_path: Path) -> None:
    text = 'area = "a"\n[slots]\ncount = [{ value = 1, spoken = ["하나"] }]\n'
    with pytest.raises(GrammarError, match="always there"):
        load_grammar(folder(tmp_path, text))


KOREAN_TIMES = {
    "이번 주": "2026-W10",
    "지난주": "2026-W09",
    "어제": "2026-03-04",
    "주말": "2026-03-07/2026-03-08",
    "지난 분기": "2025-Q4",
    "1/4분기": "2026-Q1",
    "올해 하반기": "2026-H2",
    "24년 유월": "2024-06",
    "99년": "1999",
    "최근 5년": "2022/2026",
    "최근 1년": "2025-04/2026-03",
    "최근 한 달": "2026-02-04/2026-03-05",
    "지난 일주일": "2026-02-27/2026-03-05",
    "3개월간": "2026-01/2026-03",
    "작년 같은 달": "2025-03",
    "3월 3일": "2026-03-03",
    "2020년부터 2024년까지": "2020/2024",
    "작년 3월부터 5월까지": "2025-03/2025-05",
    "2020년부터": "2020/2026",
}
ENGLISH_TIMES = {
    "last month": "2026-02",
    "this week": "2026-W10",
    "third quarter of last year": "2025-Q3",
    "Q3 2024": "2024-Q3",
    "May 2024": "2024-05",
    "the past five years": "2022/2026",
    "last 5 years": "2022/2026",
    "yesterday": "2026-03-04",
    "from 2020 to 2024": "2020/2024",
    "since 2020": "2020/2026",
    "last weekend": "2026-02-28/2026-03-01",
}


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        *(("ko", said, meant) for said, meant in KOREAN_TIMES.items()),
        *(("en", said, meant) for said, meant in ENGLISH_TIMES.items()),
    ],
)
def test_times_count_from_today(language: str, said: str, meant: str) -> None:
    slot = always_open(language)["when"]
    key = normalise(said, spell_out=language == "ko")
    assert slot.pattern.fullmatch(key)
    assert slot.read(key, TODAY) == (meant,)
    first, last = bounds(meant)
    assert first <= last


@pytest.mark.parametrize(
    ("value", "first", "last", "ko", "en"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2024년", "2024"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024년 2월", "February 2024"),
        ("2024-H2", "2024-07-01", "2024-12-31", "2024년 하반기", "second half of 2024"),
        ("2024-Q4", "2024-10-01", "2024-12-31", "2024년 4분기", "Q4 2024"),
        ("2026-W01", "2025-12-29", "2026-01-04", "2026년 1주", "week 1 of 2026"),
        ("2026-03-05", "2026-03-05", "2026-03-05", "2026년 3월 5일", "5 March 2026"),
        ("2022/2024-02", "2022-01-01", "2024-02-29", "2022년~2024년 2월", "2022 to February 2024"),
    ],
)
def test_a_time_has_bounds_and_words(value: str, first: str, last: str, ko: str, en: str) -> None:
    assert bounds(value) == (date.fromisoformat(first), date.fromisoformat(last))
    assert (say_period(value, "ko"), say_period(value, "en")) == (ko, en)


@pytest.mark.parametrize("value", ["", "24", "2024-Q", "2024-5", "2024-13-01", "x/2024"])
def test_what_is_no_time_has_no_bounds(value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        bounds(value)


@pytest.mark.parametrize("number", [*range(1, 100)])
def test_both_readings_of_a_number_are_read(number: int) -> None:
    assert read_korean(sino_korean(str(number))) == number
    assert read_korean(native_korean(number)) == number


def test_what_is_no_number_is_none() -> None:
    assert [read_korean(text) for text in ("", "십이백", "일이십", "나무")] == [None] * 4
    assert (read_english("twentyfive"), read_english("7"), read_english("tree")) == (25, 7, None)


def test_english_values_are_read() -> None:
    slots = always_open("en")
    assert slots["ordinal"].read("third", TODAY) == (3,)
    assert slots["ordinal"].read("3rd", TODAY) == (3,)
    assert slots["ordinal"].read("numberthree", TODAY) == (3,)
    assert slots["percent"].read("half", TODAY) == (50,)
    with pytest.raises(NoSuchValueError):
        slots["percent"].read("200percent", TODAY)
