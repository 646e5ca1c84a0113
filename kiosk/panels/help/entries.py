"""Help made from registry, bindings and phrases: nothing of it is written by hand. No Qt."""

from collections.abc import Mapping, Sequence

from gestures.events import GestureKind
from kiosk.core.bindings import Bindings
from kiosk.core.registry import Registry
from kiosk.panels.panel import HelpEntry
from kiosk.wire.text import Text

MOST_PHRASES = 2
GESTURE_WORDS: dict[str, Text] = {
    GestureKind.PALM_HOLD: Text("손바닥 보이기", "open palm"),
    GestureKind.FIST_HOLD: Text("주먹", "fist"),
    GestureKind.POINT: Text("검지로 가리키기", "point"),
    GestureKind.VICTORY: Text("브이", "victory"),
    GestureKind.THREE: Text("세 손가락", "three fingers"),
    GestureKind.THUMB_UP: Text("엄지 위로", "thumb up"),
    GestureKind.THUMB_DOWN: Text("엄지 아래로", "thumb down"),
    GestureKind.CALL: Text("전화 손짓", "call me"),
    GestureKind.SWIPE_LEFT: Text("왼쪽으로 쓸기", "swipe left"),
    GestureKind.SWIPE_RIGHT: Text("오른쪽으로 쓸기", "swipe right"),
    GestureKind.SWIPE_UP: Text("위로 쓸기", "swipe up"),
    GestureKind.SWIPE_DOWN: Text("아래로 쓸기", "swipe down"),
    GestureKind.PINCH_TAP: Text("집기", "pinch"),
    GestureKind.GRAB_DRAG: Text("쥐고 끌기", "grab and drag"),
    GestureKind.SPREAD: Text("벌리기", "spread"),
    GestureKind.SQUEEZE: Text("오므리기", "squeeze"),
    GestureKind.TIMEOUT: Text("타임아웃 손짓", "time-out"),
}


def help_entries(
    registry: Registry, bindings: Bindings, phrases: Mapping[str, Sequence[str]]
) -> tuple[HelpEntry, ...]:
    """An entry for each command; `phrases` maps a command's id to sentences ready to say."""
    return tuple(
        HelpEntry(
            command.id,
            command.title,
            tuple(phrases.get(command.id, ()))[:MOST_PHRASES],
            _inputs(bindings, "gesture", command.id),
            _inputs(bindings, "key", command.id),
        )
        for command in registry
    )


def _inputs(bindings: Bindings, kind: str, command: str) -> tuple[str, ...]:
    found = (b.on for b in bindings.bindings if b.input == kind and b.command == command)
    return tuple(dict.fromkeys(found))
