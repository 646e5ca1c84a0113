"""The judge's weights from named recordings: `kiosk voice fit`.

A logistic regression on the candidates of every utterance: what was said against everything that
was not, in commands and in talk. How well it does is told by what each speaker gets from weights
that were fitted without that speaker. The limit is where talk is expected to be taken for a command
`TALK_AN_HOUR` times an hour. So few come that far that they can't be counted: the tail of the
log-odds is taken as exponential (Pickands 1975: what exceeds a high limit of most distributions is)
and fitted to its highest values.
"""

from collections.abc import Iterator, Sequence
from math import exp, log

import msgspec
import numpy as np
from numpy.typing import NDArray

from voice.ears import Ears
from voice.evaluation import Clip, meant_by
from voice.events import Context
from voice.features import NAMES
from voice.judge import SpeechRules, commands_said_by_values
from voice.replay import with_tail
from voice.sound_files import read_chunks

TALK_AN_HOUR = 0.5  # what may be
TAIL = 10  # the highest log-odds of talk that its tail is fitted to
ASK_BELOW = 1.5  # nats of log-odds below the limit at which a second phrase is still offered
MARGINS = (1.0, 1.5, 2.0, 3.0)  # no less: twins are asked about
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


def observe(ears: Ears, clips: Sequence[Clip]) -> Iterator[Observation]:
    """All candidates of the recordings that are talk or commands of ours. Raises SoundFileError."""
    values_alone = commands_said_by_values(ears.matcher.grammar)
    for clip in clips:
        wanted = None if clip.is_talk else meant_by(ears.matcher, clip.transcript)
        if wanted is None and not clip.is_talk:
            continue
        is_answer = wanted is not None and wanted.command in ears.matcher.grammar.answers
        listener = ears.listen(context=Context.ASKED if is_answer else Context.UNASKED)
        heard = [listener.feed(chunk) for chunk in with_tail(read_chunks(clip.file))]
        for number, utterance in enumerate(one for one in heard if one is not None):
            for candidate in ears.judge.candidates(utterance)[1]:
                phrase = candidate.phrase
                if clip.is_talk and phrase.command in values_alone:
                    continue  # has a limit of its own
                yield Observation(
                    speaker=clip.speaker,
                    utterance=f"{clip.file.name} {number}",
                    seconds=clip.seconds,
                    talk=clip.is_talk,
                    said=wanted is not None
                    and (phrase.command, phrase.args) == (wanted.command, wanted.args),
                    phrase=phrase.text,
                    features=candidate.features,
                )


class Fit(msgspec.Struct, frozen=True):
    """Rules, and what they do on speakers whom they were not fitted on (each left out in turn)."""

    rules: SpeechRules
    commands: dict[str, int]  # right, wrong, asked, refused
    talk_highest: tuple[tuple[float, str], ...]  # log-odds and phrase


def fit(observations: Sequence[Observation], hours_of_talk: float, commands: int) -> Fit:
    """`commands` counts the recordings of commands: what gave no candidate is refused."""
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
    limit = _limit(odds[best_of_talk], hours_of_talk)
    spoken = [i for i in utterances.values() if not observations[i[0]].talk]
    margin, counts = min(
        ((m, _counts(spoken, odds, said, limit, m, commands)) for m in MARGINS),
        key=lambda found: 5 * found[1]["wrong"] - found[1]["right"] - 0.5 * found[1]["asked"],
    )
    weights, bias = _regression(values, said)
    rules = SpeechRules(
        weights=tuple(round(float(weight), 3) for weight in weights),
        bias=round(float(bias), 3),
        accept=round(_chance(limit), 4),
        ask=round(_chance(limit - ASK_BELOW), 4),
        margin=margin,
        fitted_on=tuple(sorted(set(speakers.tolist()))),
    )
    highest = tuple((float(odds[i]), observations[i].phrase) for i in best_of_talk[:10])
    return Fit(rules, counts, highest)


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
            i for i in others[:1] if odds[i] >= limit - ASK_BELOW and odds[best] - odds[i] < margin
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
ask = {rules.ask}
margin = {rules.margin}
fitted_on = [
{speakers}
]
"""


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
