"""Where HandFrames come from: a camera through the landmarker, or a recorded session as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from gestures.errors import CameraMissingError
from gestures.events import HandFrame
from gestures.nearness import Nearness
from gestures.session import is_session, read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOOP_GAP_MS = 1000
TAIL_MS = (100, 700, 800)  # pictures without a hand after a recording: its last move ends there


class Watcher(Protocol):
    """Somebody who wants the pictures themselves, as (height, width, 3) of 8-bit RGB."""

    def __call__(self, t_ms: int, rgb: NDArray[np.uint8]) -> None: ...


class FrameSource(Protocol):
    """HandFrames with rising times. live: they come on the world's time, reading waits for them."""

    live: bool

    @property
    def near(self) -> bool:
        """Whether somebody was near in the last frames."""
        ...

    def read(self) -> HandFrame | None:
        """The next frame; None at the end of a recording. Raises CameraLostError."""
        ...

    def look_for(self, hands: int) -> None:
        """From the next frame on look for 1 or 2 hands; a recorded session has what it has."""
        ...

    def watch(self, watcher: Watcher | None) -> bool:
        """Shows every picture to somebody from now on, to nobody with None; False when this
        source has no pictures."""
        ...

    def close(self) -> None: ...


Open = Callable[[], FrameSource]


class Reach(NamedTuple):
    """How far from the camera a person is near, and the horizontal angle of its lens."""

    near_m: float = 4.0
    lens_deg: float = 60.0


def open_source(
    name: str,
    size: tuple[int, int],
    now_ms: Callable[[], int],
    fps: float,
    reach: Reach | None = None,
) -> FrameSource:
    """A camera (index, file, folder, address) or a recorded session.

    Arguments as for `gestures.camera.open_camera`. reach: None sees people by their hands alone,
    as a recorded session does. Raises CameraError, ModelError, SessionError.
    """
    if not is_session(name):
        return _Seen(name, size, now_ms, fps, reach)
    if not Path(name).is_file():
        raise CameraMissingError(name, "no such session file")
    return _Recorded(Path(name))


class Looped:
    """A recording over and over, its times running on; a live source passes through.

    Between two rounds there are frames without a hand, so that nothing runs from one into the
    other.
    """

    def __init__(self, opener: Open) -> None:
        """Raises what the opener raises."""
        self._open = opener
        self._source: FrameSource | None = opener()
        self.live = self._source.live
        self._watcher: Watcher | None = None
        self._tail: list[HandFrame] = []
        self._offset_ms = 0
        self._last_ms: int | None = None

    @property
    def near(self) -> bool:
        return self._source is not None and self._source.near

    def look_for(self, hands: int) -> None:
        if self._source is not None:
            self._source.look_for(hands)

    def watch(self, watcher: Watcher | None) -> bool:
        self._watcher = watcher
        return self._source is not None and self._source.watch(watcher)

    def read(self) -> HandFrame | None:
        """The next frame; None only when a recording is empty. Raises what the opener raises."""
        if self._tail:
            return self._tail.pop(0)
        again = self._source is None
        if self._source is None:
            self._source = self._open()
            self._source.watch(self._watcher)
        frame = self._source.read()
        if frame is None:
            return self._end()
        if again and self._last_ms is not None:
            self._offset_ms = self._last_ms + LOOP_GAP_MS - frame.t_ms
        self._last_ms = frame.t_ms + self._offset_ms
        return msgspec.structs.replace(frame, t_ms=self._last_ms)

    def close(self) -> None:
        if self._source is not None:
            self._source.close()

    def _end(self) -> HandFrame | None:
        self.close()
        self._source = None
        if self._last_ms is None:
            return None
        self._tail = [HandFrame(t_ms=self._last_ms + after_ms) for after_ms in TAIL_MS]
        return self._tail.pop(0)


class _Recorded:
    live = False

    def __init__(self, path: Path) -> None:
        self._frames = iter(read(path).frames)
        self._nearness = Nearness()

    @property
    def near(self) -> bool:
        return self._nearness.near

    def read(self) -> HandFrame | None:
        frame = next(self._frames, None)
        if frame is not None and self._nearness.due(frame.t_ms):
            self._nearness.tell(bool(frame.hands), frame.t_ms)
        return frame

    def look_for(self, hands: int) -> None:
        pass

    def watch(self, watcher: Watcher | None) -> bool:
        return False

    def close(self) -> None:
        self._frames = iter(())


class _Seen:
    def __init__(
        self,
        name: str,
        size: tuple[int, int],
        now_ms: Callable[[], int],
        fps: float,
        reach: Reach | None,
    ) -> None:
        # Late, so that a recorded session is replayed without OpenCV and MediaPipe.
        from gestures.camera import open_camera
        from gestures.faces import FaceFinder
        from gestures.presence import PresenceWatch
        from gestures.tracker import HandTracker

        self._watcher: Watcher | None = None
        self._camera = open_camera(name, size, now_ms, fps)
        self.live = self._camera.live
        try:
            self._presence = PresenceWatch(FaceFinder(*reach) if reach else None)
            self._tracker = HandTracker()
        except BaseException:
            self._camera.close()
            raise

    def read(self) -> HandFrame | None:
        picture = self._camera.read()
        if picture is None:
            return None
        if self._watcher is not None:
            self._watcher(picture.t_ms, picture.rgb)
        frame = self._tracker.track(picture)
        self._presence.see(picture, bool(frame.hands))
        return frame

    @property
    def near(self) -> bool:
        return self._presence.near

    def look_for(self, hands: int) -> None:
        self._tracker.look_for(hands)

    def watch(self, watcher: Watcher | None) -> bool:
        self._watcher = watcher
        return True

    def close(self) -> None:
        self._camera.close()
        self._tracker.close()
