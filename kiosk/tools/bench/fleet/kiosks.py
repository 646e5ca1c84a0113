"""Simulated kiosks: they ask as the sync process does, and count what they are told."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection

import aiohttp
import msgspec

from kiosk.wire.city import ChangesPage, Incident, Observation, OrderStatus, Row, WakeUp
from kiosk.wire.orders import Order

LIMIT = 2000
POLL_S = 1.0
ASK_S = 5.0
SETTLE_S = 20.0
MARK = "bench-"  # begins the names of what the writers write
_page = msgspec.json.Decoder(ChangesPage)
_wakeup = msgspec.json.Decoder(WakeUp)


class Followed(msgspec.Struct):
    """What a kiosk met. `answers_ms`: from asking to the page decoded; `disorder`: revisions that
    did not go up; `refused`: answers that were none."""

    answers_ms: list[float] = []
    rows: int = 0
    disorder: int = 0
    refused: int = 0
    reached: int = 0


class Kiosk:
    """One kiosk: a connection that is told when to ask, and one that asks."""

    def __init__(self, name: str, since: int, session: aiohttp.ClientSession) -> None:
        self.met = Followed(reached=since)
        self._name = name
        self._session = session
        self._known: dict[str, str] = {}
        self._woken = asyncio.Event()

    async def listen(self) -> None:
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self._session.get("/v1/wakeups") as lines:
                    async for line in lines.content:
                        if _wakeup.decode(line).revision > self.met.reached:
                            self._woken.set()
            await asyncio.sleep(POLL_S)

    async def follow(self, first_s: float, order_s: float, end_s: float) -> None:
        """Asks when it is woken and every POLL_S at the latest; gives one order after `order_s`,
        none after `end_s`: it might come after what everybody is counted by."""
        await asyncio.sleep(first_s)
        begin = time.monotonic()
        ordered = False
        while True:
            await self.pull()
            passed_s = time.monotonic() - begin
            if not ordered and order_s < passed_s < end_s:
                ordered = await self._order()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), POLL_S)
            self._woken.clear()

    async def pull(self) -> None:
        more = True
        while more:
            begin = time.perf_counter()
            try:
                page = await asyncio.wait_for(self._ask(), ASK_S)
            except (aiohttp.ClientError, TimeoutError):
                self.met.refused += 1
                page = None
            self.met.answers_ms.append((time.perf_counter() - begin) * 1000)
            more = page is not None and page.more
            if page is not None:
                self._take(page)

    async def _ask(self) -> ChangesPage | None:
        path = f"/v1/changes?since={self.met.reached}&limit={LIMIT}"
        known = self._known.get(path)
        headers = {} if known is None else {"If-None-Match": known}
        async with self._session.get(path, headers=headers) as answer:
            if answer.status == 304:
                return None
            answer.raise_for_status()
            page = _page.decode(await answer.read())
            self._known = {} if page.rows else {path: answer.headers["ETag"]}
            return page

    def _take(self, page: ChangesPage) -> None:
        for change in page.rows:
            self.met.disorder += change.revision <= self.met.reached
            self.met.reached = change.revision
            self.met.rows += change.row is not None and is_counted(change.row)
        self.met.reached = page.revision

    async def _order(self) -> bool:
        order = Order(f"{MARK}{self._name}", 1, "mayor", "fire", "확인")
        headers = {"Idempotency-Key": order.id}
        with suppress(aiohttp.ClientError):
            body = msgspec.json.encode(order)
            async with self._session.post("/v1/orders", data=body, headers=headers) as answer:
                return answer.status == 201
        return False


def is_counted(row: Row) -> bool:
    match row:
        case Observation(indicator=name) | Incident(id=name) | OrderStatus(id=name):
            return name.startswith(MARK)
    return False


def follow_all(
    url: str, names: Sequence[str], since: int, seconds: float, pipe: Connection
) -> None:
    """In a process of its own: says that it follows, and at the end what every kiosk met."""
    asyncio.run(_follow_all(url, names, since, seconds, pipe))


async def _follow_all(
    url: str, names: Sequence[str], since: int, seconds: float, pipe: Connection
) -> None:
    rng = random.Random(names[0])  # noqa: S311 - when a kiosk happens to ask
    connector = aiohttp.TCPConnector(limit=0)
    forever = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(url, connector=connector, timeout=forever) as session:
        kiosks = [Kiosk(name, since, session) for name in names]
        tasks = [asyncio.create_task(kiosk.listen()) for kiosk in kiosks]
        tasks += [
            asyncio.create_task(kiosk.follow(first_s, rng.uniform(0, seconds * 0.5), seconds * 0.5))
            for kiosk in kiosks
            for first_s in [rng.uniform(0, min(POLL_S, seconds * 0.3))]
        ]
        pipe.send("following")
        head = int(await asyncio.to_thread(pipe.recv))
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_S):
                while any(kiosk.met.reached < head for kiosk in kiosks):
                    await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    pipe.send([kiosk.met for kiosk in kiosks])
