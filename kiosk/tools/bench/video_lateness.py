"""How late the screen's event loop is with 16 cameras on the wall, hands and voice on."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.tools.bench.clip import draw_clip
from kiosk.tools.bench.everything import DEMO, LISTEN_EVERY_S, START_S, pictures
from kiosk.tools.bench.figure import Figure
from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import Lateness, TakeLateness, Touch

TILES = 16
P99_BAR_MS, MAX_BAR_MS = 8.0, 50.0
SETTLE_S = 8.0


def lateness(seconds: float) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        clip = draw_clip(Path(folder) / "room.avi")
        sound = DEMO / "speech" / "not_a_command.flac"
        options = ("--windowed", "--camera", str(clip), "--microphone", str(sound))
        with driven_kiosk(options) as kiosk:
            if wait_until_on(kiosk, START_S) is None:
                raise TimeoutError(f"the kiosk was not fully on within {START_S:.0f} s")
            yield from _measured(kiosk, seconds)


def _measured(kiosk: DrivenKiosk, seconds: float) -> Iterator[Figure]:
    for touch in (Touch("panel.open", {"panel": "cctv"}), Touch("cctv.layout", {"tiles": TILES})):
        kiosk.say(touch)
        if kiosk.outcome(touch.command, 10, status="done") is None:
            raise TimeoutError(f"no wall of {TILES} cameras: {touch.command} was not answered")
    time.sleep(SETTLE_S)
    before = pictures(kiosk)
    kiosk.say(TakeLateness())
    kiosk.wait(lambda m: isinstance(m, Lateness), 5)
    begin = time.monotonic()
    while (left := begin + seconds - time.monotonic()) > 0:
        kiosk.say(Touch("voice.listen"))
        time.sleep(min(left, LISTEN_EVERY_S))
    took_s = time.monotonic() - begin
    kiosk.say(TakeLateness())
    told = kiosk.wait(lambda m: isinstance(m, Lateness) and m.window_s > seconds / 2, 10)
    assert isinstance(told, Lateness)
    after = pictures(kiosk)
    rates = [(count - before.get(name, 0)) / took_s for name, count in after.items()]
    moving = [rate for rate in rates if rate > 1]
    yield Figure(
        "video", "cameras that move, hands and voice on", len(moving), "", TILES, 1, "least"
    )
    yield Figure("video", "ui lateness p99", told.p99_ms, "ms", P99_BAR_MS, told.n)
    yield Figure("video", "ui lateness max", told.max_ms, "ms", MAX_BAR_MS, told.n)
