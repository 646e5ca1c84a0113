"""Scenes at night in which nothing moves, as a camera with a noisy sensor and an encoder sends
them; one that hangs repeats its last picture, noise and all."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np

from kiosk.backend.scenes import build_scene
from kiosk.backend.scenes.light import Light
from kiosk.video.motion import Motion, News
from kiosk.video.scaling import Scaler, Tile, rows

FPS = 15
WAYS: dict[str, tuple[str, int, dict[str, str]]] = {
    "x264": ("libx264", 500, {"preset": "veryfast", "tune": "zerolatency"}),
    "x264 at 900": ("libx264", 900, {"preset": "veryfast", "tune": "zerolatency", "g": "15"}),
    "x264 B-frames": ("libx264", 800, {"preset": "veryfast", "bf": "2"}),
    "x265": ("libx265", 500, {"preset": "ultrafast", "x265-params": "log-level=none"}),
    "MPEG-4": ("mpeg4", 800, {}),
}
DECODERS = {"libx264": "h264", "libx265": "hevc", "mpeg4": "mpeg4"}


def packets(
    way: str, kind: str, noise: float, seed: int, pictures: int, hangs: int | None
) -> Iterator[Any]:
    """`noise`: the standard deviation of a pixel's brightness, in levels of 255."""
    codec, kbit, options = WAYS[way]
    night = build_scene(kind, f"still-{seed}").frame(1_790_000_000.0, Light(8))
    scene = np.asarray(night)[..., :3].mean(axis=2).astype(np.float32) * 0.86 + 16
    height, width = scene.shape
    encoder: Any = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, FPS), Fraction(FPS)
    encoder.bit_rate, encoder.gop_size, encoder.options = kbit * 1000, 2 * FPS, options
    rng = np.random.default_rng(seed)
    grain = np.zeros(scene.shape)
    grey = np.full((height // 2, width), 128, np.uint8)
    for count in range(pictures):
        if hangs is None or count < hangs:
            grain = rng.normal(0, noise, scene.shape)
        luma = np.clip(scene + grain, 16, 235).astype(np.uint8)
        frame: Any = av.VideoFrame.from_ndarray(np.concatenate([luma, grey]), "yuv420p")
        frame.pts = count
        yield from encoder.encode(frame)
    yield from encoder.encode(None)


def news(
    way: str,
    kind: str,
    noise: float,
    seed: int,
    pictures: int = 5 * FPS,
    hangs: int | None = None,
) -> list[News]:
    """What a tile makes of each picture; from the one `hangs` on the camera repeats its last."""
    decoder: Any = av.CodecContext.create(DECODERS[WAYS[way][0]], "r")
    scaler, motion, tile = Scaler(), Motion(), Tile(480, 270, FPS)
    return [
        motion.see(rows(scaler.planes(picture, tile), 1), tile, whole=picture.key_frame)
        for packet in packets(way, kind, noise, seed, pictures, hangs)
        for picture in decoder.decode(packet)
    ]
