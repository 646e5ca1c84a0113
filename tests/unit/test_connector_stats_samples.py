"""Statistics files as they were published: every figure against the file, read on its own."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlrd

from kiosk.backend.connectors.districts import DISTRICTS
from kiosk.backend.connectors.normal import Observation, Parsed, Place
from kiosk.backend.connectors.registry import Context, all_connectors

CODES = {name: code for code, name, _ in DISTRICTS}
# file, encoding, column of the area, columns of figures, rows of headings
TABLES = [
    ("stats/cctv_by_district_2016.csv", 0, range(1, 6), 1),
    ("stats/cctv_population_elderly_by_district.csv", 0, range(1, 11), 1),
    ("stats/five_crimes_by_district_2019.csv", 1, range(2, 14), 4),
    ("stats/five_crimes_by_district_2020.csv", 1, range(2, 14), 4),
    ("stats/five_crimes_by_district_2021.csv", 1, range(2, 14), 4),
    ("stats/five_crimes_by_district_2022.csv", 1, range(2, 14), 4),
    ("stats/population_by_district_quarterly_2020_2025.csv", 1, range(2, 24), 2),
    ("stats/population_simple.csv", 0, range(1, 2), 1),
]
# file, encoding, rows, columns of name, latitude, longitude
PLACES = [
    ("geo/seoul_district_2017_centroids.csv", "cp949", 25, 2, 4, 3),
    ("geo/seoul_dong_2017_centroids.csv", "cp949", 424, 3, 5, 4),
    ("places/bike_stations_master.csv", "cp949", 3385, 0, 3, 4),
    ("places/fire_stations_seoul.csv", "utf-8", 137, 1, 5, 6),
    ("places/hospitals_er_seoul.csv", "utf-8", 72, 0, 5, 6),
    ("places/seoul_regions_districts_dongs.csv", "utf-8", 426, 6, 11, 12),
    ("places/subway_stations.csv", "cp949", 589, 0, 1, 2),
]


def parse(path: Path, **options: str) -> Parsed:
    return all_connectors()["stats.table"].parse(path.read_bytes(), Context(options=options))


def lines(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding), newline="")))


def place_of(area: str) -> str:
    return "11" if area in ("합계", "소계", "계") else CODES[area.replace(" ", "")]


def figures(parsed: Parsed) -> dict[str | None, list[object]]:
    """The values of each place in the table's order."""
    found: dict[str | None, list[object]] = {}
    for item in parsed.items:
        assert isinstance(item, Observation)
        found.setdefault(item.place, []).append(item.value)
    return found


@pytest.mark.parametrize(("name", "area", "columns", "headings"), TABLES)
def test_every_figure_of_a_table(
    shared: Path, name: str, area: int, columns: range, headings: int
) -> None:
    path = shared / "city/data" / name
    parsed = parse(path)
    given = {
        place_of(line[area]): [
            None if line[column] == "-" else float(line[column]) for column in columns
        ]
        for line in lines(path)[headings:]
    }
    assert len(given) >= 25
    assert figures(parsed) == given
    assert parsed.rejected == ()
    assert len({(item.id, item.time) for item in parsed.items}) == len(parsed.items)


@pytest.mark.parametrize(("name", "encoding", "count", "title", "lat", "lon"), PLACES)
def test_every_place_of_a_list(
    shared: Path, name: str, encoding: str, count: int, title: int, lat: int, lon: int
) -> None:
    path = shared / "city/data" / name
    rows, parsed = lines(path, encoding)[1:], parse(path)
    assert len(rows) == len(parsed.items) + len(parsed.rejected) == count
    again = {each.row - 2 for each in parsed.rejected}
    kept = [row for index, row in enumerate(rows) if index not in again]
    for row, item in zip(kept, parsed.items, strict=True):
        spot = (float(row[lat]), float(row[lon]))
        nowhere = spot == (0, 0)
        assert item.name == " ".join(row[title].split())
        assert (item.lat, item.lon) == ((None, None) if nowhere else spot)
        assert item.quality == ("suspect" if nowhere else "good")
    assert len({item.id for item in parsed.items}) == len(parsed.items)


def test_the_fire_stations_coordinates_are_put_right_and_it_is_said(shared: Path) -> None:
    items = parse(shared / "city/data/places/fire_stations_seoul.csv").items
    assert {item.note for item in items} == {"latitude and longitude were swapped"}
    assert all(33 < (item.lat or 0) < 39 for item in items)


def test_quarters_as_fractions_of_a_year(shared: Path) -> None:
    items = parse(shared / "city/data/stats/population_by_district_quarterly_2020_2025.csv").items
    whole = [item for item in items if item.place == "11"]
    months = [(item.time or "")[:7] for item in whole]
    quarters = [
        f"{year}-{month}" for year in range(2020, 2026) for month in ("01", "04", "07", "10")
    ]
    assert months == quarters[:22]
    assert {(item.unit, getattr(item, "period", "")) for item in whole} == {("person", "quarter")}


def test_crimes_have_their_headings_and_their_year(shared: Path) -> None:
    items = parse(shared / "city/data/stats/five_crimes_by_district_2021.csv", kind="crime").items
    found = {(item.place, item.kind, item.time): item.value for item in items}
    year = "2021-01-01T00:00:00+09:00"
    assert found["11110", "crime.살인.발생", year] == 6.0
    assert found["11680", "crime.폭력.검거", year] == 2749.0
    assert found["11", "crime.발생", year] == 80445.0


def test_an_xlsx_with_titles_merged_headings_and_a_footnote(shared: Path) -> None:
    path = shared / "city/data/stats/cctv_by_district_yearly_20241231.xlsx"
    parsed = parse(path)
    cells = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    given = {
        place_of(row[2]): [float(value) for value in row[3:14]]
        for row in cells.iter_rows(min_row=4, max_row=29, values_only=True)
    }
    assert figures(parsed) == given
    assert [each.row for each in parsed.rejected] == [30]
    years = {item.time for item in parsed.items}
    assert years == {None, *(f"{year}-01-01T00:00:00+09:00" for year in range(2016, 2025))}


def test_an_xls_with_three_rows_of_headings(shared: Path) -> None:
    path = shared / "city/data/stats/population_by_district_2017.xls"
    parsed = parse(path)
    sheet = xlrd.open_workbook(str(path)).sheet_by_index(0)
    given = {place_of(sheet.cell_value(row, 1)): sheet.row_values(row, 2) for row in range(3, 29)}
    assert figures(parsed) == given
    people = {
        (item.place, item.sex): item.value
        for item in parsed.items
        if isinstance(item, Observation) and item.kind == "table.인구"
    }
    assert people["11110", "male"] == 79675.0
    assert {item.time for item in parsed.items} == {"2017-01-01T00:00:00+09:00"}


def test_words_beside_figures_are_values_too(shared: Path) -> None:
    path = shared / "city/data/stats/parking_by_district.csv"
    rows = lines(path)
    found = {(item.place, item.kind): item for item in parse(path).items}
    for row in rows[1:]:
        for column, heading in enumerate(rows[0]):
            if heading == "자치구":
                continue
            item = found[CODES[row[1]], f"table.{heading}"]
            word = " ".join(row[column].split())
            if word == "-":
                assert (item.value, item.quality) == (None, "missing")
            else:
                assert str(item.value) == word or item.value == float(word)


def test_json_records_by_neighbourhood(shared: Path) -> None:
    path = shared / "city/data/stats/dong_metrics_2024.json"
    records = json.loads(path.read_text())
    items = parse(path).items
    assert len(items) == 422 * 54
    found = {(item.place, item.kind): item.value for item in items if item.quality != "missing"}
    assert found == dict(_numbers(records))


def _numbers(records: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, str], float]]:
    for record in records:
        for key, value in record.items():
            if isinstance(value, int | float):
                yield (record["dong_code"], f"table.{key}"), float(value)


def test_a_map_of_codes_is_a_list_of_places(shared: Path) -> None:
    path = shared / "city/data/geo/dong_code_mois_kostat_map_2017.csv"
    items = parse(path).items
    assert [(item.place, item.name) for item in items] == [
        (row[1], row[4]) for row in lines(path, "cp949")[2:]
    ]
    assert all(isinstance(item, Place) and "1101053" not in item.id for item in items)


def test_kosis(shared: Path) -> None:
    path = shared / "city/data/api/kosis/data_response.json"
    rows = json.loads(path.read_text())
    items = all_connectors()["statisticsParameterData"].parse(path.read_bytes(), Context()).items
    assert [(item.value, (item.time or "")[:4], item.unit) for item in items] == [
        (float(row["DT"]), row["PRD_DE"], row["UNIT_NM"]) for row in rows
    ]
    path = shared / "city/data/api/kosis/search_response.json"
    (found,) = all_connectors()["statisticsSearch"].parse(path.read_bytes(), Context()).items
    assert found.value == json.loads(path.read_text())[0]["TBL_NM"]
