"""Words on the wall: whole lines, true minus, ages and countdowns, whatever they are given."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from kiosk.pack.clock import local_time
from kiosk.ui.ages import MINUTE_MS, age_words, aged, left_words, seconds_left
from kiosk.ui.paint import true_minus
from kiosk.ui.ruler import Ruler, wrap
from kiosk.ui.theme import Theme, make_theme
from kiosk.ui.times import clock_words, date_words, weekday_words

QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
WORDS = st.lists(
    st.text(alphabet="가나다라시청서울강남역abcXYZ0123456789,.()", min_size=1, max_size=14),
    min_size=1,
    max_size=20,
)


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return make_theme(1920, 1080)


@QUIET
@given(words=WORDS, width=st.integers(10, 900))
def test_a_wrapped_text_keeps_every_word_whole(theme: Theme, words: list[str], width: int) -> None:
    metrics = theme.metrics("body")
    lines = wrap(metrics, " ".join(words), width)
    assert [word for line in lines for word in line.split(" ")] == words
    for line in lines:
        assert " " not in line or metrics.horizontalAdvance(line) <= width


@QUIET
@given(words=WORDS, most=st.integers(1, 4))
def test_no_paragraph_has_more_lines_than_allowed(
    theme: Theme, words: list[str], most: int
) -> None:
    role, lines = Ruler(theme).lines(" ".join(words), 300, "body", None, most)
    assert len(lines) <= most
    assert " ".join(lines).split(" ") == words
    assert theme.font(role).pixelSize() >= 14


@given(st.from_regex(r"-?[0-9]{1,3}(,[0-9]{3})*(\.[0-9])?", fullmatch=True))
def test_a_minus_is_a_true_minus(figure: str) -> None:
    assert true_minus(figure).replace("−", "-") == figure
    assert "-" not in true_minus(figure)


@given(st.integers(0, 60 * 24 * 400))
def test_an_age_says_its_minutes(minutes: int) -> None:
    words = age_words(minutes * MINUTE_MS)
    numbers = [int("".join(filter(str.isdigit, part)) or 0) for part in words.ko.split(" ")]
    if minutes >= 24 * 60:
        assert numbers[0] == minutes // (24 * 60)
    elif minutes >= 60:
        assert numbers[0] == minutes // 60
        assert len(numbers) == 2 or numbers[1] == minutes % 60
    elif minutes:
        assert numbers[0] == minutes


def test_the_ages_of_the_design() -> None:
    assert age_words(0).ko == "방금"
    assert age_words(-5 * MINUTE_MS).ko == "방금"
    assert age_words(2 * MINUTE_MS).ko == "2분 전"
    assert age_words(112 * MINUTE_MS).ko == "1시간 52분 전"
    assert age_words(60 * MINUTE_MS).ko == "1시간 전"
    assert age_words(72 * 60 * MINUTE_MS).ko == "3일 전"
    assert aged(0, 47 * MINUTE_MS, "late").ko == "47분 전, 지연"
    assert aged(None, 1, "fresh").ko == ""
    assert aged(1, None, "fresh").ko == ""


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_countdown_rounds_up_and_ends_at_nothing(expires_ms: int, now_ms: int) -> None:
    left_s = seconds_left(expires_ms, now_ms)
    assert left_s >= 0
    if expires_ms > now_ms:
        assert 0 <= left_s * 1000 - (expires_ms - now_ms) < 1000
    else:
        assert left_s == 0


def test_a_countdown_in_words() -> None:
    assert left_words(8).ko == "8초"
    assert left_words(102).ko == "1분 42초"
    assert seconds_left(5, None) == 0


@given(st.integers(600_000_000_000, 2_000_000_000_000))  # Korea had summer time until 1988
def test_the_wall_shows_the_time_of_seoul(t_ms: int) -> None:
    there = local_time(t_ms)
    offset = there.utcoffset()
    assert offset is not None
    assert offset.total_seconds() == 9 * 3600
    assert clock_words(t_ms) == f"{there.hour:02d}:{there.minute:02d}"
    assert date_words(t_ms).ko.startswith(f"{there.year}년")
    assert weekday_words(t_ms).en[:3] == there.strftime("%a")
