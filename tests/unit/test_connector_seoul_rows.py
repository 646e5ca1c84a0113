"""What a flat row says, and what it only seems to say."""

import json
from typing import Any

import pytest

from kiosk.backend.connectors.normal import Incident, Observation, Parsed, Place
from kiosk.backend.connectors.plane import SEOUL
from kiosk.backend.connectors.registry import Context, all_connectors

MASTS = {"PM": 12.0, "FPM": 8, "OZON": "0.031", "NTDX": 0.02, "CBMX": 0.4, "SPDX": 0.003}
STATION = {"MSRMT_DT": "202601012400", "MSRSTN_NM": "은평구", "CAI_GRD": "보통", "CAI_IDX": 61}


def parse(service: str, *rows: dict[str, Any], root: str = "", **context: Any) -> Parsed:
    raw = json.dumps({root or service: {"row": list(rows)}}).encode()
    return all_connectors()[service].parse(raw, Context(**context))


def marks(parsed: Parsed) -> dict[str, tuple[object, str]]:
    """Value and quality by kind."""
    return {
        item.kind: (item.value, item.quality)
        for item in parsed.items
        if isinstance(item, Observation)
    }


def test_air_is_read_under_both_sets_of_names() -> None:
    old = {"MSRDT": "202601012400", "MSRSTE_NM": "은평구", "IDEX_NM": "보통", "IDEX_MVL": 61}
    new_day = STATION | MASTS | {"MSRMT_YMD": "202601012400", "CAI": 61}
    by_district = {key: new_day[key] for key in new_day if key not in ("MSRMT_DT", "CAI_IDX")}
    old |= dict(zip(("PM10", "PM25", "O3", "NO2", "CO", "SO2"), MASTS.values(), strict=True))
    new = parse("RealtimeCityAir", STATION | MASTS)
    assert new == parse("RealtimeCityAir", old)
    assert marks(new) == marks(parse("ListAirQualityByDistrictService", by_district))
    assert marks(new)["air.pm10"] == (12.0, "good")
    assert marks(new)["air.o3"] == (0.031, "good")
    assert marks(new)["air.grade"] == ("보통", "good")
    assert {item.place for item in new.items} == {"11380"}
    assert {item.time for item in new.items} == {"2026-01-02T00:00:00+09:00"}


def test_a_station_under_maintenance_has_no_values() -> None:
    zeros = dict.fromkeys((*MASTS, "CAI_IDX"), 0.0)
    for row in (STATION | zeros | {"CAI_GRD": ""}, STATION | MASTS | {"CAI_GRD": "점검중"}):
        assert set(marks(parse("RealtimeCityAir", row)).values()) == {(None, "maintenance")}


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        (0, (0.0, "suspect")),
        (99999, (99999.0, "suspect")),
        (-5, (-5.0, "suspect")),
        ("-", (None, "missing")),
        ("", (None, "missing")),
        (None, (None, "missing")),
        ("점검중", (None, "maintenance")),
        ("통신장애", (None, "maintenance")),
        ("없음", (None, "missing")),
        ("NaN", (None, "missing")),
        ("1e999", (None, "missing")),
    ],
)
def test_a_figure_that_is_none_or_can_not_be_true_is_marked(given: object, mark: object) -> None:
    assert marks(parse("RealtimeCityAir", STATION | MASTS | {"PM": given}))["air.pm10"] == mark


def test_a_missing_column_is_a_missing_value() -> None:
    assert marks(parse("RealtimeCityAir", STATION))["air.pm25"] == (None, "missing")


def test_more_bicycles_than_racks_is_over_capacity_and_kept() -> None:
    row = {"stationId": "ST-9", "rackTotCnt": "10", "parkingBikeTotCnt": 13, "shared": "130"}
    parsed = parse("bikeList", row, root="rentBikeStatus", received_ms=1_767_225_600_000)
    assert marks(parsed) == {
        "bike.parked": (13.0, "over_capacity"),
        "bike.racks": (10.0, "good"),
        "bike.occupancy": (130.0, "over_capacity"),
    }
    assert {item.time for item in parsed.items} == {"2026-01-01T09:00:00+09:00"}


@pytest.mark.parametrize(
    ("columns", "parked", "free"),
    [
        ({"TPKCT": 100, "NOW_PRK_VHCL_CNT": "40.0"}, (40.0, "good"), (60.0, "good")),
        (
            {"TPKCT": "100", "NOW_PRK_VHCL_CNT": 107},
            (107.0, "over_capacity"),
            (0.0, "over_capacity"),
        ),
        ({"TPKCT": 100, "NOW_PRK_VHCL_CNT": -3}, (-3.0, "suspect"), (None, "missing")),
        ({"TPKCT": "", "NOW_PRK_VHCL_CNT": 4}, (4.0, "good"), (None, "missing")),
        (
            {"TPKCT": 100, "NOW_PRK_VHCL_CNT": 0, "PRK_STTS_YN": "0"},
            (None, "missing"),
            (None, "missing"),
        ),
    ],
)
def test_what_is_free_is_room_less_vehicles(
    columns: dict[str, object], parked: object, free: object
) -> None:
    row = {"PKLT_CD": "7", "NOW_PRK_VHCL_UPDT_TM": "2026-02-28 24:00:00", **columns}
    parsed = parse("GetParkingInfo", row)
    assert (marks(parsed)["parking.parked"], marks(parsed)["parking.free"]) == (parked, free)
    assert parsed.items[-1].time == "2026-03-01T00:00:00+09:00"


def test_the_room_of_one_part_is_not_taken_for_that_of_the_whole() -> None:
    bay = {"PKLT_CD": "7", "TPKCT": 1}
    parsed = parse("GetParkInfo", bay, {"PKLT_CD": "8", "TPKCT": 40}, bay)
    rooms = [(item.place, item.value, item.quality) for item in parsed.items if item.value]
    assert rooms == [("7", 1.0, "suspect"), ("8", 40.0, "good")]


def test_the_two_parking_services_name_the_same_place() -> None:
    spot = {"LAT": "37.5", "LOT": "127.1"}
    live = parse("GetParkingInfo", {"PKLT_CD": "7", "TPKCT": 3, "NOW_PRK_VHCL_CNT": 1})
    where = parse("GetParkInfo", {"PKLT_CD": "7"} | spot, {"PKLT_CD": "7"} | spot)
    assert {item.place for item in (*live.items, *where.items)} == {"7"}
    assert (where.items[0].lat, where.items[0].lon) == (37.5, 127.1)
    assert [rejected.row for rejected in where.rejected] == [2]


@pytest.mark.parametrize(
    ("given", "expected", "quality"),
    [
        ({"LAT": "37.51", "LNT": "127.02"}, (37.51, 127.02), "good"),
        ({"LAT": "127.02", "LNT": "37.51"}, (37.51, 127.02), "good"),
        ({"LAT": "200", "LNT": "127.02"}, (None, None), "suspect"),
        ({"LAT": "0", "LNT": "0"}, (None, None), "suspect"),
        ({"LAT": "", "LNT": "127.02"}, (None, None), "missing"),
    ],
)
def test_coordinates_are_put_right_by_their_values(
    given: dict[str, str], expected: object, quality: str
) -> None:
    [point] = parse("TbPublicWifiInfo", {"X_SWIFI_MGR_NO": "A-1", **given}).items
    assert ((point.lat, point.lon), point.quality) == (expected, quality)
    assert ("swapped" in point.note) == (given["LAT"] == "127.02")


def test_a_time_that_is_none_is_suspect() -> None:
    [point] = parse("TbPublicWifiInfo", {"X_SWIFI_MGR_NO": "A", "WORK_DTTM": "20260231"}).items
    assert (point.time, point.note) == (None, "no coordinates")
    [observation, *_] = parse("RealtimeCityAir", STATION | MASTS | {"MSRMT_DT": "x9"}).items
    assert (observation.time, observation.quality) == (None, "suspect")


def test_living_population_by_hour_sex_and_age() -> None:
    row = {
        "STDR_DE_ID": "20260301",
        "TMZON_PD_SE": "7",
        "ADSTRD_CODE_SE": "11110530",
        "TOT_LVPOP_CO": "1200.5",
        "MALE_F0T9_LVPOP_CO": 31.25,
        "FEMALE_F70T74_LVPOP_CO": "*",
    }
    parsed = parse("SPOP_LOCAL_RESD_DONG", row, row | {"TMZON_PD_SE": "24"})
    told = {(i.time, i.sex, i.age): i for i in parsed.items if isinstance(i, Observation)}
    assert len(parsed.items) == len(told) == 2 * (1 + 2 * 14)
    assert told["2026-03-01T07:00:00+09:00", "all", "all"].value == 1200.5
    assert told["2026-03-01T07:00:00+09:00", "male", "0-9"].value == 31.25
    withheld = told["2026-03-02T00:00:00+09:00", "female", "70+"]
    assert (withheld.value, withheld.quality, withheld.period) == (None, "missing", "hour")
    assert parse("SPOP_LOCAL_RESD_JACHI", row | {"TMZON_PD_SE": "25"}).rejected
    day = parse("SPOP_DAILYSUM_JACHI", {"STDR_DE_ID": "20260301", "SIGNGU_CODE_SE": "11110"})
    assert {item.place for item in day.items} == {"11110"}


# The places of Namsan tunnel 3 and of two more points, by a reference implementation of EPSG:5181.
@pytest.mark.parametrize(
    ("east_m", "north_m", "lat", "lon"),
    [
        (198985.638133, 449446.700998, 37.5445322, 126.9885218),
        (200000, 500000, 38.0, 127.0),
        (179000, 460000, 37.63937723, 126.76206902),
        (216000, 440000, 37.45927906, 127.18084515),
    ],
)
def test_the_plane_grid_becomes_degrees(
    east_m: float, north_m: float, lat: float, lon: float
) -> None:
    assert SEOUL.degrees(east_m, north_m) == pytest.approx((lat, lon), abs=1e-7)


@pytest.mark.parametrize(
    ("x", "y", "note"),
    [
        ("198985.638133", "449446.700998", ""),
        ("449446.700998", 198985.638133, "the two coordinates were swapped"),
        ("126.9885218", "37.5445322", ""),
        ("37.5445322", "126.9885218", "latitude and longitude were swapped"),
    ],
)
def test_an_incident_is_placed_whatever_its_coordinates_are(
    x: object, y: object, note: str
) -> None:
    row = {"acc_id": "5", "occr_date": "20260101", "occr_time": "240000", "acc_info": "a  b"}
    [incident] = parse("AccInfo", row | {"grs80tm_x": x, "grs80tm_y": y}).items
    assert isinstance(incident, Incident)
    assert (incident.lat, incident.lon) == pytest.approx((37.5445322, 126.9885218), abs=1e-7)
    assert (incident.time, incident.headline) == ("2026-01-02T00:00:00+09:00", "a b")
    assert (incident.quality, incident.note) == ("good", note)


@pytest.mark.parametrize(
    ("x", "quality"), [("-", "missing"), ("1", "suspect"), ("9" * 30, "suspect")]
)
def test_an_incident_without_a_possible_place_is_kept_without_one(x: str, quality: str) -> None:
    row = {"acc_id": "5", "occr_date": "20260101", "occr_time": "080000", "grs80tm_y": "9"}
    [nowhere] = parse("AccInfo", row | {"grs80tm_x": x}).items
    assert (nowhere.lat, nowhere.lon, nowhere.quality) == (None, None, quality)


def train(**fields: object) -> dict[str, object]:
    first = {"subwayId": "1002", "statnId": "1002000221", "btrainNo": "2034", "arvlCd": "99"}
    return {**first, "recptnDt": "2026-01-01 08:00:00", "barvlDt": "90", **fields}


def arrivals(*rows: dict[str, object]) -> Parsed:
    body = {"errorMessage": {"code": "INFO-000", "message": ""}, "realtimeArrivalList": rows}
    return all_connectors()["realtimeStationArrival"].parse(json.dumps(body).encode(), Context())


def test_of_a_train_that_comes_twice_the_later_row_counts() -> None:
    late = train(recptnDt="2026-01-01 08:00:30.0", barvlDt=60)
    for rows, dropped in (((train(), late), 1), ((late, train()), 2), ((late, late), 2)):
        parsed = arrivals(*rows)
        assert marks(parsed)["subway.arrival"] == (60.0, "good")
        assert [rejected.row for rejected in parsed.rejected] == [dropped]


def test_a_train_without_a_time_is_suspect() -> None:
    assert marks(arrivals(train(recptnDt=None)))["subway.arrival"] == (90.0, "suspect")


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"barvlDt": "0", "arvlCd": "1"}, (0.0, "good")),
        ({"barvlDt": "0", "arvlCd": "99"}, (None, "missing")),
        ({"barvlDt": "-5"}, (-5.0, "suspect")),
        ({"barvlDt": None}, (None, "missing")),
    ],
)
def test_no_seconds_left_is_a_time_only_at_the_station(
    fields: dict[str, object], mark: object
) -> None:
    assert marks(arrivals(train(**fields)))["subway.arrival"] == mark


def test_where_a_train_is() -> None:
    row = {"subwayId": "1001", "trainNo": "0150", "statnId": "1001000133", "statnNm": "서울"}
    row |= {"recptnDt": "2026-01-01 08:00:00", "trainSttus": "2", "lstcarAt": "1"}
    row |= {"updnLine": "0", "statnTnm": "동두천", "subwayNm": "1호선"}
    body = {"RESULT": {"code": "INFO-000", "message": ""}, "realtimePositionList": [row]}
    [item] = all_connectors()["realtimePosition"].parse(json.dumps(body).encode(), Context()).items
    assert (item.value, item.place, item.note) == ("서울", "1001000133", "출발 막차")
    assert item.name == "1호선 상행 동두천"


def test_places_with_what_they_offer() -> None:
    sport = {"SVCID": "S1", "SVCNM": "풋살장", "SVCSTATNM": "접수중", "X": "127.1", "Y": "37.5"}
    event = {"TITLE": "음악회", "DATE": "2026-05-01~2026-05-03", "LAT": "127.04", "LOT": "37.6"}
    park = {"P_IDX": "3", "P_PARK": "숲", "LONGITUDE": "127.0", "LATITUDE": "37.4"}
    told = [
        parse("ListPublicReservationSport", sport).items[0],
        parse("culturalEventInfo", event | {"STRTDATE": "2026-05-01 00:00:00.0"}).items[0],
        parse("SearchParkInfoService", park).items[0],
    ]
    assert all(isinstance(item, Place) for item in told)
    assert [(item.name, item.lat, item.lon) for item in told] == [
        ("풋살장", 37.5, 127.1),
        ("음악회", 37.6, 127.04),
        ("숲", 37.4, 127.0),
    ]
    assert (told[0].value, told[1].time) == ("접수중", "2026-05-01T00:00:00+09:00")


def test_a_day_in_milliseconds_is_a_day() -> None:
    [event] = parse("culturalEventInfo", {"title": "음악회", "strtdate": 1_777_561_200_000}).items
    assert event.time == "2026-05-01T00:00:00+09:00"
