"""Grades of the air, as Korea's Ministry of Environment sets them for AirKorea.

A grade begins where the limit before it ends: dust in µg/m³ (hourly mean), ozone in ppm.
"""

from collections.abc import Mapping, Sequence

from kiosk.panels.classes import Classes
from kiosk.ui.charts.map_model import RAMP, DistrictFill, MapGrade
from kiosk.wire.text import Text

GRADES = (
    Text("좋음", "good"),
    Text("보통", "moderate"),
    Text("나쁨", "bad"),
    Text("매우 나쁨", "very bad"),
)
LIMITS: Mapping[str, tuple[float, float, float]] = {
    "pm10": (31, 81, 151),
    "pm25": (16, 36, 76),
    "ozone": (0.031, 0.091, 0.151),
}
"""Where moderate, bad and very bad begin."""
ADVICE = (
    Text("바깥 활동하기 좋은 공기입니다.", "Good air for being outdoors."),
    Text(
        "호흡기가 약한 분은 몸 상태를 살피며 활동하세요.",
        "Those with weak lungs should watch how they feel.",
    ),
    Text(
        "오래 또는 힘들게 바깥 활동을 하지 마세요. 민감한 분은 실내에 계세요.",
        "Avoid long or hard work outdoors; the sensitive stay in.",
    ),
    Text(
        "바깥 활동을 삼가고, 나갈 때는 마스크를 쓰세요.",
        "Stay in; wear a mask when you must go out.",
    ),
)
"""What a grade means for people, in words of our own."""
BAD = 2


def grade_of(pollutant: str, value: float) -> int:
    """0 good to 3 very bad."""
    return sum(value >= limit for limit in LIMITS[pollutant])


def worst(values: Mapping[str, float]) -> int | None:
    """The worst grade of these pollutants; None without any."""
    return max((grade_of(p, v) for p, v in values.items() if p in LIMITS), default=None)


def graded(pollutant: str, values: Mapping[str, float], codes: Sequence[str]) -> Classes:
    """Districts by their grade; those without a figure are hatched."""
    grades = tuple(MapGrade(words, shade) for words, shade in zip(GRADES, RAMP, strict=True))
    fills = tuple(
        DistrictFill(code, grade_of(pollutant, values[code]) if code in values else None)
        for code in codes
    )
    return Classes(grades, fills)
