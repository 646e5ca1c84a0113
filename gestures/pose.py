"""How a hand is held, whatever its exact shape: raised, facing, open, closed.

Limits: of 560 stills of deliberate gestures (51 students, 30 others) 95 % face the camera by
more than 0.45 and lean less than 20 degrees; hands at the ear, around a cup or hanging down do
not. Open and closed are far apart: mean extension 0.82-0.98 against -0.3-0.15.
"""

from __future__ import annotations

from gestures.check import Check
from gestures.features import HandFeatures

FACING = 0.25
RAISED_DEG = 55.0
SQUARE = 0.4
UPRIGHT_DEG = 38.0
FLAT_ON = 0.4
FLAT = 0.7
LEVEL_DEG = 20.0
UPWARDS_DEG = 100.0
HANGING_DEG = 125.0  # from straight up, wrist to knuckles; a thumb is shown down at about 90
PINCHED = 0.42  # thumb's tip to index finger's tip, 95 % of 51 touching hands (0.11-0.41)


def raised(f: HandFeatures) -> bool:
    """The palm looks at the camera, fingers above the wrist."""
    return f.facing >= FACING and abs(f.palm_deg) <= RAISED_DEG


def raising(f: HandFeatures) -> tuple[Check, Check]:
    """By what a hand is raised."""
    leaning = Check("leaning_deg", abs(f.palm_deg), most=RAISED_DEG)
    return Check("facing", f.facing, FACING), leaning


def offered(f: HandFeatures) -> bool:
    """Shown to the wall squarely and upright: 95 % of the palms that people raise on purpose."""
    return f.facing >= SQUARE and abs(f.palm_deg) <= UPRIGHT_DEG


def sideways(f: HandFeatures) -> bool:
    """Palm or back look at the camera and the forearm lies level, as for a thumb up or down.

    Of 47 thumbs in made-up sessions from real stills 98 % lie within 33 to 102 degrees; a hand
    around a cup or a telephone at the ear does not.
    """
    return flat_on(f) and LEVEL_DEG <= abs(f.palm_deg) <= 180.0 - LEVEL_DEG


def flat_on(f: HandFeatures) -> bool:
    """Palm or back look at the camera, not the hand's edge (98 % of deliberate signs: 0.56)."""
    return abs(f.facing) >= FLAT_ON


def hanging(f: HandFeatures) -> bool:
    """The fingers point down, as those of an arm at rest."""
    return abs(f.palm_deg) >= HANGING_DEG


def opened(f: HandFeatures) -> bool:
    """At least three fingers are out and none is folded."""
    return min(f.extension[:3]) >= 0.5 and f.extension[3] >= 0.3


def flat(f: HandFeatures) -> bool:
    """An open hand that is not slack: a hand at ease, or with a page in it, is half open."""
    return opened(f) and stretch(f) >= FLAT


def closed(f: HandFeatures) -> bool:
    """All four fingers are folded."""
    return all(check.holds for check in closing(f))


def closing(f: HandFeatures) -> tuple[Check, Check]:
    """By what a hand is closed."""
    longest = Check("longest_finger", max(f.extension), most=0.45)
    return longest, Check("stretch", stretch(f), most=0.3)


def two_fingers(f: HandFeatures) -> bool:
    """Index and middle finger out, the other two folded."""
    return min(f.extension[:2]) >= 0.6 and max(f.extension[2:]) <= 0.35


def pinched(f: HandFeatures) -> bool:
    """Thumb and index finger touch, and the hand is no fist."""
    return f.thumb_to_index_tip <= PINCHED and f.extension[0] >= 0.1


def stretch(f: HandFeatures) -> float:
    """Mean extension of the four fingers: about 1 open, about 0 a fist."""
    return sum(f.extension) / len(f.extension)
