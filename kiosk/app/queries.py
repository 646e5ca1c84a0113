"""Questions to the cache, answered off the ui thread by one reader."""

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

log = logging.getLogger(__name__)

Question = Callable[["Repositories"], Any]
LedgerQuestion = Callable[["Ledger"], Any]
Answered = Callable[[Any], None]


class Queries(QObject):
    """Runs questions one after the other in a thread with a read-only connection.

    A newer question with the same key takes the place of one that still waits. Answers arrive on
    the thread that made this object. A question that fails is logged and answered with nothing:
    the panel keeps its older data and their ages.
    """

    _answer = Signal(object, object)

    def __init__(self, cache_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache_file = cache_file
        self._waiting: dict[str, tuple[Question, Answered]] = {}
        self._lock = threading.Lock()
        self._keys: queue.Queue[str | None] = queue.Queue()
        self._answer.connect(
            lambda answered, value: answered(value), Qt.ConnectionType.QueuedConnection
        )
        self._thread = threading.Thread(target=self._run, name="queries", daemon=True)
        self._thread.start()

    def ask(self, key: str, question: Question, answered: Answered) -> None:
        with self._lock:
            new = key not in self._waiting
            self._waiting[key] = (question, answered)
        if new:
            self._keys.put(key)

    def close(self) -> None:
        self._keys.put(None)
        self._thread.join()

    def _run(self) -> None:
        from kiosk.cache.engine import open_cache_for_reading
        from kiosk.cache.repositories import Repositories

        engine = open_cache_for_reading(self._cache_file)
        repositories = Repositories(engine)
        while (key := self._keys.get()) is not None:
            with self._lock:
                question, answered = self._waiting.pop(key)
            try:
                value = question(repositories)
            except Exception:
                log.exception("question %s failed", key)
                continue
            self._answer.emit(answered, value)
        engine.dispose()
