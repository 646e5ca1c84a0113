"""A real Chromium that visits a page once, over WebDriver's plain HTTP: what it loaded, and when
something was to be seen."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from types import TracebackType
from typing import Any

import msgspec

from kiosk.tools.bench.readers import NoReaders

WAIT_S = 15.0
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
)
_LOADED = """
const paint = performance.getEntriesByName('first-contentful-paint')[0];
if (!paint || document.readyState !== 'complete') return null;
const all = [...performance.getEntriesByType('navigation'),
             ...performance.getEntriesByType('resource')];
return {first: paint.startTime, parts: all.map(e => [e.name, e.transferSize])};
"""


class Visit(msgspec.Struct, frozen=True):
    """Bytes as they came over the wire, heads included; milliseconds from the press on the link."""

    first_content_ms: float
    weight_bytes: int
    font_bytes: int


class Chromium:
    """One browser with a folder of its own: nothing is kept from before."""

    def __init__(self) -> None:
        driver, browser = shutil.which("chromedriver"), shutil.which("chromium")
        if driver is None or browser is None:
            raise NoReaders("Chromium", "chromium chromium-driver")
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        self._folder = tempfile.TemporaryDirectory(
            prefix="kiosk-bench-", ignore_cleanup_errors=True
        )
        self._process = subprocess.Popen(
            [driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._base = f"http://127.0.0.1:{port}"
        flags = [*FLAGS, f"--user-data-dir={self._folder.name}"]
        wanted = {"goog:chromeOptions": {"binary": browser, "args": flags}}
        try:
            self._wait()
            made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        except BaseException:
            self._stop()
            raise
        self._session = f"/session/{made['sessionId']}"

    def __enter__(self) -> "Chromium":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        try:
            self._call("DELETE", self._session, None)
        finally:
            self._stop()

    def visit(self, url: str) -> Visit:
        """Raises TimeoutError when nothing was to be seen in time."""
        self._call("POST", f"{self._session}/url", {"url": url})
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            script = {"script": _LOADED, "args": []}
            found = self._call("POST", f"{self._session}/execute/sync", script)
            if found is not None:
                fonts = sum(size for name, size in found["parts"] if ".woff2" in name)
                every = sum(size for _, size in found["parts"])
                return Visit(found["first"], int(every - fonts), int(fonts))
            time.sleep(0.05)
        raise TimeoutError(f"{url}: nothing was to be seen within {WAIT_S:.0f} s")

    def _wait(self) -> None:
        until = time.monotonic() + WAIT_S
        while True:
            try:
                self._call("GET", "/status", None)
                return
            except (urllib.error.URLError, OSError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _call(self, method: str, path: str, body: Any) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - our own driver
            self._base + path, data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return json.loads(answer.read())["value"]

    def _stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()
