"""A person wants the newest rows now."""

import threading
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import SyncSettings
from kiosk.sync import follower as module
from kiosk.sync import worker
from kiosk.sync.backoff import Backoff
from kiosk.sync.follower import Follower
from kiosk.sync.health import HealthReport
from kiosk.wire import PairedLink
from kiosk.wire.messages import PullNow

DEADLINE_S = 5.0


class Counted(Follower):
    """Pulls nothing, and says when it would."""

    ok: bool
    pulled: threading.Semaphore

    def _pull(self) -> bool:
        self.pulled.release()
        return self.ok

    def _listen(self) -> None:
        return


@pytest.mark.parametrize("ok", [True, False], ids=["resting", "backing off"])
def test_the_wait_for_the_next_round_is_over_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ok: bool
) -> None:
    monkeypatch.setattr(module, "PATIENCE_MS", 0)
    monkeypatch.setattr(Backoff, "wait_s", lambda self: 3600.0)
    mine, _ = PairedLink.pair()
    settings = Settings(sync=SyncSettings(poll_s=3600))
    follower = Counted(
        *(settings, tmp_path / "backend.sock", tmp_path / "cache.db", mine, SystemClock()),
        HealthReport(mine),
        lambda: False,
    )
    follower.ok, follower.pulled = ok, threading.Semaphore(0)
    follower.start()
    try:
        assert follower.pulled.acquire(timeout=DEADLINE_S), "the first round"
        worker._take(PullNow(), None, None, follower)  # type: ignore[arg-type]
        assert follower.pulled.acquire(timeout=DEADLINE_S), "asked for"
    finally:
        follower.stop()
