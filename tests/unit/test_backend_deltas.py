"""One answer for many kiosks: how often the store is read, and that nobody is told old news."""

import asyncio
import gzip
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.deltas import Answer, Asked, Deltas, Newest
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
    store.write([indicator("b")])
    second = await deltas.answer(Asked(0, 10))
    assert (rows(first), rows(second)) == ([indicator("a")], [indicator("a"), indicator("b")])
    assert first.etag != second.etag


async def test_kiosks_that_ask_at_once_share_a_look(store: CountedStore, deltas: Deltas) -> None:
    store.write([indicator("a"), indicator("b"), indicator("c")])
    store.held = threading.Event()
    asking = [asyncio.create_task(deltas.answer(Asked(n % 3, 10))) for n in range(KIOSKS)]
    await asyncio.sleep(0)  # all of them have asked
    store.held.set()
    answers = await asyncio.gather(*asking)
    assert [len(rows(answer)) for answer in answers] == [3, 2, 1] * (KIOSKS // 3)
    assert 1 <= store.readings <= 2


async def test_who_is_far_behind_is_answered_from_the_store(store: CountedStore) -> None:
    store.write([indicator("a"), indicator("b")])
    late = Deltas(store)  # what was written before it began is not in its memory
    assert rows(await late.answer(Asked(0, 1))) == [indicator("a")]
    assert rows(await late.answer(Asked(1, 1))) == [indicator("b")]
    late.close()


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
    assert indicator("a") in rows(await early)  # with the newer one, when that is read in time
    assert rows(await late) == [indicator("a"), indicator("b")]
    assert rows(await deltas.answer(Asked(0, 10))) == [indicator("a"), indicator("b")]


async def test_who_gives_up_takes_nobody_s_answer_away(store: CountedStore, deltas: Deltas) -> None:
    store.held = threading.Event()
    impatient, patient = (asyncio.create_task(deltas.answer(Asked(0, 9))) for _ in range(2))
    while not store.readings:
        await asyncio.sleep(0)
    impatient.cancel()
    store.held.set()
    assert rows(await patient) == []


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


async def test_a_store_that_cannot_be_read_now_may_be_read_later(
    store: CountedStore, deltas: Deltas, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write([indicator("a")])
    with monkeypatch.context() as broken:
        broken.setattr(store, "changes", lambda since, limit: 1 / 0)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await deltas.answer(Asked(0, 10))
    assert rows(await deltas.answer(Asked(0, 10))) == [indicator("a")]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.lists(st.sampled_from("abc"), min_size=1, max_size=4)),
        st.tuples(st.just("figure"), st.lists(st.integers(0, 3), min_size=1, max_size=4)),
        st.tuples(st.just("delete"), st.lists(st.sampled_from("abc"), min_size=1, max_size=2)),
        st.tuples(st.just("look"), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(1, 5), st.integers(1, 6))
def test_what_stays_in_memory_is_what_the_store_would_tell(
    todo: list[tuple[str, list[Any]]], kept: int, limit: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "backend.db")
        newest = Newest(store.epoch, store.revision(), kept)
        for step, what in [*todo, ("look", [])]:
            if step == "write":
                store.write([indicator(name) for name in what])
            elif step == "figure":
                store.write([observation("a", t_ms) for t_ms in what])
            elif step == "delete":
                store.delete("indicators", what)
            else:
                newest.take(store.changes(newest.head, kept))
                for since in range(newest.head + 2):
                    page = newest.page(Asked(since, limit))
                    assert (page is None) == (since < newest.floor)
                    assert page is None or page == store.changes(since, limit)
        store.close()
