"""A subscription at an NGSI-LD broker: made, renewed, removed; what it tells is delivered."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from kiosk.backend.connectors.registry import all_connectors
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.pull.notifications import LARGEST, listening
from kiosk.backend.pull.rounds import Rounds
from kiosk.backend.pull.source import Pulled
from kiosk.backend.pull.subscription import RENEW_S, Subscription
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from tests.helpers.broker import free_port
from tests.helpers.ngsi_hub import Hub
from tests.helpers.pulling import KEY, SECRETS, declared, serving

LINK = '<https://hub.example/c.jsonld>; rel="http://www.w3.org/ns/json-ld#context"'
DEADLINE_S = 10.0


def air(station: str, value: float) -> dict[str, Any]:
    return {
        "id": f"urn:ngsi-ld:AirQualityObserved:{station}",
        "type": "AirQualityObserved",
        "dateObserved": {"type": "Property", "value": "2026-01-01T00:00:00Z"},
        "pm10": {"type": "Property", "value": value, "unitCode": "GQ"},
    }


def declaration(base: str, **fields: object) -> Declaration:
    given = {
        "key": "site",
        "headers": {"X-Auth-Token": "{key}"},
        "subscribe": ("AirQualityObserved",),
        **fields,
    }
    return declared("ngsi-ld", f"{base}/ngsi-ld/v1/entities?type=AirQualityObserved", **given)


class Bench:
    """A broker, our listener, and a subscription that sleeps only as long as the test lets it."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.hub = Hub(token=KEY)
        self.delivered: list[Pulled] = []
        self.waits: list[float] = []
        self.woken = asyncio.Event()
        self.subscription: Subscription | None = None
        self.heard: list[str] = []
        self.uri = f"http://127.0.0.1:{free_port()}"

    def run(self, work: Callable[["Bench"], Awaitable[None]], **fields: object) -> None:
        asyncio.run(self._run(work, fields))

    async def _run(
        self, work: Callable[["Bench"], Awaitable[None]], fields: dict[str, Any]
    ) -> None:
        fetcher = Fetcher(SECRETS, timeout_s=5)
        async with serving(self.hub.app()) as base:
            self.subscription = subscription = Subscription(
                declaration(base, **fields),
                all_connectors()["ngsi-ld"],
                listening=self.uri,
                fetcher=fetcher,
                clock=self.clock,
                deliver=lambda declaration, pulled: self.delivered.append(pulled),
                heard=lambda words: self.heard.append(words.en if words else "well"),
            )
            async with listening(self.uri, [subscription]):
                keeping = asyncio.create_task(subscription.run(self._sleep))
                await self.until(lambda: len(self.waits) == 1)
                await work(self)
                keeping.cancel()
                await asyncio.wait((keeping,))
        await fetcher.close()

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await self.woken.wait()
        self.woken.clear()

    async def later(self) -> None:
        """The next look of the subscription after itself."""
        before = len(self.waits)
        self.clock.advance(round(self.waits[-1] * 1000))
        self.woken.set()
        await self.until(lambda: len(self.waits) > before)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE_S):
            while not holds():
                await asyncio.sleep(0.01)

    async def post(self, path: str, body: bytes) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.uri}{path}", data=io.BytesIO(body)) as response,
        ):
            return response.status

    def values(self) -> dict[str | None, object]:
        return {item.place: item.value for item in self.delivered[-1].items}


@pytest.fixture
def bench(clock: ManualClock) -> Bench:
    return Bench(clock)


@pytest.mark.parametrize("headers", [{}, {"Link": LINK}])
def test_changes_are_told_and_the_subscription_is_removed_at_the_end(
    bench: Bench, headers: dict[str, str]
) -> None:
    async def work(bench: Bench) -> None:
        (made,) = bench.hub.subscriptions.values()
        assert made["entities"] == [{"type": "AirQualityObserved"}]
        await bench.hub.change(air("A", 41))
        await bench.hub.change({"id": "x", "type": "Other"})
        await bench.hub.change(air("B", 50))
        await bench.hub.change(air("A", 43))
        assert bench.hub.delivered == [204, 204, 204]

    bench.run(work, headers={"X-Auth-Token": "{key}", **headers})
    station = "urn:ngsi-ld:AirQualityObserved:"
    assert bench.values() == {f"{station}B": 50.0, f"{station}A": 43.0}
    assert all(not pulled.complete for pulled in bench.delivered)
    assert bench.hub.subscriptions == {}


def test_it_is_renewed_and_made_again_when_the_broker_has_forgotten_it(bench: Bench) -> None:
    async def work(bench: Bench) -> None:
        (made,) = bench.hub.subscriptions.values()
        first = made["expiresAt"]
        await bench.later()
        assert list(bench.hub.subscriptions.values()) == [made]
        assert made["expiresAt"] > first
        bench.hub.subscriptions.clear()
        await bench.later()
        (again,) = bench.hub.subscriptions.values()
        assert again["id"] != made["id"]

    bench.run(work)
    assert bench.waits == [RENEW_S] * 3


def test_a_broker_that_refuses_is_asked_again_later_and_later(bench: Bench) -> None:
    async def work(bench: Bench) -> None:
        assert bench.subscription is not None
        assert bench.subscription.trouble is not None
        assert "can't be subscribed to" in bench.subscription.trouble.en
        assert "no token" in bench.subscription.trouble.ko
        await bench.later()
        await bench.later()
        assert bench.hub.subscriptions == {}

    bench.run(work, headers={"X-Auth-Token": "x{key}"})
    assert 3 < bench.waits[0] < bench.waits[1] < bench.waits[2] < 30


def test_what_is_wrong_with_it_is_told_until_it_is_well(bench: Bench) -> None:
    async def work(bench: Bench) -> None:
        assert bench.subscription is not None
        path = f"/v1/notifications/{bench.subscription.path}"
        await bench.post(path, b"no json")
        await bench.post(path, b"no json")
        await bench.post(path, b'{"id": "n", "type": "Notification", "data": []}')
        bench.hub.subscriptions.clear()
        bench.hub.token = "another"
        await bench.later()
        bench.hub.token = KEY
        await bench.later()

    bench.run(work)
    strange, well, refused, again = bench.heard
    assert strange.startswith("It sent a notification of an unknown form (neither JSON nor XML")
    assert refused.startswith("Its notifications can't be subscribed to")
    assert (well, again) == ("well", "well")


def test_an_address_that_is_taken_is_told_and_stops_nothing_else(store: Store) -> None:
    async def work() -> None:
        async with serving(Hub(token=KEY).app()) as base:
            rounds = Rounds(
                [declaration(base)],
                store,
                ManualClock(),
                SECRETS,
                lambda source, pulled: None,
                notifications=base,
            )
            running = asyncio.create_task(rounds.run())
            async with asyncio.timeout(DEADLINE_S):
                while not rounds.rows["site"].link_troubles:
                    await asyncio.sleep(0.02)
                while rounds.sources[0].health.last_success_ms is None:
                    await asyncio.sleep(0.02)
            running.cancel()
            await asyncio.wait((running,))
            error = rounds.rows["site"].last_error
            assert error is not None
            assert error.en.startswith("The address for its notifications can't be opened (")
            assert error.ko.startswith("알림을 받을 주소를 열 수 없습니다")

    asyncio.run(work())


def test_only_who_knows_the_path_is_heard_and_only_so_much(bench: Bench) -> None:
    statuses: list[int] = []

    async def work(bench: Bench) -> None:
        assert bench.subscription is not None
        path = f"/v1/notifications/{bench.subscription.path}"
        for where, body in (
            ("/v1/notifications/guess", b"{}"),
            ("/v1/notifications/", b"{}"),
            ("/v1/changes", b"{}"),
            (path, b"no json"),
            (path, b" " * (LARGEST + 1)),
            (path, b'{"id": "n", "type": "Notification", "data": []}'),
        ):
            statuses.append(await bench.post(where, body))

    bench.run(work)
    assert statuses == [404, 404, 404, 400, 413, 204]
    assert bench.subscription is not None
    assert len(bench.subscription.path) >= 40
    assert [pulled.items for pulled in bench.delivered] == [()]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "backend.db")
    yield made
    made.close()


def test_the_backend_s_round_asks_and_subscribes(store: Store, clock: ManualClock) -> None:
    hub, delivered = Hub(token=KEY), list[Pulled]()
    hub.put(air("A", 41))
    hub.put(air("B", 50))

    async def work() -> None:
        async with serving(hub.app()) as base:
            rounds = Rounds(
                [declaration(base)],
                store,
                clock,
                SECRETS,
                lambda declaration, pulled: delivered.append(pulled),
                notifications=f"http://127.0.0.1:{free_port()}",
            )
            running = asyncio.create_task(rounds.run())
            async with asyncio.timeout(DEADLINE_S):
                while not (delivered and hub.subscriptions):
                    clock.advance(1000)
                    await asyncio.sleep(0.01)
            await hub.change(air("B", 52))
            running.cancel()
            await asyncio.wait((running,))

    asyncio.run(work())
    assert sorted(str(item.value) for item in delivered[0].items) == ["41.0", "50.0"]
    assert sorted(str(item.value) for item in delivered[-1].items) == ["41.0", "52.0"]
    assert hub.subscriptions == {}
