"""What a hand of each shape must look like at the very least: graded conditions, no training.

Each condition is a grade 0..1 and a shape is as good as its weakest condition. The limits stand
between the 5/95 percentiles of 51 people's stills; those of fist and thumb were settled on hands
composed of their fingers and on signs that the network had not seen (docs/adr/0017).
"""

from __future__ import annotations

from gestures.features import HandFeatures


def fits(f: HandFeatures) -> dict[str, float]:
    """How well a hand keeps the rules of each shape, whichever way it is turned."""
    out = [above(e, 0.45, 0.75) for e in f.extension]
    folded = [below(e, 0.25, 0.6) for e in f.extension]
    thumb_in = max(below(f.thumb_to_little_knuckle, 0.85, 1.15), above(f.thumb_bend_deg, 40, 75))
    thumb_out = min(above(f.thumb_to_little_knuckle, 0.8, 1.15), below(f.thumb_bend_deg, 45, 80))
    return {
        "palm": min(
            *out,
            above(f.thumb_to_little_knuckle, 0.65, 0.95),
            above(f.thumb_to_index_tip, 0.35, 0.6),
            below(f.thumb_bend_deg, 55, 80),
        ),
        "fist": min(*folded, thumb_in, below(f.thumb_to_index_knuckle, 0.65, 0.95)),
        "point": min(above(f.extension[0], 0.4, 0.7), *folded[1:], thumb_in),
        "victory": min(*out[:2], *folded[2:], thumb_in),
        "three": min(*out[:2], *folded[2:], thumb_out),
        "thumb": min(
            *(below(e, 0.2, 0.45) for e in f.extension[:3]),
            below(f.extension[3], 0.35, 0.6),  # few people fold it as far as the others
            thumb_out,
            above(f.thumb_to_index_tip, 0.4, 0.8),
            above(f.thumb_to_index_knuckle, 0.45, 0.75),
            above(f.thumb_to_little_knuckle, 1.1, 1.5),
        ),
        "call": min(*folded[:3], above(f.extension[3], 0.4, 0.7), thumb_out),
    }


def above(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def below(value: float, low: float, high: float) -> float:
    return 1.0 - above(value, low, high)
