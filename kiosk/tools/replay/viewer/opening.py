"""A session is read and played off the screen's thread, and can be left half-way."""

import threading

from PySide6.QtCore import QObject, Signal

from gestures.errors import GesturesError
from gestures.variant import Variant
from kiosk.tools.replay.golden import GoldenError
from kiosk.tools.replay.sources import Source
from kiosk.tools.replay.stage import House
from kiosk.tools.replay.timeline import Damaged
from kiosk.tools.replay.viewer.model import SessionView
from voice.errors import VoiceError


class _Left(Exception):  # noqa: N818 - nobody waits for the result any more
    pass


class Opening(QObject):
    """One at a time. `progress` says 0..1; `ended` brings the session, or what it could not be read
    for. What was left says nothing more."""

    progress = Signal(float)
    ended = Signal(object)
    _told = Signal(object, object)

    def __init__(self, house: House, other: Variant | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house, self._other = house, other
        self._thread: threading.Thread | None = None
        self._left = threading.Event()
        self._told.connect(self._pass_on)

    @property
    def running(self) -> bool:
        return self._thread is not None

    def begin(self, source: Source) -> None:
        self.leave()
        self._left = threading.Event()
        work = threading.Thread(target=self._work, args=(source, self._left), name="opening")
        self._thread = work
        work.start()

    def leave(self) -> None:
        """Returns when nothing is being read any more, which is within a line of the session."""
        self._left.set()
        self._join()

    def _join(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def _work(self, source: Source, left: threading.Event) -> None:
        def tell(done: float | None) -> None:
            if left.is_set():
                raise _Left
            if done is not None:
                self._told.emit(left, done)

        try:
            result: object = SessionView(source, self._house, self._other, tell)
        except _Left:
            return
        except (Damaged, GesturesError, GoldenError, VoiceError) as error:
            result = error
        self._told.emit(left, result)

    def _pass_on(self, left: threading.Event, told: object) -> None:
        if left.is_set():
            return
        if isinstance(told, float):
            self.progress.emit(told)
            return
        self._join()
        self.ended.emit(told)
