"""The round of the sources: few at once, each in its own time, nobody brought down by one."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from kiosk.backend.connectors.normal import Parsed
from kiosk.backend.connectors.registry import Connector
from kiosk.backend.pull import rounds
from kiosk.backend.pull.declaration import Declaration, Feed
from kiosk.backend.pull.rounds import Rounds, feeders
from kiosk.backend.pull.source import Pulled, PulledSource
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from kiosk.settings import SettingsError
from kiosk.settings.secrets import Secrets
from kiosk.wire.city import Source
from tests.unit.test_pull_sources import DECLARATION

MINUTE_MS = 60_000
NOTHING = Connector("numbers", "numbers", lambda body, context: Parsed())


def named(id: str, **more: object) -> Declaration:  # noqa: A002
    fields = {"id": id, "address": f"http://{id}.invalid/", "key": "", "period_s": 60}
    return msgspec.structs.replace(DECLARATION, **(fields | more))


class Bench:
    """Rounds whose questions take turns of the event loop and no network."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rounds, "all_connectors", lambda: {"numbers": NOTHING})
        self.store = store
        self.clock = ManualClock()
        self.at_once = 0
        self.most = 0
        self.asked: list[str] = []
        self.trouble: dict[str, Exception] = {}
        bench = self

        async def collect(source: PulledSource) -> Pulled:
            bench.at_once += 1
            bench.most = max(bench.most, bench.at_once)
            await asyncio.sleep(0)
            bench.at_once -= 1
            bench.asked.append(source.declaration.id)
            if source.declaration.id in bench.trouble:
                raise bench.trouble[source.declaration.id]
            return Pulled((), (), complete=True)

        monkeypatch.setattr(PulledSource, "_collect", collect)

    def rounds(self, *declared: Declaration, keys: tuple[str, ...] = ()) -> Rounds:
        secrets = Secrets(dict.fromkeys(keys, "abcdef"))
        made = Rounds(
            declared,
            self.store,
            self.clock,
            secrets,
            lambda declaration, pulled: None,
            at_once=2,
            sleep=self._sleep,
        )
        made.tell()
        return made

    async def _sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)

    @asynccontextmanager
    async def going(self, made: Rounds) -> AsyncIterator[None]:
        task = asyncio.create_task(made.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait((task,))

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.asked) < count:
                await asyncio.sleep(0.001)

    async def told(self, id: str, since_ms: int) -> None:  # noqa: A002
        """The answer stands in the store."""
        async with asyncio.timeout(10):
            while (self.row(id).last_success_ms or 0) < since_ms:
                await asyncio.sleep(0.001)

    def row(self, id: str) -> Source:  # noqa: A002
        return msgspec.json.decode(self.store.bodies("sources")[id], type=Source)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    store = Store.open(tmp_path / "backend.db")
    yield Bench(store, monkeypatch)
    store.close()


def test_no_more_are_asked_at_once_than_allowed(bench: Bench) -> None:
    names = [f"s{i}" for i in range(12)]
    made = bench.rounds(*(named(name) for name in names))

    async def go() -> None:
        async with bench.going(made):
            await bench.until(12)

    asyncio.run(go())
    assert sorted(bench.asked) == sorted(names)
    assert 1 <= bench.most <= 2


def test_each_is_asked_again_after_its_own_period(bench: Bench) -> None:
    made = bench.rounds(named("often"), named("seldom", period_s=3600))

    async def go() -> None:
        async with bench.going(made):
            await bench.until(2)
            for count in (3, 4, 5):
                bench.clock.advance(MINUTE_MS)
                await bench.until(count)

    asyncio.run(go())
    assert bench.asked.count("seldom") == 1
    assert bench.asked.count("often") == 4


@pytest.mark.parametrize(
    "error", [RuntimeError("a bug"), OperationalError("write", None, Exception("disk full"))]
)
def test_one_that_breaks_stops_no_other(bench: Bench, error: Exception) -> None:
    bench.trouble["broken"] = error
    made = bench.rounds(named("broken"), named("well"))

    async def go() -> None:
        async with bench.going(made):
            await bench.until(2)
            bench.clock.advance(2 * MINUTE_MS)
            await bench.until(4)

    asyncio.run(go())
    assert bench.asked.count("well") == 2
    assert bench.asked.count("broken") == 2


def test_a_restart_goes_on_where_it_was(bench: Bench) -> None:
    declared = named("a", period_s=600)

    async def go(count: int) -> None:
        made = bench.rounds(declared)
        async with bench.going(made):
            await bench.until(count)
            await bench.told("a", bench.clock.now_ms())

    asyncio.run(go(1))
    told = bench.row("a")
    bench.clock.advance(MINUTE_MS)

    async def quiet() -> None:
        async with bench.going(bench.rounds(declared)):
            for _ in range(50):
                await asyncio.sleep(0)

    asyncio.run(quiet())
    assert bench.asked == ["a"]
    assert bench.row("a") == told
    bench.clock.advance(10 * MINUTE_MS)
    asyncio.run(go(2))


def test_what_cannot_be_asked_says_why_and_is_not(bench: Bench) -> None:
    made = bench.rounds(named("keyless", key="nobody", address="http://x/{key}"), named("b"))
    assert [source.declaration.id for source in made.sources] == ["b"]
    assert bench.row("keyless").idle is not None
    assert bench.row("b").idle is None


def test_a_connector_that_is_not_there_is_named(bench: Bench) -> None:
    with pytest.raises(SettingsError, match=r"source c\.connector"):
        bench.rounds(named("c", connector="nope"))


def test_of_two_sources_the_first_with_a_key_feeds(bench: Bench) -> None:
    feed = (Feed("air.pm10", "pm10"),)
    both = (named("a", key="k", feeds=feed), named("b", feeds=feed))
    assert feeders(both, frozenset()) == {"pm10": "b"}
    assert feeders(both, frozenset(("k",))) == {"pm10": "a"}
