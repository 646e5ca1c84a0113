"""Limits of drinking water by Korea's rules on water quality standards (먹는물 수질기준)."""

from collections.abc import Mapping

from kiosk.wire.text import Text

LIMITS: Mapping[str, tuple[Text, float, float]] = {
    "water.turbidity": (Text("탁도, 0.5 NTU까지", "Turbidity, up to 0.5 NTU"), 0.0, 0.5),
    "water.chlorine": (Text("잔류염소, 4 mg/L까지", "Chlorine, up to 4 mg/L"), 0.0, 4.0),
    "water.ph": (Text("pH, 5.8~8.5", "pH, 5.8 to 8.5"), 5.8, 8.5),
}
"""Title with the limit, lowest and highest value allowed."""


def beyond(readings: Mapping[str, float]) -> tuple[str, ...]:
    """Kinds of reading that are not within their limits."""
    return tuple(
        kind
        for kind, (_, low, high) in LIMITS.items()
        if kind in readings and not low <= readings[kind] <= high
    )
