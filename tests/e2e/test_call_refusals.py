"""Media that nobody said yes to: refused at the server, told for the audit, and no port opened."""

import asyncio
import contextlib
import queue
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.remote.client import Tablet
from kiosk.wire.calls import Call, Party
from kiosk.wire.messages import (
    CallAnswer,
    CallNow,
    CallOffer,
    CallOver,
    RefusedRequest,
    Role,
    RoomFailed,
    TalksNow,
)
from kiosk.wire.projection import Projection
from kiosk.wire.talks import Talk
from kiosk.wire.text import Text
from tests.helpers.scripted_wall import ScriptedWall, scripted_wall

OFFER = (Path(__file__).parents[1] / "data/calls/chromium_offer.sdp").read_text("ascii")
ANSWER = (
    "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 40000 UDP/TLS/RTP/SAVPF 111\r\n"
    "c=IN IP4 127.0.0.1\r\na=candidate:x 1 udp 2130706431 127.0.0.1 40000 typ host\r\n"
    "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijkl\r\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refusals")


@pytest.fixture(scope="module")
def wall(folder: Path) -> Iterator[ScriptedWall]:
    with scripted_wall(folder) as made:
        made.tell_devices()
        yield made


Heard = queue.SimpleQueue[dict[str, Any]]


@asynccontextmanager
async def paired(
    wall: ScriptedWall, folder: Path, role: Role = "official"
) -> AsyncIterator[tuple[Tablet, Heard]]:
    """A tablet that was let in and is connected, and what it hears of calls."""
    wall.accepts = role
    authority = folder / "certificates" / "ca.pem"
    heard: Heard = queue.SimpleQueue()
    async with Tablet(authority) as tablet:
        await tablet.pair(await asyncio.to_thread(wall.offer), "태블릿")
        await tablet.connect()
        tablet.on_call = heard.put
        yield tablet, heard
    wall.link.send(CallNow(None))


def call_of(device: str, phase: str = "connecting") -> Call:
    return msgspec.convert(
        {
            "id": "call-0001",
            "phase": phase,
            "name": {"ko": "태블릿", "en": "tablet"},
            "since_ms": 1,
            "device": device if phase != "ringing" else "",
            "rings": [device] if phase == "ringing" else [],
        },
        Call,
    )


async def next_of(heard: Heard, kind: str) -> dict[str, Any]:
    while True:
        message = await asyncio.to_thread(heard.get, True, 10)
        if message["type"] == kind:
            return message


async def refused(wall: ScriptedWall, why: str) -> None:
    def told(message: RefusedRequest) -> bool:
        return message.reason.startswith("unsolicited media") and why in message.reason

    await asyncio.to_thread(wall.wait_for, RefusedRequest, told)
    assert wall.all_of(CallOffer) == []


def udp_ports() -> set[str]:
    """The UDP ports that this process has open."""
    own = set()
    for fd in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            own.add(str(fd.readlink()))
    lines = Path("/proc/net/udp").read_text().splitlines()[1:]
    return {line.split()[1] for line in lines if f"socket:[{line.split()[9]}]" in own}


@pytest.mark.parametrize(
    ("phase", "mine", "role", "why"),
    [
        (None, True, "official", "no such call"),
        ("ringing", True, "official", "no such call"),
        ("asking", True, "official", "no such call"),
        ("connecting", False, "official", "not in the call"),
        ("connecting", True, "visitor", "not in the call"),
    ],
)
async def test_an_offer_without_a_yes_of_both_sides_is_refused(
    wall: ScriptedWall, folder: Path, phase: str | None, mine: bool, role: Role, why: str
) -> None:
    wall.forget()
    before = udp_ports()
    async with paired(wall, folder, role) as (tablet, heard):
        device = tablet.device if mine else "tablet-of-somebody-else"
        wall.link.send(CallNow(call_of(device, phase) if phase is not None else None))
        if mine and phase is not None:
            await next_of(heard, "call")
        # What comes after it on the same way has come, so the server knows of the call.
        then = Projection(f"{phase}-{role}-{mine}", Text("다음", "next"), Text("", ""), 1)
        wall.show(then)
        await tablet.wait_until(lambda: tablet.projection == then)
        await tablet.offer_call("call-0001", OFFER)
        assert (await next_of(heard, "call_answer"))["sdp"] == ""
        await refused(wall, why)
        assert udp_ports() == before
        assert (await tablet.send("nav.home")).status == "done", "the tablet itself stays"


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ("typ host", "typ relay", "relay"),
        ("c=IN IP4 0.0.0.0", "c=IN IP4 203.0.115.9", "foreign"),
        ("m=video", "m=application", "another kind"),
        ("v=0", "\0", "a line that is none"),
    ],
)
async def test_a_spoilt_offer_in_an_accepted_call_is_refused(
    wall: ScriptedWall, folder: Path, was: str, becomes: str, why: str
) -> None:
    wall.forget()
    before = udp_ports()
    async with paired(wall, folder) as (tablet, heard):
        wall.link.send(CallNow(call_of(tablet.device)))
        await next_of(heard, "call")
        await tablet.offer_call("call-0001", OFFER.replace(was, becomes))
        assert (await next_of(heard, "call_answer"))["sdp"] == ""
        await refused(wall, why)
        assert udp_ports() == before


async def test_a_port_is_open_as_long_as_the_call_and_no_longer(
    wall: ScriptedWall, folder: Path
) -> None:
    wall.forget()
    before = udp_ports()
    async with paired(wall, folder) as (tablet, heard):
        wall.link.send(CallNow(call_of(tablet.device)))
        await next_of(heard, "call")
        await tablet.offer_call("call-0001", OFFER)
        offer = await asyncio.to_thread(wall.wait_for, CallOffer)
        assert "candidate" not in offer.sdp
        wall.link.send(CallAnswer("call-0001", ANSWER))
        answer = (await next_of(heard, "call_answer"))["sdp"]
        (candidate,) = [line for line in answer.splitlines() if "candidate:" in line]
        assert "127.0.0.1" in candidate, "the address that the tablet reached"
        assert "40000" not in candidate, "not the one of the calls' process"
        assert len(udp_ports() - before) == 2
        reason = Text("끝", "over")
        wall.link.send(CallNow(None))
        wall.link.send(CallOver("call-0001", (tablet.device,), reason))
        assert (await next_of(heard, "call_over"))["reason"] == {"ko": "끝", "en": "over"}
        assert udp_ports() == before


async def test_who_comes_back_sees_the_call_that_goes_on(wall: ScriptedWall, folder: Path) -> None:
    wall.forget()
    async with paired(wall, folder) as (tablet, heard):
        wall.link.send(CallNow(call_of(tablet.device)))
        assert (await next_of(heard, "call"))["side"] == "mine"
        await tablet.connect()
        assert (await next_of(heard, "call"))["phase"] == "connecting"


async def test_in_a_call_of_several_only_those_inside_offer(
    wall: ScriptedWall, folder: Path
) -> None:
    """Neither one who still rings, nor one who was never called; and what comes of another is
    answered by nobody who was not led there."""
    wall.forget()
    before = udp_ports()
    async with paired(wall, folder) as (tablet, heard):
        others = (Party("tablet-2", Text("둘", "Two")), Party("tablet-3", Text("셋", "Three")))
        call = msgspec.structs.replace(call_of("tablet-1"), others=others, rings=(tablet.device,))
        wall.link.send(CallNow(call))
        await next_of(heard, "call")
        await tablet.offer_call("call-0001", OFFER)
        assert (await next_of(heard, "call_answer"))["sdp"] == ""
        await refused(wall, "not in the call")
        await tablet.answer_way("call-0001", "wall-wall", OFFER)
        assert (await next_of(heard, "call_answer"))["sdp"] == ""
        inside = msgspec.structs.replace(
            call, rings=(), others=(*others, Party(tablet.device, Text("나", "I")))
        )
        wall.link.send(CallNow(inside))
        await next_of(heard, "call")
        await tablet.answer_way("call-0001", "no-such-way", OFFER)
        await refused(wall, "no such way")
        await tablet.answer_way("call-0001", "wall-wall", OFFER)
        await tablet.offer_call("call-0001", OFFER)
        failed = await asyncio.to_thread(wall.wait_for, RoomFailed)
        assert failed.call == "call-0001", "no server is configured here: the wall is told"
        assert udp_ports() == before


def talk_of(caller: str, callee: str, *, taken: bool) -> Talk:
    return Talk("talk-0001", caller, callee, "하나", "둘", 1, taken)


@pytest.mark.parametrize(
    ("mine", "taken", "answers", "why"),
    [
        ("caller", False, False, "no such call"),
        ("callee", True, False, "not the caller"),
        ("caller", True, True, "not who was called"),
        ("nobody", True, False, "not the caller"),
        ("nobody", True, True, "not who was called"),
    ],
)
async def test_between_tablets_only_the_two_are_heard_once_both_said_yes(
    wall: ScriptedWall, folder: Path, mine: str, taken: bool, answers: bool, why: str
) -> None:
    wall.forget()
    async with paired(wall, folder) as (tablet, _):
        caller = tablet.device if mine == "caller" else "tablet-1"
        callee = tablet.device if mine == "callee" else "tablet-2"
        wall.link.send(TalksNow((talk_of(caller, callee, taken=taken),)))
        # Asked and answered, so that the server has it.
        assert (await tablet.send("nav.home")).status == "done"
        if answers:
            await tablet.answer_way("talk-0001", "peer-peer", OFFER)
        else:
            await tablet.offer_call("talk-0001", OFFER)
        await refused(wall, why)
        wall.link.send(TalksNow(()))


async def test_between_tablets_no_word_of_one_reaches_the_other_unread(
    wall: ScriptedWall, folder: Path
) -> None:
    """The other gets our own words, and no address but the one the caller's connection has."""
    wall.forget()
    async with paired(wall, folder) as (one, _), paired(wall, folder) as (other, heard):
        wall.link.send(TalksNow((talk_of(one.device, other.device, taken=True),)))
        assert (await next_of(heard, "call"))["offers"] is False
        lines = OFFER.replace("s=-", "s=<script>").splitlines()
        at = next(n for n, line in enumerate(lines) if line.startswith("a=ice-ufrag"))
        for host, port in (("127.0.0.1", 40_000), ("10.0.0.1", 40_001)):
            lines.insert(at, f"a=candidate:1 1 udp 2130706431 {host} {port} typ host")
        await one.offer_call("talk-0001", "\r\n".join(lines) + "\r\n")
        led = await next_of(heard, "call_way")
        assert "script" not in led["sdp"]
        candidates = {line for line in led["sdp"].splitlines() if "candidate:" in line}
        assert candidates == {"a=candidate:1 1 udp 2130706431 127.0.0.1 40000 typ host"}
        wall.link.send(TalksNow(()))


async def test_the_window_that_goes_on_with_a_call_has_it_alone(
    wall: ScriptedWall, folder: Path
) -> None:
    wall.forget()
    async with paired(wall, folder) as (first, heard):
        wall.link.send(CallNow(call_of(first.device)))
        await next_of(heard, "call")
        await first.offer_call("call-0001", OFFER)
        await asyncio.to_thread(wall.wait_for, CallOffer)
        authority = folder / "certificates" / "ca.pem"
        async with Tablet(authority, first._key) as second:
            second.on_call = lambda message: None
            await second.connect(wall.url)
            await second.offer_call("call-0001", OFFER)
            assert "다른 창" in (await next_of(heard, "call_over"))["reason"]["ko"]
