"""The wall's side of a conference server, with one that misbehaves in its place: whatever it says
or leaves unsaid ends in an error that says what, soon, and leaves nothing open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from kiosk.remote import janus
from kiosk.remote.janus import PROTOCOL, Janus
from kiosk.remote.sfu import SfuError

Says = Callable[[web.WebSocketResponse], Awaitable[None]]


@asynccontextmanager
async def server(says: Says) -> AsyncIterator[str]:
    """Its address; each connection is given to `says`."""

    async def handle(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=(PROTOCOL,))
        await socket.prepare(request)
        await says(socket)
        return socket

    app = web.Application()
    app.router.add_get("/", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"ws://{host}:{port}"
    finally:
        await runner.cleanup()


async def said(words: str) -> str:
    """What comes of it when this is all that the server ever says."""

    async def says(socket: web.WebSocketResponse) -> None:
        asked = await socket.receive_json()
        await socket.send_str(words.replace("NUMBER", asked["transaction"]))
        await socket.receive()

    async with server(says) as url:
        room = Janus(url)
        with pytest.raises(SfuError) as caught:
            await room.open()
        assert not room.there
    return str(caught.value)


@pytest.mark.parametrize("words", ["nonsense", "[1, 2]", "17", '"a"', "null"])
async def test_words_of_no_janus(words: str) -> None:
    assert "no words of a Janus" in await said(words)


async def test_a_refusal_is_told_in_its_words() -> None:
    error = '{"janus": "error", "transaction": "NUMBER", "error": {"reason": "Unauthorized"}}'
    assert await said(error) == "create: Unauthorized"


async def test_one_that_hangs_up() -> None:
    async def says(socket: web.WebSocketResponse) -> None:
        await socket.receive()
        await socket.close()

    async with server(says) as url:
        with pytest.raises(SfuError, match="gone"):
            await Janus(url).open()


async def test_one_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(janus, "ANSWER_S", 0.05)

    async def says(socket: web.WebSocketResponse) -> None:
        await socket.receive()
        await asyncio.wait_for(socket.receive(), 5)

    async with server(says) as url:
        with pytest.raises(SfuError, match="no answer"):
            await Janus(url).open()


async def test_nobody_there() -> None:
    with pytest.raises(SfuError, match="not reached"):
        await Janus("ws://127.0.0.1:9").open()


async def test_an_answer_to_nothing_that_was_asked_is_left_alone() -> None:
    async def says(socket: web.WebSocketResponse) -> None:
        await socket.receive()
        await socket.send_str('{"janus": "success", "transaction": "999", "data": {"id": 1}}')
        await socket.send_str('{"janus": "webrtcup", "sender": 17}')
        await socket.close()

    async with server(says) as url:
        with pytest.raises(SfuError, match="gone"):
            await Janus(url).open()
