"""Complaints and answers to them, sent to the city's Open311 (GeoReport v2) systems.

A new complaint is `POST requests.json`. GeoReport v2 has no call for an answer to one: it goes by
the extension of mySociety, `POST servicerequestupdates.json`, whose `update_id` is our id, so that
a system that was told twice keeps one. Both carry our id as Idempotency-Key too. GeoReport has no
such id for new complaints, so the list of requests is searched first: one that timed out may have
arrived.
"""

import asyncio
import logging
import math
import random
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from kiosk.backend.connectors.document import listed, read_document
from kiosk.backend.connectors.figure import number
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.row import Row
from kiosk.backend.pull.declaration import KEY, Declaration
from kiosk.backend.pull.fetch import Answer, Call, Fetcher, SourceAway
from kiosk.backend.pull.links import HeardSending
from kiosk.backend.pull.outbox import Outbox, Outcome
from kiosk.backend.pull.patience import Patience
from kiosk.backend.pull.quota import QuotaLedger
from kiosk.backend.pull.words import (
    CANNOT_SEND,
    NOT_TAKEN,
    REFUSED_FOR_GOOD,
    SENDING_WAITS,
    because,
)
from kiosk.core.clock import Clock
from kiosk.wire.orders import NewComplaint, Reply
from kiosk.wire.text import Text

PREFIX = "open311:"
LOOK_S = 2.0
LONGEST_WAIT_S = 600
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
CREATED = frozenset((200, 201, 202, 409))  # 409: it has this id already
NEVER = frozenset((400, 410, 413, 422))
LATER = frozenset((429,))
LONGEST_REASON = 200
SAME_PLACE_DEG = 1e-4  # some 10 m: a system may round

_log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


class _Held(NamedTuple):
    """Not to be sent before then, because of what the system said."""

    until_ms: int
    words: Text


class Open311Sender:
    """Sends what waits, in its order, each system with a patience of its own.

    What a system refuses for good is kept with its reason; a wrong key or a missing call (401, 403,
    404, 405) is tried again after an hour, because somebody may mend it. `heard` is told of every
    change of what is wrong, and of how much waits.
    """

    def __init__(
        self,
        declared: Iterable[Declaration],
        outbox: Outbox,
        fetcher: Fetcher,
        quota: QuotaLedger,
        clock: Clock,
        heard: HeardSending = lambda source, words, unsent: None,
    ) -> None:
        self._declared = {d.id: d for d in declared if d.send}
        self._outbox = outbox
        self._fetcher = fetcher
        self._quota = quota
        self._clock = clock
        self._patience = {
            name: Patience(LONGEST_WAIT_S, random.Random(name))  # noqa: S311 - spreads waits
            for name in self._declared
        }
        self._not_before = dict.fromkeys(self._declared, 0)
        self._held: dict[str, _Held] = {}
        self._heard = heard
        self._away: dict[str, Text | None] = dict.fromkeys(self._declared)
        self._refused: dict[str, tuple[int, Text]] = {}
        self._ended: set[str] = set()
        self._told: dict[str, tuple[Text | None, int]] = {}

    async def run(self, sleep: Sleep) -> None:
        """For ever; ended by cancelling. Returns at once where no system takes anything."""
        while self._declared:
            try:
                await self.step()
            except SQLAlchemyError as error:
                _log.warning("what was sent can't be stored: %s", type(error).__name__)
            except Exception:
                _log.error("sending failed: %s", self._fetcher.clean(traceback.format_exc()))
            await sleep(LOOK_S)

    async def step(self) -> None:
        """Sends everything whose time has come; never raises for a system."""
        self._ended.clear()
        waiting: list[tuple[str, str]] = []
        for reply in await asyncio.to_thread(self._outbox.replies):
            source, _, request = reply.complaint.partition("/")
            if request.startswith(PREFIX):
                waiting.append((source, reply.id))
                if self._may(source, reply.id):
                    await self._send(source, reply.id, self._update(source, reply, request))
        for complaint in await asyncio.to_thread(self._outbox.complaints):
            waiting.append((complaint.source, complaint.id))
            if self._may(complaint.source, complaint.id):
                await self._new(complaint)
        for source in self._declared:
            left = [key for name, key in waiting if name == source and key not in self._ended]
            await self._tell(source, left)

    async def _tell(self, source: str, left: Sequence[str]) -> None:
        """What holds all up comes first, then what one of those that wait was told, then what was
        refused within a day."""
        since_ms, refused = self._refused.get(source, (0, None))
        recent = refused if self._clock.now_ms() - since_ms < DAY_MS else None
        held = next((self._held[key].words for key in left if key in self._held), None)
        told = self._away[source] or held or recent, len(left)
        if self._told.get(source, (None, 0)) != told:
            await asyncio.to_thread(self._heard, source, *told)
            self._told[source] = told

    def _may(self, source: str, key: str) -> bool:
        now_ms = self._clock.now_ms()
        held = self._held.get(key)
        due_ms = max(self._not_before.get(source, 0), held.until_ms if held else 0)
        return source in self._declared and now_ms >= due_ms

    async def _new(self, complaint: NewComplaint) -> None:
        source, key = complaint.source, complaint.id
        if not await self._take_call(source):
            return
        try:
            known = await self._search(self._declared[source], complaint)
        except (SourceAway, NotUnderstood) as away:
            self._wait(source, str(away))
            return
        if known:
            self._away[source] = None
            await self._end(key, Outcome(self._clock.now_ms(), known))
        else:
            await self._send(source, key, self._request(source, complaint))

    async def _send(self, source: str, key: str, call: Call) -> None:
        if not await self._take_call(source):
            return
        try:
            answer = await self._fetcher.send(call)
        except SourceAway as away:
            self._wait(source, str(away))
            return
        await self._judge(source, key, answer)

    async def _take_call(self, source: str) -> bool:
        """Counts a call; False when the quota has none left now."""
        declaration, now_ms = self._declared[source], self._clock.now_ms()
        wait_ms = await asyncio.to_thread(
            self._quota.wait_ms, declaration.quota_key, declaration.quota, now_ms
        )
        if wait_ms > 0:
            self._not_before[source] = now_ms + wait_ms
            self._away[source] = SENDING_WAITS
            return False
        await asyncio.to_thread(self._quota.take, declaration.quota_key, now_ms)
        return True

    async def _judge(self, source: str, key: str, answer: Answer) -> None:
        now_ms = self._clock.now_ms()
        if answer.status in LATER:
            self._wait(source, f"status {answer.status}")
            return
        self._patience[source].succeeded()
        self._away[source] = None
        if answer.status in CREATED:
            await self._end(key, Outcome(now_ms, _number(answer.body)))
            return
        reason = f"status {answer.status}: {self._fetcher.clean(_reason(answer.body))}"
        _log.warning("%s does not take %s: %s", source, key, reason)
        if answer.status in NEVER:
            self._refused[source] = now_ms, because(REFUSED_FOR_GOOD, reason)
            await self._end(key, Outcome(now_ms, refused=reason))
        else:
            self._held[key] = _Held(now_ms + HOUR_MS, because(NOT_TAKEN, reason))

    async def _end(self, key: str, outcome: Outcome) -> None:
        await asyncio.to_thread(self._outbox.ended, key, outcome)
        self._ended.add(key)
        self._held.pop(key, None)

    def _wait(self, source: str, words: str) -> None:
        wait_ms = self._patience[source].failed()
        self._not_before[source] = self._clock.now_ms() + wait_ms
        self._away[source] = because(CANNOT_SEND, self._fetcher.clean(words))
        _log.warning("%s takes nothing now, again in %d s: %s", source, wait_ms // 1000, words)

    # ---- what is said

    def _update(self, source: str, reply: Reply, request: str) -> Call:
        form = {
            "service_request_id": request.removeprefix(PREFIX),
            "update_id": reply.id,
            "updated_datetime": _iso(reply.t_ms),
            "status": "OPEN",
            "description": reply.text,
        }
        return self._post(self._declared[source], "servicerequestupdates.json", reply.id, form)

    def _request(self, source: str, complaint: NewComplaint) -> Call:
        form = {"service_code": complaint.service, "description": complaint.text}
        if complaint.lat is not None and complaint.lon is not None:
            form |= {"lat": str(complaint.lat), "long": str(complaint.lon)}
        if complaint.address:
            form["address_string"] = complaint.address
        return self._post(self._declared[source], "requests.json", complaint.id, form)

    def _post(self, declaration: Declaration, call: str, key: str, form: Mapping[str, str]) -> Call:
        words = {name: text.replace(KEY, "(key)") for name, text in form.items()}
        if declaration.key:
            words["api_key"] = KEY
        if jurisdiction := declaration.options.get("jurisdiction_id"):
            words["jurisdiction_id"] = jurisdiction
        address = f"{declaration.send.rstrip('/')}/{call}"
        headers = {**declaration.headers, "Idempotency-Key": key}
        return Call(address, declaration.key, headers, "POST", words, local=declaration.local)

    async def _search(self, declaration: Declaration, complaint: NewComplaint) -> str:
        """The number under which the system has the complaint already; "" when it has it not."""
        since = _iso(complaint.t_ms - HOUR_MS)
        query = f"service_code={complaint.service}&start_date={since}"
        if jurisdiction := declaration.options.get("jurisdiction_id"):
            query += f"&jurisdiction_id={jurisdiction}"
        address = f"{declaration.send.rstrip('/')}/requests.json?{query}"
        headers = declaration.headers
        call = Call(address, declaration.key, headers, local=declaration.local)
        for row in _rows(await self._fetcher.get(call)):
            if _same(row, complaint):
                return row.text("service_request_id")
        return ""


def _same(row: Row, complaint: NewComplaint) -> bool:
    """The same words at the same place, since an hour before it was made."""
    if row.text("description") != complaint.text.strip():
        return False
    lat, lon = number(row.raw("lat")), number(row.raw("long", "lon"))
    if None not in (lat, lon, complaint.lat, complaint.lon):
        return math.dist((lat, lon), (complaint.lat, complaint.lon)) < SAME_PLACE_DEG  # type: ignore[arg-type]
    return row.text("address", "address_string") == complaint.address


def _iso(t_ms: int) -> str:
    return datetime.fromtimestamp(t_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rows(body: bytes) -> list[Row]:
    """Raises NotUnderstood."""
    return [Row(each) for each in listed(read_document(body)) if isinstance(each, dict)]


def _number(body: bytes) -> str:
    """What the system calls it: its number, or the token of one that is to come."""
    try:
        rows = _rows(body)
    except NotUnderstood:
        return ""
    return next((row.text("service_request_id", "update_id", "token") for row in rows), "")


def _reason(body: bytes) -> str:
    try:
        words = " ".join(row.text("description") for row in _rows(body))
    except NotUnderstood:
        words = ""
    return (words or "no reason given")[:LONGEST_REASON]
