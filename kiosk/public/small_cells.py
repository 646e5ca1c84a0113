"""Which counts can be told without telling of single people: small ones stand together.

A count below the least one is not told, nor one from which such a count follows by subtraction.
Areas with such counts are pooled, and with them as many of the next smallest areas as it takes
until the pool has two areas and its own count is large enough. The whole is then told, too: what
can be computed from it is the pool and no area of it.
"""

from collections.abc import Collection, Mapping, Sequence

import msgspec


class Pooled(msgspec.Struct, frozen=True):
    """Areas whose counts are told, each alone, and those that stand together.

    `told` False: even together they are too few, and nothing is told.
    """

    alone: tuple[str, ...]
    together: tuple[str, ...]
    told: bool = True


def pooled(counts: Mapping[str, int], least: int) -> Pooled:
    """Of counts by area. What is told is 0 or at least `least`."""
    together = {area for area, count in counts.items() if not _large(count, least)}
    spare = sorted((a for a in counts.keys() - together if counts[a] > 0), key=lambda a: -counts[a])
    while together and (len(together) < 2 or sum(counts[a] for a in together) < least):
        if not spare:
            return Pooled((), tuple(counts), told=False)
        together.add(spare.pop())
    return Pooled(
        tuple(area for area in counts if area not in together),
        tuple(area for area in counts if area in together),
    )


def parts_told(groups: Sequence[tuple[int, int]], least: int) -> frozenset[int] | None:
    """Of groups with their count and how many of it are of one sort: those, by their place, of
    which the second is told, too; None when not even that of the whole is.

    A part is told when it and the rest are 0 or at least `least`. Those that are not told may each
    be of `least` + 1 values or more, by all that is told.
    """
    every = range(len(groups))
    if not _large_parts(_sum(groups, every), least):
        return None
    told = {n for n in every if _large_parts(groups[n], least)}
    hidden = set(every) - told
    spare = sorted((n for n in told if groups[n][0] > 0), key=lambda n: -groups[n][0])
    while hidden and not _safe(groups, hidden, least):
        if not spare:
            return None
        hidden.add(spare.pop())
    return frozenset(every) - hidden


def _safe(groups: Sequence[tuple[int, int]], hidden: Collection[int], least: int) -> bool:
    """Whether the parts that are not told stay unknown, though their sum can be computed."""
    whole, part = _sum(groups, hidden)
    if len(hidden) < 2 or not _large_parts((whole, part), least):
        return False
    return all(
        min(groups[n][0], part) - max(0, part - (whole - groups[n][0])) >= least for n in hidden
    )


def _large(count: int, least: int) -> bool:
    return count == 0 or count >= least


def _large_parts(counts: tuple[int, int], least: int) -> bool:
    whole, part = counts
    return _large(part, least) and _large(whole - part, least)


def _sum(groups: Sequence[tuple[int, int]], which: Collection[int]) -> tuple[int, int]:
    return sum(groups[n][0] for n in which), sum(groups[n][1] for n in which)
