"""Captured answers of the national systems: every figure against the file, read on its own."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from kiosk.backend.connectors.normal import (
    Camera,
    Incident,
    Observation,
    Parsed,
    Place,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Context, all_connectors

# service, file, figures a row, {kind: field}
FIGURES = [
    (
        "getCtprvnRltmMesureDnsty",
        "airkorea/ctprvn_20260516_16h.json",
        8,
        {
            "air.pm10": "pm10Value",
            "air.pm25": "pm25Value",
            "air.o3": "o3Value",
            "air.no2": "no2Value",
            "air.co": "coValue",
            "air.so2": "so2Value",
            "air.cai": "khaiValue",
            "air.grade": "khaiGrade",
        },
    ),
    (
        "getCtprvnRltmMesureDnsty",
        "airkorea/three_seoul_stations.json",
        8,
        {"air.pm10": "pm10Value", "air.o3": "o3Value", "air.grade": "khaiGrade"},
    ),
    (
        "getRestFrequentzoneLg",
        "koroad/accident_hazard_11_2023.json",
        6,
        {
            "traffic.accident_spot.accidents": "occrrnc_cnt",
            "traffic.accident_spot.deaths": "dth_dnv_cnt",
            "traffic.accident_spot.wounded": "wnd_dnv_cnt",
        },
    ),
    (
        "getEmgencyActivityInfo",
        "nfa119/nfa_emergency_info_service.json",
        1,
        {"ems.distance": "sptMvmnDtc"},
    ),
    (
        "getEmgVehicleDispatchInfo",
        "nfa119/nfa_vehicle_dispatch.json",
        2,
        {"fire.vehicle_crew": "gutPcnt", "fire.vehicle_status": "vhclStatCdNm"},
    ),
    (
        "getEmgVehicleInfo",
        "nfa119/nfa_vehicle_info.json",
        2,
        {"fire.vehicle_crew": "bdgPcnt", "fire.vehicle_status": "vhclStatCdNm"},
    ),
    (
        "getEmrrmRltmUsefulSckbdInfoInqire",
        "nmc/er_beds_fresh.json",
        12,
        {"er.beds_left": "hvec", "er.operating_rooms_left": "hvoc", "er.beds_standard": "hvs01"},
    ),
    (
        "getSttnAcctoArvlPrearngeInfoList",
        "tago/bus_arrival.xml",
        2,
        {"bus.arrival": "arrtime", "bus.stops_away": "arrprevstationcnt"},
    ),
    ("getSttnAcctoArvlPrearngeInfoList", "tago/bus_arrival_variant.xml", 2, {}),
]
# service, file, name, latitude, longitude
PLACES = [
    ("getHospBasisList", "hira/hospital_search.json", "yadmNm", "YPos", "XPos"),
    ("getEgytAedManageInfoInqire", "nmc/aed_manage.xml", "org", "wgs84Lat", "wgs84Lon"),
    ("getRestFrequentzoneLg", "koroad/accident_hazard_11_2023.json", "spot_nm", "la_crd", "lo_crd"),
]


def rows_in(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".xml":
        items = ET.fromstring(path.read_text()).iter("item")
        return [{field.tag: field.text for field in item} for item in items]
    answer = json.loads(path.read_text())
    answer = answer.get("response", answer)
    items = answer.get("data") or answer.get("body", answer)["items"]
    rows: list[dict[str, Any]] = items["item"] if isinstance(items, dict) else items or []
    return rows


def parse(service: str, path: Path) -> Parsed:
    return all_connectors()[service].parse(path.read_bytes(), Context())


def as_given(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


@pytest.mark.parametrize(("service", "name", "a_row", "kinds"), FIGURES)
def test_every_figure_is_the_file_s(
    shared: Path, service: str, name: str, a_row: int, kinds: dict[str, str]
) -> None:
    path = shared / "city/data/api" / name
    rows, parsed = rows_in(path), parse(service, path)
    figures = [item for item in parsed.items if isinstance(item, Observation)]
    assert len(figures) == a_row * len(rows)
    assert parsed.rejected == ()
    for kind, field in kinds.items():
        given = [as_given(row.get(field)) for row in rows]
        assert [item.value for item in figures if item.kind == kind] == given
    assert all((item.value is None) == (item.quality == "missing") for item in figures)
    assert len({(item.id, item.time) for item in figures}) == len(figures)


@pytest.mark.parametrize(("service", "name", "title", "lat", "lon"), PLACES)
def test_every_place_is_the_file_s(
    shared: Path, service: str, name: str, title: str, lat: str, lon: str
) -> None:
    path = shared / "city/data/api" / name
    rows = rows_in(path)
    places = [item for item in parse(service, path).items if isinstance(item, Place)]
    assert [(item.name, item.lat, item.lon) for item in places] == [
        (row[title], float(row[lat]), float(row[lon])) for row in rows
    ]


def test_who_looks_after_a_defibrillator_is_not_told(shared: Path) -> None:
    path = shared / "city/data/api/nmc/aed_manage.xml"
    told = str(parse("getEgytAedManageInfoInqire", path))
    for row in rows_in(path):
        assert row["manager"] not in told
        if row["clerkTel"].startswith("010"):
            assert row["clerkTel"] not in told


def test_air_stands_for_the_hour_and_the_district(shared: Path) -> None:
    path = shared / "city/data/api/airkorea/ctprvn_20260516_16h.json"
    items = parse("getCtprvnRltmMesureDnsty", path).items
    assert {item.time for item in items} == {"2026-05-16T16:00:00+09:00"}
    places = {item.name: item.place for item in items}
    assert places == {
        "중구": "11140",
        "한강대로": "한강대로",
        "종로구": "11110",
        "청계천로": "청계천로",
        "종로": "종로",
    }


def test_cameras_are_known_by_name_and_place_not_by_address(shared: Path) -> None:
    path = shared / "city/data/api/its/cctvInfo_hls_5.json"
    rows = rows_in(path)
    cameras = [item for item in parse("cctvInfo", path).items if isinstance(item, Camera)]
    assert [(item.name, item.lat, item.lon, item.stream) for item in cameras] == [
        (row["cctvname"], row["coordy"], row["coordx"], row["cctvurl"]) for row in rows
    ]
    assert not any(row["cctvurl"][-20:] in item.id for row in rows for item in cameras)


@pytest.mark.parametrize(
    ("service", "name", "field"),
    [
        ("getVilageFcst", "kma/forecast_gangnam_20260419_0500.json", "fcstValue"),
        ("getUltraSrtNcst", "kma/kma_obs_success.json", "obsrValue"),
    ],
)
def test_weather_row_by_row(shared: Path, service: str, name: str, field: str) -> None:
    path = shared / "city/data/api" / name
    rows, items = rows_in(path), parse(service, path).items
    assert len(items) == len(rows)
    for row, item in zip(rows, items, strict=True):
        given = 0.0 if row[field] == "강수없음" else float(row[field])
        assert (item.value, item.place) == (given, f"{row['nx']},{row['ny']}")
        assert item.id.endswith(row["category"])
        day = row.get("fcstDate", row["baseDate"]) + row.get("fcstTime", row["baseTime"])
        assert (item.time or "").replace("-", "").replace("T", "").replace(":", "")[:12] == day


def test_warnings(shared: Path) -> None:
    folder = shared / "city/data/api/kma"
    warnings = parse("getPwnStatus", folder / "kma_alert_success.json").items
    told = [
        (item.headline, item.severity, item.status)
        for item in warnings
        if isinstance(item, Incident)
    ]
    assert told == [
        ("서울 호우주의보", "caution", "issued"),
        ("서울 태풍경보", "warning", "issued"),
        ("부산 강풍주의보", "caution", "cancelled"),
    ]
    early = parse("getWthrPwnList", folder / "kma_pre_warning_success.json").items
    titles = [row["title"] for row in rows_in(folder / "kma_pre_warning_success.json")]
    assert [item.headline for item in early if isinstance(item, Incident)] == titles
    assert {item.severity for item in early if isinstance(item, Incident)} == {"notice"}


@pytest.mark.parametrize(
    ("service", "name"),
    [
        ("getPwnStatus", "kma/kma_alert_empty.json"),
        ("getVilageFcst", "kma/kma_short_term_forecast_error.json"),
    ],
)
def test_no_data_is_an_empty_answer(shared: Path, service: str, name: str) -> None:
    assert parse(service, shared / "city/data/api" / name) == Parsed()


def test_the_gateway_s_refusal(shared: Path) -> None:
    path = shared / "city/data/api/errors/datagokr_gateway_30.json"
    with pytest.raises(SourceRefused, match="SERVICE_KEY_IS_NOT_REGISTERED") as refused:
        parse("getVilageFcst", path)
    assert (refused.value.code, refused.value.retry) == ("30", "never")
