"""Where the touch frame says a finger is, and where it is."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Fact, Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

OFFSET = Check("touch-offset", Text("터치 위치", "Touch offset"))
GOOD_MM, POOR_MM = 8.0, 20.0
"""A place to press is 60 mm high on a wall (assets/style/tokens.json): a third of it is lost at the
one, nothing noticed at the other."""

ALIGN = Text(
    "터치 프레임의 보정 프로그램을 돌리고, 프레임이 화면에 나란한지 보십시오. 화면이 둘이면 "
    "xinput map-to-output 으로 이 화면에 묶으십시오.",
    "Run the frame's own calibration and see that it sits straight on the screen; with two screens"
    " bind it to this one (xinput map-to-output).",
)


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    return Verdict((_offset(takes[0]),))


def _offset(values: Values) -> Finding:
    if not number(values, "presses"):
        words = Text("손가락이 닿지 않음", "no finger arrived")
        mend = Text(
            "터치 프레임의 USB 선을 꽂으십시오.", "Plug in the USB cable of the touch frame."
        )
        return OFFSET.fail(words, mend)
    worst = number(values, "worst_mm")
    x, y = number(values, "offset_x_mm"), number(values, "offset_y_mm")
    ko = f"가장 큰 어긋남 {worst:.0f} mm, 평균 → {x:+.0f} ↓ {y:+.0f} mm"
    en = f"at worst {worst:.0f} mm off, in the mean → {x:+.0f} ↓ {y:+.0f} mm"
    if worst <= GOOD_MM:
        return OFFSET.ok(ko, en)
    return (OFFSET.poor if worst <= POOR_MM else OFFSET.fail)(Text(ko, en), ALIGN)


STEP = Step(
    id="touch",
    family="screen",
    order=210,
    title=Text("터치 위치", "Touch offset"),
    do=(
        Text(
            "보이는 화면의 폭을 줄자로 재어 적습니다.",
            "Measure how wide the picture is, and enter it.",
        ),
        Text(
            "‘시작’을 누르고 십자의 한가운데를 손가락 끝으로 누릅니다.",
            "Press “Start” and press the middle of each cross with a fingertip.",
        ),
        Text("구석과 모서리를 포함해 아홉 번입니다.", "Nine times, corners and edges too."),
    ),
    judge=judge,
    field="touch_field:TouchField",
    facts=(
        Fact(
            "width_mm", Text("화면의 폭", "Width of the picture"), "mm", 1900.0, 200.0, 8000.0, 10.0
        ),
    ),
)
