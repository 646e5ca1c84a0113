"""What the viewer says, in both languages. No Qt."""

from gestures.events import EngageState, GestureKind
from gestures.session import Label
from kiosk.core.invocation import Status
from kiosk.ui.gesture_words import GESTURE_WORDS
from kiosk.wire.text import Text

MEASURES = {
    "best_grade": Text("가장 비슷한 모양", "Best shape's grade"),
    "lead": Text("다음 모양과의 차", "Lead over the second"),
    "moved": Text("움직인 거리, 손바닥", "Moved, palms"),
    "turned_deg": Text("돌아간 각도", "Turned, degrees"),
    "speed": Text("속도, 손바닥/초", "Speed, palms a second"),
    "facing": Text("벽을 향함", "Faces the wall"),
    "leaning_deg": Text("기울기, 도", "Leans, degrees"),
    "stretch": Text("손가락 펴짐", "Fingers stretched"),
    "pinch_gap": Text("엄지와 검지 사이", "Thumb to index finger"),
    "palm": Text("손바닥 크기, 화면 높이", "Palm, picture heights"),
    "held": Text("유지한 만큼", "Held so far"),
    "length": Text("움직인 길이, 손바닥", "Length of the move, palms"),
    "peak_speed": Text("최고 속도, 손바닥/초", "Top speed, palms a second"),
    "move_ms": Text("걸린 시간, ms", "Took, ms"),
    "seen_ms": Text("보인 시간, ms", "Seen for, ms"),
    "bend": Text("휘어짐", "Bend"),
    "along_axis": Text("곧은 방향 길이", "Along one axis"),
}
STATES = {
    EngageState.SEARCHING: Text("손 없음", "No hand"),
    EngageState.RESTING: Text("조작 전", "Not engaged"),
    EngageState.ENGAGED: Text("조작 중", "Engaged"),
}
STATUSES = {
    Status.DONE: Text("함", "done"),
    Status.UNKNOWN: Text("모르는 명령", "unknown"),
    Status.BAD_ARGUMENTS: Text("맞지 않는 값", "bad value"),
    Status.UNAVAILABLE: Text("지금 안 됨", "not now"),
    Status.DENIED: Text("거절", "denied"),
    Status.NEEDS_CONFIRM: Text("확인 기다림", "to confirm"),
    Status.FAILED: Text("실패", "failed"),
}
DIFFERENCES = {
    "missing": Text("빠짐", "missing"),
    "extra": Text("더 나옴", "extra"),
    "late": Text("늦음", "late"),
    "early": Text("이름", "early"),
    "other kind": Text("다른 것", "other kind"),
    "other values": Text("다른 값", "other values"),
}
NOT_A_MOVE = Text("쓸기가 되기에 모자란 움직임", "A move that is no swipe")
MOVE = Text("움직임", "Move")
NOTHING = Text("이 순간에는 손이 없습니다", "No hand at this moment")
LANES = {
    "meant": Text("실제", "Ground truth"),
    "golden": Text("기준", "Golden"),
    "first": Text("이 버전", "This version"),
    "second": Text("다른 버전", "Other version"),
    "inputs": Text("입력", "Inputs"),
    "outcomes": Text("명령", "Commands"),
    "differences": Text("다른 점", "Differences"),
}


def kind_words(kind: str) -> Text:
    """A gesture's name; any other kind is its own name."""
    known = kind in GestureKind.__members__.values()
    return GESTURE_WORDS[GestureKind(kind)] if known else Text(kind, kind)


def label_words(label: Label) -> Text:
    return GESTURE_WORDS[label.kind]
