"""`bench [NAME] [--json]`: measures the kiosk on this machine, ratios beside a peer in one run."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.tools.bench.everything import everything_on
from kiosk.tools.bench.figure import Figure, print_figures
from kiosk.tools.bench.first_paint import first_paint

BENCHES: dict[str, Callable[[argparse.Namespace], list[Figure]]] = {
    "paint": lambda options: first_paint(options.n),
    "everything": lambda options: everything_on(options.seconds, options.camera, options.speech),
}


def main(argv: list[str]) -> int:
    """Exit code 0 when every bar holds, else 1."""
    parser = argparse.ArgumentParser(prog="kiosk.sh bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(BENCHES), help="one bench; else all")
    parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")
    parser.add_argument("--n", type=int, default=5, help="starts of each kind for first paint")
    parser.add_argument("--seconds", type=float, default=30.0, help="length of the window")
    parser.add_argument("--camera", type=Path, help="clip of hands; else one is drawn")
    parser.add_argument("--speech", type=Path, help="recorded speech; else the demo's")
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    for name, bench in BENCHES.items():
        if options.name in (None, name):
            if not options.json:
                print(f"measuring {name} ...", file=sys.stderr, flush=True)
            figures += bench(options)
    print_figures(figures, as_json=options.json)
    return 0 if all(figure.holds is not False for figure in figures) else 1
