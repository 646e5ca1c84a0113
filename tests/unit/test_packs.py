"""A city is its pack: every pack fits, and what does not fit is refused with its place."""

import datetime as dt
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.configuration import read_desk, read_presets, read_profiles
from kiosk.backend.borders import borders, cells
from kiosk.backend.catalogue import load_city
from kiosk.backend.check import check_city
from kiosk.backend.neighbourhoods import load_neighbourhoods
from kiosk.backend.spans import parts_in, span
from kiosk.backend.telling import published
from kiosk.pack import CITIES, Pack, here, load_here, load_pack, use
from kiosk.pack.clock import local_time, midnight_ms, start_of
from kiosk.pack.model import OWN_PANELS
from kiosk.pack.speech import grammar_of
from kiosk.panels import check_panels, find_panels
from kiosk.panels.fields import FieldPresenter
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import CitySettings
from kiosk.wire.text import Language

ROOT = Path(__file__).parents[2]
CITY = ROOT / "config" / CITIES
PACKS = sorted(file.parent.name for file in CITY.glob("*/city.toml"))
HOUR_MS = 3_600_000


def settings(pack: str = "ternharbour", **city: object) -> Settings:
    return Settings(city=CitySettings(pack=pack, **city))  # type: ignore[arg-type]


@pytest.fixture
def harbour() -> Iterator[Pack]:
    """This process is the invented city's for as long as the test lasts."""
    before = here()
    use(load_here(settings()))
    yield here()
    use(before)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CITY / "ternharbour", tmp_path / "cities" / "harbour"))


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_fits(name: str) -> None:
    chosen, before = settings(name), here()
    use(load_here(chosen))
    try:
        check_city(chosen)
        check_panels(here())
        assert read_desk(chosen).department
        assert read_presets(chosen).preset
        assert read_profiles(chosen).profile
        for language in ("ko", "en"):
            assert grammar_of(chosen, language).phrases
    finally:
        use(before)


@pytest.mark.parametrize("name", PACKS)
def test_a_city_has_something_for_each_panel_that_it_shows(name: str) -> None:
    pack, city = load_pack(CITY / name), load_city(CITY / name)
    indicators = {indicator.id for indicator in city.indicators}
    kinds = {item.kind for item in city.items.items}
    for spec in find_panels():
        if not pack.shows(spec.id):
            continue
        presenter = spec.load_presenter()
        if isinstance(presenter, FieldPresenter):
            assert indicators & set(presenter.field.figures), spec.id
        if spec.items:
            assert kinds & set(spec.items) or pack.registers, spec.id


@pytest.mark.parametrize("name", PACKS)
def test_every_area_has_a_border_with_its_middle_in_it(name: str) -> None:
    city = load_city(CITY / name)
    rings = borders(city)
    for district in city.districts:
        box = city.pack.bounds
        assert rings[district.code], district.code
        assert all(box.holds(lat, lon) for ring in rings[district.code] for lon, lat in ring)
    for part in load_neighbourhoods(CITY / name):
        assert part.district in rings


def test_what_an_invented_city_publishes_is_marked(harbour: Pack) -> None:
    assert harbour.invented is not None
    assert all(row.simulated for row in published(load_city(CITY / "ternharbour")))
    assert not any(row.simulated for row in published(load_city(CITY / "seoul")))


def test_without_boundaries_cells_around_the_centres_stand_in() -> None:
    districts = load_city(CITY / "ternharbour").districts
    found = cells(districts)
    assert found.keys() == {district.code for district in districts}
    alone = cells(districts[:1])
    assert alone.keys() == {districts[0].code}
    assert all(
        ring[0] == ring[-1] for rings in (*found.values(), *alone.values()) for ring in rings
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "expected"),
    [
        ("city.toml", "Atlantic/Azores", "Atlantic/Atlantis", "time_zone", "IANA"),
        ("city.toml", "south = 46.30", "south = 47.30", "bounds", "south < north"),
        ("city.toml", "code = 'TH-0[1-9]'", "code = 'TH-0[1-9'", "level[0].code", "regular"),
        ("city.toml", '"districts.geojson"', '"wards.geojson"', "level[0].boundaries", "beside"),
        ("city.toml", "least = 20,", "least = 60,", "scale pm25.grade", "lowest"),
        ("city.toml", "short =", "shrt =", "shrt", "did you mean 'short'?"),
        ("districts.toml", 'code = "TH-02"', 'code = "XX-02"', "district XX-02.code", "TH-0[1-9]"),
        ("districts.toml", "lat = 46.", "lat = 6.", "lat/lon", "bounds"),
        ("districts.geojson", '"TH-04"', '"TH-44"', "features.properties.code", "polygon for each"),
        ("neighbourhoods.toml", '"TH-03-B"', '"TH-03-Z"', "neighbourhood TH-03-Z.code", "TH-0"),
        ("cameras.toml", 'district = "TH-01"', 'district = "TH-10"', "fish-market.district", "one"),
        ("figures/population.toml", '"TH-03" =', '"TH-33" =', "population.values", "TH-03"),
        ("indicators.toml", 'source = "air"', 'source = "ayr"', "pm25.source", "air"),
        (
            "incidents.toml",
            'command = "complaints"',
            'command = "a"',
            "complaints.command",
            "camera",
        ),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(
    harbour: Pack, copy: Path, file: str, old: str, new: str, field: str, expected: str
) -> None:
    content = (copy / file).read_text("utf-8")
    assert old in content
    (copy / file).write_text(content.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError) as refused:
        check_city(settings(str(copy)))
    assert field in refused.value.field
    assert expected in refused.value.expected
    assert Path(refused.value.file).name in file


def test_a_city_that_there_is_not_is_told_which_there_are() -> None:
    with pytest.raises(SettingsError, match="ternharbour") as refused:
        load_here(settings("atlantis"))
    assert refused.value.field == "city.pack"


def test_a_panel_that_there_is_not_is_refused() -> None:
    wrong = load_here(settings(panels=("trafic",)))
    with pytest.raises(SettingsError, match="traffic"):
        check_panels(wrong)


@pytest.mark.parametrize("district", ["TH-77", "11680"])
def test_a_district_that_the_city_has_not_is_refused(district: str) -> None:
    with pytest.raises(SettingsError, match="TH-02 Lantern Hill"):
        load_here(settings(district=district))


def test_every_city_has_the_panels_of_the_wall_itself() -> None:
    assert {spec.id for spec in find_panels() if spec.category == "kiosk"} == OWN_PANELS


def test_panels_that_a_city_does_not_show_are_nowhere(harbour: Pack) -> None:
    shown = {spec.id for spec in find_panels()}
    assert {"home", "traffic", "air", "projects", "system"} <= shown
    assert not {"water", "votes", "health", "relations"} & shown
    languages: tuple[Language, ...] = ("ko", "en")
    for language in languages:
        said = grammar_of(settings(), language).commands()["panel.open"]
        assert {phrase.args["panel"] for phrase in said} <= shown | {"pairing"}


def test_days_are_those_of_the_city_also_when_its_clocks_change(harbour: Pack) -> None:
    """The Azores go to summer time on the last Sunday of March and back on that of October."""
    spring, autumn = start_of(dt.date(2026, 3, 29)), start_of(dt.date(2026, 10, 25))
    assert span("day", spring) == (spring, spring + 23 * HOUR_MS)
    assert span("day", autumn + 24 * HOUR_MS) == (autumn, autumn + 25 * HOUR_MS)
    assert parts_in("day", "hour", spring) == 23
    assert parts_in("day", "hour", autumn) == 25
    assert parts_in("month", "day", spring) == 31
    assert local_time(midnight_ms(autumn, 1)).hour == 0


def test_no_pack_repeats_what_the_program_says() -> None:
    """What stands in a pack is about that city: nothing of one stands in another."""
    names = {
        name: {entry["name"]["en"] for entry in tomllib.loads(_read(name, "districts"))["district"]}
        for name in PACKS
    }
    for name in PACKS:
        others = set().union(*(found for other, found in names.items() if other != name))
        files = (CITY / name).rglob("*.toml")
        content = "".join(file.read_text("utf-8") for file in files)
        assert not [other for other in others if other in content], name


def _read(name: str, file: str) -> str:
    return (CITY / name / f"{file}.toml").read_text("utf-8")
