"""`pin`: the hash of a profile's PIN, for the site's settings file. Nothing is shown or kept."""

import argparse
import getpass
import sys

from kiosk.core.pins import LEAST, MOST, hashed


def main(argv: list[str]) -> int:
    """Exit code 0 done, 2 no PIN was given."""
    argparse.ArgumentParser(
        prog="kiosk.sh pin",
        description=f"Asks for a PIN of {LEAST} to {MOST} digits, twice, and prints the line that "
        "belongs under [[profiles]] of the site's file. On a pipe it is read from standard input.",
    ).parse_args(argv)
    try:
        pin = _asked() if sys.stdin.isatty() else sys.stdin.readline().strip()
        line = hashed(pin)
    except ValueError as error:
        print(f"kiosk pin: {error}", file=sys.stderr)
        return 2
    print(f'pin = "{line}"')
    return 0


def _asked() -> str:
    """Raises ValueError when the two are not the same."""
    pin = getpass.getpass("PIN: ")
    if getpass.getpass("PIN (again): ") != pin:
        raise ValueError("the two were not the same")
    return pin
