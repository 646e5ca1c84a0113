"""The shape of the sync API, against the real server."""

import contextlib
import gzip
import http.client
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from kiosk.backend import worker as backend
from kiosk.backend.catalogue import load_city
from kiosk.backend.store import Page, Store
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.sync import client as client_module
from kiosk.sync.client import BackendAway, BackendClient, _UnixConnection
from kiosk.wire.city import District, Indicator, Latest, Observation
from kiosk.wire.messages import Health
from kiosk.wire.orders import Order
from tests.helpers.broker import free_port
from tests.helpers.city import prepared_store, running, settings_in


class Still(NamedTuple):
    socket: Path
    url: str


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_store(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def socket(tmp_path: Path, prepared: Path) -> Iterator[Path]:
    shutil.copy(prepared, tmp_path)
    with running(backend.run, settings_in(tmp_path)) as worker:
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        yield tmp_path / "backend.sock"


def get(socket: Path, path: str) -> tuple[int, dict[str, object]]:
    connection = _UnixConnection(socket, 5)
    connection.request("GET", path)
    response = connection.getresponse()
    body = json.loads(response.read())
    connection.close()
    return response.status, body


def test_changes_come_in_the_order_of_their_revisions(socket: Path) -> None:
    status, page = get(socket, "/v1/changes?since=0&limit=50")
    assert status == 200
    assert set(page) == {"epoch", "revision", "rows", "more", "head"}
    rows = page["rows"]
    assert isinstance(rows, list)
    revisions = [row["revision"] for row in rows]
    assert len(revisions) == 50
    assert revisions == sorted(set(revisions))
    assert page["revision"] == revisions[-1]
    assert page["more"] is True


def test_an_indicator_comes_before_its_figures(socket: Path) -> None:
    client = BackendClient(socket)
    known: set[str] = set()
    districts: list[District] = []
    figures = since = 0
    more = True
    while more:
        page = client.page(since, 5000)
        for change in page.rows:
            row = change.row
            match row:
                case District():
                    districts.append(row)
                case Indicator():
                    known.add(row.id)
                case Observation(indicator=of) | Latest(observation=Observation(indicator=of)):
                    assert of in known
                    figures += 1
        since, more = page.revision, page.more
    client.close()
    assert figures > 12_000
    assert known == {of.id for of in load_city(pack_folder(Settings())).indicators}
    assert len(districts) == 25
    assert all(d.boundary for d in districts)


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("since=-1", "since", "-1"),
        ("since=abc", "since", "abc"),
        ("since=1e3", "since", "1e3"),
        ("since=9223372036854775808", "since", "9223372036854775808"),
        ("limit=0", "limit", "0"),
        ("limit=5001", "limit", "5001"),
        ("limit=٣", "limit", "٣"),
    ],
)
def test_a_wrong_query_is_refused_with_field_value_and_what_was_expected(
    socket: Path, query: str, field: str, value: str
) -> None:
    status, body = get(socket, f"/v1/changes?{quote(query, safe='=&')}")
    assert status == 400
    error = body["error"]
    assert isinstance(error, dict)
    assert (error["field"], error["value"]) == (field, value)
    assert error["expected"].startswith("a whole number from")


def test_asking_beyond_the_end_gives_nothing(socket: Path) -> None:
    status, page = get(socket, "/v1/changes?since=999999999")
    assert (status, page["rows"], page["more"]) == (200, [], False)


@pytest.fixture
def still(tmp_path: Path, prepared: Path) -> Iterator[Still]:
    """A city that stands still, served on a socket and on loopback."""
    port = free_port()
    shutil.copy(prepared, tmp_path)
    settings = settings_in(tmp_path, step_s=3600)
    served = msgspec.structs.replace(settings.backend, listen=f"127.0.0.1:{port}")
    with running(backend.run, msgspec.structs.replace(settings, backend=served)) as worker:
        worker.wait_for(lambda m: isinstance(m, Health) and m.state == "running")
        yield Still(tmp_path / "backend.sock", f"http://127.0.0.1:{port}")


def ask(socket: Path, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = _UnixConnection(socket, 5)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_the_same_rows_come_compressed_to_who_takes_that(still: Still) -> None:
    path = "/v1/changes?since=0&limit=500"
    plain, rows = ask(still.socket, path)
    zipped, small = ask(still.socket, path, Accept_Encoding="br, gzip;q=0.5")
    refused, again = ask(still.socket, path, Accept_Encoding="gzip;q=0, identity")
    assert plain.headers.get("Content-Encoding") is refused.headers.get("Content-Encoding") is None
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small) == rows == again
    assert len(small) < len(rows) / 3
    assert {r.headers["Vary"] for r in (plain, zipped)} == {"Accept-Encoding"}
    assert plain.headers["ETag"] == zipped.headers["ETag"]


def test_who_has_the_answer_is_told_so_until_something_changes(still: Still) -> None:
    path = "/v1/changes?since=0&limit=7"
    first, _ = ask(still.socket, path)
    etag = first.headers["ETag"]
    for known in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*"):
        same, body = ask(still.socket, path, If_None_Match=known)
        assert (same.status, body, same.headers["ETag"]) == (304, b"", etag)
    other, body = ask(still.socket, path, If_None_Match='W/"other"')
    assert (other.status, len(json.loads(body)["rows"])) == (200, 7)
    client = BackendClient(still.socket)
    order = Order("o-1", 5, "mayor", "fire", "확인", "")
    client.post("/v1/orders", "o-1", msgspec.json.encode(order))
    client.close()
    changed, _ = ask(still.socket, path, If_None_Match=etag)
    assert changed.status == 200
    assert changed.headers["ETag"] != etag


def test_a_kiosk_far_away_takes_compressed_pages_and_asks_for_none_twice(
    still: Still, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[tuple[int, str | None, int]] = []

    def noted(response: http.client.HTTPResponse) -> bytes:
        body = read(response)
        coding = response.headers.get("Content-Encoding")
        answers.append((response.status, coding, len(body)))
        return body

    read = client_module._body
    monkeypatch.setattr(client_module, "_body", noted)
    far, near = BackendClient(still.url), BackendClient(still.socket)
    assert far.page(0, 500) == near.page(0, 500)
    head = near.page(0, 1).head
    quiet = far.page(head, 500)
    assert (quiet.rows, quiet.revision) == ((), head)
    assert far.page(head, 500) == quiet
    assert near.page(head, 500) == near.page(head, 500) == quiet
    near.post("/v1/orders", "o-2", msgspec.json.encode(Order("o-2", 5, "mayor", "fire", "확인")))
    assert [change.revision for change in far.page(head, 500).rows] == [head + 1]
    far.close()
    near.close()
    told = [(status, coding) for status, coding, _ in answers]
    assert told[:2] == [(200, "gzip"), (200, None)]
    assert told[3:8] == [(200, None), (304, None), (200, None), (304, None), (201, None)]


@pytest.mark.parametrize(
    "body",
    [b"no gzip at all", gzip.compress(b"{}")[:-4], gzip.compress(b" " * (1 << 20))],
    ids=["other", "cut", "swollen"],
)
def test_a_compressed_answer_that_cannot_be_read_is_told_as_such(
    body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "BODY_MAX_BYTES", 1 << 16)
    with answering(body, {"Content-Encoding": "gzip"}) as url:
        client = BackendClient(url)
        with pytest.raises(BackendAway, match="can't be read"):
            client.page(0, 10)
        client.close()


def test_health_names_epoch_and_revision(socket: Path) -> None:
    status, body = get(socket, "/v1/health")
    _, page = get(socket, "/v1/changes?limit=1")
    assert status == 200
    assert body["epoch"] == page["epoch"]
    assert isinstance(body["revision"], int)


def test_wake_ups_tell_each_new_revision(socket: Path) -> None:
    client = BackendClient(socket)
    listening = client.wakeups()
    first = next(listening)
    later = next(listening)
    assert later.epoch == first.epoch
    assert later.revision > first.revision
    page = BackendClient(socket)
    assert page.page(first.revision, 100).rows
    client.close()
    page.close()


def test_a_store_that_cannot_be_read_now_is_told_as_such(
    still: Still, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_store: Store, _since: int, _limit: int) -> Page:
        raise OperationalError("SELECT", None, Exception("the server is away"))

    client = BackendClient(still.socket)
    with monkeypatch.context() as broken:
        broken.setattr(Store, "changes", away)
        with pytest.raises(BackendAway, match="503"):
            client.page(0, 10)
    assert client.page(0, 10).rows
    client.close()


def test_an_unknown_path_is_an_answer_that_the_client_can_explain(socket: Path) -> None:
    client = BackendClient(socket)
    with pytest.raises(BackendAway, match="404"):
        client.post("/v1/nothing", "x", b"{}")
    client.close()


def test_nobody_there_is_told_as_such(tmp_path: Path) -> None:
    client = BackendClient(tmp_path / "none.sock")
    with pytest.raises(BackendAway, match="can't be reached"):
        client.page(0, 10)


def test_a_connection_that_was_closed_for_being_idle_is_opened_again(socket: Path) -> None:
    client = BackendClient(socket)
    client.page(0, 1)
    assert isinstance(client._connection, http.client.HTTPConnection)
    client._connection.sock.close()
    client._connection.sock = Closed()
    assert client.page(0, 1).rows
    client.close()


def test_a_citys_own_backend_is_reached_over_http_below_a_path(socket: Path) -> None:
    class Relay(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = get(socket, self.path.removeprefix("/city"))
            found = status if self.path.startswith("/city/v1/") else 404
            send(self, found, json.dumps(body).encode(), {})

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with serving(Relay) as url:
        client = BackendClient(f"{url}/city/")
        assert len(client.page(0, 7).rows) == 7
        client.close()


@contextlib.contextmanager
def answering(body: bytes, headers: dict[str, str]) -> Iterator[str]:
    """A server that says the same to everybody."""

    class Same(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            send(self, 200, body, headers)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with serving(Same) as url:
        yield url


def send(
    to: http.server.BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]
) -> None:
    to.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        to.send_header(name, value)
    to.end_headers()
    to.wfile.write(body)


@contextlib.contextmanager
def serving(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    server = http.server.HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Closed:
    """A socket whose other end has gone."""

    def sendall(self, _data: bytes) -> None:
        raise BrokenPipeError

    def close(self) -> None:
        pass

    def shutdown(self, _how: int) -> None:
        raise OSError
