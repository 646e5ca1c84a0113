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
    "mean_grade": Text("유지 중 평균 점수", "Mean grade over the hold"),
    "gap": Text("엄지와 검지 사이, 손바닥", "Thumb to index finger, palms"),
    "index_out": Text("검지 펴짐", "Index finger out"),
    "rest_ms": Text("쉰 시간, ms", "Rested, ms"),
    "rest_moved": Text("쉬는 동안 움직임, 손바닥", "Moved at rest, palms"),
    "rest_share": Text("쉬는 동안 자세를 지킨 비율", "Share of the rest in the pose"),
    "rest_index_out": Text("쉴 때 검지 펴짐", "Index finger out at rest"),
    "rest_away_ms": Text("쉬기 전 안 보인 시간, ms", "Unseen before the rest, ms"),
    "pose_share": Text("시작할 때 자세를 지킨 비율", "Share in the pose at the start"),
    "end_share": Text("끝날 때 자세를 지킨 비율", "Share in the pose at the end"),
    "quick_moves": Text("앞선 빠른 움직임 수", "Quick moves before"),
    "since_ms": Text("앞 동작부터, ms", "Since the one before, ms"),
    "gone": Text("자리에서 벗어남, 손바닥", "Away from its place, palms"),
    "others_changed": Text("다른 손가락의 변화", "Change of the other fingers"),
    "lasted_ms": Text("이어진 시간, ms", "Has lasted, ms"),
    "longest_finger": Text("가장 펴진 손가락", "Straightest finger"),
    "sign_grade": Text("다른 모양의 점수", "Grade of another sign"),
    "closed_ms": Text("쥐고 있던 시간, ms", "Closed for, ms"),
    "open_ms": Text("펴고 있던 시간, ms", "Open for, ms"),
    "gap_ratio": Text("두 손 사이, 뒤/앞", "Gap of the hands, after/before"),
    "gap_change": Text("두 손 사이의 변화, 손바닥", "Change of that gap, palms"),
    "each_moved": Text("덜 움직인 손, 손바닥", "The hand that moved less, palms"),
    "off_line_deg": Text("두 손을 잇는 선에서 벗어남, 도", "Off the hands' line, degrees"),
    "unlike_ms": Text("두 손 자세가 다른 시간, ms", "Hands unlike for, ms"),
    "least_stretch": Text("덜 펴진 손", "The hand stretched less"),
    "both_moved": Text("두 손의 움직임, 손바닥", "Moved by either hand, palms"),
    "t_grade": Text("T 모양 점수", "Grade of the T"),
    "frames": Text("보인 장면 수", "Frames seen"),
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
SHAPE = Text("모양", "Shape")
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
    "heard": Text("들은 소리", "sound"),
    "sound": Text("소리", "sound"),
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
