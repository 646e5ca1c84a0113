"""How well recordings are understood: right, wrong, asked or refused, and how talk is kept out.

An index names the recordings: tab-separated, with a line of column names: `file` (below the folder
of the recordings), `speaker`, `kind`, `seconds`, `transcript`. A kind that begins with "command"
is a sentence said to the wall, "non-command" is talk that it must not act on; "synthetic" in it
tells a made voice from a person. Commands of another language ("command EN") are left out.
"""

import csv
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

import msgspec
import numpy as np

from voice.ears import Ears
from voice.errors import RecordingsError, SoundFileError
from voice.events import Answer, Choice, Context, Gate, IntentMatch
from voice.grammar import phrase_of
from voice.intervals import poisson_interval, wilson_interval
from voice.matcher import Matcher
from voice.noise import mixed
from voice.replay import hear, with_tail
from voice.sound_files import CHUNK_BYTES, RATE_HZ, read_chunks

_SENTENCE = re.compile("[가-힣]+( [가-힣]+)*")
_COLUMNS = ("file", "speaker", "kind", "seconds", "transcript")
_FRAME = RATE_HZ // 50  # 20 ms
_ACTIVE_DB = 30.0  # speech has ended where it stays so far below its loudest frame


class Clip(msgspec.Struct, frozen=True):
    """One recording. `transcript` is empty where nobody wrote down what is said."""

    file: Path
    speaker: str
    kind: str
    seconds: float
    transcript: str

    @property
    def voice(self) -> str:
        return "synthetic" if "synthetic" in self.kind else "human"

    @property
    def is_talk(self) -> bool:
        return self.kind.startswith("non-command")


class Outcome(msgspec.Struct, frozen=True):
    """What came of one recording. `delays_ms` are from the end of speech to the decision, in time
    of sound and with the time that this machine computed; only for what was answered."""

    clip: Clip
    group: str
    result: str
    accepted: tuple[str, ...]
    delay_ms: int | None = None
    delay_computed_ms: int | None = None


class Noise(msgspec.Struct, frozen=True):
    """What is mixed under every recording; see `voice.noise.mixed`."""

    sound: bytes
    snr_db: float


def read_index(directory: Path, index: Path, language: str = "ko") -> list[Clip]:
    """The recordings in this language. Raises RecordingsError."""
    try:
        with index.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RecordingsError(f"{index}: {error}; expected a tab-separated index") from error
    found = [_clip(directory, index, number, row) for number, row in enumerate(rows, 2)]
    return [clip for clip in found if _is_in(clip.kind, language)]


def _clip(directory: Path, index: Path, number: int, row: dict[str, str]) -> Clip:
    try:
        file, speaker, kind, seconds, transcript = (row[name] or "" for name in _COLUMNS)
        return Clip(directory / file, speaker, kind, float(seconds), transcript)
    except (KeyError, ValueError) as error:
        expected = ", ".join(_COLUMNS)
        raise RecordingsError(f"{index}, line {number}: {error}; expected {expected}") from error


def _is_in(kind: str, language: str) -> bool:
    said_in = "en" if kind.startswith("command EN") else "ko"
    return said_in == language


def sentences_as_commands(matcher: Matcher, clips: Sequence[Clip]) -> tuple[Matcher, list[Clip]]:
    """What people say in talks as if it were commands of ours: a measure of how well they are
    heard, where nobody recorded people saying commands. Only clips with a transcript that could be
    a command (Hangul alone) are left."""
    grammar = matcher.grammar
    read = [clip for clip in clips if clip.is_talk and _SENTENCE.fullmatch(clip.transcript)]
    known = {phrase.key for phrase in grammar.phrases}
    made = [
        phrase_of(clip.transcript, "sentence", {"said": clip.transcript}, grammar.language)
        for clip in read
    ]
    fresh = {phrase.key: phrase for phrase in made if phrase.key not in known}
    longer = msgspec.structs.replace(grammar, phrases=(*grammar.phrases, *fresh.values()))
    said = [msgspec.structs.replace(clip, kind="command, a sentence of a talk") for clip in read]
    return Matcher(longer), said


def evaluate(
    ears: Ears, clips: Iterable[Clip], noise: Noise | None = None, *, pressed: bool = False
) -> Iterator[Outcome | SoundFileError]:
    """What comes of each recording, in order, heard as the wall hears it: talk with the gate held
    open (or, `pressed`, as if somebody had pressed and then said something else), a command after a
    press; an answer while the wall asks, everything else while it does not. An unreadable one gives
    its error.
    Reproducible: the noise under a recording begins where its name says."""
    for clip in clips:
        try:
            sound = b"".join(with_tail(read_chunks(clip.file)))
        except SoundFileError as error:
            yield error
            continue
        gate = Gate.OPEN if clip.is_talk and not pressed else Gate.PTT
        yield _outcome(ears, clip, sound, noise, gate)


def _outcome(ears: Ears, clip: Clip, sound: bytes, noise: Noise | None, gate: Gate) -> Outcome:
    wanted = None if clip.is_talk else meant_by(ears.matcher, clip.transcript)
    end_ms = speech_end_ms(sound)
    if noise is not None:
        sound = mixed(sound, noise.sound, noise.snr_db, zlib.crc32(clip.file.name.encode()))
    chunks = (sound[at : at + CHUNK_BYTES] for at in range(0, len(sound), CHUNK_BYTES))
    is_answer = wanted is not None and wanted.command in ears.matcher.grammar.answers
    context = Context.ASKED if is_answer else Context.UNASKED
    answers = list(hear(ears, chunks, gate, context))
    accepted = tuple(
        f"{a.answer.command} {a.answer.text}" for a in answers if isinstance(a.answer, IntentMatch)
    )
    group = _group(clip, gate, ours=wanted is not None)
    if clip.speaker in ears.rules.fitted_on:
        group += ", fitted on"
    result = result_of([a.answer for a in answers], wanted)
    if not answers:
        return Outcome(clip, group, result, accepted)
    last = answers[-1]
    waited_ms = last.heard.t_decided_ms - end_ms
    return Outcome(clip, group, result, accepted, waited_ms, waited_ms + last.computed_ms)


def meant_by(matcher: Matcher, transcript: str) -> IntentMatch | None:
    """What a sentence asks for, written without an error; None when it is no command of ours."""
    answer = matcher.match(transcript, 0)
    return answer if isinstance(answer, IntentMatch) and answer.score == 1.0 else None


def _group(clip: Clip, gate: Gate, *, ours: bool) -> str:
    if clip.is_talk:
        return f"talk, {clip.voice}" + (", after a press" if gate is Gate.PTT else "")
    return f"{'commands' if ours else 'no commands of ours'}, {clip.voice}"


def result_of(answers: Sequence[Answer], wanted: IntentMatch | None) -> str:
    """One wrong act makes a recording wrong, whatever else it led to."""
    acts = [answer for answer in answers if isinstance(answer, IntentMatch)]
    if any(wanted is None or not _same(act, wanted) for act in acts):
        return "wrong"
    if acts:
        return "right"
    choices = [option for each in answers if isinstance(each, Choice) for option in each.options]
    if not choices:
        return "refused"
    among = wanted is not None and any(_same(option, wanted) for option in choices)
    return "asked" if among else "asked about others"


def _same(one: IntentMatch, other: IntentMatch) -> bool:
    return (one.command, one.args) == (other.command, other.args)


def speech_end_ms(sound: bytes) -> int:
    """Where the last 20 ms end that are at most 30 dB below the loudest ones; for clean sound."""
    frames = np.frombuffer(sound, dtype=np.int16)[: len(sound) // 2 // _FRAME * _FRAME]
    power = (frames.reshape(-1, _FRAME).astype(np.float64) ** 2).mean(axis=1)
    if not power.any():
        return 0
    loud = np.flatnonzero(power >= power.max() / 10 ** (_ACTIVE_DB / 10))
    return int((loud[-1] + 1) * 20)


def summary(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """A line for each group of recordings, with the intervals in which the true value lies with 95
    % probability (Wilson's for shares, the exact one of Poisson for counts an hour)."""
    lines = []
    for group in dict.fromkeys(sorted(outcome.group for outcome in outcomes)):
        those = [outcome for outcome in outcomes if outcome.group == group]
        talk = group.startswith("talk")
        lines.append({"group": group, **(_talk(those) if talk else _commands(those))})
    return lines


def _commands(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    n = len(outcomes)
    counts = Counter(outcome.result for outcome in outcomes)
    line: dict[str, Any] = {"n": n, "speakers": _speakers(outcomes)}
    for result in ("right", "wrong", "asked", "asked about others", "refused"):
        count = counts[result]
        low, high = wilson_interval(count, n)
        line[result] = {"n": count, "share": count / n, "low": low, "high": high}
    line["delay_ms"] = _spread([o.delay_ms for o in outcomes])
    line["delay_computed_ms"] = _spread([o.delay_computed_ms for o in outcomes])
    return line


def _talk(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    hours = sum(outcome.clip.seconds for outcome in outcomes) / 3600
    accepted = sum(len(outcome.accepted) for outcome in outcomes)
    low, high = poisson_interval(accepted)
    acted = sum(bool(outcome.accepted) for outcome in outcomes)
    least, most = wilson_interval(acted, len(outcomes))
    return {
        "n": len(outcomes),
        "speakers": _speakers(outcomes),
        "hours": hours,
        "accepted": accepted,
        "an_hour": {"value": accepted / hours, "low": low / hours, "high": high / hours},
        "acted": {"n": acted, "share": acted / len(outcomes), "low": least, "high": most},
        "asked": sum(outcome.result.startswith("asked") for outcome in outcomes),
    }


def _speakers(outcomes: Sequence[Outcome]) -> int:
    return len({outcome.clip.speaker for outcome in outcomes})


def _spread(values: Sequence[int | None]) -> dict[str, float] | None:
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    cuts = quantiles(known, n=20, method="inclusive")
    return {"n": len(known), "median": cuts[9], "p95": cuts[18]}


def each_line(outcome: Outcome) -> dict[str, Any]:
    """What came of one recording, for a line of its own."""
    return {
        "file": outcome.clip.file.name,
        "speaker": outcome.clip.speaker,
        "said": outcome.clip.transcript,
        "group": outcome.group,
        "result": outcome.result,
        "accepted": list(outcome.accepted),
        "delay_ms": outcome.delay_ms,
        "delay_computed_ms": outcome.delay_computed_ms,
    }


def table_row(line: dict[str, Any]) -> str:
    """A line of `summary` for people."""
    head = f"{line['group']:<32} n={line['n']:<5} speakers={line['speakers']:<3}"
    if "hours" in line:
        rate, acted = line["an_hour"], line["acted"]
        return (
            f"{head} accepted {line['accepted']} in {line['hours']:.2f} h = {rate['value']:.2f} an "
            f"hour ({rate['low']:.2f}-{rate['high']:.2f}), in {acted['n']} recordings = "
            f"{acted['share']:.3f} ({acted['low']:.3f}-{acted['high']:.3f}), asked {line['asked']}"
        )
    shares = ", ".join(
        f"{name} {share['n']} = {share['share']:.3f} ({share['low']:.3f}-{share['high']:.3f})"
        for name, share in line.items()
        if isinstance(share, dict) and "share" in share
    )
    delay = line["delay_computed_ms"]
    waits = f"; answer after {delay['median']:.0f} ms, p95 {delay['p95']:.0f}" if delay else ""
    return f"{head} {shares}{waits}"
