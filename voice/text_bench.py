"""Part "text" of `voice bench`: texts with one wrong syllable, and how long matching takes.

The sentences are drawn with a seed from everything that can be said, each command alike often or
each sentence alike often. One syllable, drawn alike often from all of a sentence, is replaced by
one of the 500 most frequent ones of Korean; what makes another sentence of ours by that is drawn
again. Right is the command with its arguments; asked is a question with the right one in it.

Beside it stands what one would do without a matcher of one's own: rapidfuzz over all sentences,
the best one taken from a limit on (the limit at which most are right).
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any, Literal

import msgspec

from voice.errors import ModelError
from voice.events import Answer, Choice, IntentMatch, NoMatch, NoMatchReason
from voice.figures import At, figure
from voice.grammar import Grammar, Phrase
from voice.hangul import is_hangul, jamo
from voice.intervals import wilson_interval
from voice.matcher import Matcher
from voice.model_files import find_model
from voice.phrase_list import make_phrase_list, read_words
from voice.vocabulary import read_vocabulary

SENTENCES = 1000
RIGHT_BAR, WRONG_BAR = 0.90, 0.01
MATCH_BAR_MS, LIST_BAR_MS, LISTED = 5.0, 200.0, 10_000
PEER_LIMIT = 75.0  # per cent
TODAY = date(2026, 11, 22)
Draw = Literal["command", "sentence"]


class Misspelt(msgspec.Struct, frozen=True):
    """A sentence of ours, and its text with one wrong syllable."""

    phrase: Phrase
    text: str


def misspelt(
    matcher: Matcher, syllables: Sequence[str], seed: int, n: int, draw: Draw
) -> list[Misspelt]:
    """`n` of them; `syllables` are those that wrong ones are taken from."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    spoken = matcher.grammar.commands(TODAY)
    commands = {name: list({p.key: p for p in all_of}.values()) for name, all_of in spoken.items()}
    groups = list(commands.values())
    if draw == "sentence":
        groups = [[phrase] for group in groups for phrase in group]
    found: list[Misspelt] = []
    while len(found) < n:
        phrase = rng.choice(rng.choice(groups))
        text = phrase.spoken
        at = rng.choice([place for place, char in enumerate(text) if is_hangul(char)])
        wrong = text[:at] + rng.choice(syllables) + text[at + 1 :]
        if matcher.phrase(wrong) is None:
            found.append(Misspelt(phrase, wrong))
    return found


def text_figures(matcher: Matcher, lists: Path, seed: int) -> Iterator[dict[str, Any]]:
    """A line for each figure; `lists` is the folder with fillers.txt. A bar holds at most or at
    least, as `at` says; time is that of the processor, with the wall's beside it."""
    syllables = [word for word in read_words(lists / "fillers.txt") if is_hangul(word)]
    grammar = matcher.grammar
    yield _line("sentences of the grammar", len(grammar.phrases) + len(grammar.open_phrases))
    draws: tuple[Draw, ...] = ("command", "sentence")
    texts: list[Misspelt] = []
    for draw in draws:
        drawn = misspelt(matcher, syllables, seed, SENTENCES, draw)
        texts += drawn
        yield from _shares(f"one wrong syllable, each {draw} alike often", drawn, matcher.match)
    yield from _times("matching a text with one wrong syllable", texts, matcher.match)
    right = [Misspelt(one.phrase, one.phrase.text) for one in texts]
    yield from _times("matching a right text", right, matcher.match)
    mixed = [
        Misspelt(a.phrase, f"{a.text} {b.text}"[:40])
        for a, b in zip(texts, texts[::-1], strict=True)
    ]
    yield from _times("matching what is no command", mixed, matcher.match)
    peer = _Peer(grammar)
    yield from _shares(
        "the same by rapidfuzz, each command alike often", texts[:SENTENCES], peer.match, bars=False
    )
    yield from _times("matching by rapidfuzz", texts[:SENTENCES], peer.match, bar=None)
    yield from _phrase_list(grammar, lists)


def _shares(
    name: str,
    texts: Sequence[Misspelt],
    match: Callable[[str, int], Answer],
    *,
    bars: bool = True,
) -> Iterator[dict[str, Any]]:
    counts = Counter(_result(match(one.text, 0), one.phrase) for one in texts)
    wanted: tuple[tuple[str, float | None, At], ...] = (
        ("right", RIGHT_BAR, "least"),
        ("wrong", WRONG_BAR, "most"),
        ("asked", None, "most"),
        ("refused", None, "most"),
    )
    for result, bar, at in wanted:
        low, high = wilson_interval(counts[result], len(texts))
        share = counts[result] / len(texts)
        line = _line(f"{name}: {result}", share, "", bar if bars else None, at, len(texts))
        yield {**line, "low": round(low, 4), "high": round(high, 4)}


def _result(answer: Answer, phrase: Phrase) -> str:
    wanted = phrase.command, phrase.args
    if isinstance(answer, IntentMatch):
        return "right" if (answer.command, answer.args) == wanted else "wrong"
    if isinstance(answer, Choice):
        options = [(one.command, one.args) for one in answer.options]
        return "asked" if wanted in options else "refused"
    return "refused"


def _times(
    name: str,
    texts: Sequence[Misspelt],
    match: Callable[[str, int], Answer],
    bar: float | None = MATCH_BAR_MS,
) -> Iterator[dict[str, Any]]:
    work, wall = [], []
    for one in texts:
        begun, begun_work = time.perf_counter(), time.thread_time()
        match(one.text, 0)
        work.append((time.thread_time() - begun_work) * 1000)
        wall.append((time.perf_counter() - begun) * 1000)
    p95, p95_wall = (quantiles(each, n=20)[-1] for each in (work, wall))
    yield _line(f"{name}, p95", p95, "ms", bar, "most", len(texts))
    yield _line(f"{name}, p95 beside all else", p95_wall, "ms", None, "most", len(texts))


def _phrase_list(grammar: Grammar, lists: Path) -> Iterator[dict[str, Any]]:
    """As long as the grammar's own allows, up to LISTED."""
    try:
        vocabulary = read_vocabulary(find_model(grammar.language))
    except ModelError:
        return
    listed = msgspec.structs.replace(grammar, phrases=grammar.phrases[:LISTED], open_phrases=())
    fillers = read_words(lists / "fillers.txt")
    begun = time.thread_time()
    made = make_phrase_list(listed, fillers, vocabulary)
    made.as_json()
    took_ms = (time.thread_time() - begun) * 1000
    yield _line("phrase list built", took_ms, "ms", LIST_BAR_MS, "most", len(made.phrases))


def _line(
    name: str, value: float, unit: str = "", bar: float | None = None, at: At = "most", n: int = 1
) -> dict[str, Any]:
    return figure("text", name, value, unit, bar, at, n)


class _Peer:
    """rapidfuzz over every sentence."""

    def __init__(self, grammar: Grammar) -> None:
        phrases = (p for group in grammar.commands(TODAY).values() for p in group)
        self._phrases = list({phrase.key: phrase for phrase in phrases}.values())
        self._shapes = [jamo(phrase.key) for phrase in self._phrases]

    def match(self, text: str, t_ms: int) -> Answer:
        from rapidfuzz import fuzz, process

        shape = jamo(text.replace(" ", ""))
        best = process.extractOne(shape, self._shapes, scorer=fuzz.ratio, score_cutoff=PEER_LIMIT)
        if best is None:
            return NoMatch(text, NoMatchReason.UNKNOWN, (), t_ms)
        phrase = self._phrases[best[2]]
        return IntentMatch(phrase.command, phrase.args, phrase.text, text, best[1] / 100, t_ms)
