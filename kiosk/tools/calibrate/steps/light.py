"""Light where the mayor stands: enough, not from behind, without flicker."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

LIGHT = Check("light", Text("밝기", "Brightness"))
BACKLIGHT = Check("backlight", Text("역광", "Light from behind"))
FLICKER = Check("flicker", Text("깜박임", "Flicker"))
DARK, DIM = 25.0, 60.0
"""Levels of 255. Below DIM the recogniser lights its pictures up (gestures.landmarker.DARK), below
DARK what it would light up is noise."""
BEHIND, SOMEWHAT_BEHIND = 0.3, 0.5  # the person's level, part of what is around
STRONG, WEAK = 0.08, 0.02  # depth of a flicker: seen by eye; seen by the camera alone

LAMP_BEFORE = Text(
    "사람의 앞쪽(화면 쪽)에 불을 더 켜십시오. 카메라의 노출을 자동으로 두십시오.",
    "Add light in front of people, on the wall's side; leave the camera's exposure automatic.",
)
BLIND = Text(
    "뒤쪽 창에 블라인드를 내리거나 카메라를 창이 보이지 않게 옮기십시오.",
    "Close the blinds behind people, or move the camera so that it does not see the window.",
)


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    return Verdict((_brightness(values), _backlight(values), _flicker(values)))


def _brightness(values: Values) -> Finding:
    level = number(values, "person")
    words = f"{level:.0f} / 255"
    if level < DARK:
        return LIGHT.fail(Text(f"너무 어두움: {words}", f"too dark: {words}"), LAMP_BEFORE)
    if level < DIM:
        return LIGHT.poor(Text(f"어두움: {words}", f"dark: {words}"), LAMP_BEFORE)
    return LIGHT.ok(words, words)


def _backlight(values: Values) -> Finding:
    person, around = number(values, "person"), max(1.0, number(values, "around"))
    share = person / around
    ko, en = (
        f"사람이 둘레의 {100 * share:.0f} %",
        f"a person at {100 * share:.0f} % of what is around",
    )
    if share < SOMEWHAT_BEHIND and around >= DIM:
        bad = BACKLIGHT.fail if share < BEHIND else BACKLIGHT.poor
        return bad(Text(f"역광: {ko}", f"lit from behind: {en}"), BLIND)
    return BACKLIGHT.ok(ko, en)


def _flicker(values: Values) -> Finding:
    depth, mains = number(values, "flicker_depth"), int(number(values, "mains_hz"))
    if not mains or depth < WEAK:
        return FLICKER.ok("없음", "none")
    words = Text(
        f"{mains} Hz 전등의 줄무늬, 깊이 {100 * depth:.0f} %",
        f"bands of lamps on {mains} Hz, {100 * depth:.0f} % deep",
    )
    mend = Text(
        f"카메라의 깜박임 방지를 {mains} Hz 로: v4l2-ctl -c power_line_frequency="
        f"{1 if mains == 50 else 2}. 그래도 남으면 전등의 조광기를 바꾸십시오.",
        f"Set the camera's anti-flicker to {mains} Hz: v4l2-ctl -c power_line_frequency="
        f"{1 if mains == 50 else 2}. If it stays, change the lamps' dimmer.",
    )
    if values.get("flicker_stands"):
        words = Text(
            f"제자리에 선 줄무늬, {mains} Hz 전등으로 보임, 깊이 {100 * depth:.0f} %",
            f"bands that stand still, as of lamps on {mains} Hz, {100 * depth:.0f} % deep",
        )
        return FLICKER.poor(words, mend)
    return (FLICKER.fail if depth > STRONG else FLICKER.poor)(words, mend)


STEP = Step(
    id="light",
    family="camera",
    order=40,
    title=Text("빛", "Light"),
    do=(
        Text("조명과 블라인드를 평소처럼 둡니다.", "Leave lights and blinds as they usually are."),
        Text(
            "2 m 앞 한가운데에 서서 화면을 봅니다.",
            "Stand 2 m away in the middle, facing the wall.",
        ),
        Text(
            "‘시작’을 누르고 4초 동안 가만히 있습니다.",
            "Press “Start” and keep still for four seconds.",
        ),
    ),
    judge=judge,
    measure="camera:light",
    keeps="pictures",
    seconds=4.0,
)
