"""`campaign DIR... --out REPORT.html`: what a folder of sessions comes to, as one page: rates,
confusion, delays, what differs from its golden, and how earlier versions did."""

import argparse
import sys
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gestures.errors import GesturesError
from gestures.variant import Variant, read_variant
from kiosk.tools.campaign.figures import Campaign, Tally
from kiosk.tools.campaign.page import NoCampaign, page, read_campaign
from kiosk.tools.replay import STOPPED, Counts, MakeHouse
from kiosk.tools.replay.golden import GoldenError, compare, read_golden
from kiosk.tools.replay.play import play
from kiosk.tools.replay.sources import NoSession, Source, find_sources
from kiosk.tools.replay.stage import House
from kiosk.tools.replay.timeline import Damaged, read_timeline
from voice.errors import VoiceError


def main(argv: list[str], make_house: MakeHouse) -> int:
    """Exit code: 0 done, 2 wrong usage or a session that can't be read (the others are in the
    report, and so is it), 130 stopped by Ctrl-C; nothing is written then."""
    options = _parser().parse_args(argv)
    try:
        sources = find_sources(options.folder)
        variant = read_variant(options.variant) if options.variant else None
        earlier = [_earlier(file) for file in options.earlier]
    except (NoSession, GesturesError, NoCampaign) as error:
        _complain(str(error))
        return 2
    try:
        tally, damaged = _tally(sources, make_house(options.site), variant)
    except VoiceError as error:
        _complain(str(error))
        return 2
    except KeyboardInterrupt:
        _complain("stopped; no report was written")
        return STOPPED
    label = options.label or _label(variant)
    campaign = tally.campaign(label, int(time.time() * 1000))
    try:
        options.out.write_text(page(campaign, earlier), "utf-8")
    except OSError as error:
        _complain(f"{options.out}: can't be written ({error.strerror})")
        return 2
    sys.stdout.write(f"{options.out}: {_words(campaign)}\n")
    return 2 if damaged else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk.sh campaign", description=__doc__)
    parser.add_argument("folder", nargs="+", type=Path, metavar="DIR", help="labelled sessions")
    parser.add_argument("--out", type=Path, default=Path("campaign.html"), metavar="FILE.html")
    parser.add_argument("--label", default="", help="what this version is called in the report")
    parser.add_argument(
        "--earlier", nargs="*", type=Path, default=[], metavar="REPORT.html", help="for the trend"
    )
    parser.add_argument("--variant", type=Path, metavar="FILE.toml", help="other limits or weights")
    parser.add_argument("--site", action="append", default=[], metavar="NAME|FILE.toml")
    return parser


def _earlier(file: Path) -> Campaign:
    try:
        return read_campaign(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NoCampaign(f"{file}: can't be read ({error})") from error
    except NoCampaign as error:
        raise NoCampaign(f"{file}: {error}") from error


def _tally(sources: Sequence[Source], house: House, variant: Variant | None) -> tuple[Tally, int]:
    """Of every session; how many could not be read."""
    tally, counts = Tally(), Counts(len(sources))
    for source in sources:
        counts.tell_now_and_then()
        try:
            timeline = read_timeline(source, lambda: house.understanding)
            performance = play(timeline, house, variant)
            differences = None
            if source.golden.exists():
                golden = read_golden(source.golden)
                differences = compare(golden.events, performance.events, golden.tolerance)
        except (Damaged, GesturesError, GoldenError) as error:
            counts.damaged += 1
            tally.spoilt(source, str(error))
            _complain(str(error))
        else:
            counts.played_ms += timeline.length_ms
            tally.add(source, timeline, performance, differences)
        counts.done += 1
    return tally, counts.damaged


def _label(variant: Variant | None) -> str:
    try:
        made = version("city-kiosk")
    except PackageNotFoundError:
        made = "this version"
    return f"{made} {variant.name}" if variant else made


def _words(campaign: Campaign) -> str:
    played = sum(not session.trouble for session in campaign.sessions)
    told = f"{played} sessions, {campaign.hours:.2f} h"
    if campaign.meant:
        told += f", {campaign.detected} of {campaign.meant} gestures, {campaign.false} false"
    return told


def _complain(line: str) -> None:
    sys.stderr.write(line + "\n")
