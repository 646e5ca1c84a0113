"""What a mayor reads when the kiosk can't hear."""

from kiosk.wire import Text
from kiosk.wire.messages import State
from voice.errors import (
    GrammarError,
    MicrophoneBusy,
    MicrophoneLost,
    MicrophoneMissing,
    ModelError,
    SoundFileError,
    VocabularyError,
    VoiceError,
)

_REASONS: tuple[tuple[type[VoiceError], State, Text], ...] = (
    (
        MicrophoneMissing,
        "degraded",
        Text("마이크를 찾을 수 없습니다", "No microphone was found"),
    ),
    (
        MicrophoneBusy,
        "degraded",
        Text("마이크를 다른 프로그램이 쓰고 있습니다", "Another program holds the microphone"),
    ),
    (
        MicrophoneLost,
        "degraded",
        Text("마이크 연결이 끊겼습니다", "The microphone was unplugged or broke off"),
    ),
    (
        SoundFileError,
        "degraded",
        Text("녹음 파일을 읽을 수 없습니다", "The recording given as microphone can't be read"),
    ),
    (
        ModelError,
        "failed",
        Text("음성 인식 모델을 쓸 수 없습니다", "The speech model can't be used"),
    ),
    (
        GrammarError,
        "failed",
        Text("음성 명령 설정이 잘못되었습니다", "The file of spoken commands is broken"),
    ),
    (
        VocabularyError,
        "failed",
        Text(
            "음성 명령에 알아들을 수 없는 말이 있습니다",
            "A spoken command holds words that the speech model can't hear",
        ),
    ),
)


def explain(error: VoiceError) -> tuple[State, Text]:
    """State and reason; a microphone is tried again by itself, a broken model is not."""
    for kind, state, reason in _REASONS:
        if isinstance(error, kind):
            return state, reason
    return "degraded", Text("마이크를 쓸 수 없습니다", "The microphone can't be used")


def muted() -> tuple[State, Text]:
    return "degraded", Text(
        "마이크에서 아무 소리도 오지 않습니다. 꺼져 있는지 보십시오",
        "The microphone delivers nothing but silence; is it muted?",
    )


def without_microphone() -> tuple[State, Text]:
    return "degraded", Text("마이크 없이 실행하도록 설정됨", "Set to run without a microphone")
