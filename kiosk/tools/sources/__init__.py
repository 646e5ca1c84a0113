"""`sources COMMAND`: the city's systems and their connectors."""

import sys
from collections.abc import Callable

from kiosk.tools.sources.check import check_source
from kiosk.tools.sources.listing import list_sources
from kiosk.tools.sources.parse import parse_file

COMMANDS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "list": (list_sources, "every registered source: owner, kinds, period, how it does"),
    "check": (check_source, "one question to the real system, with the key from the secrets file"),
    "parse": (parse_file, "one captured response as observations, places, incidents ..."),
}


def main(argv: list[str]) -> int:
    """Exit code of the command; 2 when there is no such command."""
    name = argv[0] if argv else ""
    if name in COMMANDS:
        return COMMANDS[name][0](argv[1:])
    lines = [f"  {name:<8} {about}" for name, (_, about) in COMMANDS.items()]
    asked = name in ("-h", "--help")
    print(
        "usage: ./kiosk.sh sources COMMAND ...\n\n" + "\n".join(lines),
        file=sys.stdout if asked else sys.stderr,
    )
    return 0 if asked else 2
