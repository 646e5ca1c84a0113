"""`replay SESSION... [--json] [--speed N] [--golden UPDATE|CHECK]`: recorded sessions of hands,
touch, voice and tablets against the real recogniser and dispatcher, whose messages go nowhere.

Results on standard output, progress and complaints on standard error.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from gestures.errors import GesturesError
from gestures.variant import Variant, read_variant
from kiosk.tools.replay.golden import (
    Difference,
    GoldenError,
    compare,
    event_words,
    read_golden,
    write_golden,
)
from kiosk.tools.replay.play import Event, play
from kiosk.tools.replay.sources import GOLDEN, NoSession, Source, find_sources, weave
from kiosk.tools.replay.stage import House
from kiosk.tools.replay.timeline import Damaged, read_timeline
from voice.errors import VoiceError

STOPPED = 130  # as shells say of a program that Ctrl-C ended
TOLD_EVERY_S = 5.0
SCREENS = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")

MakeHouse = Callable[[Sequence[str]], House]


class Counts:
    """What has been done so far."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = self.played_ms = self.differ = self.damaged = self.compared = 0
        self.without_golden: list[str] = []
        self._begun_s = self._told_s = time.monotonic()

    def tell_now_and_then(self) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s >= TOLD_EVERY_S and self.done < self.total:
            self._told_s = now_s
            _complain(f"{self.done} of {self.total} sessions, {self.speed(now_s):.0f} x real time")

    def speed(self, now_s: float) -> float:
        passed_s = now_s - self._begun_s
        return self.played_ms / 1000 / passed_s if passed_s else 0.0


class Played(NamedTuple):
    source: Source
    length_ms: int
    events: tuple[Event, ...]


def main(argv: list[str], make_house: MakeHouse) -> int:
    """Exit code: 0 done, 1 a session differs from its golden, 2 wrong usage or a session that can't
    be read (the others are still done), 130 stopped by Ctrl-C."""
    options = _parser().parse_args(argv)
    try:
        sources = find_sources(options.session)
        variant = read_variant(options.variant) if options.variant else None
        if options.goldens:
            sources = [s._replace(golden=options.goldens / s.golden.name) for s in sources]
        if options.weave:
            sources = [weave(sources)]
    except (NoSession, GesturesError) as error:
        _complain(str(error))
        return 2
    if options.view and not any(map(os.environ.get, SCREENS)):
        _complain(f"--view needs a screen; none of {', '.join(SCREENS)} is set")
        return 2
    if options.view:
        from kiosk.tools.replay.viewer import view  # late: a window is for those who ask for one

        return view(sources, make_house(options.site), variant)
    counts = Counts(len(sources))
    try:
        for played in _each(sources, make_house(options.site), variant, options.speed, counts):
            _treat(played, options, counts)
    except VoiceError as error:
        _complain(str(error))
        return 2
    except KeyboardInterrupt:
        _complain(f"stopped after {counts.done} of {counts.total} sessions; what is told stands")
        return STOPPED
    return _sum_up(options.golden, counts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk.sh replay", description=__doc__)
    parser.add_argument("session", nargs="+", type=Path, metavar="SESSION", help="file or folder")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--speed", type=_speed, metavar="N", help="N times real time; else as fast as it goes"
    )
    parser.add_argument(
        "--golden",
        choices=("UPDATE", "CHECK"),
        type=str.upper,
        help=f"write what came of it to NAME{GOLDEN}, or compare it with that",
    )
    parser.add_argument(
        "--goldens", type=Path, metavar="DIR", help="where goldens lie; else beside the sessions"
    )
    parser.add_argument("--weave", action="store_true", help="all files are one session")
    parser.add_argument("--view", action="store_true", help="look at them in a window")
    parser.add_argument(
        "--variant", type=Path, metavar="FILE.toml", help="other limits or weights of the hands"
    )
    parser.add_argument("--site", action="append", default=[], metavar="NAME|FILE.toml")
    return parser


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.01 <= speed <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r}; from 0.01 to 1000 is expected")
    return speed


def _each(
    sources: Sequence[Source],
    house: House,
    variant: Variant | None,
    speed: float | None,
    counts: Counts,
) -> Iterator[Played]:
    """Plays one after the other; what can't be read is told and counted."""
    for source in sources:
        counts.tell_now_and_then()
        try:
            timeline = read_timeline(source, lambda: house.understanding)
            events = play(timeline, house, variant, pacer(speed)).events
        except (Damaged, GesturesError) as error:
            counts.done += 1
            counts.damaged += 1
            _complain(str(error))
            continue
        counts.done += 1
        counts.played_ms += timeline.length_ms
        yield Played(source, timeline.length_ms, events)


def pacer(
    speed: float | None,
    now_s: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Callable[[int], None]:
    """Waits until it is time for a moment of a session; without a speed it never waits."""
    if speed is None:
        return lambda t_ms: None
    begin_s = now_s()

    def wait(t_ms: int) -> None:
        left_s = begin_s + t_ms / 1000 / speed - now_s()
        if left_s > 0:
            sleep(left_s)

    return wait


def _treat(played: Played, options: argparse.Namespace, counts: Counts) -> None:
    name, golden = played.source.name, played.source.golden
    if options.golden is None:
        for event in played.events:
            _say(_event_line(name, event, options.json))
        return
    try:
        if options.golden == "UPDATE":
            write_golden(golden, played.events)
            counts.compared += 1
            _say(_text(options.json, f"{golden}: {len(played.events)} events", golden=str(golden)))
        elif golden.exists():
            expected = read_golden(golden)
            found = compare(expected.events, played.events, expected.tolerance)
            counts.compared += 1
            counts.differ += bool(found)
            for difference in found:
                _say(_difference_line(name, difference, options.json))
        else:
            counts.without_golden.append(name)
    except (GoldenError, OSError) as error:
        counts.damaged += 1
        _complain(str(error))


def _event_line(name: str, event: Event, as_json: bool) -> str:
    if as_json:
        line = {"session": name, "t_ms": event.t_ms, "what": event.what, "kind": event.kind}
        return msgspec.json.encode({**line, **event.details}).decode()
    return f"{name}: {event.t_ms / 1000:8.2f} s  {event_words(event)}{_more(event)}"


def _more(event: Event) -> str:
    said = event.details.get("say")
    return f" — {said['ko']}" if said else ""


def _difference_line(name: str, found: Difference, as_json: bool) -> str:
    told = f"{name}: {found.t_ms / 1000:8.2f} s  {found.kind:<12} {found.told}"
    if not as_json:
        return told
    line = {"session": name, "t_ms": found.t_ms, "difference": found.kind, "told": found.told}
    return msgspec.json.encode(line).decode()


def _text(as_json: bool, told: str, **fields: str) -> str:
    return msgspec.json.encode(fields).decode() if as_json else told


def _sum_up(golden: str | None, counts: Counts) -> int:
    if golden == "CHECK":
        for name in counts.without_golden:
            _complain(f"{name}: no golden, not compared; --golden UPDATE writes one")
        _complain(f"{counts.compared} compared, {counts.differ} differ")
    if counts.damaged:
        _complain(f"{counts.damaged} of {counts.total} sessions could not be read")
    if counts.differ:
        return 1
    nothing = golden == "CHECK" and not counts.compared
    return 2 if counts.damaged or nothing else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _complain(line: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(line + "\n")
