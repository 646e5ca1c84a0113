"""Sentences that were given to the project: each of them is a phrasing of a command that fits."""

from pathlib import Path

import pytest

from tests.helpers.speech import grammar
from voice.events import IntentMatch
from voice.matcher import Matcher

GIVEN = Path(__file__).resolve().parents[3] / "shared" / "voice" / "phrases.txt"
pytestmark = pytest.mark.skipif(not GIVEN.is_file(), reason="the given sentences are not here")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(grammar("ko"))


def test_every_given_sentence_is_understood_as_it_is(matcher: Matcher) -> None:
    sentences = GIVEN.read_text("utf-8").splitlines()
    assert len(sentences) > 300
    answers = {say: matcher.match(say, 0) for say in sentences if say.strip()}
    missed = [
        say
        for say, answer in answers.items()
        if not isinstance(answer, IntentMatch) or answer.score < 1.0
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("say", "command", "args"),
    [
        ("미세먼지 순위", "ranking.open", {"indicator": "pm10"}),
        ("구별 미세먼지 비교", "map.metric", {"indicator": "pm10"}),
        ("표로 보여 줘", "chart.table", {}),
        ("그래프로 보여 줘", "chart.line", {}),
        ("순위 보여 줘", "ranking.open", {}),
        ("비교해 줘", "compare.open", {}),
        ("강수량 보여 줘", "search.open", {"text": "강수"}),
        ("버스 운행 현황", "indicator.open", {"indicator": "public-transport"}),
        ("출산율 순위", "ranking.open", {"indicator": "births"}),
        ("심야 버스 노선", "item.open", {"item": "night-owl"}),
    ],
)
def test_given_sentences_lead_where_a_person_would_expect(
    matcher: Matcher, say: str, command: str, args: dict[str, str]
) -> None:
    answer = matcher.match(say, 0)
    assert isinstance(answer, IntentMatch)
    assert (answer.command, answer.args) == (command, args)
