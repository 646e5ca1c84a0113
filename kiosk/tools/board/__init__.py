"""`board`: the boards' pages of a public edition, full screen, in a browser that nobody can leave.

Three things hold it: the page itself lets no key and no gesture through to the browser; the browser
reaches nothing but the holder, which passes on the boards' pages alone; and the keeper closes
whatever else comes up, and starts the browser again when it is gone.
"""

import argparse
import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.pack.loading import CONFIG
from kiosk.settings import load, site_file
from kiosk.tools.board.browser import Browser, find_browser
from kiosk.tools.board.holder import Holder
from kiosk.tools.board.keeper import keep

ROOT = Path(__file__).resolve().parents[3]
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def main(argv: list[str]) -> int:
    """Exit code 0 stopped, 2 wrong usage, or nothing to show it with."""
    options = _parser().parse_args(argv)
    try:
        url = checked(options.url or _own(options.site))
    except ValueError as error:
        print(f"board: {error}", file=sys.stderr)
        return 2
    browser = find_browser()
    if browser is None:
        print("board: no Chromium here: apt install chromium", file=sys.stderr)
        return 2
    if os.geteuid() == 0 and not options.no_sandbox:
        print("board: not as root: a browser without its sandbox is no board", file=sys.stderr)
        return 2
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return _under_cage(argv)
    size = _size(options.size) if options.size else None
    asyncio.run(_show(url, Browser(browser, size=size, sandbox=not options.no_sandbox), options))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk.sh board",
        description="Shows the boards' pages of a public edition, full screen, with no way out. "
        "Without a desktop it starts under cage.",
    )
    parser.add_argument(
        "--url", metavar="URL", help="of the public edition; without it that of this machine"
    )
    parser.add_argument("--site", metavar="NAME|FILE.toml", help="settings of this site")
    parser.add_argument("--seconds", type=float, metavar="N", help="stop by itself after N seconds")
    parser.add_argument("--size", metavar="WxH", help="of the window; without it the whole screen")
    parser.add_argument(
        "--no-sandbox", action="store_true", help="for tests, in a container that has none"
    )
    return parser


def _own(site: str | None) -> str:
    file = site_file(CONFIG, site)
    given = load((CONFIG / "kiosk.toml", *((file,) if file else ()))).public
    host = f"[{given.host}]" if ":" in given.host else given.host
    return f"http://{host}:{given.port}"


def checked(url: str) -> str:
    """Scheme, host and port of the public edition. Raises ValueError with what was expected."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{url!r}: a port from 1 to 65535 is expected") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError(f"{url!r}: an address such as https://open.city.example is expected")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError(
            f"{url!r}: https is expected; anybody on the way could change what it says"
        )
    if parts.path not in ("", "/", "/board") or parts.query or parts.fragment:
        raise ValueError(
            f"{url!r}: the edition's address alone is expected, without {parts.path!r}"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise SystemExit(f"board: --size {text!r}: such as 1080x1920 is expected")
    return int(width), int(height)


def _under_cage(argv: Sequence[str]) -> int:
    cage = shutil.which("cage")
    if cage is None:
        print("board: no screen here. Without a desktop: apt install cage", file=sys.stderr)
        return 2
    own = (sys.executable, "-P", "-m", "kiosk", "board", *argv)
    return subprocess.call((cage, "-d", "--", *own), env={**os.environ, "PYTHONPATH": str(ROOT)})


async def _show(url: str, browser: Browser, options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    if options.seconds is not None:
        loop.call_later(options.seconds, stop.set)
    async with Holder(url) as holder:
        print(f"Board of {url}, held at {holder.address}", flush=True)
        await keep(browser, holder.address, stop)
