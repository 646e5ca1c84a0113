"""Answers are made once and kept for as long as they say of themselves that they are fresh.

Whatever somebody decides at the wall about who may see what takes all that is kept away at once.
"""

import asyncio
import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from kiosk.core.clock import Clock
from kiosk.public.context import CONTEXT
from kiosk.public.limits import LIMITER
from kiosk.public.live import STREAM
from kiosk.public.projection import PublicCity

MOST = 2000
MOST_BYTES = 64 * 1024 * 1024
LEAST_GZIP = 1024
_FRESH = re.compile(r"\bmax-age=(\d+)")
_SQUEEZED = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/ld+json",
    "image/svg",
)
_OWN = frozenset({"content-length", "content-encoding", "etag", "date", "server"})


class Kept(msgspec.Struct, frozen=True):
    """An answer as it is sent: plain, and packed where that is smaller (None: it is not)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    packed: bytes | None
    etag: str
    until_ms: float

    def answer(self, request: web.Request) -> web.Response:
        packed = self.packed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
        etag = f'"{self.etag}-gzip"' if packed else f'"{self.etag}"'
        headers = {**self.headers, "ETag": etag}
        asked = request.headers.get("If-None-Match")
        if asked is not None and self.status == 200 and (self.etag in asked or asked == "*"):
            return web.Response(status=304, headers=headers)
        if packed:
            headers["Content-Encoding"] = "gzip"
            return web.Response(status=self.status, body=self.packed, headers=headers)
        return web.Response(status=self.status, body=self.body, headers=headers)

    @property
    def size_bytes(self) -> int:
        return len(self.body) + len(self.packed or b"")


class Answers:
    """The kept answers of one city; those not asked for longest go first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0
        self._of: PublicCity | None = None
        self.making: dict[str, asyncio.Lock] = {}

    def find(self, key: str, city: PublicCity) -> Kept | None:
        """A fresh answer that was made of this city as it is disclosed now."""
        if city is not self._of:
            self._kept.clear()
            self._bytes, self._of = 0, city
        kept = self._kept.get(key)
        if kept is None or kept.until_ms <= self._clock.monotonic_ms():
            return None
        self._kept.move_to_end(key)
        return kept

    def keep(self, key: str, city: PublicCity, kept: Kept) -> None:
        """Keeps an answer, unless something else is disclosed by now."""
        if city is not self._of or kept.size_bytes > MOST_BYTES // 8:
            return
        before = self._kept.pop(key, None)
        self._bytes += kept.size_bytes - (before.size_bytes if before else 0)
        self._kept[key] = kept
        while len(self._kept) > MOST or self._bytes > MOST_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.size_bytes

    def made(self, answer: web.Response) -> Kept:
        body = answer.body
        assert isinstance(body, bytes)
        fresh = _FRESH.search(answer.headers.get("Cache-Control", ""))
        headers = {k: v for k, v in answer.headers.items() if k.lower() not in _OWN}
        packed = _packed(body, answer.content_type)
        if packed is not None:
            said = headers.get("Vary")
            headers["Vary"] = f"{said}, Accept-Encoding" if said else "Accept-Encoding"
        return Kept(
            answer.status,
            headers,
            body,
            packed,
            hashlib.blake2b(body, digest_size=12).hexdigest(),
            self._clock.monotonic_ms() + (int(fresh[1]) * 1000 if fresh else 0),
        )


ANSWERS = web.AppKey("answers", Answers)


@web.middleware
async def with_kept(request: web.Request, handler: Handler) -> web.StreamResponse:
    """To be the inmost: what it keeps is sent without asking anybody else."""
    if request.method not in ("GET", "HEAD") or request.path == STREAM:
        return await handler(request)
    answers, city = request.app[ANSWERS], request.app[CONTEXT].city
    key = _key(request)
    kept = answers.find(key, city)
    if kept is not None:
        return kept.answer(request)
    lock = answers.making.setdefault(key, asyncio.Lock())
    try:
        async with lock:  # whoever asks for the same meanwhile waits for the one answer
            kept = answers.find(key, city)
            if kept is None:
                request.app[LIMITER].make(request)
                made = await handler(request)
                if not isinstance(made, web.Response) or not isinstance(made.body, bytes):
                    return made
                kept = await asyncio.to_thread(answers.made, made)
                if _lasts(made):
                    answers.keep(key, city, kept)
    finally:
        if not lock.locked():
            answers.making.pop(key, None)
    return kept.answer(request)


def _key(request: web.Request) -> str:
    """An address and how it is wanted; the order of its questions says nothing."""
    query = "&".join(sorted(request.rel_url.raw_query_string.split("&")))
    ld = "ld" if "ld+json" in request.headers.get("Accept", "") else ""
    return f"{request.rel_url.raw_path}?{query}#{ld}"


def _lasts(answer: web.Response) -> bool:
    """Whether it is the same for whoever asks, for a while."""
    if answer.status != 200 or "no-store" in answer.headers.get("Cache-Control", "no-store"):
        return False
    return answer.headers.get("Vary", "Accept") in ("Accept", "Accept-Encoding")


def _packed(body: bytes, media: str) -> bytes | None:
    if len(body) < LEAST_GZIP or not media.startswith(_SQUEEZED):
        return None
    packed = gzip.compress(body, compresslevel=6, mtime=0)
    return packed if len(packed) < len(body) else None
