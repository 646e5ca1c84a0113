"""What the gestures are called on the wall. No Qt."""

from gestures.events import GestureKind
from kiosk.wire.text import Text

GESTURE_WORDS: dict[GestureKind, Text] = {
    GestureKind.PALM_HOLD: Text("손바닥", "Open palm"),
    GestureKind.FIST_HOLD: Text("주먹", "Fist"),
    GestureKind.POINT: Text("검지로 가리키기", "Pointing"),
    GestureKind.VICTORY: Text("두 손가락", "Two fingers"),
    GestureKind.THREE: Text("세 손가락", "Three fingers"),
    GestureKind.THUMB_UP: Text("엄지 위로", "Thumb up"),
    GestureKind.THUMB_DOWN: Text("엄지 아래로", "Thumb down"),
    GestureKind.CALL: Text("전화 손짓", "Phone sign"),
    GestureKind.SWIPE_LEFT: Text("왼쪽으로 쓸기", "Swipe left"),
    GestureKind.SWIPE_RIGHT: Text("오른쪽으로 쓸기", "Swipe right"),
    GestureKind.SWIPE_UP: Text("위로 쓸기", "Swipe up"),
    GestureKind.SWIPE_DOWN: Text("아래로 쓸기", "Swipe down"),
    GestureKind.PINCH_TAP: Text("엄지와 검지 집기", "Pinch"),
    GestureKind.GRAB_DRAG: Text("쥐고 끌기", "Grab and drag"),
    GestureKind.SPREAD: Text("벌리기", "Spread"),
    GestureKind.SQUEEZE: Text("오므리기", "Squeeze"),
    GestureKind.TIMEOUT: Text("그만 손짓", "Time-out sign"),
}

OWN_WORDS: dict[GestureKind, Text] = {
    GestureKind.PALM_HOLD: Text("조작 시작", "Take control"),
    GestureKind.FIST_HOLD: Text("조작 끝", "Give control back"),
    GestureKind.POINT: Text("포인터 움직이기", "Move the pointer"),
    GestureKind.PINCH_TAP: Text("가리킨 것 누르기", "Press what it points at"),
}
"""What the gestures do that are bound to nothing, because they carry the others."""
