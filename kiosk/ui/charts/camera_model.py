"""What a camera tile shows, and where its pictures come from. No Qt at run time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from kiosk.ui.charts.map_model import Press
from kiosk.wire.messages import WHOLE, CameraWord, Purpose, Region
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

STALE_MS = 3_000
LOST_MS = 10_000
CLOCK_MS = 3_000
"""A camera's clock that is so far from ours is said to be: the time burnt into its picture, and in
what it records, can't be taken as it stands."""
SHOWS: frozenset[CameraWord] = frozenset(("live", "delayed"))
"""States whose picture is in colour; every other one is grey, under words that say why."""
NOTHING = Text("", "")


@dataclass(frozen=True)
class Picture:
    """A picture as it came: `t_ms` when we got it (epoch), `camera_t_ms` when it was taken by the
    camera's own clock, `sequence` rises with every new one of a camera, `region` is the part of the
    camera's whole picture that it is.

    The image may lie where the next ones are written: what was drawn of it counts if `is_whole`
    says so afterwards, and what is to last is asked of `own`."""

    image: "QImage"
    t_ms: int
    sequence: int
    region: Region = WHOLE
    camera_t_ms: int | None = None
    shared: "Shared | None" = None

    def is_whole(self) -> bool:
        """Whether the image is still the one that came."""
        return self.shared is None or self.shared.is_whole()

    def own(self) -> "Picture | None":
        """A picture that nobody writes to: this one or, where that is lost, a newer one."""
        if self.shared is None:
            return self
        image = self.image.copy()
        return replace(self, image=image, shared=None) if self.is_whole() else self.shared.newest()


class Shared(NamedTuple):
    """What keeps a picture's memory there, whether the picture still is in it, and how to get the
    newest one of the same camera in memory of its own."""

    pixels: memoryview
    is_whole: Callable[[], bool]
    newest: Callable[[], Picture | None]


@dataclass(frozen=True)
class Wanted:
    """What a tile wants of its camera: pixels of the screen, which stream, which part of it."""

    width_px: int
    height_px: int
    purpose: Purpose = "tile"
    region: Region = WHOLE


class FrameSource(Protocol):
    """Gives the newest picture of a camera; asked some fifteen times a second."""

    def latest(self, camera_id: str, seen: int) -> Picture | None:
        """The newest picture, None when there is none but the one with the sequence `seen`."""
        ...


class NoFrames:
    """A source without pictures, until the video process has answered."""

    def latest(self, camera_id: str, seen: int) -> Picture | None:
        return None


class CameraTileModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A camera by its number on the wall.

    `frame_t_ms` is when its last picture came and `delay_ms` how much earlier it was taken.
    `clock_ms` is how far the camera's own clock is ahead of ours, None where it does not tell;
    `period_ms` how long from one picture to the next where that is known to be long.
    `kept`: the picture is one of an earlier run, whatever the state. `attempt` counts tries to
    connect; `note` says why it is as it is. `stream_px` is the stream's own size, (0, 0) before it
    is known. `simulated`: what it shows is drawn.
    """

    camera: str
    number: int
    name: Text
    state: CameraWord = "connecting"
    frame_t_ms: int | None = None
    delay_ms: int = 0
    clock_ms: int | None = None
    period_ms: int = 0
    kept: bool = False
    attempt: int = 0
    note: Text = NOTHING
    stream_px: tuple[int, int] = (0, 0)
    simulated: bool = False
    selected: bool = False
    press: Press | None = None

    def age_ms(self, now_ms: int | None) -> int | None:
        """How old what is seen on the picture is; None without picture or clock."""
        if self.frame_t_ms is None or now_ms is None:
            return None
        return max(0, now_ms - self.frame_t_ms + self.delay_ms)

    def state_at(self, now_ms: int | None) -> CameraWord:
        return shown_state(self.state, self.frame_t_ms, now_ms, self.period_ms)

    def said(self, now_ms: int | None) -> Text:
        """State and age in words; of a kept picture that it is one, and how old."""
        age_ms = self.age_ms(now_ms)
        if self.kept and age_ms is not None:
            span = span_words(age_ms)
            return Text(f"{span.ko} 전 화면", f"{span.en} old")
        return state_words(self.state_at(now_ms), age_ms)


def shown_state(
    state: CameraWord, frame_t_ms: int | None, now_ms: int | None, period_ms: int = 0
) -> CameraWord:
    """The state by the age of the picture: `live` without new pictures turns stale, then lost;
    without any picture it is still connecting. What is told to stand still is not lost by that:
    its camera still sends.

    Stale from 3 s, lost from 10 s, also when the process that decodes stands still itself; of a
    camera that gives one picture in `period_ms`, so much later.
    """
    if state in ("off", "connecting", "stale", "lost"):
        return state
    if frame_t_ms is None:
        return "connecting"
    if now_ms is None:
        return state
    age_ms = now_ms - frame_t_ms - period_ms
    if age_ms >= LOST_MS:
        return "lost"
    return "stale" if age_ms >= STALE_MS else state


def state_words(state: CameraWord, age_ms: int | None) -> Text:
    """ "실시간", "9초 지연", "9초 멈춤", "2분 끊김", "연결 중", "닫힘"."""
    word = STATE_WORDS[state]
    if state not in ("delayed", "stale", "lost") or age_ms is None:
        return word
    span = span_words(age_ms)
    return Text(f"{span.ko} {word.ko}", f"{word.en} {span.en}")


def span_words(span_ms: int) -> Text:
    """ "9초", "2분", "3시간", "2일": the largest whole unit, at least a second."""
    seconds = max(1, span_ms // 1000)
    for size, ko, en in ((86_400, "일", "d"), (3_600, "시간", "h"), (60, "분", "min")):
        if seconds >= size:
            return Text(f"{seconds // size}{ko}", f"{seconds // size} {en}")
    return Text(f"{seconds}초", f"{seconds} s")


def clock_words(clock_ms: int | None) -> Text:
    """What is wrong with the camera's clock; empty while it agrees with ours or is not known."""
    if clock_ms is None or abs(clock_ms) < CLOCK_MS:
        return NOTHING
    span, fast = span_words(abs(clock_ms)), clock_ms > 0
    ko, en = ("빠름", "fast") if fast else ("느림", "slow")
    return Text(f"카메라 시계 {span.ko} {ko}", f"Camera clock {span.en} {en}")


STATE_WORDS: dict[CameraWord, Text] = {
    "live": Text("실시간", "Live"),
    "delayed": Text("지연", "Delayed"),
    "stale": Text("멈춤", "Still"),
    "lost": Text("끊김", "Lost"),
    "connecting": Text("연결 중", "Connecting"),
    "off": Text("닫힘", "Not open"),
}
