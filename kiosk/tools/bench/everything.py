"""Everything on: cameras, hands and listening; lateness of the screen, CPU and memory of each."""

import os
import tempfile
import threading
import time
from pathlib import Path

from kiosk.tools.bench.clip import draw_clip
from kiosk.tools.bench.figure import Figure
from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import Lateness, TakeLateness, Touch

DEMO = Path(__file__).resolve().parents[3] / "assets" / "demo"
ON_BAR_S = 6.0
LATENESS_BAR_MS = 16.0
START_S = 60.0
LISTEN_EVERY_S = 6.0


def everything_on(seconds: float, camera: Path | None, speech: Path | None) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        clip = camera or draw_clip(Path(folder) / "room.avi")
        sound = speech or next(iter(sorted((DEMO / "speech").glob("*.flac"))))
        options = ("--windowed", "--camera", str(clip), "--microphone", str(sound))
        with driven_kiosk(options, {"ui": {"driver": True}}) as kiosk:
            on_s = wait_until_on(kiosk, START_S)
            if on_s is None:
                raise TimeoutError(f"the kiosk was not fully on within {START_S:.0f} s")
            figures = [Figure("everything", "fully on, from run", on_s, "s", ON_BAR_S)]
            return figures + _window(kiosk, seconds)


def _window(kiosk: DrivenKiosk, seconds: float) -> list[Figure]:
    """Nine cameras on the wall, hands tracked, speech listened to again and again."""
    kiosk.say(Touch("panel.open", {"panel": "cctv"}))
    kiosk.outcome("panel.open", 10, status="done")
    time.sleep(3)
    pids = dict(kiosk.pids)
    kiosk.say(TakeLateness())
    kiosk.wait(lambda m: isinstance(m, Lateness), 5)
    before, begin = {name: cpu_s(pid) for name, pid in pids.items()}, time.monotonic()
    ended = threading.Event()
    while (left := begin + seconds - time.monotonic()) > 0:
        kiosk.say(Touch("voice.listen"))
        ended.wait(min(left, LISTEN_EVERY_S))
    took = time.monotonic() - begin
    kiosk.say(TakeLateness())
    late = kiosk.wait(lambda m: isinstance(m, Lateness) and m.window_s > seconds / 2, 10)
    assert isinstance(late, Lateness)
    n = late.n
    figures = [
        Figure("everything", "ui lateness p50", late.p50_ms, "ms", n=n),
        Figure("everything", "ui lateness p99", late.p99_ms, "ms", LATENESS_BAR_MS, n),
        Figure("everything", "ui lateness max", late.max_ms, "ms", n=n),
    ]
    for name, pid in pids.items():
        figures.append(
            Figure("everything", f"{name} cpu", (cpu_s(pid) - before[name]) / took, "cores")
        )
        figures.append(Figure("everything", f"{name} pss", pss_mb(pid), "MB"))
    total = sum(f.value for f in figures if f.unit == "cores")
    return [*figures, Figure("everything", "all processes cpu", total, "cores")]


def cpu_s(pid: int) -> float:
    """CPU seconds of a process so far; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss_mb(pid: int) -> float:
    """Memory of a process, shared pages divided among those who share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
