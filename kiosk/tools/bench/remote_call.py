"""A call with a tablet of this process: how soon the first picture is there after a yes, how soon
it is back after a cut, and how late the screen comes meanwhile.

The tablet sends drawn pictures and a tone, and takes the wall's, which are drawn here as well: it
shares this machine with the wall, and its share of the processors counts."""

import asyncio
import contextlib
import fractions
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from aiortc import (
    AudioStreamTrack,
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
    VideoStreamTrack,
)
from aiortc.mediastreams import MediaStreamError
from av import VideoFrame

from kiosk.calls import library  # noqa: F401 - this end is on loopback alone as well
from kiosk.remote.client import TabletError
from kiosk.remote.media import LOOPBACK
from kiosk.remote.sdp import with_address
from kiosk.tools.bench.figure import Figure
from kiosk.tools.bench.relay import Relay
from kiosk.tools.bench.remote_rig import (
    ATTEMPT_S,
    RELAY,
    WAIT_S,
    Rig,
    Seen,
    address_of,
    come_back,
    lateness,
)
from kiosk.tools.driving import ROOT, environment, stop
from kiosk.wire.messages import Ask
from kiosk.wire.rings import RingReader, RingWriter, ring_path
from kiosk.wire.shared import TABLET_CAMERA, WALL_CAMERA

FIRST_BAR_S = 2.0
BACK_BAR_S = 5.0
LATE_BAR_MS = 16.0
CUT_S = 3.0
SIZE = (640, 360)
FPS = 20
WALL_FPS = 15
CLOCK_HZ = 90_000
LOOK_S = 0.005
PAUSE_S = 0.5


class CallTablet:
    """One tablet of the rig, and its end of a call."""

    def __init__(self, tablet: Seen, network: "Cut") -> None:
        self._tablet = tablet
        self._network = network
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._connection: RTCPeerConnection | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.pictures = 0
        self.newest_s = 0.0
        tablet.on_call = self._heard.put_nowait

    async def ring(self) -> str:
        """Rings the wall; the call's id. Raises TabletError."""
        answer = await self._tablet.send("call.ring", {"about": ""})
        if answer.status != "done":
            raise TabletError(f"call.ring: {answer.reason.en}")
        return str((await self._next("call"))["call"])

    async def taken(self) -> None:
        """Until a person at the wall has said yes."""
        while (await self._next("call"))["phase"] != "connecting":
            pass

    async def connect(self, call: str) -> None:
        """Offers, as the page does, and takes the wall's answer."""
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        connection = self._connection = RTCPeerConnection(configuration)
        connection.on("track", self._take)
        connection.addTrack(_Drawn(FPS))
        connection.addTrack(AudioStreamTrack())
        await connection.setLocalDescription(await connection.createOffer())
        sdp = connection.localDescription.sdp
        await self._tablet.offer_call(call, sdp)
        answer = (await self._next("call_answer"))["sdp"]
        if not answer:
            raise TabletError("the offer was not taken")
        answer = await self._network.between(answer)
        await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    async def again(self) -> None:
        """Back after a cut: another connection in the same call."""
        call = str((await self._next("call"))["call"])
        await self._end_media()
        await self.connect(call)

    async def close(self) -> None:
        """Hangs up and lets everything go."""
        await self._tablet.send("call.end")
        await self._end_media()
        while not self._heard.empty():
            self._heard.get_nowait()
        self.pictures = 0

    async def _end_media(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._connection is not None:
            await self._connection.close()

    async def _next(self, kind: str) -> dict[str, Any]:
        async with asyncio.timeout(WAIT_S):
            while (message := await self._heard.get())["type"] != kind:
                pass
        return message

    def _take(self, track: MediaStreamTrack) -> None:
        task = asyncio.ensure_future(self._watch(track))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                await track.recv()
                if track.kind == "video":
                    self.pictures += 1
                    self.newest_s = time.perf_counter()


class Cut:
    """A network of one call that can swallow its packets: a relay between the wall and a tablet
    that comes from `source`."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._outside: asyncio.DatagramTransport | None = None
        self._inside: asyncio.DatagramTransport | None = None
        self._tablet: tuple[str, int] | None = None
        self._wall: tuple[str, int] | None = None
        self.cut = False

    async def between(self, answer: str) -> str:
        """The wall's answer, leading here; packets go on to where it led."""
        self.close()
        line = next(line for line in answer.splitlines() if line.startswith("a=candidate:"))
        words = line.split()
        self._wall = (words[4], int(words[5]))
        loop = asyncio.get_running_loop()
        self._outside, _ = await loop.create_datagram_endpoint(
            lambda: _Way(self._to_wall), local_addr=(LOOPBACK, 0)
        )
        self._inside, _ = await loop.create_datagram_endpoint(
            lambda: _Way(self._to_tablet), local_addr=(self._source, 0)
        )
        host, port = self._outside.get_extra_info("sockname")
        return with_address(answer, host, port)

    def close(self) -> None:
        for side in (self._outside, self._inside):
            if side is not None:
                side.close()

    def _to_wall(self, packet: bytes, address: tuple[str, int]) -> None:
        self._tablet = address
        if not self.cut and self._inside is not None:
            self._inside.sendto(packet, self._wall)

    def _to_tablet(self, packet: bytes, _address: tuple[str, int]) -> None:
        if not self.cut and self._outside is not None and self._tablet is not None:
            self._outside.sendto(packet, self._tablet)


class _Way(asyncio.DatagramProtocol):
    def __init__(self, take: Any) -> None:
        self._take = take

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._take(data, addr)


class _Drawn(VideoStreamTrack):
    """Pictures with something that moves."""

    def __init__(self, fps: int) -> None:
        super().__init__()
        self._fps = fps
        self._number = 0
        self._began_s = time.monotonic()

    async def recv(self) -> Any:
        due_s = self._began_s + self._number / self._fps
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        frame = VideoFrame.from_ndarray(drawn(self._number)[:, :, :3].copy(), format="bgr24")
        frame.pts = self._number * CLOCK_HZ // self._fps
        frame.time_base = fractions.Fraction(1, CLOCK_HZ)
        self._number += 1
        return frame


def drawn(number: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A picture of SIZE, BGRA: a gradient that wanders, and a bright square that crosses it."""
    width, height = SIZE
    across = (np.arange(width) * 255 // width + 3 * number) % 256
    picture = np.empty((height, width, 4), np.uint8)
    picture[:, :, 0] = across
    picture[:, :, 1] = (np.arange(height) * 255 // height)[:, None]
    picture[:, :, 2] = 96
    picture[:, :, 3] = 255
    left = (7 * number) % (width - 80)
    picture[140:220, left : left + 80, :3] = 240
    return picture


def camera(runtime_dir: Path, seconds: float) -> None:
    """Main of a process that stands in the place of the wall's camera."""
    ring = RingWriter(ring_path(runtime_dir, WALL_CAMERA), *SIZE)
    began_s, number = time.monotonic(), 0
    while time.monotonic() - began_s < seconds:
        ring.write(drawn(number).tobytes(), time.time_ns() // 1_000_000)
        number += 1
        time.sleep(max(0.0, began_s + number / WALL_FPS - time.monotonic()))
    ring.close(remove=True)


async def call_figures(rig: Rig, rounds: int, talk_s: float) -> AsyncIterator[Figure]:
    """See the page's head. Raises TabletError, TimeoutError."""
    reader = RingReader(ring_path(rig.wall.data_dir, TABLET_CAMERA))
    network = Cut(address_of(0))
    async with rig.tablets(1) as (seen,):
        with _processes(rig.wall.data_dir):
            await asyncio.sleep(2 * PAUSE_S)
            tablet = CallTablet(seen, network)
            firsts = [await _first(rig, tablet, reader) for _ in range(rounds)]
            calm = await _calm(rig, talk_s)
            await _accept(rig, tablet)
            await _both(tablet, reader, time.time_ns() // 1_000_000)
            await asyncio.to_thread(lateness, rig)
            await asyncio.sleep(talk_s)
            late = await asyncio.to_thread(lateness, rig)
            backs = [await _back(tablet, reader, network) for _ in range(max(3, rounds // 5))]
            await tablet.close()
    network.close()
    wholes = await _wholes(rig, reader, max(3, rounds // 5))
    reader.close()
    n = len(firsts)
    yield Figure("remote", "call, from yes to both pictures, p50", _rank(firsts, 0.5), "s", n=n)
    yield Figure(
        "remote", "call, from yes to both pictures, p95", _rank(firsts, 0.95), "s", FIRST_BAR_S, n
    )
    words = f"call, both pictures back after a cut of {CUT_S:.0f} s, longest"
    yield Figure("remote", words, max(backs), "s", BACK_BAR_S, len(backs))
    words = f"call, both pictures back after {CUT_S:.0f} s without any network, longest"
    yield Figure("remote", words, max(wholes), "s", BACK_BAR_S, len(wholes))
    yield Figure("remote", "screen without a call, late p99", calm.alone_p99_ms, "ms", n=calm.n)
    yield Figure(
        "remote", "screen in a call, late p99", late.alone_p99_ms, "ms", LATE_BAR_MS, late.n
    )
    yield Figure(
        "remote", "screen in a call, late p99 beside all else", late.p99_ms, "ms", n=late.n
    )


@contextlib.contextmanager
def _processes(home: Path) -> Iterator[None]:
    """The calls' process, and what stands in the camera's place."""
    command = [sys.executable, "-m", "kiosk.app.process", "calls"]
    calls = subprocess.Popen(
        [*command, "--settings", str(home / "remote.json")], env=environment(), cwd=ROOT
    )
    code = (
        "import sys; from pathlib import Path; from kiosk.tools.bench.remote_call import camera; "
    )
    code += "camera(Path(sys.argv[1]), 3600.0)"
    pictures = subprocess.Popen(
        [sys.executable, "-c", code, str(home)], env=environment(), cwd=ROOT
    )
    try:
        yield
    finally:
        stop(calls)
        stop(pictures)


async def _first(rig: Rig, tablet: CallTablet, reader: RingReader) -> float:
    """Seconds from the wall's yes until each side sees the other."""
    began_s = await _accept(rig, tablet)
    now_ms = time.time_ns() // 1_000_000
    took_s = await _both(tablet, reader, now_ms) - began_s
    await tablet.close()
    await asyncio.sleep(PAUSE_S)
    return took_s


async def _accept(rig: Rig, tablet: CallTablet) -> float:
    """The tablet rings, somebody takes it; when that was asked for."""
    call = await tablet.ring()
    await asyncio.sleep(PAUSE_S)  # it rings for a moment, as everywhere
    began_s = time.perf_counter()
    rig.wall.say(Ask("call.answer"))
    await tablet.taken()
    await tablet.connect(call)
    return began_s


async def _both(tablet: CallTablet, reader: RingReader, after_ms: int) -> float:
    """When both had a new picture."""
    after_s = time.perf_counter()
    wall_s = 0.0
    async with asyncio.timeout(WAIT_S):
        while not wall_s or tablet.newest_s <= after_s:
            if not wall_s:
                found = reader.latest(_as_if_shown)
                if found is not None and found.t_ms > after_ms:
                    wall_s = time.perf_counter()
            await asyncio.sleep(LOOK_S)
    return max(wall_s, tablet.newest_s)


def _as_if_shown(width_px: int, height_px: int) -> memoryview:
    return memoryview(bytearray(4 * width_px * height_px))


async def _back(tablet: CallTablet, reader: RingReader, network: Cut) -> float:
    """Seconds from the mending of a cut until both see the other again."""
    network.cut = True
    await asyncio.sleep(CUT_S)
    network.cut = False
    mended_s = time.perf_counter()
    took_s = await _both(tablet, reader, time.time_ns() // 1_000_000) - mended_s
    await asyncio.sleep(PAUSE_S)
    return took_s


async def _wholes(rig: Rig, reader: RingReader, rounds: int) -> list[float]:
    """The same when the tablet's own connection is cut together with pictures and sound: it comes
    back first, and offers anew."""
    port = int(rig.url.rstrip("/").rsplit(":", 1)[1])
    took: list[float] = []
    with _processes(rig.wall.data_dir):
        await asyncio.sleep(2 * PAUSE_S)
        for _ in range(rounds):
            # What was open at a cut of this relay stays dead: each round has one of its own.
            async with Relay(RELAY, LOOPBACK, port) as line, rig.tablets(1, RELAY) as (seen,):
                network = Cut(LOOPBACK)
                tablet = CallTablet(seen, network)
                await _accept(rig, tablet)
                await _both(tablet, reader, time.time_ns() // 1_000_000)
                network.cut = True
                line.cut()
                await asyncio.sleep(CUT_S)
                coming = asyncio.ensure_future(come_back(seen, rig.url))
                await asyncio.sleep(ATTEMPT_S)  # so that attempts are under way when it is mended
                network.cut = False
                line.mend()
                mended_s, mended_ms = time.perf_counter(), time.time_ns() // 1_000_000
                await coming
                await tablet.again()
                took.append(await _both(tablet, reader, mended_ms) - mended_s)
                await tablet.close()
                network.close()
            await asyncio.sleep(PAUSE_S)
    return took


async def _calm(rig: Rig, seconds: float) -> Any:
    await asyncio.to_thread(lateness, rig)
    await asyncio.sleep(seconds)
    return await asyncio.to_thread(lateness, rig)


def _rank(values: list[float], share: float) -> float:
    """By the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
