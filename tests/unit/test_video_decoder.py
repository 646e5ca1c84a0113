"""A stream is decoded within its share, in software or on a device, and breaks nothing."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from kiosk.core.clock import ManualClock
from kiosk.settings.model import VideoSettings
from kiosk.video import decoder, hardware
from kiosk.video.decoder import Decoder, Share
from kiosk.video.source import Opened


def clip(frames: int = 30, size: tuple[int, int] = (320, 180), codec: str = "libx264") -> bytes:
    """A moving square, with a key frame every 10 pictures and B-frames in between."""
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as container:
        stream: Any = container.add_stream(codec, rate=15)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.options = {"g": "10", "bf": "2"}
        for n in range(frames):
            picture = np.full((size[1], size[0], 3), 60, np.uint8)
            picture[20:80, 5 * n : 5 * n + 60] = 200
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return out.getvalue()


@pytest.fixture
def opened() -> Iterator[Opened]:
    with Opened(av.open(io.BytesIO(clip())), keeps_time=False) as source:
        yield source


def made(source: Opened, **fields: float) -> Decoder:
    return Decoder(source, VideoSettings(**fields), ManualClock())  # type: ignore[arg-type]


def test_every_picture_comes_in_its_order_with_b_frames(opened: Opened) -> None:
    subject = made(opened)
    pictures = [p for packet in opened.packets() for p in subject.pictures(packet, wanted=True)]
    assert len(pictures) >= 26, "the last ones wait for more"
    assert [p.pts for p in pictures] == sorted(p.pts for p in pictures)
    assert subject.decoder == "software"


def test_what_is_not_wanted_and_not_needed_is_not_decoded(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unused(packet: Any) -> bool:
        """nal_ref_idc of its first unit is 0; Matroska puts four bytes of length before it."""
        return not packet.is_keyframe and not bytes(packet)[4] >> 5 & 3

    monkeypatch.setattr(decoder, "is_disposable", unused)
    subject, packets = made(opened), list(opened.packets())
    skippable = [packet for packet in packets if unused(packet)]
    assert skippable
    few = [p for packet in packets for p in subject.pictures(packet, wanted=False)]
    assert len(few) <= 30 - len(skippable)


def test_a_picture_beyond_the_limit_gives_none(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder, "PIXELS_LIMIT", 100 * 100)
    subject = made(opened)
    assert [p for packet in opened.packets() for p in subject.pictures(packet, wanted=True)] == []


def test_a_damaged_packet_gives_none_and_the_next_key_frame_does(opened: Opened) -> None:
    subject = made(opened)
    damaged: Any = av.Packet(b"\0\0\0\1" + bytes(range(200)))
    assert subject.pictures(damaged, wanted=True) == []
    assert [p for packet in opened.packets() for p in subject.pictures(packet, wanted=True)]


def test_a_decoder_of_its_own_gives_the_same_pictures(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way that a device's decoder goes, without the device."""

    def without(*_arguments: object, **_named: object) -> None:
        return None

    monkeypatch.setattr(hardware, "kinds", lambda: [("vaapi", "/dev/dri/renderD128")])
    monkeypatch.setattr(av.codec.hwaccel, "HWAccel", without)
    context, kind = hardware.context_like(opened.codec_context)
    assert kind == "vaapi"
    assert context is not opened.codec_context
    packets = list(opened.packets())
    own = [p for packet in packets for p in context.decode(packet)]
    usual = [p for packet in packets for p in packet.decode()]
    assert [bytes(p.planes[0]) for p in own] == [bytes(p.planes[0]) for p in usual]
    assert hardware.decoded_by(own[0], kind) == "software", "nothing came from a device"


@pytest.mark.parametrize(
    ("known", "nodes", "found"),
    [
        (["vaapi", "cuda"], ["dri/renderD128", "nvidiactl"], ["vaapi", "cuda"]),
        (["vaapi", "cuda"], ["dri/renderD129"], ["vaapi"]),
        (["vaapi"], [], []),
        ([], ["dri/renderD128", "nvidiactl"], []),
    ],
    ids=["both", "vaapi", "no-device", "ffmpeg-without"],
)
def test_only_what_ffmpeg_knows_and_the_machine_has_is_tried(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    known: list[str],
    nodes: list[str],
    found: list[str],
) -> None:
    monkeypatch.setattr(av.codec.hwaccel, "hwdevices_available", lambda: known)
    for name in nodes:
        node = tmp_path / name
        node.parent.mkdir(parents=True, exist_ok=True)
        node.touch()
    kinds = hardware.kinds(tmp_path)
    assert [kind for kind, _ in kinds] == found
    assert all(Path(device or "").parent == tmp_path / "dri" for kind, device in kinds if device)


def test_a_device_that_does_not_work_leaves_software(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hardware, "kinds", lambda: [("vaapi", "/dev/dri/none")])
    subject = made(opened)
    pictures = [p for packet in opened.packets() for p in subject.pictures(packet, wanted=True)]
    assert len(pictures) >= 26
    assert subject.decoder == "software"


def test_a_stream_that_takes_too_much_saves_and_is_tried_again() -> None:
    clock, cpu_s = ManualClock(), [0.0]
    share = Share(0.5, clock, lambda: cpu_s[0])

    def two_seconds(share_of_a_core: float) -> int:
        clock.advance(2000)
        cpu_s[0] += 2 * share_of_a_core
        return share.look()

    assert [two_seconds(0.4), two_seconds(0.9), two_seconds(0.8), two_seconds(0.8)] == [0, 1, 2, 2]
    later = [two_seconds(0.1) for _ in range(12)]
    assert later[-1] == 1
    assert two_seconds(0.9) == 2
    assert [two_seconds(0.1) for _ in range(15)][-1] == 2, "tried again less often"
