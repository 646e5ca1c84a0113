"""Cameras on the wall: what they cost, how soon, how late, how honest, for how long."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.settings import Settings
from kiosk.tools.bench.everything import cpu_s
from kiosk.tools.bench.figure import Figure
from kiosk.tools.bench.rtsp import Server, end
from kiosk.tools.bench.video_lateness import lateness
from kiosk.tools.bench.video_rig import CAMERAS, Wall, running_wall
from kiosk.tools.bench.video_scene import write_frames
from kiosk.tools.bench.video_tearing import tearing

CPU_BAR = 1.25
RATE_BAR = 11.5  # of 12: a wall that leaves out pictures is cheap
COLD_BAR_S = 2.5
LATE_P50_BAR_MS, LATE_P99_BAR_MS = 60.0, 150.0
HONEST_BAR_S, BACK_BAR_S = 3.0, 5.0
FAULT_ROUNDS = 3
FLAT_MB, FLAT_HANDLES = 16.0, 4.0
WINDOW_S, SETTLE_S = 20.0, 4.0
PATIENCE_S = 30.0
ENOUGH_LATE = 1500


def video_figures(only: str | None, *, quick: bool) -> Iterator[Figure]:
    """All parts or one of them; `quick`: small numbers, to see that it works."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name:
        folder = Path(name)
        frames = write_frames(folder / "scene.i420")
        for part in PARTS if only is None else (only,):
            print(f"measuring video {part} ...", file=sys.stderr, flush=True)
            yield from PARTS[part](folder, frames, quick)


def _figure(name: str, value: float, unit: str, bar: float | None = None, n: int = 1) -> Figure:
    return Figure("video", name, value, unit, bar, n)


# ---- cost and cold start, beside ffmpeg and cv2


def cost(folder: Path, frames: Path, quick: bool) -> Iterator[Figure]:
    """CPU of the video process and the wall's, over ffmpeg's for the same streams and sizes.

    All pictures are decoded, and as many shown as the settings say when nobody changes them (12 a
    second); ffmpeg scales all and shows none.
    """
    window_s = WINDOW_S / 4 if quick else WINDOW_S
    with Server(frames) as server:
        with running_wall(folder / "cost", server.url, fps=Settings().video.fps) as wall:
            wall.wait(lambda: wall.showing_s() is not None, PATIENCE_S)
            assert wall.display is not None
            pids = (wall.video.pid, wall.display.pid)
            video, display = _cores(pids, window_s)
            rate = wall.rate()
        peers = dict(_peers(server.url, window_s))
    least = min(peers.values())
    yield _figure("cpu of decoding 16 x 640x360@15", video, "cores")
    yield _figure("cpu of showing them", display, "cores")
    yield Figure("video", "pictures a second, slowest of 16", rate, "/s", RATE_BAR, 1, "least")
    for name, cores in peers.items():
        yield _figure(f"cpu of {name}", cores, "cores")
    yield _figure("cpu over that of ffmpeg", (video + display) / least, "x", CPU_BAR)


def _cores(pids: tuple[int, ...], window_s: float) -> list[float]:
    time.sleep(SETTLE_S)
    before, begin_s = [cpu_s(pid) for pid in pids], time.monotonic()
    time.sleep(window_s)
    took_s = time.monotonic() - begin_s
    return [(cpu_s(pid) - cpu) / took_s for pid, cpu in zip(pids, before, strict=True)]


def _peers(url: str, window_s: float) -> Iterator[tuple[str, float]]:
    """ffmpeg decoding and scaling the same streams into nothing: as it comes, and on one thread a
    stream; the cheaper one is what the bar counts."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise FileNotFoundError("no ffmpeg to measure beside: apt install ffmpeg")
    for name, threads in (("ffmpeg", []), ("ffmpeg, one thread a stream", ["-threads", "1"])):
        command = [ffmpeg, "-nostdin", "-loglevel", "error"]
        for _ in range(CAMERAS):
            command += [*threads, "-probesize", "50000", "-analyzeduration", "200000"]
            command += ["-rtsp_transport", "tcp", "-i", url]
        for stream in range(CAMERAS):
            command += ["-map", f"{stream}:v", "-vf", "scale=480:270", "-f", "null", "-"]
        command += ["-progress", "pipe:1"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            assert process.stdout is not None
            process.stdout.readline()  # told when all are open
            yield name, _cores((process.pid,), window_s)[0]
        finally:
            end(process)


def cold(folder: Path, frames: Path, quick: bool) -> Iterator[Figure]:
    """From starting the video process to 16 pictures on the screen."""
    starts = 2 if quick else 7
    took_s: list[float] = []
    with Server(frames) as server:
        for start in range(starts):
            with running_wall(folder / f"cold{start}", server.url) as wall:
                wall.wait(lambda wall=wall: wall.showing_s() is not None, PATIENCE_S)  # type: ignore[misc]
                took_s.append(wall.showing_s() or PATIENCE_S)
        yield _figure("all 16 showing, from a cold start, median", _at(took_s, 0.5), "s", n=starts)
        yield _figure("all 16 showing, slowest", max(took_s), "s", COLD_BAR_S, starts)
        yield _figure("the same with cv2, decoded alone", _cv2_cold(server.url), "s")


_CV2 = """
import sys, time, threading, cv2
begin, lock, got = time.monotonic(), threading.Lock(), []
def follow():
    camera = cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG)
    if camera.read()[0]:
        got.append(time.monotonic() - begin)
threads = [threading.Thread(target=follow) for _ in range(int(sys.argv[2]))]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(max(got) if len(got) == len(threads) else -1)
"""


def _cv2_cold(url: str) -> float:
    command = [sys.executable, "-c", _CV2, url, str(CAMERAS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return float(done.stdout)


# ---- from the camera to the screen


def late(folder: Path, frames: Path, quick: bool) -> Iterator[Figure]:
    """The camera's burnt-in clock, read back from the screen's pixels."""
    enough = ENOUGH_LATE // 10 if quick else ENOUGH_LATE
    with Server(frames) as server, running_wall(folder / "late", server.url, clock=True) as wall:
        wall.wait(lambda: wall.showing_s() is not None, PATIENCE_S)
        time.sleep(SETTLE_S)
        wall.forget()
        wall.wait(lambda: len(wall.take("late_ms")) >= enough, PATIENCE_S * 3)
        late_ms, misread = wall.take("late_ms"), len(wall.take("misread"))
    n = len(late_ms)
    yield _figure("camera to screen p50", _at(late_ms, 0.5), "ms", LATE_P50_BAR_MS, n)
    yield _figure("camera to screen p99", _at(late_ms, 0.99), "ms", LATE_P99_BAR_MS, n)
    yield _figure("pictures whose clock could not be read", misread, "", n=n)


# ---- faults


def faults(folder: Path, frames: Path, quick: bool) -> Iterator[Figure]:
    """From the fault until no tile says live, and from its end until all do again: the slowest."""
    rounds = 1 if quick else FAULT_ROUNDS
    for name, fault in FAULTS.items():
        server = Server(frames)
        honest_s: list[float] = []
        back_s: list[float] = []
        try:
            with running_wall(folder / name, server.url, display=False) as wall:
                wall.wait(wall.all_live, PATIENCE_S)
                for _ in range(rounds):
                    time.sleep(SETTLE_S)
                    back = fault(server)
                    honest_s.append(wall.wait(wall.none_live, 20))
                    time.sleep(SETTLE_S)
                    server = back()
                    back_s.append(wall.wait(wall.all_live, 30))
            yield _figure(f"{name}: honest", max(honest_s), "s", HONEST_BAR_S, rounds)
            yield _figure(f"{name}: live again", max(back_s), "s", BACK_BAR_S, rounds)
        finally:
            server.process.send_signal(signal.SIGCONT)
            end(server.process)


Back = Callable[[], Server]


def _killed(server: Server) -> Back:
    frames, port = server.frames, server.port
    end(server.process)
    return lambda: Server(frames, port)


def _hung(server: Server) -> Back:
    os.kill(server.process.pid, signal.SIGSTOP)

    def back() -> Server:
        os.kill(server.process.pid, signal.SIGCONT)
        return server

    return back


def _frozen(server: Server) -> Back:
    server.say("freeze")

    def back() -> Server:
        server.say("thaw")
        return server

    return back


FAULTS: dict[str, Callable[[Server], Back]] = {
    "killed": _killed,
    "hung": _hung,
    "scene stands still": _frozen,
}


# ---- for long


def reconnects(folder: Path, frames: Path, quick: bool) -> Iterator[Figure]:
    """Every connection cut again and again; memory and handles before and after."""
    rounds = (100 if quick else 1000) // CAMERAS + 1
    settle = rounds // 4
    with (
        Server(frames) as server,
        running_wall(folder / "again", server.url, display=False) as wall,
    ):
        wall.wait(wall.all_live, PATIENCE_S)
        before = _memory(wall)
        for turn in range(rounds):
            seen = _sequences(folder / "again")
            server.say("cut")
            wall.wait(lambda seen=seen: _all_newer(folder / "again", seen), PATIENCE_S)  # type: ignore[misc]
            if turn == settle:
                before = _memory(wall)
        after = _memory(wall)
    n = rounds * CAMERAS
    yield _figure(
        "reconnects: memory more than after a quarter", after[0] - before[0], "MB", FLAT_MB, n
    )
    yield _figure("reconnects: handles more", after[1] - before[1], "", FLAT_HANDLES, n)
    yield _figure("reconnects: memory at the end", after[0], "MB", n=n)


def _memory(wall: Wall) -> tuple[float, float]:
    """(resident megabytes, open handles) of the video process."""
    process = Path(f"/proc/{wall.video.pid}")
    pages = int((process / "statm").read_text().split()[1])
    megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return megabytes, float(len(list((process / "fd").iterdir())))


def _sequences(folder: Path) -> dict[str, int]:
    from kiosk.wire.rings import last_sequence

    return {ring.stem: last_sequence(ring) for ring in (folder / "run" / "rings").glob("*.ring")}


def _all_newer(folder: Path, seen: dict[str, int]) -> bool:
    """Whether each camera has brought pictures of a new connection."""
    now = _sequences(folder)
    return all(now.get(name, 0) >= count + 8 for name, count in seen.items())


def torn(folder: Path, frames: Path, quick: bool) -> Iterator[Figure]:
    yield from tearing(folder / "torn", 5_000 if quick else 100_000)


def lateness_part(folder: Path, frames: Path, quick: bool) -> Iterator[Figure]:
    yield from lateness(10.0 if quick else 60.0)


def _at(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


PARTS: dict[str, Callable[[Path, Path, bool], Iterator[Figure]]] = {
    "cost": cost,
    "cold": cold,
    "late": late,
    "faults": faults,
    "reconnects": reconnects,
    "torn": torn,
    "lateness": lateness_part,
}
