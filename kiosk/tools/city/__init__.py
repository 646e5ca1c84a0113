"""`city COMMAND`: a city of one's own on the wall."""

import sys
from collections.abc import Callable

from kiosk.tools.city.checking import check_site
from kiosk.tools.city.making import make_city, print_answers

COMMANDS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "new": (make_city, "a city's folder and its wall's file, with placeholder data, ready to run"),
    "answers": (print_answers, "the file of answers for `new --from`, to fill in"),
    "check": (check_site, "whether a city fits, and what of it is still a placeholder"),
}


def main(argv: list[str]) -> int:
    """Exit code of the command; 2 when there is no such command."""
    name = argv[0] if argv else ""
    if name in COMMANDS:
        return COMMANDS[name][0](argv[1:])
    lines = [f"  {name:<8} {about}" for name, (_, about) in COMMANDS.items()]
    asked = name in ("-h", "--help")
    print(
        "usage: ./kiosk.sh city COMMAND ...\n\n" + "\n".join(lines),
        file=sys.stdout if asked else sys.stderr,
    )
    return 0 if asked else 2
