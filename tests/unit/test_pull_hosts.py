"""Where a source may be asked: its declared host, over http(s), never this machine unawares."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from yarl import URL

from kiosk.backend.pull import fetch, hosts
from kiosk.backend.pull.fetch import Call, Fetcher, SourceAway
from kiosk.settings.secrets import Secrets

KEY = "5365637265744b6579"


@asynccontextmanager
async def serving(*routes: web.RouteDef) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def ask(call: Call) -> bytes:
    fetcher = Fetcher(Secrets({"seoul": KEY}), timeout_s=5)
    try:
        return await fetcher.get(call)
    finally:
        await fetcher.close()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "169.254.169.254",
        "::1",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "224.0.0.1",
    ],
)
def test_this_machine_and_what_is_link_local_are_forbidden(address: str) -> None:
    assert hosts.forbidden(address)


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.0.9", "211.34.1.1", "2001:db8::1"])
def test_other_machines_are_not(address: str) -> None:
    assert not hosts.forbidden(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:7f00:1]"],
)
def test_no_spelling_of_this_machine_is_reached(host: str) -> None:
    asyncio.run(_not_reached(host))


async def _not_reached(host: str) -> None:
    asked = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="private")

    async with serving(web.get("/", answer)) as base:
        port = URL(base).port
        with pytest.raises(SourceAway, match=r"this machine|not a canonical"):
            await ask(Call(f"http://{host}:{port}/"))
        assert asked == []
        assert await ask(Call(base, local=True)) == b"private"


def test_a_name_that_leads_here_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(SourceAway, match="this machine"):
        asyncio.run(ask(Call("http://data.city.example/")))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://host/x", "gopher://h", "x", ""])
async def test_only_http_is_spoken(address: str) -> None:
    with pytest.raises(SourceAway):
        await ask(Call(address, local=True))


async def test_a_redirect_to_another_place_is_refused_and_gets_no_key() -> None:
    seen: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        seen.append(str(request.rel_url) + str(request.headers))
        return web.Response(text="thanks for the key")

    async with serving(web.get("/{path:.*}", elsewhere)) as other:

        async def moved(request: web.Request) -> web.Response:
            raise web.HTTPFound(f"{other}{request.path}")

        async with serving(web.get("/{path:.*}", moved)) as base:
            call = Call(f"{base}/{{key}}/air", "seoul", {"X-Token": "{key}"}, local=True)
            with pytest.raises(SourceAway, match="another place") as caught:
                await ask(call)
    assert seen == []
    assert KEY not in str(caught.value)


async def test_a_redirect_on_the_same_host_is_followed_a_few_times() -> None:
    async def moved(request: web.Request) -> web.Response:
        left = int(request.match_info["left"])
        if left:
            raise web.HTTPMovedPermanently(f"/{left - 1}")
        return web.Response(text="here")

    async with serving(web.get("/{left}", moved)) as base:
        assert await ask(Call(f"{base}/{fetch.MOST_MOVES}", local=True)) == b"here"
        with pytest.raises(SourceAway, match="elsewhere more than"):
            await ask(Call(f"{base}/{fetch.MOST_MOVES + 1}", local=True))


@pytest.mark.parametrize(
    ("asked", "other", "same"),
    [
        ("http://a/x", "http://a/y", True),
        ("http://a/x", "https://a/x", True),
        ("https://a/x", "http://a/x", False),
        ("http://a/x", "http://a:8080/x", False),
        ("http://a/x", "http://b/x", False),
        ("http://a/x", "http://a.b/x", False),
    ],
)
def test_where_a_key_may_follow(asked: str, other: str, same: bool) -> None:
    assert hosts.same_place(URL(asked), URL(other)) is same


async def test_a_key_in_a_header_or_form_arrives_and_is_in_no_error() -> None:
    async def echo(request: web.Request) -> web.Response:
        form = await request.post()
        return web.json_response([request.headers.get("X-Token"), form.get("api_key")])

    async with serving(web.post("/", echo)) as base:
        form = {"api_key": "{key}"}
        call = Call(base, "seoul", {"X-Token": "{key}"}, "POST", form, local=True)
        assert json.loads(await ask(call)) == [KEY, KEY]
        broken = call._replace(headers={"X-Token": "{key}\r\nX: y"})
        with pytest.raises(SourceAway) as caught:
            await ask(broken)
    assert KEY not in str(caught.value)


async def test_an_answer_that_does_not_end_or_does_not_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 100_000)

    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(100):
            await response.write(b"x" * 50_000)
        return response

    async def silence(_request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async with serving(web.get("/flood", flood), web.get("/silence", silence)) as base:
        with pytest.raises(SourceAway, match="more than 100000 bytes"):
            await ask(Call(f"{base}/flood", local=True))
        fetcher = Fetcher(Secrets({}), timeout_s=0.2)
        with pytest.raises(SourceAway, match="in time"):
            await fetcher.get(Call(f"{base}/silence", local=True))
        await fetcher.close()
