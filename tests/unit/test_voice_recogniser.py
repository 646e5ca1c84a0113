"""When a sentence is over, with decoders that hear what they are told to."""

import json
from typing import Any

import numpy as np
import pytest

from tests.helpers.speech import grammar
from voice.events import Context, Gate
from voice.features import Found
from voice.grammar import Phrase
from voice.level import level_db
from voice.matcher import Matcher
from voice.recogniser import BestPath, Heard, Recogniser
from voice.sound_files import BYTES_PER_MS

CHUNK_BYTES = 100 * BYTES_PER_MS
LOUD = np.full(CHUNK_BYTES // 2, 6000, dtype=np.int16).tobytes()
QUIET = np.full(CHUNK_BYTES // 2, 20, dtype=np.int16).tobytes()
LAG_CHUNKS = 3  # what a partial result is behind


class Decoder:
    """Hears `words`, one for each loud chunk."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.heard = b""

    def AcceptWaveform(self, samples: bytes) -> bool:
        self.heard += samples
        return False

    def PartialResult(self) -> str:
        chunks = len(self.heard) // CHUNK_BYTES
        said = self._said(max(0, chunks - LAG_CHUNKS))
        return json.dumps({"partial": " ".join(said)})

    def FinalResult(self) -> str:
        said = self._said(len(self.heard) // CHUNK_BYTES)
        words = [
            {"word": word, "start": n / 10, "end": (n + 1) / 10} for n, word in enumerate(said)
        ]
        text = " ".join(said)
        return json.dumps(
            {"text": text, "result": words, "alternatives": [{"text": text, "confidence": 5.0}]}
        )

    def _said(self, chunks: int) -> list[str]:
        heard = [self.heard[at : at + CHUNK_BYTES] for at in range(0, len(self.heard), CHUNK_BYTES)]
        return self.words[: sum(level_db(chunk) > -40 for chunk in heard[:chunks])]


class Model:
    """Gives decoders, and remembers how many."""

    free_json = "free"
    fillers = frozenset(("음",))

    def __init__(self, *words: str) -> None:
        self.words = list(words)
        self.bound_made = 0
        self.free_made = 0
        self.contexts: list[Context] = []

    def bound(self, context: Context) -> Decoder:
        self.bound_made += 1
        self.contexts.append(context)
        return Decoder(self.words)

    def scoring(self, listed: str) -> Decoder:
        assert listed == self.free_json
        self.free_made += 1
        return Decoder(self.words)


class Judge:
    """Would act on what is a whole phrase, or on `chosen`; remembers what it was asked about."""

    def __init__(self, matcher: Matcher, chosen: str = "") -> None:
        self.matcher = matcher
        self.instead = chosen
        self.asked: list[str] = []

    def find(self, heard: Heard) -> Found:
        self.asked.append(heard.bound)
        return Found(())

    def chosen(self, heard: Heard) -> Phrase | None:
        assert heard.found is not None
        return self.matcher.phrase(self.instead or heard.bound)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(grammar())


def hear(
    matcher: Matcher,
    model: Any,
    *chunks: bytes,
    context: Context = Context.ANY,
    gate: Gate = Gate.OPEN,
    judge: Judge | None = None,
) -> list[Heard]:
    recogniser = Recogniser(model, matcher, judge or Judge(matcher), context, gate)
    heard = (recogniser.feed(chunk, 30.0) for chunk in chunks)
    return [one for one in heard if one is not None]


def test_a_phrase_that_no_longer_one_begins_with_ends_at_a_short_pause(matcher: Matcher) -> None:
    model = Model("미세먼지", "그래프", "보여", "줘")
    (heard,) = hear(matcher, model, *[LOUD] * 4, *[QUIET] * 6)
    assert matcher.completes(heard.bound)
    assert heard.t_decided_ms == 500  # the first chunk of quiet
    assert heard.free == BestPath("미세먼지 그래프 보여 줘", 5.0)
    assert model.free_made == 1


def test_a_phrase_that_may_go_on_waits_a_little(matcher: Matcher) -> None:
    assert matcher.phrase("지도 축소") is not None
    assert not matcher.completes("지도 축소")
    (heard,) = hear(matcher, Model("지도", "축소"), LOUD, LOUD, *[QUIET] * 9)
    assert 250 <= heard.t_decided_ms - 200 < 450


def test_what_goes_on_after_a_short_pause_is_one_sentence(matcher: Matcher) -> None:
    model = Model("강남구", "미세먼지", "그래프", "보여", "줘")
    sound = (LOUD, LOUD, QUIET, QUIET, LOUD, LOUD, LOUD, *[QUIET] * 6)
    (heard,) = hear(matcher, model, *sound)
    assert heard.bound == "강남구 미세먼지 그래프 보여 줘"


def test_talk_costs_no_free_hearing_and_ends_at_a_long_pause(matcher: Matcher) -> None:
    model = Model("뭐", "랄", "까", "요", "음")
    (heard,) = hear(matcher, model, *[LOUD] * 5, *[QUIET] * 9)
    assert heard.free is None
    assert model.free_made == 0
    assert heard.t_decided_ms - 500 >= 450


def test_nothing_said_is_nothing_heard(matcher: Matcher) -> None:
    assert hear(matcher, Model("강남구"), *[QUIET] * 30) == []


def test_every_utterance_has_decoders_of_its_own_and_times_of_the_stream(matcher: Matcher) -> None:
    model = Model("미세먼지", "그래프", "보여", "줘")
    once = (*[LOUD] * 4, *[QUIET] * 6)
    first, second = hear(matcher, model, *once, *once, context=Context.UNASKED)
    assert second.bound == first.bound
    assert second.t_start_ms == first.t_decided_ms  # the stream's clock goes on
    assert model.bound_made == 3  # and one for the quiet after them
    assert set(model.contexts) == {Context.UNASKED}
    assert second.context is Context.UNASKED


def test_a_restart_forgets(matcher: Matcher) -> None:
    recogniser = Recogniser(Model("강남구"), matcher, Judge(matcher))  # type: ignore[arg-type]
    for _ in range(5):
        recogniser.feed(LOUD)
    assert recogniser.partial == "강남구"
    recogniser.restart()
    assert recogniser.partial == ""
    assert recogniser.finish() is None


def test_a_pause_is_heard_out_once_and_its_finding_kept(matcher: Matcher) -> None:
    judge, model = Judge(matcher), Model("지도", "축소")
    (heard,) = hear(matcher, model, LOUD, LOUD, *[QUIET] * 9, judge=judge)
    assert judge.asked == ["지도 축소"]
    assert heard.found == Found(())
    assert heard.snr_db == 30.0
    assert model.bound_made == 2  # and one for the quiet after it


def test_what_is_heard_otherwise_than_it_is_understood_may_be_but_a_beginning(
    matcher: Matcher,
) -> None:
    sound = (LOUD, LOUD, *[QUIET] * 9)
    for model, judge in (
        (Model("지도", "축소"), Judge(matcher, "지도 확대")),
        (Model("지도", "음"), Judge(matcher, "지도 확대")),
    ):
        (heard,) = hear(matcher, model, *sound, judge=judge, gate=Gate.PTT)
        assert heard.t_decided_ms - 200 >= 450


def test_after_a_press_every_pause_is_heard_out(matcher: Matcher) -> None:
    judge, model = Judge(matcher), Model("뭐", "랄", "까", "요", "음")
    (heard,) = hear(matcher, model, *[LOUD] * 5, *[QUIET] * 9, judge=judge, gate=Gate.PTT)
    assert len(judge.asked) == 1
    assert heard.free is not None
    assert heard.t_decided_ms - 500 >= 450


def test_with_the_gate_open_the_free_hearing_rests_when_it_becomes_no_phrase(
    matcher: Matcher,
) -> None:
    model = Model("미세먼지", "그래프", "보여", "줘", "음", "랄", "까")
    (heard,) = hear(matcher, model, *[LOUD] * 7, *[LOUD] * 3, *[QUIET] * 9)
    assert model.free_made == 1
    assert heard.free is None


def test_a_window_that_closes_in_a_pause_gives_what_was_heard_out(matcher: Matcher) -> None:
    judge = Judge(matcher)
    recogniser = Recogniser(Model("지도", "축소"), matcher, judge, gate=Gate.PTT)  # type: ignore[arg-type]
    for chunk in (LOUD, LOUD, QUIET, QUIET):
        assert recogniser.feed(chunk) is None
    heard = recogniser.finish()
    assert heard is not None
    assert heard.bound == "지도 축소"
    assert judge.asked == ["지도 축소"]
