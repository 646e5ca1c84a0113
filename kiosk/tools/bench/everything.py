"""Everything on: cameras, hands and listening; lateness of the screen, CPU and memory of each."""

import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

from kiosk.tools.bench.clip import draw_clip
from kiosk.tools.bench.figure import Figure
from kiosk.tools.driving import DrivenKiosk, driven_kiosk
from kiosk.wire.messages import FullyOn, Lateness, TakeLateness, Touch
from kiosk.wire.rings import last_sequence

DEMO = Path(__file__).resolve().parents[3] / "assets" / "demo"
ON_BAR_S = 6.0
LATENESS_BAR_MS = 16.0
ANSWER_BAR_MS = 150.0
ANSWERS = 60
STARTS = 3
START_S = 60.0
LISTEN_EVERY_S = 6.0
# Places of the dock: they are there on every panel.
TOUCHES = (
    Touch("nav.home"),
    Touch("category.open", {"category": "administration"}),
    Touch("category.open", {"category": "city"}),
)


def everything_on(seconds: float, camera: Path | None, speech: Path | None) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        clip = camera or draw_clip(Path(folder) / "room.avi")
        # Speech that is no command: it is listened to in full, and the wall stays as it is.
        sound = speech or DEMO / "speech" / "not_a_command.flac"
        options = ("--windowed", "--camera", str(clip), "--microphone", str(sound))
        starts = []
        for _ in range(STARTS - 1):
            with driven_kiosk(options) as kiosk:
                starts.append(_fully_on(kiosk))
        with driven_kiosk(options) as kiosk:
            starts.append(_fully_on(kiosk))
            on_s = statistics.median(starts)
            figures = [Figure("everything", "fully on, from run", on_s, "s", ON_BAR_S, STARTS)]
            return figures + _window(kiosk, seconds) + _answers(kiosk)


def _fully_on(kiosk: DrivenKiosk) -> float:
    """Seconds from `run`, with a cache and a city that are still empty. A start with a dark camera
    is none."""
    on = kiosk.wait(lambda message: isinstance(message, FullyOn), START_S)
    took_s = time.monotonic() - kiosk.started_s
    if not isinstance(on, FullyOn):
        raise TimeoutError(f"the kiosk was not fully on within {START_S:.0f} s")
    if on.silent:
        raise TimeoutError(f"{on.silent} cameras gave no picture at the start")
    return took_s


def _window(kiosk: DrivenKiosk, seconds: float) -> list[Figure]:
    """Nine cameras on the wall, hands tracked, speech listened to again and again."""
    kiosk.say(Touch("panel.open", {"panel": "cctv"}))
    kiosk.outcome("panel.open", 10, status="done")
    time.sleep(3)
    pids = dict(kiosk.pids)
    kiosk.say(TakeLateness())
    kiosk.wait(lambda m: isinstance(m, Lateness), 5)
    before, begin = {name: cpu_s(pid) for name, pid in pids.items()}, time.monotonic()
    shown = pictures(kiosk)
    ended = threading.Event()
    while (left := begin + seconds - time.monotonic()) > 0:
        kiosk.say(Touch("voice.listen"))
        ended.wait(min(left, LISTEN_EVERY_S))
    took = time.monotonic() - begin
    rates = [(count - shown.get(name, 0)) / took for name, count in pictures(kiosk).items()]
    rates = [rate for rate in rates if rate > 0]
    kiosk.say(TakeLateness())
    late = kiosk.wait(lambda m: isinstance(m, Lateness) and m.window_s > seconds / 2, 10)
    assert isinstance(late, Lateness)
    n = late.n
    figures = [
        Figure("everything", "ui lateness p50", late.p50_ms, "ms", n=n),
        Figure("everything", "ui lateness p99", late.p99_ms, "ms", LATENESS_BAR_MS, n),
        Figure("everything", "ui lateness max", late.max_ms, "ms", n=n),
    ]
    if rates:
        figures.append(Figure("everything", "cameras on the wall", len(rates), "", n=len(rates)))
        figures.append(
            Figure("everything", "pictures a second, slowest", min(rates), "/s", n=len(rates))
        )
    for name, pid in pids.items():
        figures.append(
            Figure("everything", f"{name} cpu", (cpu_s(pid) - before[name]) / took, "cores")
        )
        figures.append(Figure("everything", f"{name} pss", pss_mb(pid), "MB"))
    total = sum(f.value for f in figures if f.unit == "cores")
    return [*figures, Figure("everything", "all processes cpu", total, "cores")]


def _answers(kiosk: DrivenKiosk) -> list[Figure]:
    """From a finger on the screen to the answer shown, with everything on.

    The wall's word of an Outcome leaves when its event loop turns, which is as a rule after the
    frame with the answer has been painted; both ways over the socket are in the figure.
    """
    took_ms = []
    for turn in range(ANSWERS):
        touch = TOUCHES[turn % len(TOUCHES)]
        kiosk.forget()
        begin = time.monotonic()
        kiosk.say(touch)
        if kiosk.outcome(touch.command, 5, status="done") is None:
            raise TimeoutError(f"no answer to a finger on {touch.command} {touch.args}")
        took_ms.append((time.monotonic() - begin) * 1000)
        time.sleep(0.2)
    took_ms.sort()
    p99 = took_ms[int(len(took_ms) * 0.99)]
    return [
        Figure("everything", "touch to answer p50", took_ms[len(took_ms) // 2], "ms", n=ANSWERS),
        Figure("everything", "touch to answer p99", p99, "ms", ANSWER_BAR_MS, ANSWERS),
    ]


def pictures(kiosk: DrivenKiosk) -> dict[str, int]:
    """How many pictures each camera has brought to the wall so far."""
    rings = sorted((kiosk.data_dir.parent / "run" / "rings").glob("*.ring"))
    return {ring.stem: last_sequence(ring) for ring in rings}


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
