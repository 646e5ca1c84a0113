"""A room of Janus' VideoRoom plugin (1.x, several streams a connection), over its WebSocket.

After its documentation ("Janus API" and "VideoRoom plugin"). The room lives as long as the call:
private, with a PIN and a secret made for it, recording nothing."""

import asyncio
import contextlib
import itertools
import secrets
import ssl
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from kiosk.remote.sfu import SfuError, SfuPlace, Way
from kiosk.settings.model import CallSettings

PLUGIN = "janus.plugin.videoroom"
PROTOCOL = "janus-protocol"
ANSWER_S = 5.0
KEEP_ALIVE_S = 20.0
LIMIT_BYTES = 256 * 1024
MOST_INSIDE = 8
BITRATE = 700_000
"""Bits a second of one picture, at most: six of them still fit a city's Wi-Fi."""


class Janus:
    """One session with the server, and one room in it; see `kiosk.remote.sfu.Sfu`."""

    def __init__(self, url: str, secret: str = "", tls: ssl.SSLContext | None = None) -> None:
        """`secret` is the server's `api_secret`; `tls` who vouches for a server by wss."""
        self._url = url
        self._secret = secret
        self._tls = tls
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._session = 0
        self._desk = 0
        self._room = 0
        self._pin = secrets.token_urlsafe(18)
        self._key = secrets.token_urlsafe(18)
        self._numbers = itertools.count(1)
        self._asked: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._ways: dict[int, Way] = {}

    @property
    def there(self) -> bool:
        return self._socket is not None and not self._socket.closed

    async def open(self) -> None:
        self._http = aiohttp.ClientSession()
        try:
            async with asyncio.timeout(ANSWER_S):
                self._socket = await self._http.ws_connect(
                    self._url,
                    protocols=(PROTOCOL,),
                    ssl=self._tls if self._tls is not None else True,
                    max_msg_size=LIMIT_BYTES,
                )
        except (OSError, TimeoutError, aiohttp.ClientError) as error:
            await self.close()
            raise SfuError(f"not reached: {type(error).__name__}: {error}") from error
        self._tasks = [asyncio.ensure_future(work()) for work in (self._listen, self._keep_alive)]
        try:
            self._session = _id_of(await self._say("create"))
            self._desk = await self._attach()
            self._room = secrets.randbelow(2**52) + 1
            await self._ask(self._desk, self._new_room())
        except SfuError:
            await self.close()
            raise

    async def publish(self, offer: str) -> Way:
        way = Way(await self._attach(), "")
        self._ways[way.handle] = way
        body = {"request": "joinandconfigure", "ptype": "publisher", **self._door()}
        data, way.sdp = await self._ask(way.handle, body, ("offer", offer))
        way.feed = int(data.get("id", 0))
        return way

    async def subscribe(self, published: Way) -> Way:
        way = Way(await self._attach(), "")
        self._ways[way.handle] = way
        body = {"request": "join", "ptype": "subscriber", **self._door()}
        _, way.sdp = await self._ask(way.handle, body | {"streams": [{"feed": published.feed}]})
        return way

    async def finish(self, way: Way, answer: str) -> None:
        await self._ask(way.handle, {"request": "start"}, ("answer", answer))

    async def drop(self, way: Way) -> None:
        if self._ways.pop(way.handle, None) is not None:
            await self._say("detach", handle_id=way.handle)

    async def close(self) -> None:
        if self._socket is not None and not self._socket.closed:
            with contextlib.suppress(SfuError):
                body = {"request": "destroy", "room": self._room, "secret": self._key}
                await self._ask(self._desk, body)
                await self._say("destroy")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        if self._http is not None:
            await self._http.close()
        self._lost("closed")

    # ---- in its words

    def _door(self) -> dict[str, Any]:
        return {"room": self._room, "pin": self._pin}

    def _new_room(self) -> dict[str, Any]:
        return {
            "request": "create",
            **self._door(),
            "secret": self._key,
            "is_private": True,
            "publishers": MOST_INSIDE,
            "bitrate": BITRATE,
            "bitrate_cap": True,
            "audiocodec": "opus",
            "videocodec": "vp8",
            "record": False,
        }

    async def _attach(self) -> int:
        return _id_of(await self._say("attach", plugin=PLUGIN))

    async def _ask(
        self, handle: int, body: dict[str, Any], jsep: tuple[str, str] | None = None
    ) -> tuple[dict[str, Any], str]:
        """What the plugin says to it, and the SDP that came with that."""
        more: dict[str, Any] = {"handle_id": handle, "body": body}
        if jsep is not None:
            more["jsep"] = {"type": jsep[0], "sdp": jsep[1], "trickle": False}
        answer = await self._say("message", **more)
        data = answer.get("plugindata", {}).get("data", {})
        if "error" in data:
            raise SfuError(f"{body['request']}: {data['error']}")
        return data, str(answer.get("jsep", {}).get("sdp", ""))

    async def _say(self, what: str, **more: Any) -> dict[str, Any]:
        if self._socket is None or self._socket.closed:
            raise SfuError("the connection is gone")
        number = str(next(self._numbers))
        message: dict[str, Any] = {"janus": what, "transaction": number, **more}
        if self._session:
            message["session_id"] = self._session
        if self._secret:
            message["apisecret"] = self._secret
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(ANSWER_S):
                await self._socket.send_json(message)
                told: dict[str, Any] = await answer
        except (TimeoutError, ConnectionError) as error:
            raise SfuError(f"{what}: no answer") from error
        finally:
            self._asked.pop(number, None)
        if told.get("janus") == "error":
            raise SfuError(f"{what}: {told.get('error', {}).get('reason', 'refused')}")
        return told

    # ---- what it says

    async def _listen(self) -> None:
        assert self._socket is not None
        try:
            async for frame in self._socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self._heard(frame.json())
            self._lost("the connection is gone")
        except (ValueError, TypeError, AttributeError) as error:
            self._lost(f"no words of a Janus: {type(error).__name__}")
            await self._socket.close()

    def _heard(self, message: dict[str, Any]) -> None:
        kind = message.get("janus")
        if kind == "webrtcup" and message.get("sender") in self._ways:
            self._ways[message["sender"]].up.set()
        answer = self._asked.get(str(message.get("transaction")))
        # An "ack" only says that the plugin will answer.
        if answer is not None and not answer.done() and kind != "ack":
            answer.set_result(message)

    def _lost(self, why: str) -> None:
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(SfuError(why))

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(KEEP_ALIVE_S)
            try:
                await self._say("keepalive")
            except SfuError:
                return


def place_of(settings: CallSettings) -> SfuPlace | None:
    """Where a site has its server, None without one. A secret or CA that can't be read is told when
    a room is to be made (SfuError)."""
    if not settings.sfu_url:
        return None
    host = settings.sfu_address or urlsplit(settings.sfu_url).hostname or ""
    return SfuPlace(partial(_made, settings), host)


def _made(settings: CallSettings) -> Janus:
    try:
        secret = settings.sfu_secret_file and Path(settings.sfu_secret_file).read_text("utf-8")
        tls = (
            ssl.create_default_context(cafile=settings.sfu_ca_file)
            if settings.sfu_ca_file
            else None
        )
    except (OSError, ValueError) as error:
        raise SfuError(f"calls.sfu_secret_file or sfu_ca_file: {error}") from error
    return Janus(settings.sfu_url, secret.strip(), tls)


def _id_of(answer: dict[str, Any]) -> int:
    return int(answer.get("data", {}).get("id", 0))
