"""Orders on their real way: ledger, outbox, server, and back with how far they have come."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.backend import worker as backend
from kiosk.cache.engine import open_ledger_for_reading
from kiosk.cache.files import LEDGER
from kiosk.cache.orders import OrderBookReader
from kiosk.settings import Settings
from kiosk.sync import worker as sync
from kiosk.sync.client import BackendClient
from kiosk.wire.messages import Health, OrdersChanged, WriteOrder, WriteReply, Written
from kiosk.wire.orders import Order, Reply
from tests.helpers.city import eventually, prepared_store, running, settings_in

ORDER = Order("o-1", 5, "mayor", "fire", "현장 확인 뒤 보고")
REPLY = Reply("r-1", 6, "mayor", "c-7", "바로 고치겠습니다")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_store(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def settings(tmp_path: Path, prepared: Path) -> Settings:
    shutil.copy(prepared, tmp_path)
    return settings_in(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[OrderBookReader]:
    engine = open_ledger_for_reading(tmp_path / LEDGER)
    yield OrderBookReader(engine)
    engine.dispose()


def states(book: OrderBookReader) -> dict[str, str]:
    return {status.id: status.state for status in book.newest()}


def test_an_order_is_acknowledged_sent_and_told_how_far_it_is(
    settings: Settings, book: OrderBookReader, tmp_path: Path
) -> None:
    with (
        running(backend.run, settings) as there,
        running(sync.run, settings) as here,
    ):
        there.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        here.ui.send(WriteOrder(ORDER))
        here.wait_for(lambda m: m == Written("o-1"))
        here.wait_for(lambda m: isinstance(m, OrdersChanged))
        eventually(lambda: states(book) == {"o-1": "sent"}, "the order is sent")
        client = BackendClient(tmp_path / "backend.sock")
        client.post("/v1/orders/o-1/state", "", b'{"state":"read","by":"fire"}')
        client.close()
        eventually(lambda: states(book) == {"o-1": "read"}, "the order is read")


def test_written_while_the_backend_is_away_and_by_a_process_that_is_gone(
    settings: Settings, book: OrderBookReader
) -> None:
    with running(sync.run, settings) as here:
        here.ui.send(WriteOrder(ORDER))
        here.ui.send(WriteReply(REPLY))
        here.wait_for(lambda m: m == Written("r-1"))
    assert states(book) == {"o-1": "written"}
    with running(backend.run, settings), running(sync.run, settings):
        eventually(lambda: states(book) == {"o-1": "sent"}, "the order is sent")


def test_what_the_backend_refuses_stays_with_its_reason(
    settings: Settings, book: OrderBookReader
) -> None:
    with running(backend.run, settings) as there, running(sync.run, settings) as here:
        there.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        here.ui.send(WriteOrder(Order("o-2", 7, "mayor", "fire", "x" * 70_000)))
        here.wait_for(lambda m: isinstance(m, OrdersChanged))
        eventually(lambda: "413" in book.refused().get("o-2", ""), "the refusal is kept")
    assert states(book) == {"o-2": "written"}
