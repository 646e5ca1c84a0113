"""Figures of neighbourhoods in the demonstration: each district's, shared out among its own.

They add up to the district's figure of the same period. Which indicators have them is declared in
simulation.toml and statistics.toml; only what is counted can be shared out.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise

import msgspec

from kiosk.backend.simulator.noise import signed, stream
from kiosk.backend.spans import span
from kiosk.wire.city import EVERYONE, Observation

APART = 0.45  # how far neighbourhoods lie from an even part of their district
MONTHS = 24  # that are told; of years all


class Sharing:
    """How districts fall to their neighbourhoods; `parts` are district and code of each of them."""

    def __init__(self, parts: Iterable[tuple[str, str]], seed: int) -> None:
        self._codes = {
            district: tuple(code for _, code in group)
            for district, group in groupby(sorted(parts), key=lambda part: part[0])
        }
        self._seed = seed

    def lines(
        self, rows: Iterable[Observation], *, decimals: int, mean: bool
    ) -> Iterator[Observation]:
        """Months and years of neighbourhoods, by those of their districts among `rows`.

        Years that are not told are made of twelve months: their `mean`, or their sum.
        """
        kept = [row for row in rows if row.area in self._codes and _of_everybody(row)]
        months = [row for row in kept if row.period == "month"]
        told = {(row.area, row.t_ms) for row in kept if row.period == "year"}
        years = [row for row in kept if row.period == "year"]
        years += [row for row in _years(months, mean=mean) if (row.area, row.t_ms) not in told]
        recent = sorted({row.t_ms for row in months})[-MONTHS:]
        for row in (*(row for row in months if row.t_ms in recent), *years):
            yield from self._shared_out(row, decimals)

    def _shared_out(self, row: Observation, decimals: int) -> Iterator[Observation]:
        """Rounded so that the parts add up to the whole."""
        codes = self._codes[row.area]
        course = stream(self._seed, row.indicator, row.area, "neighbourhoods")
        parts = [1 + APART * signed(course, n) for n in range(len(codes))]
        whole = (row.value or 0.0) / math.fsum(parts)
        ends = [round(whole * end, decimals) for end in accumulate(parts, initial=0.0)]
        for code, (begin, end) in zip(codes, pairwise(ends), strict=True):
            yield msgspec.structs.replace(row, area=code, value=round(end - begin, decimals))


def _of_everybody(row: Observation) -> bool:
    return row.sex == EVERYONE and row.age == EVERYONE


def _years(months: Sequence[Observation], *, mean: bool) -> Iterator[Observation]:
    found: dict[tuple[str, int], list[Observation]] = {}
    for row in months:
        found.setdefault((row.area, span("year", row.t_ms)[0]), []).append(row)
    for (_, t_ms), rows in found.items():
        if len(rows) == 12:
            total = math.fsum(row.value or 0.0 for row in rows)
            value = total / 12 if mean else total
            yield msgspec.structs.replace(rows[0], t_ms=t_ms, value=value, period="year")
