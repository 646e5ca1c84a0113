"""Feeds a connector broken responses, checks what it may answer, and keeps the count."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from kiosk.backend.connectors.normal import NotUnderstood, SourceRefused
from kiosk.backend.connectors.registry import Context, all_connectors
from tests.helpers.mutations import Derived, check_invents_nothing

HANG_S = 5.0  # of CPU; the slowest answer of 770 kB takes half a second
OUTCOMES = ("understood", "SourceRefused", "NotUnderstood")


@dataclass(frozen=True, slots=True)
class Fared:
    """How the mutations of one sample ended; each outcome is one of OUTCOMES."""

    service: str
    sample: str
    told: Counter[str]
    cpu_s: float


FARED: list[Fared] = []  # of this run, in its order


def fares(service: str, sample: str, outcomes: Iterable[str]) -> Counter[str]:
    """Counts the outcomes, and keeps them for the table at the end of the run."""
    begin = time.process_time()
    told = Counter(outcomes)
    FARED.append(Fared(service, sample, told, time.process_time() - begin))
    return told


def table() -> Iterator[str]:
    """What `fares` has kept. No crash, no hang and no figure that was made up: else the test of
    the sample has failed, and its row is not here."""
    yield f"{'connector':<36} {'sample':<58} mutations understood refused not understood CPU s"
    for each in FARED:
        counts = [each.told[outcome] for outcome in OUTCOMES]
        yield (
            f"{each.service:<36} {each.sample:<58} {each.told.total():>9} {counts[0]:>10} "
            f"{counts[1]:>7} {counts[2]:>14} {each.cpu_s:>5.0f}"
        )
    fewest = min((each.told.total() for each in FARED), default=0)
    total = sum(each.told.total() for each in FARED)
    yield f"{len(FARED)} samples, {total} mutations, {fewest} at least of each"


def survive(
    service: str, raw: bytes, derived: Derived | None = None, *, source: bytes | None = None
) -> str:
    """Parses, checks that nothing is made up, and says how it ended.

    source: the same answer as text in UTF-8, where `raw` is written otherwise; b"" where its
    figures don't stand as text at all.
    """
    begin = time.process_time()
    try:
        parsed = all_connectors()[service].parse(raw, Context())
    except (SourceRefused, NotUnderstood) as reason:
        str(reason).encode()
        return type(reason).__name__
    finally:
        assert time.process_time() - begin < HANG_S
    for each in (*parsed.items, *parsed.rejected):
        msgspec.json.encode(each)
    text = raw if source is None else source
    if text:
        check_invents_nothing(text, parsed, derived)
    return "understood"
