"""What documents of the open standards mean, by small ones of our own."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.backend.connectors.normal import (
    Camera,
    Complaint,
    Incident,
    Item,
    NotUnderstood,
    Observation,
    Parsed,
    Place,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Context, Linked, all_connectors
from kiosk.backend.connectors.standards.features import next_page
from kiosk.backend.connectors.standards.open311 import write_request
from tests.helpers.json_schema import conforms

RECEIVED_MS = 1_767_225_600_000  # 2026-01-01 09:00 in Korea


def parse(service: str, document: Any, **options: str) -> Parsed:
    raw = document.encode() if isinstance(document, str) else json.dumps(document).encode()
    return all_connectors()[service].parse(raw, Context(RECEIVED_MS, options))


def is_at(item: Item, lat: float, lon: float) -> bool:
    return item.lat == pytest.approx(lat) and item.lon == pytest.approx(lon)


def only(service: str, document: Any, **options: str) -> Item:
    parsed = parse(service, document, **options)
    assert parsed.rejected == ()
    (item,) = parsed.items
    return item


REQUEST = {
    "service_request_id": "638344",
    "status": "open",
    "status_notes": "처리중: 담당 부서",
    "service_name": "보도",
    "service_code": "006",
    "description": "보도블록이 깨졌습니다",
    "agency_responsible": "도로과",
    "requested_datetime": "2026-08-01T00:30:00Z",
    "updated_datetime": "2026-08-01T10:00:00+09:00",
    "address": "세종대로 110",
    "lat": 37.5663,
    "long": 126.9779,
    "media_url": "http://example.org/1.jpg",
}
REQUEST_XML = """<?xml version="1.0" encoding="utf-8"?><service_requests><request>
<service_request_id>638344</service_request_id><status>open</status>
<service_code>006</service_code><requested_datetime>2026-08-01T09:30:00+09:00</requested_datetime>
<lat>37.5663</lat><long>126.9779</long></request></service_requests>"""


def test_a_complaint_as_json_and_as_xml() -> None:
    item = only("open311", [REQUEST])
    assert isinstance(item, Complaint)
    assert (item.status, item.step, item.agency) == ("open", "handling", "도로과")
    same = only("open311", REQUEST_XML)
    for field in ("id", "kind", "time", "lat", "lon", "status"):
        assert getattr(same, field) == getattr(item, field)


@pytest.mark.parametrize(
    ("status", "notes", "expected"),
    [
        ("open", "접수되었습니다", ("open", "reception", "good")),
        ("open", "", ("open", "", "good")),
        ("closed", "답변 완료", ("closed", "done", "good")),
        ("CLOSED", "", ("closed", "done", "good")),
        ("pending", "", ("", "", "suspect")),
    ],
)
def test_how_far_a_complaint_is(status: str, notes: str, expected: object) -> None:
    item = only("open311", [{**REQUEST, "status": status, "status_notes": notes}])
    assert isinstance(item, Complaint)
    assert (item.status, item.step, item.quality) == expected


def test_requests_that_say_too_little_are_rejected() -> None:
    rows = [{"token": "t"}, {**REQUEST, "requested_datetime": "soon"}, 3]
    assert [each.row for each in parse("open311", rows).rejected] == [1, 2, 3]


def test_services_definitions_and_an_empty_list() -> None:
    service = {"service_code": "001", "service_name": "불법 주정차", "metadata": True}
    item = only("open311", [{**service, "type": "realtime", "group": "교통"}])
    assert (item.id, item.value) == ("open311-service:001", "불법 주정차")
    fields = "<service_code>1</service_code><service_name>A</service_name>"
    assert only("open311", f"<services><service>{fields}</service></services>").value == "A"
    attribute = {"code": "WHEN", "datatype": "datetime", "description": "언제", "variable": True}
    item = only("open311", {"service_code": "001", "attributes": [attribute]})
    assert (item.name, item.note) == ("WHEN", "datetime")
    assert parse("open311", []) == Parsed()


@pytest.mark.parametrize(
    ("document", "retry"),
    [
        ([{"code": 400, "description": "jurisdiction_id is missing"}], "never"),
        ("<errors><error><code>500</code><description>x</description></error></errors>", "soon"),
    ],
)
def test_refusals_of_open311(document: Any, retry: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        parse("open311", document)
    assert refused.value.retry == retry


def test_what_we_write_is_what_we_read_and_fits_the_published_schema(shared: Path) -> None:
    folder = shared / "city/data/standards/open311"
    schema = json.loads((folder / "requests.schema.json").read_text())
    item = only("open311", [REQUEST])
    assert isinstance(item, Complaint)
    written = [write_request(item)]
    assert conforms(written, schema, folder)
    assert only("open311", written) == item
    for broken in ({"status": "pending"}, {"lat": "37"}, {"service_code": None}):
        assert not conforms([{**written[0], **broken}], schema, folder)
    assert not conforms([{"status": "open"}], schema, folder)


def alert(head: str = "", info: str = "", **fields: str) -> str:
    words = {"identifier": "K1", "sent": "2026-08-26T05:00:00+00:00", "status": "Actual"}
    words |= {"msgType": "Alert", **fields}
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in words.items())
    space = 'xmlns="urn:oasis:names:tc:emergency:cap:1.2"'
    return f"<alert {space}>{inner}{head}<info>{info}</info></alert>"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "issued"),
        ({"msgType": "Update"}, "updated"),
        ({"msgType": "Cancel"}, "cancelled"),
        ({"status": "Exercise"}, "exercise"),
        ({"status": "Test", "msgType": "Update"}, "test"),
        ({"status": "Exercise", "msgType": "Cancel"}, "exercise"),
    ],
)
def test_what_an_alert_is(fields: dict[str, str], status: str) -> None:
    item = only("cap", alert(**fields))
    assert isinstance(item, Incident)
    assert (item.status, item.time) == (status, "2026-08-26T14:00:00+09:00")


def test_an_update_has_the_identity_of_what_it_changes() -> None:
    references = "<references>s@x,K0,2026-08-26T04:00:00+00:00</references>"
    assert only("cap", alert(references, msgType="Update")).id == "cap:K0"


def test_of_several_languages_the_korean_block_counts() -> None:
    both = (
        "<language>en-US</language><headline>Rain</headline></info>"
        "<info><language>ko-KR</language><headline>호우</headline><severity>Extreme</severity>"
    )
    item = only("cap", alert(info=both))
    assert isinstance(item, Incident)
    assert (item.id, item.headline, item.severity) == ("cap:K1", "호우", "critical")
    other = only("cap", alert(info=both), language="en")
    assert isinstance(other, Incident)
    assert other.headline == "Rain"


def test_where_an_alert_is() -> None:
    circle = "<area><areaDesc>시청</areaDesc><circle>37.5,127.0 2.5</circle></area>"
    assert (only("cap", alert(info=circle)).lat, only("cap", alert(info=circle)).lon) == (37.5, 127)
    turned = "127.0,37.5 127.2,37.5 127.2,37.7 127.0,37.7 127.0,37.5"
    item = only("cap", alert(info=f"<area><polygon>{turned}</polygon></area>"))
    assert is_at(item, 37.6, 127.1)
    assert "swapped" in item.note


def test_an_acknowledgement_is_rejected_and_what_is_no_alert_not_understood() -> None:
    assert parse("cap", alert(msgType="Ack")).rejected[0].row == 1
    assert parse("cap", alert(sent="now")).rejected[0].row == 1
    for document in ("<feed/>", "{}", "<alert>words</alert>"):
        with pytest.raises(NotUnderstood):
            parse("cap", document)


def test_a_notification_and_a_list_of_entities() -> None:
    air = {"id": "urn:a", "type": "https://uri.etsi.org/x/AirQualityObserved"}
    air |= {"dateObserved": "2026-01-01T00:00:00Z/2026-01-01T01:00:00Z"}
    air |= {"pm10": {"type": "Property", "value": 41, "unitCode": "GQ"}}  # type: ignore[dict-item]
    for document in ({"id": "n", "type": "Notification", "data": [air]}, [air], air):
        item = only("ngsi-ld", document)
        assert (item.kind, item.value, item.unit) == ("air.pm10", 41.0, "ug/m3")
        assert item.time == "2026-01-01T09:00:00+09:00"
    assert parse("ngsi-ld", []) == Parsed()


def test_more_cars_than_room_and_figures_without_a_time() -> None:
    lot = {"id": "p", "type": "OffStreetParking", "occupancy": 1.07, "availableSpotNumber": -3}
    _, free, occupancy = parse("ngsi-ld", {**lot, "dateModified": "2026-01-01T00:00:00Z"}).items
    assert (free.value, free.quality) == (-3.0, "over_capacity")
    assert (occupancy.value, occupancy.quality) == (1.07, "over_capacity")
    assert {item.quality for item in parse("ngsi-ld", lot).items[1:]} == {"suspect"}


def test_an_alert_of_ngsi_ld() -> None:
    entity = {"id": "a", "type": "Alert", "category": "weather", "subCategory": "heavyRain"}
    entity |= {"severity": "high", "dateIssued": "2026-01-01T00:00:00Z", "validTo": "x"}
    item = only("ngsi-ld", entity)
    assert isinstance(item, Incident)
    assert (item.kind, item.severity, item.ends) == ("alert.weather", "warning", None)
    assert parse("ngsi-ld", {**entity, "dateIssued": ""}).rejected


def test_a_type_without_a_model_is_a_place_with_figures() -> None:
    entity = {"id": "b", "type": "WasteContainer", "status": {"type": "Property", "value": "ok"}}
    level = {"type": "Property", "value": 0.7, "observedAt": "2026-01-01T00:00:00Z"}
    place, figure = parse("ngsi-ld", {**entity, "fillingLevel": level}).items
    assert isinstance(place, Place)
    assert (place.kind, place.attributes) == ("WasteContainer", {"status": "ok"})
    assert isinstance(figure, Observation)
    assert (figure.kind, figure.value) == ("WasteContainer.fillingLevel", 0.7)


def test_problems_of_a_broker() -> None:
    problem = {"type": "https://uri.etsi.org/ngsi-ld/errors/InternalError", "title": "down"}
    with pytest.raises(SourceRefused, match="down") as refused:
        parse("ngsi-ld", problem)
    assert (refused.value.code, refused.value.retry) == ("InternalError", "soon")


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": "f1", "properties": properties, "geometry": geometry}


SQUARE = [[[127, 37], [127.2, 37], [127.2, 37.2], [127, 37.2], [127, 37]]]


@pytest.mark.parametrize(
    ("geometry", "spot"),
    [
        ({"type": "Point", "coordinates": [127.0, 37.5]}, (37.5, 127.0)),
        ({"type": "Point", "coordinates": [37.5, 127.0]}, (37.5, 127.0)),
        ({"type": "Polygon", "coordinates": SQUARE}, (37.1, 127.1)),
        (
            {"type": "MultiPolygon", "coordinates": [[[[0, 0], [0.1, 0], [0, 0.1]]], SQUARE]},
            (37.1, 127.1),
        ),
        ({"type": "LineString", "coordinates": [[1, 2], [127, 37], [5, 6]]}, (37.0, 127.0)),
        (None, (None, None)),
        ({"type": "Point", "coordinates": [198245.2, 451586.1]}, (None, None)),
        ({"type": "Polygon", "coordinates": [[["x", 1]]]}, (None, None)),
    ],
)
def test_where_a_feature_is(geometry: Any, spot: tuple[float | None, float | None]) -> None:
    item = only("geojson", feature(geometry, name="곳"))
    lat, lon = spot
    if lat is None or lon is None:
        assert (item.lat, item.lon) == (None, None)
    else:
        assert is_at(item, lat, lon)
    assert item.quality == (("suspect" if geometry else "missing") if lat is None else "good")


def test_features_may_be_cameras_by_declaration() -> None:
    document = feature({"type": "Point", "coordinates": [127, 37.5]}, no="7", hls="http://x/1.m3u8")
    item = only("ogcapi-features", document, item="camera", id="no", name="no", stream="hls")
    assert isinstance(item, Camera)
    assert (item.id, item.stream, item.quality) == ("feature:7", "http://x/1.m3u8", "good")


def test_an_answer_in_pages_says_where_the_next_one_is() -> None:
    page = {"type": "FeatureCollection", "features": [], "links": [{"rel": "self", "href": "a"}]}
    assert next_page(json.dumps(page).encode()) == ()
    page["links"] = [{"rel": "self", "href": "a"}, {"rel": "next", "href": "b?offset=10"}]
    assert next_page(json.dumps(page).encode()) == (Linked("b?offset=10"),)
    assert parse("ogcapi-features", page) == Parsed()


def test_an_arc_runs_both_ways() -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [127, 37]},
        "arcs": [[[0, 0], [2, 0]], [[0, 0], [0, 2], [2, 0], [0, -2]]],
        "objects": {"a": {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "곳"}}},
    }
    item = only("geojson", topology)
    assert is_at(item, 37.1, 127.1)


def test_a_topology_that_grows_when_drawn_is_not_read() -> None:
    area = {"type": "Polygon", "arcs": [[0] * 3000], "properties": {"name": "곳"}}
    topology = {"type": "Topology", "arcs": [[[127, 37]] * 1000], "objects": {"a": area}}
    with pytest.raises(NotUnderstood, match="points"):
        parse("geojson", topology)


@pytest.mark.parametrize(
    ("payload", "value", "quality"),
    [
        ("23.5", 23.5, "good"),
        ("-", None, "missing"),
        ("ON", "ON", "good"),
        ("150", 150.0, "suspect"),
    ],
)
def test_a_message_of_one_word(payload: str, value: object, quality: str) -> None:
    options = {"kind": "weather.humidity", "unit": "%", "low": "0", "high": "100", "place": "A1"}
    item = only("mqtt", payload, topic="city/A1", **options)
    assert (item.value, item.quality, item.kind) == (value, quality, "weather.humidity")
    assert (item.place, item.unit) == ("A1", "%")


def test_a_message_by_a_declared_field() -> None:
    message = {"device": {"id": "S7"}, "data": {"t": "21.5"}, "ts": 1_767_225_600_000}
    item = only("mqtt", message, field="data.t", time_field="ts", kind="weather.temperature")
    assert (item.value, item.time) == (21.5, "2026-01-01T09:00:00+09:00")
    parsed = parse("mqtt", {"a": 1, "b": "2", "c": "words"})
    assert [(item.kind, item.value) for item in parsed.items] == [("mqtt.a", 1.0), ("mqtt.b", 2.0)]
    assert {item.time for item in parsed.items} == {"2026-01-01T09:00:00+09:00"}
    assert parse("mqtt", {"c": "words"}).rejected[0].reason == "it has no figure"
