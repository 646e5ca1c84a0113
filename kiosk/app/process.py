"""The main of every process: `python -m kiosk.app.process NAME --settings FILE`."""

import argparse
import ctypes
import importlib
import logging
import os
import signal
import sys
import threading
from pathlib import Path
from types import ModuleType

from kiosk.app.paths import UI_SOCKET
from kiosk.core.clock import SystemClock
from kiosk.pack import load_here, use
from kiosk.settings import Settings, load_resolved
from kiosk.wire.link import SocketLink

MAINS = {
    "ui": "kiosk.app.wall",
    "gestures": "kiosk.workers.gestures",
    "voice": "kiosk.workers.voice",
    "video": "kiosk.video.worker",
    "sync": "kiosk.sync.worker",
    "remote": "kiosk.remote.worker",
    "calls": "kiosk.calls.worker",
    "public": "kiosk.public.worker",
    "backend": "kiosk.backend.worker",
    "cameras": "kiosk.backend.cameras",
}
_PR_SET_PDEATHSIG = 1
STOP_S = 1.0
# Where processors are short, the screen and the finger on it come first.
NICE = 5


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="kiosk.app.process")
    parser.add_argument("name", choices=sorted(MAINS))
    parser.add_argument("--settings", type=Path, required=True)
    options = parser.parse_args(argv)
    _die_with_parent()
    if options.name != "ui":
        os.nice(NICE)
    logging.basicConfig(
        level=os.environ.get("KIOSK_LOG", "WARNING"),
        format=f"%(asctime)s {options.name} %(levelname)s %(name)s: %(message)s",
    )
    settings = load_resolved(options.settings)
    use(load_here(settings))  # before any room is loaded that shows words
    main_module = importlib.import_module(MAINS[options.name])
    if options.name == "ui":
        return int(main_module.main(settings))
    return _work(options.name, main_module, settings)


def _work(name: str, main_module: ModuleType, settings: Settings) -> int:
    stopped = threading.Event()
    runtime_dir = Path(settings.paths.runtime_dir)
    signal.signal(signal.SIGTERM, lambda *_: _stop(stopped))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    link = SocketLink(runtime_dir / UI_SOCKET, name, stopped)
    try:
        main_module.run(settings, link, SystemClock())
    finally:
        link.close()
    return 0


def _stop(stopped: threading.Event) -> None:
    """Native code may hold on to its thread; after a grace period the process ends regardless."""
    stopped.set()
    killer = threading.Timer(STOP_S, os._exit, args=(0,))
    killer.daemon = True
    killer.start()


def _die_with_parent() -> None:
    """No orphans: the kernel ends this process when the supervisor is gone, however it went."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
