"""Which counts can be told without telling of single people: small ones stand together.

A count below the least one is not told, nor one from which such a count follows by subtraction.
Areas with such counts are pooled, and with them as many of the next smallest areas as it takes
until the pool has two areas and its own counts are large enough. The whole is then told, too: what
can be computed from it is the pool and no area of it.
"""

from collections.abc import Mapping, Sequence

import msgspec


class Pooled(msgspec.Struct, frozen=True):
    """Areas whose counts are told, each alone; those that stand together; the whole.

    `told` False: even together they are too few, and nothing is told.
    """

    alone: tuple[str, ...]
    together: tuple[str, ...]
    told: bool = True


def pooled(counts: Mapping[str, Sequence[int]], least: int) -> Pooled:
    """`counts` of each area: how many in all, then how many of them in each part but one (the rest
    follows). Every part, the rest and the whole has to be 0 or at least `least`."""
    alone = [area for area, parts in counts.items() if _large(parts, least)]
    together = [area for area in counts if area not in alone]
    if not together:
        return Pooled(tuple(alone), ())
    spare = sorted((a for a in alone if counts[a][0] > 0), key=lambda a: (counts[a][0], a))
    while len(together) < 2 or not _large(_sum(counts, together), least):
        if not spare:
            return Pooled((), tuple(counts), told=False)
        together.append(spare.pop(0))
    kept = frozenset(together)
    return Pooled(
        tuple(area for area in counts if area not in kept),
        tuple(area for area in counts if area in kept),
    )


def _large(parts: Sequence[int], least: int) -> bool:
    whole, *some = parts
    return all(n == 0 or n >= least for n in (whole, *some, whole - sum(some) if some else whole))


def _sum(counts: Mapping[str, Sequence[int]], areas: Sequence[str]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*(counts[area] for area in areas), strict=True))
