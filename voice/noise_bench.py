"""Part "noise" of `voice bench`: how much of what is understood in quiet is understood in noise.

What a recording led to in quiet counts as right, so that any recordings will do; which of that is
truly right tells `voice evaluate`, with transcripts. Sentences of people are the harder data.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from voice.ears import Ears
from voice.events import Gate, IntentMatch
from voice.figures import figure
from voice.intervals import wilson_interval
from voice.noise import MADE, made, mixed
from voice.replay import hear, with_tail
from voice.sound_files import CHUNK_BYTES, read_chunks

KEPT_BARS = {20.0: 0.95, 10.0: 0.80, 5.0: 0.50}  # by signal-to-noise ratio in dB
WRONG_BAR = 0.01
Act = tuple[str, str]  # command and arguments


def noise_figures(ears: Ears, files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """For each kind of noise and each ratio: the share kept, and the share of wrong commands."""
    sounds = {file: b"".join(with_tail(read_chunks(file))) for file in files}
    quiet = {file: _acts(ears, sound) for file, sound in sounds.items()}
    for kind in MADE:
        noise = made(kind)
        for snr_db, bar in KEPT_BARS.items():
            noisy = {
                file: _acts(ears, mixed(sound, noise, snr_db, zlib.crc32(file.name.encode())))
                for file, sound in sounds.items()
            }
            yield from _compared(f"{kind} noise, {snr_db:g} dB", quiet, noisy, bar)


def _compared(
    name: str, quiet: Mapping[Path, set[Act]], noisy: Mapping[Path, set[Act]], bar: float
) -> Iterator[dict[str, Any]]:
    understood = [file for file, acts in quiet.items() if acts]
    kept = sum(noisy[file] == quiet[file] for file in understood)
    wrong = sum(not acts <= quiet[file] for file, acts in noisy.items())
    share = kept / len(understood) if understood else 0.0
    low, high = wilson_interval(kept, len(understood))
    kept_line = figure("noise", f"{name}: kept", share, "", bar, "least", len(understood))
    yield {**kept_line, "low": low, "high": high}
    low, high = wilson_interval(wrong, len(noisy))
    wrong_line = figure("noise", f"{name}: wrong", wrong / len(noisy), "", WRONG_BAR, n=len(noisy))
    yield {**wrong_line, "low": low, "high": high}


def _acts(ears: Ears, sound: bytes) -> set[Act]:
    chunks = (sound[at : at + CHUNK_BYTES] for at in range(0, len(sound), CHUNK_BYTES))
    answers = (answered.answer for answered in hear(ears, chunks, Gate.PTT))
    return {(a.command, repr(a.args)) for a in answers if isinstance(a, IntentMatch)}
