"""`gestures bench`: what the recogniser costs, beside the bare landmarker on the same pictures."""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import msgspec

from gestures.bench_footage import DRAWN, FPS, SIZE, Footage, drawn, of_clip
from gestures.camera import Picture
from gestures.engine import GestureEngine
from gestures.errors import GesturesError
from gestures.landmarker import create_landmarker, model_file, whole_image
from gestures.source import Looped, open_source
from gestures.tracker import HandTracker

WARM_UP = 15  # pictures
RATIO_BAR, CORES_BAR, GROWTH_BAR_MB = 1.2, 0.5, 10.0
SETTLED = 3000  # frames after which an engine holds all that it ever will
PALM_CONFIDENCE_AS_SHIPPED = 0.5
STATM = Path("/proc/self/statm")
PAGE_MB = resource.getpagesize() / 1e6


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One measured value; bar is the most that it may be; n counts what it was measured on."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    n: int = 1

    @property
    def holds(self) -> bool | None:
        return None if self.bar is None else self.value <= self.bar


def main(argv: list[str]) -> int:
    """Exit code: 0 measured, 2 wrong usage or a clip that can't be read, 130 broken off."""
    parser = argparse.ArgumentParser(prog="gestures bench", description=__doc__)
    parser.add_argument("clip", nargs="?", type=Path, metavar="CLIP", help="a video or GIF")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--seconds", type=_positive, default=20.0, help="for times and CPU")
    parser.add_argument("--minutes", type=_positive, default=10.0, help="of pictures, for memory")
    parser.add_argument("--hours", type=_positive, default=1.0, help="of hands, for memory")
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return 2 if stop.code else 0
    try:
        for figure in _measure(options):
            _write(figure, options.json)
    except GesturesError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("broken off; what was measured until then stands above\n")
        return 130
    return 0


def _measure(options: argparse.Namespace) -> Iterator[Figure]:
    clip: Path | None = options.clip
    _say("no CLIP given: with a hand that the program draws" if clip is None else f"with {clip}")
    yield from _times(drawn() if clip is None else of_clip(clip), options.seconds)
    footage = drawn() if clip is None else of_clip(clip, SIZE[1])
    yield _cores(footage, options.seconds)
    yield from _memory(footage, options.minutes)
    yield from _session_memory(options.hours)


class _Pipeline:
    """Everything between a picture and what the wall is told."""

    def __init__(self) -> None:
        self._tracker = HandTracker()
        self._engine = GestureEngine()
        self.hands = 0

    def take(self, picture: Picture) -> None:
        frame = self._tracker.track(picture)
        self.hands += bool(frame.hands)
        self._engine.feed(frame)
        self._tracker.look_for(2 if self._engine.engaged else 1)

    def close(self) -> None:
        self._tracker.close()


class _Bare:
    """MediaPipe's landmarker by itself, with its own settings."""

    def __init__(self) -> None:
        self._landmarker = create_landmarker(model_file(), 1, "VIDEO", PALM_CONFIDENCE_AS_SHIPPED)
        self.hands = 0

    def take(self, picture: Picture) -> None:
        result = self._landmarker.detect_for_video(whole_image(picture.rgb), picture.t_ms)
        self.hands += bool(result.hand_landmarks)

    def close(self) -> None:
        self._landmarker.close()


def _times(footage: Footage, seconds: float) -> Iterator[Figure]:
    """Both on every picture in turn, as fast as they can."""
    runs: dict[str, _Pipeline | _Bare] = {"pipeline": _Pipeline(), "bare": _Bare()}
    took_ms: dict[str, list[float]] = {name: [] for name in runs}
    end = time.monotonic() + seconds
    while time.monotonic() < end or len(took_ms["bare"]) < 2 * WARM_UP:
        picture = footage.next()
        for name, run in runs.items():
            start = time.perf_counter()
            run.take(picture)
            took_ms[name].append((time.perf_counter() - start) * 1000)
    for name, run in runs.items():
        steady = took_ms[name][WARM_UP:]
        yield Figure(f"{name} median", median(steady), "ms", n=len(steady))
        yield Figure(f"{name} p95", quantiles(steady, n=20)[-1], "ms", n=len(steady))
        yield Figure(f"{name} sees a hand", run.hands / len(took_ms[name]), "share", n=len(steady))
        run.close()
    pipeline, bare = took_ms["pipeline"][WARM_UP:], took_ms["bare"][WARM_UP:]
    yield Figure("pipeline over bare", median(pipeline) / median(bare), "x", RATIO_BAR, len(bare))
    yield Figure("pipeline over bare, all time", sum(pipeline) / sum(bare), "x", n=len(bare))


def _cores(footage: Footage, seconds: float) -> Figure:
    """CPU seconds a second at 30 pictures a second, the pace of a camera."""
    pipeline = _Pipeline()
    for _ in range(WARM_UP):
        pipeline.take(footage.next())
    cpu_s, start = time.process_time(), time.monotonic()
    count = 0
    while (now := time.monotonic()) < start + seconds:
        pipeline.take(footage.next())
        count += 1
        time.sleep(max(0.0, start + count / FPS - time.monotonic()))
    cores = (time.process_time() - cpu_s) / (now - start)
    pipeline.close()
    return Figure(f"cores at {FPS} fps {SIZE[1]}p", cores, "cores", CORES_BAR, count)


def _memory(footage: Footage, minutes: float) -> Iterator[Figure]:
    """RSS while so many minutes of pictures are seen, faster than they were taken."""
    pipeline = _Pipeline()
    for _ in range(WARM_UP):
        pipeline.take(footage.next())
    start_mb = _rss_mb() - footage.size_mb
    yield Figure("RSS at the start, without the bench's pictures", start_mb, "MB")
    for picture in range(1, round(minutes * 60 * FPS) + 1):
        pipeline.take(footage.next())
        if picture % (60 * FPS) == 0:
            _say(f"{picture // (60 * FPS)} min of pictures: {_rss_mb() - footage.size_mb:.0f} MB")
    end_mb = _rss_mb() - footage.size_mb
    pipeline.close()
    yield Figure(f"RSS after {minutes:g} min of pictures", end_mb, "MB")
    yield Figure("RSS growth over pictures", end_mb - start_mb, "MB", GROWTH_BAR_MB)


def _session_memory(hours: float) -> Iterator[Figure]:
    """RSS while a recorded session is fed to one engine over and over."""
    source = Looped(lambda: open_source(str(DRAWN), (0, 0), lambda: 0, FPS))
    engine = GestureEngine()
    frames, start_mb = 0, _rss_mb()
    while (frame := source.read()) is not None and frame.t_ms < hours * 3_600_000:
        engine.feed(frame)
        frames += 1
        if frames == SETTLED:
            start_mb = _rss_mb()
        if frames % (600 * FPS) == 0:
            _say(f"{frame.t_ms / 60000:.0f} min of hands: {_rss_mb():.0f} MB")
    source.close()
    growth_mb = _rss_mb() - start_mb
    yield Figure(f"RSS growth over {hours:g} h of hands", growth_mb, "MB", GROWTH_BAR_MB, frames)


def _rss_mb() -> float:
    return int(STATM.read_text().split()[1]) * PAGE_MB


def _write(figure: Figure, as_json: bool) -> None:
    if as_json:
        line = {
            "bench": "gestures",
            "name": figure.name,
            "value": round(figure.value, 3),
            "unit": figure.unit,
            "bar": figure.bar,
            "holds": figure.holds,
            "n": figure.n,
        }
        sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
    else:
        bar = f"bar {figure.bar:g}: {'ok' if figure.holds else 'MISSED'}" if figure.bar else ""
        sys.stdout.write(f"{figure.name:<48} {figure.value:>10.3f} {figure.unit:<6} {bar}\n")
    sys.stdout.flush()


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < 10_000:
        raise argparse.ArgumentTypeError(f"{text}: a number above 0 is expected")
    return value
