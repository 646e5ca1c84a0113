"""`audit check [--data FOLDER] [--head COUNT:LINK] [--json]`: whether the audit log is whole."""

import argparse
import sys
from pathlib import Path

import msgspec
from sqlalchemy.exc import DBAPIError

from kiosk.cache.chain import Head, Verdict, verify_file
from kiosk.cache.files import LEDGER
from kiosk.settings import load, site_file
from kiosk.tools.doctor.machine import ROOT, Machine
from kiosk.tools.doctor.resources import data_folder


def main(argv: list[str]) -> int:
    """Exit code: 0 whole, 1 edited, cut or never begun, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="kiosk.sh audit",
        description="Whether the audit log is as it was written: nothing edited, nothing cut.",
    )
    parser.add_argument("command", choices=("check",))
    parser.add_argument("--data", metavar="FOLDER", type=Path, help="the data folder")
    parser.add_argument("--site", metavar="NAME|FILE.toml", help="settings of this site")
    parser.add_argument(
        "--head",
        metavar="COUNT:LINK",
        type=_head,
        help="a head from the system's journal or from an earlier check, which must still stand",
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args(argv)
    ledger = (options.data or _folder(options.site)) / LEDGER
    try:
        verdict = verify_file(ledger, options.head)
    except (DBAPIError, FileNotFoundError) as error:
        print(f"{ledger}: {getattr(error, 'orig', error)}", file=sys.stderr)
        return 1
    if options.json:
        print(msgspec.json.encode({"whole": verdict.whole, "verdict": verdict}).decode())
    else:
        print(_page(ledger, verdict))
    return 0 if verdict.whole else 1


def _head(text: str) -> Head:
    count, _, link = text.partition(":")
    if not count.isdigit() or len(link) != 64 or set(link) - set("0123456789abcdef"):
        raise argparse.ArgumentTypeError("COUNT:LINK, as `audit check` prints it")
    return Head(int(count), link)


def _folder(site: str | None) -> Path:
    file = site_file(ROOT / "config", site)
    settings = load((ROOT / "config/kiosk.toml", *((file,) if file else ())))
    return data_folder(Machine(settings=settings))


def _page(ledger: Path, verdict: Verdict) -> str:
    lines = [f"{ledger}: {verdict.head.count} records"]
    lines += [f"  WRONG  {one}" for one in verdict.wrong]
    for one in verdict.breaks:
        left = one.left if one.left is not None else "nothing"
        lines.append(f"  BREAK  at {one.t_ms} ms the writer had left {left} and found {one.found}")
    lines.append(f"{'whole' if verdict.whole else 'NOT WHOLE'}; head {verdict.head}")
    return "\n".join(lines)
