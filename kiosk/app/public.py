"""`public`: serves the public edition, beside the wall of this machine or without one.

Where a kiosk runs on the same data, its cache is read and nothing else is started. Where none does,
the city's backend and sync run along, so that a machine can serve citizens and have no wall at all.
"""

import argparse
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from kiosk.app.configuration import read_settings
from kiosk.app.paths import CONFIG
from kiosk.app.run import prepare, take_lock
from kiosk.app.supervisor import Supervisor
from kiosk.core.clock import SystemClock
from kiosk.public.worker import address
from kiosk.settings import Settings

PUBLIC = "public"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kiosk.sh public", description="Serve the public edition.")
    made.add_argument(
        "--host", metavar="ADDRESS", help="address to listen on; loopback unless said"
    )
    made.add_argument("--port", type=int, metavar="N", help="TCP port")
    made.add_argument("--seconds", type=float, metavar="N", help="stop by itself after N seconds")
    made.add_argument(
        "--site",
        action="append",
        default=[],
        metavar="NAME|FILE.toml",
        help="settings of this site; a later one lies over an earlier one",
    )
    made.add_argument("--data", type=Path, metavar="DIR", help="where cache and ledger lie")
    return made


def overrides(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """What the command line says, in the form of a settings file."""
    told: dict[str, object] = {"enabled": True, "host": options.host, "port": options.port}
    given = {PUBLIC: {name: value for name, value in told.items() if value is not None}}
    if options.seconds is not None:
        given["supervisor"] = {"seconds": options.seconds}
    if options.data is not None:
        given["paths"] = {"data_dir": str(options.data)}
    return given


def main(argv: list[str]) -> int:
    options = parser().parse_args(argv)
    settings = prepare(read_settings(CONFIG, options.site, overrides(options)))
    taken = why_not(settings)
    if taken:
        print(taken, file=sys.stderr)
        Path(settings.paths.runtime_dir).rmdir()
        return 2
    lock = take_lock(Path(settings.paths.data_dir))
    try:
        return _supervise(settings, beside=lock is None)
    finally:
        if lock is not None:
            Path(lock.name).unlink(missing_ok=True)
            lock.close()


def _supervise(settings: Settings, *, beside: bool) -> int:
    names = (
        (PUBLIC,) if beside else (*(() if settings.backend.url else ("backend",)), "sync", PUBLIC)
    )
    print(f"The public edition: {address(settings.public)}/", flush=True)
    if beside:
        print("It reads what the kiosk beside it keeps.", flush=True)
    else:
        print("No kiosk runs on these data: the city's figures are followed from here.", flush=True)
    supervisor = Supervisor(settings, names, SystemClock(), main=PUBLIC)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: supervisor.stop())
    return supervisor.run()


def why_not(settings: Settings) -> str:
    """Why nobody can listen there, and what to do; "" when one can."""
    given = settings.public
    try:
        family = socket.AF_INET6 if ":" in given.host else socket.AF_INET
        socket.create_server((given.host, given.port), family=family).close()
    except OSError as error:
        return (
            f"Can't listen on {given.host}:{given.port}: {error.strerror or error}. Stop what "
            "listens there, or choose another place with --port N or --host ADDRESS."
        )
    return ""
