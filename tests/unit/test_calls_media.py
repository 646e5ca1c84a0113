"""Pictures and sound of a call on their way through the wall's processes, and the one door through
which packets pass."""

import asyncio
import contextlib
import math
import socket
import struct
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from aioice import ice
from aiortc import rtcrtpreceiver
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket

from kiosk.calls import library
from kiosk.calls.pictures import shown_size
from kiosk.calls.sound import FRAME_BYTES, HELD_MS, MOST_MS, Echo
from kiosk.core.clock import ManualClock
from kiosk.remote.media import LARGEST_BYTES, PACKET_BURST, MediaDoor, open_door
from kiosk.wire.calls import Call
from kiosk.wire.rings import RingReader, ring_path
from kiosk.wire.shared import SOUND_HZ, WALL_CAMERA, sound_socket
from kiosk.wire.text import Text
from kiosk.workers.shared_camera import WIDTH_PX, SharedCamera
from kiosk.workers.shared_microphone import SharedMicrophone
from voice.loudspeaker import Loudspeaker
from voice.playback import Waiting, play

LOOPBACK = "127.0.0.1"
RINGS = Call("c-1", "ringing", Text("가", "A"), 0, rings=("t-1",))
TALKS = Call("c-1", "talking", Text("가", "A"), 0, device="t-1")


class TestSharedCamera:
    def test_pictures_leave_only_while_an_accepted_call_is_on(self, tmp_path: Path) -> None:
        clock, rgb = ManualClock(), np.zeros((720, 1280, 3), np.uint8)
        rgb[:, :, 0] = 200
        camera = SharedCamera(tmp_path, clock)
        reader = RingReader(ring_path(tmp_path, WALL_CAMERA))
        for call in (None, RINGS):
            camera.follow(call)
            camera.show(0, rgb)
            assert reader.latest() is None
        camera.follow(TALKS)
        camera.show(0, rgb)
        frame = reader.latest()
        assert frame is not None
        assert (frame.width_px, frame.height_px) == (WIDTH_PX, 360)
        assert bytes(frame.pixels[:4]) == bytes((0, 0, 200, 255))
        camera.follow(None)
        assert not list((tmp_path / "rings").glob("call*")), "the last picture goes with the call"
        camera.show(0, rgb)
        assert reader.latest() is None


class TestSharedMicrophone:
    def test_sound_leaves_only_while_an_accepted_call_is_on(self, tmp_path: Path) -> None:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listener.bind(str(sound_socket(tmp_path)))
        listener.setblocking(False)
        microphone = SharedMicrophone(tmp_path)
        with listener:
            for call in (None, RINGS):
                microphone.follow(call)
                microphone.give([b"secret"])
                with pytest.raises(BlockingIOError):
                    listener.recv(100)
            microphone.follow(TALKS)
            microphone.give([b"one", b"two"])
            assert [listener.recv(100), listener.recv(100)] == [b"one", b"two"]
            microphone.follow(None)
            microphone.give([b"three"])
            with pytest.raises(BlockingIOError):
                listener.recv(100)

    def test_without_a_listener_it_never_waits(self, tmp_path: Path) -> None:
        microphone = SharedMicrophone(tmp_path)
        microphone.follow(TALKS)
        microphone.give([b"x" * 3200] * 500)
        microphone.close()


def tone(seconds: float, hz: float) -> bytes:
    count = round(SOUND_HZ * seconds)
    return struct.pack(
        f"<{count}h",
        *(round(9000 * math.sin(2 * math.pi * hz * n / SOUND_HZ)) for n in range(count)),
    )


class TestEcho:
    def test_it_holds_back_a_little_and_then_flows(self) -> None:
        echo = Echo(cancels=False)
        assert echo.next_frame() == bytes(FRAME_BYTES)
        echo.heard(tone(0.1, 300.0))
        assert echo.next_frame() == bytes(FRAME_BYTES), f"{HELD_MS} ms are waited for"
        echo.heard(tone(0.1, 300.0))
        frames = [echo.next_frame() for _ in range(11)]
        assert all(any(frame) for frame in frames[:10])
        assert not any(frames[10])

    def test_what_is_too_late_is_let_go(self) -> None:
        echo = Echo(cancels=False)
        for _ in range(20):
            echo.heard(tone(0.1, 300.0))
        held = 0
        while any(echo.next_frame()):
            held += 1
        assert held * 20 <= MOST_MS

    def test_the_loudspeaker_is_not_heard_back(self) -> None:
        """What the tablet said comes back through the room, 40 ms later and half as loud."""
        chance = np.random.default_rng(7)
        far = (chance.standard_normal(SOUND_HZ * 6) * 3000).astype(np.int16)
        near = np.zeros_like(far)
        late = SOUND_HZ * 40 // 1000
        near[late:] = far[:-late] // 2
        echo, step = Echo(cancels=True), SOUND_HZ // 10
        out = b""
        for at in range(0, len(far), step):
            echo.played(far[at : at + step].tobytes())
            echo.heard(near[at : at + step].tobytes())
            out += b"".join(echo.next_frame() for _ in range(5))
        ends = np.frombuffer(out, np.int16)[-SOUND_HZ:].astype(float)
        heard = near[-SOUND_HZ:].astype(float)
        assert 20 * math.log10(np.std(heard) / max(1.0, np.std(ends))) > 15


class TestLoudspeaker:
    def test_what_waits_is_bounded_and_silence_fills_the_rest(self) -> None:
        waiting = Waiting(1000)
        waiting.put(bytes(range(1, 101)) * 20)
        assert len(waiting.take(2000).rstrip(b"\0")) == 600  # 300 ms of it
        assert waiting.take(4) == bytes(4)

    def test_it_plays_until_its_input_ends(self, tmp_path: Path) -> None:
        class Stream:
            def __init__(self, **form: object) -> None:
                self.callback = form["callback"]
                self.heard = b""
                made.append(self)

            def __enter__(self) -> "Stream":
                return self

            def __exit__(self, *_: object) -> None:
                out = bytearray(4)
                self.callback(out, 2, None, None)  # type: ignore[operator]
                self.heard = bytes(out)

        made: list[Stream] = []
        sound = tmp_path / "sound"
        sound.write_bytes(b"abcd")
        backend = type("Backend", (), {"RawOutputStream": Stream})
        import os

        with sound.open("rb") as stream:
            play(48_000, stream, backend, os.getppid())
        assert made[0].heard == b"abcd"

    def test_without_a_device_it_says_so_and_never_waits(self) -> None:
        speaker = Loudspeaker((sys.executable, "-c", "import sys; sys.exit(1)"))
        speaker._process.wait(10)
        assert not speaker.play(b"\0" * 1920)
        speaker.close()
        hung = Loudspeaker((sys.executable, "-c", "import time; time.sleep(60)"))
        began = time.monotonic()
        for _ in range(200):
            assert hung.play(b"\0" * 1920)
        assert time.monotonic() - began < 5
        hung.close()


class TestShownSize:
    @pytest.mark.parametrize(
        ("size", "place", "shown"),
        [
            ((960, 540), (600, 338), (600, 338)),
            ((640, 480), (600, 338), (451, 338)),
            ((480, 960), (600, 338), (169, 338)),
            ((320, 180), (1200, 675), (1200, 675)),
        ],
    )
    def test_a_picture_fills_its_place_in_its_own_shape(
        self, size: tuple[int, int], place: tuple[int, int], shown: tuple[int, int]
    ) -> None:
        assert shown_size(*size, place) == shown


class TestLibrary:
    def test_media_come_to_loopback_alone(self) -> None:
        assert ice.get_host_addresses is library.loopback_only
        assert ice.get_host_addresses(use_ipv4=True, use_ipv6=True) == [LOOPBACK]

    def test_the_library_takes_its_buffer_from_where_it_is_changed(self) -> None:
        receiver = rtcrtpreceiver.RTCRtpReceiver.__init__.__globals__
        assert receiver["JitterBuffer"] is library.BriefBuffer

    def test_a_gap_is_let_go_and_a_whole_picture_asked_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = [0.0]
        monkeypatch.setattr(library.BriefBuffer, "now_s", lambda: now[0])

        def seconds_frozen(buffer: JitterBuffer) -> float:
            """30 pictures a second of one packet each; from 1.0 to 1.5 s everything is lost."""
            number, asked, last = 0, False, 0.0
            while now[0] < 12.0:
                number += 1
                now[0] = number / 30
                if 1.0 <= now[0] < 1.5:
                    continue
                packet = RtpPacket(
                    payload_type=96, sequence_number=number, timestamp=number * 3000, payload=b"x"
                )
                packet._data = b"x"  # type: ignore[attr-defined]
                ask, frame = buffer.add(packet)
                asked = asked or ask
                if frame is not None:
                    if now[0] > 1.5:
                        assert asked
                        return now[0] - 1.5
                    last = now[0]
            assert last > 0.9
            return math.inf

        assert seconds_frozen(library.BriefBuffer(512, is_video=True)) < 0.6
        now[0] = 0.0
        assert seconds_frozen(JitterBuffer(512, is_video=True)) > 5, "why ours is there"


class Wall(asyncio.DatagramProtocol):
    """Stands in the place of the calls' process."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.news = asyncio.Event()
        self.door: tuple[str, int] = ("", 0)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.got.append(data)
        self.door = addr
        self.news.set()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0.002)


class TestMediaDoor:
    async def opened(self, tablet: str = LOOPBACK) -> tuple[MediaDoor, Wall, list[tuple[str, str]]]:
        refused: list[tuple[str, str]] = []
        note = lambda address, reason: refused.append((address, reason))  # noqa: E731
        door = await open_door(LOOPBACK, 0, tablet, ManualClock(), note)
        loop = asyncio.get_running_loop()
        inside, wall = await loop.create_datagram_endpoint(Wall, local_addr=(LOOPBACK, 0))
        self.inside = inside
        door.lead_to(inside.get_extra_info("sockname")[1], "WxYz")
        return door, wall, refused

    async def test_packets_of_the_tablet_pass_both_ways_once_it_has_knocked(self) -> None:
        door, wall, refused = await self.opened()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tablet:
            tablet.setblocking(False)
            tablet.sendto(b"\x80media", door.address)
            await settle()
            assert wall.got == [], "media from a port that has not knocked"
            tablet.sendto(b"\x00stun", door.address)
            tablet.sendto(b"\x80media", door.address)
            await settle()
            assert wall.got == [b"\x00stun", b"\x80media"]
            self.inside.sendto(b"\x80back", wall.door)
            await settle()
            assert tablet.recv(100) == b"\x80back"
        assert refused == []
        door.close()
        self.inside.close()

    async def test_a_stranger_is_turned_away_and_told_of(self) -> None:
        door, wall, refused = await self.opened(tablet="127.0.0.7")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.sendto(b"\x00stun", door.address)
            stranger.sendto(b"\x80media", door.address)
            await settle()
            assert refused == [(LOOPBACK, "media from a stranger")] * 2
            stranger.sendto(b"\x00stun USERNAME WxYz:abcd", door.address)
            await settle()
        assert wall.got == []
        assert len(refused) == 2, "the tablet by another of its addresses is no stranger"
        door.close()
        self.inside.close()

    async def test_floods_and_giants_are_turned_away(self) -> None:
        door, _, refused = await self.opened()
        tablet = (LOOPBACK, 9)
        door.from_outside(b"\x00stun", tablet)
        door.from_outside(b"\x80" * (LARGEST_BYTES + 1), tablet)
        door.from_outside(b"", tablet)
        assert [reason for _, reason in refused] == ["too much media"] * 2
        for _ in range(PACKET_BURST):
            door.from_outside(b"\x80m", tablet)
        assert refused[2:] == [(LOOPBACK, "too much media")]
        door.close()
        self.inside.close()

    async def test_nothing_from_another_process_on_loopback_goes_out(self) -> None:
        door, _, _ = await self.opened()
        sent: list[bytes] = []
        door.from_outside(b"\x00stun", (LOOPBACK, 9))
        assert door._outside is not None
        door._outside.sendto = lambda packet, address=None: sent.append(bytes(packet))  # type: ignore[method-assign,assignment]
        door.from_inside(b"\x80forged", (LOOPBACK, 1))
        assert sent == []
        door.close()
        self.inside.close()

    async def test_a_port_that_is_taken_is_told_and_nothing_stays_open(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind((LOOPBACK, 0))
            port = taken.getsockname()[1]
            with pytest.raises(OSError, match="in use"):
                await open_door(LOOPBACK, port, LOOPBACK, ManualClock(), lambda *_: None)
        with contextlib.closing(
            await open_door(LOOPBACK, port, LOOPBACK, ManualClock(), lambda *_: None)
        ) as door:
            assert door.address == (LOOPBACK, port)
