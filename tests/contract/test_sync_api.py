"""The shape of the sync API, against the real server."""

import http.client
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kiosk.backend import worker as backend
from kiosk.sync.client import BackendAway, BackendClient, _UnixConnection
from kiosk.wire.city import District, Indicator, Latest, Observation
from kiosk.wire.messages import Health
from tests.helpers.city import prepared_store, running, settings_in


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
    assert len(known) == 32
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


def test_an_unknown_path_is_an_answer_that_the_client_can_explain(socket: Path) -> None:
    client = BackendClient(socket)
    with pytest.raises(BackendAway, match="404"):
        client._read("/v1/nothing")
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
            payload = json.dumps(body).encode()
            self.send_response(status if self.path.startswith("/city/v1/") else 404)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Relay)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        client = BackendClient(f"http://127.0.0.1:{server.server_port}/city/")
        assert len(client.page(0, 7).rows) == 7
        client.close()
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
