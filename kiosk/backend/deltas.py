"""One answer for all kiosks that ask the same: read once, compressed once.

An answer belongs to the newest revision that there was when it was read. A question joins another
only while that one has not begun to read, so nobody is told less than there was when it asked.
"""

import asyncio
import gzip
import threading
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec

from kiosk.backend.store import Page, Store

READERS = 4
KEPT = 64
GZIP_FROM_BYTES = 1400  # what fits into one packet gains nothing
GZIP_LEVEL = 1  # JSON of rows: level 6 takes three times as long for a sixth less


class Asked(msgspec.Struct, frozen=True):
    """Changes after `since`, at most `limit`; `gzip`: compressed where that is worth it."""

    since: int
    limit: int
    gzip: bool = False


class Answer(msgspec.Struct, frozen=True):
    """The body as it goes out, and the mark (`etag`) of the state of the store that it tells."""

    head: int
    etag: str
    body: bytes
    gzip: bool


class Deltas:
    """Answers for many kiosks at once; at most READERS read the store at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._readers = ThreadPoolExecutor(READERS, "deltas")
        self._lock = threading.Lock()
        self._waiting: dict[Asked, Future[Answer]] = {}
        self._kept: dict[Asked, Answer] = {}

    async def answer(self, asked: Asked) -> Answer:
        """Raises SQLAlchemy's DBAPIError when the store can't be read."""
        with self._lock:
            reading = self._waiting.get(asked)
            if reading is None:
                reading = self._waiting[asked] = self._readers.submit(self._read, asked)
        return await asyncio.shield(asyncio.wrap_future(reading))

    def close(self) -> None:
        """No answers after this; those that are being read are waited for."""
        self._readers.shutdown(cancel_futures=True)

    def _read(self, asked: Asked) -> Answer:
        with self._lock:
            del self._waiting[asked]
            kept = self._kept.get(asked)
        if kept is not None and kept.head == self._store.revision():
            return kept
        page = self._store.changes(asked.since, asked.limit)
        answer = _answer(page, f"{self._store.epoch}-{page.head}", zipped=asked.gzip)
        with self._lock:
            self._keep(asked, answer)
        return answer

    def _keep(self, asked: Asked, answer: Answer) -> None:
        """Those of an older state are of no more use to anybody."""
        newest = max((kept.head for kept in self._kept.values()), default=answer.head)
        if answer.head < newest:
            return
        if answer.head > newest or len(self._kept) >= KEPT:
            self._kept.clear()
        self._kept[asked] = answer


def _answer(page: Page, etag: str, *, zipped: bool) -> Answer:
    if not zipped or len(page.body) < GZIP_FROM_BYTES:
        return Answer(page.head, etag, page.body, gzip=False)
    return Answer(page.head, etag, gzip.compress(page.body, GZIP_LEVEL, mtime=0), gzip=True)
