"""Brings the cache up to the backend, a page at a time."""

from collections.abc import Callable
from pathlib import Path

from kiosk.cache.schema import catalogue_tables
from kiosk.cache.watch import Watch
from kiosk.cache.writer import CacheWriter, Cursor
from kiosk.pack.edition import Edition
from kiosk.sync.client import BackendClient
from kiosk.wire.city import ChangesPage

LIMIT = 2000
HOUSEKEEPING_MS = 600_000
ALL_TABLES = frozenset({*catalogue_tables, "observations"})

Told = Callable[[frozenset[str], int], None]


class Puller:
    """Owns the cache's writer. `told` hears of tables that changed, and the revision; `edition`
    leaves in the cache what concerns its district. Once `scarce`, not a page more is written."""

    def __init__(
        self,
        file: Path,
        client: BackendClient,
        told: Told,
        edition: Edition | None = None,
        scarce: Callable[[], bool] = lambda: False,
    ) -> None:
        self._edition = edition
        self._file = file
        self._client = client
        self._told = told
        self._scarce = scarce
        self._writer: CacheWriter | None = None
        self.cursor = Cursor(epoch="", revision=0, last_success_ms=None)
        self._house_kept_ms = 0
        self._watch: Watch | None = None

    def pull(self, now_ms: int) -> int:
        """Follows the backend until it has no more, or the disk is scarce; the revision reached.

        Raises BackendAway, or DBAPIError when the cache can't be written. Whatever stops it, the
        cache holds whole pages, and the next pull goes on where this one ended.
        """
        writer = self._open(now_ms)
        epoch, revision, more = self.cursor.epoch, self.cursor.revision, True
        while more:
            page = self._client.page(revision, LIMIT)
            if self._scarce():
                return revision
            if epoch and (page.epoch != epoch or page.head < revision):
                writer.start_again(page.epoch)
                self._told(ALL_TABLES, 0)
                epoch, revision = page.epoch, 0
            else:
                self._apply(writer, page, now_ms)
                epoch, revision, more = page.epoch, page.revision, page.more
            self.cursor = writer.cursor()
        if now_ms - self._house_kept_ms >= HOUSEKEEPING_MS:
            writer.keep_house(now_ms)
            self._house_kept_ms = now_ms
        return revision

    def wrong(self) -> str:
        """What somebody did to the cache while it was in use; "" when nothing. From any thread."""
        watch = self._watch
        return "" if watch is None else watch.wrong()

    def replace_cache(self, now_ms: int) -> None:
        """The cache turned out damaged while in use: the next pull starts an empty one.

        Raises BackendAway, and keeps what can still be read of it until the backend answers.
        """
        self._client.page(0, 1)
        self.close()
        CacheWriter.set_aside(self._file, now_ms)

    def close(self) -> None:
        self._watch = None
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    def _open(self, now_ms: int) -> CacheWriter:
        if self.wrong():
            self.close()
        if self._writer is None:
            self._writer, why = CacheWriter.open(self._file, now_ms)
            if self._writer.belongs_to(self._edition.district if self._edition else ""):
                why = why or "another district's"
            self.cursor = self._writer.cursor()
            self._watch = Watch(self._file)
            if why:
                self._told(ALL_TABLES, 0)
        return self._writer

    def _apply(self, writer: CacheWriter, page: ChangesPage, now_ms: int) -> None:
        if self._edition is not None:
            page = self._edition.page(page)
        if not page.rows:
            writer.confirm(page.epoch, page.revision, now_ms)
            return
        self._told(writer.apply(page, now_ms), page.revision)
