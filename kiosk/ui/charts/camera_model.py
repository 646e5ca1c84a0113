"""What a camera tile shows, and where its pictures come from. No Qt at run time."""

from typing import TYPE_CHECKING, Protocol

import msgspec

from kiosk.ui.charts.map_model import Press
from kiosk.wire.messages import CameraWord
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

STALE_MS = 3_000
LOST_MS = 10_000


class FrameSource(Protocol):
    """Gives the newest picture of a camera; asked some fifteen times a second."""

    def latest(self, camera_id: str) -> "tuple[QImage, int, CameraWord] | None":
        """(picture, epoch ms when it was taken, state), or None before the first picture."""
        ...


class NoFrames:
    """A source without pictures, until the video process has answered."""

    def latest(self, camera_id: str) -> "tuple[QImage, int, CameraWord] | None":
        return None


class CameraTileModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A camera by its number on the wall. `frame_t_ms` is when its last picture was taken.

    `attempt` counts tries to connect; `note` says for `off` until when and who.
    """

    camera: str
    number: int
    name: Text
    state: CameraWord = "connecting"
    frame_t_ms: int | None = None
    attempt: int = 0
    note: Text = Text("", "")
    simulated: bool = False
    selected: bool = False
    press: Press | None = None


def shown_state(state: CameraWord, frame_t_ms: int | None, now_ms: int | None) -> CameraWord:
    """The state by the age of the picture: `live` without new pictures turns stale, then lost;
    without any picture it is still connecting.

    Stale from 3 s, lost from 10 s, also when the process that decodes stands still itself.
    """
    if state in ("off", "connecting", "lost"):
        return state
    if frame_t_ms is None:
        return "connecting"
    if now_ms is None:
        return state
    age_ms = now_ms - frame_t_ms
    if age_ms >= LOST_MS:
        return "lost"
    return "stale" if age_ms >= STALE_MS else state


def state_words(state: CameraWord, frame_t_ms: int | None, now_ms: int | None) -> Text:
    """ "실시간", "9초 지연", "9초 멈춤", "끊김", "연결 중", "점검"."""
    if state in ("delayed", "stale") and frame_t_ms is not None and now_ms is not None:
        seconds = max(1, (now_ms - frame_t_ms) // 1000)
        word = STATE_WORDS[state]
        return Text(f"{seconds}초 {word.ko}", f"{seconds} s {word.en.lower()}")
    return STATE_WORDS[state]


STATE_WORDS: dict[CameraWord, Text] = {
    "live": Text("실시간", "Live"),
    "delayed": Text("지연", "Delayed"),
    "stale": Text("멈춤", "Still"),
    "lost": Text("끊김", "Lost"),
    "connecting": Text("연결 중", "Connecting"),
    "off": Text("점검", "Off"),
}
