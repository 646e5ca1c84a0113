"""Who passes behind does not count as somebody before the wall."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Fact, Facts, Step, Values, Verdict
from kiosk.tools.finding import Check
from kiosk.wire.text import Text

PASSING = Check("passing", Text("지나가는 사람", "People passing behind"))


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    behind_m = facts["behind_m"]
    if not takes[0].get("near"):
        return Verdict(
            (PASSING.ok(f"{behind_m:g} m 뒤는 세지 않음", f"not counted at {behind_m:g} m"),)
        )
    near_m = max(1.0, round(behind_m * 0.8, 1))
    words = Text(
        f"{behind_m:g} m 뒤의 사람을 앞사람으로 셈", f"somebody {behind_m:g} m away counts as near"
    )
    mend = Text(
        f"가까움의 거리를 {near_m:g} m 로 줄입니다. 통로가 더 가까우면 카메라를 돌리십시오.",
        f"Near becomes {near_m:g} m; if the way behind is nearer still, turn the camera "
        "away from it.",
    )
    return Verdict((PASSING.poor(words, mend),), {"presence.near_m": near_m})


STEP = Step(
    id="passing",
    family="camera",
    order=60,
    title=Text("뒤로 지나가는 사람", "People passing behind"),
    do=(
        Text("시장이 서는 자리를 비웁니다.", "Leave the mayor's place empty."),
        Text("사람들이 지나다니는 거리를 적습니다.", "Enter how far away people pass."),
        Text(
            "‘시작’을 누르고 그곳을 화면을 보며 두 번 지나갑니다.",
            "Press “Start” and pass there twice, looking at the wall.",
        ),
    ),
    judge=judge,
    measure="camera:passing",
    facts=(Fact("behind_m", Text("지나가는 거리", "How far they pass"), "m", 5.0, 2.0, 12.0, 0.5),),
    seconds=12.0,
)
