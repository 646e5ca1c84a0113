"""Recordings of the hands that the camera sees: landmarks and events; pixels only on request."""

import logging
import shutil
import time
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from gestures.events import GestureEvent, HandFrame
from gestures.session import Header, SessionWriter, as_written, is_session
from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.wire import Text
from kiosk.wire.messages import Record
from kiosk.workers.video_file import VideoFile

FOLDER = "recordings"
UNFINISHED = "unfinished-"
LEAST_FREE_BYTES = 500_000_000
CHECK_MS = 5_000
DAY_S = 86_400

log = logging.getLogger(__name__)


class RecordingError(Exception):
    """A recording that can't begin or go on, in words for the wall."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Recorder:
    """One recording, from the first frame to `finish`.

    Until then the file's name begins with "unfinished-": what broke off does not pass for whole.
    Times in it begin at 0; `last_ms` is the last one.
    """

    def __init__(self, settings: Settings, wish: Record, clock: Clock) -> None:
        """Raises RecordingError when there is no room, or no folder to write to."""
        self.until_ms = clock.now_ms() + wish.minutes * 60_000
        self._settings = settings
        self._clock = clock
        self._folder = Path(settings.paths.data_dir) / FOLDER
        stamp = time.strftime("%Y-%m-%dT%H%M%S", time.localtime(clock.now_ms() / 1000))
        self.name = stamp
        self.path = self._folder / f"{stamp}.jsonl.gz"
        self._unfinished = self._folder / f"{UNFINISHED}{self.path.name}"
        self._writer: SessionWriter | None = None
        self._first_ms: int | None = None
        self._epoch_ms = 0
        self._checked_ms = 0
        self._trouble: Text | None = None
        video = self._unfinished.with_name(_video_name(self._unfinished.name))
        self.video = VideoFile(video, settings.gestures.fps) if wish.video else None
        self.last_ms = 0
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            forget_old(self._folder, settings.recordings.days, clock.now_ms())
            check_room(self._folder, settings)
            self._unfinished.touch(mode=0o600)
        except OSError as error:
            raise RecordingError(unwritable(error)) from error

    @property
    def over(self) -> Text | None:
        """Why it has to end now: what went wrong, or that its time is up."""
        if self.video is not None and self.video.trouble:
            self._trouble = self._trouble or _NO_VIDEO
        if self._trouble is None and self._clock.now_ms() >= self.until_ms:
            return Text("정한 시간이 되어 기록을 마쳤습니다", "The recording's time is up")
        return self._trouble

    def taken(self, frame: HandFrame) -> HandFrame:
        """The frame as it will be read again: what an engine makes of it is what a replay makes
        of the file."""
        if self._first_ms is None:
            self._first_ms = frame.t_ms
            self._epoch_ms = self._clock.now_ms()
        return as_written(msgspec.structs.replace(frame, t_ms=frame.t_ms - self._first_ms))

    def add(self, frame: HandFrame, events: tuple[GestureEvent, ...]) -> None:
        """Takes a frame from `taken` and its events."""
        self.last_ms = frame.t_ms
        try:
            if self._writer is None:
                self._writer = SessionWriter(self._unfinished, self._header(frame))
            self._writer.frame(frame)
            self.add_events(events)
            if frame.t_ms - self._checked_ms >= CHECK_MS:
                self._checked_ms = frame.t_ms
                check_room(self._folder, self._settings)
        except OSError as error:
            self._trouble = self._trouble or unwritable(error)
        except RecordingError as error:
            self._trouble = self._trouble or error.reason

    def add_events(self, events: tuple[GestureEvent, ...]) -> None:
        if self._writer is not None:
            for event in events:
                self._writer.event(event)

    def finish(self, reason: Text) -> Text:
        """Gives the files their names, unless something went wrong; the words for the wall."""
        try:
            if self.video is not None:
                self.video.close()
            if self._writer is None:
                self._unfinished.unlink(missing_ok=True)
                return reason
            self._writer.close()
            if self._trouble is None:
                self._unfinished.rename(self.path)
                if self.video is not None and self.video.path.exists():
                    self.video.path.rename(self.path.with_name(_video_name(self.path.name)))
        except OSError as error:
            log.warning("the recording could not be closed: %s", error)
            self._trouble = self._trouble or unwritable(error)
        if self._trouble is not None:
            name = self._unfinished.name
            return Text(f"{self._trouble.ko}: {name}", f"{self._trouble.en}: {name}")
        return Text(f"{reason.ko}: {self.path.name}", f"{reason.en}: {self.path.name}")

    def _header(self, frame: HandFrame) -> Header:
        camera, fps = self._settings.camera.source, self._settings.gestures.fps
        return Header(
            model="" if is_session(camera) else _model(),
            camera=public_name(camera),
            crop="" if is_session(camera) else "follows the hands",
            aspect=frame.aspect,
            source="recorded at the wall",
            fps=fps,
            epoch_ms=self._epoch_ms,
        )


def forget_old(folder: Path, days: int, now_ms: int) -> None:
    """Takes away recordings that are older than they may be. Raises OSError."""
    for file in folder.iterdir():
        if file.is_file() and now_ms / 1000 - file.stat().st_mtime > days * DAY_S:
            file.unlink(missing_ok=True)


def check_room(folder: Path, settings: Settings) -> None:
    """Raises RecordingError where recordings may take no more; OSError."""
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        least, left = LEAST_FREE_BYTES // 1_000_000, free // 1_000_000
        raise RecordingError(
            Text(
                f"저장 공간이 {left} MB뿐이라 기록하지 않습니다. {least} MB가 필요합니다",
                f"Not recorded: only {left} MB are free, {least} MB are needed",
            )
        )
    kept, most = _bytes_in(folder), settings.recordings.megabytes * 1_000_000
    if kept >= most:
        raise RecordingError(
            Text(
                f"기록이 {kept // 1_000_000} MB로 가득 찼습니다. 오래된 기록을 지우세요",
                f"Recordings take {kept // 1_000_000} MB, all that they may. Delete old ones",
            )
        )


def _bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())


_NO_VIDEO = Text("영상 파일을 쓸 수 없습니다", "The video can't be written")


def _video_name(name: str) -> str:
    return name.removesuffix(".jsonl.gz") + ".avi"


def public_name(camera: str) -> str:
    """A camera's name without user, password and query, and without the folders of a file."""
    if "://" in camera:
        address = urlsplit(camera)
        return f"{address.scheme}://{address.hostname or ''}"
    return Path(camera).name


def _model() -> str:
    # Late: a session as camera needs neither picture nor model.
    from gestures.landmarker import MODEL_SHA256

    return MODEL_SHA256


def unwritable(error: OSError) -> Text:
    """In words for the wall."""
    why = error.strerror or str(error)
    return Text(f"기록을 쓸 수 없습니다({why})", f"The recording can't be written ({why})")
