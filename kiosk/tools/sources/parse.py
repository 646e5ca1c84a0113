"""`sources parse CONNECTOR FILE [--json]`: what a connector makes of one captured response."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.backend.connectors.normal import (
    Camera,
    Complaint,
    Incident,
    Item,
    NotUnderstood,
    Observation,
    Parsed,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Connector, Context, all_connectors
from kiosk.wire.camera_address import host_of

UNDERSTOOD, WRONG_USAGE, REFUSED, UNKNOWN_FORM = 0, 2, 3, 4


def parse_file(argv: list[str]) -> int:
    """0 understood, also when the answer is empty; 2 wrong usage or a file that can't be read;
    3 the answer is an error of the source's; 4 it has not the form that the connector knows."""
    options = _options(argv)
    try:
        raw = options.file.read_bytes()
    except OSError as error:
        print(f"sources parse: {options.file} can't be read: {error.strerror}", file=sys.stderr)
        return WRONG_USAGE
    try:
        parsed = options.connector.parse(raw, Context(options=dict(options.option)))
    except SourceRefused as refusal:
        print(f"the source refused: {refusal} (retry: {refusal.retry})", file=sys.stderr)
        return REFUSED
    except NotUnderstood as reason:
        print(f"not understood by {options.connector.name}: {reason}", file=sys.stderr)
        return UNKNOWN_FORM
    show(parsed, as_json=options.json)
    if linked := len(options.connector.links(raw)) if options.connector.links else 0:
        print(f"{linked} further parts are linked; they are not in this file", file=sys.stderr)
    return UNDERSTOOD


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kiosk.sh sources parse", description=parse_file.__doc__)
    parser.add_argument("connector", type=_connector, help="name of the service")
    parser.add_argument("file", type=Path, help="one response, as it came")
    parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")
    parser.add_argument(
        "--option",
        type=_option,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what the declaration of the source would say, such as place=POI003",
    )
    return parser.parse_args(argv)


def _connector(name: str) -> Connector:
    connectors = all_connectors()
    if name not in connectors:
        raise argparse.ArgumentTypeError(
            f"no connector is called {name!r}; there are: {', '.join(sorted(connectors))}"
        )
    return connectors[name]


def _option(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"NAME=VALUE is expected, not {text!r}")
    return name, value


def show(parsed: Parsed, *, as_json: bool) -> None:
    """Items on standard output, rejected rows and the count beside it."""
    for item in parsed.items:
        print(msgspec.json.encode(_told(item)).decode() if as_json else " | ".join(_words(item)))
    for rejected in parsed.rejected:
        print(f"row {rejected.row} rejected: {rejected.reason}", file=sys.stderr)
    if not as_json:
        print(f"{len(parsed.items)} items, {len(parsed.rejected)} rows rejected", file=sys.stderr)


def _told(item: Item) -> Item:
    """A camera without what may be a key in its address."""
    if not isinstance(item, Camera):
        return item
    return msgspec.structs.replace(
        item, stream=host_of(item.stream), sub_stream=host_of(item.sub_stream)
    )


def _words(item: Item) -> Iterator[str]:
    """The fields of one item that say something, on one line."""
    yield item.kind
    value = "?" if item.value is None and isinstance(item, Observation) else item.value
    fields = [item.name, item.place, item.time, None if value is None else f"{value} {item.unit}"]
    if isinstance(item, Observation) and (item.sex, item.age) != ("all", "all"):
        fields.append(f"{item.sex} {item.age}")
    if isinstance(item, Incident):
        fields += [item.headline, item.severity]
    if isinstance(item, Camera | Complaint):
        fields.append(item.description if isinstance(item, Complaint) else item.format)
    if item.lat is not None and item.lon is not None:
        fields.append(f"{item.lat:.5f} {item.lon:.5f}")
    if item.quality != "good" or item.note:
        fields.append(f"[{item.quality}] {item.note}")
    yield from (" ".join(field.split()) for field in fields if field and field.strip())
