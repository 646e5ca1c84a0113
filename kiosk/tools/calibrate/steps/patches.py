"""Colour and gamma, by eye: patches that a right screen shows alike or apart."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

GAMMA = Check("gamma", Text("감마", "Gamma"))
BLACK = Check("black", Text("어두운 단계", "Dark steps"))
WHITE = Check("white", Text("밝은 단계", "Light steps"))
GAMMAS = (1.8, 2.0, 2.2, 2.4, 2.6)
"""The exponent of the patch that merges with stripes of black and white seen from afar."""
STEPS = 5  # dark and light patches, each two levels of 255 further
LEVELS = 4  # of 255 between two of them
RIGHT = (2.0, 2.4)
SEEN = 4  # of STEPS: one level may be lost


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    return Verdict(
        (
            _gamma(number(values, "gamma")),
            _seen(BLACK, number(values, "black")),
            _seen(WHITE, number(values, "white")),
        )
    )


def _gamma(gamma: float) -> Finding:
    found = f"{gamma:.1f}"
    if RIGHT[0] <= gamma <= RIGHT[1]:
        return GAMMA.ok(found, found)
    mend = Text(
        "화면 메뉴에서 감마를 2.2 로, 영상 모드를 ‘표준’으로.",
        "Set gamma 2.2 and the standard picture mode in the screen's menu.",
    )
    return GAMMA.poor(Text(found, found), mend)


def _seen(check: Check, count: float) -> Finding:
    found = f"{count:.0f} / {STEPS}"
    if count >= SEEN:
        return check.ok(found, found)
    mend = Text(
        "화면의 ‘동적 명암’을 끄고, HDMI 범위를 ‘전체(0–255)’로, 밝기와 명암을 "
        "기본값으로 하십시오.",
        "Switch dynamic contrast off, HDMI range to full (0–255), brightness and "
        "contrast to default.",
    )
    return (check.poor if count >= 2 else check.fail)(Text(found, found), mend)


STEP = Step(
    id="patches",
    family="screen",
    order=240,
    title=Text("색과 감마", "Colour and gamma"),
    do=(
        Text("3 m 떨어져 눈을 가늘게 뜹니다.", "Stand 3 m away and half close your eyes."),
        Text(
            "줄무늬와 가장 비슷한 칸을 누릅니다.", "Press the patch that is most like its stripes."
        ),
        Text(
            "보이는 어두운 칸과 밝은 칸의 수를 누릅니다.",
            "Press how many dark and how many light patches you can tell apart.",
        ),
    ),
    judge=judge,
    field="patch_field:PatchField",
)
