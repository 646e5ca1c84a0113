"""Broken documents of the open standards: nothing crashes, nothing hangs, nothing is made up.

`--mutations 10000` for the long run; it ends with a table of how each sample fared. Where a place
is derived from an outline, it must lie between the smallest and the largest number of the document.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.connectors.registry import Linked, all_connectors
from tests.helpers.cut import cut_features
from tests.helpers.mutations import Numbers, mutations
from tests.helpers.survival import fares, survive

pytestmark = pytest.mark.timeout(3600)

NGSI = [
    ("ngsi-ld", f"ngsi-ld/{model}.{form}")
    for model in (
        "AirQualityObserved",
        "KeyPerformanceIndicator",
        "OffStreetParking",
        "service_requests",
    )
    for form in ("example.json", "example-normalized.jsonld")
]
SAMPLES = [("cap", "cap/cap12_exercise.xml"), *NGSI]
SCHEMAS = [
    *(
        ("open311", f"open311/{name}.schema.json")
        for name in ("request", "requests", "service", "services", "service-definition")
    ),
    *(
        ("ngsi-ld", f"ngsi-ld/{model}.schema.json")
        for model in (
            "AirQualityObserved",
            "KeyPerformanceIndicator",
            "OffStreetParking",
            "service_requests",
        )
    ),
]
BOUNDARIES = [
    "seoul_districts_2013_simple.geojson",
    "seoul_districts_2013_topo_simple.json",
    "seoul_dong_2013_topo_simple.json",
    "seoul_dong_2017_424_topo.json",
    "seoul_dong_2021_425.geojson",
]
REQUEST = {
    "service_request_id": "1",
    "status": "open",
    "service_code": "006",
    "requested_datetime": "2026-08-01T09:00:00+09:00",
    "lat": 37.55,
    "long": "127.01",
}
REQUEST_XML = "<service_requests><request>{}</request></service_requests>".format(
    "".join(f"<{name}>{value}</{name}>" for name, value in REQUEST.items())
)
AREA = {
    "type": "Feature",
    "id": "f1",
    "properties": {"name": "종로구", "code": "11110", "people": 5},
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[127.0, 37.0], [127.2, 37.0], [127.2, 37.2], [127.0, 37.0]]],
    },
}
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [127, 37]},
    "arcs": [[[0, 0], [2, 0]], [[0, 0], [0, 2], [2, 0], [0, -2]]],
    "objects": {"a": {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "곳"}}},
}
MESSAGE = {"temp": 21.5, "pm10": "33", "time": "2026-08-01T09:00:00+09:00"}
CAP = (
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>K1</identifier><sent>'
    "2026-08-26T05:00:00+00:00</sent><status>Actual</status><msgType>Update</msgType><references>"
    "s,K0,2026-08-26T04:00:00+00:00</references><info><event>x</event></info></alert>"
)
FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><updated>2026-08-26</updated>'
    f'<link href="alerts/1"/></entry><entry><content>{CAP}</content></entry></feed>'
)
TOLD = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">'
    "<entry><title>x</title><cap:event>Wind</cap:event><cap:sent>2026-08-26T05:00:00+00:00"
    "</cap:sent><cap:status>Actual</cap:status><cap:identifier>M1</cap:identifier></entry></feed>"
)
ALERT = {
    "type": "Feature",
    "geometry": {"type": "Polygon", "coordinates": [[[-96, 39], [-95, 39], [-95, 38], [-96, 39]]]},
    "properties": {
        "id": "urn:1",
        "sent": "2026-08-26T05:00:00+00:00",
        "status": "Actual",
        "messageType": "Alert",
        "event": "Flood",
    },
}
ELDER = {
    "id": "a",
    "type": "AirQualityObserved",
    "PM10": {
        "type": "Number",
        "value": 41.5,
        "metadata": {"TimeInstant": {"type": "DateTime", "value": "2026-08-26T05:00:00.00Z"}},
    },
}
GRID = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "EPSG:5186"}},
}
HALL = {
    "type": "Feature",
    "properties": {"name": "x"},
    "geometry": {"type": "Point", "coordinates": [198056.37, 551885.03]},
}
OWN = [
    ("cap", FEED),
    ("cap", f"<alerts>{CAP}{CAP}</alerts>"),
    ("cap", f"<rss><channel><item><link>http://a/1</link></item>{CAP}</channel></rss>"),
    ("open311", json.dumps([REQUEST])),
    ("open311", REQUEST_XML),
    ("geojson", json.dumps({"type": "FeatureCollection", "features": [AREA, AREA]})),
    ("geojson", json.dumps(TOPOLOGY)),
    ("mqtt", json.dumps(MESSAGE)),
    ("cap", TOLD),
    ("cap", json.dumps({"features": [ALERT]})),
    ("ngsi-ld", json.dumps([ELDER])),
    ("geojson", json.dumps({**GRID, "features": [HALL]})),
]


def is_between(number: float, numbers: Numbers) -> bool:
    """Whether it can be the middle of what the document's numbers draw, or a point of it."""
    return bool(numbers) and min(numbers) <= number <= max(numbers)


def is_on_earth(number: float, numbers: Numbers) -> bool:
    """Points of a topology are sums and products of its numbers, those of a plane grid other
    numbers altogether: little can be said of them."""
    return bool(numbers) and abs(number) <= 180


def survived(service: str, raw: bytes) -> str:
    """As `survive`; what is understood says where its other parts are, too."""
    told = _survived(service, raw)
    links = all_connectors()[service].links
    if told == "understood" and links is not None:
        assert all(isinstance(linked, Linked) for linked in links(raw))
    return told


def _survived(service: str, raw: bytes) -> str:
    if service not in ("cap", "geojson"):
        return survive(service, raw)
    drawn = b"transform" in raw or b"EPSG" in raw
    return survive(service, raw, is_on_earth if drawn else is_between)


def report(service: str, name: str, raw: bytes, count: int, expected: set[str]) -> None:
    told = fares(service, name, (survived(service, broken) for broken in mutations(raw, 1, count)))
    assert expected <= set(told)


@pytest.mark.slow
@pytest.mark.parametrize(("service", "name"), SAMPLES)
def test_mutations_of_every_sample(
    shared: Path, mutation_count: int, service: str, name: str
) -> None:
    sample = (shared / "city/data/standards" / name).read_bytes()
    assert survived(service, sample) == "understood"
    report(service, name, sample, mutation_count, {"understood", "NotUnderstood"})


@pytest.mark.parametrize(("service", "name"), SCHEMAS)
def test_mutations_of_schemas(shared: Path, mutation_count: int, service: str, name: str) -> None:
    sample = (shared / "city/data/standards" / name).read_bytes()
    report(service, name, sample, mutation_count, {"NotUnderstood"})


@pytest.mark.parametrize(("service", "document"), OWN)
def test_mutations_of_our_own(mutation_count: int, service: str, document: str) -> None:
    sample = document.encode()
    assert survived(service, sample) == "understood"
    report(service, document[:20], sample, mutation_count, {"understood", "NotUnderstood"})


@pytest.mark.slow
@pytest.mark.parametrize("name", BOUNDARIES)
def test_mutations_of_boundaries(shared: Path, mutation_count: int, name: str) -> None:
    sample = cut_features((shared / "city/data/geo" / name).read_bytes())
    assert survived("geojson", sample) == "understood"
    report("geojson", name, sample, mutation_count, {"understood", "NotUnderstood"})


@settings(max_examples=80, deadline=None)
@given(raw=st.binary(max_size=200))
def test_no_bytes_at_all_crash_a_reader(raw: bytes) -> None:
    for service in ("open311", "cap", "ngsi-ld", "geojson", "mqtt"):
        survived(service, raw)
    survived("cap", b"<alert><info>" + raw + b"</info></alert>")
