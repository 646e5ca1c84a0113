"""All indicators at once on a wall with a full cache, a new value of each once a second.

The values go the way of the product: into the cache by its writer, and word of it to the screen's
process, whose CPU time over wall time is the figure.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.cache.files import CACHE
from kiosk.cache.writer import CacheWriter
from kiosk.tools.bench.decade import BOARD, DECADE_ROWS, LIVE_ROWS, NOW_MS, catalogue, fill
from kiosk.tools.bench.everything import cpu_s
from kiosk.tools.bench.figure import Figure
from kiosk.tools.driving import DrivenKiosk, driven_wall
from kiosk.wire.city import CITY_AREA, Change, ChangesPage, Indicator, Observation
from kiosk.wire.link import SocketLink
from kiosk.wire.messages import (
    Ask,
    CacheChanged,
    Lateness,
    PanelPainted,
    PanelsWarm,
    TakeLateness,
    Touch,
)

SIZES = ((1920, 1080), (3840, 2160))
CPU_BAR = 0.15
WAIT_S = 30.0
SETTLE_S = 2.0


def overview(seconds: int) -> Iterator[Figure]:
    """That many updates at each size."""
    with tempfile.TemporaryDirectory(prefix="kiosk-overview-") as folder:
        home = Path(folder)
        city = catalogue(home)
        fill(home, city, LIVE_ROWS + 2 * DECADE_ROWS)
        names = [row.id for row in city if isinstance(row, Indicator)][:BOARD]
        for width_px, height_px in SIZES:
            with driven_wall(home, width_px, height_px) as wall:
                yield from _live(wall, names, seconds, f"{width_px}x{height_px}")


def _live(wall: DrivenKiosk, names: list[str], seconds: int, size: str) -> Iterator[Figure]:
    if wall.wait(lambda message: isinstance(message, PanelsWarm), WAIT_S) is None:
        raise TimeoutError("the wall did not ask its first questions")
    wall.forget()
    wall.say(Ask("panel.open", {"panel": "indicators"}))
    if wall.wait(lambda message: isinstance(message, PanelPainted), WAIT_S) is None:
        raise TimeoutError("the board was not painted")
    wall.say(Touch(place="board.size"))
    time.sleep(SETTLE_S)
    writer, _ = CacheWriter.open(wall.data_dir / CACHE, NOW_MS)
    link = SocketLink(wall.data_dir / "ui.sock", "sync")
    try:
        _update(writer, link, names)  # what is looked up once
        time.sleep(SETTLE_S)
        wall.say(TakeLateness())
        wall.wait(lambda message: isinstance(message, Lateness), WAIT_S)
        begin, before = time.monotonic(), cpu_s(wall.process.pid)
        for second in range(1, seconds + 1):
            _update(writer, link, names)
            time.sleep(max(0.0, begin + second - time.monotonic()))
        cores = (cpu_s(wall.process.pid) - before) / (time.monotonic() - begin)
        wall.say(TakeLateness())
        late = wall.wait(lambda message: isinstance(message, Lateness), WAIT_S)
    finally:
        link.close()
        writer.close()
    words = f"{size} {len(names)} lines, each new once a second"
    yield Figure("overview", f"{words}, cpu", cores, "cores", CPU_BAR, seconds)
    if isinstance(late, Lateness):
        yield Figure("overview", f"{words}, lateness p99", late.alone_p99_ms, "ms", n=late.n)


def _update(writer: CacheWriter, link: SocketLink, names: list[str]) -> None:
    """A new value of every indicator for the whole city."""
    now_ms = int(time.time() * 1000)
    rows = tuple(
        Observation(name, CITY_AREA, now_ms, (now_ms // 1000 * (n + 7)) % 997, simulated=True)
        for n, name in enumerate(names)
    )
    changes = tuple(Change(now_ms, row) for row in rows)
    writer.apply(ChangesPage("bench", now_ms, changes, more=False, head=now_ms), now_ms)
    link.send(CacheChanged(("observations",), now_ms))
