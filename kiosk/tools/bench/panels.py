"""From panel to panel on a wall with a full cache, and the overview of all indicators, live.

The screen's process runs alone and is asked for every panel in turn, in another order each round.
A panel's time is from the press to the end of the first frame that shows it with its values. A
pause of a tenth of a second follows, and all of it counts for the event loop's lateness. Bars go to
times without waits for a core, as on a machine of its own; wall time stands beside.
"""

import math
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.panels import find_panels
from kiosk.tools.bench.decade import DECADE_ROWS, LIVE_ROWS, catalogue, fill
from kiosk.tools.bench.figure import Figure
from kiosk.tools.driving import DrivenKiosk, driven_wall
from kiosk.wire.messages import Ask, Lateness, PanelPainted, PanelsWarm, TakeLateness

SIZES = ((1920, 1080), (3840, 2160))
ROWS = LIVE_ROWS + 2 * DECADE_ROWS
FRAME_BAR_MS = 150.0
LATENESS_BAR_MS = 16.0
PAUSE_S = 0.1
WAIT_S = 30.0


def panels(rounds: int) -> Iterator[Figure]:
    """Every panel `rounds` times at each size."""
    with tempfile.TemporaryDirectory(prefix="kiosk-panels-") as folder:
        fill(Path(folder), catalogue(Path(folder)), ROWS)
        for width_px, height_px in SIZES:
            with driven_wall(Path(folder), width_px, height_px) as wall:
                yield from _switching(wall, rounds, f"{width_px}x{height_px}")


def _switching(wall: DrivenKiosk, rounds: int, size: str) -> Iterator[Figure]:
    if wall.wait(lambda message: isinstance(message, PanelsWarm), WAIT_S) is None:
        raise TimeoutError("the wall did not ask its first questions")
    names = [spec.id for spec in find_panels()]
    took: dict[str, list[PanelPainted]] = {name: [] for name in names}
    rng = random.Random(rounds)  # noqa: S311 - no secret
    wall.forget()  # its first panel was painted long ago
    _lateness(wall)
    for _ in range(rounds):
        last = names[-1]
        rng.shuffle(names)
        if names[0] == last:  # it is on the wall already
            names.reverse()
        for name in names:
            took[name].append(_opened(wall, name))
            time.sleep(PAUSE_S)
    late = _lateness(wall)
    for name, painted in took.items():
        alone = [one.took_ms - one.waited_ms for one in painted]
        yield Figure("panels", f"{size} {name}, p95", p95(alone), "ms", FRAME_BAR_MS, rounds)
    every = [one.took_ms for painted in took.values() for one in painted]
    n, beside = len(every), p95(every)
    yield Figure("panels", f"{size} all panels, p95 beside all else", beside, "ms", n=n)
    words = f"{size} lateness meanwhile"
    yield Figure("panels", f"{words}, p99", late.alone_p99_ms, "ms", LATENESS_BAR_MS, late.n)
    yield Figure("panels", f"{words}, p99 beside all else", late.p99_ms, "ms", n=late.n)
    yield Figure("panels", f"{words}, worst beside all else", late.max_ms, "ms", n=late.n)


def _opened(wall: DrivenKiosk, panel: str) -> PanelPainted:
    """Home stands between two visits of what is shown already."""
    wall.say(Ask("panel.open", {"panel": panel}))
    painted = wall.wait(lambda message: isinstance(message, PanelPainted), WAIT_S)
    if not isinstance(painted, PanelPainted):
        raise TimeoutError(f"{panel} was not painted within {WAIT_S:.0f} s")
    return painted


def _lateness(wall: DrivenKiosk) -> Lateness:
    """Since it was last taken."""
    wall.say(TakeLateness())
    late = wall.wait(lambda message: isinstance(message, Lateness), WAIT_S)
    if not isinstance(late, Lateness):
        raise TimeoutError("the wall did not tell its lateness")
    return late


def p95(times: list[float]) -> float:
    """By the nearest rank."""
    return sorted(times)[math.ceil(len(times) * 0.95) - 1]
