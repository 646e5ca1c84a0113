"""The demonstration's city in a real cache, as the public edition finds it."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from kiosk.cache.files import CACHE
from kiosk.cache.writer import CacheWriter
from kiosk.settings import Settings
from kiosk.settings.model import PathSettings
from kiosk.wire.city import Change, ChangesPage, Latest, Row
from tests.helpers.panel_city import NOW_MS, demo_city


def settings_of(folder: Path, settings: Settings | None = None) -> Settings:
    """Settings whose data lies in `folder`."""
    paths = PathSettings(data_dir=str(folder), runtime_dir=str(folder))
    return msgspec.structs.replace(settings or Settings(), paths=paths)


def demo_rows(settings: Settings | None = None) -> Iterable[Row]:
    """Every row of the demonstration at NOW_MS."""
    city = demo_city(NOW_MS, settings)
    for kind in city.catalogue.values():
        yield from kind.values()
    for line in city.figures.values():
        yield from line.values()
    yield from (Latest(row) for row in city.moments.values())


def write_cache(folder: Path, rows: Iterable[Row], *, epoch: str = "e", revision: int = 1) -> None:
    """Writes rows into the cache of a folder, making it when there is none."""
    writer, _ = CacheWriter.open(folder / CACHE, NOW_MS)
    changes = tuple(Change(revision, row) for row in rows)
    writer.apply(ChangesPage(epoch, revision, changes, more=False, head=revision), NOW_MS)
    writer.close()
