"""A whole kiosk: fingers give orders while the process that writes them is killed."""

import contextlib
import os
import signal
import sqlite3
from collections.abc import Iterator

import msgspec
import pytest

from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import Health, Touch
from kiosk.wire.orders import Order

pytestmark = pytest.mark.slow

OPTIONS = ("--windowed", "--camera", "none", "--microphone", "none")


@pytest.fixture
def kiosk() -> Iterator[DrivenKiosk]:
    with driven_kiosk(OPTIONS, {"remote": {"enabled": False}}) as made:
        assert wait_until_on(made, 60) is not None
        yield made


def touch(kiosk: DrivenKiosk, command: str, status: str = "done") -> None:
    kiosk.say(Touch(command))
    assert kiosk.outcome(command, 15, source="touch", status=status) is not None, command


def put_together(kiosk: DrivenKiosk, department: str, instruction: str) -> None:
    """Up to the question whether to send it."""
    touch(kiosk, "order.compose")
    kiosk.say(Touch(place=f"orders.to.{department}"))
    kiosk.say(Touch(place=f"orders.text.{instruction}"))
    touch(kiosk, "order.give", "needs-confirm")


def ledger(kiosk: DrivenKiosk) -> list[Order]:
    file = kiosk.data_dir / "ledger.db"
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT body FROM orders ORDER BY t_ms").fetchall()
    return [msgspec.json.decode(body, type=Order) for (body,) in rows]


def test_orders_by_touch_survive_a_killed_sync(kiosk: DrivenKiosk) -> None:
    kiosk.say(Touch("panel.open", {"panel": "orders"}))
    assert kiosk.outcome("panel.open", 15, source="touch", status="done")
    put_together(kiosk, "fire", "brief")
    touch(kiosk, "confirm.accept")
    told = kiosk.outcome("order.told", 15, status="done")
    assert told is not None
    assert "소방재난본부" in told["reason"]["ko"]

    put_together(kiosk, "transport", "plan")
    os.kill(kiosk.pids["sync"], signal.SIGKILL)
    touch(kiosk, "confirm.accept")
    given = kiosk.outcome("order.give", 15, source="touch")
    assert given is not None
    if given["status"] == "unavailable":  # the wall had noticed already, and said so
        assert "동기화" in given["reason"]["ko"] or "sync" in given["reason"]["ko"]
        return_of_sync(kiosk)
        put_together(kiosk, "transport", "plan")
        touch(kiosk, "confirm.accept")
    assert kiosk.outcome("order.told", 20, status="done") is not None
    assert [(order.to, order.text) for order in ledger(kiosk)] == [
        ("fire", "현황 보고"),
        ("transport", "대책 마련 뒤 보고"),
    ]
    assert len({order.id for order in ledger(kiosk)}) == 2


def return_of_sync(kiosk: DrivenKiosk) -> None:
    back = kiosk.wait(lambda m: isinstance(m, Health) and m.worker == "sync", 20)
    assert back is not None
