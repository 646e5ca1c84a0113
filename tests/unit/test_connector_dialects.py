"""The same standards and services as other providers speak them, by small answers of our own."""

import io
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest

from kiosk.backend.connectors.districts import code_of
from kiosk.backend.connectors.figure import Measure
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import (
    Complaint,
    Incident,
    Item,
    NotUnderstood,
    Observation,
    Parsed,
    Place,
    SourceRefused,
)
from kiosk.backend.connectors.plane import PLANES, epsg
from kiosk.backend.connectors.registry import Context, all_connectors

CAP = 'xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"'
TABLE = "stats.table"


def parse(service: str, document: Any, **options: str) -> Parsed:
    raw = document if isinstance(document, str | bytes) else json.dumps(document)
    raw = raw.encode() if isinstance(raw, str) else raw
    return all_connectors()[service].parse(raw, Context(None, options))


def only(service: str, document: Any, **options: str) -> Item:
    parsed = parse(service, document, **options)
    assert parsed.rejected == ()
    (item,) = parsed.items
    return item


# ---- text and times


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "euc-kr", "utf-16"])
def test_korean_xml_in_every_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><requests><request><service_request_id>1'
    xml += "</service_request_id><requested_datetime>2026-01-01T09:00:00+01:00</requested_datetime>"
    xml += "<status>open</status><description>도로</description></request></requests>"
    item = only("open311", xml.encode(encoding))
    assert isinstance(item, Complaint)
    assert (item.description, item.time) == ("도로", "2026-01-01T17:00:00+09:00")


def test_xml_in_the_encoding_that_it_declares() -> None:
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    xml = head + f"<alert {CAP}><identifier>1</identifier><sent>2026-01-01T09:00:00Z</sent>"
    xml += "<status>Actual</status><msgType>Alert</msgType><info><event>Sturmböen über Köln</event>"
    xml += "</info></alert>"
    assert only("cap", xml.encode("latin-1")).name == "Sturmböen über Köln"
    assert only("cap", xml.encode()).name == "Sturmböen über Köln"


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2026. 5. 1.", "2026-05-01T00:00:00+09:00"),
        ("2026/5/1 9:05", "2026-05-01T09:05:00+09:00"),
        ("2026-05-15 24:00", "2026-05-16T00:00:00+09:00"),
        ("202605152400", "2026-05-16T00:00:00+09:00"),
        ("2026-05-15T09:00:00.123456+00", "2026-05-15T18:00:00+09:00"),
        ("2026-05-15T09:00:00,5z", "2026-05-15T18:00:00+09:00"),
        ("2026-05-15 09:00 KST", "2026-05-15T09:00:00+09:00"),
        ("2026-05-15T22:00:00-0800", "2026-05-16T15:00:00+09:00"),
        ("2026-5-10900", None),
        ("20260101-05", None),
        ("2026-02-30", None),
        ("2026-05-15 24:01", None),
    ],
)
def test_times(written: str, time: str | None) -> None:
    assert moment(written) == time


@pytest.mark.parametrize("raw", [-999, "-999", "-99.9", "-9999", "…", "*", "#DIV/0!"])
def test_what_stands_for_missing_is_no_figure(raw: object) -> None:
    assert Measure("a", low=0).read(raw).quality == "missing"
    assert Measure("a", low=-1000).read(-999) == (-999.0, "good", "")


# ---- XML in place of JSON


def as_xml(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(as_xml(name, each) for each in value)
    if isinstance(value, dict):
        return f"<{name}>{''.join(as_xml(key, each) for key, each in value.items())}</{name}>"
    return f"<{name}>{'' if value is None else escape(str(value))}</{name}>"


def gist(parsed: Parsed) -> list[tuple[object, ...]]:
    return [(i.id, i.kind, i.time, i.value, i.quality, i.lat, i.lon) for i in parsed.items]


@pytest.mark.parametrize(
    ("service", "name"),
    [
        ("RealtimeCityAir", "seoul/realtime-city-air.json"),
        ("bikeList", "seoul/bikeList_202008_5rows.json"),
        ("GetParkingInfo", "seoul/GetParkingInfo_20251213_row.json"),
        ("TbPublicWifiInfo", "seoul/TbPublicWifiInfo_202302_swapped.json"),
        ("SPOP_LOCAL_RESD_DONG", "seoul/SPOP_LOCAL_RESD_DONG_row.json"),
        ("ListPublicReservationInstitution", "seoul/ListPublicReservationInstitution_1_3.json"),
        ("culturalEventInfo", "seoul/cultural-event-info.json"),
        ("realtimeStationArrival", "seoul/realtimeStationArrival_seoul_20211014.json"),
        ("citydata", "seoul/citydata_blocks_measured_2026.json"),
        ("citydata_ppltn", "seoul/citydata_ppltn_POI003_20260827.json"),
        ("getCtprvnRltmMesureDnsty", "airkorea/ctprvn_20260516_16h.json"),
        ("getVilageFcst", "kma/forecast_gangnam_20260419_0500.json"),
        ("getPwnStatus", "kma/kma_alert_success.json"),
        ("cctvInfo", "its/cctvInfo_hls_5.json"),
    ],
)
def test_xml_says_what_json_says(shared: Path, service: str, name: str) -> None:
    raw = (shared / "city/data/api" / name).read_bytes()
    document = json.loads(raw)
    ((root, content),) = document.items() if len(document) == 1 else [("Map", document)]
    assert gist(parse(service, as_xml(root, content))) == gist(parse(service, raw)) != []


def test_a_level_by_name_where_others_give_the_figure() -> None:
    for raw, value in (("높음", "높음"), ("6.1", 6.1), ("점검중", None), ("", None)):
        weather = {"WEATHER_TIME": "2026-05-15 10:20", "UV_INDEX": raw}
        place = {"AREA_NM": "강남역", "AREA_CD": "POI014", "WEATHER_STTS": [weather]}
        items = parse("citydata", {"CITYDATA": place}).items
        assert [item.value for item in items if item.kind == "weather.uv"] == [value]


# ---- CAP


def entry(identifier: str, area: str, **more: str) -> str:
    fields = {"event": "Wind", "sent": "2026-01-24T18:00:00+00:00", "status": "Actual"}
    fields |= {"identifier": identifier, "severity": "Moderate", "areaDesc": area, **more}
    cap = "".join(f"<cap:{name}>{text}</cap:{name}>" for name, text in fields.items())
    return f"<entry><title>Warning of wind</title><link href='a/{area}'/>{cap}</entry>"


def test_a_feed_tells_its_alerts_in_the_entries() -> None:
    first = entry("M1", "Bonn", message_type="Update", expires="2026-01-25T18:00:00+00:00")
    second = entry("M1", "Köln", msgType="Update")
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" {CAP}>{first}{second}</feed>'
    items = parse("cap", feed).items
    assert [(i.id, i.area) for i in items if isinstance(i, Incident)] == [
        ("cap:M1", "Bonn"),
        ("cap:M1:2", "Köln"),
    ]
    item = items[0]
    assert isinstance(item, Incident)
    assert (item.headline, item.severity, item.status) == ("Warning of wind", "caution", "updated")
    links = all_connectors()["cap"].links
    assert links is not None
    assert [linked.address for linked in links(feed.encode())] == ["a/Bonn", "a/Köln"]


def test_the_alert_itself_takes_the_place_of_what_its_feed_told() -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" {CAP}>{entry("M1", "Bonn")}</feed>'
    full = "<alert><identifier>M1</identifier><sent>2026-01-24T18:00:00+00:00</sent>"
    full += (
        "<status>Actual</status><msgType>Alert</msgType><info><event>Storm</event></info></alert>"
    )
    together = all_connectors()["cap"].together
    assert together is not None
    (item,) = together([feed.encode(), full.encode()], Context()).items
    assert item.name == "Storm"


def test_alerts_as_json() -> None:
    ring = [[-96.7, 39.9], [-96.6, 39.9], [-96.6, 39.8], [-96.7, 39.8], [-96.7, 39.9]]
    properties = {"id": "urn:1", "sent": "2026-10-05T19:32:00-05:00", "status": "Actual"}
    properties |= {"messageType": "Update", "category": "Met", "severity": "Severe"}
    properties |= {"event": "Flood Warning", "areaDesc": "Marshall, KS"}
    reference = {"sender": "s", "identifier": "urn:0", "sent": "2026-10-05T10:00:00-05:00"}
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {**properties, "references": [reference]}}
    document = {"type": "FeatureCollection", "features": [{**feature, "geometry": shape}]}
    item = only("cap", document)
    assert isinstance(item, Incident)
    assert (item.id, item.kind, item.severity) == ("cap:urn:0", "alert.met", "warning")
    assert item.lat == pytest.approx(39.85)
    assert item.lon == pytest.approx(-96.65)
    alert = {"identifier": "M", "sent": "2026-01-01T00:00:00Z", "status": "Actual"}
    infos = [{"language": "de-DE", "event": "Sturm"}, {"language": "en-GB", "event": "gale"}]
    warnings = {"warnings": [{"alert": {**alert, "msgType": "Alert", "info": infos}}]}
    assert only("cap", warnings).name == "Sturm"
    assert parse("cap", {"type": "FeatureCollection", "features": []}) == Parsed()


# ---- NGSI-LD and its elders

AIR = "AirQualityObserved"
POINT = {"type": "Point", "coordinates": [126.97, 37.56]}
NORMALISED = {
    "type": "Property",
    "value": 41,
    "unitCode": "GQ",
    "observedAt": "2026-01-01T00:00:00Z",
}


@pytest.mark.parametrize(
    "entity",
    [
        {"pm10": NORMALISED},
        {"pm10": {k: v for k, v in NORMALISED.items() if k != "type"}},
        {"PM10": NORMALISED},
        {"https://smartdatamodels.org/dataModel.Environment/pm10": NORMALISED},
        {"pm10": [{**NORMALISED, "value": 7, "datasetId": "urn:other"}, NORMALISED]},
        {"pm10": [{**NORMALISED, "value": 7, "observedAt": "2025-12-31T00:00:00Z"}, NORMALISED]},
        {
            "pm10": {
                "type": "Number",
                "value": 41,
                "metadata": {
                    "unitCode": {"type": "Text", "value": "GQ"},
                    "TimeInstant": {"type": "DateTime", "value": "2026-01-01T00:00:00.00Z"},
                },
            }
        },
    ],
)
def test_an_attribute_in_every_representation(entity: dict[str, Any]) -> None:
    item = only("ngsi-ld", {"id": "urn:a", "type": [AIR, "Thing"], "location": POINT, **entity})
    assert (item.kind, item.value, item.unit) == ("air.pm10", 41.0, "ug/m3")
    assert (item.time, item.lat) == ("2026-01-01T09:00:00+09:00", 37.56)


def test_entities_over_time_as_geojson_and_with_names_in_languages() -> None:
    pairs = [[1, "2026-01-01T00:00:00Z"], [2, "2026-01-01T01:00:00Z"]]
    item = only("ngsi-ld", {"id": "a", "type": AIR, "pm25": {"type": "Property", "values": pairs}})
    assert (item.value, item.time) == (2.0, "2026-01-01T10:00:00+09:00")
    name = {"type": "LanguageProperty", "languageMap": {"en": "Hall", "ko": "시청"}}
    properties = {"type": "OnStreetParking", "name": name, "totalSpotNumber": 10}
    properties |= {"availableSpotNumber": 12, "dateModified": "2026-01-01T00:00:00Z"}
    feature = {"type": "Feature", "id": "p", "geometry": POINT, "properties": properties}
    features = {"type": "FeatureCollection", "features": [feature]}
    place, room, free = parse("ngsi-ld", features).items
    assert (place.kind, place.name, place.lat) == ("parking.onstreet", "시청", 37.56)
    assert (room.quality, free.quality, free.value) == ("good", "suspect", 12.0)


def test_a_hundred_and_seven_per_cent() -> None:
    lot = {"id": "p", "type": "OffStreetParking", "dateModified": "2026-01-01T00:00:00Z"}
    _, item = parse("ngsi-ld", {**lot, "occupancy": {"value": 107, "unitCode": "P1"}}).items
    assert (item.value, item.unit, item.quality) == (107.0, "%", "over_capacity")


def test_an_attribute_that_is_gone_has_no_value() -> None:
    gone = {"type": "Property", "value": "urn:ngsi-ld:null"}
    item = only("ngsi-ld", {"id": "k", "type": "KeyPerformanceIndicator", "kpiValue": gone})
    assert (item.value, item.quality) == (None, "missing")


def test_a_notification_of_the_elder_api() -> None:
    entity = {"id": "a", "type": AIR, "NO2": {"type": "Number", "value": 3, "metadata": {}}}
    parsed = parse("ngsi-ld", {"subscriptionId": "5", "data": [entity]})
    assert [(item.kind, item.value, item.quality) for item in parsed.items] == [
        ("air.no2", 3.0, "suspect")
    ]


# ---- plane grids


@pytest.mark.parametrize(
    ("code", "point", "place"),
    [  # the false origins stand for the grids' centres, by the register's own definitions
        (5179, (1_000_000, 2_000_000), (38, 127.5)),
        (5186, (200_000, 600_000), (38, 127)),
        (5187, (200_000, 600_000), (38, 129)),
        (25832, (500_000, 0), (0, 9)),
        (32735, (500_000, 10_000_000), (0, 27)),
        (3857, (0, 0), (0, 0)),
    ],
)
def test_the_centre_of_every_grid(
    code: int, point: tuple[float, float], place: tuple[float, float]
) -> None:
    assert PLANES[code].degrees(*point) == pytest.approx(place, abs=1e-9)


@pytest.mark.parametrize(
    ("code", "east_m", "north_m"),
    [(5179, 953901.34, 1951973.53), (5186, 198056.37, 551885.03), (3857, 14135160.5, 4518390.3)],
)
def test_grids_agree_where_city_hall_is(code: int, east_m: float, north_m: float) -> None:
    lat, lon = PLANES[code].degrees(east_m, north_m)
    assert lat == pytest.approx(37.5665, abs=1e-3)
    assert lon == pytest.approx(126.978, abs=1e-3)


def collection(name: str, *points: list[float]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"Bezeichnung": f"n{index}"},
            "geometry": {"type": "Point", "coordinates": point},
        }
        for index, point in enumerate(points)
    ]
    crs = {"type": "name", "properties": {"name": name}}
    return {"type": "FeatureCollection", "crs": crs, "features": features}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("urn:ogc:def:crs:EPSG::5186", 5186),
        ("EPSG:5186", 5186),
        ("http://www.opengis.net/def/crs/EPSG/0/5186", 5186),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", None),
    ],
)
def test_names_of_grids(name: str, code: int | None) -> None:
    assert epsg(name) == code


def test_features_on_a_grid_in_degrees_and_on_one_that_is_not_read() -> None:
    items = parse("geojson", collection("EPSG:25832", [366000, 5621700], [366001, 5621700])).items
    assert [item.name for item in items] == ["n0", "n1"]
    assert items[0].lat == pytest.approx(50.7316, abs=1e-4)
    assert items[0].lon == pytest.approx(7.1012, abs=1e-4)
    item = only("geojson", collection("urn:ogc:def:crs:OGC:1.3:CRS84", [7.1, 50.7]))
    assert (item.lat, item.lon) == (50.7, 7.1)
    item = only("geojson", collection("EPSG:5174", [198245, 451586]))
    assert (item.lat, item.quality) == (None, "suspect")
    assert "EPSG:5174" in item.note
    item = only("geojson", collection("EPSG:5186", [1e9, 37.5]))
    assert (item.lat, item.quality) == (None, "suspect")
    item = only("geojson", collection("EPSG:5186", [127.0, 37.5]))
    assert (item.lat, item.lon) == (37.5, 127.0)


def test_features_without_id_or_name_are_told_apart() -> None:
    features = [
        {"type": "Feature", "properties": {"kind": "x", "no": no}, "geometry": POINT}
        for no in (1, 2)
    ]
    items = parse("geojson", {"type": "FeatureCollection", "features": features}).items
    assert [item.id for item in items] == ["feature:1", "feature:2"]
    assert isinstance(items[0], Place)
    assert items[0].attributes == {"kind": "x", "no": "1"}
    parts = {"type": "GeometryCollection", "geometries": [POINT]}
    assert only("geojson", {"type": "Feature", "properties": {}, "geometry": parts}).lat == 37.56


# ---- Open311


def test_an_office_that_lists_who_was_told() -> None:
    request = {"service_request_id": 7, "status": "open", "title": "Loch", "detail": "tief"}
    request |= {"requested_datetime": "2013-01-02T08:03:13.5-08:00"}
    told = {"recipient": ["A", "B"]}
    item = only("open311", {"requests": [{**request, "agency_responsible": told}]})
    assert isinstance(item, Complaint)
    assert (item.name, item.description, item.agency) == ("Loch", "tief", "A, B")
    assert item.time == "2013-01-03T01:03:13+09:00"


def test_a_request_that_comes_twice_counts_once() -> None:
    row = {"service_request_id": 7, "status": "open", "requested_datetime": "2013-01-02T00:00:00Z"}
    parsed = parse("open311", [row, row])
    assert (len(parsed.items), parsed.rejected[0].row) == (1, 2)


# ---- how servers say no


@pytest.mark.parametrize(
    ("service", "document", "code", "retry"),
    [
        ("open311", {"errors": ["bad"]}, "?", "never"),
        ("open311", {"error": "not found", "status": 404}, "404", "never"),
        ("open311", {"errors": [{"code": 503, "description": "x"}]}, "503", "soon"),
        ("ngsi-ld", {"error": "NotFound", "description": "x"}, "NotFound", "never"),
        ("ngsi-ld", {"orionError": {"code": "500", "details": "x"}}, "500", "soon"),
        ("ogcapi-features", {"code": "ServerError", "description": "x"}, "ServerError", "soon"),
        ("ogcapi-features", {"title": "Not Found", "status": 404}, "404", "never"),
        ("geojson", {"error": {"code": 400, "message": "x"}}, "400", "never"),
        (
            "geojson",
            "<ExceptionReport><Exception><ExceptionText>x</ExceptionText></Exception>"
            "</ExceptionReport>",
            "ExceptionReport",
            "never",
        ),
        ("cap", {"type": "a/NotFound", "title": "Not Found", "status": 404}, "404", "never"),
        ("getVilageFcst", {"code": -401, "msg": "x"}, "-401", "soon"),
        ("getVilageFcst", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "GATEWAY", "never"),
        (
            "sdmx",
            '<Error><ErrorMessage code="100"><Text>none</Text></ErrorMessage></Error>',
            "100",
            "never",
        ),
    ],
)
def test_errors_of_every_make(service: str, document: Any, code: str, retry: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        parse(service, document)
    assert (refused.value.code, refused.value.retry) == (code, retry)


# ---- weather warnings


def test_preliminary_warnings_stand_under_headings() -> None:
    text = "(1) 강풍 예비특보\r\no 10월 02일 낮 : 서해5도\r\n"
    text += "(2) 풍랑 예비특보\r\no 10월 02일 밤 : 먼바다"
    row = {"tmFc": "202610010600", "t6": "o 건조경보 : 강원도\r\n 동해안", "t7": text}
    answer = {"response": {"header": {"resultCode": "00"}, "body": {"items": {"item": row}}}}
    items = [item for item in parse("getPwnStatus", answer).items if isinstance(item, Incident)]
    assert [(item.name, item.description, item.area, item.severity) for item in items] == [
        ("건조경보", "", "강원도 동해안", "warning"),
        ("강풍 예비특보", "10월 02일 낮", "서해5도", "notice"),
        ("풍랑 예비특보", "10월 02일 밤", "먼바다", "notice"),
    ]


# ---- statistics


def figures(parsed: Parsed) -> list[tuple[object, ...]]:
    assert parsed.rejected == ()
    return [
        (item.place, (item.time or "")[:7], item.value)
        for item in parsed.items
        if isinstance(item, Observation)
    ]


def test_a_table_of_other_cities() -> None:
    parsed = parse(TABLE, "시도별,2022\n전국,100\n서울특별시,50\n부산광역시,30\n")
    assert figures(parsed) == [
        ("전국", "2022-01", 100.0),
        ("11", "2022-01", 50.0),
        ("부산광역시", "2022-01", 30.0),
    ]


def test_areas_as_the_ministry_writes_them() -> None:
    text = '행정구역,2024년01월_총인구수\n서울특별시  (1100000000),"9,384,325"\n'
    text += '서울특별시 종로구 (1111000000),"139,000"\n서울특별시 중구 (1114000000),1\n'
    assert figures(parse(TABLE, text.encode("cp949"))) == [
        ("11", "2024-01", 9384325.0),
        ("11110", "2024-01", 139000.0),
        ("11140", "2024-01", 1.0),
    ]
    assert (code_of("1111000000"), code_of("1111051500")) == ("11110", "1111051500")


def test_a_table_on_its_side() -> None:
    text = "구분,합계,강남구,강동구\n2022년,30,10,20\n2023년,32,11,21\n"
    assert figures(parse(TABLE, text))[:4] == [
        ("11", "2022-01", 30.0),
        ("11680", "2022-01", 10.0),
        ("11740", "2022-01", 20.0),
        ("11", "2023-01", 32.0),
    ]


def test_a_first_column_that_is_empty_says_no_time() -> None:
    parsed = parse(TABLE, "x,역명,승차\n,시청,5\n,종각,6\n")
    assert parsed.rejected == ()
    assert [item.value for item in parsed.items] == [5.0, 6.0]


def test_months_of_a_year_that_stands_elsewhere() -> None:
    text = "연도,1월,2월\n2023,10,20\n2024,11,21\n"
    assert figures(parse(TABLE, text)) == [
        (None, "2023-01", 10.0),
        (None, "2023-02", 20.0),
        (None, "2024-01", 11.0),
        (None, "2024-02", 21.0),
    ]
    assert {item.kind for item in parse(TABLE, "구,1월\n종로구,1\n중구,2\n").items} == {"table.1월"}


def test_the_minus_of_korean_tables_and_words_in_brackets() -> None:
    text = "자치구,증감(건),비율(%)\n종로구,△5,(12.3)\n중구,▲3,-1.2%\n용산구,10,5\n"
    items = parse(TABLE, text).items
    assert [(item.value, item.quality) for item in items] == [
        (-5.0, "good"),
        (None, "missing"),
        (None, "missing"),
        (-1.2, "good"),
        (10.0, "good"),
        (5.0, "good"),
    ]


PAGE = """<!DOCTYPE html><html><table><tr><td>메뉴</table>
<table><tr><th rowspan=2>자치구<th colspan=2>2022<tr><th>발생<th>사망 (명)
<tr><td>합계<td>10<td>1<tr><td>종로구</td><td>1,234</td><td>&nbsp;</td></tr></table></html>"""


def test_the_table_of_a_page() -> None:
    items = parse(TABLE, PAGE.encode("cp949")).items
    assert [(item.place, item.kind, item.value, item.unit) for item in items] == [
        ("11", "table.발생", 10.0, ""),
        ("11", "table.사망", 1.0, "person"),
        ("11110", "table.발생", 1234.0, ""),
        ("11110", "table.사망", None, "person"),
    ]
    with pytest.raises(NotUnderstood, match="without a table"):
        parse(TABLE, "<html><body><h1>502 Bad Gateway</h1></body></html>")


def test_sexes_and_ages_in_rows() -> None:
    text = "시도,성별,연령,인구\n서울특별시,남자,0~4세,5\n서울특별시,여자,0~4세,6\n"
    items = parse(TABLE, text).items
    told = [(i.sex, i.age, i.value, i.kind) for i in items if isinstance(i, Observation)]
    assert told == [
        ("male", "0~4세", 5.0, "table.인구"),
        ("female", "0~4세", 6.0, "table.인구"),
    ]


def test_of_two_units_nothing_tells_which_is_whose() -> None:
    for line, unit in (("(단위: 명)", "person"), ("(단위 : 명, 건)", "")):
        rows = [[line], ["자치구", "발생"], ["종로구", 1], ["중구", 2]]
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        assert {item.unit for item in parse(TABLE, out.getvalue()).items} == {unit}


SERIES = '<Series FREQ="Q" ITEM="T10" UNIT="명">{}</Series>'
COMPACT = '<StructureSpecificData><DataSet structureRef="DT_1">{}</DataSet></StructureSpecificData>'
GENERIC = """<GenericData><DataSet structureRef="DT_1"><Series><SeriesKey>
<Value id="FREQ" value="Q"/><Value id="ITEM" value="T10"/></SeriesKey><Attributes>
<Value id="UNIT" value="명"/></Attributes><Obs><ObsDimension value="2024-Q2"/>
<ObsValue value="12.5"/></Obs></Series></DataSet></GenericData>"""


@pytest.mark.parametrize("service", ["sdmx", "statisticsBigData", "statisticsParameterData"])
def test_sdmx_in_both_forms(service: str) -> None:
    compact = COMPACT.format(SERIES.format('<Obs TIME_PERIOD="202402" OBS_VALUE="12.5"/>'))
    for document in (compact, GENERIC):
        item = only(service, document)
        assert isinstance(item, Observation)
        assert (item.id, item.value, item.unit) == ("sdmx:DT_1:Q:T10", 12.5, "person")
        assert (item.time, item.period) == ("2024-04-01T00:00:00+09:00", "quarter")


@pytest.mark.parametrize(
    ("observation", "value", "quality"),
    [
        ('OBS_VALUE="1" OBS_STATUS="P"', 1.0, "provisional"),
        ('OBS_VALUE="1" OBS_STATUS="M"', None, "missing"),
        ('OBS_VALUE="NaN"', None, "missing"),
        ('OBS_VALUE="-"', None, "missing"),
    ],
)
def test_sdmx_says_what_a_figure_is_worth(
    observation: str, value: float | None, quality: str
) -> None:
    item = only("sdmx", COMPACT.format(SERIES.format(f'<Obs TIME_PERIOD="2024" {observation}/>')))
    assert (item.value, item.quality) == (value, quality)


def test_halves_and_foreigners() -> None:
    row = {"ORG_ID": "101", "TBL_ID": "T", "ITM_ID": "I", "PRD_SE": "H", "PRD_DE": "202402"}
    item = only("statisticsParameterData", [{**row, "DT": "1", "C1": "1", "C1_NM": "여"}])
    assert isinstance(item, Observation)
    assert (item.time, item.period, item.sex) == ("2024-07-01T00:00:00+09:00", "half", "female")
    service = "SPOP_FORN_TEMP_RESD_DONG"
    row = {"STDR_DE_ID": "20260728", "TMZON_PD_SE": "00", "ADSTRD_CODE_SE": "11110515"}
    row |= {"TOT_LVPOP_CO": "233.329", "CHINA_STAYPOP_CO": "89.2", "ETC_STAYPOP_CO": "*"}
    items = parse(service, {service: {"list_total_count": 1, "row": [row]}}).items
    assert [item.value for item in items] == [233.329, 89.2, None]
    assert items[0].kind == "population.living.foreign_short_stay"


def test_messages_say_where_and_who_without_making_figures_of_it() -> None:
    item = only("mqtt", {"deviceId": 7, "lat": 37.5, "lon": 127.0, "temp": 21})
    assert (item.kind, item.value, item.lat, item.lon) == ("mqtt.temp", 21.0, 37.5, 127.0)
