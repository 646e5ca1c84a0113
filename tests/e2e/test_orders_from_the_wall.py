"""An order given by touch on the wall, through the real sync and backend, and back on the panel."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from kiosk.app.configuration import read_desk
from kiosk.app.orders import Orders
from kiosk.app.queries import Queries
from kiosk.app.world import WallWorld
from kiosk.backend import worker as backend
from kiosk.core.registry import Send
from kiosk.panels.panel import Live, ProcessRow
from kiosk.settings import Settings
from kiosk.sync import worker as sync
from kiosk.sync.client import BackendClient
from kiosk.wire import Link
from kiosk.wire.messages import Message, OrdersChanged, Written
from tests.helpers.city import Worker, eventually, prepared_store, running, settings_in
from tests.helpers.heart import PANELS, Heart

GIVE = {"text": "inspect", "about": "incidents/fire-1"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_store(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def settings(tmp_path: Path, prepared: Path) -> Settings:
    shutil.copy(prepared, tmp_path)
    return settings_in(tmp_path)


class Wall:
    """Heart, orders and the panel's presenter of a wall, with the line to a sync process."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.heart = Heart()
        self.world = WallWorld(PANELS, self.heart.clock)
        self.world.desk = read_desk(Settings())
        self.heart.world.new_id = self.world.new_id  # type: ignore[method-assign]
        self.queries = Queries(folder)
        self.line: Link | None = None
        self.orders = Orders(
            intake=self.heart.intake,
            world=self.world,
            queries=self.queries,
            send=self._send,
            changed=lambda: None,
        )
        self.heart.dispatcher._carry = self._carry  # the test's heart has a line of its own

    def connect(self, worker: Worker) -> None:
        self.line = worker.ui
        self.orders.came("sync")

    def give(self) -> None:
        self.heart.intake.touch("order.give", GIVE, "orders.give")
        assert self.heart.intake.touch("confirm.accept", {}, "confirm.accept").done

    def listen(self) -> None:
        """Takes what sync says, as the wall does."""
        while self.line is not None and (message := self.line.receive(0.05)) is not None:
            match message:
                case Written() | OrdersChanged():
                    self.orders.receive(message)
        self._qtbot.wait(1)

    def shows(self) -> list[tuple[str, str]]:
        """Text and present step of every order, as the panel shows them."""
        from kiosk.panels.orders.presenter import OrdersData, order_lines

        self.listen()
        live = Live(
            processes=(ProcessRow("sync", "running"),),
            desk=self.world.desk,
            given=self.orders.given,
            writing=self.orders.writing,
        )
        lines = order_lines(OrdersData({}, {}), live, self.heart.clock.now_ms())
        return [(x.text, next(s.word.ko for s in x.steps if s.state == "now")) for x in lines]

    def _send(self, worker: str, message: Message) -> bool:
        return self.line is not None and self.line.send(message)

    def _carry(self, send: Send) -> bool:
        return self.orders.carriers()[type(send.message)](send.message)


@pytest.fixture
def wall(tmp_path: Path, qtbot: QtBot) -> Iterator[Wall]:
    made = Wall(tmp_path, qtbot)
    yield made
    made.queries.close()


def test_an_order_goes_out_and_its_state_comes_back(
    settings: Settings, wall: Wall, tmp_path: Path
) -> None:
    with running(backend.run, settings), running(sync.run, settings) as here:
        wall.connect(here)
        wall.give()
        assert wall.orders.writing, "not given before the disk has it"
        eventually(lambda: wall.shows() == [("현장 확인 뒤 보고", "보냄")], "it is sent")
        (order,) = wall.orders.given.orders
        client = BackendClient(tmp_path / "backend.sock")
        path = f"/v1/orders/{order.order.id}/state"
        client.post(path, "", b'{"state":"read","by":"fire"}')
        client.close()
        eventually(lambda: wall.shows() == [("현장 확인 뒤 보고", "읽음")], "it is read")
    told = [r for r in wall.heart.records if r.command == "order.told"]
    assert [r.reason.ko for r in told] == ["지시했습니다: 소방재난본부, 현장 확인 뒤 보고"]


def test_a_sync_that_dies_in_between_loses_and_doubles_nothing(
    settings: Settings, wall: Wall
) -> None:
    with running(backend.run, settings):
        with running(sync.run, settings) as first:
            wall.connect(first)
            wall.give()
            eventually(lambda: wall.shows()[0][1] == "보냄", "the first is sent")
        # What was sent to a process that is gone: it may or may not have reached the disk.
        dead = Worker(lambda settings, link, clock: None, settings, wall.heart.clock)
        wall.line = dead.ui
        wall.give()
        dead.stop()
        assert [step for _, step in wall.shows()] == ["쓰는 중", "보냄"]
        with running(sync.run, settings) as second:
            wall.connect(second)
            wall.connect(second)
            eventually(
                lambda: [step for _, step in wall.shows()] == ["보냄", "보냄"], "both are sent"
            )
        assert not wall.orders.writing
        ids = [g.order.id for g in wall.orders.given.orders]
        assert len(set(ids)) == 2


def test_the_demonstrations_departments_answer(settings: Settings, wall: Wall) -> None:
    demo = msgspec.structs.replace(settings.demo, departments=True)
    settings = msgspec.structs.replace(settings, demo=demo)
    with running(backend.run, settings), running(sync.run, settings) as here:
        wall.connect(here)
        wall.give()
        eventually(lambda: wall.shows()[0][1:] == ("도착",), "it is delivered")
