"""How often a key may still be used. Kept in the store: a restart forgets no call."""

from collections import deque

from sqlalchemy import Engine, text

from kiosk.backend.pull.declaration import Quota
from kiosk.pack.clock import day_number, midnight_ms

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS

_TAKE = text(
    "INSERT INTO calls (key, day, count, closed) VALUES (:key, :day, 1, 0) "
    "ON CONFLICT (key, day) DO UPDATE SET count = calls.count + 1"
)
_CLOSE = text(
    "INSERT INTO calls (key, day, count, closed) VALUES (:key, :day, 0, 1) "
    "ON CONFLICT (key, day) DO UPDATE SET closed = 1"
)
_FIND = text("SELECT count, closed FROM calls WHERE key = :key AND day = :day")
_FORGET = text("DELETE FROM calls WHERE day < :day")
KEPT_DAYS = 40


class QuotaLedger:
    """Counts calls per key and day of the city; a key is shared by all sources that use it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._minutes: dict[str, deque[int]] = {}

    def wait_ms(self, key: str, quota: Quota, now_ms: int) -> int:
        """Until when a call has to wait; 0 when it may be made now."""
        count, closed = self._today(key, now_ms)
        if closed or (quota.day is not None and count >= quota.day):
            return next_midnight_ms(now_ms) - now_ms
        if quota.minute is None:
            return 0
        recent = self._recent(key, now_ms)
        if len(recent) < quota.minute:
            return 0
        return recent[-quota.minute] + MINUTE_MS - now_ms

    def take(self, key: str, now_ms: int) -> None:
        """Counts a call, before it is made: one that times out was made too."""
        with self._engine.begin() as connection:
            connection.execute(_TAKE, {"key": key, "day": day_number(now_ms)})
            connection.execute(_FORGET, {"day": day_number(now_ms) - KEPT_DAYS})
        self._recent(key, now_ms).append(now_ms)

    def close_day(self, key: str, now_ms: int) -> None:
        """The source says that the day's calls are spent, whatever was counted here."""
        with self._engine.begin() as connection:
            connection.execute(_CLOSE, {"key": key, "day": day_number(now_ms)})

    def used(self, key: str, now_ms: int) -> int:
        """Calls of this day."""
        return self._today(key, now_ms)[0]

    def _today(self, key: str, now_ms: int) -> tuple[int, bool]:
        with self._engine.connect() as connection:
            row = connection.execute(_FIND, {"key": key, "day": day_number(now_ms)}).one_or_none()
        return (0, False) if row is None else (int(row[0]), bool(row[1]))

    def _recent(self, key: str, now_ms: int) -> deque[int]:
        recent = self._minutes.setdefault(key, deque())
        while recent and recent[0] <= now_ms - MINUTE_MS:
            recent.popleft()
        return recent


def next_midnight_ms(now_ms: int) -> int:
    """When daily quotas begin anew."""
    return midnight_ms(now_ms, 1)
