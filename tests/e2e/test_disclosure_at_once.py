"""What is decided at the wall holds in the public process, which nobody tells of it."""

import socket
import urllib.error
import urllib.request
from pathlib import Path

import msgspec
import pytest

from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import Ledger
from kiosk.core.clock import SystemClock
from kiosk.public.worker import run as run_public
from kiosk.settings import Settings
from kiosk.settings.model import PublicSettings
from kiosk.sync.worker import run as run_sync
from kiosk.wire.disclosure import Decided
from kiosk.wire.messages import Health, WriteDecision, Written
from kiosk.wire.text import Text
from tests.helpers.city import eventually, observation, running
from tests.helpers.panel_city import NOW_MS, demo_city
from tests.helpers.public_city import settings_of, write_cache

WHY = Text("시험", "a test")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.slow
def test_a_decision_that_sync_wrote_is_seen_by_the_public_process(tmp_path: Path) -> None:
    given = Settings(public=PublicSettings(enabled=True, port=free_port()))
    settings = settings_of(tmp_path, given)
    rows = [row for row in demo_city().indicators() if row.id == "pm25"]
    write_cache(tmp_path, [*rows, observation("pm25", NOW_MS, 12.0)])
    Ledger.open(tmp_path / LEDGER, NOW_MS).close()
    url = f"http://127.0.0.1:{given.public.port}/api/figures/pm25"
    with (
        running(run_public, settings, SystemClock()) as public,
        running(run_sync, settings, SystemClock()) as sync,
    ):
        public.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        assert status(url) == 200
        for n, (level, seen) in enumerate((("restricted", 404), ("public", 200))):
            made = {"id": f"d-{n}", "t_ms": NOW_MS + n, "sort": "indicators", "thing": "pm25"}
            decided = msgspec.convert(made | {"level": level, "reason": WHY}, Decided)
            sync.ui.send(WriteDecision(decided))
            sync.wait_for(lambda m: isinstance(m, Written))
            eventually(lambda seen=seen: status(url) == seen, f"{level} holds")  # type: ignore[misc]
