"""What a mayor reads when there is no camera."""

from gestures.errors import (
    CameraBusyError,
    CameraLostError,
    CameraMissingError,
    GesturesError,
    ModelError,
    SessionError,
    UnreadableFileError,
)
from kiosk.wire import Text
from kiosk.wire.messages import State

_REASONS: tuple[tuple[type[GesturesError], Text], ...] = (
    (
        CameraBusyError,
        Text(
            "카메라를 다른 프로그램이 쓰고 있거나 권한이 없습니다",
            "Another program holds the camera, or the kiosk may not open it",
        ),
    ),
    (CameraLostError, Text("카메라 연결이 끊겼습니다", "The camera was unplugged or broke off")),
    (CameraMissingError, Text("카메라를 찾을 수 없습니다", "No camera was found")),
    (
        UnreadableFileError,
        Text("녹화 영상을 읽을 수 없습니다", "The recording given as camera can't be read"),
    ),
    (
        SessionError,
        Text("손 동작 기록을 읽을 수 없습니다", "The hand session given as camera can't be read"),
    ),
    (ModelError, Text("손 인식 모델을 쓸 수 없습니다", "The hand model can't be used")),
)


def explain(error: GesturesError) -> tuple[State, Text]:
    """State and reason for a camera that gives nothing; a camera is tried again by itself."""
    state: State = "failed" if isinstance(error, ModelError) else "degraded"
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return state, reason
    return state, Text("카메라를 쓸 수 없습니다", "The camera can't be used")


def without_camera() -> tuple[State, Text]:
    return "degraded", Text("카메라 없이 실행하도록 설정됨", "Set to run without a camera")


def during_clip() -> Text:
    """A clip stands in for the camera, and the wall says so."""
    return Text("녹화된 손동작을 재생하는 중", "Replaying recorded hands")
