"""The judge's weights from named recordings: `kiosk voice fit`.

A logistic regression on the candidates of every utterance: what was said against everything that
was not, in commands and in talk. How well it does is told by what each speaker gets from weights
that were fitted without that speaker. The limit is where talk is expected to be taken for a command
`TALK_AN_HOUR` times an hour. So few come that far that they can't be counted: the tail of the
log-odds is taken as exponential (Pickands 1975: what exceeds a high limit of most distributions is)
and fitted to its highest values. After a press nothing but the commands counts: the limit is where
most of them are right, a wrong one weighing as `WRONG` others.

Every command is heard twice, in quiet and in one of `NOISES`. Which sounds are heard for which is
counted on the commands in quiet; each speaker is heard with what the others gave.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import exp, log

import msgspec
import numpy as np
from numpy.typing import NDArray

from voice.confusions import LETTERS, Confusions, count_confusions
from voice.ears import Ears
from voice.evaluation import Clip, meant_by
from voice.events import Context, Gate, IntentMatch
from voice.features import NAMES
from voice.judge import OFFERED, TWINS, Judge, SpeechRules, commands_said_by_values
from voice.noise import made, mixed
from voice.recogniser import Heard
from voice.replay import with_tail
from voice.sound_files import CHUNK_BYTES, read_chunks
from voice.sounds import sounds

TALK_AN_HOUR = 0.5  # what may be
TAIL = 10  # the highest log-odds of talk that its tail is fitted to
MARGINS = (0.5, 1.0, 2.0, 3.0, 4.0)  # no less: twins are asked about
LEAST = -3.0  # log-odds: no limit is lower
WRONG = 10.0  # a wrong command is as bad as so many that have to be said again; a choice as half
NOISES = (
    ("kitchen", 10.0),
    ("fan", 5.0),
    ("pink", 20.0),
    ("kitchen", 5.0),
    ("fan", 20.0),
    ("pink", 10.0),
    ("kitchen", 20.0),
    ("fan", 10.0),
    ("pink", 5.0),
)
_RIDGE = 1.0
_STEPS = 50

Values = NDArray[np.float64]


class Observation(msgspec.Struct, frozen=True):
    """A candidate of an utterance, and whether it was said. `utterance` is the file's name and the
    utterance's number in it."""

    speaker: str
    utterance: str
    seconds: float  # of the recording
    talk: bool
    said: bool
    phrase: str
    features: tuple[float, ...]


class Take(msgspec.Struct, frozen=True):
    """A recording as it was heard; `meant` is None for talk."""

    clip: Clip
    noise: str  # "" in quiet
    meant: IntentMatch | None
    heard: tuple[Heard, ...]


class Observations(msgspec.Struct, frozen=True):
    """What was seen of all recordings, and the confusions of all commands. `commands` counts the
    times that one was heard, also those without a candidate; `speakers` are all who were heard."""

    candidates: tuple[Observation, ...]
    confusions: Confusions
    commands: int
    talk_hours: float
    speakers: tuple[str, ...] = ()


def observe(ears: Ears, clips: Sequence[Clip]) -> Observations:
    """All candidates of the recordings that are talk or commands of ours. Raises SoundFileError."""
    takes = [take for clip in clips if not clip.is_talk for take in hear_twice(ears, clip)]
    talk = (take for clip in clips if clip.is_talk for take in hear_twice(ears, clip))
    seconds = sum(clip.seconds for clip in clips if clip.is_talk)
    seen = compare(ears, takes, talk, seconds / 3600)
    everybody = tuple(sorted({clip.speaker for clip in clips}))
    return msgspec.structs.replace(seen, speakers=everybody)


def hear_twice(ears: Ears, clip: Clip) -> Iterator[Take]:
    """A command in quiet and in noise, talk as it is; nothing when it is no command of ours."""
    meant = None if clip.is_talk else meant_by(ears.matcher, clip.transcript)
    if meant is None and not clip.is_talk:
        return
    quiet = b"".join(with_tail(read_chunks(clip.file)))
    yield _take(ears, clip, meant, quiet, "")
    if meant is not None:
        lot = f"{clip.file.parent.name}/{clip.file.name}".encode()[::-1]
        kind, snr_db = NOISES[zlib.crc32(lot) % len(NOISES)]
        noisy = mixed(quiet, made(kind), snr_db, zlib.crc32(clip.file.name.encode()))
        yield _take(ears, clip, meant, noisy, f"{kind} {snr_db:g} dB")


def _take(ears: Ears, clip: Clip, meant: IntentMatch | None, sound: bytes, noise: str) -> Take:
    asked = meant is not None and meant.command in ears.matcher.grammar.answers
    context = Context.ASKED if asked else Context.UNASKED
    listener = ears.listen(context=context, gate=Gate.OPEN if clip.is_talk else Gate.PTT)
    chunks = (sound[at : at + CHUNK_BYTES] for at in range(0, len(sound), CHUNK_BYTES))
    heard = (listener.feed(chunk) for chunk in chunks)
    return Take(clip, noise, meant, tuple(one for one in heard if one is not None))


def compare(
    ears: Ears, commands: Sequence[Take], talk: Iterable[Take], talk_hours: float
) -> Observations:
    """Each speaker with the confusions of the others."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for take in commands:
        if take.meant is not None and not take.noise and take.heard:
            texts = (take.clip.transcript, ears.freely(take.heard[0]).text)
            said, freely = (sounds(ears.matcher.normalise(text)) for text in texts)
            pairs.setdefault(take.clip.speaker, []).append((said, freely))
    everybody = count_confusions([pair for those in pairs.values() for pair in those])
    found = list(_candidates(ears, ears.judge_with(everybody), talk))
    for speaker in pairs:
        others = [pair for other, those in pairs.items() if other != speaker for pair in those]
        judge = ears.judge_with(count_confusions(others))
        found += _candidates(ears, judge, [t for t in commands if t.clip.speaker == speaker])
    return Observations(tuple(found), everybody, len(commands), talk_hours)


def _candidates(ears: Ears, judge: Judge, takes: Iterable[Take]) -> Iterator[Observation]:
    values_alone = commands_said_by_values(ears.matcher.grammar)
    for take in takes:
        clip, meant = take.clip, take.meant
        answered = take.heard if clip.is_talk else take.heard[:1]  # a press gives one answer
        for number, utterance in enumerate(answered):
            for candidate in judge.find(utterance).candidates:
                phrase = candidate.phrase
                if clip.is_talk and phrase.command in values_alone:
                    continue  # has a limit of its own
                yield Observation(
                    speaker=clip.speaker,
                    utterance=" ".join(filter(None, (clip.file.name, take.noise, str(number)))),
                    seconds=clip.seconds,
                    talk=clip.is_talk,
                    said=meant is not None
                    and (phrase.command, phrase.args) == (meant.command, meant.args),
                    phrase=phrase.text,
                    features=candidate.features,
                )


class Fit(msgspec.Struct, frozen=True):
    """Rules, and what they do on speakers whom they were not fitted on (each left out in turn)."""

    rules: SpeechRules
    pressed: dict[str, int]  # commands after a press: right, wrong, asked, refused
    open: dict[str, int]  # with the gate held open
    talk_highest: tuple[tuple[float, str], ...]  # log-odds and phrase


def fit(
    observations: Sequence[Observation],
    hours_of_talk: float,
    commands: int,
    heard: Sequence[str] = (),
) -> Fit:
    """`commands` counts the takes of commands: what gave no candidate is refused. `heard` are all
    speakers, also those of whom nothing was taken for a phrase."""
    values = np.array([one.features for one in observations])
    said = np.array([one.said for one in observations], dtype=np.float64)
    speakers = np.array([one.speaker for one in observations])
    odds = np.empty(len(said))
    for speaker in dict.fromkeys(speakers.tolist()):
        others = speakers != speaker
        weights, bias = _regression(values[others], said[others])
        odds[~others] = values[~others] @ weights + bias
    utterances: dict[str, list[int]] = {}
    for index, one in enumerate(observations):
        utterances.setdefault(one.utterance, []).append(index)
    for indices in utterances.values():
        indices.sort(key=lambda index: -odds[index])
    best_of_talk = sorted(
        (i[0] for i in utterances.values() if observations[i[0]].talk), key=lambda i: -odds[i]
    )
    spoken = [i for i in utterances.values() if not observations[i[0]].talk]
    limit = _limit(odds[best_of_talk], hours_of_talk)

    def counted(least: float, margin: float) -> dict[str, int]:
        return _counts(spoken, odds, values[:, NAMES.index("lead")], said, least, margin, commands)

    pressed, margin = _pressed(counted, limit)
    weights, bias = _regression(values, said)
    rules = SpeechRules(
        weights=tuple(round(float(weight), 3) for weight in weights),
        bias=round(float(bias), 3),
        accept=round(_chance(limit), 4),
        pressed=round(_chance(pressed), 4),
        margin=margin,
        fitted_on=tuple(sorted({*heard, *speakers.tolist()})),
    )
    highest = tuple((float(odds[i]), observations[i].phrase) for i in best_of_talk[:10])
    return Fit(rules, counted(pressed, margin), counted(limit, margin), highest)


def _pressed(counted: Callable[[float, float], dict[str, int]], most: float) -> tuple[float, float]:
    """The limit after a press, `most` at most, and the margin that serve best; of equals the
    highest limit."""

    def worth(limits: tuple[float, float]) -> float:
        counts = counted(*limits)
        return counts["right"] + counts["asked"] / 2 - WRONG * counts["wrong"]

    tried = [
        (least, margin) for least in (*np.arange(LEAST, most, 0.1), most) for margin in MARGINS
    ]
    least, margin = max(tried, key=lambda limits: (worth(limits), limits))
    return float(least), margin


def _regression(values: Values, said: Values) -> tuple[Values, float]:
    """Weights and bias by Newton's method, with a small ridge on standardised values."""
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    inputs = np.c_[(values - middle) / spread, np.ones(len(values))]
    ridge = np.diag([_RIDGE] * values.shape[1] + [1e-6])
    found = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        curve = inputs.T @ (inputs * (chance * (1 - chance))[:, None]) + ridge
        found += np.linalg.solve(curve, inputs.T @ (said - chance) - ridge @ found)
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ middle)


def _limit(odds: Values, hours: float) -> float:
    """The log-odds that talk exceeds `TALK_AN_HOUR` times an hour; `odds` are sorted downwards."""
    tail = odds[: TAIL + 1]
    scale = float(np.mean(tail[:-1] - tail[-1]))
    return float(tail[-1]) + scale * log((len(tail) - 1) / (TALK_AN_HOUR * hours))


def _counts(
    utterances: Sequence[Sequence[int]],
    odds: Values,
    leads: Values,
    said: Values,
    limit: float,
    margin: float,
    commands: int,
) -> dict[str, int]:
    counts = {"right": 0, "wrong": 0, "asked": 0}
    for best, *others in utterances:
        if odds[best] < limit:
            continue
        offered = [
            i
            for i in others[:1]
            if odds[i] >= limit - OFFERED
            and (odds[best] - odds[i] < margin or abs(leads[i]) < TWINS)
        ]
        if offered:
            counts["asked"] += 1
        else:
            counts["right" if said[best] else "wrong"] += 1
    return {**counts, "refused": commands - sum(counts.values())}


def as_toml(fitted: Fit, data: str) -> str:
    """The rules as a file that `voice.judge.read_rules` reads; `data` says what they are from."""
    rules = fitted.rules
    named = ", ".join(NAMES)
    speakers = "\n".join(f'    "{speaker}",' for speaker in rules.fitted_on)
    return f"""# How much evidence is enough that a phrase was said: SpeechRules in voice/judge.py.
# Written by `kiosk voice fit` from {data}.
weights = [{", ".join(map(str, rules.weights))}] # {named}
bias = {rules.bias}
accept = {rules.accept}
pressed = {rules.pressed}
margin = {rules.margin}
fitted_on = [
{speakers}
]
"""


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def confusions_as_toml(confusions: Confusions, data: str) -> str:
    """As a file that `voice.confusions.read_confusions` reads."""
    rows = "".join(
        f"    {list(row)}, # {c}\n" for c, row in zip(LETTERS, confusions.heard, strict=True)
    )
    return f"""# Which sounds are heard for which, in nats: Confusions in voice/confusions.py.
# Written by `kiosk voice fit` from {data}.
# Columns and lists: {LETTERS}
heard = [
{rows}]
dropped = {list(confusions.dropped)}
added = {list(confusions.added)}
usual = {list(confusions.usual)}
"""
