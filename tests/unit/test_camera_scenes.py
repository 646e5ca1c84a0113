"""The drawn pictures of the simulated cameras."""

import asyncio
import datetime as dt
import itertools
from pathlib import Path
from zoneinfo import ZoneInfo

import cv2
import numpy as np
import pytest

from kiosk.backend.cameras import CameraNetwork, SimulatedCamera, Studio
from kiosk.backend.catalogue import CameraEntry, load_cameras
from kiosk.backend.gauge import river_level
from kiosk.backend.scenes import SCENES, River, build_scene
from kiosk.backend.scenes.canvas import Pixels
from kiosk.backend.scenes.crossroads import CYCLE_S, GREEN_S, green_way_m
from kiosk.backend.scenes.light import Light, light_at
from kiosk.backend.scenes.overlay import Overlay, clock_signs
from kiosk.backend.scenes.traffic import Lane, Traffic
from kiosk.core.clock import ManualClock
from kiosk.wire.text import Text

KST = ZoneInfo("Asia/Seoul")

T_S = 1_790_000_000.0
DAY, NIGHT = Light(0), Light(8)


def entry(kind: str) -> CameraEntry:
    return CameraEntry(
        id="a", number=1, name=Text("시청 앞", "City Hall"), lat=37.5, lon=127.0,
        district="11140", kind=kind,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("kind", SCENES)
def test_the_same_seed_and_time_give_the_same_picture_whatever_came_before(kind: str) -> None:
    one, other = build_scene(kind, "seed"), build_scene(kind, "seed")
    for n in range(3):
        other.frame(T_S - 50 + n, NIGHT)
    assert np.array_equal(one.frame(T_S, DAY), other.frame(T_S, DAY))


@pytest.mark.parametrize("kind", SCENES)
def test_something_moves_within_a_second_and_a_half(kind: str) -> None:
    scene = build_scene(kind, "seed")
    moving = sum(
        not np.array_equal(scene.frame(T_S + n, DAY), scene.frame(T_S + n + 1.5, DAY))
        for n in range(0, 12, 3)
    )
    assert moving == 4


@pytest.mark.parametrize("kind", sorted(set(SCENES) - {"tunnel"}))
def test_night_is_darker_than_day_outdoors(kind: str) -> None:
    scene = build_scene(kind, "seed")
    day, night = scene.frame(T_S, DAY).mean(), scene.frame(T_S, NIGHT).mean()
    assert night < 0.6 * day


@pytest.mark.parametrize("kind", SCENES)
def test_variants_and_seeds_differ(kind: str) -> None:
    frames = [
        build_scene(kind, seed, variant).frame(T_S, DAY) for seed, variant in (("a", 0), ("b", 1))
    ]
    assert not np.array_equal(frames[0], frames[1])


def burnt(name: str, local: dt.datetime) -> Pixels:
    frame = np.full((360, 640, 3), 127, np.uint8)
    Overlay(name, clock_signs()).burn(frame, local)
    return frame


def test_name_clock_and_the_word_for_simulated_are_burnt_in_where_a_wide_tile_shows_them() -> None:
    now = dt.datetime(2026, 11, 22, 14, 30, 7, tzinfo=KST)
    frame = burnt("시청 앞", now)
    corners = {
        "name": frame[44:78, :150],
        "simulated": frame[44:82, 560:],
        "clock": frame[284:316, :260],
    }
    for corner in corners.values():
        assert corner.max() > 230
        assert corner.min() < 60
    later = burnt("시청 앞", now + dt.timedelta(seconds=1))
    assert not np.array_equal(later[284:], frame[284:])
    assert np.array_equal(later[:284], frame[:284])
    other = burnt("잠수교", now)
    assert not np.array_equal(other[44:78, :150], frame[44:78, :150])
    for burnt_in in (frame, later, other):
        assert (burnt_in[:44] == 127).all()
        assert (burnt_in[316:] == 127).all()


def test_a_camera_gives_a_jpeg_of_640x360_with_the_city_s_time() -> None:
    studio = Studio(1, ManualClock(), lambda t_ms: 2.0, asyncio.Lock(), clock_signs())
    camera = SimulatedCamera(entry("plaza"), 0, studio)
    data = camera.jpeg(1_790_000_000_000)
    frame = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert frame is not None
    assert frame.shape == (360, 640, 3)
    assert camera.jpeg(1_790_000_000_000) == data
    assert camera.jpeg(1_790_000_001_000) != data


def test_every_camera_of_the_city_has_a_scene(root: Path) -> None:
    folder = root / "config" / "city" / "seoul"
    network = CameraNetwork(load_cameras(folder), 1, ManualClock(), river_level(folder, 1))
    assert len(network._cameras) >= 9


def test_the_gauge_follows_the_level() -> None:
    low, high = River("seed"), River("seed")
    low.level_m, high.level_m = (lambda t_ms: 1.0), (lambda t_ms: 7.0)
    board = (slice(70, 270), slice(428, 466))
    bright = [int((s.frame(T_S, DAY)[board] > 225).all(axis=2).sum()) for s in (low, high)]
    assert bright[0] > 2 * bright[1] > 0


def test_light_follows_the_hour() -> None:
    steps = [light_at(dt.datetime(2026, 5, 1, hour, tzinfo=KST)).step for hour in range(24)]
    assert steps[12] == 0
    assert steps[0] == steps[23] == 8
    assert 0 < steps[6] < 8
    assert light_at(dt.datetime(2026, 5, 1, 21, tzinfo=KST)).night


def test_cars_stand_while_it_is_red_and_drive_while_it_is_green() -> None:
    start = 100 * CYCLE_S
    assert green_way_m(start + GREEN_S) == green_way_m(start + CYCLE_S - 0.01)
    assert green_way_m(start + 10) > green_way_m(start + 5) > green_way_m(start)


def test_vehicles_of_a_lane_keep_apart() -> None:
    lane = Lane(2.0, True, 5, 9, wave=0.9)
    traffic = Traffic((lane,), build_scene("tunnel", "x").chance("t"))
    for n in range(200):
        rolling = sorted(traffic.at(T_S + n), key=lambda r: r.z_m)
        for near, far in itertools.pairwise(rolling):
            assert far.z_m - near.z_m >= near.vehicle.length_m + 1.99
