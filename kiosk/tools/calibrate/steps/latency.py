"""From the screen to the camera's picture of it: how late the wall sees."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check
from kiosk.wire.text import Text

LATENCY = Check("latency", Text("화면에서 카메라까지", "Screen to camera"))
GOOD_MS, POOR_MS = 120.0, 200.0
"""MacKenzie and Ware (1993): with a lag of 75 ms people who point miss a third more often, with 225
ms three times as often. The screen's own part is inside the figure."""


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    if "latency_ms" not in values:
        words = Text("번쩍임이 보이지 않음", "the flashes are not seen")
        mend = Text(
            "불을 줄이고, 손거울이나 흰 종이를 카메라 앞 30 cm 에 두어 화면의 빛이 "
            "들어오게 하십시오.",
            "Dim the lights, and hold a mirror or white paper 30 cm before the camera, "
            "lit by the wall.",
        )
        return Verdict((LATENCY.fail(words, mend),))
    late, frame = number(values, "latency_ms"), number(values, "frame_ms")
    found = f"{late:.0f} ms (± {frame / 2:.0f} ms)"
    if late <= GOOD_MS:
        return Verdict((LATENCY.ok(found, found),))
    mend = Text(
        "화면의 ‘게임 모드’를 켜고, 카메라를 USB 3 에 바로 꽂고, 더 빠른 모드를 고르십시오.",
        "Switch on the screen's game mode, plug the camera into USB 3 itself, take a faster mode.",
    )
    bad = LATENCY.poor if late <= POOR_MS else LATENCY.fail
    return Verdict((bad(Text(f"늦음: {found}", f"late: {found}"), mend),))


STEP = Step(
    id="latency",
    family="camera",
    order=70,
    title=Text("지연", "Latency"),
    do=(
        Text(
            "손거울을 카메라 앞에 들어 화면이 비치게 합니다.",
            "Hold a mirror before the camera so that it sees the screen.",
        ),
        Text(
            "‘시작’을 누릅니다. 화면이 8초 동안 번쩍입니다.",
            "Press “Start”: the screen flashes for eight seconds.",
        ),
        Text("그동안 거울을 가만히 듭니다.", "Keep the mirror still meanwhile."),
    ),
    judge=judge,
    field="flash_field:FlashField",
    measure="camera:latency",
    seconds=8.0,
)
