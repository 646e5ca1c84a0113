"""Where the camera hangs and how it is turned, from the board at a marked place."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Fact, Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check
from kiosk.wire.text import Text

DISTANCE = Check("distance", Text("거리", "Distance"))
MOUNTING = Check("mounting", Text("설치 높이와 각도", "Height and tilt"))
OFF = 0.10  # of the distance that the tape measure says
MOST_ROLL_DEG = 4.0
MOST_TILT_DEG = 30.0


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    if "distance_squares" not in values:
        words = Text("보드가 보이지 않음", "the board is not seen")
        mend = Text(
            "보드를 세워 카메라 쪽으로 들고, 표시한 곳에 서십시오.",
            "Hold the board upright, towards the camera, at the marked place.",
        )
        return Verdict((DISTANCE.fail(words, mend),))
    square_m = facts["square_mm"] / 1000
    told, seen = facts["mark_m"], number(values, "distance_squares") * square_m
    far = f"{seen:.2f} m (줄자 {told:.2f} m)", f"{seen:.2f} m (tape {told:.2f} m)"
    if abs(seen - told) > OFF * told:
        mend = Text(
            "줄자로 카메라에서 보드까지 다시 재고, 인쇄한 칸의 크기를 확인한 뒤 렌즈 "
            "단계를 다시 하십시오.",
            "Measure again from camera to board, check the printed squares, and repeat "
            "the lens step.",
        )
        distance = DISTANCE.poor(Text(*far), mend)
    else:
        distance = DISTANCE.ok(*far)
    height = facts["board_m"] + number(values, "above_squares") * square_m
    tilt, roll = number(values, "tilt_deg"), number(values, "roll_deg")
    hangs = Text(
        f"높이 {height:.2f} m, 아래로 {tilt:.1f}°, 기울어짐 {roll:.1f}°",
        f"{height:.2f} m high, {tilt:.1f}° downwards, {roll:.1f}° askew",
    )
    if abs(roll) > MOST_ROLL_DEG:
        mend = Text(
            f"카메라를 {abs(roll):.0f}° 돌려 수평을 맞추십시오.",
            f"Turn the camera level, by {abs(roll):.0f}°.",
        )
        return Verdict((distance, MOUNTING.poor(hangs, mend)))
    if abs(tilt) > MOST_TILT_DEG:
        mend = Text(
            "덜 기울게 다십시오. 4 m 앞의 손이 그림 밖입니다.",
            "Tilt it less: hands at 4 m are out of sight.",
        )
        return Verdict((distance, MOUNTING.poor(hangs, mend)))
    return Verdict((distance, MOUNTING.ok(hangs.ko, hangs.en)))


STEP = Step(
    id="mounting",
    family="camera",
    order=30,
    title=Text("높이와 각도", "Height and tilt"),
    do=(
        Text(
            "카메라에서 보드까지 줄자로 재고 바닥에 표시합니다.",
            "Measure from the camera to the board and mark the floor.",
        ),
        Text("보드를 똑바로 세워 그 자리에 듭니다.", "Hold the board upright and level there."),
        Text(
            "보드 한가운데의 높이를 적고 ‘시작’을 누릅니다.",
            "Enter how high its middle is, and press “Start”.",
        ),
    ),
    judge=judge,
    measure="camera:mounting",
    keeps="pictures",
    facts=(
        Fact(
            "mark_m", Text("카메라에서 보드까지", "From camera to board"), "m", 2.0, 0.5, 6.0, 0.05
        ),
        Fact(
            "board_m",
            Text("보드 한가운데의 높이", "Height of its middle"),
            "m",
            1.2,
            0.2,
            2.5,
            0.05,
        ),
        Fact(
            "square_mm",
            Text("인쇄된 칸의 크기", "Side of a printed square"),
            "mm",
            52.0,
            10.0,
            200.0,
            0.5,
        ),
    ),
    seconds=4.0,
)
