"""Stands between the board's browser and the public edition: passes on the boards' pages and what
they are made of, and nothing else; while the edition does not answer it says so itself.

It is the browser's proxy, too: whatever else that asks for, on whatever host, leads to the board.
"""

import re
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

HOST = "127.0.0.1"
BEGIN = "/board"
PASSED = re.compile(
    r"/board|/(ko|en)/board(/[a-z][a-z0-9-]*)?|/assets/[A-Za-z0-9._-]+"
    r"|/share/[A-Za-z0-9/_-]+/(ko|en)\.svg"
)
"""What is asked of the edition."""
VERSION = re.compile(r"v=[0-9a-f]+")
PAGE = re.compile(r"/board|/(ko|en)/board(/.*)?")
KEPT = ("Content-Type", "Cache-Control", "ETag", "Last-Modified", "Content-Language")
ASKED = ("Accept", "If-None-Match")
TIMEOUT_S = 8.0
MOST_BYTES = 8_000_000
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
ASSETS = Path(__file__).resolve().parents[3] / "assets"
WAIT = ASSETS / "board" / "wait.html"
OWN = {
    "/hold/wait.css": (ASSETS / "board" / "wait.css", "text/css"),
    "/hold/wait.js": (ASSETS / "board" / "wait.js", "text/javascript"),
    "/hold/city-600.woff2": (ASSETS / "public" / "fonts" / "city-600.woff2", "font/woff2"),
}
"""What the holder has of its own, for when there is no edition."""


class Holder:
    """`async with` it; `address` is where the browser begins. `url` is the edition's, without a
    stroke at its end."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._runner: web.AppRunner | None = None
        self._client: aiohttp.ClientSession | None = None
        self.port = 0

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        return self.origin + BEGIN

    async def __aenter__(self) -> "Holder":
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        self._client = aiohttp.ClientSession(
            timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=True
        )
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        assert self._client is not None
        await self._runner.cleanup()
        await self._client.close()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.method not in ("GET", "HEAD"):
            return web.Response(status=405, headers=HEADERS)
        asked = urlsplit(request.raw_path)  # whole, where it is asked as a proxy
        path = asked.path
        if (asked.netloc or request.host) != f"{HOST}:{self.port}":
            return _to_board(self.address)
        if path in OWN:
            file, kind = OWN[path]
            return web.Response(body=file.read_bytes(), content_type=kind, headers=HEADERS)
        if not PASSED.fullmatch(path):
            return _to_board(self.address)
        try:
            return await self._asked(request, path, asked.query)
        except (aiohttp.ClientError, TimeoutError, _UnfitError):
            return _waiting(path)

    async def _asked(self, request: web.Request, path: str, query: str) -> web.Response:
        assert self._client is not None
        query = query if VERSION.fullmatch(query) else ""
        headers = {name: request.headers[name] for name in ASKED if name in request.headers}
        target = self._url + path + (f"?{query}" if query else "")
        async with self._client.get(target, headers=headers, allow_redirects=False) as answer:
            if answer.status in (301, 302, 303, 307, 308):
                return _moved(answer.headers.get("Location", ""), self._url)
            if answer.status not in (200, 304):
                raise _UnfitError
            body = await answer.content.read(MOST_BYTES + 1)
            while len(body) <= MOST_BYTES and (more := await answer.content.read(MOST_BYTES)):
                body += more
            if len(body) > MOST_BYTES:
                raise _UnfitError
            kept = {name: answer.headers[name] for name in KEPT if name in answer.headers}
            return web.Response(status=answer.status, body=body, headers={**kept, **HEADERS})


class _UnfitError(Exception):
    """An answer that is no page of a board."""


def _moved(location: str, url: str) -> web.Response:
    """Only from one page of the board to another."""
    path = location.removeprefix(url)
    if not PAGE.fullmatch(path) or not PASSED.fullmatch(path):
        raise _UnfitError
    return web.Response(
        status=302, headers={**HEADERS, "Location": path, "Cache-Control": "no-store"}
    )


def _to_board(address: str) -> web.Response:
    return web.Response(
        status=302, headers={**HEADERS, "Location": address, "Cache-Control": "no-store"}
    )


def _waiting(path: str) -> web.Response:
    headers = {**HEADERS, "Cache-Control": "no-store", "Retry-After": "3"}
    if not PAGE.fullmatch(path):
        return web.Response(status=503, headers=headers)
    page = WAIT.read_bytes()
    return web.Response(
        body=page, status=503, content_type="text/html", charset="utf-8", headers=headers
    )
