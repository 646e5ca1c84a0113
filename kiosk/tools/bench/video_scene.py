"""What the bench's cameras see: the demonstration's scenes with a sensor's noise, as raw pictures.

A drawn picture without noise is decoded in no time at all; no camera gives one.
"""

import datetime as dt
from pathlib import Path

import cv2
import numpy as np

from kiosk.backend.catalogue import load_cameras
from kiosk.backend.scenes import build_scene
from kiosk.backend.scenes.light import light_at
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.tools.bench.video_server import FPS, HEIGHT_PX, WIDTH_PX

SECONDS = 6
NOISE_LEVELS = 3.0
NOON_S = 1_790_000_000.0


def write_frames(file: Path) -> Path:
    """I420 pictures one after the other; the same ones every time."""
    entry = load_cameras(pack_folder(Settings()))[0]
    scene, rng = build_scene(entry.kind, "bench", 0), np.random.default_rng(1)
    light = light_at(dt.datetime.fromtimestamp(NOON_S, dt.UTC))
    with file.open("wb") as out:
        for turn in range(SECONDS * FPS):
            drawn = scene.frame(NOON_S + turn / FPS, light)
            noise = rng.normal(0, NOISE_LEVELS, drawn.shape)
            picture = np.clip(drawn + noise, 0, 255).astype(np.uint8)
            picture = cv2.resize(picture, (WIDTH_PX, HEIGHT_PX))
            out.write(cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).tobytes())
    return file
