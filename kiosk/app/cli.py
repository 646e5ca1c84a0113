"""The command line: each subcommand is loaded only when it is asked for."""

import importlib
import os
import sys
from collections.abc import Callable

from kiosk.settings import SettingsError

READER_LEFT = 141  # as shells say of a program that SIGPIPE ended
SUBCOMMANDS = {
    "run": ("kiosk.app.run", "start the kiosk"),
    "public": ("kiosk.app.public", "the public edition: pages for everybody to read"),
    "tour": ("kiosk.tools.tour", "the main job as a scripted demonstration, checked step by step"),
    "bench": ("kiosk.tools.bench", "measure the kiosk on this machine"),
    "doctor": ("kiosk.tools.doctor", "what this machine has and lacks"),
    "replay": ("kiosk.app.replay", "what comes of recorded sessions; their goldens; a viewer"),
    "campaign": ("kiosk.app.campaign", "rates, confusion and delays of a folder of sessions"),
    "calibrate": (
        "kiosk.app.calibration",
        "the installers' walk: camera, microphone, screen and touch",
    ),
    "install": (
        "kiosk.tools.install",
        "a machine that starts as a wall; updates, rollback, removal",
    ),
    "docs": ("kiosk.tools.docs", "write the pages that are made from registry and settings"),
    "audit": ("kiosk.tools.audit", "whether somebody has edited or cut the audit log"),
    "pin": ("kiosk.tools.pin", "the hash of a profile's PIN, for the site's file"),
    "disclosure": ("kiosk.tools.disclosure", "who may see what, and why"),
    "sources": ("kiosk.tools.sources", "what the connectors make of the city's systems"),
    "board": ("kiosk.tools.board", "a board for a station: the public pages for it, no way out"),
    "usage": ("kiosk.tools.usage", "panels and kinds of input counted, as a table or a page"),
    "assess": ("kiosk.tools.assess", "the sheet on which an office sees where it stands"),
    "cameras": ("kiosk.tools.cameras", "catalogues of cameras, and cameras on the network"),
    "city": ("kiosk.tools.city", "a city of one's own: make its folder, check it"),
    "boundaries": ("kiosk.tools.boundaries", "true boundaries of the neighbourhoods"),
    "gestures": ("gestures.cli", "replay, train, evaluate, bench the hand recogniser"),
    "voice": ("kiosk.tools.spoken", "match texts, listen to recordings, list what can be said"),
}


def main(argv: list[str]) -> int:
    """Exit code: 0 done, 1 something failed, 2 wrong usage or configuration, 130 interrupted, 141
    nobody reads the output any more. Commands have further ones of their own."""
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if argv else 2
    name, *rest = argv
    if name not in SUBCOMMANDS:
        print(f"kiosk: no such subcommand: {name}\n\n{usage()}", file=sys.stderr)
        return 2
    module = importlib.import_module(SUBCOMMANDS[name][0])
    run: Callable[[list[str]], int] = module.main
    try:
        code = run(rest)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - no path of ours
            os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what is left to be flushed at the end
        return READER_LEFT
    except SettingsError as error:
        print(
            f"The configuration can't be used.\n"
            f"  file:     {error.file}\n"
            f"  field:    {error.field}\n"
            f"  value:    {error.value!r}\n"
            f"  expected: {error.expected}",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        return 130


def usage() -> str:
    lines = ["usage: ./kiosk.sh SUBCOMMAND [options]", ""]
    lines += [f"  {name:<11} {about}" for name, (_module, about) in SUBCOMMANDS.items()]
    lines += ["  test        everything that guards the project", "  check       style and types"]
    return "\n".join(lines)
