"""Tables and KOSIS answers of our own: headings, periods, declarations, refusals."""

import io
import json
from typing import Any

import openpyxl
import pytest

from kiosk.backend.connectors.normal import Item, NotUnderstood, Observation, Parsed, SourceRefused
from kiosk.backend.connectors.registry import Context, all_connectors
from kiosk.backend.connectors.stats.period import Period, kosis_period, read_period


def parse(table: str | bytes, **options: str) -> Parsed:
    raw = table if isinstance(table, bytes) else table.encode()
    return all_connectors()["stats.table"].parse(raw, Context(options=options))


def observations(table: str | bytes, **options: str) -> list[Observation]:
    return [item for item in parse(table, **options).items if isinstance(item, Observation)]


def told(items: list[Observation]) -> list[tuple[object, ...]]:
    return [(item.place, item.kind, item.value) for item in items]


@pytest.mark.parametrize(
    ("text", "time", "length"),
    [
        ("2020 1/4", "2020-01", "quarter"),
        ("2020 1/2", "2020-04", "quarter"),
        ("2020.3/4", "2020-07", "quarter"),
        ("2020.4/4분기", "2020-10", "quarter"),
        ("2023년 2분기", "2023-04", "quarter"),
        ("2014년", "2014-01", "year"),
        ("2024", "2024-01", "year"),
        ("202405", "2024-05", "month"),
        ("2024년 5월", "2024-05", "month"),
        ("2024-05-31", "2024-05", "day"),
    ],
)
def test_periods(text: str, time: str, length: str) -> None:
    period = read_period(text)
    assert period is not None
    assert (period.time[:7], period.length) == (time, length)


@pytest.mark.parametrize("text", ["", "2013년도 이전", "20", "3000", "2024-13-01", "202413", "계"])
def test_what_is_no_period(text: str) -> None:
    assert read_period(text) is None


def test_a_year_among_fractions_is_the_end_of_the_one_before() -> None:
    assert read_period("2021", year_ends_quarter=True) == read_period("2020 4/4")
    table = "구,2020 3/4,2021    \n구,계 (명),계 (명)\n종로구,1,2\n중구,3,4\n"
    quarters = [(item.time or "")[:7] for item in observations(table)]
    assert quarters == ["2020-07", "2020-10"] * 2


@pytest.mark.parametrize(
    ("length", "code", "expected"),
    [
        ("Q", "202403", Period("2024-07-01T00:00:00+09:00", "quarter")),
        ("S", "202402", Period("2024-07-01T00:00:00+09:00", "half")),
        ("M", "202403", Period("2024-03-01T00:00:00+09:00", "month")),
        ("F", "2020", Period("2020-01-01T00:00:00+09:00", "year")),
        ("Q", "202405", None),
        ("M", "202413", None),
        ("Y", "x", None),
    ],
)
def test_periods_of_kosis(length: str, code: str, expected: Period | None) -> None:
    assert kosis_period(length, code) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_every_encoding(encoding: str) -> None:
    table = '자치구,인구 (명)\n종로구,"1,234"\n중 구,-\n합계,1234\n'
    items = observations(table.encode(encoding))
    assert told(items) == [
        ("11110", "table.인구", 1234.0),
        ("11140", "table.인구", None),
        ("11", "table.인구", 1234.0),
    ]
    assert [item.quality for item in items] == ["good", "missing", "good"]
    assert {item.unit for item in items} == {"person"}


def test_percentages_beside_their_figures() -> None:
    (item, other) = observations("자치구,비율\n종로구,35.5%\n중구,7\n")
    assert [(each.value, each.unit) for each in (item, other)] == [(35.5, "%"), (7.0, "")]


def test_totals_and_sexes_leave_the_kind() -> None:
    table = "구,합계,합계,합계\n구,계,남자,여자\n종로구,3,1,2\n중구,7,3,4\n"
    items = observations(table)
    assert [(item.sex, item.value) for item in items[:3]] == [
        ("all", 3.0),
        ("male", 1.0),
        ("female", 2.0),
    ]
    assert len({item.id for item in items}) == 6


def test_rows_of_one_place_are_told_apart_by_their_words() -> None:
    table = "연도,자치구,항목,값\n2023,종로구,화재,5\n2023,종로구,구조,6\n2024,종로구,화재,7\n"
    items = observations(table)
    assert [(item.kind, (item.time or "")[:4], item.value) for item in items] == [
        ("table.값.화재", "2023", 5.0),
        ("table.값.구조", "2023", 6.0),
        ("table.값.화재", "2024", 7.0),
    ]


def test_neighbourhoods_below_their_districts() -> None:
    table = "동별(1),동별(2),동별(3),2023\n동별(1),동별(2),동별(3),계 (명)\n"
    table += "합계,소계,소계,9\n합계,종로구,소계,5\n합계,종로구,사직동,2\n합계,중구,소계,4\n"
    items = observations(table)
    assert [(item.place, item.value) for item in items] == [
        ("11", 9.0),
        ("11110", 5.0),
        ("11110:사직동", 2.0),
        ("11140", 4.0),
    ]
    assert {(item.kind, item.unit) for item in items} == {("table.계", "person")}


def test_a_second_row_that_says_the_same_is_rejected() -> None:
    parsed = parse("자치구,값,수\n종로구,1,1\n중구,2,2\n종로구,3,3\n,4,4\n")
    assert [(each.row, each.reason[:14]) for each in parsed.rejected] == [
        (4, "the same place"),
        (5, "its cell for t"),
    ]
    assert [item.value for item in parsed.items] == [1.0, 1.0, 2.0, 2.0]


def test_districts_of_another_city_are_not_seoul_s() -> None:
    items = observations("구,값\n중구,1\n서구,2\n동구,3\n영도구,4\n")
    assert not {item.place for item in items} & {"11140"}


def test_a_declaration_says_which_columns_are_what() -> None:
    table = "제목\n구분,어디,수,비율\n가,종로구,120,101\n나,중구,7,50\n"
    options = {"area": "어디", "dataset": "d", "period": "2024", "header_rows": "1"}
    options |= {"column.비율": "share % 0 100"}
    items = observations(table, **options)
    assert told(items) == [("11110", "share", 101.0), ("11140", "share", 50.0)]
    assert [(item.quality, item.unit) for item in items] == [("suspect", "%"), ("good", "%")]
    assert all(item.id.startswith("d:") and item.period == "year" for item in items)


@pytest.mark.parametrize(
    "options",
    [{"area": "없는 것"}, {"column.없음": "kind"}, {"header_rows": "x"}, {"period": "never"}],
)
def test_a_declaration_that_does_not_fit_says_what_there_is(options: dict[str, str]) -> None:
    with pytest.raises(NotUnderstood, match=r"declaration|headings"):
        parse("자치구,값\n종로구,1\n", **options)


def book(rows: list[list[Any]], merged: str = "") -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_merged_headings_and_merged_places_of_a_workbook() -> None:
    rows: list[list[Any]] = [
        ["(단위: 명)"],
        ["자치구", "구분", 2023, None, 2024, None],
        [None, None, "발생", "검거", "발생", "검거"],
        ["종로구", "화재", 1, 2, 3, 4],
        [None, "구조", 5, 6, 7, 8],
        ["※ 주석"],
    ]
    parsed = parse(book(rows, "A4:A5"))
    items = [item for item in parsed.items if isinstance(item, Observation)]
    assert [(item.kind, (item.time or "")[:4], item.value) for item in items[4:]] == [
        ("table.발생.구조", "2023", 5.0),
        ("table.검거.구조", "2023", 6.0),
        ("table.발생.구조", "2024", 7.0),
        ("table.검거.구조", "2024", 8.0),
    ]
    assert {(item.place, item.unit) for item in items} == {("11110", "person")}
    assert [each.row for each in parsed.rejected] == [6]


def test_a_workbook_that_unpacks_to_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.backend.connectors.stats.sheet.MAX_BYTES", 1000)
    with pytest.raises(NotUnderstood, match="unpacked"):
        parse(book([["자치구", "값"], ["종로구", 1]]))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"one column\nonly\n",
        b"a,b\n",
        b"\x00\x01\x02\x03",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0broken",
        b'{"a": 1}',
        b"[1, 2]",
        b"[]",
        b'a,b\n"x"y,1\n',
        b"a,b\n" + b"1," * 2000,
    ],
)
def test_what_is_no_table(raw: bytes) -> None:
    with pytest.raises(NotUnderstood):
        parse(raw)


CELL = {
    "ORG_ID": "101",
    "TBL_ID": "T",
    "ITM_ID": "T21",
    "ITM_NM": "남자인구수 (명)",
    "UNIT_NM": "명",
    "PRD_SE": "M",
    "PRD_DE": "202405",
    "C1": "11110",
    "C1_NM": "종로구",
    "C2": "1",
    "C2_NM": "0~4세",
    "DT": "1,234",
}


def kosis(*rows: object) -> Parsed:
    return all_connectors()["statisticsParameterData"].parse(json.dumps(rows).encode(), Context())


def test_a_cell_of_kosis() -> None:
    item: Item = kosis(CELL).items[0]
    assert isinstance(item, Observation)
    assert (item.place, item.value, item.unit, item.sex) == ("11110", 1234.0, "person", "male")
    assert (item.age, item.period, (item.time or "")[:7]) == ("0~4세", "month", "2024-05")


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        ("11110", "노원구", "11350"),
        ("11", "서울특별시", "11"),
        ("26110", "중구", "26110"),
        ("", "", None),
    ],
)
def test_the_place_goes_by_name_for_one_code_means_two_districts(
    code: str, name: str, place: str | None
) -> None:
    assert kosis({**CELL, "C1": code, "C1_NM": name}).items[0].place == place


def test_missing_cells_and_bad_periods() -> None:
    parsed = kosis({**CELL, "DT": "-"}, {**CELL, "PRD_DE": "2024"}, {**CELL, "PRD_DE": "x"}, 3)
    assert (parsed.items[0].value, parsed.items[0].quality) == (None, "missing")
    assert [each.row for each in parsed.rejected] == [3, 4]


@pytest.mark.parametrize(
    ("raw", "code", "retry"),
    [
        (b'{"err":"40","errMsg":"rate"}', "40", "soon"),
        (b'{"errCode":"11","errMsg":"expired"}', "11", "never"),
        (b'{err:"50",errMsg:"server"}', "50", "soon"),
    ],
)
def test_refusals_of_kosis(raw: bytes, code: str, retry: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        all_connectors()["statisticsParameterData"].parse(raw, Context())
    assert (refused.value.code, refused.value.retry) == (code, retry)


def test_no_data_and_keys_without_quotes() -> None:
    parse_kosis = all_connectors()["statisticsParameterData"].parse
    assert parse_kosis(b'{"err":"30","errMsg":"none"}', Context()) == Parsed()
    row = '{TBL_ID:"T",ITM_ID:"I",PRD_SE:"A",PRD_DE:"2024",DT:"1",C1_NM:"key: \\"x\\""}'
    for text in (f"[{row}]", row):
        (item,) = parse_kosis(text.encode(), Context()).items
        assert (item.value, item.time) == (1.0, "2024-01-01T00:00:00+09:00")
        assert item.name == 'key: "x"'
