"""What the viewer and the report say, in both languages. No Qt."""

from functools import cache

from gestures.events import EngageState, GestureKind
from kiosk.commands import make_registry
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
    "flat_on": Text("손바닥이나 손등을 보임", "Shows palm or back"),
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


PHASES = {
    "fired": Text("알림", "told"),
    "began": Text("시작", "began"),
    "changed": Text("이어짐", "goes on"),
    "ended": Text("끝", "ended"),
}
SPEECH = {
    "match": Text("알아들음", "understood"),
    "choice": Text("둘 중 하나", "one of two"),
    "refused": Text("알아듣지 못함", "not understood"),
}
INPUTS = {
    "keyboard": Text("키보드", "keyboard"),
    "system": Text("벽 스스로", "the wall itself"),
    "touch": Text("터치", "touch"),
    "pointed": Text("손 포인터", "pointer"),
    "key": Text("키", "key"),
    "flick": Text("튕기기", "flick"),
    "gesture": Text("손짓", "gesture"),
    "voice": Text("음성", "voice"),
    "tablet": Text("태블릿", "tablet"),
    "told": Text("벽 스스로", "the wall"),
}


@cache
def _commands() -> dict[str, Text]:
    return {command.id: command.title for command in make_registry()}


def kind_words(kind: str) -> Text:
    """The name of a gesture, an input or a command; anything else is its own name."""
    if kind in GestureKind.__members__.values():
        return GESTURE_WORDS[GestureKind(kind)]
    return INPUTS.get(kind) or _commands().get(kind) or Text(kind, kind)
