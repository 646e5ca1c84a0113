"""Main of the gestures process: camera, clip or session in; gestures, a view and health out."""

import logging
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gestures.engine import GestureEngine
from gestures.errors import GesturesError, UnreadableFileError
from gestures.events import GestureEvent, GestureStatus, HandFrame
from gestures.source import TAIL_MS, FrameSource, Looped, Reach, Watcher, open_source
from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.wire import Link, Text
from kiosk.wire.calls import Call
from kiosk.wire.messages import (
    CallNow,
    GestureSeen,
    GestureView,
    Health,
    Record,
    Recording,
    ReplayClip,
    State,
    Stop,
    StopRecording,
)
from kiosk.workers.camera_health import during_clip, explain, without_camera
from kiosk.workers.presence import PresenceReport, beside
from kiosk.workers.recorder import Recorder, RecordingError
from kiosk.workers.shared_camera import SharedCamera

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORKER = "gestures"
RETRY_MS = 2000.0
WAIT_S = 0.1  # the longest that a stop has to wait
LATE_MS = 500.0
VIEW_MS = 1000  # an unchanged view is sent this often

NO_PICTURES = Text("이 입력에는 영상이 없습니다", "This input has no pictures")

log = logging.getLogger(__name__)


def run(settings: Settings, link: Link, clock: Clock) -> None:
    """Serves until the link stops. Pictures stay in this process's memory.

    Sends GestureSeen for every event and GestureView for the HUD, both with epoch times; Health
    says whether there is a camera. Takes ReplayClip: the clip is played to a fresh engine, as if
    it were the camera.
    """
    worker = _Worker(settings, link, clock)
    try:
        worker.serve()
    finally:
        worker.close()


class _Feed:
    """A source, its engine, and how its times lie on the clock."""

    def __init__(self, source: FrameSource, clock: Clock) -> None:
        self.source = source
        self.engine = GestureEngine()
        self.recorder: Recorder | None = None
        self.last_ms = 0
        self._clock = clock
        self._offset_ms: float | None = None

    def feed(self, frame: HandFrame) -> tuple[GestureEvent, ...]:
        self.last_ms = frame.t_ms
        if self.recorder is None:
            return self.engine.feed(frame)
        frame = self.recorder.taken(frame)
        events = self.engine.feed(frame)
        self.recorder.add(frame, events)
        return events

    def due_ms(self, frame: HandFrame) -> float:
        """When a frame is to be shown to the engine, monotonic; a recording never hurries."""
        now_ms = self._clock.monotonic_ms()
        offset_ms = self._offset_ms
        if offset_ms is None or self.source.live or now_ms - frame.t_ms - offset_ms > LATE_MS:
            offset_ms = now_ms - frame.t_ms
        self._offset_ms = offset_ms
        return frame.t_ms + offset_ms


class _Worker:
    def __init__(self, settings: Settings, link: Link, clock: Clock) -> None:
        self._settings = settings
        self._link = link
        self._clock = clock
        self._presence = PresenceReport(settings.presence, link, clock)
        self._shared = SharedCamera(Path(settings.paths.runtime_dir), clock)
        self._camera: _Feed | None = None
        self._clips: deque[str] = deque()
        self._retry_ms = clock.monotonic_ms()
        self._said: tuple[State, Text] | None = None
        self._health: Health | None = None
        self._shown: tuple[GestureStatus, int] | None = None
        self._ended = False

    def serve(self) -> None:
        self._tell("starting", Text("손 인식을 준비하는 중", "Preparing to see hands"))
        while not self._stopping():
            if self._clips:
                self._replay(self._clips.popleft())
            elif self._camera is None:
                self._open_camera()
                self._wait_until(self._clock.monotonic_ms() + WAIT_S * 1000)
            else:
                self._step(self._camera)

    def close(self) -> None:
        self._end_recording(Text("프로그램이 끝나 기록을 마쳤습니다", "The program ended"))
        if self._camera is not None:
            self._camera.source.close()
        self._shared.close()
        self._presence.close()

    # ---- camera

    def _open_camera(self) -> None:
        name = self._settings.camera.source
        if name == "none":
            self._tell(*without_camera())
            return
        if self._clock.monotonic_ms() < self._retry_ms:
            return
        self._retry_ms = self._clock.monotonic_ms() + RETRY_MS
        try:
            source = Looped(lambda: self._open(name))
        except GesturesError as error:
            self._fail(error)
            return
        self._camera = _Feed(source, self._clock)
        self._watch(self._camera)
        self._tell("running", Text("", ""))

    def _open(self, name: str) -> FrameSource:
        camera = self._settings.camera
        size = (camera.width_px, camera.height_px)
        fps = self._settings.gestures.fps
        presence = self._settings.presence
        reach = Reach(presence.near_m, presence.lens_deg)
        return open_source(name, size, lambda: int(self._clock.monotonic_ms()), fps, reach)

    def _step(self, feed: _Feed) -> None:
        try:
            frame = feed.source.read()
            if frame is None:
                raise UnreadableFileError(self._settings.camera.source, "nothing is recorded in it")
        except GesturesError as error:
            self._drop_camera()
            self._fail(error)
            return
        if self._wait_until(feed.due_ms(frame)):
            self._feed(feed, frame)
            self._presence.camera(feed.source.near)
            if feed.recorder is not None and (reason := feed.recorder.over) is not None:
                self._end_recording(reason)

    def _drop_camera(self) -> None:
        self._end_recording(Text("카메라가 끊겨 기록을 마쳤습니다", "The camera went away"))
        if self._camera is not None:
            self._camera.source.close()
        self._camera = None
        self._presence.camera(None)
        self._retry_ms = self._clock.monotonic_ms() + RETRY_MS
        self._show(GestureEngine().status, self._clock.now_ms())

    # ---- clips

    def _replay(self, path: str) -> None:
        try:
            feed = _Feed(self._open(path), self._clock)
        except GesturesError as error:
            log.warning("the clip can't be replayed: %s", error)
            return
        before = self._said
        self._tell("running", during_clip())
        try:
            while not self._stopping() and (frame := feed.source.read()) is not None:
                if self._wait_until(feed.due_ms(frame)):
                    self._feed(feed, frame)
            end_ms = feed.last_ms
            for after_ms in TAIL_MS:
                frame = HandFrame(t_ms=end_ms + after_ms)
                if self._wait_until(feed.due_ms(frame)):
                    self._feed(feed, frame)
        except GesturesError as error:
            log.warning("the clip broke off: %s", error)
        finally:
            feed.source.close()
        self._show(GestureEngine().status, self._clock.now_ms())
        if before is not None:
            self._tell(*before)

    # ---- recordings

    def _record(self, wish: Record) -> None:
        """Begins with a fresh engine, so that a replay of the file sees all that this one saw."""
        feed = self._camera
        if feed is None or feed.recorder is not None:
            reason = Text("지금은 기록할 수 없습니다", "Can't record now")
            self._link.send(Recording(None, wish.video, reason))
            return
        try:
            feed.recorder = Recorder(self._settings, wish, self._clock)
        except RecordingError as error:
            self._link.send(Recording(None, wish.video, error.reason))
            return
        video = feed.recorder.video
        if not self._watch(feed) and video is not None:
            feed.recorder.finish(NO_PICTURES)
            feed.recorder = None
            self._link.send(Recording(None, wish.video, NO_PICTURES))
            return
        feed.engine = GestureEngine()
        self._link.send(
            Recording(
                feed.recorder.until_ms, wish.video, name=feed.recorder.name, sound=wish.sound
            )
        )

    def _end_recording(self, reason: Text) -> None:
        """Ends it as a replay of it will end, with the hand gone; then begins afresh."""
        feed = self._camera
        recorder = feed.recorder if feed is not None else None
        if feed is None or recorder is None:
            return
        for after_ms in TAIL_MS:
            events = feed.engine.feed(HandFrame(t_ms=recorder.last_ms + after_ms))
            recorder.add_events(events)
            self._tell_events(events, self._clock.now_ms())
        feed.recorder, feed.engine = None, GestureEngine()
        self._watch(feed)
        self._link.send(Recording(None, reason=recorder.finish(reason)))

    # ---- pictures

    def _watch(self, feed: _Feed) -> bool:
        """Shows the pictures to a recording with video and to a call, while there is one; False
        when this source has none."""
        video = feed.recorder.video if feed.recorder is not None else None
        wanted: list[Watcher] = [] if video is None else [video.show]
        if self._shared.on:
            wanted.append(self._shared.show)

        def show(t_ms: int, rgb: "NDArray[np.uint8]") -> None:
            for watcher in wanted:
                watcher(t_ms, rgb)

        return feed.source.watch(show if wanted else None)

    def _share(self, call: Call | None) -> None:
        self._shared.follow(call)
        if self._camera is not None:
            self._watch(self._camera)

    # ---- out

    def _feed(self, feed: _Feed, frame: HandFrame) -> None:
        events = feed.feed(frame)
        feed.source.look_for(2 if feed.engine.engaged else 1)
        epoch_ms = self._clock.now_ms()
        self._tell_events(events, epoch_ms)
        self._show(feed.engine.status, epoch_ms)

    def _tell_events(self, events: tuple[GestureEvent, ...], epoch_ms: int) -> None:
        for event in events:
            self._link.send(GestureSeen(msgspec.structs.replace(event, t_ms=epoch_ms)))

    def _show(self, status: GestureStatus, epoch_ms: int) -> None:
        timeless = msgspec.structs.replace(status, t_ms=0)
        if self._shown is not None:
            shown, shown_ms = self._shown
            if shown == timeless and epoch_ms - shown_ms < VIEW_MS:
                return
        self._shown = (timeless, epoch_ms)
        self._link.send(GestureView(msgspec.structs.replace(status, t_ms=epoch_ms)))

    def _fail(self, error: GesturesError) -> None:
        if self._tell(*explain(error)):
            log.warning("%s", error)

    def _tell(self, state: State, reason: Text) -> bool:
        """Whether it was news. What is wrong with the presence sensor is told beside it."""
        self._said = state, reason
        health = Health(WORKER, state, beside(reason, self._presence.trouble))
        if health == self._health:
            return False
        self._health = health
        self._link.send(health)
        return True

    def _ask_sensor(self) -> None:
        self._presence.sensor()
        if self._said is not None:
            self._tell(*self._said)

    # ---- in

    def _wait_until(self, due_ms: float) -> bool:
        """Serves messages until it is time; False when the worker is stopping."""
        while not self._stopping():
            left_s = (due_ms - self._clock.monotonic_ms()) / 1000
            self._ask_sensor()
            message = self._link.receive(min(max(left_s, 0.0), WAIT_S))
            if isinstance(message, Stop):
                self._ended = True
            elif isinstance(message, ReplayClip):
                self._clips.append(message.path)
            elif isinstance(message, Record):
                self._record(message)
            elif isinstance(message, CallNow):
                self._share(message.call)
            elif isinstance(message, StopRecording):
                self._end_recording(Text("기록을 마쳤습니다", "The recording has ended"))
            elif left_s <= 0:
                return True
        return False

    def _stopping(self) -> bool:
        return self._ended or self._link.stopped.is_set()
