"""A recording as fast as it goes: how long an answer would have been waited for."""

from typing import Any

import pytest

from voice import replay
from voice.events import Answer, Context, Gate, NoMatch, NoMatchReason
from voice.recogniser import Heard
from voice.sound_files import CHUNK_BYTES, CHUNK_MS

LAST = 9  # the piece of sound that ends the sentence


class Slow:
    """Ears that take a while over some pieces of sound, and hear a sentence in the last one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, takes_ms: dict[int, float]) -> None:
        self.takes_ms = takes_ms
        self.now_s = 0.0
        self.fed = 0
        monkeypatch.setattr("voice.replay.time.perf_counter", lambda: self.now_s)

    def listen(self, context: Context, gate: Gate) -> "Slow":
        return self

    def feed(self, samples: bytes) -> Heard | None:
        self.now_s += self.takes_ms.get(self.fed, 0.0) / 1000
        self.fed += 1
        return Heard("지도", 0, 0, self.fed * CHUNK_MS) if self.fed == LAST + 1 else None

    def decide(self, heard: Heard, t_ms: int) -> Answer:
        return NoMatch("", NoMatchReason.UNSURE, (), t_ms)


@pytest.mark.parametrize(
    ("takes_ms", "waited_ms"),
    [
        ({}, 0),
        ({LAST: 80.0}, 80),
        ({LAST - 3: 120.0}, 0),  # done while the next sound came
        ({LAST - 1: 120.0}, 70),  # one piece of sound came meanwhile
        ({LAST - 2: 200.0, LAST: 30.0}, 130),
    ],
)
def test_what_is_computed_while_sound_comes_makes_nobody_wait(
    monkeypatch: pytest.MonkeyPatch, takes_ms: dict[int, float], waited_ms: int
) -> None:
    ears: Any = Slow(monkeypatch, takes_ms)
    chunks = [bytes(CHUNK_BYTES)] * 20
    (answered,) = replay.hear(ears, chunks, Gate.PTT)
    assert answered.computed_ms == waited_ms
    assert answered.t_decided_ms == (LAST + 1) * CHUNK_MS + waited_ms
    assert ears.fed == LAST + 1  # a press gives one answer
