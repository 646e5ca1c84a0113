"""Documents of the open standards as published: every figure against the file; schemas refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.backend.connectors.districts import DISTRICTS
from kiosk.backend.connectors.normal import (
    Complaint,
    Incident,
    NotUnderstood,
    Observation,
    Parsed,
    Place,
)
from kiosk.backend.connectors.registry import Context, all_connectors

NGSI = "city/data/standards/ngsi-ld"
BOTH = (".example.json", ".example-normalized.jsonld")
MOIS = {code for code, _, _ in DISTRICTS}


def parse(service: str, path: Path, **options: str) -> Parsed:
    return all_connectors()[service].parse(path.read_bytes(), Context(options=options))


def plain(entity: dict[str, Any]) -> dict[str, Any]:
    """An entity without the wrappings of the normalised form."""

    def bare(value: Any) -> Any:
        inner = value.get("value", value.get("object", value)) if isinstance(value, dict) else value
        return inner.get("@value", inner) if isinstance(inner, dict) else inner

    return {key: bare(value) for key, value in entity.items()}


@pytest.mark.parametrize("ending", BOTH)
def test_air_quality(shared: Path, ending: str) -> None:
    path = shared / NGSI / f"AirQualityObserved{ending}"
    entity = plain(json.loads(path.read_text()))
    given = {key: value for key, value in entity.items() if isinstance(value, int | float)}
    items = parse("ngsi-ld", path).items
    assert {item.id.rpartition(":")[2]: item.value for item in items} == given
    assert {(item.lon, item.lat) for item in items} == {tuple(entity["location"]["coordinates"])}
    assert {(item.time or "")[:19] for item in items} == {entity["dateObserved"]}


def test_units_are_those_of_the_unit_codes(shared: Path) -> None:
    path = shared / NGSI / "AirQualityObserved.example-normalized.jsonld"
    units = {item.kind: item.unit for item in parse("ngsi-ld", path).items}
    assert (units["air.co"], units["air.no2"], units["air.index"]) == ("mg/m3", "ug/m3", "")


@pytest.mark.parametrize("ending", BOTH)
def test_parking(shared: Path, ending: str) -> None:
    path = shared / NGSI / f"OffStreetParking{ending}"
    entity = plain(json.loads(path.read_text()))
    place, *figures = parse("ngsi-ld", path).items
    assert isinstance(place, Place)
    assert (place.name, [place.lon, place.lat]) == (
        entity["name"],
        entity["location"]["coordinates"],
    )
    names = ["totalSpotNumber", "availableSpotNumber", "occupiedSpotNumber", "occupancy"]
    assert [item.value for item in figures] == [entity[name] for name in names]
    assert {item.place for item in figures} == {place.place}


@pytest.mark.parametrize("ending", BOTH)
def test_an_indicator(shared: Path, ending: str) -> None:
    path = shared / NGSI / f"KeyPerformanceIndicator{ending}"
    entity = plain(json.loads(path.read_text()))
    (item,) = parse("ngsi-ld", path).items
    assert isinstance(item, Observation)
    assert (item.value, item.name) == (entity["kpiValue"], entity["name"])
    assert ((item.time or "")[:10], item.period) == (entity["calculationPeriod"]["from"], "month")


@pytest.mark.parametrize("ending", BOTH)
def test_a_service_request(shared: Path, ending: str) -> None:
    path = shared / NGSI / f"service_requests{ending}"
    entity = plain(json.loads(path.read_text()))
    (item,) = parse("ngsi-ld", path).items
    assert isinstance(item, Complaint)
    assert (item.id, item.kind) == ("open311:638344", "complaint.234")
    assert [item.lon, item.lat] == entity["location"]["coordinates"]
    told = (item.description, item.status, item.agency, item.address, item.note, item.media)
    names = ("description", "status", "agency_responsible", "address_string", "status_notes")
    assert told == (*(entity[name] for name in names), entity["media_url"])
    assert item.time == "2010-04-14T23:37:38+09:00"


def test_an_exercise_is_no_alert(shared: Path) -> None:
    path = shared / "city/data/standards/cap/cap12_exercise.xml"
    (item,) = parse("cap", path).items
    assert isinstance(item, Incident)
    assert (item.status, item.severity, item.headline) == ("exercise", "caution", "서울 호우주의보")
    assert (item.place, item.area) == ("11110", "서울특별시 종로구")
    assert (item.time, item.ends) == ("2026-08-26T14:00:00+09:00", "2026-08-26T20:00:00+09:00")
    assert item.lat == pytest.approx(37.58)
    assert item.lon == pytest.approx(126.985)


def test_schemas_are_no_data(shared: Path) -> None:
    schemas = sorted((shared / "city/data/standards").rglob("*.schema.json"))
    assert len(schemas) == 9
    for path in schemas:
        service = "open311" if path.parent.name == "open311" else "ngsi-ld"
        with pytest.raises(NotUnderstood, match="JSON Schema"):
            parse(service, path)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("seoul_districts_2013_simple.geojson", 25),
        ("seoul_districts_2013_topo_simple.json", 25),
        ("seoul_dong_2013_topo_simple.json", 423),
        ("seoul_dong_2017_424_topo.json", 424),
        ("seoul_dong_2021_425.geojson", 425),
    ],
)
def test_boundaries_become_places_in_seoul(shared: Path, name: str, count: int) -> None:
    parsed = parse("geojson", shared / "city/data/geo" / name)
    places = [item for item in parsed.items if isinstance(item, Place)]
    assert (len(places), parsed.rejected) == (count, ())
    assert len({item.id for item in places}) == count
    for place in places:
        assert 37.4 < (place.lat or 0) < 37.72
        assert 126.75 < (place.lon or 0) < 127.2
        assert "coordinates" not in str(place.attributes)


def test_districts_are_known_by_name_where_the_codes_are_not_the_ministry_s(shared: Path) -> None:
    for name in ("seoul_districts_2013_simple.geojson", "seoul_districts_2013_topo_simple.json"):
        items = parse("geojson", shared / "city/data/geo" / name).items
        assert {item.place for item in items} == MOIS
        assert {item.name: item.place for item in items}["노원구"] == "11350"


def test_two_vintages_agree_where_a_district_is(shared: Path) -> None:
    folder = shared / "city/data/geo"
    outlines = parse("geojson", folder / "seoul_districts_2013_simple.geojson").items
    points = parse("stats.table", folder / "seoul_district_2017_centroids.csv").items
    found = {item.place: item for item in outlines}
    for point in points:
        outline = found[point.place]
        assert outline.lat == pytest.approx(point.lat, abs=0.005)
        assert outline.lon == pytest.approx(point.lon, abs=0.005)


def test_codes_that_two_neighbourhoods_share_are_suspect(shared: Path) -> None:
    items = parse("geojson", shared / "city/data/geo/seoul_dong_2017_424_topo.json").items
    assert len([item for item in items if item.quality == "suspect"]) == 8
    items = parse("geojson", shared / "city/data/geo/seoul_dong_2021_425.geojson").items
    assert all(len(item.place or "") == 10 and item.quality == "good" for item in items)
