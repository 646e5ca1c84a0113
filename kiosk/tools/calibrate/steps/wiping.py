"""Places of the screen that feel no finger."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import NOTHING, REPEAT, Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check
from kiosk.wire.text import Text

DEAD = Check("dead-spots", Text("죽은 자리", "Dead spots"))
FEW = 3  # cells: fingers leave a corner out


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    dead, cells = int(number(values, "dead")), int(number(values, "cells"))
    if not cells:
        return Verdict((DEAD.fail(NOTHING, REPEAT),))
    if not dead:
        return Verdict((DEAD.ok(f"없음 ({cells}칸)", f"none of {cells} cells"),))
    where = f"{dead} / {cells}: {values.get('where', '')}"
    mend = Text(
        "칠해지지 않은 칸을 다시 닦아 보고, 프레임 안쪽의 먼지와 햇빛, 가려진 센서를 살피십시오.",
        "Wipe those cells once more; then look for dust, sunlight and covered sensors in "
        "the frame.",
    )
    bad = DEAD.poor if dead <= FEW else DEAD.fail
    return Verdict((bad(Text(where, where), mend),))


STEP = Step(
    id="wiping",
    family="screen",
    order=220,
    title=Text("죽은 자리", "Dead spots"),
    do=(
        Text(
            "‘시작’을 누르고 손가락으로 화면 전체를 칠합니다.",
            "Press “Start” and wipe the whole screen with a finger.",
        ),
        Text("한 손가락으로, 구석까지.", "With one finger, into the corners."),
        Text(
            "더 칠할 수 없으면 오른쪽 위의 ‘끝’을 누릅니다.",
            "When no more can be filled, press “Done” at the top right.",
        ),
    ),
    judge=judge,
    field="wipe_field:WipeField",
)
