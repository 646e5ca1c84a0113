"""`install`: makes a machine a wall that starts by itself, and takes all of it away again.

A plan is a list of actions; `--dry-run` prints it, otherwise it is done, action by action.
"""

import argparse
import os
import sys
from pathlib import Path

from kiosk.tools.calibrate.versions import SHORT, program_sum
from kiosk.tools.doctor.machine import ROOT
from kiosk.tools.install.actions import Action, InstallError, System
from kiosk.tools.install.places import Places
from kiosk.tools.install.plans import install_plan, remove_plan, rollback_plan


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="kiosk.sh install",
        description="An unprivileged user, a service with watchdog and restart, a compositor that "
        "shows the wall alone, no blanking. Done again from a newer copy it is an update; the "
        "release before stays, and comes back by itself when the new one does not start.",
    )
    what = made.add_mutually_exclusive_group()
    what.add_argument("--rollback", action="store_true", help="back to the release before")
    what.add_argument("--remove", action="store_true", help="take everything away again")
    made.add_argument("--dry-run", action="store_true", help="print all of it, do nothing")
    made.add_argument("--keep-data", action="store_true", help="with --remove: data and settings")
    made.add_argument("--yes", action="store_true", help="with --remove: do not ask")
    made.add_argument(
        "--site", type=Path, metavar="FILE.toml", help="the site's settings; kept on an update"
    )
    return made


def main(argv: list[str], system: System | None = None) -> int:
    """Exit code 0 done, 1 an action failed, 2 wrong use or no right to do it."""
    options = parser().parse_args(argv)
    system = system or System()
    places = Places()
    if options.site and not options.site.is_file():
        print(f"kiosk install: {options.site}: no such file", file=sys.stderr)
        return 2
    try:
        plan = _plan(options, places, system)
    except InstallError as error:
        print(f"kiosk install: {error}", file=sys.stderr)
        return 2
    if options.dry_run:
        for action in plan:
            print(action.told())
        return 0
    if not system.is_root():
        print("kiosk install: only root may do this; see it first with --dry-run", file=sys.stderr)
        return 2
    if options.remove and not options.yes and not _sure(places, keep=options.keep_data):
        print("Nothing was removed.")
        return 2
    return _do(plan, system)


def _plan(options: argparse.Namespace, places: Places, system: System) -> list[Action]:
    if options.rollback:
        return rollback_plan(places, system)
    if options.remove:
        return remove_plan(places, system, keep_data=options.keep_data)
    return install_plan(places, system, ROOT, program_sum(ROOT)[:SHORT], options.site)


def _do(plan: list[Action], system: System) -> int:
    for count, action in enumerate(plan, 1):
        print(f"[{count}/{len(plan)}] {action.title}", flush=True)
        try:
            action.run(system)
        except InstallError as error:
            print(f"kiosk install: {error}", file=sys.stderr)
            print("What was done so far stays; the same command goes on.", file=sys.stderr)
            return 1
    print("Done.")
    return 0


def _sure(places: Places, *, keep: bool) -> bool:
    what = "the program" if keep else f"the program, {places.data} with its orders and audit log"
    if not os.isatty(0):
        print("kiosk install: without a terminal, --remove needs --yes", file=sys.stderr)
        return False
    answer = input(f"This removes {what}. Type 'remove' to go on: ")
    return answer.strip() == "remove"
