"""Neighbourhoods: names that add up, cells that fill their district, boundaries from files."""

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from kiosk.backend.boundaries import Rings, boundaries
from kiosk.backend.neighbourhoods import (
    NeighbourhoodEntry,
    SiteNeighbourhoods,
    load_neighbourhoods,
    neighbourhood_rows,
)
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
from kiosk.tools.boundaries import main
from kiosk.wire.city import Neighbourhood

SHARED = Path(__file__).resolve().parents[3] / "shared" / "city" / "data" / "geo"
Collection = dict[str, Any]


@pytest.fixture(scope="module")
def entries() -> tuple[NeighbourhoodEntry, ...]:
    return load_neighbourhoods(pack_folder(Settings()))


@pytest.fixture(scope="module")
def districts(entries: tuple[NeighbourhoodEntry, ...]) -> dict[str, Rings]:
    return boundaries(frozenset(entry.district for entry in entries))


@pytest.fixture(scope="module")
def cells(
    entries: tuple[NeighbourhoodEntry, ...], districts: dict[str, Rings]
) -> list[Neighbourhood]:
    return list(neighbourhood_rows(entries, districts, None))


@pytest.fixture
def collection(entries: tuple[NeighbourhoodEntry, ...], cells: list[Neighbourhood]) -> Collection:
    """The cells as somebody's GeoJSON."""
    kostat = {entry.code: entry.kostat for entry in entries}
    features = [
        {
            "type": "Feature",
            "properties": {
                "adm_nm": f"서울특별시 어느구 {cell.name.ko}",
                "adm_cd": kostat[cell.code],
                "adm_cd2": f"{cell.code}00",
            },
            "geometry": {"type": "MultiPolygon", "coordinates": [[r] for r in cell.boundary]},
        }
        for cell in cells
    ]
    return {"type": "FeatureCollection", "features": features}


Read = Callable[[Collection], Brought]


@pytest.fixture
def read(entries: tuple[NeighbourhoodEntry, ...], districts: dict[str, Rings]) -> Read:
    areas = {code: area_of(rings) for code, rings in districts.items()}
    return lambda collection: read_outlines(json.dumps(collection).encode(), entries, areas)


def test_there_are_424_each_once_with_a_name_of_its_own_in_its_district(
    entries: tuple[NeighbourhoodEntry, ...],
) -> None:
    assert len({entry.code for entry in entries}) == len({entry.kostat for entry in entries}) == 424
    assert len({entry.district for entry in entries}) == 25
    for name in ("ko", "en"):
        said = Counter((entry.district, getattr(entry.name, name)) for entry in entries)
        assert said.most_common(1)[0][1] == 1
    assert all(entry.name.ko.endswith("동") for entry in entries)
    assert all(entry.name.en.endswith("-dong") for entry in entries)


def test_cells_fill_their_district_hold_their_centre_and_say_that_they_are_no_boundaries(
    cells: list[Neighbourhood], districts: dict[str, Rings]
) -> None:
    for code, rings in districts.items():
        whole = area_of(rings)
        parts = [area_of(cell.boundary) for cell in cells if cell.district == code]
        assert shapely.union_all(parts).area == pytest.approx(whole.area, rel=1e-3)
        assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-3)
    for cell in cells:
        assert cell.boundary, cell.code
        assert cell.origin == ""
        assert area_of(cell.boundary).distance(shapely.Point(cell.lon, cell.lat)) < 0.003


@pytest.mark.parametrize("keys", [("adm_cd",), ("adm_cd2",), ("adm_cd", "adm_cd2")])
def test_codes_of_the_ministry_and_of_statistics_korea_are_both_understood(
    collection: Collection, read: Read, keys: tuple[str, ...]
) -> None:
    for feature in collection["features"]:
        kept = feature["properties"]
        feature["properties"] = {key: kept[key] for key in keys} | {"adm_nm": kept["adm_nm"]}
    brought = read(collection)
    assert len(brought.outlines) == 424
    assert brought.absent == ()
    assert brought.renamed == 0
    assert brought.codes == ("the city's own" if "adm_cd2" in keys else "KOSTAT")
    assert next(o.name for o in brought.outlines if o.code == "11710580") == "송파1동"


def test_a_wrong_code_is_put_right_by_the_name(collection: Collection, read: Read) -> None:
    for feature in collection["features"]:
        del feature["properties"]["adm_cd"]
    first, second = collection["features"][:2]
    second["properties"]["adm_cd2"] = first["properties"]["adm_cd2"]
    brought = read(collection)
    assert len(brought.outlines) == 424
    assert brought.renamed == 1


def test_other_places_are_left_out_and_counted(collection: Collection, read: Read) -> None:
    far = {"type": "Polygon", "coordinates": [[[129, 35], [129.1, 35], [129, 35.1], [129, 35]]]}
    busan = {"adm_nm": "부산", "adm_cd": "2101051", "adm_cd2": "2611051000"}
    collection["features"].append({"type": "Feature", "properties": busan, "geometry": far})
    assert read(collection).elsewhere == 1


def _swapped(collection: Collection) -> None:
    for feature in collection["features"]:
        parts = feature["geometry"]["coordinates"]
        parts[:] = [[[[y, x] for x, y in ring] for ring in part] for part in parts]


def _in_metres(collection: Collection) -> None:
    for feature in collection["features"]:
        parts = feature["geometry"]["coordinates"]
        parts[:] = [[[[x * 1e5, y * 1e5] for x, y in r] for r in part] for part in parts]


def _moved(collection: Collection) -> None:
    for feature in collection["features"]:
        parts = feature["geometry"]["coordinates"]
        parts[:] = [[[[x + 0.1, y] for x, y in r] for r in part] for part in parts]


def _twice(collection: Collection) -> None:
    collection["features"].append(collection["features"][0])


def _half_a_district(collection: Collection) -> None:
    del collection["features"][:6]


def _other_codes(collection: Collection) -> None:
    for number, feature in enumerate(collection["features"]):
        feature["properties"] = {"id": str(number)}


def _a_line(collection: Collection) -> None:
    collection["features"][3]["geometry"] = {"type": "LineString", "coordinates": [[127, 37.5]] * 2}


def _no_numbers(collection: Collection) -> None:
    collection["features"][3]["geometry"]["coordinates"] = [[["a", "b"]]]


def _no_features(collection: Collection) -> None:
    collection["type"] = "Feature"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_swapped, "no longitude, latitude"),
        (_in_metres, "WGS84"),
        (_moved, "outside its district"),
        (_twice, "twice"),
        (_half_a_district, "neighbourhoods cover"),
        (_other_codes, "the city's own codes"),
        (_a_line, "LineString; a Polygon"),
        (_no_numbers, "can't be read"),
        (_no_features, "FeatureCollection"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_says_why(
    collection: Collection, read: Read, spoil: Callable[[Collection], None], says: str
) -> None:
    spoil(collection)
    with pytest.raises(OutlinesError, match=says):
        read(collection)


def test_an_import_reaches_a_running_city_and_is_forgotten_again(
    collection: Collection,
    entries: tuple[NeighbourhoodEntry, ...],
    districts: dict[str, Rings],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    running = SiteNeighbourhoods(entries, districts, tmp_path / FILE)
    first = running.news()
    assert first is not None
    assert not any(row.origin for row in first)
    assert running.news() is None
    file = tmp_path / "somebodys.geojson"
    file.write_text(json.dumps(collection), "utf-8")
    by = ["--source", "Statistics Korea, 2026", "--licence", "KOGL type 1"]
    assert main(["import", str(file), *by, "--data", str(tmp_path)]) == 0
    rows = running.news()
    assert rows is not None
    assert {row.origin for row in rows} == {"Statistics Korea, 2026 (KOGL type 1)"}
    assert {row.code: row.name for row in rows} == {entry.code: entry.name for entry in entries}
    assert main(["show", "--data", str(tmp_path)]) == 0
    assert "424 neighbourhoods" in capsys.readouterr().out
    assert main(["forget", "--data", str(tmp_path)]) == 0
    assert running.news() == first


def test_a_damaged_site_file_is_told_once_and_the_shapes_before_stay(
    entries: tuple[NeighbourhoodEntry, ...], districts: dict[str, Rings], tmp_path: Path
) -> None:
    running = SiteNeighbourhoods(entries, districts, tmp_path / FILE)
    running.news()
    (tmp_path / FILE).write_text("{", "utf-8")
    with pytest.raises(OutlinesError, match="import the boundaries again"):
        running.news()
    assert running.news() is None


def test_a_refused_import_leaves_what_was_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_outlines(tmp_path / FILE, Outlines("before", "free", "old.json", ()))
    bad = tmp_path / "bad.geojson"
    bad.write_text("{}", "utf-8")
    by = ["--source", "x", "--licence", "y", "--data", str(tmp_path)]
    assert main(["import", str(bad), *by]) == 1
    assert main(["import", str(tmp_path / "absent.json"), *by]) == 1
    assert "can't be used" in capsys.readouterr().err
    assert main(["show", "--data", str(tmp_path)]) == 0
    assert "before" in capsys.readouterr().out


def test_fetching_needs_a_package_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fetch", "--data", str(tmp_path)]) == 1
    assert "pip install admdongkor" in capsys.readouterr().err


def test_what_the_package_brings_is_taken(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package stands in by the calls that are made of it."""

    class Package:
        def versions(self) -> list[str]:
            return ["20240101", "20260101"]

        def get(self, version: str, level: str, crs: str) -> "Package":
            assert (version, level, crs) == ("20260101", "emd", "EPSG:4326")
            return self

        def to_json(self) -> str:
            return json.dumps(collection)

    monkeypatch.setitem(sys.modules, "admdongkor", Package())
    assert main(["fetch", "--data", str(tmp_path)]) == 0
    assert load_outlines(tmp_path / FILE).file == "admdongkor 20260101"


@pytest.mark.parametrize("name", ["seoul_dong_2017_424_topo.json", "seoul_dong_2021_425.geojson"])
def test_published_files_are_understood(
    entries: tuple[NeighbourhoodEntry, ...], districts: dict[str, Rings], name: str
) -> None:
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is no part of the project")
    areas = {code: area_of(rings) for code, rings in districts.items()}
    brought = read_outlines((SHARED / name).read_bytes(), entries, areas)
    assert brought.absent == ()
    assert len(brought.outlines) == int(name.split("_")[3].split(".")[0])
    assert sum(len(ring) for o in brought.outlines for ring in o.boundary) < 15_000
