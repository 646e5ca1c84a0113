"""Which microphone, and how quiet the room is in it."""

from collections.abc import Sequence

from kiosk.tools.calibrate.step import Facts, Step, Value, Values, Verdict, number
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

DEVICE = Check("microphone-device", Text("마이크 장치", "Microphone"))
NOISE = Check("noise-floor", Text("바닥 소음", "Noise floor"))
HUM = Check("hum", Text("전원 잡음", "Hum of the mains"))
QUIET_DB, LOUD_DB = -50.0, -38.0
"""Usual speech lies at -22 dB (voice.level): 28 dB above the one, where nothing need be cleaned
(voice.room), 16 dB above the other, where half of what is said is refused (docs/voice.md)."""
PLAYED = ("monitor", "모니터")  # a source of the sound server that records what the wall plays

UNMUTE = Text(
    "마이크의 음소거 단추와 pavucontrol 의 입력 음량을 보고, 다른 마이크면 --microphone "
    "으로 고르십시오.",
    "Look at the microphone's mute switch and the input level in pavucontrol; pick another one with"
    " --microphone.",
)


def judge(takes: Sequence[Values], facts: Facts) -> Verdict:
    values = takes[0]
    name = str(values.get("name", "?"))
    if any(word in name.casefold() for word in PLAYED):
        words = Text(
            f"{name}: 마이크가 아니라 벽 자신의 소리", f"{name}: what the wall plays, no microphone"
        )
        mend = Text(
            "--microphone 으로 진짜 마이크를 고르십시오.",
            "Name the real microphone with --microphone.",
        )
        return Verdict((DEVICE.fail(words, mend),))
    if values.get("silent"):
        words = Text(f"{name}: 아무 소리도 없음", f"{name}: nothing but silence")
        return Verdict((DEVICE.fail(words, UNMUTE),))
    settings: dict[str, Value] = {"microphone.source": str(values.get("source", "default"))}
    level = number(values, "noise_db")
    if level > QUIET_DB:
        settings["voice.noise_suppression"] = "always" if level > LOUD_DB else "auto"
    return Verdict((DEVICE.ok(name, name), _noise(level), _hum(values)), settings)


def _noise(level_db: float) -> Finding:
    found = f"{level_db:.0f} dB"
    if level_db <= QUIET_DB:
        return NOISE.ok(found, found)
    mend = Text(
        "환기와 공조를 줄이고, 마이크를 송풍구와 스피커에서 멀리, 사람 가까이 두십시오.",
        "Turn the ventilation down; bring the microphone away from vents and speakers, "
        "towards people.",
    )
    bad = NOISE.fail if level_db > LOUD_DB else NOISE.poor
    return bad(Text(f"시끄러움: {found}", f"noisy: {found}"), mend)


def _hum(values: Values) -> Finding:
    hum = int(number(values, "hum_hz"))
    if not hum:
        return HUM.ok("없음", "none")
    mend = Text(
        "마이크 선을 전원선에서 떼고, 접지된 콘센트나 다른 USB 포트를 쓰십시오.",
        "Keep its cable away from power cables; use an earthed socket or another USB port.",
    )
    return HUM.poor(Text(f"{hum} Hz 험", f"hum of {hum} Hz"), mend)


STEP = Step(
    id="microphone-device",
    family="microphone",
    order=110,
    title=Text("마이크와 바닥 소음", "Microphone and noise floor"),
    do=(
        Text("환기와 조명을 평소처럼 켭니다.", "Ventilation and lights as they usually are."),
        Text("아무도 말하지 않습니다.", "Nobody speaks."),
        Text("‘시작’을 누르고 5초 기다립니다.", "Press “Start” and wait five seconds."),
    ),
    judge=judge,
    measure="microphone:noise",
    keeps="sound",
    seconds=5.0,
)
