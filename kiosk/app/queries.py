"""Questions to the cache, answered off the ui thread by one reader."""

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from kiosk.cache.ledger import LedgerReader
    from kiosk.cache.repositories import Repositories

log = logging.getLogger(__name__)

Question = Callable[["Repositories"], Any]
LedgerQuestion = Callable[["LedgerReader"], Any]
Answered = Callable[[Any], None]


class Queries(QObject):
    """Runs questions one after the other in a thread with read-only connections.

    A newer question with the same key takes the place of one that still waits. Answers arrive on
    the thread that made this object. A question that fails is logged and answered with nothing:
    the panel keeps its older data and their ages.
    """

    _answer = Signal(object, object)

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._waiting: dict[str, tuple[bool, Callable[[Any], Any], Answered]] = {}
        self._lock = threading.Lock()
        self._keys: queue.Queue[str | None] = queue.Queue()
        self._answer.connect(
            lambda answered, value: answered(value), Qt.ConnectionType.QueuedConnection
        )
        self._thread = threading.Thread(target=self._run, name="queries", daemon=True)
        self._thread.start()

    def ask(self, key: str, question: Question, answered: Answered) -> None:
        self._put(key, False, question, answered)

    def ask_ledger(self, key: str, question: LedgerQuestion, answered: Answered) -> None:
        self._put(key, True, question, answered)

    def close(self) -> None:
        self._keys.put(None)
        self._thread.join()

    def _put(
        self, key: str, of_ledger: bool, question: Callable[[Any], Any], answered: Answered
    ) -> None:
        with self._lock:
            new = key not in self._waiting
            self._waiting[key] = (of_ledger, question, answered)
        if new:
            self._keys.put(key)

    def _run(self) -> None:
        from kiosk.cache.engine import open_cache_for_reading, open_ledger_for_reading
        from kiosk.cache.files import CACHE, LEDGER
        from kiosk.cache.ledger import LedgerReader
        from kiosk.cache.repositories import Repositories

        cache = open_cache_for_reading(self._data_dir / CACHE)
        ledger = open_ledger_for_reading(self._data_dir / LEDGER)
        repositories, given = Repositories(cache), LedgerReader(ledger)
        while (key := self._keys.get()) is not None:
            with self._lock:
                of_ledger, question, answered = self._waiting.pop(key)
            try:
                if of_ledger:
                    value = question(given)
                else:
                    with repositories.at_once() as rows:
                        value = question(rows)
            except Exception:
                log.exception("question %s failed", key)
                continue
            self._answer.emit(answered, value)
        cache.dispose()
        ledger.dispose()
