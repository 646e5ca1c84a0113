"""Open data: what is asked is checked, what is told fits its document, answers are kept."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp.test_utils import make_mocked_request

from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import Ledger
from kiosk.public import model
from kiosk.public.limits import Limits, reader_of
from kiosk.public.open_data.document import EVERY
from kiosk.public.open_data.tables import MARK, table_of
from kiosk.wire.city import CITY_AREA, Row
from kiosk.wire.disclosure import Decided
from kiosk.wire.text import Text
from tests.helpers.city import indicator
from tests.helpers.panel_city import NOW_MS
from tests.helpers.public_server import PublicServer, public_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    with public_server(tmp_path_factory.mktemp("open")) as server:
        yield server


def few() -> Iterator[Row]:
    """Enough for what does not ask about the city."""
    yield indicator("pm25")


def told(server: PublicServer, path: str, status: int = 200) -> Any:
    answer = server.get(path)
    assert answer.status == status, answer.text
    return json.loads(answer.body)


def test_what_there_is_is_led_to_from_one_address(server: PublicServer) -> None:
    links = told(server, "/api/")["links"]
    for link in links:
        path = link["href"].removeprefix("https://open.example")
        assert server.get(path).status == 200, path
    assert {link["rel"] for link in links} == {"service-desc", "item"}


def test_answers_are_of_the_type_that_the_document_names(server: PublicServer) -> None:
    for endpoint in EVERY:
        if "{" not in endpoint.path and endpoint.path != "/ngsi-ld/v1/entities":
            body = server.get(endpoint.path).body
            again = msgspec.json.decode(body, type=endpoint.told)
            assert msgspec.json.encode(again) == body, endpoint.path


def test_a_figure_says_of_what_time_whose_and_whether_it_is_simulated(
    server: PublicServer,
) -> None:
    rows = told(server, "/api/readings")["rows"]
    assert len(rows) > 50
    for row in rows:
        assert row["indicator"]["source_name"]["ko"]
        assert row["indicator"]["licence"]
        if row["figure"] is not None:
            assert isinstance(row["figure"]["simulated"], bool)
            assert row["figure"]["t_ms"] > 0


def test_pages_follow_one_another_and_hold_everything_once(server: PublicServer) -> None:
    path, found = "/api/items?limit=200", []
    while path:
        page = told(server, path)
        found += [row["id"] for row in page["rows"]]
        path = (page["next"] or "").removeprefix("https://open.example")
    assert len(found) == len(set(found)) == page["total"] > 400


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/api/items?limit=0", 400, "limit"),
        ("/api/items?limit=x", 400, "limit"),
        ("/api/items?colour=red", 400, "colour"),
        ("/api/items?limit=1&limit=2", 400, "limit"),
        ("/api/figures/pm25?period=week", 400, "period"),
        ("/api/figures/pm25?area=99999", 404, "99999"),
        ("/api/figures/elderly-alone", 404, "elderly-alone"),
        ("/api/figures/nothing", 404, "nothing"),
        ("/api/indicators/elderly-alone", 404, "elderly-alone"),
        ("/api/ogc/collections/areas/items?bbox=1,2,3", 400, "bbox"),
        ("/api/ogc/collections/water.plant/items", 404, "water.plant"),
        ("/ngsi-ld/v1/entities/urn:ngsi-ld:X:1", 404, "urn:ngsi-ld:X:1"),
        ("/api/nowhere", 404, "/api/"),
    ],
)
def test_what_can_not_be_answered_is_a_problem_in_both_languages(
    server: PublicServer, path: str, status: int, says: str
) -> None:
    answer = server.get(path)
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    found = json.loads(answer.body)
    assert found["status"] == status
    assert says in found["detail"]
    assert says in found["detail_ko"]
    assert found["detail"] != found["detail_ko"]


def test_what_is_hidden_and_what_there_is_not_look_the_same(server: PublicServer) -> None:
    one = server.get("/api/indicators/elderly-alone").body.replace(b"elderly-alone", b"nothing")
    assert one == server.get("/api/indicators/nothing").body


def test_small_counts_of_areas_are_withheld_and_their_series_are_not_told(
    server: PublicServer,
) -> None:
    figures = told(server, "/api/figures/accidents/areas")["figures"]
    shown = [f["value"] for f in figures if not f["withheld"]]
    assert all(value == 0 or value >= 5 for value in shown)
    assert sum(f["withheld"] for f in figures) >= 2
    assert all(f["value"] is None for f in figures if f["withheld"])
    assert server.get(f"/api/figures/accidents?area={figures[0]['area']}").status == 404
    assert server.get(f"/api/figures/accidents?area={CITY_AREA}").status == 200


def test_tables_open_in_spreadsheets_and_say_whose_they_are(server: PublicServer) -> None:
    answer = server.get("/api/figures/pm25/areas?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith(MARK)
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix(MARK))))
    assert len(rows) == 25
    assert rows[0]["indicator_title_ko"] == "초미세먼지 PM2.5"
    assert rows[0]["indicator_licence"]
    assert rows[0]["figure_simulated"] == "true"
    assert float(rows[0]["figure_value"]) >= 0


def test_no_cell_is_a_formula() -> None:
    row = model.Area("=1+1", Text("@x", "-y"), 1.0, -2.0)
    (line,) = list(csv.DictReader(io.StringIO(table_of([row]).decode().removeprefix(MARK))))
    assert (line["code"], line["name_ko"], line["name_en"]) == ("'=1+1", "'@x", "'-y")
    assert line["lon"] == "-2.0"


# ---- OGC API Features and NGSI-LD


def test_features_are_found_by_a_box_and_page_by_page(server: PublicServer) -> None:
    path = "/api/ogc/collections/fire.station/items?limit=20"
    every = told(server, "/api/ogc/collections/fire.station/items?limit=1000")["features"]
    seen: list[str] = []
    while path:
        page = told(server, path)
        assert page["numberReturned"] == len(page["features"]) <= 20
        seen += [feature["id"] for feature in page["features"]]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        path = following[0].removeprefix("https://open.example") if following else ""
    assert seen == [feature["id"] for feature in every]
    west, south, east, north = 126.95, 37.5, 127.05, 37.6
    box = told(
        server,
        f"/api/ogc/collections/fire.station/items?limit=1000&bbox={west},{south},{east},{north}",
    )
    inside = [
        f["id"]
        for f in every
        if f["geometry"]
        and west <= f["geometry"]["coordinates"][0] <= east
        and south <= f["geometry"]["coordinates"][1] <= north
    ]
    assert [f["id"] for f in box["features"]] == inside
    assert 0 < len(inside) < len(every)


def test_a_box_over_the_date_line_holds_both_its_sides(server: PublicServer) -> None:
    path = "/api/ogc/collections/areas/items?limit=1000&bbox="
    assert told(server, path + "100,30,130,40")["numberMatched"] == 25
    assert told(server, path + "130,30,127.0,40")["numberMatched"] > 0
    assert told(server, path + "130,30,100,40")["numberMatched"] == 0
    assert told(server, path + "100,-40,130,-30")["numberMatched"] == 0


def test_features_are_found_by_time(server: PublicServer) -> None:
    path = "/api/ogc/collections/fire.station/items?limit=1&datetime="
    whole = told(server, "/api/ogc/collections/fire.station/items?limit=1")["numberMatched"]
    assert told(server, path + "../2030-01-01")["numberMatched"] == whole
    assert told(server, path + "2030-01-01/..")["numberMatched"] == 0
    assert told(server, path + "2018-03-15/2018-03-17")["numberMatched"] == whole
    assert server.get(path + "yesterday").status == 400


def test_polygons_of_areas_are_closed_and_lie_in_the_city(server: PublicServer) -> None:
    for feature in told(server, "/api/ogc/collections/areas/items?limit=30")["features"]:
        rings = feature["geometry"]["coordinates"]
        flat = rings if feature["geometry"]["type"] == "Polygon" else [r for p in rings for r in p]
        for ring in flat:
            assert ring[0] == ring[-1]
            assert all(126 < lon < 128 and 37 < lat < 38 for lon, lat in ring)


def test_entities_are_found_by_type_id_and_attribute(server: PublicServer) -> None:
    base = "/ngsi-ld/v1/entities"
    answer = server.get(f"{base}?type=AdministrativeArea&count=true&limit=5")
    assert answer.headers["NGSILD-Results-Count"] == "25"
    assert "context.jsonld" in answer.headers["Link"]
    area = json.loads(answer.body)[0]
    assert area["location"]["type"] == "GeoProperty"
    assert told(server, f"{base}/{area['id']}") == area
    assert told(server, f"{base}?id={area['id']}") == [area]
    short = told(server, f"{base}/{area['id']}?options=keyValues&attrs=name")
    assert short.keys() == {"id", "type", "name"}
    (figure,) = told(server, f"{base}?id=urn:ngsi-ld:KeyPerformanceIndicator:pm25")
    assert figure["currentValue"]["observedAt"].endswith("Z")
    words = {
        word
        for context in told(server, "/ngsi-ld/v1/context.jsonld")["@context"][:1]
        for word in context
    }
    assert words >= figure.keys() - {"id", "type"}


# ---- how it is sent


def test_an_answer_is_sent_once_and_then_found_to_be_as_it_was(server: PublicServer) -> None:
    answer = server.get("/api/readings")
    again = server.get("/api/readings", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == answer.headers["ETag"]
    assert "public, max-age=" in answer.headers["Cache-Control"]
    packed = server.get("/api/readings", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != answer.headers["ETag"]
    assert gzip.decompress(packed.body) == answer.body


def test_what_is_decided_takes_kept_answers_away_at_once(tmp_path: Path) -> None:
    with public_server(tmp_path, rows=few) as server:
        assert "pm25" in server.get("/api/indicators").text
        ledger = Ledger.open(tmp_path / LEDGER, NOW_MS)
        why = Text("시험", "a test")
        ledger.decide(Decided("d", NOW_MS, "indicators", "pm25", "restricted", why))
        ledger.close()
        assert server.door.look()
        assert "pm25" not in server.get("/api/indicators").text
        assert server.get("/api/figures/pm25").status == 404


def test_whoever_asks_too_much_is_told_when_to_come_again(tmp_path: Path) -> None:
    limits = Limits((1000.0, 1000), (1.0, 3), (1000.0, 1000), (1.0, 2))
    with public_server(tmp_path, rows=few, limits=limits) as server:
        me = {"X_Forwarded_For": "spoofed, 192.0.2.7"}
        assert [server.get("/api/city", **me).status for _ in range(3)] == [200] * 3
        refused = server.get("/api/city", **me)
        assert refused.status == 429
        assert refused.headers["Retry-After"] == "1"
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert server.get("/api/city", X_Forwarded_For="192.0.2.8").status == 200
        assert server.get("/ko/nowhere", **me).text.count("\n") == 2  # plain words, both languages
        server.clock.advance(1000)
        assert server.get("/api/city", **me).status == 200


def test_what_has_to_be_made_is_limited_more_than_what_is_kept(tmp_path: Path) -> None:
    limits = Limits((1000.0, 1000), (1000.0, 1000), (1000.0, 1000), (1.0, 2))
    with public_server(tmp_path, rows=few, limits=limits) as server:
        me = {"X_Forwarded_For": "192.0.2.7"}
        made = [server.get(f"/api/items?limit={n}", **me) for n in (1, 2, 3)]
        assert [answer.status for answer in made] == [200, 200, 429]
        assert made[2].headers["Content-Type"] == "application/problem+json"
        assert server.get("/api/items?limit=1", **me).status == 200
        assert server.get("/ko/about", **me).status == 429


@pytest.mark.parametrize(
    ("peer", "said", "reader"),
    [
        ("127.0.0.1", "", ""),
        ("::1", "9.9.9.9, 192.0.2.7", "192.0.2.7"),
        ("203.0.113.5", "192.0.2.7", "203.0.113.5"),  # anybody may write what they like
        ("203.0.113.9", "192.0.2.7", "192.0.2.7"),
        ("203.0.113.9", "", ""),
    ],
)
def test_only_a_proxy_is_believed_who_asks(peer: str, said: str, reader: str) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": said} if said else {})
    asked = request.clone(remote=peer)
    assert reader_of(asked, {"203.0.113.9"}) == reader
