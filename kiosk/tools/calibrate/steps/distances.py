"""The screen's geometry, and type that is large enough from where people stand."""

import math
from collections.abc import Sequence

from kiosk.tools.calibrate.step import Fact, Facts, Step, Value, Values, Verdict, number
from kiosk.tools.finding import Check
from kiosk.wire.text import Text

GEOMETRY = Check("geometry", Text("가로세로 비", "Geometry"))
TYPE = Check("type-size", Text("글자 크기", "Type size"))
ROUND = 0.01  # a circle whose axes differ by less looks round
BODY_U, CAPITAL = 18.0, 0.72  # size of running text (tokens.json), height of its capitals in it
GOOD_ARCMIN, POOR_ARCMIN = 16.0, 11.0
"""Height of a letter in minutes of arc: ISO 9241-303 asks for 16 at least, 20 to 22 for ease; good
eyes still read 5, slowly."""
SCALES = (1.0, 1.3)  # bounds of ui.text_scale


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    aspect = facts["square_w_mm"] / facts["square_h_mm"]
    settings: dict[str, Value] = {}
    found = f"{aspect:.3f}"
    if abs(aspect - 1) <= ROUND:
        geometry = GEOMETRY.ok(found, found)
    else:
        settings["ui.pixel_aspect"] = round(aspect, 3)
        geometry = GEOMETRY.poor(
            Text(f"화소의 폭/높이 {found}", f"pixels {found} times as wide as high"),
            Text(
                "이 비로 그립니다(ui.pixel_aspect).",
                "It is drawn with that ratio (ui.pixel_aspect).",
            ),
        )
    side_px = max(1.0, number(values, "square_px"))
    letter_mm = facts["square_h_mm"] / side_px * number(values, "unit_px") * BODY_U * CAPITAL
    arcmin = _arcmin(letter_mm, facts["viewing_m"])
    scale = min(SCALES[1], max(SCALES[0], math.ceil(GOOD_ARCMIN / max(arcmin, 0.1) * 20) / 20))
    if scale > SCALES[0]:
        settings["ui.text_scale"] = scale
    reached = arcmin * scale
    words = f"{reached:.0f}′ ({facts['viewing_m']:g} m, ×{scale:g})"
    if reached >= GOOD_ARCMIN:
        return Verdict((geometry, TYPE.ok(words, words)), settings)
    mend = Text(
        f"{facts['viewing_m'] * reached / GOOD_ARCMIN:.1f} m 보다 가까이 서거나 더 큰 "
        "화면을 쓰십시오.",
        f"Stand nearer than {facts['viewing_m'] * reached / GOOD_ARCMIN:.1f} m, or use a "
        "larger screen.",
    )
    bad = TYPE.poor if reached >= POOR_ARCMIN else TYPE.fail
    return Verdict((geometry, bad(Text(f"작음: {words}", f"small: {words}"), mend)), settings)


def _arcmin(height_mm: float, distance_m: float) -> float:
    return math.degrees(2 * math.atan(height_mm / 2 / (distance_m * 1000))) * 60


STEP = Step(
    id="distances",
    family="screen",
    order=250,
    title=Text("비율과 글자 크기", "Geometry and type size"),
    do=(
        Text(
            "‘시작’을 누르고 그려진 네모를 줄자로 잽니다.",
            "Press “Start” and measure the drawn square with a tape.",
        ),
        Text("폭과 높이를 mm 로 적습니다.", "Enter its width and height in mm."),
        Text(
            "가장 멀리 서는 사람의 거리를 적습니다.",
            "Enter how far away the farthest reader stands.",
        ),
    ),
    judge=judge,
    field="square_field:SquareField",
    facts=(
        Fact(
            "square_w_mm", Text("네모의 폭", "Width of the square"), "mm", 600.0, 50.0, 4000.0, 1.0
        ),
        Fact(
            "square_h_mm",
            Text("네모의 높이", "Height of the square"),
            "mm",
            600.0,
            50.0,
            4000.0,
            1.0,
        ),
        Fact("viewing_m", Text("보는 거리", "Viewing distance"), "m", 2.5, 0.5, 12.0, 0.25),
    ),
)
