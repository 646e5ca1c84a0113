"""Orders over the real server: kept once, told to every kiosk, refused with a reason."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.backend import worker as backend
from kiosk.sync.client import BackendClient, BackendRefuses, _UnixConnection
from kiosk.wire.city import OrderStatus
from kiosk.wire.messages import Health
from kiosk.wire.orders import Acknowledgement, Order
from tests.helpers.city import encoded, prepared_store, running, settings_in

ORDER = Order("o-1", 5, "mayor", "fire", "현장 확인 뒤 보고", "incidents/fire-1")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_store(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def socket(tmp_path: Path, prepared: Path) -> Iterator[Path]:
    shutil.copy(prepared, tmp_path)
    with running(backend.run, settings_in(tmp_path)) as worker:
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        yield tmp_path / "backend.sock"


@pytest.fixture
def client(socket: Path) -> Iterator[BackendClient]:
    made = BackendClient(socket)
    yield made
    made.close()


def ask(socket: Path, path: str, body: bytes, key: str = "") -> tuple[int, dict[str, object]]:
    connection = _UnixConnection(socket, 5)
    connection.request("POST", path, body, {"Idempotency-Key": key})
    with connection.getresponse() as response:
        body = response.read()
    connection.close()
    is_json = response.headers.get_content_type() == "application/json"
    return response.status, json.loads(body) if is_json else {}


def told(client: BackendClient) -> dict[str, OrderStatus]:
    found: dict[str, OrderStatus] = {}
    since, more = 0, True
    while more:
        page = client.page(since, 5000)
        found |= {c.row.id: c.row for c in page.rows if isinstance(c.row, OrderStatus)}
        since, more = page.revision, page.more
    return found


def test_an_order_is_kept_once_and_told(client: BackendClient, socket: Path) -> None:
    first = json.loads(client.post("/v1/orders", "o-1", encoded(ORDER)))
    again = json.loads(client.post("/v1/orders", "o-1", encoded(ORDER)))
    assert first == again
    assert first["status"]["state"] == "sent"
    assert told(client)["o-1"].order == ORDER
    status, _ = ask(socket, "/v1/orders/o-1/state", b'{"state":"read","by":"fire"}')
    assert status == 201
    ask(socket, "/v1/orders/o-1/state", b'{"state":"delivered","by":"late news"}')
    assert (told(client)["o-1"].state, told(client)["o-1"].by) == ("read", "fire")


def test_the_same_id_with_another_content_is_refused(client: BackendClient) -> None:
    client.post("/v1/orders", "o-2", encoded(msgspec.structs.replace(ORDER, id="o-2")))
    other = msgspec.structs.replace(ORDER, id="o-2", text="다른 지시")
    with pytest.raises(BackendRefuses, match="409"):
        client.post("/v1/orders", "o-2", encoded(other))


@pytest.mark.parametrize(
    ("path", "body", "key", "status"),
    [
        ("/v1/orders", b"{", "x", 400),
        ("/v1/orders", b'{"id":"x"}', "x", 400),
        ("/v1/orders", encoded(ORDER), "another", 400),
        ("/v1/orders", b"[" + b" " * 70_000 + b"]", "x", 413),
        ("/v1/orders/nobody/state", b'{"state":"done"}', "", 404),
        ("/v1/orders/o-1/state", b'{"state":"eaten"}', "", 400),
        ("/v1/replies", b'{"id":"r","text":5}', "r", 400),
    ],
)
def test_what_does_not_fit_is_refused(
    socket: Path, path: str, body: bytes, key: str, status: int
) -> None:
    assert ask(socket, path, body, key)[0] == status


def test_a_reply_is_kept_once(client: BackendClient) -> None:
    reply = {"id": "r-1", "t_ms": 5, "by": "mayor", "complaint": "c-7", "text": "처리했습니다"}
    client.post("/v1/replies", "r-1", encoded(reply))
    client.post("/v1/replies", "r-1", encoded(reply))
    with pytest.raises(BackendRefuses, match="409"):
        client.post("/v1/replies", "r-1", encoded({**reply, "text": "아닙니다"}))


def test_an_acknowledgement_is_kept_once(socket: Path) -> None:
    noted = Acknowledgement("n-1", 5, "wall", "fire-1")
    for _ in range(2):
        status, answer = ask(socket, "/v1/acknowledgements", encoded(noted), "n-1")
        assert status == 201
        assert answer["epoch"]
    other = msgspec.structs.replace(noted, incident="fire-2")
    assert ask(socket, "/v1/acknowledgements", encoded(other), "n-1")[0] == 409
    assert ask(socket, "/v1/acknowledgements", encoded(noted), "x")[0] == 400
