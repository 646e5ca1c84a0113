"""`boundaries COMMAND`: true boundaries of the neighbourhoods, brought by an installer."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.backend.boundaries import boundaries
from kiosk.backend.neighbourhoods import load_neighbourhoods
from kiosk.backend.outlines import (
    FILE,
    Brought,
    Outlines,
    OutlinesError,
    area_of,
    load_outlines,
    read_outlines,
    save_outlines,
)
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.tools.boundaries.download import LICENCE, SOURCE, download
from kiosk.tools.sources.site import add_options, data_dir, read_settings

USAGE = """usage: ./kiosk.sh boundaries COMMAND ...

  import FILE --source WHO --licence WHICH   boundaries from a GeoJSON or TopoJSON file
  fetch [--version YYYYMMDD]                 the same, downloaded by the package admdongkor
  show                                       what this site has
  forget                                     back to approximate cells"""


def main(argv: list[str]) -> int:
    """Exit code 0; 1 when the boundaries can't be used or had; 2 for wrong usage."""
    commands: dict[str, Callable[[list[str]], int]] = {
        "import": import_file,
        "fetch": fetch,
        "show": show,
        "forget": forget,
    }
    if not argv or argv[0] not in commands:
        asked = bool(argv) and argv[0] in ("-h", "--help")
        print(USAGE, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        return commands[argv[0]](argv[1:])
    except (OSError, OutlinesError) as error:
        print(f"The boundaries can't be used: {error}", file=sys.stderr)
        return 1


def import_file(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kiosk.sh boundaries import")
    parser.add_argument("file", type=Path, metavar="FILE", help="GeoJSON or TopoJSON, in degrees")
    parser.add_argument("--source", required=True, help="whose boundaries they are, and of when")
    parser.add_argument("--licence", required=True, help="under which terms they may be shown")
    add_options(parser)
    options = parser.parse_args(argv)
    raw = options.file.read_bytes()
    return _take(options, raw, options.source, options.licence, options.file.name)


def fetch(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kiosk.sh boundaries fetch")
    parser.add_argument("--version", metavar="YYYYMMDD", help="a state of the map (the newest)")
    add_options(parser)
    options = parser.parse_args(argv)
    version, raw = download(options.version)
    return _take(options, raw, f"{SOURCE}, {version}", LICENCE, f"admdongkor {version}")


def _take(options: argparse.Namespace, raw: bytes, source: str, licence: str, name: str) -> int:
    settings = read_settings(options)
    brought = _read(settings, raw)
    kept = Outlines(source, licence, name, brought.outlines)
    file = data_dir(options, settings) / FILE
    save_outlines(file, kept)
    print(f"{_words(kept)}; codes of {brought.codes}")
    if brought.elsewhere:
        print(f"{brought.elsewhere} features of other places left out")
    if brought.renamed:
        print(f"{brought.renamed} with another one's code, told by their names")
    if brought.absent:
        print(f"not in the file: {', '.join(brought.absent)}")
    print(f"kept in {file}; a running wall shows them within seconds")
    return 0


def _read(settings: Settings, raw: bytes) -> Brought:
    known = load_neighbourhoods(pack_folder(settings))
    if not known:
        raise OutlinesError("this city has no neighbourhoods in its files")
    districts = boundaries(frozenset(entry.district for entry in known))
    return read_outlines(raw, known, {code: area_of(rings) for code, rings in districts.items()})


def show(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kiosk.sh boundaries show")
    add_options(parser)
    options = parser.parse_args(argv)
    file = data_dir(options, read_settings(options)) / FILE
    if file.exists():
        print(_words(load_outlines(file)))
    else:
        print("none of its own: cells around the centre points stand in, marked as approximate")
    return 0


def forget(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kiosk.sh boundaries forget")
    add_options(parser)
    options = parser.parse_args(argv)
    (data_dir(options, read_settings(options)) / FILE).unlink(missing_ok=True)
    print("cells around the centre points stand in, marked as approximate")
    return 0


def _words(kept: Outlines) -> str:
    count, points = len(kept.outlines), sum(len(r) for o in kept.outlines for r in o.boundary)
    return (
        f"{count} neighbourhoods, {points} points, from {kept.file}: {kept.source}; "
        f"licence: {kept.licence}"
    )
