"""Drives a real headless Chromium as a tablet, over WebDriver's plain HTTP.

Use: `with Chromium(tmp_path, trusted=[spki_pin(ca_pem)]) as tablet: tablet.open(url)`.
"""

import base64
import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=ko",
    "--accept-lang=ko-KR,ko",
)
MEDIA = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
)
"""A camera and a microphone of the browser's own making, and nobody to ask for them."""
LANDSCAPE = (1280, 800)
PORTRAIT = (800, 1280)
TAP_TRIES = 5
STARTS = 3
WAIT_S = 10.0
TAB, ENTER = "\ue004", "\ue007"
"""Keys as WebDriver writes them."""
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def find_chromium() -> tuple[str, str] | None:
    """Paths of (chromium, chromedriver), None when this machine has none."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


def spki_pin(certificate: Path) -> str:
    """What makes Chromium trust this certificate and what it signed, and nothing else."""
    public = x509.load_pem_x509_certificates(certificate.read_bytes())[-1].public_key()
    der = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(der).digest()).decode()


class BrowserError(Exception):
    """What WebDriver answered instead of doing what was asked."""


class Chromium:
    """One browser with a profile of its own; the same folder again is the same tablet again."""

    def __init__(
        self,
        folder: Path,
        trusted: Sequence[str] = (),
        size: tuple[int, int] = LANDSCAPE,
        scale: float = 1.0,
        hosts: str = "",
        flags: Sequence[str] = (),
    ) -> None:
        """`hosts`: Chromium's rules for where names lead; `flags`: more of its own."""
        self._folder = folder / "chromium"
        self._trusted = trusted
        self._size = size
        self._scale = scale
        self._hosts = hosts
        self._flags = flags
        self._session = ""
        self._base = ""

    def __enter__(self) -> "Chromium":
        found = find_chromium()
        assert found is not None, "no chromium on this machine"
        browser, driver = found
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._base = f"http://127.0.0.1:{self._start(driver)}"
            answer = self._post("/session", self._capabilities(browser))
            self._session = f"/session/{answer['sessionId']}"
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session:
            with contextlib.suppress(BrowserError, OSError):
                self._request("DELETE", self._session)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._driver.pid, signal.SIGKILL)
        self._driver.wait(10)
        if self._driver.stdout is not None:
            self._driver.stdout.close()

    # ---- what a person does

    def open(self, url: str) -> None:
        self._post(f"{self._session}/url", {"url": url})

    def open_past_warning(self, url: str) -> None:
        """As a person who goes on although the browser warns of the certificate."""
        with contextlib.suppress(BrowserError):
            self.open(url)  # the warning counts as an error
        self.wait_for("#proceed-link")
        self.script("document.querySelector('#proceed-link').click()")

    def tap(self, css: str) -> None:
        """A real touch on the middle of an element; looks again when the page was just redrawn."""
        for _ in range(TAP_TRIES - 1):
            try:
                return self._tap(css)
            except BrowserError as error:
                if "stale element" not in str(error):
                    raise
        return self._tap(css)

    def _tap(self, css: str) -> None:
        element = self._find(css)
        self.script("arguments[0].scrollIntoView({block: 'nearest'})", element)
        at = {"origin": element, "x": 0, "y": 0, "type": "pointerMove", "duration": 0}
        touch = [at, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        finger = {
            "type": "pointer",
            "id": "finger",
            "parameters": {"pointerType": "touch"},
            "actions": touch,
        }
        self._post(f"{self._session}/actions", {"actions": [finger]})

    def type_over(self, css: str, text: str) -> None:
        element = self._find(css)[_ELEMENT]
        self._post(f"{self._session}/element/{element}/clear", {})
        self._post(f"{self._session}/element/{element}/value", {"text": text})

    def press(self, key: str) -> None:
        """A key of a real keyboard."""
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        board = {"type": "key", "id": "keyboard", "actions": keys}
        self._post(f"{self._session}/actions", {"actions": [board]})

    def turn(self, size: tuple[int, int]) -> None:
        """Turns the tablet to landscape or portrait."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=size[0],
            height=size[1],
            deviceScaleFactor=self._scale,
            mobile=True,
        )

    # ---- what a person sees

    def text(self, css: str = "body") -> str:
        """The text that is shown; empty when there is no such element."""
        script = "return document.querySelector(arguments[0])?.innerText ?? ''"
        return str(self.script(script, css))

    def wait_for(self, css: str, contains: str = "", timeout_s: float = WAIT_S) -> str:
        """Waits until the element is there and shows this text; all its text."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            there = self.script("return document.querySelector(arguments[0]) !== null", css)
            if there and contains in (text := self.text(css)):
                return text
            threading.Event().wait(0.02)
        raise AssertionError(f"{css!r} never showed {contains!r}; the page: {self.text()[:600]!r}")

    def wait_until(self, script: str, timeout_s: float = WAIT_S) -> Any:
        """Waits until the page's own word on it is true, or something; that."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            found = self.script(script)
            if found:
                return found
            threading.Event().wait(0.02)
        raise AssertionError(f"never came about: {script}; the page: {self.text()[:600]!r}")

    def screenshot(self, file: Path) -> None:
        picture = self._request("GET", f"{self._session}/screenshot")
        file.write_bytes(base64.b64decode(picture))

    def script(self, source: str, *args: Any) -> Any:
        """Runs JavaScript in the page (as the browser's user would in its console)."""
        return self._post(f"{self._session}/execute/sync", {"script": source, "args": list(args)})

    def script_async(self, source: str, *args: Any) -> Any:
        """The same, ends when the script calls its last argument."""
        return self._post(f"{self._session}/execute/async", {"script": source, "args": list(args)})

    def devtools(self, method: str, **params: Any) -> Any:
        return self._post(f"{self._session}/goog/cdp/execute", {"cmd": method, "params": params})

    def complaints(self) -> list[str]:
        """What the browser's console said at level SEVERE since the last call."""
        lines = self._post(f"{self._session}/se/log", {"type": "browser"})
        return [line["message"] for line in lines if line["level"] == "SEVERE"]

    # ---- WebDriver

    def _start(self, driver: str) -> int:
        """The port. The driver looks for a free one and takes it later: others may come between."""
        for _ in range(STARTS):
            self._driver = subprocess.Popen(
                [driver, "--port=0", "--log-level=SEVERE"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "HOME": str(self._folder)},
                start_new_session=True,
                text=True,
            )
            assert self._driver.stdout is not None
            for line in self._driver.stdout:
                if found := re.search(r"started successfully on port (\d+)", line):
                    return int(found.group(1))
            self._driver.stdout.close()
            self._driver.wait(10)
        raise BrowserError("chromedriver did not start")

    def _capabilities(self, browser: str) -> dict[str, Any]:
        flags = [*FLAGS, *self._flags, f"--user-data-dir={self._folder / 'profile'}"]
        flags.append(f"--window-size={self._size[0]},{self._size[1]}")
        if self._hosts:
            flags.append(f"--host-resolver-rules={self._hosts}")
        if self._trusted:
            flags.append(f"--ignore-certificate-errors-spki-list={','.join(self._trusted)}")
        metrics = {
            "width": self._size[0],
            "height": self._size[1],
            "pixelRatio": self._scale,
            "touch": True,
            "mobile": True,
        }
        options = {
            "binary": browser,
            "args": flags,
            "mobileEmulation": {"deviceMetrics": metrics},
        }
        always = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        return {"capabilities": {"alwaysMatch": always}}

    def _find(self, css: str) -> dict[str, str]:
        found: dict[str, str] = self._post(
            f"{self._session}/element", {"using": "css selector", "value": css}
        )
        return found

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._request("POST", path, body)

    def _request(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                value = json.load(error)["value"]
            raise BrowserError(f"{value['error']}: {value['message'][:400]}") from None
