"""`bench [NAME] [--json]`: measures the kiosk on this machine, ratios beside a peer in one run."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.tools.bench.everything import everything_on
from kiosk.tools.bench.figure import Figure, print_figure
from kiosk.tools.bench.first_paint import first_paint
from kiosk.tools.bench.map_fingers import map_fingers

BENCHES: dict[str, Callable[[argparse.Namespace], Iterable[Figure]]] = {
    "paint": lambda options: first_paint(options.n),
    "map": lambda _options: map_fingers(),
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
    held = True
    for name, bench in BENCHES.items():
        if options.name in (None, name):
            if not options.json:
                print(f"measuring {name} ...", file=sys.stderr, flush=True)
            for figure in bench(options):
                print_figure(figure, as_json=options.json)
                held = held and figure.holds is not False
    return 0 if held else 1
