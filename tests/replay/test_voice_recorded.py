"""Real recognition of recorded speech, from the model's words to the answer on the wire."""

import csv
import json
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import MicrophoneSettings, PathSettings
from kiosk.wire import PairedLink
from kiosk.wire.messages import Health, Listen, Message, VoiceMatched, VoiceRefused
from kiosk.workers import voice as worker
from tests.helpers.speech import grammar
from voice import replay
from voice.ears import Ears, load_ears
from voice.events import Answer, Choice, Context, Gate, IntentMatch, NoMatch
from voice.model_files import find_model
from voice.phrase_list import (
    FILLERS,
    frequent_syllables,
    make_phrase_list,
    read_words,
    sample_words,
)
from voice.second_look import SecondLook
from voice.sound_files import CHUNK_BYTES, read_chunks
from voice.vocabulary import read_vocabulary

ROOT = Path(__file__).resolve().parents[2]
SPEECH = ROOT / "assets" / "demo" / "speech"
CONFIG = ROOT / "config" / "voice" / "ko"
CLIPS = [json.loads(line) for line in (SPEECH / "index.jsonl").read_text("utf-8").splitlines()]
TAIL = [bytes(CHUNK_BYTES)] * 24

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ears(tmp_path_factory: pytest.TempPathFactory) -> Ears:
    return load_ears(CONFIG, grammar=grammar, cache_dir=tmp_path_factory.mktemp("voice"))


def hear(ears: Ears, file: Path, gate: Gate = Gate.PTT) -> list[Answer]:
    """With the gate open everything is talk: nothing is asked, so answers are not heard."""
    context = Context.UNASKED if gate is Gate.OPEN else Context.ANY
    chunks = [*read_chunks(file), *TAIL]
    return [each.answer for each in replay.hear(ears, chunks, gate, context)]


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: str(clip["file"]))
def test_a_demo_clip_leads_to_what_its_index_says(ears: Ears, clip: dict[str, Any]) -> None:
    (answer,) = hear(ears, SPEECH / clip["file"])
    wanted = (clip["command"], clip["args"])
    if clip["answer"] == "match":
        assert isinstance(answer, IntentMatch)
        assert (answer.command, answer.args) == wanted
    elif clip["answer"] == "choice":
        assert isinstance(answer, Choice)
        assert wanted in [(option.command, option.args) for option in answer.options]
    else:
        assert isinstance(answer, NoMatch)


def test_the_answer_comes_soon_after_the_end_of_speech(ears: Ears) -> None:
    waits_ms = []
    for clip in CLIPS:
        recogniser = ears.listen()
        for chunk in [*read_chunks(SPEECH / clip["file"]), *TAIL]:
            heard = recogniser.feed(chunk)
            if heard is not None:
                waits_ms.append(heard.t_decided_ms - heard.t_end_ms)
    assert len(waits_ms) == len(CLIPS)
    assert max(waits_ms) <= 1000


def test_scores_under_different_lists_compare(ears: Ears) -> None:
    """What a list makes of a text is taken out of its score: of one phrase it is the same alone and
    among others."""
    listener = ears.listen(gate=Gate.PTT)
    sound = [*read_chunks(SPEECH / "complaints.flac"), *TAIL]
    heard = next(one for one in map(listener.feed, sound) if one is not None)
    said = ears.matcher.phrase(heard.bound)
    assert said is not None
    others = [phrase.spoken for phrase in ears.matcher.grammar.phrases[::1500]]
    look = SecondLook(ears.model)
    scores = [
        next(p.score for p in paths if ears.matcher.phrase(p.text) == said)
        for paths in (
            look.look(heard, [said.spoken, *others], []),
            look.look(heard, [], [said.spoken]),
        )
    ]
    assert scores[0] == pytest.approx(scores[1], abs=1.5)  # nats; uncorrected they are 5 apart


def test_a_recogniser_that_starts_again_remembers_nothing(ears: Ears) -> None:
    clip = SPEECH / "zoom_out.flac"
    (first,) = hear(ears, clip)
    half = list(read_chunks(SPEECH / "camera_hangang.flac"))[:18]
    recogniser = ears.listen()
    for chunk in half:
        recogniser.feed(chunk)
    (again,) = hear(ears, clip)
    assert isinstance(first, IntentMatch)
    assert isinstance(again, IntentMatch)
    assert again == first


def test_the_model_can_hear_every_phrase_and_only_phrases_of_the_grammar(ears: Ears) -> None:
    vocabulary = read_vocabulary(find_model())
    phrases = make_phrase_list(ears.matcher.grammar, read_words(CONFIG / "fillers.txt"), vocabulary)
    assert len(phrases.fillers) == FILLERS
    strangers = [p for p in phrases.phrases if ears.matcher.phrase(p) is None]
    assert strangers == []
    words = {word for phrase in phrases.phrases for word in phrase.split()}
    assert words <= vocabulary
    assert words.isdisjoint(phrases.fillers)


def test_the_word_lists_are_those_that_the_code_makes() -> None:
    vocabulary = read_vocabulary(find_model())
    assert list(read_words(CONFIG / "fillers.txt")) == frequent_syllables(vocabulary, 500)
    assert list(read_words(CONFIG / "free_words.txt")) == sample_words(vocabulary, 8000)


def test_commands_of_the_synthetic_voices_are_understood_or_refused(
    ears: Ears, shared: Path
) -> None:
    """A sample, large enough that one clip more or less decides nothing; the figures for all of
    them are in docs/voice.md."""
    data = shared / "voice" / "data"
    index = (data / "index.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader(index, delimiter="\t")
    clips = [row for row in rows if row["file"].startswith("kokoro_ko_synth/")][::8]
    told: Counter[str] = Counter()
    for row in clips:
        phrase = ears.matcher.phrase(row["transcript"])
        if phrase is None:
            continue
        for answer in hear(ears, data / row["file"]):
            right = isinstance(answer, IntentMatch) and (answer.command, answer.args) == (
                phrase.command,
                phrase.args,
            )
            told["right" if right else type(answer).__name__] += 1
    assert told["IntentMatch"] <= 1  # a wrong command
    assert told["right"] >= 0.75 * told.total(), told


def test_talk_is_no_command(ears: Ears, shared: Path) -> None:
    """Fifteen stretches of talks by people, with the gate held open; see docs/voice.md for more."""
    clips = sorted((shared / "voice" / "data" / "pansori").rglob("*.flac"))[::80]
    assert len(clips) >= 15
    acted = [a for clip in clips for a in hear(ears, clip, Gate.OPEN) if isinstance(a, IntentMatch)]
    assert len(acted) <= 1


def test_the_process_hears_a_recording_from_press_to_answer(tmp_path: Path) -> None:
    mine, theirs = PairedLink.pair()
    settings = Settings(
        microphone=MicrophoneSettings(source=str(SPEECH / "first_screen.flac")),
        paths=PathSettings(runtime_dir=str(tmp_path)),
    )
    thread = threading.Thread(target=worker.run, args=(settings, mine, SystemClock()))
    thread.start()
    try:
        until(theirs, lambda m: isinstance(m, Health) and m.state == "running")
        theirs.send(Listen(8.0))
        answer = until(theirs, lambda m: isinstance(m, VoiceMatched | VoiceRefused))
        assert isinstance(answer, VoiceMatched)
        assert answer.match.command == "nav.home"
    finally:
        mine.stopped.set()
        thread.join(10.0)
        assert not thread.is_alive()


def until(link: PairedLink, wanted: Any) -> Message:
    end = time.monotonic() + 30.0
    while time.monotonic() < end:
        message = link.receive(0.1)
        if message is not None and wanted(message):
            return message
    raise AssertionError("not seen in 30 s")
