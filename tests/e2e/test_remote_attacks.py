"""Attacks on the LAN face. Each test fails when its defence is taken out."""

import asyncio
import contextlib
import json
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from kiosk.remote.client import Sockets, Tablet, TabletError
from kiosk.remote.keys import base64url, connect_statement, pair_statement
from kiosk.remote.limits import Limits
from kiosk.remote.pairing import GUESSED, WRONG_CODES
from kiosk.remote.shell import read_shell
from kiosk.wire.messages import PairingAsked, PairingGone, RefusedRequest, TabletRequest
from tests.helpers.sample_projections import home
from tests.helpers.scripted_wall import ScriptedWall, scripted_wall

LIMITS = Limits(
    handshake_s=0.4,
    first_request_s=0.4,
    connection_s=1.0,
    proof_s=0.6,
    connections_per_address=20,
    unproven=6,
    requests_per_s=5.0,
    request_burst=60,
)
PATIENT = Limits(handshake_s=2.0, connections=150)
FLOODED = Limits(handshake_s=30.0, half_open=40)
SECRETS = ("시정 상황판", "송파", "을지로", "figure-1")


@pytest.fixture
def wall(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[ScriptedWall]:
    limits = getattr(request, "param", LIMITS)
    with scripted_wall(tmp_path, limits=limits) as wall:
        wall.tell_devices()
        wall.show(home(1_790_000_000_000))
        yield wall


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    sockets = Sockets()
    async with aiohttp.ClientSession(connector=sockets.connector(_any_certificate())) as session:
        yield session
    await sockets.hang_up()


@pytest.fixture
async def tablet(wall: ScriptedWall, tmp_path: Path) -> AsyncIterator[Tablet]:
    """A tablet that is paired, not connected."""
    wall.accepts = "official"
    async with Tablet(tmp_path / "certificates" / "ca.pem") as tablet:
        await tablet.pair(await asyncio.to_thread(wall.offer), "태블릿")
        wall.accepts = None
        yield tablet


def refused(wall: ScriptedWall, reason: str) -> None:
    """The refusal was told, for the audit."""
    wall.wait_for(RefusedRequest, lambda told: reason in told.reason)


async def open_socket(
    http: aiohttp.ClientSession, wall: ScriptedWall, **headers: str
) -> aiohttp.ClientWebSocketResponse:
    given = {"Origin": wall.url.rstrip("/"), **headers}
    return await http.ws_connect(f"{wall.url}ws", headers=given)


async def say(socket: aiohttp.ClientWebSocketResponse, message: Any) -> dict[str, Any]:
    """Sends after the challenge; the next message, {} when the server hung up."""
    await socket.send_str(message if isinstance(message, str) else json.dumps(message))
    got = await socket.receive(5)
    return json.loads(got.data) if got.type == aiohttp.WSMsgType.TEXT else {}


async def test_the_shell_says_nothing_of_the_city(
    wall: ScriptedWall, http: aiohttp.ClientSession
) -> None:
    for path in read_shell():
        async with http.get(wall.url.rstrip("/") + path) as answer:
            assert answer.status == 200
            body = await answer.read()
            assert not any(secret.encode() in body for secret in SECRETS), path


async def test_every_answer_carries_the_strict_headers(
    wall: ScriptedWall, http: aiohttp.ClientSession
) -> None:
    for path in ("/", "/app/main.js", "/absent", "/ws"):
        async with http.get(wall.url.rstrip("/") + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "http" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Set-Cookie" not in answer.headers
            assert "aiohttp" not in answer.headers["Server"]


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/app/..%2f..%2f..%2fkiosk/remote/keys.py",
        "//etc/passwd",
        "/fonts/../../pyproject.toml",
        "/certificates/ca.key",
        "/index.html%00.js",
        "/app",
        "/app/",
    ],
)
async def test_path_traversal(wall: ScriptedWall, path: str) -> None:
    answer = await raw(wall, f"GET {path} HTTP/1.1\r\nHost: {host(wall)}\r\n\r\n".encode())
    assert answer.split()[1] in (b"404", b"400")
    assert b"root:" not in answer
    assert b"import" not in answer
    await asyncio.to_thread(refused, wall, "unknown path")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    ],
)
async def test_what_is_no_http(
    wall: ScriptedWall, request_bytes: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await raw(wall, request_bytes)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1] == b"400"
    assert body == b""
    await asyncio.to_thread(refused, wall, "not HTTP")
    assert caplog.records == []  # a stranger writes nothing into the log


async def test_dns_rebinding(wall: ScriptedWall, http: aiohttp.ClientSession) -> None:
    for name in ("evil.example", "evil.example:" + host(wall).split(":")[1], "127.0.0.1", ""):
        async with http.get(wall.url, headers={"Host": name}) as answer:
            assert answer.status in (400, 421)
            assert await answer.read() == b""
    refused(wall, "foreign host name")


async def test_no_origin_at_all(wall: ScriptedWall, http: aiohttp.ClientSession) -> None:
    """A program that is no browser names none."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as error:
        await http.ws_connect(f"{wall.url}ws")
    assert error.value.status == 403
    refused(wall, "foreign origin")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1"])
async def test_foreign_origin(wall: ScriptedWall, http: aiohttp.ClientSession, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as error:
        await open_socket(http, wall, Origin=origin)
    assert error.value.status == 403
    refused(wall, "foreign origin")


async def test_an_origin_that_only_looks_the_same(
    wall: ScriptedWall, http: aiohttp.ClientSession
) -> None:
    """The right host under another of the server's names is still another origin."""
    port = host(wall).split(":")[1]
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await open_socket(http, wall, Origin=f"https://localhost:{port}")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
async def test_only_reading(wall: ScriptedWall, http: aiohttp.ClientSession, method: str) -> None:
    async with http.request(method, wall.url, data=b"x" * 100) as answer:
        assert answer.status == 405
    refused(wall, "method")


async def test_a_nonce_is_good_for_its_own_socket_only(
    wall: ScriptedWall, http: aiohttp.ClientSession, tablet: Tablet
) -> None:
    one, two = await open_socket(http, wall), await open_socket(http, wall)
    nonces = [json.loads((await s.receive()).data)["nonce"] for s in (one, two)]
    assert nonces[0] != nonces[1]
    statement = connect_statement(nonces[0], wall.url.rstrip("/"), tablet.device)
    proof = {"type": "prove", "device": tablet.device, "signature": tablet.sign(statement)}
    assert await say(two, proof) == {"type": "refused", "reason": "no"}
    assert (await say(one, proof))["type"] == "welcome"
    three = await open_socket(http, wall)
    await three.receive()
    assert await say(three, proof) == {"type": "refused", "reason": "no"}
    refused(wall, "unknown device or signature")


async def test_a_signature_for_another_origin(
    wall: ScriptedWall, http: aiohttp.ClientSession, tablet: Tablet
) -> None:
    socket = await open_socket(http, wall)
    nonce = json.loads((await socket.receive()).data)["nonce"]
    statement = connect_statement(nonce, "https://evil.example", tablet.device)
    proof = {"type": "prove", "device": tablet.device, "signature": tablet.sign(statement)}
    assert await say(socket, proof) == {"type": "refused", "reason": "no"}


async def test_device_takeover_and_unknown_devices_look_alike(
    wall: ScriptedWall, http: aiohttp.ClientSession, tablet: Tablet, tmp_path: Path
) -> None:
    answers = []
    async with Tablet(tmp_path / "certificates" / "ca.pem") as thief:
        for device in (tablet.device, thief.device, "", "tablet-nobody"):
            socket = await open_socket(http, wall)
            nonce = json.loads((await socket.receive()).data)["nonce"]
            signature = thief.sign(connect_statement(nonce, wall.url.rstrip("/"), device))
            proof = {"type": "prove", "device": device, "signature": signature}
            answers.append(await say(socket, proof))
    assert answers == [{"type": "refused", "reason": "no"}] * 4


async def test_a_pairing_without_the_private_key(
    wall: ScriptedWall, http: aiohttp.ClientSession, tablet: Tablet
) -> None:
    """Somebody else's public key can't be paired: the code must be signed with its private one."""
    url = await asyncio.to_thread(wall.offer)
    wall.forget()
    socket = await open_socket(http, wall)
    await socket.receive()
    key = json.loads(tablet.public_key.jwk())
    pair = {"type": "pair", "code": url.split("=")[1], "key": key, "name": "도둑"}
    answer = await say(socket, {**pair, "signature": "A" * 86})
    assert answer == {"type": "refused", "reason": "no"}
    assert wall.all_of(PairingAsked) == []


async def test_brute_force_is_slowed_per_address(wall: ScriptedWall, tmp_path: Path) -> None:
    url = await asyncio.to_thread(wall.offer)
    async with Tablet(tmp_path / "certificates" / "ca.pem") as guesser:
        for guess in range(LIMITS.failure_burst):
            with pytest.raises(TabletError, match="'no'"):
                await guesser.pair(f"{url.split('#')[0]}#pair={guess:022d}", "x")
        with pytest.raises(TabletError, match="not let in: 429"):
            await asyncio.wait_for(guesser.pair(url, "x"), 5)
    refused(wall, "too many failures")


async def test_brute_force_from_everywhere_closes_the_offer(
    wall: ScriptedWall, tmp_path: Path
) -> None:
    """Each address stays below its own limit; all together they use up the offer."""
    url = await asyncio.to_thread(wall.offer)
    each = LIMITS.failure_burst // 2
    base, code = url.split("=")
    for number in range(WRONG_CODES // each):
        connector = aiohttp.TCPConnector(
            ssl=_any_certificate(), local_addr=(f"127.0.1.{number + 1}", 0)
        )
        async with aiohttp.ClientSession(connector=connector) as http:
            for guess in range(each):
                assert (await pair_with(http, wall, f"{guess:022d}"))["reason"] == "no"
    gone = await asyncio.to_thread(wall.wait_for, PairingGone)
    assert gone.reason == GUESSED
    async with Tablet(tmp_path / "certificates" / "ca.pem") as late:
        with pytest.raises(TabletError, match="'no'"):
            await late.pair(f"{base}={code}", "x")
    refused(wall, "pairing code")
    assert wall.all_of(PairingAsked) == []


@pytest.mark.parametrize(
    "message",
    [
        "{",
        "null",
        '{"type":"command","request":"abcdefgh","command":"nav.home"}',
        '{"type":"prove","device":"a","device":"b","signature":"x"}',
        '{"type":"cancel"}',
        "[" * 9000,
        '{"type":"prove","device":' + "9" * 400 + ',"signature":"x"}',
        json.dumps({"type": "prove", "device": "d", "signature": "s" * 17_000}),
    ],
)
async def test_nothing_but_proof_is_heard_first(
    wall: ScriptedWall, http: aiohttp.ClientSession, message: str
) -> None:
    socket = await open_socket(http, wall)
    await socket.receive()
    answer = await say(socket, message)
    assert answer in ({}, {"type": "refused", "reason": "no"})
    assert (await socket.receive(5)).type in (
        aiohttp.WSMsgType.CLOSE,
        aiohttp.WSMsgType.CLOSED,
        aiohttp.WSMsgType.CLOSING,
    )
    assert wall.all_of(TabletRequest) == []


async def test_a_paired_tablet_that_talks_nonsense_is_hung_up_on(
    wall: ScriptedWall, http: aiohttp.ClientSession, tablet: Tablet
) -> None:
    await tablet.connect()
    assert tablet._socket is not None
    await tablet._socket.send_str('{"type":"command","request":"abcdefgh","command":"a","args":[]}')
    await tablet.wait_until(lambda: tablet.goodbye is not None)
    assert tablet.goodbye == "malformed"
    assert wall.all_of(TabletRequest) == []
    refused(wall, "malformed")
    await tablet.connect()
    assert (await tablet.send("nav.home")).status == "done"


@pytest.mark.parametrize(
    "args",
    [
        '{"a":NaN}',
        '{"a":1e999}',
        '{"a":1,"a":2}',
        '{"a":' * 3000 + "1" + "}" * 3000,
        '{"a":"' + "x" * 17_000 + '"}',
        '{"a":["order"]}',
    ],
    ids=["nan", "infinite", "a key twice", "deep", "oversized", "a list"],
)
async def test_hostile_arguments_from_a_paired_tablet(
    wall: ScriptedWall, tablet: Tablet, args: str
) -> None:
    """Being paired gives no right to be misread: the wall hears nothing of it."""
    await tablet.connect()
    assert tablet._socket is not None
    frame = f'{{"type":"command","request":"abcdefgh","command":"nav.home","args":{args}}}'
    await tablet._socket.send_str(frame)
    await tablet.wait_until(lambda: tablet.goodbye is not None)
    assert wall.all_of(TabletRequest) == []
    await asyncio.to_thread(refused, wall, "malformed")


async def test_a_frame_that_is_not_text(wall: ScriptedWall, tablet: Tablet) -> None:
    await tablet.connect()
    assert tablet._socket is not None
    await tablet._socket.send_bytes(b'{"type":"cancel"}')
    await tablet.wait_until(lambda: tablet.goodbye is not None)
    await asyncio.to_thread(refused, wall, "malformed: not text")


async def test_who_never_proves_is_hung_up_on(
    wall: ScriptedWall, http: aiohttp.ClientSession
) -> None:
    socket = await open_socket(http, wall)
    challenge = json.loads((await socket.receive()).data)
    assert set(challenge) == {"type", "nonce", "protocol"}
    assert (await socket.receive(5)).type == aiohttp.WSMsgType.CLOSE
    await asyncio.to_thread(refused, wall, "no proof in time")


async def test_half_open_connections_are_few_and_short(wall: ScriptedWall, tablet: Tablet) -> None:
    """Sockets that never shake hands: over the limit they are closed at once, the rest soon."""
    name, port = host(wall).split(":")
    half_open = [socket.create_connection((name, int(port))) for _ in range(60)]
    try:
        await asyncio.to_thread(refused, wall, "too many connections")
        await asyncio.to_thread(refused, wall, "no handshake")
        await asyncio.wait_for(asyncio.to_thread(_all_closed, half_open), 5)
        await tablet.connect()
        assert (await tablet.send("nav.home")).status == "done"
    finally:
        for connection in half_open:
            connection.close()


@pytest.mark.parametrize("wall", [PATIENT], indirect=True)
async def test_a_thousand_half_open_sockets(wall: ScriptedWall, tablet: Tablet) -> None:
    """From fifty addresses: a tablet that is in is answered meanwhile, one that comes is let in."""
    await tablet.connect()
    name, port = host(wall).split(":")
    half_open = await asyncio.to_thread(_open_from_everywhere, name, int(port), 1000)
    try:
        assert (await tablet.send("nav.home")).status == "done"
        await asyncio.to_thread(refused, wall, "too many connections")
        await asyncio.to_thread(refused, wall, "no handshake")
        await asyncio.wait_for(asyncio.to_thread(_all_closed, half_open), 10)
        await tablet.connect()
        assert (await tablet.send("nav.home")).status == "done"
    finally:
        for connection in half_open:
            connection.close()


@pytest.mark.parametrize("wall", [FLOODED], indirect=True)
async def test_who_means_it_gets_in_beside_a_thousand_half_open_sockets(
    wall: ScriptedWall, tablet: Tablet
) -> None:
    """None of them has run out of time yet: the oldest make room."""
    name, port = host(wall).split(":")
    half_open = await asyncio.to_thread(_open_from_everywhere, name, int(port), 1000)
    try:
        await asyncio.wait_for(tablet.connect(), 5)
        assert (await tablet.send("nav.home")).status == "done"
        await asyncio.to_thread(refused, wall, "too many half open")
    finally:
        for connection in half_open:
            connection.close()


async def test_sockets_that_prove_nothing_are_few(
    wall: ScriptedWall, http: aiohttp.ClientSession
) -> None:
    silent = [await open_socket(http, wall) for _ in range(LIMITS.unproven)]
    with pytest.raises(aiohttp.WSServerHandshakeError) as error:
        await open_socket(http, wall)
    assert error.value.status == 429
    refused(wall, "too many unproven")
    for connection in silent:
        await connection.close()


async def test_a_flood_of_requests(wall: ScriptedWall, http: aiohttp.ClientSession) -> None:
    seen = set()
    for _ in range(LIMITS.request_burst + 40):
        async with http.get(f"{wall.url}absent") as answer:
            seen.add(answer.status)
    assert seen == {404, 429}
    refused(wall, "too many requests")


async def test_slowloris(wall: ScriptedWall) -> None:
    """A request that never ends: the connection is closed."""
    name, port = host(wall).split(":")
    reader, writer = await asyncio.open_connection(name, int(port), ssl=_any_certificate())
    writer.write(f"GET / HTTP/1.1\r\nHost: {host(wall)}\r\nX-Slow: ".encode())
    with contextlib.suppress(ConnectionError):
        assert await asyncio.wait_for(reader.read(), 5) == b""
    await hang_up(writer)
    await asyncio.to_thread(refused, wall, "no request")


@pytest.mark.parametrize("way", ["reads slowly", "asks slowly"])
async def test_a_place_is_held_for_a_while_only(wall: ScriptedWall, way: str) -> None:
    """One good request does not buy a connection for ever; a WebSocket is what stays."""
    name, port = host(wall).split(":")
    reader, writer = await asyncio.open_connection(name, int(port), ssl=_any_certificate())
    writer.write(f"GET / HTTP/1.1\r\nHost: {host(wall)}\r\n\r\n".encode())
    if way == "asks slowly":
        await reader.readuntil(b"</html>")
        writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
    else:
        asking = f"GET /fonts/Pretendard-Bold.otf HTTP/1.1\r\nHost: {host(wall)}\r\n\r\n"
        writer.write(asking.encode() * 20)
        await reader.readexactly(1)
    await asyncio.to_thread(refused, wall, "connection too long")
    writer.transport.abort()


async def test_a_socket_outlives_what_a_request_may_take(
    wall: ScriptedWall, tablet: Tablet
) -> None:
    await tablet.connect()
    with pytest.raises(TabletError, match="not seen"):
        await tablet.wait_until(lambda: tablet.goodbye is not None, LIMITS.connection_s + 0.3)
    assert (await tablet.send("nav.home")).status == "done"


def test_old_tls_is_refused(wall: ScriptedWall) -> None:
    name, port = host(wall).split(":")
    context = _any_certificate()
    with (
        socket.create_connection((name, int(port))) as connection,
        context.wrap_socket(connection) as secure,
    ):
        assert secure.version() == "TLSv1.3"
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        socket.create_connection((name, int(port))) as connection,
        pytest.raises(OSError, match=r"."),
    ):
        context.wrap_socket(connection)


async def test_plain_http_gets_nothing(wall: ScriptedWall) -> None:
    name, port = host(wall).split(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    writer.write(f"GET / HTTP/1.1\r\nHost: {host(wall)}\r\n\r\n".encode())
    with contextlib.suppress(ConnectionError):
        assert b"HTTP" not in await asyncio.wait_for(reader.read(), 5)
    await hang_up(writer)


async def pair_with(http: aiohttp.ClientSession, wall: ScriptedWall, code: str) -> dict[str, Any]:
    """Tries this code with a new key; the server's answer."""
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = key.public_key().public_numbers()
    x, y = (base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
    socket = await open_socket(http, wall)
    nonce = json.loads((await socket.receive()).data)["nonce"]
    statement = pair_statement(nonce, wall.url.rstrip("/"), code)
    r, s = decode_dss_signature(key.sign(statement, ec.ECDSA(hashes.SHA256())))
    signature = base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    jwk = {"crv": "P-256", "kty": "EC", "x": x, "y": y}
    pair = {"type": "pair", "code": code, "key": jwk, "name": "x", "signature": signature}
    answer = await say(socket, pair)
    await socket.close()
    return answer


def host(wall: ScriptedWall) -> str:
    return wall.url.removeprefix("https://").rstrip("/")


async def raw(wall: ScriptedWall, request: bytes) -> bytes:
    name, port = host(wall).split(":")
    reader, writer = await asyncio.open_connection(name, int(port), ssl=_any_certificate())
    writer.write(request)
    answer = await asyncio.wait_for(reader.read(4096), 5)
    await hang_up(writer)
    return answer


async def hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


def _any_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _open_from_everywhere(name: str, port: int, count: int) -> list[socket.socket]:
    made = []
    for number in range(count):
        source = (f"127.0.2.{number % 50 + 1}", 0)
        made.append(socket.create_connection((name, port), timeout=5, source_address=source))
    return made


def _all_closed(connections: list[socket.socket]) -> None:
    for connection in connections:
        connection.settimeout(5)
        with contextlib.suppress(ConnectionError):
            assert connection.recv(1) == b""
