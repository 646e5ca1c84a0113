"""`cameras discover`: ONVIF cameras of this network, written as entries for the site's list."""

import argparse
import asyncio
import json
import re
import sys

from kiosk.backend.pull.rounds import load_secrets
from kiosk.settings.secrets import Login
from kiosk.tools.cameras.onvif import CameraSilent, Streams, ask
from kiosk.tools.cameras.probe import Device, probe
from kiosk.tools.sources.site import add_options, read_settings

FOUND, NONE, WRONG_USAGE = 0, 1, 2
AT_ONCE = 8


def discover_cameras(argv: list[str]) -> int:
    """Asks the network who is a camera, and each of them for its streams. Entries go to standard
    output, what does not answer to standard error; places are left for the installer to fill in.
    Exit code 0 with at least one, 1 with none, 2 for wrong usage."""
    options = _options(argv)
    settings = read_settings(options)
    secrets = load_secrets(settings.backend.secrets)
    if options.login and options.login not in secrets:
        print(f"no login named {options.login} in the secrets file", file=sys.stderr)
        return WRONG_USAGE
    login = secrets.login(options.login) if options.login else None
    try:
        found = [*options.at] or probe(options.interface, options.seconds)
    except OSError as error:
        print(f"the network can't be asked: {error.strerror}", file=sys.stderr)
        return WRONG_USAGE
    told = asyncio.run(_ask_all(found, login))
    number = options.first
    for device, streams in zip(found, told, strict=True):
        if isinstance(streams, CameraSilent):
            print(f"{device.host}: {streams}", file=sys.stderr)
            continue
        print(entry(device, streams, number, options.login))
        number += 1
    many = number - options.first
    print(f"{many} of {len(found)} cameras told their streams", file=sys.stderr)
    return FOUND if many else NONE


def entry(device: Device, streams: Streams, number: int, login: str) -> str:
    """One [[camera]] of the site's list; its place is still to be filled in."""
    name = f"{device.name} ({streams.model})" if streams.model else device.name
    lines = [
        "[[camera]]",
        f'id = "{_id(device)}"',
        f"number = {number}",
        f"name = {{ ko = {_quoted(name)}, en = {_quoted(name)} }}",
        "# lat = , lon = : where it stands",
        f"url = {_quoted(streams.url)}",
    ]
    if streams.sub_url:
        lines.append(f"sub_url = {_quoted(streams.sub_url)}")
    if login:
        lines.append(f"login = {_quoted(login)}")
    return "\n".join(lines) + "\n"


async def _ask_all(found: list[Device], login: Login | None) -> list[Streams | CameraSilent]:
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(device: Device) -> Streams | CameraSilent:
        async with limit:
            try:
                return await ask(device, login)
            except CameraSilent as silent:
                return silent

    return list(await asyncio.gather(*map(one, found)))


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="kiosk.sh cameras discover", description=discover_cameras.__doc__
    )
    parser.add_argument("--login", default="", metavar="NAME", help="a secret: user:password")
    parser.add_argument(
        "--interface", default="", metavar="ADDRESS", help="of this machine in the cameras' network"
    )
    parser.add_argument("--seconds", type=float, default=3.0, help="how long answers are awaited")
    parser.add_argument("--first", type=int, default=2001, metavar="NUMBER", help="first number")
    parser.add_argument(
        "--at",
        type=_device,
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="ask this camera and not the network; may be given again",
    )
    add_options(parser)
    return parser.parse_args(argv)


def _device(words: str) -> Device:
    host, _, port = words.partition(":")
    if not host or (port and not port.isdecimal()):
        raise argparse.ArgumentTypeError(f"HOST or HOST:PORT is expected, not {words!r}")
    return Device(host, int(port or 80), host)


def _id(device: Device) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"onvif-{device.host}-{device.port}".lower())


def _quoted(words: str) -> str:
    """As a basic string of TOML, which is written like one of JSON."""
    return json.dumps("".join(c for c in words if c.isprintable()), ensure_ascii=False)
