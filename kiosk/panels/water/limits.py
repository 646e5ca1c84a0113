"""Limits of drinking water by Korea's rules on water quality standards (먹는물 수질기준), and what
a good river keeps to."""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk.wire.text import Text

LIMITS: Mapping[str, tuple[Text, float, float]] = {
    "water.turbidity": (Text("탁도, 0.5 NTU까지", "Turbidity ≤ 0.5 NTU"), 0.0, 0.5),
    "water.chlorine": (Text("잔류염소, 4 mg/L까지", "Chlorine ≤ 4 mg/L"), 0.0, 4.0),
    "water.ph": (Text("pH, 5.8~8.5", "pH 5.8 to 8.5"), 5.8, 8.5),
}
"""Title with the limit, lowest and highest value allowed."""


def beyond(readings: Mapping[str, float]) -> tuple[str, ...]:
    """Kinds of reading that are not within their limits."""
    return tuple(
        kind
        for kind, (_, low, high) in LIMITS.items()
        if kind in readings and not low <= readings[kind] <= high
    )


class Quality(NamedTuple):
    """A kind of reading of a river: its title with what a good river keeps to, lowest and highest
    of that, None: no such bound."""

    title: Text
    low: float | None = None
    high: float | None = None


RIVER: Mapping[str, Quality] = {
    "water.dissolved_oxygen": Quality(Text("용존산소, 5 mg/L부터", "Oxygen ≥ 5 mg/L"), low=5.0),
    "water.organic_carbon": Quality(Text("TOC, 4 mg/L까지", "TOC ≤ 4 mg/L"), high=4.0),
    "water.phosphorus": Quality(Text("총인, 0.1 mg/L까지", "P ≤ 0.1 mg/L"), high=0.1),
    "water.ph": Quality(Text("pH, 6.5~8.5", "pH 6.5 to 8.5"), low=6.5, high=8.5),
}
"""Grade II (fairly good) of the standards for the living environment of rivers: Enforcement Decree
of the Framework Act on Environmental Policy, annex 1 (환경정책기본법 시행령 별표 1)."""


def below_grade(readings: Mapping[str, float]) -> tuple[str, ...]:
    """Kinds of reading that do not keep to the grade."""
    return tuple(
        kind
        for kind, (_, low, high) in RIVER.items()
        if kind in readings
        and not (
            (low is None or readings[kind] >= low) and (high is None or readings[kind] <= high)
        )
    )
