"""`sources check NAME`: one question to a source's real system, as the backend asks it."""

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from kiosk.backend.connectors.normal import Parsed
from kiosk.backend.connectors.registry import all_connectors
from kiosk.backend.engines import file_engine, prepare, server_engine, server_url
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.pull.quota import QuotaLedger
from kiosk.backend.pull.rounds import load_secrets
from kiosk.backend.pull.source import Pulled, PulledSource, SourceHealth
from kiosk.backend.pull.words import idle
from kiosk.backend.register import load_declared, sources_dirs
from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.secrets import Secrets
from kiosk.tools.sources.parse import REFUSED, UNDERSTOOD, UNKNOWN_FORM, WRONG_USAGE, show
from kiosk.tools.sources.site import add_options, data_dir, read_settings

BUSY_MS = 5000
EXIT = {"": UNDERSTOOD, "partial": UNDERSTOOD, "not_understood": UNKNOWN_FORM}


def check_source(argv: list[str]) -> int:
    """0 understood, also when the answer is empty; 2 wrong usage, or no key for it here; 3 the
    source refused, did not answer, or its quota is spent; 4 its answer has an unknown form."""
    options = _options(argv)
    settings = read_settings(options)
    secrets = load_secrets(settings.backend.secrets)
    found = {d.id: d for d in load_declared(sources_dirs(settings))}
    declaration = found.get(options.name)
    if declaration is None:
        print(f"sources check: no declared source is called {options.name!r}", file=sys.stderr)
        return WRONG_USAGE
    why = idle(declaration, secrets.names)
    if why is not None:
        print(f"sources check: {declaration.id}: {why.en}", file=sys.stderr)
        return WRONG_USAGE
    with counted_calls(data_dir(options, settings), settings) as engine:
        return asyncio.run(_check(declaration, secrets, QuotaLedger(engine), as_json=options.json))


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="kiosk.sh sources check", description=check_source.__doc__
    )
    parser.add_argument("name", help="id of a declared source; see sources list")
    parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")
    add_options(parser)
    return parser.parse_args(argv)


async def _check(
    declaration: Declaration, secrets: Secrets, quota: QuotaLedger, *, as_json: bool
) -> int:
    answers, health = await ask_once(declaration, secrets, quota)
    for pulled in answers:
        show(Parsed(pulled.items, pulled.rejected), as_json=as_json)
    limit = declaration.quota.day
    if health.last_error:
        print(f"{declaration.id}: {health.trouble}: {health.last_error}", file=sys.stderr)
    used = f"{health.calls_today} of {limit}" if limit else f"{health.calls_today}"
    print(f"asked {declaration.address}; calls today: {used}", file=sys.stderr)
    return EXIT.get(health.trouble, REFUSED)


async def ask_once(
    declaration: Declaration, secrets: Secrets, quota: QuotaLedger
) -> tuple[list[Pulled], SourceHealth]:
    """What a source gives when it is asked as the backend does, and how that went."""
    answers: list[Pulled] = []
    fetcher = Fetcher(secrets)
    source = PulledSource(
        declaration,
        all_connectors()[declaration.connector],
        fetcher=fetcher,
        quota=quota,
        clock=SystemClock(),
        rng=random.Random(),  # noqa: S311 - spreads waits, guards nothing
        deliver=lambda _declaration, pulled: answers.append(pulled),
    )
    try:
        await source.pull()
    finally:
        await fetcher.close()
    return answers, source.health


@contextlib.contextmanager
def counted_calls(folder: Path, settings: Settings) -> Iterator[Engine]:
    """The database that counts the calls of the kiosk here, or one of the moment."""
    with contextlib.ExitStack() as stack:
        if settings.backend.store:
            engine = server_engine(server_url(settings.backend.store))
        elif (folder / "backend.db").exists():
            engine = file_engine(folder / "backend.db", BUSY_MS)
        else:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            engine = file_engine(scratch / "calls.db", BUSY_MS)
        stack.callback(engine.dispose)
        try:
            prepare(engine)
        except SQLAlchemyError as error:
            words = f"the calls can't be counted: {type(error).__name__}"
            print(f"sources check: {words}", file=sys.stderr)
            raise SystemExit(WRONG_USAGE) from error
        yield engine
