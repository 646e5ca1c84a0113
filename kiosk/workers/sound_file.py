"""The microphone's sound beside a recording: only for an installer who ticked it, with the lamp
lit."""

import contextlib
import logging
import wave
from collections.abc import Sequence
from pathlib import Path

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.wire import Text
from kiosk.wire.messages import KeepSound
from kiosk.workers.recorder import FOLDER, UNFINISHED, RecordingError, check_room, unwritable
from voice.sound_files import RATE_HZ

SUFFIX = ".wav"
CHECK_MS = 5_000
BYTES_A_MS = RATE_HZ * 2 // 1000

log = logging.getLogger(__name__)


class SoundFile:
    """16-bit mono at 16 kHz, as the recogniser gets it. Has "unfinished-" before its name until
    `finish`; its header is true after every piece, so that one that breaks off can be heard."""

    def __init__(self, settings: Settings, wish: KeepSound, clock: Clock) -> None:
        """Raises RecordingError when there is no room, or no folder to write to."""
        self.name = wish.name
        self._until_ms = wish.until_ms
        self._settings = settings
        self._clock = clock
        folder = Path(settings.paths.data_dir) / FOLDER
        self.path = folder / (wish.name + SUFFIX)
        self._unfinished = folder / f"{UNFINISHED}{wish.name}{SUFFIX}"
        self._bytes = self._checked_ms = 0
        self._trouble: Text | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            check_room(folder, settings)
            self._unfinished.touch(mode=0o600)
            # the file is closed by `finish`
            self._file = wave.open(str(self._unfinished), "wb")  # noqa: SIM115
        except OSError as error:
            raise RecordingError(unwritable(error)) from error
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(RATE_HZ)

    @property
    def length_ms(self) -> int:
        return self._bytes // BYTES_A_MS

    @property
    def over(self) -> Text | None:
        """Why it has to end now: what went wrong, or that its time is up."""
        if self._trouble is None and self._clock.now_ms() >= self._until_ms:
            return Text("정한 시간이 되었습니다", "Its time is up")
        return self._trouble

    def add(self, chunks: Sequence[bytes]) -> None:
        if self._trouble is not None:
            return
        try:
            for chunk in chunks:
                self._file.writeframes(chunk)
                self._bytes += len(chunk)
            if self.length_ms - self._checked_ms >= CHECK_MS:
                self._checked_ms = self.length_ms
                check_room(self.path.parent, self._settings)
        except OSError as error:
            self._trouble = unwritable(error)
        except RecordingError as error:
            self._trouble = error.reason

    def finish(self) -> None:
        """Gives the file its name, unless something went wrong or nothing was heard."""
        with contextlib.suppress(OSError):
            self._file.close()
        try:
            if not self._bytes:
                self._unfinished.unlink(missing_ok=True)
            elif self._trouble is None:
                self._unfinished.rename(self.path)
        except OSError as error:
            log.warning("the sound of a recording could not be closed: %s", error)
