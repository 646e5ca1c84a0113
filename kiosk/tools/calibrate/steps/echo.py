"""The wall's own loudspeakers in the microphone, and how long the room rings."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

ECHO = Check("own-sound", Text("벽의 소리", "The wall's own sound"))
RINGING = Check("reverberation", Text("울림", "Reverberation"))
FAINT_DB = 20.0  # over the noise: a voice is louder still
GOOD_S, POOR_S = 0.6, 1.0
"""DIN 18041 asks for 0.6 s of a meeting room of 200 m3; from one second on far speech is hard to
recognise."""


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    if "echo_db" not in values:
        words = Text("벽의 소리가 들리지 않음", "the wall's sound is not heard")
        mend = Text(
            "스피커를 켜고 음량을 올려 다시 하십시오. 스피커가 없으면 이 단계를 건너뛰십시오.",
            "Switch the loudspeakers on and up, and try again; without any, skip this step.",
        )
        return Verdict((ECHO.poor(words, mend),))
    over = number(values, "echo_over_noise_db")
    found = f"{number(values, 'echo_db'):.0f} dB, {over:.0f} dB"
    ko, en = f"{found} (소음보다)", f"{found} over noise"
    if over <= FAINT_DB:
        echo = ECHO.ok(ko, en)
    else:
        mend = Text(
            "스피커를 마이크에서 떼고, voice.echo_device 에 출력의 "
            "모니터(pulse:…monitor)를 적으십시오.",
            "Move the loudspeakers away from the microphone, and set voice.echo_device "
            "to the monitor"
            " of the output (pulse:…monitor).",
        )
        echo = ECHO.poor(Text(f"큼: {ko}", f"loud: {en}"), mend)
    return Verdict((echo, _ringing(number(values, "rt60_s"))))


def _ringing(rt60_s: float) -> Finding:
    if not rt60_s:
        words = Text("소음 때문에 잴 수 없음", "can't be told for the noise")
        mend = Text(
            "조용할 때, 음량을 올려 다시 재십시오.", "Measure when it is quiet, and louder."
        )
        return RINGING.poor(words, mend)
    found = f"{rt60_s:.2f} s"
    if rt60_s <= GOOD_S:
        return RINGING.ok(found, found)
    mend = Text(
        "카펫, 커튼, 흡음판을 더하고 마이크를 사람 가까이 두십시오.",
        "Add carpet, curtains or absorbers, and bring the microphone closer to people.",
    )
    bad = RINGING.poor if rt60_s <= POOR_S else RINGING.fail
    return bad(Text(f"울림이 김: {found}", f"rings long: {found}"), mend)


STEP = Step(
    id="echo",
    family="microphone",
    order=130,
    title=Text("울림과 벽의 소리", "Echo and reverberation"),
    do=(
        Text("스피커를 평소 음량으로 켭니다.", "Loudspeakers on, as loud as usual."),
        Text("조용히 합니다.", "Be quiet."),
        Text(
            "‘시작’을 누릅니다. 3초 동안 높아지는 소리가 납니다.",
            "Press “Start”: a rising tone plays for three seconds.",
        ),
    ),
    judge=judge,
    measure="microphone:echo",
    keeps="sound",
    seconds=6.5,
)
