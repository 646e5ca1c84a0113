"""Commands read aloud, from the mayor's place and from elsewhere."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text
from voice.intervals import wilson_interval

PLACES = (
    Text("시장의 자리에서", "from the mayor's place"),
    Text("3 m 떨어진 곳에서", "from 3 m away"),
)
LIST = (
    *("처음으로", "지표 보여 줘", "도움말", "대기질 보여 줘"),
    *("뒤로", "씨씨티비 보여 줘", "지도 확대", "시민 민원 보여 줘"),
)
"""Short and long, of different areas."""
GOOD, POOR = 0.85, 0.6


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    return Verdict(
        tuple(
            _place(f"spoken-{i}", place, values)
            for i, (place, values) in enumerate(zip(PLACES, takes, strict=False))
            if values
        )
    )


def _place(name: str, place: Text, values: Values) -> Finding:
    check = Check(name, Text(f"명령, {place.ko}", f"Commands {place.en}"))
    right, of = int(number(values, "right")), int(number(values, "of"))
    low, high = wilson_interval(right, of)
    missed = str(values.get("missed", ""))
    found = f"{right} / {of} ({100 * low:.0f}–{100 * high:.0f} %)"
    ko, en = (
        (f"{found}; 못 들음: {missed}", f"{found}; missed: {missed}") if missed else (found, found)
    )
    share = right / max(1, of)
    if share >= GOOD:
        return check.ok(ko, en)
    mend = Text(
        "목소리와 소음 단계를 먼저 고친 뒤, 또박또박 다시 읽으십시오.",
        "Mend what the voice and noise steps found first, then read them again, plainly.",
    )
    return (check.poor if share >= POOR else check.fail)(Text(ko, en), mend)


STEP = Step(
    id="spoken",
    family="microphone",
    order=140,
    title=Text("명령 읽기", "Commands read aloud"),
    do=(
        Text(
            "‘시작’을 누르고 화면의 명령을 하나씩 읽습니다.",
            "Press “Start” and read the commands one by one:",
        ),
        Text(" · ".join(LIST), " · ".join(LIST)),
        Text("명령 사이에 2초씩 쉽니다.", "Leave two seconds between them."),
    ),
    judge=judge,
    measure="microphone:spoken",
    keeps="sound",
    takes=PLACES,
    seconds=40.0,
    minutes=2.0,
)
