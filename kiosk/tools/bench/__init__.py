"""`bench [NAME] [--json]`: measures the kiosk on this machine, ratios beside a peer in one run.

Results on standard output as they come, progress on standard error.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.tools.bench.figure import Figure, print_figure
from kiosk.tools.bench.postgres import NoPostgres
from kiosk.tools.bench.readers import NoReaders
from kiosk.tools.bench.rtsp import NoServer

PANEL_ROUNDS, OVERVIEW_S = 20, 30
SYNC_PARTS = ("upsert", "kiosks", "away", "kills", "panels")
REMOTE_PARTS = ("pairing", "latency", "slow", "cut", "attack", "call")
VIDEO_PARTS = ("cost", "cold", "late", "faults", "reconnects", "torn", "lateness")


# Each is loaded when it is asked for: the processes that a bench starts load this file too.
def _paint(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.first_paint import first_paint

    return first_paint(options.n)


def _map(_options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.map_fingers import map_fingers

    return map_fingers()


def _everything(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.everything import everything_on

    return everything_on(options.seconds, options.camera, options.speech)


def _sync(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.sync import sync_figures

    return sync_figures(options)


def _panels(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.panels import panels

    return panels(3 if options.quick else PANEL_ROUNDS)


def _video(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.video import video_figures

    return video_figures(options.part, quick=options.quick)


def _overview(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.overview import overview

    return overview(5 if options.quick else OVERVIEW_S)


def _search(_options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.search import search

    return search()


def _remote(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.remote import remote_figures

    return remote_figures(options.part, quick=options.quick)


def _replay(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.replay import replay_figures

    return replay_figures(options.sessions, quick=options.quick)


def _public(options: argparse.Namespace) -> Iterable[Figure]:
    from kiosk.tools.bench.public import public_figures

    return public_figures(quick=options.quick)


BENCHES: dict[str, Callable[[argparse.Namespace], Iterable[Figure]]] = {
    "paint": _paint,
    "map": _map,
    "panels": _panels,
    "overview": _overview,
    "search": _search,
    "everything": _everything,
    "sync": _sync,
    "video": _video,
    "remote": _remote,
    "replay": _replay,
    "public": _public,
}


def main(argv: list[str]) -> int:
    """Exit code 0 when every bar holds, 1 when one does not, 2 when something is not installed."""
    options = _parser().parse_args(argv)
    held = True
    try:
        for name, bench in BENCHES.items():
            if options.name in (None, name):
                print(f"measuring {name} ...", file=sys.stderr, flush=True)
                for figure in bench(options):
                    print_figure(figure, as_json=options.json)
                    held = held and figure.holds is not False
    except (NoPostgres, NoServer, NoReaders) as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0 if held else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk.sh bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(BENCHES), help="one bench; else all")
    parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")
    parser.add_argument("--n", type=int, default=5, help="paint: starts of each kind")
    parser.add_argument("--seconds", type=float, default=30.0, help="everything: the window")
    parser.add_argument("--camera", type=Path, help="everything: clip of hands; else one is drawn")
    parser.add_argument("--speech", type=Path, help="everything: recorded speech; else the demo's")
    parts = SYNC_PARTS + VIDEO_PARTS + REMOTE_PARTS
    parser.add_argument("--part", choices=parts, help="sync, video, remote: one part; else all")
    parser.add_argument("--sessions", type=Path, help="replay: folder of sessions; else made ones")
    quick = "panels, sync, video, remote, replay, public: small numbers, in a minute"
    parser.add_argument("--quick", action="store_true", help=quick)
    parser.add_argument("--kills", type=int, help="sync: how often processes are killed (200)")
    parser.add_argument("--kiosks", type=int, help="sync: kiosks that follow together (300)")
    parser.add_argument("--rows", type=int, help="sync: figures of the largest cache (10000000)")
    return parser
