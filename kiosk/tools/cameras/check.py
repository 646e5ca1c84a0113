"""`cameras check`: every catalogue of cameras asked once; the cameras too when that is asked."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import NamedTuple

import av

from kiosk.backend.connectors.normal import Camera
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.quota import QuotaLedger
from kiosk.backend.pull.words import idle
from kiosk.backend.register import load_declared, sources_dirs
from kiosk.backend.site_cameras import load_site_cameras
from kiosk.core.clock import SystemClock
from kiosk.settings import Settings, SettingsError
from kiosk.settings.secrets import Secrets, secrets_file
from kiosk.tools.sources.check import ask_once, counted_calls
from kiosk.tools.sources.site import add_options, data_dir, read_settings
from kiosk.video.address import SourceError
from kiosk.video.reasons import reason_of
from kiosk.video.source import Means, StreamError, open_source
from kiosk.wire.camera_address import host_of

WELL, FAILS = 0, 1
AT_ONCE = 8
LIST = "the site's list"


class Found(NamedTuple):
    """A camera of a catalogue."""

    catalogue: str
    name: str
    url: str
    login: str


def check_cameras(argv: list[str]) -> int:
    """One line for each catalogue: how many cameras it gives, or why it gives none; then, with
    --open, one for each camera whose stream can't be had. Exit code 1 when something fails.
    """
    options = _options(argv)
    settings = read_settings(options)
    secrets = Secrets.load(secrets_file(settings.backend.secrets))
    failed, found = _check_list(settings, secrets)
    with counted_calls(data_dir(options, settings), settings) as engine:
        for declaration in load_declared(sources_dirs(settings)):
            if gives_cameras(declaration):
                worse, more = _check_source(declaration, secrets, QuotaLedger(engine))
                failed, found = failed or worse, found + more
    if options.open:
        failed = _try_all(found, Means.of(settings, SystemClock())) or failed
    return FAILS if failed else WELL


def gives_cameras(declaration: Declaration) -> bool:
    return declaration.options.get("item") == "camera" or any(
        kind.startswith("cctv.") for kind in declaration.kinds
    )


def _check_list(settings: Settings, secrets: Secrets) -> tuple[bool, list[Found]]:
    if not settings.backend.cameras:
        print(f"{LIST:<32} not used: backend.cameras names no file")
        return False, []
    try:
        cameras = load_site_cameras(settings)
    except SettingsError as error:
        print(f"{LIST:<32} {error.file}: {error.field}: {error.expected}")
        return True, []
    print(f"{LIST:<32} {len(cameras)} cameras")
    lacking = sorted({c.login for c in cameras if c.login and c.login not in secrets})
    for name in lacking:
        print(f"  no login named {name} in the secrets file")
    return bool(lacking), [Found(LIST, c.name.ko, c.url, c.login) for c in cameras]


def _check_source(
    declaration: Declaration, secrets: Secrets, quota: QuotaLedger
) -> tuple[bool, list[Found]]:
    """A catalogue that is not connected here is no failure."""
    why = idle(declaration, secrets.names)
    if why is not None:
        print(f"{declaration.id:<32} {why.en}")
        return False, []
    answers, health = asyncio.run(ask_once(declaration, secrets, quota))
    found = [
        Found(declaration.id, item.name, item.stream, item.login)
        for pulled in answers
        for item in pulled.items
        if isinstance(item, Camera) and item.stream
    ]
    words = f"{health.trouble}: {health.last_error}" if health.last_error else "good"
    print(f"{declaration.id:<32} {len(found)} cameras, {health.rejected} refused, {words}")
    for pulled in answers:
        for row in pulled.rejected:
            print(f"  {row.row}: {row.reason}")
    return bool(health.last_error or health.rejected), found


def _try_all(cameras: list[Found], means: Means) -> bool:
    """Whether one of them can't be had."""
    stopped = Event()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tried = pool.map(lambda camera: _try(camera, means, stopped), cameras)
        lines = [line for line in tried if line]
    for line in lines:
        print(line)
    print(f"{len(cameras) - len(lines)} of {len(cameras)} cameras give pictures", file=sys.stderr)
    return bool(lines)


def _try(camera: Found, means: Means, stopped: Event) -> str:
    """ "" when the camera gives a picture, else why not; without its address."""
    try:
        with open_source(camera.url, means, login=camera.login, stopped=stopped) as source:
            if next(_pictures(source.packets), None) is not None:
                return ""
            why = "its stream ends before the first picture"
    except (StreamError, SourceError, OSError, ValueError) as error:
        why = reason_of(error).en
    return f"  {camera.catalogue} | {camera.name} | {host_of(camera.url)} | {why}"


def _pictures(packets: Callable[[], Iterator[av.Packet]]) -> Iterator[object]:
    for packet in packets():
        yield from packet.decode()


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="kiosk.sh cameras check", description=check_cameras.__doc__
    )
    parser.add_argument("--open", action="store_true", help="try every camera's main stream too")
    add_options(parser)
    return parser.parse_args(argv)
