"""Whose words of a call of several reach whom, with a server in the place of the SFU that only
writes down what it is told."""

import asyncio
from pathlib import Path

import pytest

from kiosk.core.clock import ManualClock
from kiosk.remote.rooms import Conference
from kiosk.remote.sdp import read_offer, with_address, write_offer
from kiosk.remote.sfu import SfuError, SfuPlace, Way

OFFER = (Path(__file__).parents[1] / "data/calls/chromium_offer.sdp").read_text("ascii")
HOST, PORT = "10.0.0.9", 5000
SAID = with_address(write_offer(read_offer(OFFER)), HOST, PORT)


class Written:
    """An SFU that answers everything, in its own words, and brings every way up."""

    def __init__(self, *, opens: bool = True, comes_up: bool = True) -> None:
        self.opens = opens
        self.comes_up = comes_up
        self.there = False
        self.offers: list[str] = []
        self.answers: list[tuple[int, str]] = []
        self.dropped: list[int] = []
        self._made = 0

    async def open(self) -> None:
        await asyncio.sleep(0)
        if not self.opens:
            raise SfuError("not reached")
        self.there = True

    async def publish(self, offer: str) -> Way:
        await asyncio.sleep(0)
        self.offers.append(offer)
        way = self._way()
        if self.comes_up:
            way.up.set()
        return way

    async def subscribe(self, published: Way) -> Way:
        await asyncio.sleep(0)
        return self._way()

    async def finish(self, way: Way, answer: str) -> None:
        self.answers.append((way.handle, answer))

    async def drop(self, way: Way) -> None:
        self.dropped.append(way.handle)

    async def close(self) -> None:
        self.there = False

    def _way(self) -> Way:
        self._made += 1
        return Way(self._made, SAID)


class Room:
    def __init__(self, sfu: Written) -> None:
        self.sfu = sfu
        self.led: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.refusals: list[str] = []
        self.failures = 0
        self.conference = Conference(
            SfuPlace(lambda: sfu, HOST),
            clock=ManualClock(),
            refused=lambda address, why: self.refusals.append(why),
            answered=lambda member, sdp: self.words.append(sdp),
            led=self._led,
            failed=self._failed,
        )

    def _led(self, member: str, of: str, sdp: str) -> None:
        self.led.append((member, of))
        self.words.append(sdp)

    def _failed(self) -> None:
        self.failures += 1

    async def enter(self, *members: str) -> None:
        """All of them in the same moment."""
        for number, member in enumerate(members):
            self.conference.enter(member, OFFER, f"10.0.0.{number + 20}")
        await self.rest()

    async def rest(self) -> None:
        while self.conference._tasks:
            await asyncio.gather(*self.conference._tasks)


@pytest.fixture
def room() -> Room:
    return Room(Written())


async def test_who_comes_in_the_same_moment_is_led_to_each_other_once(room: Room) -> None:
    await room.enter("a", "b", "c")
    assert sorted(room.led) == [
        ("a", "b"),
        ("a", "c"),
        ("b", "a"),
        ("b", "c"),
        ("c", "a"),
        ("c", "b"),
    ]
    await room.conference.close()


async def test_who_comes_again_is_led_anew_and_the_others_stay(room: Room) -> None:
    await room.enter("a", "b", "c")
    room.led.clear()
    await room.enter("b")
    assert sorted(room.led) == [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]
    assert len(room.sfu.dropped) == 5, "its way in, its two ways out, and those of the others to it"
    await room.conference.close()


async def test_who_leaves_is_gone_for_all(room: Room) -> None:
    await room.enter("a", "b")
    room.conference.keep(frozenset("a"))
    await room.rest()
    assert len(room.sfu.dropped) == 3
    room.conference.finish("b", "a", OFFER)
    await room.rest()
    assert room.sfu.answers == []
    await room.conference.close()


async def test_who_was_away_for_a_while_is_led_to_the_others_anew(room: Room) -> None:
    await room.enter("a", "b", "c")
    room.led.clear()
    room.conference.again("a")
    room.conference.again("nobody")
    await room.rest()
    assert sorted(room.led) == [("a", "b"), ("a", "c")]
    assert len(room.sfu.dropped) == 2
    await room.conference.close()


async def test_neither_side_is_told_an_address_but_the_ones_that_are_known(room: Room) -> None:
    await room.enter("a", "b")
    for offer in room.sfu.offers:
        (host,) = {line.split()[4] for line in offer.splitlines() if "candidate:" in line}
        assert host in ("10.0.0.20", "10.0.0.21")
    for words in room.words:
        found = {tuple(line.split()[4:6]) for line in words.splitlines() if "candidate:" in line}
        assert found == {(HOST, str(PORT))}
    room.conference.finish("a", "b", OFFER.replace("s=-", "s=<script>"))
    await room.rest()
    ((_, answer),) = room.sfu.answers
    assert "script" not in answer
    await room.conference.close()


async def test_a_bad_answer_ends_nothing_and_is_told(room: Room) -> None:
    await room.enter("a", "b")
    room.conference.finish("a", "b", "nonsense")
    await room.rest()
    assert room.refusals
    assert room.failures == 0
    await room.conference.close()


async def test_without_a_server_it_is_said_each_time_somebody_comes() -> None:
    room = Room(Written(opens=False))
    await room.enter("a", "b")
    assert room.failures == 2
    await room.conference.close()


async def test_a_server_that_sends_from_elsewhere_is_not_believed() -> None:
    room = Room(Written())
    room.conference._place = SfuPlace(lambda: room.sfu, "10.0.0.8")
    await room.enter("a")
    assert room.failures == 1
    assert "sfu_address" in room.refusals[-1]
    await room.conference.close()


async def test_a_room_that_is_lost_is_made_anew(room: Room) -> None:
    await room.enter("a", "b")
    room.sfu.there = False
    room.led.clear()
    await room.enter("a", "b")
    assert sorted(room.led) == [("a", "b"), ("b", "a")]
    await room.conference.close()
