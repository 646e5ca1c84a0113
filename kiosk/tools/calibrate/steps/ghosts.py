"""Touches that nobody made."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import NOTHING, REPEAT, Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check
from kiosk.wire.text import Text

LEAST_S = 5.0
GHOSTS = Check("ghost-touches", Text("헛터치", "Ghost touches"))


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    ghosts, seconds = int(number(takes[0], "ghosts")), number(takes[0], "seconds")
    if seconds < LEAST_S:
        return Verdict((GHOSTS.fail(NOTHING, REPEAT),))
    if not ghosts:
        return Verdict((GHOSTS.ok(f"{seconds:.0f}초 동안 없음", f"none in {seconds:.0f} s"),))
    words = Text(f"{seconds:.0f}초 동안 {ghosts}번", f"{ghosts} in {seconds:.0f} s")
    mend = Text(
        "햇빛과 적외선 전등을 가리고, 화면을 닦고, 화면과 프레임의 접지를 확인하십시오.",
        "Shade sunlight and infrared lamps, clean the screen, check the earth of screen and frame.",
    )
    return Verdict((GHOSTS.fail(words, mend),))


STEP = Step(
    id="ghosts",
    family="screen",
    order=230,
    title=Text("헛터치", "Ghost touches"),
    do=(
        Text("‘시작’을 누르고 손을 뗍니다.", "Press “Start” and take your hands away."),
        Text("15초 동안 아무도 화면에 닿지 않습니다.", "Nobody touches the screen for 15 seconds."),
        Text("조명과 블라인드는 평소처럼 둡니다.", "Lights and blinds as they usually are."),
    ),
    judge=judge,
    field="ghost_field:GhostField",
    seconds=15.0,
)
