"""One answer for many kiosks: how often the store is read, and that nobody is told old news."""

import asyncio
import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.backend.deltas import READERS, Answer, Asked, Deltas
from kiosk.backend.store import Page, Store
from kiosk.wire.city import ChangesPage
from tests.helpers.city import indicator, observation

DEADLINE_S = 10
KIOSKS = 60


class CountedStore(Store):
    """Counts its readings; while `held`, they wait after they have read."""

    readings = 0
    held: threading.Event | None = None

    def changes(self, since: int, limit: int) -> Page:
        page = super().changes(since, limit)
        self.readings += 1
        if self.held is not None:
            assert self.held.wait(DEADLINE_S)
        return page


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CountedStore]:
    made = CountedStore.open(tmp_path / "backend.db")
    assert isinstance(made, CountedStore)
    yield made
    made.close()


@pytest.fixture
def deltas(store: CountedStore) -> Iterator[Deltas]:
    made = Deltas(store)
    yield made
    made.close()


def rows(answer: Answer) -> list[object]:
    body = gzip.decompress(answer.body) if answer.gzip else answer.body
    return [change.row for change in msgspec.json.decode(body, type=ChangesPage).rows]


async def test_an_answer_is_kept_until_something_changes(
    store: CountedStore, deltas: Deltas
) -> None:
    store.write([indicator("a")])
    first = await deltas.answer(Asked(0, 10))
    assert await deltas.answer(Asked(0, 10)) is first
    assert store.readings == 1
    store.write([indicator("b")])
    second = await deltas.answer(Asked(0, 10))
    assert (rows(first), rows(second)) == ([indicator("a")], [indicator("a"), indicator("b")])
    assert first.etag != second.etag
    assert store.readings == 2


async def test_kiosks_that_ask_at_once_share_a_reading(store: CountedStore, deltas: Deltas) -> None:
    store.write([indicator("a")])
    store.held = threading.Event()
    asking = [asyncio.create_task(deltas.answer(Asked(0, 10))) for _ in range(KIOSKS)]
    await asyncio.sleep(0)  # all of them have asked
    store.held.set()
    answers = await asyncio.gather(*asking)
    assert all(rows(answer) == [indicator("a")] for answer in answers)
    assert 1 <= store.readings <= READERS + 1


async def test_a_reading_that_has_begun_is_no_answer_to_who_asks_later(
    store: CountedStore, deltas: Deltas
) -> None:
    store.write([indicator("a")])
    store.held = threading.Event()
    early = asyncio.create_task(deltas.answer(Asked(0, 10)))
    while not store.readings:
        await asyncio.sleep(0)
    store.write([indicator("b")])
    late = asyncio.create_task(deltas.answer(Asked(0, 10)))
    await asyncio.sleep(0)
    store.held.set()
    assert rows(await early) == [indicator("a")]
    assert rows(await late) == [indicator("a"), indicator("b")]
    assert rows(await deltas.answer(Asked(0, 10))) == [indicator("a"), indicator("b")]


async def test_who_gives_up_takes_nobody_s_answer_away(store: CountedStore, deltas: Deltas) -> None:
    store.held = threading.Event()
    holding = [asyncio.create_task(deltas.answer(Asked(n, 10))) for n in range(READERS)]
    impatient, patient = (asyncio.create_task(deltas.answer(Asked(9, 9))) for _ in range(2))
    await asyncio.sleep(0)
    impatient.cancel()
    store.held.set()
    assert rows(await patient) == []
    await asyncio.gather(*holding)


async def test_large_answers_are_compressed_for_who_takes_that(
    store: CountedStore, deltas: Deltas
) -> None:
    store.write([observation("a", t) for t in range(500)])
    plain = await deltas.answer(Asked(0, 500))
    zipped = await deltas.answer(Asked(0, 500, gzip=True))
    small = await deltas.answer(Asked(499, 500, gzip=True))
    assert (plain.gzip, zipped.gzip, small.gzip) == (False, True, False)
    assert gzip.decompress(zipped.body) == plain.body
    assert len(zipped.body) < len(plain.body) / 5
    assert zipped.etag == plain.etag
