"""Chromium for a board: a profile that is thrown away, no network but the holder, and a pipe by
which it is looked after (the DevTools protocol; nobody else can open that)."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

FLAGS = (
    "--kiosk",
    "--no-first-run",
    "--no-default-browser-check",
    "--noerrdialogs",
    "--no-pings",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--block-new-web-contents",
    "--deny-permission-prompts",
    "--disable-file-system",
    "--disable-extensions",
    "--disable-sync",
    "--disable-translate",
    "--disable-print-preview",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-breakpad",
    "--disable-session-crashed-bubble",
    "--disable-features=Translate,MediaRouter,GlobalMediaControls,OptimizationHints",
    "--password-store=basic",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PREFERENCES = {
    "translate": {"enabled": False},
    "browser": {"enable_spellchecking": False, "has_seen_welcome_page": True},
    "credentials_enable_service": False,
    "autofill": {"enabled": False, "credit_card_enabled": False, "profile_enabled": False},
    "download": {"prompt_for_download": False},
    "profile": {
        "password_manager_enabled": False,
        "default_content_setting_values": {"popups": 2, "notifications": 2, "geolocation": 2},
    },
}
"""Bubbles of the browser's own are windows that lead out: translating offered one."""
ANSWERS_S = 5.0
ENDS_S = 3.0


class Lost(Exception):  # noqa: N818 - the browser is gone or hangs, which is no fault of ours
    """It does not answer any more."""


class Target(NamedTuple):
    """Something that the browser shows: a page, a window of its own."""

    id: str
    kind: str
    url: str
    title: str = ""


def find_browser() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One browser at a time. `size` of its window in pixels, None for the whole screen."""

    def __init__(
        self, program: str, *, size: tuple[int, int] | None = None, sandbox: bool = True
    ) -> None:
        self._program = program
        self._size = size
        self._sandbox = sandbox
        self._process: subprocess.Popen[bytes] | None = None
        self._profile: tempfile.TemporaryDirectory[str] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._transport: asyncio.BaseTransport | None = None
        self._writes = -1
        self._asked = 0
        self.crashed = False

    async def start(self, address: str) -> None:
        """With a profile that nothing was ever done in."""
        self._profile = tempfile.TemporaryDirectory(prefix="board-", ignore_cleanup_errors=True)
        preferences = Path(self._profile.name) / "Default" / "Preferences"
        preferences.parent.mkdir()
        preferences.write_text(json.dumps(PREFERENCES), "utf-8")
        reads, theirs_out = os.pipe()
        theirs_in, self._writes = os.pipe()
        pipes = f'exec 3<&{theirs_in} 4>&{theirs_out}; exec "$@"'
        self._process = subprocess.Popen(
            ("/bin/sh", "-c", pipes, "sh", self._program, *self._flags(address)),
            env={**os.environ, "HOME": self._profile.name, "TMPDIR": self._profile.name},
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._reader = asyncio.StreamReader(limit=1 << 24)
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(self._reader),  # type: ignore[arg-type]
            os.fdopen(reads, "rb", buffering=0),
        )
        self.crashed = False
        await self._ask("Target.setDiscoverTargets", discover=True)

    def _flags(self, address: str) -> Sequence[str]:
        assert self._profile is not None
        holder = urlsplit(address).netloc
        flags = [
            *FLAGS,
            f"--app={address}",
            f"--user-data-dir={self._profile.name}",
            f"--proxy-server=http://{holder}",
            "--proxy-bypass-list=<-loopback>",  # this machine's other doors are no way out either
        ]
        if self._size is not None:
            flags += [f"--window-size={self._size[0]},{self._size[1]}", "--window-position=0,0"]
        if os.environ.get("WAYLAND_DISPLAY"):
            flags.append("--ozone-platform=wayland")
        if not self._sandbox:
            flags.append("--no-sandbox")
        return flags

    async def targets(self) -> tuple[Target, ...]:
        """What it shows, the oldest last. Raises Lost."""
        told = (await self._ask("Target.getTargets"))["targetInfos"]
        return tuple(Target(t["targetId"], t["type"], t["url"], t.get("title", "")) for t in told)

    async def close(self, target: Target) -> None:
        """Raises Lost."""
        await self._ask("Target.closeTarget", targetId=target.id)

    async def lead(self, target: Target, address: str) -> None:
        """To another page. Raises Lost."""
        told = await self._ask("Target.attachToTarget", targetId=target.id, flatten=True)
        session = told.get("sessionId", "")
        if session:
            await self._ask("Page.navigate", session, url=address)
            await self._ask("Target.detachFromTarget", sessionId=session)

    async def _ask(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """What it answers; nothing where it refuses. Raises Lost."""
        assert self._reader is not None
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        try:
            os.write(self._writes, json.dumps(message).encode() + b"\0")
            async with asyncio.timeout(ANSWERS_S):
                while True:
                    told = json.loads((await self._reader.readuntil(b"\0"))[:-1])
                    self.crashed |= told.get("method") == "Target.targetCrashed"
                    if told.get("id") == self._asked:
                        result: dict[str, Any] = told.get("result", {})
                        return result
        except (OSError, EOFError, TimeoutError, asyncio.IncompleteReadError) as error:
            raise Lost(method) from error

    async def end(self) -> None:
        """Ends it with all that it started, and takes its profile away."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None
        if self._writes >= 0:
            os.close(self._writes)
            self._writes = -1
        process, self._process = self._process, None
        if process is not None:
            for sign in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, sign)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    await asyncio.to_thread(process.wait, ENDS_S)
        if self._profile is not None:
            await asyncio.to_thread(self._profile.cleanup)
            self._profile = None
