"""Hubs that answer in pages: an NGSI-LD broker and an OGC API of features, asked over HTTP."""

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from kiosk.backend.pull.declaration import Paging
from kiosk.backend.pull.fetch import Fetcher
from kiosk.backend.pull.source import SourceHealth
from kiosk.backend.store import Store
from kiosk.core.clock import ManualClock
from tests.helpers.broker import free_port
from tests.helpers.city import eventually
from tests.helpers.ngsi_hub import Hub
from tests.helpers.pulling import KEY, Pulling, declared

CONTEXT = '<https://hub.example/context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"'
START_S = 40.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "backend.db")
    yield made
    made.close()


@pytest.fixture
def pulling(store: Store, clock: ManualClock) -> Pulling:
    return Pulling(store, clock)


def car_park(number: int) -> dict[str, Any]:
    moment = {"type": "Property", "value": "2026-01-01T00:00:00Z"}
    return {
        "id": f"urn:ngsi-ld:OffStreetParking:P{number}",
        "type": "OffStreetParking",
        "name": {"type": "Property", "value": f"주차장 {number}"},
        "location": {
            "type": "GeoProperty",
            "value": {"type": "Point", "coordinates": [126.9 + number / 1000, 37.5]},
        },
        "availableSpotNumber": {"type": "Property", "value": number},
        "dateModified": moment,
    }


@pytest.mark.parametrize("options", ["", "keyValues"])
def test_all_entities_of_a_type_are_read_page_by_page(pulling: Pulling, options: str) -> None:
    hub = Hub(token=KEY)
    for number in range(1, 48):
        hub.put(car_park(number))
    hub.put({"id": "urn:x", "type": "Other"})

    async def work(base: str, fetcher: Fetcher) -> None:
        source = pulling.source(
            declared(
                "ngsi-ld",
                f"{base}/ngsi-ld/v1/entities?type=OffStreetParking&limit={{size}}"
                f"&offset={{offset}}&options={options}",
                paging=Paging(size=20),
                key="site",
                headers={"Link": CONTEXT, "X-Auth-Token": "{key}"},
                about="parking.offstreet",
            ),
            fetcher,
        )
        await source.pull()
        assert (source.health.trouble, source.health.rejected) == ("", 0)

    pulling.run(hub.app(), work)
    assert hub.contexts == {CONTEXT}
    rows = pulling.places()
    assert len(rows) == 47
    row = rows["parking.offstreet/urn:ngsi-ld:OffStreetParking:P46"]
    assert (row.name, row.readings["parking.free"]) == ("주차장 46", 46.0)


def test_a_hub_that_does_not_take_the_token_refuses(pulling: Pulling) -> None:
    health: list[SourceHealth] = []

    async def work(base: str, fetcher: Fetcher) -> None:
        address = f"{base}/ngsi-ld/v1/entities?type=X"
        source = pulling.source(declared("ngsi-ld", address), fetcher)
        await source.pull()
        health.append(source.health)

    pulling.run(Hub(token=KEY).app(), work)
    assert (health[0].trouble, health[0].circuit) == ("refused", "open")


def feature(number: int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": number,
        "geometry": {"type": "Point", "coordinates": [126.9 + number / 10_000, 37.5]},
        "properties": {"name": f"정류소 {number}", "lines": number % 7},
    }


class Collection:
    """A collection of an OGC API with bbox, limit, offset and links to the next page."""

    def __init__(self, count: int, next_host: str = "") -> None:
        self.features = [feature(number) for number in range(count)]
        self.next_host = next_host
        self.asked: list[str] = []

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/collections/stops/items", self._items)
        return app

    async def _items(self, request: web.Request) -> web.Response:
        self.asked.append(request.query_string)
        limit, offset = (int(request.query.get(n, d)) for n, d in (("limit", 10), ("offset", 0)))
        west, south, east, north = map(float, request.query["bbox"].split(","))
        inside = [
            each
            for each in self.features
            if west <= each["geometry"]["coordinates"][0] <= east
            and south <= each["geometry"]["coordinates"][1] <= north
        ]
        links = []
        if offset + limit < len(inside):
            query = f"?bbox={request.query['bbox']}&limit={limit}&offset={offset + limit}"
            links.append({"rel": "next", "href": f"{self.next_host}{request.path}{query}"})
        page = inside[offset : offset + limit]
        return web.json_response({"type": "FeatureCollection", "features": page, "links": links})


def pull_features(pulling: Pulling, collection: Collection, bbox: str) -> SourceHealth:
    found: list[SourceHealth] = []

    async def work(base: str, fetcher: Fetcher) -> None:
        address = f"{base}/collections/stops/items?f=json&limit=25&bbox={bbox}"
        options = {"kind": "transit.stop", "dataset": "stops"}
        source = pulling.source(declared("ogcapi-features", address, options=options), fetcher)
        await source.pull()
        found.append(source.health)

    pulling.run(collection.app(), work)
    return found[0]


def test_features_of_a_box_are_read_over_next_links(pulling: Pulling) -> None:
    collection = Collection(130)
    health = pull_features(pulling, collection, "126.9,37.4,126.9105,37.6")
    assert (health.trouble, health.items) == ("", 106)
    assert len(collection.asked) == 5
    row = pulling.places()["transit.stop/77"]
    assert (row.name, row.attributes["lines"]) == ("정류소 77", "0")
    del collection.features[50:]
    pull_features(pulling, collection, "126.9,37.4,126.9105,37.6")
    assert len(pulling.places()) == 50


def test_a_next_link_to_another_host_is_refused_and_takes_nothing_away(pulling: Pulling) -> None:
    pull_features(pulling, Collection(30), "126,37,127,38")
    health = pull_features(pulling, Collection(30, "http://other.example"), "126,37,127,38")
    assert (health.trouble, len(pulling.places())) == ("away", 30)
    assert "another place" in health.last_error


def test_a_collection_without_end_is_left_at_some_page(
    pulling: Pulling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.backend.pull.parts.MOST", 3)
    collection = Collection(130)
    health = pull_features(pulling, collection, "126,37,127,38")
    assert (health.trouble, health.items, len(collection.asked)) == ("parts", 75, 3)


# ---- a real server, where there is one


@pytest.fixture
def pygeoapi(tmp_path: Path) -> Iterator[str]:
    """A pygeoapi whose program KIOSK_PYGEOAPI names or the path holds, with 130 features."""
    program = os.environ.get("KIOSK_PYGEOAPI") or shutil.which("pygeoapi")
    if program is None:
        pytest.skip("no pygeoapi here: pip install pygeoapi, and name its program")
    data, port = tmp_path / "stops.geojson", free_port()
    features = [feature(number) for number in range(130)]
    data.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    url = f"http://127.0.0.1:{port}"
    configuration = {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 10, "max_items": 50},
            "map": {"url": "http://127.0.0.1/", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "t",
                "description": "t",
                "keywords": ["t"],
                "keywords_type": "theme",
                "terms_of_service": "t",
                "url": url,
            },
            "license": {"name": "t", "url": url},
            "provider": {"name": "t", "url": url},
            "contact": {"name": "t", "position": "t", "email": "t@example.org"},
        },
        "resources": {
            "stops": {
                "type": "collection",
                "title": "t",
                "description": "t",
                "keywords": ["t"],
                "links": [],
                "extents": {"spatial": {"bbox": [126, 37, 127, 38]}},
                "providers": [
                    {"type": "feature", "name": "GeoJSON", "data": str(data), "id_field": "id"}
                ],
            }
        },
    }
    files = {"PYGEOAPI_CONFIG": tmp_path / "config.yml", "PYGEOAPI_OPENAPI": tmp_path / "api.yml"}
    files["PYGEOAPI_CONFIG"].write_text(json.dumps(configuration))  # JSON is YAML too
    environment = {**os.environ, **{name: str(file) for name, file in files.items()}}
    generate = [program, "openapi", "generate", str(files["PYGEOAPI_CONFIG"])]
    described = subprocess.run(generate, env=environment, check=True, capture_output=True)
    files["PYGEOAPI_OPENAPI"].write_bytes(described.stdout)
    server = subprocess.Popen(
        [program, "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        eventually(lambda: _answers(url), "pygeoapi answers", START_S)
        yield url
    finally:
        server.kill()
        server.wait()


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}/conformance?f=json", timeout=2).close()
    except OSError:
        return False
    return True


@pytest.mark.slow
def test_a_real_pygeoapi_is_read_over_its_next_links(pulling: Pulling, pygeoapi: str) -> None:
    health: list[SourceHealth] = []

    async def work(_base: str, fetcher: Fetcher) -> None:
        address = f"{pygeoapi}/collections/stops/items?f=json&limit=25"
        options = {"kind": "transit.stop", "dataset": "stops"}
        source = pulling.source(declared("ogcapi-features", address, options=options), fetcher)
        await source.pull()
        health.append(source.health)

    pulling.run(web.Application(), work)
    assert (health[0].last_error, health[0].items, health[0].rejected) == ("", 130, 0)
    assert health[0].calls_today == 6
    row = pulling.places()["transit.stop/77"]
    assert (row.name, row.lon) == ("정류소 77", 126.9077)
