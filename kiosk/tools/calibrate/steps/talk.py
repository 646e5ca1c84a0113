"""What the wall takes for commands in five minutes of ordinary talk."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import NOTHING, REPEAT, Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check
from kiosk.wire.text import Text
from voice.intervals import poisson_interval

TALK = Check("talk", Text("잘못 들은 명령", "False commands"))
MOST_AN_HOUR = 1.0
LEAST_MINUTES = 1.0


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    false, minutes = int(number(takes[0], "false")), number(takes[0], "minutes")
    if minutes < LEAST_MINUTES:
        return Verdict((TALK.poor(NOTHING, REPEAT),))
    hours = minutes / 60
    low, high = (bound / hours for bound in poisson_interval(false))
    found = f"{false} / {minutes:.1f} min ({low:.1f}–{high:.0f} / h)"
    if false / hours <= MOST_AN_HOUR:
        return Verdict((TALK.ok(found, found),))
    heard = str(takes[0].get("heard", ""))
    mend = Text(
        "부르는 말(voice.wake)을 끄고 누른 뒤에만 듣게 하십시오. 스피커의 소리도 줄이십시오.",
        "Leave the call (voice.wake) off, so that it hears after a press only; quieten "
        "loudspeakers.",
    )
    return Verdict((TALK.poor(Text(f"{found}: {heard}", f"{found}: {heard}"), mend),))


STEP = Step(
    id="talk",
    family="microphone",
    order=150,
    title=Text("평소 대화", "Ordinary talk"),
    do=(
        Text(
            "‘시작’을 누르고 5분 동안 평소처럼 이야기합니다.",
            "Press “Start” and talk as usual for five minutes.",
        ),
        Text("명령은 말하지 않습니다.", "Do not say commands."),
        Text(
            "소리는 ‘이번 소리도’를 고르지 않으면 남지 않습니다.",
            "No sound is kept unless you tick it.",
        ),
    ),
    judge=judge,
    measure="microphone:talk",
    keeps="sound",
    seconds=300.0,
    minutes=5.0,
)
