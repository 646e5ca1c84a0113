"""A wall that is in calls: the real tablets' server and the real calls' process, joined by a script
that plays the screen's part, with pictures and sound that are drawn and hummed here."""

import math
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kiosk.calls.worker import run
from kiosk.core.clock import SystemClock
from kiosk.settings.model import CallSettings, PathSettings, Settings
from kiosk.wire.calls import Call, Sends
from kiosk.wire.link import PairedLink
from kiosk.wire.messages import (
    CallAnswer,
    CallMedia,
    CallNow,
    CallOffer,
    CallOver,
    Message,
    RoomAnswer,
    RoomOffer,
)
from kiosk.wire.rings import RingReader, RingWriter, ring_path
from kiosk.wire.shared import SOUND_HZ, TABLET_CAMERA, WALL_CAMERA, sound_socket
from kiosk.wire.text import Text
from tests.helpers.scripted_wall import ScriptedWall, scripted_wall

WIDTH, HEIGHT = 320, 180
FRAME_S = 1 / 15
_TO_CALLS = (CallOffer, RoomOffer, RoomAnswer)
SOUND_S = 0.1
HUM_HZ = 440.0


class CallWall:
    """`wall` is the tablets' server with its script; what it and the calls' process say to each
    other passes here."""

    def __init__(self, wall: ScriptedWall, calls: PairedLink, runtime: Path) -> None:
        self.wall = wall
        self.media: list[CallMedia] = []
        self.offers: list[CallOffer] = []
        self._calls = calls
        self._runtime = runtime
        self._call: Call | None = None
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=target, name=f"call-{target.__name__}")
            for target in (self._offers, self._answers, self._pictures, self._sound)
        ]
        for thread in self._threads:
            thread.start()

    def tell(self, call: Call | None, reason: Text | None = None) -> None:
        """How the call stands now, to both."""
        before, self._call = self._call, call
        for link in (self.wall.link, self._calls):
            link.send(CallNow(call))
        still = call.tablets if call is not None else frozenset()
        gone = before.tablets - still if before is not None else frozenset()
        if before is not None and gone and reason is not None:
            self.wall.link.send(CallOver(before.id, tuple(gone), reason))

    def accept(self, call: Call, device: str) -> Call:
        """Both have said yes."""
        accepted = msgspec.structs.replace(call, phase="connecting", device=device, rings=())
        self.tell(accepted)
        return accepted

    def picture(
        self, after_ms: int = 0, timeout_s: float = 15.0, ring: str = TABLET_CAMERA
    ) -> tuple[int, int, bytes]:
        """The tablet's newest picture that came after a moment: width, height, pixels."""
        reader = RingReader(ring_path(self._runtime, ring))
        deadline = time.monotonic() + timeout_s
        try:
            while time.monotonic() < deadline:
                frame = reader.latest()
                if frame is not None and frame.t_ms > after_ms:
                    return frame.width_px, frame.height_px, bytes(frame.pixels)
                self._ended.wait(0.005)
        finally:
            reader.close()
        raise AssertionError(f"no picture of the tablet in {timeout_s} s; media: {self.media}")

    def wait_for_media(self, state: str, timeout_s: float = 15.0) -> CallMedia:
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if self.media and self.media[-1].state == state:
                return self.media[-1]
            self._ended.wait(0.01)
        raise AssertionError(f"media were never {state}: {self.media}")

    def close(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(5.0)

    # ---- the screen's part

    def _offers(self) -> None:
        seen = 0
        while not self._ended.wait(0.005):
            said = [m for m in self.wall.heard if isinstance(m, _TO_CALLS)]
            for message in said[seen:]:
                if isinstance(message, CallOffer):
                    self.offers.append(message)
                self._calls.send(message)
            seen = len(said)

    def _answers(self) -> None:
        while not self._ended.is_set():
            message: Message | None = self._calls.receive(0.02)
            if isinstance(message, CallAnswer | RoomOffer | RoomAnswer):
                self.wall.link.send(message)
            elif isinstance(message, CallMedia):
                self.media.append(message)

    # ---- camera and microphone

    def _pictures(self) -> None:
        ring: RingWriter | None = None
        while not self._ended.wait(FRAME_S):
            call = self._call
            if call is None or not call.accepted or not call.wall.camera:
                if ring is not None:
                    ring.close(remove=True)
                    ring = None
                continue
            if ring is None:
                ring = RingWriter(ring_path(self._runtime, WALL_CAMERA), WIDTH, HEIGHT)
            # Blue to the left, red to the right, as BGRA.
            row = bytes((255, 0, 0, 255)) * (WIDTH // 2) + bytes((0, 0, 255, 255)) * (WIDTH // 2)
            ring.write(row * HEIGHT, time.time_ns() // 1_000_000)
        if ring is not None:
            ring.close(remove=True)

    def _sound(self) -> None:
        out = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        out.setblocking(False)
        count, sent = round(SOUND_HZ * SOUND_S), 0
        with out:
            while not self._ended.wait(SOUND_S):
                call = self._call
                if call is None or not call.accepted or not call.wall.microphone:
                    continue
                wave = (
                    round(12_000 * math.sin(2 * math.pi * HUM_HZ * (sent + n) / SOUND_HZ))
                    for n in range(count)
                )
                sent += count
                try:
                    out.sendto(struct.pack(f"<{count}h", *wave), str(sound_socket(self._runtime)))
                except OSError:
                    continue  # nobody listens yet


@contextmanager
def call_wall(folder: Path, several: CallSettings | None = None) -> Iterator[CallWall]:
    """Server and calls' process inline, both on loopback."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    mine, ui = PairedLink.pair()
    settings = Settings(paths=PathSettings(data_dir=str(folder), runtime_dir=str(runtime)))
    worker = threading.Thread(target=run, args=(settings, mine, SystemClock()), name="calls")
    with scripted_wall(folder, calls=several) as wall:
        worker.start()
        made = CallWall(wall, ui, runtime)
        try:
            yield made
        finally:
            made.close()
            ui.stopped.set()
            worker.join(10.0)
            assert not worker.is_alive(), "the calls' process did not stop"


def ringing(device: str, about: str = "중구 화재") -> Call:
    """A call that rings at one tablet."""
    return Call(
        id=f"call-{time.time_ns():x}",
        phase="ringing",
        name=Text("비서실 태블릿", "Secretary's tablet"),
        since_ms=time.time_ns() // 1_000_000,
        rings=(device,),
        about=Text(about, about),
        tablet=Sends(),
    )
