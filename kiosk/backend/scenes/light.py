"""Daylight over the simulated city: colours that go from day to night with the hour."""

import datetime as dt
import itertools

import msgspec

Colour = tuple[int, int, int]
"""Blue, green, red, 0 to 255."""

_STEPS = 8
# (hour, darkness), straight lines in between: the mean over a year at some 40 degrees.
_DAY = ((0.0, 1.0), (5.5, 1.0), (7.0, 0.0), (17.5, 0.0), (19.5, 1.0), (24.0, 1.0))


def bgr(rgb: str) -> Colour:
    """'#rrggbb' as a colour."""
    return int(rgb[5:7], 16), int(rgb[3:5], 16), int(rgb[1:3], 16)


def blend(a: Colour, b: Colour, part: float) -> Colour:
    """`part` 0 gives a, 1 gives b."""
    blue, green, red = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return blue, green, red


class Light(msgspec.Struct, frozen=True):
    """Darkness in steps of 1/8 (0 day, 8 night): a backdrop is drawn once for each step."""

    step: int

    @property
    def darkness(self) -> float:
        return self.step / _STEPS

    @property
    def night(self) -> bool:
        """Lamps and headlights are on."""
        return self.darkness >= 0.4

    def of(self, day: str, night: str) -> Colour:
        return blend(bgr(day), bgr(night), self.darkness)

    def warm(self, colour: Colour, part: float = 1.0) -> Colour:
        """Reddened while the sun stands low."""
        return blend(colour, bgr("#e8a06a"), 1.5 * part * self.darkness * (1 - self.darkness))


def light_at(local: dt.datetime) -> Light:
    hour = local.hour + local.minute / 60
    for (start, a), (end, b) in itertools.pairwise(_DAY):
        if start <= hour <= end:
            return Light(round((a + (b - a) * (hour - start) / (end - start)) * _STEPS))
    return Light(_STEPS)
