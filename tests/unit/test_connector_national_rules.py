"""What the national systems' answers mean, by small answers of our own."""

import json
from typing import Any

import pytest

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.normal import Camera, Incident, Item, NotUnderstood, SourceRefused
from kiosk.backend.connectors.registry import Context, all_connectors

AIR = "getCtprvnRltmMesureDnsty"
BEDS = "getEmrrmRltmUsefulSckbdInfoInqire"
RECEIVED_MS = 1_767_225_600_000  # 2026-01-01 09:00 in Korea


def answer(items: Any, code: str = "00") -> bytes:
    header = {"resultCode": code, "resultMsg": "words"}
    return json.dumps({"response": {"header": header, "body": {"items": items}}}).encode()


def items_of(service: str, *rows: dict[str, Any], received_ms: int | None = None) -> list[Item]:
    parsed = all_connectors()[service].parse(answer(list(rows)), Context(received_ms))
    assert parsed.rejected == ()
    return list(parsed.items)


def reasons(service: str, *rows: dict[str, Any]) -> list[tuple[int, str]]:
    rejected = all_connectors()[service].parse(answer(list(rows)), Context()).rejected
    return [(each.row, each.reason) for each in rejected]


@pytest.mark.parametrize(
    ("items", "count"),
    [
        ("", 0),
        (None, 0),
        ([], 0),
        ({}, 0),
        ({"item": ""}, 0),
        ({"item": {"a": 1}}, 1),
        ({"item": [{"a": 1}, {"a": 2}]}, 2),
        ([{"a": 1}], 1),
        ({"a": 1}, 1),
    ],
)
def test_items_in_every_shape(items: Any, count: int) -> None:
    assert len(read_items(answer(items))) == count


def test_xml_says_what_json_says() -> None:
    one = "<item><a>1</a></item>"
    xml = "<response><header><resultCode>00</resultCode></header><body>%s</body></response>"
    assert read_items((xml % "<items/>").encode()) == []
    assert read_items((xml % f"<items>{one}</items>").encode()) == [{"a": "1"}]
    assert read_items((xml % f"<items>{one}{one}</items>").encode()) == [{"a": "1"}, {"a": "1"}]


@pytest.mark.parametrize(
    ("code", "retry"),
    [("22", "tomorrow"), ("05", "soon"), ("30", "never"), ("10", "never"), ("99", "soon")],
)
def test_result_codes_say_whether_to_ask_again(code: str, retry: str) -> None:
    gateway = (
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>E</errMsg>"
        f"<returnReasonCode>{code}</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
    )
    for raw in (answer("", code), gateway.encode()):
        with pytest.raises(SourceRefused) as refused:
            read_items(raw)
        assert (refused.value.code, refused.value.retry) == (code, retry)


def test_the_gateway_speaks_plainly_before_the_service_does() -> None:
    with pytest.raises(SourceRefused, match="Unauthorized"):
        read_items(b"Unauthorized\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"<html><body>502</body></html>",
        b"[1, 2]",
        b'{"response": {"header": {"resultCode": "00"}, "body": null}}',
        b'{"response": {"body": {"items": "words"}}}',
        b'<!DOCTYPE a [<!ENTITY b "c">]><response><body><items/></body></response>',
        b"<a>" * 100_000,
        b"[" * 100_000,
        b"\xff\xff\xff",
    ],
)
def test_what_is_no_answer_is_not_understood(raw: bytes) -> None:
    with pytest.raises(NotUnderstood):
        read_items(raw)


STATION = {"stationName": "강남구", "sidoName": "서울", "dataTime": "2026-01-31 24:00"}


def test_air_of_the_24th_hour_is_the_next_day_s() -> None:
    assert {item.time for item in items_of(AIR, STATION)} == {"2026-02-01T00:00:00+09:00"}


@pytest.mark.parametrize(
    ("value", "flag", "expected"),
    [
        ("31", None, (31.0, "good")),
        ("-", None, (None, "missing")),
        ("", None, (None, "missing")),
        ("31", "점검및교정", (None, "maintenance")),
        ("-", "통신장애", (None, "missing")),
        ("31", "자료이상", (31.0, "suspect")),
        ("99999", None, (99999.0, "suspect")),
        ("-5", None, (-5.0, "suspect")),
        ("NaN", None, (None, "missing")),
        ("1e999", None, (None, "missing")),
    ],
)
def test_air_values_with_their_flags(value: str, flag: str | None, expected: object) -> None:
    item = items_of(AIR, {**STATION, "pm10Value": value, "pm10Flag": flag})[0]
    assert (item.kind, (item.value, item.quality)) == ("air.pm10", expected)


@pytest.mark.parametrize(
    ("station", "province", "place"),
    [
        ("중구", "서울", "11140"),
        ("중구", "부산", "중구"),
        ("강남구", "", "11680"),
        ("종로", "서울", "종로"),
    ],
)
def test_a_station_is_a_district_only_where_its_name_says_so(
    station: str, province: str, place: str
) -> None:
    row = {"stationName": station, "sidoName": province, "dataTime": "2026-01-01 01:00"}
    assert items_of(AIR, row)[0].place == place


def test_a_station_without_a_time_is_rejected() -> None:
    rows = ({**STATION, "dataTime": "-"}, STATION, {"dataTime": "2026-01-01 01:00"})
    assert [row for row, _ in reasons(AIR, *rows)] == [1, 3]


GRID = {"baseDate": "20260101", "baseTime": "0500", "nx": 60, "ny": 127}


@pytest.mark.parametrize(
    ("category", "value", "expected", "note"),
    [
        ("PCP", "강수없음", (0.0, "estimated"), "강수없음"),
        ("PCP", "1.0mm 미만", (1.0, "estimated"), "1.0mm 미만"),
        ("PCP", "30.0~50.0mm", (30.0, "estimated"), "30.0~50.0mm"),
        ("PCP", "50.0mm 이상", (50.0, "estimated"), "50.0mm 이상"),
        ("PCP", "6.2mm", (6.2, "estimated"), ""),
        ("SNO", "적설없음", (0.0, "estimated"), "적설없음"),
        ("SNO", "0.5cm 미만", (0.5, "estimated"), "0.5cm 미만"),
        ("TMP", "-7", (-7.0, "estimated"), ""),
        ("TMP", "-999", (None, "missing"), "-999 stands for missing"),
        ("WAV", "900", (None, "missing"), "900 stands for missing"),
        ("SKY", "3", (3.0, "estimated"), "구름많음"),
        ("REH", "130", (130.0, "suspect"), "outside 0 to 100"),
    ],
)
def test_forecast_values(category: str, value: str, expected: object, note: str) -> None:
    row = {**GRID, "category": category, "fcstDate": "20260101", "fcstTime": "2400"}
    (item,) = items_of("getVilageFcst", {**row, "fcstValue": value})
    assert ((item.value, item.quality), item.note) == (expected, note)
    assert item.time == "2026-01-02T00:00:00+09:00"


def test_an_unknown_category_is_rejected() -> None:
    row = {**GRID, "category": "XYZ", "obsrValue": "1"}
    assert reasons("getUltraSrtNcst", row) == [(1, "unknown category 'XYZ'")]


def test_the_present_state_of_warnings_is_read_line_by_line() -> None:
    text = "o 강풍주의보 : 제주도,\r\n  서울\r\no 폭염경보 : 대구"
    row = {"tmFc": "202601010600", "tmEf": "202601010700", "t6": text, "t7": "o 없음"}
    items = items_of("getPwnStatus", row)
    told = [
        (item.headline, item.severity, item.area) for item in items if isinstance(item, Incident)
    ]
    assert told == [("강풍주의보", "caution", "제주도, 서울"), ("폭염경보", "warning", "대구")]


HOSPITAL = {"hpid": "A1", "dutyName": "병원", "hvidate": "20260101085500"}


def test_a_state_that_is_no_line_of_warnings_is_rejected() -> None:
    row = {"tmFc": "202601010600", "t6": "o 강풍주의보"}
    assert "is not of the form" in reasons("getPwnStatus", row)[0][1]


def test_negative_beds_are_people_who_wait() -> None:
    item = items_of(BEDS, {**HOSPITAL, "hvec": "-4"})[0]
    assert (item.kind, item.value, item.quality) == ("er.beds_left", -4.0, "over_capacity")


@pytest.mark.parametrize(
    ("reported", "received_ms", "quality"),
    [
        ("20260101085500", RECEIVED_MS, "good"),
        ("20251229085500", RECEIVED_MS, "stale"),
        ("20251229085500", None, "good"),
        ("20260102085500", RECEIVED_MS, "suspect"),
    ],
)
def test_beds_reported_days_ago_are_stale(
    reported: str, received_ms: int | None, quality: str
) -> None:
    row = {**HOSPITAL, "hvidate": reported, "hvec": 3, "hvctayn": "Y"}
    beds, *_ = items = items_of(BEDS, row, received_ms=received_ms)
    (scanner,) = [item for item in items if item.kind == "er.ct"]
    assert (beds.value, beds.quality, scanner.value, scanner.quality) == (
        3.0,
        quality,
        "Y",
        quality,
    )


def test_several_buses_of_a_route_are_told_apart() -> None:
    bus = {"nodeid": "N", "routeid": "R", "arrtime": 60, "arrprevstationcnt": 1}
    items = items_of("getSttnAcctoArvlPrearngeInfoList", bus, {**bus, "arrtime": 300})
    assert [item.value for item in items if item.kind == "bus.arrival"] == [60.0, 300.0]
    assert len({item.id for item in items}) == 4


def camera_answer(data: Any, count: int = 1) -> bytes:
    return json.dumps({"response": {"coordtype": 1, "data": data, "datacount": count}}).encode()


CAMERA = {
    "coordx": 127.1,
    "coordy": 37.4,
    "cctvtype": 1,
    "cctvformat": "HLS",
    "cctvname": "[도로] 나들목",
    "cctvurl": "http://example.org/1/token",
}


def cameras(data: Any, count: int = 1) -> list[Camera]:
    parsed = all_connectors()["cctvInfo"].parse(camera_answer(data, count), Context())
    return [item for item in parsed.items if isinstance(item, Camera)]


def test_a_camera_keeps_its_identity_when_its_address_changes() -> None:
    (one,) = cameras(CAMERA)
    (same,) = cameras([{**CAMERA, "cctvurl": "http://example.org/1/other"}])
    (swapped,) = cameras([{**CAMERA, "coordx": 37.4, "coordy": 127.1}])
    assert one.id == same.id == swapped.id
    assert one.stream != same.stream
    assert "swapped" in swapped.note


def test_a_camera_without_an_address_is_missing_and_none_is_an_empty_answer() -> None:
    (camera,) = cameras({**CAMERA, "cctvurl": ""})
    assert (camera.stream, camera.quality) == ("", "missing")
    assert cameras([], 0) == []
    with pytest.raises(NotUnderstood, match="counts cameras"):
        cameras([], 5)


def test_cameras_as_xml() -> None:
    fields = "".join(f"<{name}>{value}</{name}>" for name, value in CAMERA.items())
    for count in (0, 1, 2):
        cameras = (fields.replace("나들목", f"나들목{n}") for n in range(count))
        data = "".join(f"<data>{camera}</data>" for camera in cameras)
        raw = f"<response><coordtype>1</coordtype>{data}<datacount>{count}</datacount></response>"
        parsed = all_connectors()["cctvInfo"].parse(raw.encode(), Context())
        assert len(parsed.items) == count


def test_its_refusals_and_events() -> None:
    parse = all_connectors()["eventInfo"].parse
    spent = json.dumps({"header": {"resultCode": 4001, "resultMsg": "개인 제한량 초과"}}).encode()
    with pytest.raises(SourceRefused) as refused:
        parse(spent, Context())
    assert (refused.value.code, refused.value.retry) == ("4001", "tomorrow")
    event = {
        "eventType": "공사",
        "startDate": "20260101093000",
        "endDate": "",
        "coordX": "127.0",
        "coordY": "37.5",
        "linkId": "1",
        "roadName": "강변북로",
        "message": "차로 통제",
    }
    body = {"header": {"resultCode": 0}, "body": {"totalCount": 1, "items": [event]}}
    (item,) = parse(json.dumps(body).encode(), Context()).items
    assert isinstance(item, Incident)
    assert (item.kind, item.time, item.lat) == ("traffic.works", "2026-01-01T09:30:00+09:00", 37.5)
