"""The city's files: what stands in them fits, and what does not fit is refused with its place."""

import itertools
import shutil
from pathlib import Path

import pytest

from kiosk.backend.boundaries import boundaries, outer_rings
from kiosk.backend.catalogue import City, load_cameras, load_city
from kiosk.pack import pack_folder
from kiosk.settings import Settings, SettingsError
from kiosk.wire.city import CITY_AREA, Point

FOLDER = pack_folder(Settings())


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(FOLDER)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "city"))


def edit(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_seoul_has_its_25_districts_and_six_headlines(city: City) -> None:
    assert len({d.code for d in city.districts}) == 25
    headlines = [i.headline for i in city.indicators if i.headline]
    assert sorted(headlines) == [1, 2, 3, 4, 5, 6]
    assert len(city.indicators) >= 30


def test_numbers_of_cameras_are_those_a_person_counts(city: City) -> None:
    assert [c.number for c in city.cameras] == list(range(1, 17))
    assert len({c.id for c in city.cameras}) == 16


def test_published_figures_carry_their_dates_and_add_up(city: City) -> None:
    population = next(f for f in city.figures if f.indicator == "population")
    assert population.dates[0] == "2020-03-31"
    assert population.dates[-1] == "2025-06-30"
    assert population.values[CITY_AREA][-1] == 9_595_509
    for figures in city.figures:
        assert figures.licence
        assert figures.collection
        districts = [v for area, v in figures.values.items() if area != CITY_AREA]
        assert len(districts) == 25, figures.indicator
        totals = [sum(column) for column in zip(*districts, strict=True)]
        assert totals == list(figures.values[CITY_AREA]), figures.indicator


def test_every_camera_stands_in_its_district(city: City) -> None:
    rings = boundaries(frozenset(d.code for d in city.districts))
    assert len(rings) == 25
    for camera in city.cameras:
        assert any(inside((camera.lon, camera.lat), ring) for ring in rings[camera.district])
    for district in city.districts:
        assert inside((district.lon, district.lat), rings[district.code][0]), district.code


def test_rings_are_closed_and_within_seoul(city: City) -> None:
    for code, rings in boundaries(frozenset(d.code for d in city.districts)).items():
        for ring in rings:
            assert ring[0] == ring[-1], code
            assert len(ring) >= 20
            assert all(126.7 < x < 127.3 and 37.4 < y < 37.8 for x, y in ring)


def test_wkb_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="WKB type 1"):
        outer_rings(memoryview(b"\x01\x01\x00\x00\x00" + bytes(16)))


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "expected"),
    [
        ("cameras.toml", 'district = "11110"', 'district = "99999"', "gwanghwamun.district", "one"),
        ("cameras.toml", "lat = 37.5722", "lat = 27.5722", "camera gwanghwamun.lat/lon", "37|38"),
        ("cameras.toml", 'kind = "plaza"', 'kind = "moon"', "camera[0].kind", "enum"),
        ("indicators.toml", 'theme = "safety"', 'theme = "space"', "dispatch-119.theme", "one of"),
        ("indicators.toml", "period_s = 10", "periods = 10", "indicator[0].periods", "no such"),
        ("figures/population.toml", '"11" = [', '"11" = [1, ', "population.values.11", "as many"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(
    copy: Path, file: str, old: str, new: str, field: str, expected: str
) -> None:
    edit(copy / file, old, new)
    with pytest.raises(SettingsError) as refused:
        load_city(copy)
    assert field in refused.value.field
    assert Path(refused.value.file).name in file
    assert any(word in refused.value.expected for word in expected.split("|"))


def test_cameras_can_be_read_alone(city: City) -> None:
    assert load_cameras(FOLDER) == city.cameras


def inside(point: Point, ring: tuple[Point, ...]) -> bool:
    """Even-odd rule."""
    x, y = point
    found = False
    for (x0, y0), (x1, y1) in itertools.pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            found = not found
    return found
