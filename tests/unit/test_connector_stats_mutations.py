"""Broken statistics files: nothing crashes, nothing hangs, nothing is made up.

`--mutations 10000` for the long run; it ends with a table of how each sample fared. Large files are
cut to their first rows: what breaks a reader stands there, and the rest only takes time. Of a
workbook its parts are mutated and packed again, beside the packed bytes.
"""

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.cut import cut_lines, cut_records, cut_workbook
from tests.helpers.mutations import mutations
from tests.helpers.survival import fares, survive

pytestmark = pytest.mark.timeout(3600)

TABLE = "stats.table"
TEXTS = [
    *(f"stats/five_crimes_by_district_{year}.csv" for year in range(2019, 2023)),
    "stats/cctv_by_district_2016.csv",
    "stats/cctv_population_elderly_by_district.csv",
    "stats/parking_by_district.csv",
    "stats/population_by_district_quarterly_2020_2025.csv",
    "stats/population_simple.csv",
    "geo/dong_code_mois_kostat_map_2017.csv",
    "geo/seoul_district_2017_centroids.csv",
    "geo/seoul_dong_2017_centroids.csv",
    "places/bike_stations_master.csv",
    "places/fire_stations_seoul.csv",
    "places/hospitals_er_seoul.csv",
    "places/seoul_regions_districts_dongs.csv",
    "places/subway_stations.csv",
]
SERIES = """<StructureSpecificData><DataSet structureRef="DT_1"><Series FREQ="Q" ITEM="T10">
<Obs TIME_PERIOD="202402" OBS_VALUE="12.5"/><Obs TIME_PERIOD="2024-Q3" OBS_VALUE="-"/></Series>
</DataSet></StructureSpecificData>"""
PAGE = """<html><table border="1"><tr><th rowspan="2">자치구<th colspan=2>2022</tr>
<tr><th>발생 (건)</th><th>사망 (명)</th></tr><tr><td>합계<td>1,234<td>35<tr><td>종로구</td>
<td>40</td><td>-</td></tr><tr><td>중구</td><td>61</td><td>12</td></tr></table></html>"""
KOSIS = [
    ("statisticsParameterData", "kosis/data_response.json"),
    ("statisticsSearch", "kosis/search_response.json"),
]
PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")


def as_text(raw: bytes) -> bytes:
    """The file in UTF-8, decoded as the reader may have decoded it."""
    for codec in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp949"):
        try:
            return raw.decode(codec).encode()
        except UnicodeDecodeError:
            continue
    return b""


def report(service: str, name: str, outcomes: Iterator[str]) -> None:
    assert {"understood", "NotUnderstood"} <= set(fares(service, name, outcomes))


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_mutations_of_every_table(shared: Path, mutation_count: int, name: str) -> None:
    sample = cut_lines((shared / "city/data" / name).read_bytes())
    assert survive(TABLE, sample, source=as_text(sample)) == "understood"
    broken = mutations(sample, 1, mutation_count)
    report(TABLE, name, (survive(TABLE, raw, source=as_text(raw)) for raw in broken))


@pytest.mark.slow
def test_mutations_of_records(shared: Path, mutation_count: int) -> None:
    name = "stats/dong_metrics_2024.json"
    sample = cut_records((shared / "city/data" / name).read_bytes())
    report(TABLE, name, (survive(TABLE, raw) for raw in mutations(sample, 1, mutation_count)))


@pytest.mark.slow
@pytest.mark.parametrize(("service", "name"), KOSIS)
def test_mutations_of_kosis(shared: Path, mutation_count: int, service: str, name: str) -> None:
    sample = (shared / "city/data/api" / name).read_bytes()
    broken = mutations(sample, 1, mutation_count)
    report(service, name, (survive(service, raw) for raw in broken))


@pytest.mark.slow
def test_mutations_of_a_list_of_fields(shared: Path, mutation_count: int) -> None:
    name = "api/seoul/citydata_fields.tsv"
    sample = cut_lines((shared / "city/data" / name).read_bytes())
    broken = mutations(sample, 1, mutation_count)
    outcomes = (survive(TABLE, raw, source=as_text(raw)) for raw in broken)
    assert "NotUnderstood" in fares(TABLE, name, outcomes)


def test_mutations_of_a_page(mutation_count: int) -> None:
    broken = mutations(PAGE.encode(), 1, mutation_count)
    report(TABLE, "(page)", (survive(TABLE, raw, source=as_text(raw)) for raw in broken))


def test_mutations_of_sdmx(mutation_count: int) -> None:
    broken = mutations(SERIES.encode(), 1, mutation_count)
    report("sdmx", "(written)", (survive("sdmx", raw) for raw in broken))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["stats/cctv_by_district_yearly_20241231.xlsx", "stats/population_by_district_2017.xls"],
)
def test_mutations_of_packed_workbooks(shared: Path, mutation_count: int, name: str) -> None:
    sample = (shared / "city/data" / name).read_bytes()
    broken = mutations(sample, 1, mutation_count)
    report(TABLE, name, (survive(TABLE, raw, source=b"") for raw in broken))


def repacked(sample: bytes, count: int) -> Iterator[tuple[bytes, bytes]]:
    """Workbooks with one part broken, and the text of the parts that hold the cells."""
    with zipfile.ZipFile(io.BytesIO(sample)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    draw = random.Random(1)
    streams = {name: mutations(parts[name], 1, count) for name in PARTS}
    for _ in range(count):
        name = draw.choice(PARTS)
        changed = parts | {name: next(streams[name])}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as book:
            for part, content in changed.items():
                book.writestr(part, content)
        yield out.getvalue(), b"\n".join(changed[part] for part in PARTS)


@pytest.mark.slow
def test_mutations_of_a_workbook_s_parts(shared: Path, mutation_count: int) -> None:
    name = "stats/cctv_by_district_yearly_20241231.xlsx"
    sample = cut_workbook((shared / "city/data" / name).read_bytes())
    assert survive(TABLE, sample, source=b"") == "understood"
    broken = repacked(sample, mutation_count)
    outcomes = (survive(TABLE, raw, source=text) for raw, text in broken)
    report(TABLE, f"{name}: parts", outcomes)


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=300))
def test_no_bytes_at_all_crash_a_reader(raw: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n"):
        survive(TABLE, start + raw, source=b"")
    survive("statisticsParameterData", raw)
