"""The demonstration's sources: when each has spoken, and what it said."""

import math

import msgspec

from kiosk.backend.register import SIMULATED, DemoSource, KindEntry
from kiosk.backend.simulator.noise import smooth, stream, unit
from kiosk.wire.city import Source
from kiosk.wire.text import Text

SPELL_MS = 6 * 3_600_000
SILENT_SHARE = 0.02
SWING = 0.45  # of the range between a kind's lowest and highest value, to either side of its middle
SWINGS_A_DAY = 3.0
DAY_MS = 86_400_000
DIGITS = 3
NO_ANSWER = Text("접속 시간 초과 (모의)", "no answer in time (simulated)")


class RegisterCourse:
    """Rows of sources, told anew when a source has spoken again. Nothing but seed and time counts.

    Of all sources two in a hundred are silent for six hours at a time, so that the register shows
    what that looks like.
    """

    def __init__(self, sources: tuple[DemoSource, ...], seed: int) -> None:
        self._sources = sources
        self._seed = seed
        self._told: dict[str, tuple[int, bool]] = {}

    def step(self, now_ms: int) -> list[Source]:
        """Sources of which there is news since the step before."""
        rows = []
        for source in self._sources:
            silent = self._silent(source, now_ms)
            spoke_ms = self._slot_ms(source, _spell_ms(now_ms) - 1 if silent else now_ms)
            if self._told.get(source.id) != (spoke_ms, silent):
                self._told[source.id] = (spoke_ms, silent)
                rows.append(self._row(source, spoke_ms, silent))
        return rows

    def tell_all_again(self) -> None:
        """The rows of the last step were lost: the next step gives everything."""
        self._told.clear()

    def ids(self) -> frozenset[str]:
        return frozenset(source.id for source in self._sources)

    def _slot_ms(self, source: DemoSource, t_ms: int) -> int:
        period_ms = source.period_s * 1000
        offset_ms = int(unit(stream(self._seed, source.id, "phase"), 0) * period_ms)
        return (t_ms - offset_ms) // period_ms * period_ms + offset_ms

    def _silent(self, source: DemoSource, t_ms: int) -> bool:
        course = stream(self._seed, source.id, "silent")
        rare = source.period_s * 1000 > SPELL_MS
        return not rare and unit(course, t_ms // SPELL_MS) < SILENT_SHARE

    def _row(self, source: DemoSource, spoke_ms: int, silent: bool) -> Source:
        return msgspec.structs.replace(
            demo_row(source),
            last_success_ms=spoke_ms,
            last_error=NO_ANSWER if silent else None,
            items=len(source.kinds),
            failures=1 if silent else 0,
            readings={kind.id: self._value(source, kind, spoke_ms) for kind in source.kinds},
        )

    def _value(self, source: DemoSource, kind: KindEntry, t_ms: int) -> float:
        assert kind.low is not None
        assert kind.high is not None
        course = stream(self._seed, source.id, kind.id)
        share = 0.5 + SWING * smooth(course, t_ms / DAY_MS * SWINGS_A_DAY)
        return _rounded(kind.low + (kind.high - kind.low) * share)


def demo_row(source: DemoSource) -> Source:
    """The source before it has spoken."""
    return Source(
        id=source.id,
        name=source.name,
        owner=source.owner,
        licence=SIMULATED,
        url="",
        period_s=source.period_s,
        simulated=True,
        kinds=tuple(kind.id for kind in source.kinds),
        disclosure="internal",
    )


def _spell_ms(t_ms: int) -> int:
    return t_ms // SPELL_MS * SPELL_MS


def _rounded(value: float) -> float:
    """To DIGITS figures; counts from a thousand on stay whole."""
    if value == 0 or abs(value) >= 10**DIGITS:
        return float(round(value))
    return round(value, DIGITS - 1 - math.floor(math.log10(abs(value))))
