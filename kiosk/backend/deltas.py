"""What kiosks are told of changes: read from the store once for all of them.

Kiosks that follow are a few changes behind, each a few others. So the newest changes stay in
memory, and the store is only asked what is newer than those: one look serves everybody who asked
before it began. Whoever is further behind is answered from the store.
"""

import asyncio
import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

import msgspec

from kiosk.backend.figures import Changed, Key
from kiosk.backend.store import Page, Store

READERS = 4
KEPT_CHANGES = 2000
KEPT_ANSWERS = 64
GZIP_FROM_BYTES = 1400  # what fits into one packet gains nothing
ASIDE_FROM_BYTES = 50_000  # what takes more than half a millisecond does not hold up others
GZIP_LEVEL = 1  # JSON of rows: level 6 takes three times as long for a sixth less
T = TypeVar("T")


class Asked(msgspec.Struct, frozen=True):
    """Changes after `since`, at most `limit`; `gzip`: compressed where that is worth it."""

    since: int
    limit: int
    gzip: bool = False


class Answer(msgspec.Struct, frozen=True):
    """The body as it goes out, and the mark (`etag`) of the state of the store that it tells."""

    etag: str
    body: bytes
    gzip: bool


class Newest:
    """The changes after revision `floor` up to `head`, each row once, in their order."""

    def __init__(self, epoch: str, head: int, kept: int = KEPT_CHANGES) -> None:
        self._epoch = epoch
        self._kept = kept
        self.floor = self.head = head
        self._changes: dict[Key, Changed] = {}

    def take(self, page: Page) -> bool:
        """Adds the changes after `head`; whether there were any. A store that was taken back, or
        has moved on by more than is kept, begins anew."""
        if page.head == self.head:
            return False
        if page.head < self.head or page.more:
            self.floor = page.head
            self._changes.clear()
        else:
            for change in page.rows:
                self._changes.pop(change.key, None)
                self._changes[change.key] = change
            over = max(0, len(self._changes) - self._kept)
            for key in list(islice(self._changes, over)):
                self.floor = self._changes.pop(key).revision
        self.head = page.head
        return True

    def page(self, asked: Asked) -> Page | None:
        """None when it is not all here."""
        if asked.since < self.floor:
            return None
        found: list[Changed] = []
        for change in reversed(self._changes.values()):
            if change.revision <= asked.since:
                break
            found.append(change)
        found.reverse()
        return Page(self._epoch, self.head, tuple(found[: asked.limit]), len(found) > asked.limit)


class Deltas:
    """Answers for many kiosks at once, in the loop of the server."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._readers = ThreadPoolExecutor(READERS, "deltas")
        self._newest = Newest(store.epoch, store.revision())
        self._next_look: asyncio.Task[None] | None = None
        self._looking = asyncio.Lock()
        self._answers: dict[Asked, asyncio.Task[Answer]] = {}

    async def answer(self, asked: Asked) -> Answer:
        """Tells at least what there was when it was called. Raises SQLAlchemy's DBAPIError."""
        if self._next_look is None:
            self._next_look = asyncio.create_task(self._look())
        await asyncio.shield(self._next_look)
        making = self._answers.get(asked)
        if making is None:
            if len(self._answers) >= KEPT_ANSWERS:
                self._answers.clear()
            making = self._answers[asked] = asyncio.create_task(self._make(asked))
        return await asyncio.shield(making)

    def close(self) -> None:
        """No answers after this; those that are being read are waited for."""
        self._readers.shutdown(cancel_futures=True)

    async def _look(self) -> None:
        """Takes what is new; who asks once this has begun waits for the next look."""
        async with self._looking:
            self._next_look = None
            page = await self._aside(lambda: self._store.changes(self._newest.head, KEPT_CHANGES))
            if self._newest.take(page):
                self._answers.clear()

    async def _make(self, asked: Asked) -> Answer:
        try:
            page = self._newest.page(asked)
            if page is None:
                page = await self._aside(lambda: self._store.changes(asked.since, asked.limit))
            etag, size = f"{page.epoch}-{page.head}", sum(len(change.told) for change in page.rows)
            if not asked.gzip or size < GZIP_FROM_BYTES:
                return Answer(etag, page.body, gzip=False)
            zipped = _zipped(page) if size < ASIDE_FROM_BYTES else await self._aside(_zipped, page)
            return Answer(etag, zipped, gzip=True)
        except BaseException:
            self._answers.pop(asked, None)
            raise

    async def _aside(self, call: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, call, *args)


def _zipped(page: Page) -> bytes:
    return gzip.compress(page.body, GZIP_LEVEL, mtime=0)
