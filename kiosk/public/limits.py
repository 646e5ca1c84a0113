"""How much may be asked of the edition: by one reader, and by all together.

What is kept costs little to send, what has to be made costs the machine's time: the two are counted
apart. Whoever asks too much is told when to come again.
"""

import ipaddress
import math
from collections.abc import Collection, Iterable
from functools import lru_cache

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from kiosk.core.buckets import Bucket, Buckets
from kiosk.core.clock import Clock
from kiosk.public.open_data import problems
from kiosk.public.open_data.problems import Refused
from kiosk.wire.text import Text


class Limits(msgspec.Struct, frozen=True):
    """Chosen for one machine whose other core belongs to a wall.

    `requests` of all readers a second, and how many may come at once; `reader` the same of one.
    `made` and `made_reader`: of those, answers that are not kept and have to be made.
    """

    requests: tuple[float, int] = (3000.0, 3000)
    reader: tuple[float, int] = (30.0, 150)
    made: tuple[float, int] = (60.0, 240)
    made_reader: tuple[float, int] = (6.0, 60)


class TooMany(Refused):
    """Too much is asked; `wait_s` until it may be asked again."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = max(1, math.ceil(min(wait_s, 3600)))
        super().__init__(
            429,
            Text(
                f"지금 요청이 너무 많습니다. {self.wait_s}초 뒤에 다시 시도해 주세요",
                f"Too many requests now: please try again in {self.wait_s} s",
            ),
        )


class Limiter:
    """Counts by reader. A proxy names the reader; without a name only all together are counted,
    because everybody comes through it. `proxies` are those on other machines."""

    def __init__(self, clock: Clock, limits: Limits, proxies: Iterable[str] = ()) -> None:
        self._proxies = frozenset(proxies)
        self._all = Bucket(clock, *limits.requests)
        self._made = Bucket(clock, *limits.made)
        self._readers = Buckets(clock, *limits.reader)
        self._made_by = Buckets(clock, *limits.made_reader)

    def ask(self, request: web.Request) -> None:
        """Raises TooMany."""
        self._take(request, self._all, self._readers)

    def make(self, request: web.Request) -> None:
        """Raises TooMany."""
        self._take(request, self._made, self._made_by)

    def _take(self, request: web.Request, every: Bucket, readers: Buckets) -> None:
        who = reader_of(request, self._proxies)
        own = readers.of(who) if who else None
        for bucket in (own, every):
            if bucket is not None and bucket.empty:
                raise TooMany(bucket.wait_s)
        for bucket in (own, every):
            if bucket is not None:
                bucket.take()


LIMITER = web.AppKey("limiter", Limiter)


def reader_of(request: web.Request, proxies: Collection[str] = ()) -> str:
    """Whose request it is; "" when it comes from this machine or a proxy and names nobody. Only
    what these say is believed, and of that the last name, which is their own word."""
    peer = request.remote or ""
    if peer not in proxies and not _here(peer):
        return peer
    named = request.headers.get("X-Forwarded-For", "")
    return named.rpartition(",")[2].strip()[:64]


@lru_cache(maxsize=1024)
def _here(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


@web.middleware
async def with_limits(request: web.Request, handler: Handler) -> web.StreamResponse:
    """To be the outermost: who is refused costs next to nothing."""
    try:
        request.app[LIMITER].ask(request)
        return await handler(request)
    except TooMany as refused:
        return _later(request, refused)


def _later(request: web.Request, refused: TooMany) -> web.Response:
    why = refused.why
    if request.path.startswith(problems.PATHS):
        answer = problems.answer(refused, request.path)
    else:
        answer = web.Response(
            status=429, text=f"{why.ko}\n{why.en}\n", headers={"Cache-Control": "no-store"}
        )
    answer.headers["Retry-After"] = str(refused.wait_s)
    return answer
