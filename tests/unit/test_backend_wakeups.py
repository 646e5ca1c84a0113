"""Wake-ups: only the newest revision matters, and hundreds of kiosks are not woken at once."""

import asyncio

import pytest

from kiosk.backend import server
from kiosk.backend.server import WakeUps

KIOSKS = 40


async def test_news_that_follow_one_another_are_one_wake_up() -> None:
    wakeups = WakeUps("e", 1)
    listening = wakeups.listen()
    assert (await anext(listening)).revision == 1
    woken = asyncio.ensure_future(anext(listening))
    await asyncio.sleep(0)
    for revision in (2, 3, 3, 2):
        wakeups.tell(revision)
    assert (await woken).revision == 3
    wakeups.close()
    with pytest.raises(StopAsyncIteration):
        await anext(listening)


async def test_the_more_kiosks_listen_the_further_their_wake_ups_lie_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await sleep(0)

    wakeups = WakeUps("e", 1)
    listening = [wakeups.listen() for _ in range(KIOSKS)]
    for each in listening:
        await anext(each)
    monkeypatch.setattr(asyncio, "sleep", noted)
    woken = [asyncio.ensure_future(anext(each)) for each in listening]
    await sleep(0)
    wakeups.tell(2)
    assert {told.revision for told in await asyncio.gather(*woken)} == {2}
    assert len(set(waits)) == KIOSKS
    assert max(waits) <= KIOSKS * server.SPREAD_S
    assert max(waits) > KIOSKS * server.SPREAD_S / 2
    for each in listening[1:]:
        await each.aclose()
    waits.clear()
    alone = asyncio.ensure_future(anext(listening[0]))
    await sleep(0)
    wakeups.tell(3)
    assert (await alone).revision == 3
    assert max(waits) <= server.SPREAD_S
    await listening[0].aclose()
