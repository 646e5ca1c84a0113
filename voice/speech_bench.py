"""Parts "decision", "listening" and "day" of `voice bench`: how quick hearing is, what it costs.

Recordings are heard as fast as the machine can: a day of sound in some two hours. Time of sound is
exact whatever else runs; what is computed is measured on this machine as it is.
"""

import os
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from voice.ears import Ears
from voice.evaluation import speech_end_ms
from voice.events import Gate
from voice.figures import figure
from voice.replay import hear, with_tail
from voice.sound_files import CHUNK_BYTES, RATE_HZ, read_chunks

MEDIAN_BAR_MS, P95_BAR_MS = 300.0, 700.0
CORE_BAR = 0.15
GROWTH_BAR_MB = 30.0  # a thirtieth of the model: less is noise of the allocator
_WARM_S = 600.0  # of sound, until every buffer has its size


def decision_figures(ears: Ears, files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """From the end of speech to the decision after a press, over recordings that hold one sentence
    each."""
    sound_ms, with_work_ms = [], []
    for file in files:
        sound = b"".join(with_tail(read_chunks(file)))
        answers = list(hear(ears, _pieces(sound), Gate.PTT))
        if answers:
            waited_ms = answers[-1].heard.t_decided_ms - speech_end_ms(sound)
            sound_ms.append(waited_ms)
            with_work_ms.append(waited_ms + answers[-1].computed_ms)
    for name, values, bars in (
        ("end of speech to decision, time of sound", sound_ms, (None, None)),
        ("end of speech to decision, with work", with_work_ms, (MEDIAN_BAR_MS, P95_BAR_MS)),
    ):
        n = len(values)
        yield figure("decision", f"{name}: median", median(values), "ms", bars[0], n=n)
        p95 = quantiles(values, n=20, method="inclusive")[-1]
        yield figure("decision", f"{name}: p95", p95, "ms", bars[1], n=n)


def listening_figures(ears: Ears, files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The share of a core that listening takes with the gate open, the recordings in a row."""
    begun, seconds = time.process_time(), 0.0
    listener = ears.listen()
    for file in files:
        for chunk in read_chunks(file):
            heard = listener.feed(chunk)
            if heard is not None:
                ears.decide(heard, heard.t_decided_ms)
            seconds += len(chunk) / 2 / RATE_HZ
    core = (time.process_time() - begun) / seconds
    name = f"processor while listening, {seconds:.0f} s of sound without a break"
    yield figure("listening", name, core, "core", CORE_BAR, n=len(files))


def day_figures(ears: Ears, files: Sequence[Path], hours: float) -> Iterator[dict[str, Any]]:
    """What the process holds after so many hours of sound, against what it held once warm."""
    listener = ears.listen()
    seconds, warm_mb = 0.0, 0.0
    for file in cycle(files):
        for chunk in with_tail(read_chunks(file)):
            heard = listener.feed(chunk)
            if heard is not None:
                ears.decide(heard, heard.t_decided_ms)
            seconds += len(chunk) / 2 / RATE_HZ
        if seconds >= _WARM_S and not warm_mb:
            warm_mb = resident_mb()
        if seconds >= hours * 3600 and warm_mb:
            break
    last_mb = resident_mb()
    yield figure("day", f"memory after {_WARM_S:.0f} s of sound", warm_mb, "MB")
    name = f"memory that {seconds / 3600:.1f} hours of sound add to that"
    yield figure("day", name, last_mb - warm_mb, "MB", GROWTH_BAR_MB)


def resident_mb() -> float:
    """Memory of this process that is in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _pieces(sound: bytes) -> Iterator[bytes]:
    return (sound[at : at + CHUNK_BYTES] for at in range(0, len(sound), CHUNK_BYTES))
