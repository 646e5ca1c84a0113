"""The public edition beside a running wall: answers a second, a crowd, how late the wall is then,
the home page in a browser."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from kiosk.tools.bench.browser import Chromium, Visit
from kiosk.tools.bench.figure import Figure
from kiosk.tools.bench.readers import NoReaders
from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import Lateness, TakeLateness

PATHS = {
    "home page": "/ko",
    "page of an indicator": "/ko/indicators/pm25",
    "figures of the day (JSON)": "/api/readings",
}
STEADY_PER_S, BURST_PER_S = 2000, 20_000
CONNECTIONS, BURST_CONNECTIONS = 64, 640
LEAST_PER_S, P99_BAR_MS = 1500.0, 50.0
LATENESS_P99_BAR_MS, LATENESS_MAX_BAR_MS = 8.0, 50.0
WEIGHT_BAR_KB, FIRST_CONTENT_BAR_MS = 150.0, 300.0
START_S, WAIT_S, LIKE_THE_PROCESS = 120.0, 60.0, 5
_SCRIPT = """
function delay() return {delay_ms} end
function done(summary, latency, requests)
  local e = summary.errors
  print(string.format(
    'told {{"requests":%d,"took_us":%d,"refused":%d,"lost":%d,"p99_us":%d}}',
    summary.requests, summary.duration, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(99)))
end
"""


class Told(msgspec.Struct, frozen=True):
    """What wrk counted. `refused` are answers other than 2xx and 3xx, `lost` requests that had
    none."""

    requests: int
    took_us: int
    refused: int
    lost: int
    p99_us: int

    @property
    def answered_per_s(self) -> float:
        return (self.requests - self.refused) / (self.took_us / 1e6)

    @property
    def refused_per_s(self) -> float:
        return self.refused / (self.took_us / 1e6)


def public_figures(*, quick: bool) -> Iterator[Figure]:
    """Raises NoReaders."""
    if shutil.which("wrk") is None:
        raise NoReaders("wrk", "wrk")
    seconds = 4.0 if quick else 15.0
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"public": {"enabled": True, "port": port}}
    with driven_kiosk(("--windowed",), settings) as kiosk:
        if wait_until_on(kiosk, START_S) is None:
            raise TimeoutError(f"the kiosk was not fully on within {START_S:.0f} s")
        _wait_for(f"{url}/ko")
        yield from _page(url, 3 if quick else 9)
        with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
            for name, path in PATHS.items():
                yield from _steady(name, url + path, seconds, Path(folder))
            yield from _burst(kiosk, f"{url}/ko", seconds, Path(folder))


def _steady(name: str, url: str, seconds: float, folder: Path) -> Iterator[Figure]:
    """Readers who ask a third more than has to be answered, of one address that is kept."""
    urllib.request.urlopen(url, timeout=WAIT_S).close()  # noqa: S310 - our own address
    told = _asked(url, CONNECTIONS, STEADY_PER_S, seconds, folder)
    answered = told.requests - told.refused
    yield Figure(
        "public",
        f"{name}: answers a second",
        told.answered_per_s,
        "1/s",
        LEAST_PER_S,
        answered,
        "least",
    )
    yield Figure("public", f"{name}: p99", told.p99_us / 1000, "ms", P99_BAR_MS, told.requests)
    lost = told.refused + told.lost
    yield Figure("public", f"{name}: refused or lost", lost, "", 0, told.requests)


def _burst(kiosk: DrivenKiosk, url: str, seconds: float, folder: Path) -> Iterator[Figure]:
    """Ten times as many ask; the wall's event loop is watched before and meanwhile."""
    quiet = _lateness(kiosk, lambda: time.sleep(seconds))
    found: list[Told] = []

    def crowd() -> None:
        found.append(_asked(url, BURST_CONNECTIONS, BURST_PER_S, seconds, folder))

    late = _lateness(kiosk, crowd)
    (told,) = found
    yield Figure(
        "public", "crowd of ten times: answers a second", told.answered_per_s, "1/s", LEAST_PER_S,
        told.requests - told.refused, "least",
    )  # fmt: skip
    yield Figure("public", "crowd: refused a second", told.refused_per_s, "1/s", None, told.refused)
    yield Figure("public", "crowd: neither answered nor refused", told.lost, "", 0, told.requests)
    yield Figure("public", "crowd: p99", told.p99_us / 1000, "ms", None, told.requests)
    yield Figure("public", "ui lateness p99, nobody asks", quiet.p99_ms, "ms", None, quiet.n)
    for name, value, bar in (
        ("p99", late.p99_ms, LATENESS_P99_BAR_MS),
        ("max", late.max_ms, LATENESS_MAX_BAR_MS),
    ):
        yield Figure("public", f"ui lateness {name}, a crowd asks", value, "ms", bar, late.n)


def _lateness(kiosk: DrivenKiosk, while_it: Callable[[], None]) -> Lateness:
    """How late the wall's event loop was meanwhile."""
    kiosk.say(TakeLateness())
    kiosk.wait(lambda m: isinstance(m, Lateness), 5)
    while_it()
    kiosk.say(TakeLateness())
    told = kiosk.wait(lambda m: isinstance(m, Lateness) and m.n > 0, 10)
    if not isinstance(told, Lateness):
        raise TimeoutError("the wall did not say how late it was")
    return told


def _page(url: str, visits: int) -> Iterator[Figure]:
    """The home page, each time in a browser that has never been there."""
    seen: list[Visit] = []
    for _ in range(visits):
        with Chromium() as browser:
            seen.append(browser.visit(f"{url}/ko"))
    first = statistics.median(visit.first_content_ms for visit in seen)
    weight = max(visit.weight_bytes for visit in seen) / 1000
    font = max(visit.font_bytes for visit in seen) / 1000
    yield Figure(
        "public", "home page: weight without the font", weight, "kB", WEIGHT_BAR_KB, visits
    )
    yield Figure("public", "home page: the font", font, "kB", None, visits)
    yield Figure(
        "public",
        "home page: first content, cold, median",
        first,
        "ms",
        FIRST_CONTENT_BAR_MS,
        visits,
    )


def _asked(url: str, connections: int, per_s: int, seconds: float, folder: Path) -> Told:
    """Each connection waits between two requests for as long as it takes to ask so often."""
    script = folder / "readers.lua"
    script.write_text(_SCRIPT.format(delay_ms=round(1000 * connections / per_s)))
    command = [
        *("wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds:.0f}s"),
        *("--timeout", "5s", "-s", str(script), "-H", "Accept-Encoding: gzip", url),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: os.nice(LIKE_THE_PROCESS) and None,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("told "))
    return msgspec.convert(json.loads(line.removeprefix("told ")), Told)


def _wait_for(url: str) -> None:
    """Until the page is there."""
    until = time.monotonic() + WAIT_S
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
            return
        except (urllib.error.URLError, OSError) as error:
            if time.monotonic() > until:
                raise TimeoutError(f"{url} did not come within {WAIT_S:.0f} s") from error
            time.sleep(0.2)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
