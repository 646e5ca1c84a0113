"""`cameras COMMAND`: the city's cameras as an installer meets them."""

import sys
from collections.abc import Callable

from kiosk.tools.cameras.check import check_cameras
from kiosk.tools.cameras.discover import discover_cameras

COMMANDS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "check": (check_cameras, "every catalogue of cameras: what it gives, or why it does not"),
    "discover": (discover_cameras, "ONVIF cameras of this network, as entries for the site's list"),
}


def main(argv: list[str]) -> int:
    """Exit code of the command; 2 when there is no such command."""
    name = argv[0] if argv else ""
    if name in COMMANDS:
        return COMMANDS[name][0](argv[1:])
    lines = [f"  {name:<8} {about}" for name, (_, about) in COMMANDS.items()]
    asked = name in ("-h", "--help")
    print(
        "usage: ./kiosk.sh cameras COMMAND ...\n\n" + "\n".join(lines),
        file=sys.stdout if asked else sys.stderr,
    )
    return 0 if asked else 2
