"""`city check SITE`: reads all that a wall of this city would read, and names what is missing."""

import argparse
from pathlib import Path

import msgspec

from kiosk.backend.catalogue import City, load_city
from kiosk.backend.check import check_city
from kiosk.backend.register import load_declared, sources_dirs
from kiosk.core.camera_wall import Presets
from kiosk.core.desk import Desk
from kiosk.core.profiles import Profiles
from kiosk.pack import Pack, here, load_here, pack_folder, use
from kiosk.pack.loading import CONFIG
from kiosk.pack.speech import grammar_of
from kiosk.panels import check_panels
from kiosk.settings import Settings, SettingsError, load, site_file
from kiosk.settings.loading import read_model
from kiosk.tools.sources.listing import linked
from kiosk.wire.text import Text
from voice.errors import GrammarError


class Found(msgspec.Struct, frozen=True):
    """What there is, and what is still to be filled in (`left`, in words)."""

    name: Text
    areas: int
    borders: bool
    offices: int
    indicators: int
    fed: int
    sources: int
    phrases: dict[str, int]
    left: tuple[str, ...]


def check_site(argv: list[str]) -> int:
    """Exit code 0: it fits, whatever is still a placeholder; 2: it does not, and why."""
    parser = argparse.ArgumentParser(prog="kiosk.sh city check", description=check_site.__doc__)
    parser.add_argument("site", metavar="SITE", help="a name of config/sites, or a file")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args(argv)
    found = check_files(options.site)
    if options.json:
        print(msgspec.json.encode(found).decode())
        return 0
    borders = "borders" if found.borders else "no borders, cells around centres"
    print(f"{found.name.ko} / {found.name.en}")
    print(f"  areas       {found.areas}, {borders}")
    print(f"  offices     {found.offices}")
    print(f"  indicators  {found.indicators}, {found.fed} fed by a system or published")
    print(f"  sources     {found.sources}")
    print(f"  phrases     {found.phrases['ko']} Korean, {found.phrases['en']} English")
    print("still to be filled in:" if found.left else "nothing is left to be filled in")
    for line in found.left:
        print(f"  - {line}")
    return 0


def check_files(site: str) -> Found:
    """Raises SettingsError with file, field, value and what was expected."""
    own = site_file(CONFIG, site)
    settings = load((CONFIG / "kiosk.toml", *((own,) if own else ())))
    before = here()
    try:
        use(load_here(settings))
        return _found(settings, here())
    finally:
        use(before)


def _found(settings: Settings, pack: Pack) -> Found:
    folder = pack_folder(settings)
    check_city(settings)
    city, desk = load_city(folder), read_model(folder / "orders.toml", Desk)
    _check_desk(folder, desk)
    read_model(folder / "profiles.toml", Profiles)
    read_model(folder / "cctv.toml", Presets)
    check_panels(pack)
    fed = _fed(settings, city)
    return Found(
        name=pack.name,
        areas=len(city.districts),
        borders=bool(pack.parts.boundaries),
        offices=len(desk.department),
        indicators=len(city.indicators),
        fed=len(fed),
        sources=len(city.sources) + len(load_declared(sources_dirs(settings))),
        phrases=_phrases(settings, folder),
        left=tuple(_left(pack, city, desk, fed)),
    )


def _check_desk(folder: Path, desk: Desk) -> None:
    wrong = desk.wrong_part()
    if wrong is not None:
        where, known = f"department {wrong.id}.part_of", ", ".join(d.id for d in desk.department)
        raise SettingsError(str(folder / "orders.toml"), where, wrong.part_of, f"one of: {known}")


def _phrases(settings: Settings, folder: Path) -> dict[str, int]:
    try:
        return {of: len(grammar_of(settings, of).phrases) for of in ("ko", "en")}
    except GrammarError as error:
        raise SettingsError(str(folder / "voice"), "spoken", str(error), "words to be said") from (
            error
        )


def _fed(settings: Settings, city: City) -> set[str]:
    """Indicators that a declared system feeds, or a publication of a city that is real."""
    found = {feed.indicator for one in linked(settings) for feed in one.feeds}
    simulated = {source.id for source in city.sources if source.simulated}
    return found | {f.indicator for f in city.figures if f.source not in simulated}


def _left(pack: Pack, city: City, desk: Desk, fed: set[str]) -> list[str]:
    left = []
    if pack.invented is not None:
        left.append(f"city.toml: `invented` says on every screen: {pack.invented.en}")
    if not pack.parts.boundaries:
        left.append("city.toml: no `boundaries`, the map shows cells around the centres")
    waiting = [i.id for i in city.indicators if i.id not in fed]
    if waiting:
        left.append(f"indicators.toml: simulated until a source feeds them: {', '.join(waiting)}")
    silent = [d.id for d in desk.department if not d.contact]
    if silent:
        left.append(f"orders.toml: no `contact`: {', '.join(silent)}")
    owners = {source.owner.ko: source.owner for source in city.sources}
    nobody = [owner.en for ko, owner in owners.items() if desk.find(ko) is None]
    if nobody:
        left.append(
            f"sources.toml: owners that are no department of orders.toml: {', '.join(nobody)}"
        )
    return left
