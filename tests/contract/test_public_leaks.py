"""Nothing that is not public leaves: every address of the edition is read with canaries in whatever
is hidden, and again with others. No canary may be seen, and no answer may be another: what does not
depend on a secret can't tell of it, be it a page, a picture, a table or an ETag."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec
import pytest
from aiohttp import web

from kiosk.cache.files import LEDGER
from kiosk.cache.ledger import Ledger
from kiosk.core.disclosure import Disclosure
from kiosk.pack import here, load_here, use
from kiosk.pack.disclosure import Rules, load_rules
from kiosk.public.pages.sections import SECTIONS
from kiosk.public.server import every_route
from kiosk.settings import Settings
from kiosk.settings.model import CitySettings
from kiosk.wire.city import (
    CITY_AREA,
    Camera,
    Complaint,
    Item,
    Latest,
    Observation,
    OrderStatus,
    Place,
    Row,
)
from kiosk.wire.messages import Device
from kiosk.wire.orders import Order
from tests.helpers.canaries import ONE, OTHER, Canary, seeded
from tests.helpers.city import indicator
from tests.helpers.panel_city import NOW_MS
from tests.helpers.public_city import demo_rows
from tests.helpers.public_server import Answer, PublicServer, public_server

HARBOUR = Settings(city=CitySettings(pack="ternharbour"))
BASE = "https://open.example"
SECRET = "secret-thing"
"""The id of what is hidden as a whole; whoever asks for it has it already."""
LINK = re.compile(rb"""(?:href|src|action)="(/[^"]*)"|""" + BASE.encode() + rb"""(/[^"\s<>\\]*)""")
STARTS = (
    *("/", "/robots.txt", "/sitemap.txt", "/ko", "/en", "/api/", "/api/openapi.json"),
    *(
        "/board",
        *(f"/{language}/{path}" for language in ("ko", "en") for path in ("board", "guess")),
    ),
    *(f"/{language}/search?q=a" for language in ("ko", "en")),
    *(f"/ko/indicators/{SECRET}", f"/api/indicators/{SECRET}", f"/api/figures/{SECRET}"),
    *(f"/api/figures/{SECRET}/areas", f"/ko/items/{SECRET}", f"/api/items/{SECRET}"),
    *(f"/api/items?kind={SECRET}", f"/api/items?parent={SECRET}", f"/api/places?kind={SECRET}"),
    *(f"/api/ogc/collections/{SECRET}/items", f"/ko/guess/{SECRET}"),
    f"/ngsi-ld/v1/entities/urn:ngsi-ld:KeyPerformanceIndicator:{SECRET}",
    f"/share/indicators/{SECRET}/ko.png",
    *("/nowhere", "/ko/nowhere", "/api/nowhere", "/assets/../../etc/passwd"),
)


def secrets(canary: Canary) -> Iterator[Row]:
    """What a wall has beside the demonstration's rows, and nobody outside may have."""
    word, t_ms = canary.word, NOW_MS - 60_000
    yield msgspec.structs.replace(
        indicator(SECRET), title=canary.text, method=canary.text, owner=canary.text
    )
    for area in (CITY_AREA, *here().codes):
        row = Observation(SECRET, area, t_ms, canary.number, False, note=canary.text)
        yield from (row, Latest(row))
    yield Item(SECRET, SECRET, canary.text, summary=canary.text, owner=canary.text)
    yield Place(SECRET, "s", SECRET, word, address=word, phone=word, lat=0.0, lon=0.0)
    yield Camera(
        "c",
        1,
        canary.text,
        0.0,
        0.0,
        "",
        "road",
        f"rtsp://{word}/",
        False,
        login=word,
        tags=(word,),
    )
    order = Order("o", t_ms, word, word, word)
    yield OrderStatus("o", order, "sent", t_ms, by=word, answer=word)
    for n, district in enumerate(here().codes * 9):
        yield Complaint(
            f"c-{n}", "s", "complaint.noise", word, word, t_ms, t_ms,
            district=district, agency=word, address=word, media=word, lat=0.0, lon=0.0,
        )  # fmt: skip


def rows(canary: Canary, disclosure: Disclosure) -> Iterator[Row]:
    yield from seeded(demo_rows(HARBOUR), disclosure, canary)
    yield from secrets(canary)


def written(folder: Path, canary: Canary) -> None:
    """The ledger of the same machine, which the edition opens."""
    ledger = Ledger.open(folder / LEDGER, NOW_MS)
    ledger.save_device(Device("d", canary.word, "mayor", canary.word, NOW_MS, NOW_MS))
    ledger.close()


def served(stack: ExitStack, folder: Path, canary: Canary, disclosure: Disclosure) -> PublicServer:
    folder.mkdir()
    written(folder, canary)
    return stack.enter_context(public_server(folder, HARBOUR, lambda: rows(canary, disclosure)))


def links(answer: Answer) -> Iterator[str]:
    onward = answer.headers.get("Location", "").removeprefix(BASE)
    if onward:
        yield onward
    for own, whole in LINK.findall(answer.body):
        path = (own or whole).decode().replace("&amp;", "&").partition("#")[0]
        parts = urlsplit(path)
        if parts.path != "/live":
            yield quote(parts.path, safe="/%:~") + (f"?{parts.query}" if parts.query else "")


def shape(path: str) -> tuple[object, ...]:
    """What sort of address it is: its beginning, its length, what it asks. A page's theme is
    another only of the page as it is led to first."""
    parts = urlsplit(path)
    steps = parts.path.strip("/").split("/")
    asked = sorted(question.partition("=")[0] for question in parts.query.split("&"))
    asked = [name for name in asked if name != "theme"] or asked
    return (*steps[:2], len(steps), steps[-1].rpartition(".")[2][:4], *asked)


def crawled(server: PublicServer, starts: tuple[str, ...], most: int) -> dict[str, Answer]:
    """Addresses that are led to, the nearest first, so many of each sort; all that are given."""
    found: dict[str, Answer] = {}
    waiting, sorts = list(dict.fromkeys(starts)), Counter[tuple[object, ...]]()
    while waiting:
        path = waiting.pop(0)
        if path in found or (sorts[shape(path)] >= most and path not in starts):
            continue
        sorts[shape(path)] += path not in starts
        found[path] = answer = server.get(path)
        waiting += [link for link in dict.fromkeys(links(answer)) if link not in found]
    return found


def telling(answers: dict[str, Answer], canary: Canary) -> list[str]:
    """Addresses whose answers hold a canary."""
    return [
        path
        for path, answer in answers.items()
        if any(mark in answer.body for mark in canary.marks)
        or any(mark.decode() in str(answer.headers) for mark in canary.marks)
    ]


UNREAD = {"/live"}
"""A stream without end, which says that something is new and nothing else."""


def pattern(route: web.RouteDef) -> Callable[[str], object]:
    """Whether a path is one of a route's."""
    parts = re.split(r"\{(\w+(?::[^{}]*)?)\}", route.path)
    made = [
        f"(?:{part.partition(':')[2] or '[^/]+'})" if n % 2 else re.escape(part)
        for n, part in enumerate(parts)
    ]
    return re.compile("".join(made)).fullmatch


def empty(disclosure: Disclosure) -> set[str]:
    """Routes of sections of which the city has nothing that is public."""
    kinds = {kind for kind in disclosure.things("items") if disclosure.public("items", kind)}
    return {
        f"/{{language:ko|en}}/{section.path}"
        for section in SECTIONS
        if not kinds.intersection(section.kinds)
    }


@pytest.fixture(scope="module")
def harbour() -> Iterator[Disclosure]:
    before = here()
    use(load_here(HARBOUR))
    yield Disclosure(load_rules(HARBOUR))
    use(before)


def examples(answers: dict[str, Answer]) -> Iterator[str]:
    """Addresses of the open data with something that there is in their paths."""
    document = msgspec.json.decode(answers["/api/openapi.json"].body)
    for path, told in document["paths"].items():
        filled = path
        for parameter in told["get"]["parameters"]:
            if parameter["in"] == "path":
                name = f"{{{parameter['name']}}}"
                filled = filled.replace(name, quote(parameter["example"], safe=""))
        yield filled
        if "text/csv" in told["get"]["responses"]["200"]["content"]:
            yield f"{filled}?format=csv"


@pytest.mark.parametrize(
    "most",
    [pytest.param(1, marks=pytest.mark.slow), pytest.param(1000, marks=pytest.mark.long)],
    ids=["some of each sort", "every address"],
)
def test_no_secret_is_seen_anywhere_and_no_answer_depends_on_one(
    tmp_path: Path, harbour: Disclosure, caplog: pytest.LogCaptureFixture, most: int
) -> None:
    with ExitStack() as stack, caplog.at_level(logging.DEBUG, "kiosk"):
        one = served(stack, tmp_path / "one", ONE, harbour)
        other = served(stack, tmp_path / "other", OTHER, harbour)
        document = {"/api/openapi.json": one.get("/api/openapi.json")}
        found = crawled(one, (*STARTS, *examples(document)), most)
        print(f"{len(found)} addresses")
        assert telling(found, ONE) == []
        differing = []
        for path, answer in found.items():
            again = other.get(path)
            if (again.status, again.body, again.headers.get("ETag")) != (
                answer.status,
                answer.body,
                answer.headers.get("ETag"),
            ):
                differing.append(path)
        assert differing == []
    assert not any(mark.decode() in caplog.text for mark in ONE.marks)
    read = [urlsplit(path).path for path, answer in found.items() if answer.status < 400]
    unread = [route.path for route in every_route() if not any(map(pattern(route), read))]
    assert set(unread) <= UNREAD | empty(harbour)
    assert len(found) > 150
    assert {answer.status for answer in found.values()} <= {200, 302, 400, 404}


TAKEN_OFF = (
    "indicators.method",
    "items.summary",
    "sources.licence",
    "places.phone",
    "districts.name",
)


@pytest.mark.slow
def test_a_field_that_is_taken_off_the_list_but_still_told_is_found(
    tmp_path: Path, harbour: Disclosure
) -> None:
    """The search for leaks finds one: of fields that are hidden by one list and told by another."""
    kept = {key: rule for key, rule in harbour.files.rules.items() if key[1] not in TAKEN_OFF}
    fewer = Disclosure(Rules(kept, harbour.files.small))
    starts = ("/api/indicators", "/api/items", "/api/sources", "/api/places", "/api/areas", "/ko")
    with ExitStack() as stack:
        server = served(stack, tmp_path / "one", ONE, fewer)
        found = telling({path: server.get(path) for path in starts}, ONE)
    assert found == list(starts)
