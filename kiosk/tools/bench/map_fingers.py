"""What fingers on the map cost the screen's thread, frame by frame, on a 4K wall.

The map is the wall's own, with 25 districts, 424 neighbourhoods and their names, as large as the
home panel has it and as large as the whole wall. Two fingers spread, one drags, two squeeze; a
frame is one movement with the painting that it brings. Processor time of the thread is counted:
other processes of a busy machine don't change it.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.backend import telling
from kiosk.backend.borders import borders
from kiosk.backend.catalogue import load_city
from kiosk.backend.neighbourhoods import load_neighbourhoods, neighbourhood_rows
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.tools.bench.figure import Figure
from kiosk.ui.charts.map_model import RAMP, DistrictFill, MapGrade, MapModel, map_geometry
from kiosk.wire.text import Text

WALL = (3840, 2160)
SIZES = {"as on home": (1200, 900), "all of the wall": WALL}
FRAME_BAR_MS = 16.0
FRAMES = 45
OPENED = "11710"


def map_fingers(rounds: int = 3) -> Iterator[Figure]:
    """p95 of a frame while fingers move, and what letting go costs once."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["bench"])
    model = _model()
    for name, (width_px, height_px) in SIZES.items():
        frames, settled = _measured(model, width_px, height_px, rounds)
        frames.sort()
        p95 = frames[int(len(frames) * 0.95)]
        yield Figure("map", f"frame p95, {name}", p95, "ms", FRAME_BAR_MS, len(frames))
        yield Figure("map", f"frame most, {name}", frames[-1], "ms", n=len(frames))
        yield Figure("map", f"letting go, {name}", max(settled), "ms", n=len(settled))
    application.processEvents()


def _model() -> MapModel:
    folder: Path = pack_folder(Settings())
    city = load_city(folder)
    entries = load_neighbourhoods(folder)
    rings = borders(city)
    rows = list(neighbourhood_rows(entries, rings, None))
    geometry = map_geometry(
        ((d.code, d.name, d.boundary) for d in telling.districts(city)),
        (((n.code, n.name, n.boundary), (n.lon, n.lat)) for n in rows),
    )
    grades = tuple(MapGrade(Text("", ""), color) for color in RAMP)
    codes = [district.code for district in city.districts]
    fills = tuple(DistrictFill(code, i % len(RAMP)) for i, code in enumerate(codes))
    own = tuple(DistrictFill(n.code, i % len(RAMP)) for i, n in enumerate(rows))
    return MapModel(
        geometry=geometry,
        grades=grades,
        fills=fills,
        part_fills=tuple(fill for fill in own if fill.district.startswith(OPENED)),
        selected=OPENED,
        opened=OPENED,
        district_command="district.select",
        part_command="neighbourhood.select",
        view_command="map.view",
    )


def _measured(
    model: MapModel, width_px: int, height_px: int, rounds: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of every frame, and of every time that the fingers left."""
    from PySide6.QtCore import QPoint
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from kiosk.ui.charts.district_map import DistrictMap
    from kiosk.ui.theme import make_theme

    city = DistrictMap(make_theme(*WALL))
    city.resize(width_px, height_px)
    city.set_model(model)
    city.show()
    QApplication.processEvents()
    device = QTest.createTouchDevice()
    middle = QPoint(width_px // 2, height_px // 2)
    frames: list[float] = []
    settled: list[float] = []

    def fingers(places: list[tuple[QPoint, ...]]) -> None:
        for number, points in enumerate(places):
            began = time.thread_time_ns()
            sequence = QTest.touchEvent(city, device)
            for finger, point in enumerate(points):
                act = sequence.press if number == 0 else sequence.move
                act(finger, point, city)
            sequence.commit()
            QApplication.processEvents()
            frames.append((time.thread_time_ns() - began) / 1e6)
        began = time.thread_time_ns()
        sequence = QTest.touchEvent(city, device)
        for finger, point in enumerate(places[-1]):
            sequence.release(finger, point, city)
        sequence.commit()
        QApplication.processEvents()
        settled.append((time.thread_time_ns() - began) / 1e6)

    apart = [QPoint(20 + width_px * i // (3 * FRAMES), 0) for i in range(FRAMES)]
    for _ in range(rounds):
        fingers([(middle - step, middle + step) for step in apart])
        fingers([(middle + QPoint(4 * i, 2 * i),) for i in range(FRAMES)])
        fingers([(middle - step, middle + step) for step in reversed(apart)])
    city.close()
    city.deleteLater()
    QApplication.processEvents()
    return frames, settled
