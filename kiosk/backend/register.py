"""The register of sources: kinds of data, declared systems, and the demonstration's entries.

Files of `config/sources`: kinds.toml, demonstration.toml, and declarations in all others; a city's
pack names those that it uses, and may have more in a folder `sources` of its own. A site adds its
own in a folder of its own; an entry there with a known id takes the place of ours.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.backend.catalogue import DEFAULT_CONFIG_DIR, DistrictEntry, known
from kiosk.backend.pull.declaration import Declaration, Name, load_declarations
from kiosk.pack import here, pack_folder
from kiosk.settings import Settings, SettingsError
from kiosk.settings.loading import read_model
from kiosk.wire.city import Kind
from kiosk.wire.text import Text

KINDS, DEMONSTRATION = "kinds.toml", "demonstration.toml"
SIMULATED = "simulated"
KindId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_.]*$")]


class KindEntry(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One kind; low and high bound what the demonstration makes up."""

    id: KindId
    ko: str
    en: str
    unit: str
    low: float | None = None
    high: float | None = None


class _Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Name
    title: Text
    kinds: tuple[KindEntry, ...]


class _Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    category: tuple[_Category, ...]


class _Demo(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    id: Name
    ko: str
    en: str
    period_s: Annotated[int, Meta(ge=60)]
    kinds: Annotated[tuple[str, ...], Meta(min_length=1)]


class _Owner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Text
    sources: tuple[_Demo, ...]


class _District(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    owner: Text
    sources: tuple[_Demo, ...]


class _Demonstration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    owner: tuple[_Owner, ...] = ()
    each_district: tuple[_District, ...] = ()


class DemoSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source that exists in the demonstration only."""

    id: str
    name: Text
    owner: Text
    period_s: int
    kinds: tuple[KindEntry, ...]


def sources_dirs(settings: Settings) -> tuple[Path, ...]:
    """Where sources are registered: the product's folder, the city's, the site's."""
    config = settings.paths.config_dir
    own = (Path(config) if config else DEFAULT_CONFIG_DIR) / "sources"
    more = [pack_folder(settings) / "sources"]
    if settings.backend.sources:
        more.append(Path(settings.backend.sources))
    return (own, *(folder for folder in more if folder.is_dir()))


def register_files(folder: Path) -> Iterator[Path]:
    """Files of a folder of sources, of the product's those that the city uses."""
    shared = (folder / KINDS).exists()
    for file in sorted(folder.glob("*.toml")):
        if file.name != KINDS and (not shared or file.name in here().registers):
            yield file


def load_kinds(folder: Path) -> dict[str, KindEntry]:
    """Kinds by id. Raises SettingsError."""
    return {kind.id: kind for category in _categories(folder) for kind in category.kinds}


def kind_rows(folder: Path) -> tuple[Kind, ...]:
    """Kinds as the kiosks are told. Raises SettingsError."""
    return tuple(
        Kind(kind.id, Text(kind.ko, kind.en), kind.unit, category.id)
        for category in _categories(folder)
        for kind in category.kinds
    )


def load_declared(folders: tuple[Path, ...]) -> tuple[Declaration, ...]:
    """All declared systems, a later folder's before an earlier one's: of two that could feed an
    indicator, the site's does. Raises SettingsError."""
    found: dict[str, Declaration] = {}
    for folder in reversed(folders):
        own: set[str] = set()
        for file in register_files(folder):
            if file.name == DEMONSTRATION:
                continue
            for declaration in load_declarations(file):
                if declaration.id in own:
                    raise SettingsError(str(file), "id", declaration.id, "an id of its own")
                own.add(declaration.id)
                found.setdefault(declaration.id, declaration)
    return tuple(found.values())


def load_demonstration(
    folders: tuple[Path, ...], districts: tuple[DistrictEntry, ...], kinds: dict[str, KindEntry]
) -> tuple[DemoSource, ...]:
    """The demonstration's sources, of the first folder that has any. Raises SettingsError."""
    files = [f for folder in folders for f in register_files(folder) if f.name == DEMONSTRATION]
    if not files:
        return ()
    file = files[0]
    entries = read_model(file, _Demonstration)
    found = [
        *(_demo(file, s, owner.name, kinds) for owner in entries.owner for s in owner.sources),
        *(_demo(file, *entry, kinds) for entry in _of_districts(entries, districts)),
    ]
    if len({source.id for source in found}) < len(found):
        ids = [source.id for source in found]
        twice = sorted({id for id in ids if ids.count(id) > 1})  # noqa: A001
        raise SettingsError(str(file), "id", ", ".join(twice), "an id of its own")
    return tuple(found)


def _categories(folder: Path) -> tuple[_Category, ...]:
    return read_model(folder / KINDS, _Kinds).category


def _of_districts(
    entries: _Demonstration, districts: tuple[DistrictEntry, ...]
) -> Iterator[tuple[_Demo, Text]]:
    for group in entries.each_district:
        for district in districts:
            owner = _named(group.owner, district.name)
            for s in group.sources:
                name = _named(Text(s.ko, s.en), district.name)
                yield (
                    _Demo(f"{s.id}-{district.code}", name.ko, name.en, s.period_s, s.kinds),
                    owner,
                )


def _named(pattern: Text, name: Text) -> Text:
    return Text(pattern.ko.replace("{}", name.ko), pattern.en.replace("{}", name.en))


def _demo(file: Path, entry: _Demo, owner: Text, kinds: dict[str, KindEntry]) -> DemoSource:
    for kind in entry.kinds:
        known(file, f"source {entry.id}.kinds", kind, kinds)
        if kinds[kind].low is None or kinds[kind].high is None:
            raise SettingsError(
                str(file), f"source {entry.id}.kinds", kind, "a kind with low and high is expected"
            )
    chosen = tuple(kinds[kind] for kind in entry.kinds)
    return DemoSource(entry.id, Text(entry.ko, entry.en), owner, entry.period_s, chosen)
