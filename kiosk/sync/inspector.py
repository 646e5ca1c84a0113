"""Looks for damage in files in use: at once when somebody noticed some, else at leisure."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pysqlite3.dbapi2

from kiosk.cache.files import is_damage
from kiosk.cache.watch import suspected

LOOK_S = 1.0
PAGES_AT_ONCE = 100
SHARE = 0.1  # of the time that a check at leisure may work
FIRST_CHECK_S = 60.0

_log = logging.getLogger(__name__)


class Inspected(msgspec.Struct, frozen=True):
    """`wrong` tells what happened to the file, `found` is told of damage; both from any thread."""

    file: Path
    wrong: Callable[[], str]
    found: Callable[[str], None]


class Inspector:
    """A thread of its own. A check at leisure works a tenth of the time; `stop` ends it."""

    def __init__(self, files: tuple[Inspected, ...], every_s: float) -> None:
        self._files = files
        self._every_s = every_s
        self._told: dict[Path, str] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync-inspect", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        next_check = time.monotonic() + min(FIRST_CHECK_S, self._every_s)
        while not self._stopping.wait(LOOK_S):
            due = time.monotonic() >= next_check
            for each in self._files:
                self._look(each, due)
            if due:
                next_check = time.monotonic() + self._every_s

    def _look(self, each: Inspected, due: bool) -> None:
        """Tells what is wrong, once as long as it stays so."""
        at_once = suspected(each.file)
        why = each.wrong()
        if not why and (at_once or due):
            why = self.check(each.file, 1.0 if at_once else SHARE)
        if why and why != self._told.get(each.file):
            _log.warning("%s: %s", each.file.name, why)
            each.found(why)
        self._told[each.file] = why

    def check(self, file: Path, share: float) -> str:
        """What SQLite finds wrong with the pages; "" when nothing, or when it can't look now.

        share: of the time that it may work, 0 to 1.
        """
        pace = _Pace(share, self._stopping)
        uri = f"file:{file}?mode=rw"
        try:
            with contextlib.closing(pysqlite3.dbapi2.connect(uri, uri=True)) as connection:
                connection.execute("PRAGMA query_only = ON")
                connection.set_progress_handler(pace.rest, PAGES_AT_ONCE)
                found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except pysqlite3.dbapi2.DatabaseError as error:
            return str(error) if is_damage(error) else ""
        return "" if found == "ok" or self._stopping.is_set() else found


class _Pace:
    def __init__(self, share: float, stopping: threading.Event) -> None:
        self._rests = (1 - share) / share
        self._stopping = stopping
        self._since = time.monotonic()

    def rest(self) -> bool:
        """Waits in proportion to the work since the last rest; True ends the check."""
        worked_s = time.monotonic() - self._since
        ended = self._stopping.wait(worked_s * self._rests)
        self._since = time.monotonic()
        return ended
