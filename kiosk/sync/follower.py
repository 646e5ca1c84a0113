"""Keeps the cache up to date: pulls on every wake-up, and at least every `poll_s`."""

import logging
import random
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DatabaseError, OperationalError

from kiosk.cache.files import is_damage
from kiosk.core.clock import Clock
from kiosk.pack.edition import edition_of
from kiosk.settings import Settings
from kiosk.sync.backoff import Backoff
from kiosk.sync.client import BackendAway, BackendClient
from kiosk.sync.health import HealthReport
from kiosk.sync.puller import Puller
from kiosk.wire import Link, Text
from kiosk.wire.messages import CacheChanged, SyncState

PATIENCE_MS = 3000
EAGER_S = 0.05
SCARCE_S = 1.0
ORDERS = "orders"

_log = logging.getLogger(__name__)


class Follower:
    """Two threads: one pulls, the other listens for wake-ups. Ended by `stop`.

    `told_orders` is called, from the thread that pulls, when the backend told something of orders,
    `told_back` when it answers again. While `scarce`, the cache is not written.
    """

    def __init__(
        self,
        settings: Settings,
        address: str | Path,
        cache_file: Path,
        link: Link,
        clock: Clock,
        health: HealthReport,
        scarce: Callable[[], bool],
    ) -> None:
        self._poll_s = settings.sync.poll_s
        self._seed = settings.demo.seed
        self._link = link
        self._clock = clock
        self._health = health
        self.told_orders: Callable[[], None] = lambda: None
        self.told_back: Callable[[], None] = lambda: None
        self._scarce = scarce
        self._distrusted = threading.Event()
        self._wake = threading.Event()
        self._asked = threading.Event()
        self._stopping = threading.Event()
        self._client = BackendClient(address)
        self._listener = BackendClient(address)
        self._puller = Puller(
            cache_file, self._client, self._tell_changed, edition_of(settings), scarce
        )
        self._state = SyncState(reachable=False, revision=0, last_success_ms=None)
        self._patient_until_ms = clock.monotonic_ms() + PATIENCE_MS
        self._threads = (
            threading.Thread(target=self._follow, name="sync-follow", daemon=True),
            threading.Thread(target=self._listen, name="sync-listen", daemon=True),
        )

    @property
    def epoch(self) -> str:
        """The backend's history that the cache follows; "" before the first pull."""
        return self._puller.cursor.epoch

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Both threads have ended when this returns."""
        self._stopping.set()
        for thread in self._threads:
            while thread.is_alive():
                # Each time anew: a round that has just begun forgets what woke it.
                self._asked.set()
                self._wake.set()
                self._client.close()
                self._listener.close()
                thread.join(0.05)
        # A call that ended well between the last look and the thread's end kept its connection.
        self._client.close()
        self._listener.close()

    def pull_now(self) -> None:
        """The wait until the next pull is over, also that of a backend that is away. From any
        thread."""
        self._asked.set()
        self._wake.set()

    def distrust(self, why: str) -> None:
        """The cache is damaged: it is replaced as soon as the backend answers. From any thread."""
        _log.warning("the cache is damaged and is rebuilt: %s", why)
        self._health.trouble("cache", _REBUILDING)
        self._distrusted.set()
        self._wake.set()

    def cache_wrong(self) -> str:
        """What somebody did to the cache while it was in use; "" when nothing."""
        return self._puller.wrong()

    def _follow(self) -> None:
        backoff = Backoff(random.Random(self._seed))  # noqa: S311 - spreads tries, guards nothing
        while not self._stopping.is_set():
            self._wake.clear()
            self._asked.clear()
            if self._scarce():  # what is left on the disk is for orders
                self._stopping.wait(SCARCE_S)
                continue
            try:
                ok = self._pull()
            except Exception:
                _log.exception("a pull failed")
                self._health.trouble("disk", _UNEXPECTED)
                ok = False
            if ok:
                backoff.reset()
                self._wake.wait(self._poll_s)
            else:
                self._pause(backoff)
        self._puller.close()

    def _pull(self) -> bool:
        """One pull; False when it is to be tried again soon."""
        now_ms = self._clock.now_ms()
        try:
            if self._distrusted.is_set():
                self._puller.replace_cache(now_ms)
                self._distrusted.clear()
            revision = self._puller.pull(now_ms)
        except BackendAway as away:
            if not self._stopping.is_set() and not self._patient():
                self._tell_away(away.reason)
            return False
        except (DatabaseError, OSError) as error:
            if is_damage(error):
                self.distrust(str(error))
                return False
            if not isinstance(error, (OperationalError, OSError)):
                raise
            _log.warning("the cache can't be written: %s", error)
            self._health.trouble("disk", _CANNOT_WRITE)
            return False
        self._patient_until_ms = 0
        for part in ("disk", "cache", "backend"):
            self._health.well(part)
        if not self._state.reachable:
            self.told_back()
        last_success_ms = self._puller.cursor.last_success_ms
        self._tell(SyncState(True, revision, last_success_ms))
        return True

    def _listen(self) -> None:
        backoff = Backoff(random.Random(self._seed + 1))  # noqa: S311
        while not self._stopping.is_set():
            try:
                for wakeup in self._listener.wakeups():
                    backoff.reset()
                    if wakeup.revision != self._state.revision or not self._state.reachable:
                        self._wake.set()
            except BackendAway:
                self._wake.set()
            self._pause(backoff)

    def _patient(self) -> bool:
        """Whether the backend may still be starting: both are started at the same time."""
        return self._clock.monotonic_ms() < self._patient_until_ms

    def _pause(self, backoff: Backoff) -> None:
        self._asked.wait(EAGER_S if self._patient() else backoff.wait_s())

    def _tell_changed(self, tables: frozenset[str], revision: int) -> None:
        if ORDERS in tables:
            self.told_orders()
        self._link.send(CacheChanged(tables=tuple(sorted(tables)), revision=revision))

    def _tell_away(self, reason: Text) -> None:
        self._health.trouble("backend", reason)
        self._tell(
            SyncState(
                reachable=False,
                revision=self._puller.cursor.revision,
                last_success_ms=self._puller.cursor.last_success_ms,
                reason=reason,
            )
        )

    def _tell(self, state: SyncState) -> None:
        self._state = state
        self._link.send(state)


_CANNOT_WRITE = Text(
    "저장 공간이 부족하거나 쓸 수 없어 새 자료를 저장하지 못합니다",
    "New data can't be stored: the disk is full or can't be written",
)
_REBUILDING = Text(
    "저장된 도시 자료가 손상되어 다시 받고 있습니다",
    "The stored city data was damaged and is being received again",
)
_UNEXPECTED = Text(
    "자료를 받다가 예상하지 못한 문제가 생겼습니다. 다시 시도합니다",
    "Something unexpected happened while receiving data; trying again",
)
