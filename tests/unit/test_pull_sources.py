"""Asking the city's systems: quotas kept, keys hidden, failures borne, good figures left alone."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.connectors.normal import (
    Item,
    NotUnderstood,
    Observation,
    Parsed,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.pull.declaration import Declaration, Paging, Quota, load_declarations
from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.pull.patience import OPEN_AFTER, Patience
from kiosk.backend.pull.quota import QuotaLedger, next_midnight_ms
from kiosk.backend.pull.source import PulledSource
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from kiosk.settings import SettingsError
from kiosk.settings.secrets import Secrets
from kiosk.wire.text import Text

KEY = "5365637265744b6579"
HOUR_MS = 3_600_000


def parse(body: bytes, context: Context) -> Parsed:
    """A page of numbers, or what a source says instead."""
    words = body.decode()
    if words.startswith("refused"):
        _, code, retry = words.split()
        raise SourceRefused(code, "said the source", retry)  # type: ignore[arg-type]
    if words == "nonsense":
        raise NotUnderstood("no page of numbers")
    place = context.options.get("place", "")
    return Parsed(
        tuple(Observation(id=f"{place}{n}", kind="air.pm10", value=float(n)) for n in words.split())
    )


CONNECTOR = Connector("numbers", "numbers", parse)
DECLARATION = Declaration(
    id="air",
    name=Text("대기", "Air"),
    owner=Text("보건환경연구원", "Institute"),
    connector="numbers",
    address="",
    period_s=300,
    kinds=("air.pm10",),
    licence="KOGL-1",
    key="seoul",
    local=True,
)


class System:
    """A city system on loopback that answers what the test says, and remembers who asked."""

    def __init__(self) -> None:
        self.answers: Callable[[str], str | int] = lambda path: "1 2 3"
        self.paths: list[str] = []

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}"
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        self.paths.append(request.path)
        answer = self.answers(request.path)
        if isinstance(answer, int):
            return web.Response(status=answer, text=f"trouble with {request.path}")
        return web.Response(text=answer)


class Bench:
    """A source, its system, and everything that was delivered."""

    def __init__(self, store: Store, declaration: Declaration = DECLARATION) -> None:
        self.system = System()
        self.clock = ManualClock()
        self.quota = QuotaLedger(store.engine)
        self.delivered: list[tuple[Item, ...]] = []
        self._declaration = declaration

    def pull(self, times: int = 1, path: str = "/{key}/air") -> PulledSource:
        return asyncio.run(self._pull(times, path))

    async def _pull(self, times: int, path: str) -> PulledSource:
        fetcher = Fetcher(Secrets({"seoul": KEY}), timeout_s=5)
        async with self.system.serving() as base:
            address = base + path
            source = PulledSource(
                msgspec.structs.replace(self._declaration, address=address),
                CONNECTOR,
                fetcher=fetcher,
                quota=self.quota,
                clock=self.clock,
                rng=random.Random(3),
                deliver=lambda declaration, pulled: self.delivered.append(pulled.items),
            )
            for _ in range(times):
                await source.pull()
                self.clock.advance(1000)
            await fetcher.close()
        return source


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "backend.db")
    yield made
    made.close()


def test_what_a_source_gives_is_delivered(store: Store) -> None:
    bench = Bench(store)
    source = bench.pull()
    assert [item.value for item in bench.delivered[0]] == [1.0, 2.0, 3.0]
    assert (source.health.items, source.health.last_error) == (3, "")
    assert source.health.next_ms == bench.clock.now_ms() - 1000 + 300_000
    assert bench.system.paths == [f"/{KEY}/air"]


def test_pages_are_asked_for_until_one_gives_nothing_new(store: Store) -> None:
    declaration = msgspec.structs.replace(DECLARATION, paging=Paging(size=2))
    bench = Bench(store, declaration)
    pages = {"/1/2": "1 2", "/3/4": "3", "/5/6": ""}
    bench.system.answers = pages.__getitem__
    bench.pull(path="/{start}/{end}")
    assert bench.system.paths == ["/1/2", "/3/4", "/5/6"]
    assert len(bench.delivered[0]) == 3


def test_each_place_is_asked_for(store: Store) -> None:
    declaration = msgspec.structs.replace(DECLARATION, places=("광화문·덕수궁", "강남역"))
    bench = Bench(store, declaration)
    bench.pull(path="/{place}")
    assert bench.system.paths == ["/광화문·덕수궁", "/강남역"]
    assert len(bench.delivered[0]) == 6


@pytest.mark.parametrize("answer", ["nonsense", "refused ERROR-500 soon", 503])
def test_a_failure_delivers_nothing_and_waits_longer_each_time(
    store: Store, answer: str | int
) -> None:
    bench = Bench(store)
    bench.system.answers = lambda path: answer
    source = bench.pull(times=3)
    assert bench.delivered == []
    assert source.health.failures == 3
    assert source.health.last_error
    assert 10_000 < source.health.next_ms - bench.clock.now_ms() + 1000 < 30_000


def test_no_key_in_what_is_told_of_a_failure(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bench = Bench(store)
    bench.system.answers = lambda path: 503
    errors = [bench.pull().health.last_error]
    bench.system.answers = lambda path: "refused INFO-100 never"
    errors.append(bench.pull().health.last_error)
    for path in ("/{key} broken", ":99999/{key}", "/{key}/\x00"):
        errors.append(bench.pull(path=path).health.last_error)
    assert all(KEY not in error for error in errors)
    assert KEY not in caplog.text
    assert KEY not in repr(Secrets({"seoul": KEY}))


def test_a_day_s_calls_are_counted_over_a_restart(tmp_path: Path) -> None:
    declaration = msgspec.structs.replace(DECLARATION, quota=Quota(day=5))
    store = Store.open(tmp_path / "backend.db")
    Bench(store, declaration).pull(times=3)
    store.close()
    store = Store.open(tmp_path / "backend.db")
    bench = Bench(store, declaration)
    source = bench.pull(times=4)
    assert len(bench.system.paths) == 2
    assert source.health.last_error == "its quota is spent"
    assert source.health.next_ms == next_midnight_ms(bench.clock.now_ms())
    bench.clock.advance(source.health.next_ms - bench.clock.now_ms())
    bench.pull()
    assert len(bench.system.paths) == 3
    store.close()


def test_a_key_s_calls_of_a_minute_are_shared_by_its_sources(store: Store) -> None:
    bench = Bench(store, msgspec.structs.replace(DECLARATION, quota=Quota(minute=2)))
    source = bench.pull(times=3)
    assert len(bench.system.paths) == 2
    assert source.health.next_ms - bench.clock.now_ms() == 60_000 - 3000


def test_a_spent_quota_rests_until_midnight_in_korea(store: Store) -> None:
    bench = Bench(store)
    bench.system.answers = lambda path: "refused ERROR-337 tomorrow"
    source = bench.pull(times=3)
    assert len(bench.system.paths) == 1
    assert source.health.next_ms == next_midnight_ms(bench.clock.now_ms())
    assert (next_midnight_ms(bench.clock.now_ms()) + 9 * HOUR_MS) % (24 * HOUR_MS) == 0


def test_a_wrong_key_is_not_tried_again_for_about_an_hour(store: Store) -> None:
    bench = Bench(store)
    bench.system.answers = lambda path: "refused INFO-100 never"
    source = bench.pull()
    assert source.health.circuit == "open"
    assert source.health.next_ms - bench.clock.now_ms() > HOUR_MS / 2


def test_a_missing_key_says_where_it_belongs(store: Store) -> None:
    bench = Bench(store, msgspec.structs.replace(DECLARATION, key="nobody"))
    source = bench.pull()
    assert source.health.last_error == "no key named nobody: add it to the secrets file"
    assert bench.system.paths == []


@given(st.integers(10, 86_400), st.lists(st.booleans(), max_size=40), st.integers(0, 99))
def test_waits_grow_and_an_answer_ends_them(period_s: int, answers: list[bool], seed: int) -> None:
    patience = Patience(period_s, random.Random(seed))
    failures = 0
    for answered in answers:
        failures = 0 if answered else failures + 1
        wait_ms = patience.succeeded() if answered else patience.failed()
        assert patience.failures == failures
        assert (patience.state == "open") == (failures >= OPEN_AFTER)
        assert 0 < wait_ms <= max(period_s * 1000, 600_000) * 1.25


def test_a_file_of_keys_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(f'seoul = "{KEY}"\n')
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        Secrets.load(file)
    file.chmod(0o600)
    assert Secrets.load(file).value("seoul") == KEY
    file.write_text('seoul = "abc"\n')
    with pytest.raises(SettingsError) as caught:
        Secrets.load(file)
    assert "abc" not in str(caught.value)


def test_a_declaration_that_does_not_fit_is_named(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text('[[source]]\nid = "x"\nperiod_s = 1\n')
    with pytest.raises(SettingsError) as caught:
        load_declarations(file)
    assert str(file) in str(caught.value)
