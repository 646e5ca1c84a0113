"""The captured responses beside the project, each checked against its own file."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.backend.connectors.normal import (
    Incident,
    NotUnderstood,
    Observation,
    Parsed,
    Place,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Connector, Context, all_connectors

RESERVATION = "ListPublicReservationInstitution"
SEOUL = [
    connector
    for connector in all_connectors().values()
    if connector.parse.__module__.startswith("kiosk.backend.connectors.seoul")
]
_ABOUT = {"MSRMT_DT", "SAREA_NM", "MSRSTN_NM"}
# service, file, root, column of the identity, columns by kind
FIGURES: list[tuple[str, str, str, str, dict[str, str]]] = [
    (
        "RealtimeCityAir",
        "RealtimeCityAir_20230504_oldnames.json",
        "RealtimeCityAir",
        "MSRSTE_NM",
        {
            "air.pm10": "PM10",
            "air.pm25": "PM25",
            "air.o3": "O3",
            "air.no2": "NO2",
            "air.co": "CO",
            "air.so2": "SO2",
            "air.cai": "IDEX_MVL",
        },
    ),
    (
        "bikeList",
        "bikeList_202008_5rows.json",
        "rentBikeStatus",
        "stationId",
        {
            "bike.parked": "parkingBikeTotCnt",
            "bike.racks": "rackTotCnt",
            "bike.occupancy": "shared",
        },
    ),
    (
        "GetParkingInfo",
        "GetParkingInfo_20251213_row.json",
        "GetParkingInfo",
        "PKLT_CD",
        {"parking.capacity": "TPKCT", "parking.parked": "NOW_PRK_VHCL_CNT"},
    ),
    (
        "SPOP_LOCAL_RESD_DONG",
        "SPOP_LOCAL_RESD_DONG_row.json",
        "SPOP_LOCAL_RESD_DONG",
        "ADSTRD_CODE_SE",
        {"population.living": "TOT_LVPOP_CO"},
    ),
]
# service, file, columns of the name, the latitude and the longitude (as they are, not as called)
PLACES = [
    ("bikeList", "bikeList_202008_5rows", "stationName", "stationLatitude", "stationLongitude"),
    ("TbPublicWifiInfo", "TbPublicWifiInfo_202302_swapped", "X_SWIFI_MAIN_NM", "LNT", "LAT"),
    ("TbPublicWifiInfo", "TbPublicWifiInfo_202403", "X_SWIFI_MAIN_NM", "LAT", "LNT"),
    (RESERVATION, f"{RESERVATION}_1_3", "SVCNM", "Y", "X"),
    ("culturalEventInfo", "cultural-event-info", "TITLE", "LAT", "LOT"),
    ("SearchParkInfoService", "search-park-info-service", "PARK_NM", "YCRD", "XCRD"),
]
# What is no response: the official list of fields, and a table of errors by code.
NO_RESPONSES = ("seoul/citydata_fields.tsv", "errors/seoul_all_codes.json")


@pytest.fixture(scope="session")
def api(shared: Path) -> Path:
    return shared / "city" / "data" / "api"


def parse(service: str, file: Path, **options: str) -> Parsed:
    return all_connectors()[service].parse(file.read_bytes(), Context(options=options))


def rows(file: Path) -> list[dict[str, Any]]:
    body = next(iter(json.loads(file.read_text()).values()))
    found: list[dict[str, Any]] = body["row"]
    return found


def values(parsed: Parsed) -> dict[str, object]:
    """What has a value, by identity."""
    return {
        item.id: item.value
        for item in parsed.items
        if isinstance(item, Observation) and isinstance(item.value, float)
    }


@pytest.mark.parametrize(("service", "name", "root", "identity", "columns"), FIGURES)
def test_the_figures_are_those_of_the_file(
    api: Path, service: str, name: str, root: str, identity: str, columns: dict[str, str]
) -> None:
    file = api / "seoul" / name
    told = values(parse(service, file))
    expected = {
        f"{service}/{row[identity]}/{kind}": float(row[column])
        for row in json.loads(file.read_text())[root]["row"]
        for kind, column in columns.items()
    }
    derived = {key: told[key] for key in told if key.endswith("/parking.free")}
    assert told == expected | derived
    assert list(derived.values()) == ([1260 - 376] if service == "GetParkingInfo" else [])


@pytest.mark.parametrize(("service", "name", "title", "lat", "lon"), PLACES)
def test_every_row_is_a_place_where_the_file_says(
    api: Path, service: str, name: str, title: str, lat: str, lon: str
) -> None:
    file = api / "seoul" / f"{name}.json"
    told = [
        (item.name, item.lat, item.lon, item.note)
        for item in parse(service, file).items
        if isinstance(item, Place)
    ]
    note = "latitude and longitude were swapped" if lat == "LNT" else ""
    assert told == [(row[title], float(row[lat]), float(row[lon]), note) for row in rows(file)]
    assert all(37 < float(row[lat]) < 38 for row in rows(file))


def test_the_station_under_maintenance_has_no_values_and_the_other_has_all(api: Path) -> None:
    file = api / "seoul" / "realtime-city-air.json"
    parsed = parse("RealtimeCityAir", file)
    stopped, running = rows(file)
    assert {item.quality for item in parsed.items if item.name == "중구"} == {"maintenance"}
    told = {item.value for item in parsed.items if item.name == "종로구"}
    assert told == {each for key, each in running.items() if key not in _ABOUT}
    assert {stopped[key] for key in ("PM", "FPM", "OZON", "NTDX", "CBMX", "SPDX")} == {0.0}
    assert {item.place for item in parsed.items} == {"11140", "11110"}
    assert {item.time for item in parsed.items} == {"2026-07-20T13:00:00+09:00"}


def test_the_columns_that_were_cut_off_are_missing(api: Path) -> None:
    parsed = parse("SPOP_LOCAL_RESD_DONG", api / "seoul" / "SPOP_LOCAL_RESD_DONG_row.json")
    assert [item.quality for item in parsed.items] == ["good"] + ["missing"] * 28
    assert {item.time for item in parsed.items} == {"2026-07-29T00:00:00+09:00"}


def test_the_road_link(api: Path) -> None:
    parsed = parse("TrafficInfo", api / "seoul" / "TrafficInfo_1220003800.xml")
    assert [(item.place, item.value, item.unit) for item in parsed.items] == [
        ("1220003800", 34.0, "km/h"),
        ("1220003800", 318.0, "s"),
    ]


@pytest.mark.parametrize(
    ("name", "dropped"),
    [("realtimeStationArrival_seoul_20211014.json", [3]), ("seoul_subway_sample.json", [])],
)
def test_trains_without_the_one_that_came_twice(api: Path, name: str, dropped: list[int]) -> None:
    file = api / "seoul" / name
    parsed = parse("realtimeStationArrival", file)
    trains = [
        row
        for row in json.loads(file.read_text())["realtimeArrivalList"]
        if row["rowNum"] not in dropped
    ]
    assert [rejected.row for rejected in parsed.rejected] == dropped
    eta = [item.value for item in parsed.items if item.kind == "subway.arrival"]
    assert eta == [float(row["barvlDt"]) if row["barvlDt"] != "0" else None for row in trains]
    words = [item.value for item in parsed.items if item.kind == "subway.message"]
    assert words == [row["arvlMsg2"] for row in trains]


@pytest.mark.parametrize(
    ("service", "name"),
    [
        ("citydata", "citydata_blocks_measured_2026.json"),
        ("citydata", "seoul_hotspot_list_live_only.json"),
        ("citydata", "seoul_hotspot_real_sample.json"),
        ("citydata_ppltn", "citydata_ppltn_POI003_20260827.json"),
    ],
)
def test_every_number_of_a_hot_spot_comes_out_and_no_other(
    api: Path, service: str, name: str
) -> None:
    file = api / "seoul" / name
    parsed = parse(service, file)
    given = sorted(float(each) for each in _leaves(json.loads(file.read_text())) if _number(each))
    assert sorted(each for each in _figures(parsed)) == given
    assert not parsed.rejected


def test_a_list_and_an_object_of_the_same_blocks_are_the_same(api: Path) -> None:
    of_lists = parse("citydata", api / "seoul" / "seoul_hotspot_real_sample.json")
    assert parse("citydata", api / "seoul" / "seoul_hotspot_list_live_only.json") == of_lists


def test_the_accident_that_was_stored_alone(api: Path) -> None:
    file = api / "seoul" / "citydata_accident_row.json"
    [row] = json.loads(file.read_text())
    [incident] = [item for item in parse("citydata", file).items if isinstance(item, Incident)]
    assert (incident.lat, incident.lon) == (row["acdnt_y"], row["acdnt_x"])
    assert (incident.headline, incident.value) == (row["acdnt_info"], row["acdnt_type"])
    assert incident.time == "2025-05-15T06:05:00+09:00"
    assert incident.ends == "2025-05-15T18:00:00+09:00"


def outcome(connector: Connector, raw: bytes) -> Parsed | str:
    """What was parsed, or the source's own error."""
    try:
        return connector.parse(raw, Context())
    except SourceRefused as refusal:
        return str(refusal)


def test_the_error_of_every_code_is_refused_with_its_code(api: Path) -> None:
    answers = json.loads((api / "errors" / "seoul_all_codes.json").read_text())
    assert len(SEOUL) == 27
    for code, answer in answers.items():
        told = {outcome(connector, json.dumps(answer).encode()) for connector in SEOUL}
        message = f"{code}: {answer['RESULT']['MESSAGE']}"
        assert told == {Parsed() if code == "INFO-200" else message}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("seoul_bare_result.json", "ERROR-336"),
        ("seoul_bare_code.json", None),
        ("seoul_citydata_no_data.json", None),
        ("subway_no_data.json", None),
    ],
)
def test_the_captured_errors(api: Path, name: str, code: str | None) -> None:
    for connector in SEOUL:
        told = outcome(connector, (api / "errors" / name).read_bytes())
        assert told == Parsed() if code is None else str(told).startswith(f"{code}: ")


@pytest.mark.parametrize("name", NO_RESPONSES)
def test_what_is_no_response_is_not_understood(api: Path, name: str) -> None:
    for connector in SEOUL:
        with pytest.raises(NotUnderstood):
            connector.parse((api / name).read_bytes(), Context())


def _leaves(tree: Any) -> list[str]:
    if isinstance(tree, dict):
        return [leaf for each in tree.values() for leaf in _leaves(each)]
    if isinstance(tree, list):
        return [leaf for each in tree for leaf in _leaves(each)]
    return [str(tree)]


def _number(text: str) -> bool:
    """A figure: forecast hours (twelve digits) are times."""
    return len(text) < 12 and text.replace(".", "", 1).isdigit()


def _figures(parsed: Parsed) -> list[float]:
    return [item.value for item in parsed.items if isinstance(item.value, float)]
