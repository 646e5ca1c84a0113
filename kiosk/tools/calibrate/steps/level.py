"""How loud a voice from the mayor's place arrives, and from around."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Value, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

LEVEL = Check("level", Text("목소리 크기", "Level of the voice"))
CLIPPING = Check("clipping", Text("찌그러짐", "Clipping"))
CLEAR = Check("clear", Text("소음 위의 목소리", "Voice over noise"))
DIRECTION = Check("direction", Text("방향", "Direction"))
WANTED_DB = -22.0  # the median of recorded talks (voice.level)
LOW_DB, HIGH_DB = -38.0, -12.0
CLIPPED = 0.0005  # part of all samples: some flat crests a second
CLEAR_DB, NOISY_DB = 22.0, 10.0  # voice.room cleans below the one; docs/voice.md on the other
EVEN_DB, UNEVEN_DB = 6.0, 12.0
PLACES = (
    Text("시장의 자리에서", "from the mayor's place"),
    Text("왼쪽에서", "from the left"),
    Text("오른쪽에서", "from the right"),
    Text("2 m 더 뒤에서", "from 2 m farther back"),
)


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    if values.get("silent"):
        words = Text("아무 소리도 없음", "nothing but silence")
        mend = Text("마이크의 음소거를 푸십시오.", "Unmute the microphone.")
        return Verdict((LEVEL.fail(words, mend),))
    if not number(values, "snr_db"):
        words = Text("목소리가 소음에서 두드러지지 않음", "no voice stands out of the noise")
        mend = Text(
            "‘시작’을 누른 뒤 보통 목소리로 말하십시오.", "Speak in a usual voice after “Start”."
        )
        return Verdict((LEVEL.fail(words, mend),))
    findings = [_level(values), _clipping(values), _clear(values)]
    around = [number(take, "speech_db") for take in takes if take and number(take, "snr_db")]
    if len(around) > 1:
        findings.append(_direction(around))
    settings: dict[str, Value] = {}
    if number(values, "snr_db") < CLEAR_DB:
        settings["voice.noise_suppression"] = "always"
    return Verdict(tuple(findings), settings)


def gain_db(values: Values) -> float:
    """By how much the microphone's input should be turned up (or down, below 0) so that speech
    lies where it usually does and its crests have room."""
    wanted = WANTED_DB - number(values, "speech_db")
    return round(min(wanted, -3.0 - number(values, "peak_db")) if wanted > 0 else wanted)


def _turn(values: Values) -> Text:
    gain = gain_db(values)
    return Text(
        f"pavucontrol 의 입력 음량을 {gain:+.0f} dB 바꾸고 다시 재십시오.",
        f"Change the input level in pavucontrol by {gain:+.0f} dB and measure again.",
    )


def _level(values: Values) -> Finding:
    level = number(values, "speech_db")
    found = f"{level:.0f} dB"
    if level < LOW_DB:
        return LEVEL.poor(Text(f"작음: {found}", f"faint: {found}"), _turn(values))
    if level > HIGH_DB:
        return LEVEL.poor(Text(f"큼: {found}", f"loud: {found}"), _turn(values))
    return LEVEL.ok(found, found)


def _clipping(values: Values) -> Finding:
    clipped = number(values, "clipped")
    if clipped <= CLIPPED:
        return CLIPPING.ok("없음", "none")
    found = f"{100 * clipped:.2g} %"
    mend = Text(
        "입력 음량을 12 dB 낮추고 마이크 증폭(boost)을 끈 뒤 다시 재십시오.",
        "Turn the input 12 dB down, switch the microphone's boost off, and measure again.",
    )
    return CLIPPING.fail(Text(f"소리가 잘림: {found}", f"crests cut off: {found}"), mend)


def _clear(values: Values) -> Finding:
    snr = number(values, "snr_db")
    found = f"{snr:.0f} dB"
    if snr >= CLEAR_DB:
        return CLEAR.ok(found, found)
    mend = Text(
        "마이크를 사람 가까이(1 m 안) 두거나 방향성 마이크를 쓰십시오. 소음 제거를 늘 켭니다.",
        "Bring the microphone within a metre of people, or use a directional one; "
        "cleaning is set on.",
    )
    return (CLEAR.poor if snr >= NOISY_DB else CLEAR.fail)(
        Text(f"소음에 묻힘: {found}", f"buried in noise: {found}"), mend
    )


def _direction(levels: Sequence[float]) -> Finding:
    spread = max(levels) - min(levels)
    found = f"{spread:.0f} dB"
    if spread <= EVEN_DB:
        return DIRECTION.ok(f"고름: {found}", f"even: {found}")
    mend = Text(
        "마이크를 시장의 자리 쪽으로 돌리거나 가운데로 옮기십시오.",
        "Turn the microphone towards the mayor's place, or move it to the middle.",
    )
    bad = DIRECTION.poor if spread <= UNEVEN_DB else DIRECTION.fail
    return bad(Text(f"자리마다 다름: {found}", f"uneven: {found}"), mend)


STEP = Step(
    id="level",
    family="microphone",
    order=120,
    title=Text("목소리", "The voice"),
    do=(
        Text("말한 자리에 섭니다.", "Stand at the place that is named."),
        Text(
            "‘시작’을 누르고 보통 목소리로 8초 동안 말합니다.",
            "Press “Start” and speak for eight seconds, as usual.",
        ),
        Text("문장 사이에 잠깐씩 쉽니다.", "Pause between the sentences."),
    ),
    judge=judge,
    measure="microphone:voice",
    keeps="sound",
    takes=PLACES,
    seconds=8.0,
    minutes=2.0,
)
