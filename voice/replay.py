"""A recording through the ears as fast as it goes, with the gate held open or pressed once."""

import time
from collections.abc import Iterable, Iterator

import msgspec

from voice.ears import Ears
from voice.events import Answer, Context, Gate
from voice.recogniser import Heard
from voice.sound_files import BYTES_PER_MS, CHUNK_BYTES

_TAIL_CHUNKS = 20  # a second of silence after a recording, so that its last sentence can end


class Answered(msgspec.Struct, frozen=True):
    """An utterance and what it came to. `computed_ms` is how much later than the last sound that it
    needed the answer is there on this machine, were the sound spoken now: what is computed while
    the next sound comes makes nobody wait. All other times are of sound."""

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
    listener = ears.listen(context=context, gate=gate)
    come_ms = ready_ms = 0.0
    for chunk in chunks:
        come_ms += len(chunk) / BYTES_PER_MS
        start_s = time.perf_counter()
        heard = listener.feed(chunk)
        answer = ears.decide(heard, heard.t_decided_ms) if heard is not None else None
        ready_ms = max(come_ms, ready_ms) + (time.perf_counter() - start_s) * 1000
        if heard is None or answer is None:
            continue
        yield Answered(heard, answer, round(ready_ms - come_ms))
        if gate is Gate.PTT:
            return
