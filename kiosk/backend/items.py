"""Pledges, plans, projects and the like as configured: `items/*.toml` in the city's folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.backend.dates import Date
from kiosk.pack.clock import date_ms
from kiosk.settings import SettingsError
from kiosk.settings.loading import read_model
from kiosk.wire.city import Item
from kiosk.wire.text import Text

FOLDER = "items"
NOTHING = Text("", "")
Key = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Publication(_Entry, frozen=True):
    """Something that has been published, and when; None: it does not say."""

    id: Key
    title: Text
    date: Date | None = None
    url: str = ""


class ItemEntry(_Entry, frozen=True):
    """See kiosk.wire.city.Item for the meaning of the fields. `publication` names where it stands
    written; without one it has to be simulated. `start` and `due` are ISO dates.
    `plays` says how the demonstration moves the first reading."""

    id: Key
    kind: Key
    title: Text
    parent: str = ""
    publication: str = ""
    summary: Text = NOTHING
    state: str = ""
    progress: Annotated[float, Meta(ge=0, le=1)] | None = None
    owner: Text = NOTHING
    start: Date | None = None
    due: Date | None = None
    readings: dict[Name, float] = {}
    attributes: dict[Name, str] = {}
    places: tuple[tuple[float, float], ...] = ()
    districts: tuple[str, ...] = ()
    sdg: tuple[Annotated[int, Meta(ge=1, le=17)], ...] = ()
    simulated: bool = False
    plays: Literal["", "day", "word", "poll", "sum"] = ""


class _Items(_Entry, frozen=True):
    publication: tuple[Publication, ...] = ()
    item: tuple[ItemEntry, ...] = ()


class ItemBook(_Entry, frozen=True):
    """Everything that stands in the folder, in the order of files and lines."""

    publications: tuple[Publication, ...]
    items: tuple[ItemEntry, ...]


def load_items(folder: Path, districts: Iterable[str]) -> ItemBook:
    """The items of a city's folder, with references checked. Raises SettingsError."""
    files = {file: read_model(file, _Items) for file in sorted((folder / FOLDER).glob("*.toml"))}
    publications = {p.id: p for entries in files.values() for p in entries.publication}
    ids = [item.id for entries in files.values() for item in entries.item]
    known, codes = set(ids), set(districts)
    twice = {key for key in known if ids.count(key) > 1} if len(known) < len(ids) else set()
    for file, entries in files.items():
        for item in entries.item:
            _check(file, item, known - twice, publications.keys(), codes)
    found = tuple(item for entries in files.values() for item in entries.item)
    return ItemBook(tuple(publications.values()), found)


def item_rows(book: ItemBook, *, demo: bool) -> Iterator[Item]:
    """Items as the kiosks are told. Without the demonstration nothing of what it plays is told."""
    publications = {p.id: p for p in book.publications}
    for position, entry in enumerate(book.items, start=1):
        row = _row(entry, position, publications.get(entry.publication))
        if not entry.simulated or demo:
            yield row
        elif entry.publication:
            yield msgspec.structs.replace(
                row,
                state="",
                progress=None,
                owner=NOTHING,
                start_ms=None,
                due_ms=None,
                places=(),
                districts=(),
                simulated=False,
            )


def _row(entry: ItemEntry, position: int, publication: Publication | None) -> Item:
    source, t_ms = NOTHING, None
    if publication is not None:
        source, date = publication.title, publication.date
        if date is not None:
            source = Text(f"{source.ko}, {date}", f"{source.en}, {date}")
            t_ms = date_ms(date)
    return Item(
        id=entry.id,
        kind=entry.kind,
        title=entry.title,
        parent=entry.parent,
        position=position,
        summary=entry.summary,
        state=entry.state,
        progress=entry.progress,
        owner=entry.owner,
        start_ms=date_ms(entry.start) if entry.start else None,
        due_ms=date_ms(entry.due) if entry.due else None,
        t_ms=t_ms,
        readings=entry.readings,
        attributes=entry.attributes,
        places=entry.places,
        districts=entry.districts,
        sdg=entry.sdg,
        source=source,
        simulated=entry.simulated,
    )


def _check(
    file: Path,
    item: ItemEntry,
    known: Iterable[str],
    publications: Iterable[str],
    districts: Iterable[str],
) -> None:
    where = f"item {item.id}"
    if item.id not in known:
        raise SettingsError(str(file), f"{where}.id", item.id, "an id of its own is expected")
    if item.parent and item.parent not in known:
        raise SettingsError(str(file), f"{where}.parent", item.parent, "the id of an item")
    if item.publication and item.publication not in publications:
        raise SettingsError(str(file), f"{where}.publication", item.publication, "a publication")
    if not item.publication and not item.simulated:
        raise SettingsError(
            str(file), f"{where}.publication", "", "a publication, or simulated = true, is expected"
        )
    for code in item.districts:
        if code not in districts:
            raise SettingsError(str(file), f"{where}.districts", code, "a district's code")
