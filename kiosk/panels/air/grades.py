"""Grades of the air, on the scales of the city."""

from collections.abc import Mapping, Sequence

from kiosk.pack import Grade, here
from kiosk.panels.classes import Classes
from kiosk.ui.charts.map_model import RAMP, DistrictFill, MapGrade

POLLUTANTS = ("pm10", "pm25", "ozone")


def grade_of(pollutant: str, value: float) -> int | None:
    """The grade's place, 0 the best; None where the city has no scale for it."""
    scale = here().scale_of(pollutant)
    return None if scale is None else scale.place(value)


def worst(values: Mapping[str, float]) -> Grade | None:
    """The worst grade of these pollutants; None without any."""
    found = [
        (grade, scale.grade[grade])
        for pollutant in POLLUTANTS
        if (scale := here().scale_of(pollutant)) is not None and pollutant in values
        for grade in (scale.place(values[pollutant]),)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def graded(pollutant: str, values: Mapping[str, float], codes: Sequence[str]) -> Classes | None:
    """Districts by their grade, those without a figure hatched; None without a scale."""
    scale = here().scale_of(pollutant)
    if scale is None:
        return None
    grades = tuple(
        MapGrade(grade.name, shade) for grade, shade in zip(scale.grade, RAMP, strict=False)
    )
    fills = tuple(
        DistrictFill(code, scale.place(values[code]) if code in values else None) for code in codes
    )
    return Classes(grades, fills)
