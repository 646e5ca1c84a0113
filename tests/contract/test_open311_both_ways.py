"""Open311 GeoReport v2 both ways: complaints pulled, answers and new ones sent, each once."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web

from kiosk.backend.metrics import Metrics
from kiosk.backend.orders import Inbox
from kiosk.backend.pull.declaration import Declaration, Paging, Quota
from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.pull.open311 import Open311Sender
from kiosk.backend.pull.outbox import Outbox
from kiosk.backend.pull.quota import QuotaLedger
from kiosk.backend.pull.rounds import Rounds
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from kiosk.wire.city import Source
from kiosk.wire.orders import NewComplaint, Reply
from kiosk.wire.text import Text
from tests.helpers.json_schema import conforms
from tests.helpers.pulling import KEY, SECRETS, Pulling, declared

HOUR_MS = 3_600_000
REPLY = Reply("r-1", 1_795_330_500_000, "mayor", "site/open311:11", "내일 고치겠습니다")
NEW = NewComplaint(
    "n-1", 1_795_330_500_000, "mayor", "site", "001", "가로등이 꺼졌습니다", lat=37.57, lon=126.98
)


class CityHall:
    """A GeoReport v2 endpoint with mySociety's updates; `trouble` answers in its place."""

    def __init__(self) -> None:
        self.requests: dict[str, dict[str, Any]] = {}
        self.updates: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.keys: set[str] = set()
        self.trouble: Callable[[str], Awaitable[web.Response | None]] | None = None
        self.after: Callable[[str], Awaitable[web.Response | None]] | None = None

    def add(self, number: str, updated: str, status: str = "open") -> None:
        self.requests[number] = {
            "service_request_id": number,
            "status": status,
            "status_notes": None,
            "service_name": "가로등",
            "service_code": "001",
            "description": f"신고 {number}",
            "agency_responsible": "도로과",
            "requested_datetime": "2026-11-01T09:00:00+09:00",
            "updated_datetime": updated,
            "expected_datetime": None,
            "address": "종로구 세종대로 1",
            "address_id": None,
            "zipcode": None,
            "lat": 37.57,
            "long": 126.98,
            "media_url": None,
        }

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/v2/requests.json", self._list)
        app.router.add_post("/v2/requests.json", self._new)
        app.router.add_post("/v2/servicerequestupdates.json", self._update)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        name = f"{request.method} {request.path.rpartition('/')[2]}"
        self.asked.append(name)
        if self.trouble is not None and (answer := await self.trouble(name)) is not None:
            return answer
        response: web.StreamResponse = await handler(request)
        if self.after is not None and (answer := await self.after(name)) is not None:
            return answer
        return response

    async def _list(self, request: web.Request) -> web.Response:
        query = request.query
        first, size = int(query.get("page", 1)), int(query.get("page_size", 100))
        found = [
            each
            for each in self.requests.values()
            if each["updated_datetime"] >= query.get("updated_after", "")
            and query.get("service_code", each["service_code"]) == each["service_code"]
        ]
        return web.json_response(found[(first - 1) * size : first * size])

    async def _new(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("api_key") != KEY or form.get("jurisdiction_id") != "seoul":
            body = [{"code": 403, "description": f"wrong api_key {form.get('api_key')!s}"}]
            return web.json_response(body, status=403)
        self.keys.add(request.headers["Idempotency-Key"])
        number = str(900 + len(self.requests))
        self.add(number, "2026-11-22T00:00:00Z")
        place = {name: float(str(form[name])) for name in ("lat", "long")}
        self.requests[number] |= {"description": str(form["description"]), **place}
        return web.json_response([{"service_request_id": number, "service_notice": "접수"}])

    async def _update(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if form.pop("api_key", "") != KEY:
            raise web.HTTPForbidden
        self.updates.setdefault(form["update_id"], form)
        return web.json_response([{"update_id": form["update_id"]}])


class Office:
    """The backend's side: what it has taken, and the sender."""

    def __init__(self, pulling: Pulling) -> None:
        self.pulling = pulling
        self.hall = CityHall()
        self.inbox = Inbox(pulling.store, pulling.clock, lambda revision: None)
        self.outbox = Outbox(pulling.store)
        self.heard: list[tuple[str, int]] = []  # what is wrong with sending, how much waits

    def _hear(self, source: str, words: Text | None, unsent: int) -> None:
        assert source == "site"
        self.heard.append((words.en if words else "well", unsent))

    def steps(
        self, count: int = 1, wait_ms: int = 0, timeout_s: float = 5, **fields: object
    ) -> None:
        """As many rounds of a sender that is started anew."""

        async def work(base: str, fetcher: Fetcher) -> None:
            sender = Open311Sender(
                [declaration(base, **fields)],
                self.outbox,
                fetcher,
                QuotaLedger(self.pulling.store.engine),
                self.pulling.clock,
                self._hear,
            )
            for _ in range(count):
                await sender.step()
                self.pulling.clock.advance(wait_ms)

        self.pulling.run(self.hall.app(), work, timeout_s)


def declaration(base: str, **fields: object) -> Declaration:
    given = {
        "key": "site",
        "send": f"{base}/v2/",
        "options": {"jurisdiction_id": "seoul"},
        "paging": Paging(size=50),
        **fields,
    }
    query = "updated_after={since-30}&page={page}&page_size={size}"
    return declared("open311", f"{base}/v2/requests.json?{query}", **given)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "backend.db")
    yield made
    made.close()


@pytest.fixture
def office(store: Store, clock: ManualClock) -> Office:
    return Office(Pulling(store, clock))


# ---- in


def test_complaints_are_pulled_page_by_page_and_then_only_news(
    office: Office, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, pulling = office.hall, office.pulling
    for number in range(1, 121):
        hall.add(str(number), "2099-01-01T00:00:00Z")
    schema_folder = shared / "city/data/standards/open311"
    schema = json.loads((schema_folder / "requests.schema.json").read_text())
    assert conforms(list(hall.requests.values()), schema, schema_folder)

    async def work(base: str, fetcher: Fetcher) -> None:
        source = pulling.source(declaration(base), fetcher)
        await source.pull()
        assert (source.health.trouble, source.health.items) == ("", 120)
        for each in hall.requests.values():
            each["updated_datetime"] = "2000-01-01T00:00:00Z"
        hall.add("7", "2099-01-01T00:00:00Z", status="closed")
        await source.pull()
        assert (source.health.trouble, source.health.items) == ("", 1)

    pulling.run(hall.app(), work)
    rows = pulling.complaints()
    assert len(rows) == 120
    closed = [row.id for row in rows.values() if row.status == "closed"]
    assert closed == ["site/open311:7"]


# ---- out


def test_an_answer_is_sent_once(office: Office) -> None:
    office.inbox.reply(REPLY)
    office.inbox.reply(REPLY)
    office.steps(3)
    assert office.hall.updates == {
        "r-1": {
            "service_request_id": "11",
            "update_id": "r-1",
            "updated_datetime": "2026-11-22T06:55:00Z",
            "status": "OPEN",
            "description": "내일 고치겠습니다",
            "jurisdiction_id": "seoul",
        }
    }
    assert office.hall.asked == ["POST servicerequestupdates.json"]
    outcome = office.outbox.outcome("r-1")
    assert outcome is not None
    assert (outcome.number, outcome.refused) == ("r-1", "")


def test_a_new_complaint_is_sent_once_and_fits_the_published_schema(
    office: Office, shared: Path
) -> None:
    office.inbox.complaint(NEW)
    office.steps(3)
    assert office.hall.asked == ["GET requests.json", "POST requests.json"]
    assert office.hall.keys == {"n-1"}
    outcome = office.outbox.outcome("n-1")
    assert outcome is not None
    folder = shared / "city/data/standards/open311"
    schema = json.loads((folder / "request.schema.json").read_text())
    assert conforms(office.hall.requests[outcome.number], schema, folder)
    assert office.hall.requests[outcome.number]["description"] == NEW.text


@pytest.mark.parametrize("kind", ["reply", "complaint"])
def test_what_was_accepted_without_an_answer_is_not_doubled(office: Office, kind: str) -> None:
    if kind == "reply":
        office.inbox.reply(REPLY)
    else:
        office.inbox.complaint(NEW)

    async def silence(name: str) -> web.Response | None:
        if name.startswith("POST"):
            await asyncio.sleep(5)
        return None

    office.hall.after = silence
    office.steps(timeout_s=0.3)
    office.hall.after = None
    office.steps(2, wait_ms=HOUR_MS)
    assert len(office.hall.updates) + len(office.hall.requests) == 1
    assert office.outbox.outcome("r-1" if kind == "reply" else "n-1") is not None


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_endpoint_that_is_away_is_tried_later_and_later(office: Office, status: int) -> None:
    office.inbox.reply(REPLY)

    async def away(_name: str) -> web.Response:
        return web.Response(status=status)

    office.hall.trouble = away
    office.steps(60, wait_ms=1000)
    assert 3 <= len(office.hall.asked) <= 6
    assert office.heard == [(f"Answers and reports can't be sent to it now (status {status})", 1)]
    office.hall.trouble = None
    office.steps()
    assert list(office.hall.updates) == ["r-1"]


def test_what_is_wrong_with_sending_is_told_until_something_is_taken(office: Office) -> None:
    answers = iter((503, 403, 400))

    async def refuse(_name: str) -> web.Response | None:
        status = next(answers, 0)
        return web.json_response([{"code": status, "description": KEY}], status=status or 200)

    for number in range(3):
        reply = msgspec.structs.replace(REPLY, id=f"r-{number}", t_ms=REPLY.t_ms + number)
        office.inbox.reply(reply)
    office.hall.trouble = refuse
    office.steps(4, wait_ms=13 * HOUR_MS)
    assert office.heard == [
        ("Answers and reports can't be sent to it now (status 503)", 3),
        ("It does not take the answers and reports sent to it (status 403: ***)", 1),
        ("It refused an answer or report for good (status 400: ***)", 0),
        ("well", 0),
    ]


def test_a_refusal_for_good_is_kept_with_its_reason(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.inbox.reply(REPLY)

    async def refuse(_name: str) -> web.Response:
        body = [{"code": 400, "description": f"closed; you sent {KEY}"}]
        return web.json_response(body, status=400)

    office.hall.trouble = refuse
    office.steps(3, wait_ms=HOUR_MS)
    outcome = office.outbox.outcome("r-1")
    assert outcome is not None
    assert outcome.refused == "status 400: closed; you sent ***"
    assert office.hall.asked == ["POST servicerequestupdates.json"]
    assert KEY not in caplog.text


def test_a_wrong_key_or_a_missing_call_is_tried_again_after_an_hour(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    office.inbox.complaint(NEW)
    office.steps(61, wait_ms=60_000, options={"jurisdiction_id": "busan"})
    posts = [name for name in office.hall.asked if name.startswith("POST")]
    assert len(posts) == 2
    assert office.outbox.outcome("n-1") is None
    assert KEY not in caplog.text


def test_the_quota_counts_what_is_sent(office: Office) -> None:
    for number in range(5):
        office.inbox.reply(msgspec.structs.replace(REPLY, id=f"r-{number}"))
    office.steps(2, quota=Quota(minute=3))
    assert len(office.hall.updates) == 3
    office.steps(2, wait_ms=61_000, quota=Quota(minute=3))
    assert len(office.hall.updates) == 5


def test_a_quota_that_is_spent_is_told_with_what_waits(office: Office) -> None:
    for number in range(5):
        office.inbox.reply(msgspec.structs.replace(REPLY, id=f"r-{number}"))
    office.steps(1, quota=Quota(minute=3))
    assert office.heard == [("Answers and reports wait, the calls of its quota are spent", 2)]


def test_what_can_t_be_sent_stands_in_the_row_of_the_source(office: Office) -> None:
    async def away(name: str) -> web.Response | None:
        return web.Response(status=503) if name.startswith("POST") else None

    async def work(base: str, _fetcher: Fetcher) -> None:
        store, clock = office.pulling.store, office.pulling.clock
        rounds = Rounds([declaration(base)], store, clock, SECRETS, lambda source, pulled: None)
        office.inbox.reply(REPLY)
        running = asyncio.create_task(rounds.run())
        async with asyncio.timeout(10):
            while not rounds.rows["site"].unsent:
                await asyncio.sleep(0.02)
        row = msgspec.json.decode(store.bodies("sources")["site"], type=Source)
        assert (row.unsent, row.link_troubles) == (1, 1)
        assert row.last_error is not None
        assert "Answers and reports can't be sent to it now (status 503)" in row.last_error.en
        assert "답변과 신고를 지금 보낼 수 없습니다 (status 503)" in row.last_error.ko
        figures = Metrics(lambda: rounds.rows, lambda: 0, lambda: 0, clock).text().decode()
        assert 'kiosk_source_unsent{source="site"} 1.0' in figures
        assert 'kiosk_source_link_troubles{source="site"} 1.0' in figures
        running.cancel()
        await asyncio.wait((running,))

    office.hall.trouble = away
    office.pulling.run(office.hall.app(), work)


def test_the_backend_s_round_sends(office: Office) -> None:
    async def work(base: str, _fetcher: Fetcher) -> None:
        store, clock = office.pulling.store, office.pulling.clock
        rounds = Rounds([declaration(base)], store, clock, SECRETS, lambda source, pulled: None)
        running = asyncio.create_task(rounds.run())
        office.inbox.reply(REPLY)
        async with asyncio.timeout(10):
            while office.outbox.outcome("r-1") is None:
                await asyncio.sleep(0.02)
        running.cancel()
        await asyncio.wait((running,))

    office.pulling.run(office.hall.app(), work)
    assert list(office.hall.updates) == ["r-1"]


def test_answers_to_complaints_of_other_systems_stay_here(office: Office) -> None:
    for complaint in ("demo-12", "other/open311:1", "site/ngsi:1", ""):
        office.inbox.reply(msgspec.structs.replace(REPLY, id=complaint, complaint=complaint))
    office.steps(2)
    assert office.hall.asked == []


def test_a_complaint_needs_a_place() -> None:
    with pytest.raises(msgspec.ValidationError, match="lat and lon"):
        msgspec.convert({**msgspec.to_builtins(NEW), "lat": None}, NewComplaint)
