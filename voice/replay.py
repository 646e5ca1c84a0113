"""A recording through the ears as fast as it goes, with the gate held open or pressed once."""

import time
from collections.abc import Iterable, Iterator

import msgspec

from voice.ears import Ears
from voice.events import Answer, Context, Gate
from voice.recogniser import Heard
from voice.sound_files import CHUNK_BYTES

_TAIL_CHUNKS = 10  # a second of silence after a recording, so that its last sentence can end


class Answered(msgspec.Struct, frozen=True):
    """An utterance and what it came to. `computed_ms` is how long this machine took from the last
    sound that the answer needed; all other times are of sound."""

    heard: Heard
    answer: Answer
    computed_ms: int

    @property
    def t_decided_ms(self) -> int:
        """When the answer would have been there, had the recording been spoken now."""
        return self.heard.t_decided_ms + self.computed_ms


def with_tail(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The recording and a second of silence."""
    yield from chunks
    for _ in range(_TAIL_CHUNKS):
        yield bytes(CHUNK_BYTES)


def hear(
    ears: Ears,
    chunks: Iterable[bytes],
    gate: Gate = Gate.OPEN,
    context: Context = Context.ANY,
) -> Iterator[Answered]:
    """Every utterance that gets an answer; with `ptt` only the first, as after a press."""
    recogniser = ears.listen(context=context, gate=gate)
    for chunk in chunks:
        start_s = time.perf_counter()
        heard = recogniser.feed(chunk)
        if heard is None:
            continue
        answer = ears.decide(heard, heard.t_decided_ms)
        if answer is None:
            continue
        yield Answered(heard, answer, round((time.perf_counter() - start_s) * 1000))
        if gate is Gate.PTT:
            return
