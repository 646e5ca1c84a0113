"""Counts of people's doings as the public is told them: small ones stand together."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.public.model import Complaints, Count, Figure
from kiosk.public.small_cells import parts_told, pooled
from kiosk.wire.city import ComplaintCount


def complaints_of(
    counts: Mapping[str, ComplaintCount], least: int, *, simulated: bool
) -> Complaints:
    """Of counts by area."""
    pool = pooled({area: count.every for area, count in counts.items()}, least)
    if not pool.told:
        return Complaints((), least, simulated)
    groups = [(area,) for area in pool.alone] + ([pool.together] if pool.together else [])
    sums = [
        (sum(counts[a].every for a in group), sum(counts[a].still for a in group))
        for group in groups
    ]
    parts = parts_told(sums, least)
    told = tuple(
        Count(group, every, still if parts is not None and n in parts else None)
        for n, (group, (every, still)) in enumerate(zip(groups, sums, strict=True))
    )
    whole, open_ = (sum(one[n] for one in sums) for n in (0, 1))
    return Complaints(told, least, simulated, whole, None if parts is None else open_)


def without_small(figures: tuple[Figure, ...], least: int) -> tuple[Figure, ...]:
    """Counts of the areas of one city without those that are small, and without as many others as
    it takes so that these can't be computed from the whole."""
    counts = {f.area: round(f.value) for f in figures if f.value is not None}
    withheld = frozenset(pooled(counts, least).together)
    return tuple(
        replace(f, value=None, withheld=True, note=None) if f.area in withheld else f
        for f in figures
    )
