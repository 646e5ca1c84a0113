"""What every page of the public edition keeps to, read as plain HTTP: no script, no cookie."""

import csv
import io
import re
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from kiosk.public.open_data.tables import cell
from kiosk.public.pages.sections import SECTIONS
from kiosk.wire.city import Observation
from tests.helpers.public_server import PublicServer, public_server

LANGUAGES = ("ko", "en")
PATHS = (
    "",
    "?map=pm25",
    "/indicators",
    "/indicators/pm25",
    "/indicators/pm25?area=11680&by=month",
    "/indicators/population",
    "/indicators/population/2024",
    "/districts",
    "/districts/11680",
    *(f"/{section.path}" for section in SECTIONS),
    "/items/vision-safe",
    "/items/platform",
    "/complaints",
    "/sources",
    "/about",
    "/search?q=%EA%B3%B5%EA%B8%B0",
    "/guess/population",
    "/guess/population?guess=9000000",
    "/nothing-here",
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    with public_server(tmp_path_factory.mktemp("public")) as server:
        yield server


class Read(HTMLParser):
    """What a page has: its elements with their attributes, whether they nest, its ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def links(self) -> set[str]:
        return {a["href"] or "" for tag, a in self.found if tag == "a" and "href" in a}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_and_brings_nothing_from_elsewhere(
    server: PublicServer, language: str, path: str
) -> None:
    answer = server.get(f"/{language}{path}")
    assert answer.status == (404 if path == "/nothing-here" else 200)
    assert "Set-Cookie" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = Read(answer.text)
    assert page.crossed == []
    assert page.open == []
    for tag, attributes in page.found:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes), attributes
        if tag in ("script", "img", "link", "iframe") and tag != "link":
            assert (attributes.get("src") or "").startswith("/")
        if tag == "link" and attributes.get("rel") in ("stylesheet", "icon"):
            assert (attributes.get("href") or "").startswith("/")
    ids = [a["id"] for _, a in page.found if a.get("id")]
    assert len(ids) == len(set(ids))
    assert ("html", {"lang": language}) in page.found
    assert sum(tag == "h1" for tag, _ in page.found) == 1


def test_every_link_leads_somewhere(server: PublicServer) -> None:
    """From the first page on, one of each kind of address; both languages name each other."""
    kinds: dict[str, str] = {}
    for start in ("/ko", "/ko/indicators", "/ko/indicators/pm25", "/ko/pledges", "/en/districts"):
        for link in Read(server.get(start).text).links():
            if link.startswith("/"):
                bare = link.partition("#")[0]
                kinds.setdefault(
                    re.sub(r"[\w-]*\d[\w.-]*|(?<=items/)[\w-]+|(?<=indicators/)[\w-]+", "N", bare),
                    bare,
                )
    assert len(kinds) > 30
    wrong = {link for link in kinds.values() if server.get(link).status != 200}
    assert wrong == set()


def test_the_way_in_is_in_the_readers_language(server: PublicServer) -> None:
    def sent(accepted: str) -> str:
        return server.get("/", Accept_Language=accepted).headers["Location"]

    assert sent("en-GB,en;q=0.9,ko;q=0.5") == "/en"
    assert sent("de,ko;q=0.8,en;q=0.7") == "/ko"
    assert sent("de") == "/ko"
    assert sent("en;q=x,,;") == "/ko"


def test_a_page_names_itself_in_both_languages(server: PublicServer) -> None:
    text = server.get("/ko/indicators/pm25?theme=dark").text
    assert 'hreflang="en" href="https://open.example/en/indicators/pm25"' in text
    assert 'rel="canonical" href="https://open.example/ko/indicators/pm25"' in text
    assert 'content="https://open.example/share/indicators/pm25/ko.png"' in text


def test_the_theme_is_carried_from_link_to_link(server: PublicServer) -> None:
    text = server.get("/ko/indicators?theme=dark").text
    assert '<html lang="ko" data-theme="dark">' in text
    own = [link for link in Read(text).links() if link.startswith(("/ko", "/en"))]
    plain = [link for link in own if "theme=dark" not in link]
    assert plain == ["/ko/indicators"] or sorted(plain) == [
        "/ko/indicators",
        "/ko/indicators?theme=light",
    ]


def test_a_host_that_somebody_makes_up_stands_nowhere(server: PublicServer) -> None:
    assert "evil.example" not in server.get("/ko", Host="evil.example").text


def test_simulated_figures_say_so_and_published_ones_do_not(server: PublicServer) -> None:
    def big(path: str) -> str:
        return server.get(path).text.partition('data-live="figure"')[2].partition("</div>")[0]

    assert "모의" in big("/ko/indicators/pm25")
    assert "모의" not in big("/ko/indicators/population")


def test_each_indicator_says_where_it_comes_from(server: PublicServer) -> None:
    for indicator in server.door.city.indicators()[::6]:
        text = server.get(f"/en/indicators/{indicator.id}").text
        assert indicator.source_name.en.replace("&", "&amp;").replace("'", "&#39;") in text
        assert "<dt>Licence</dt>" in text


def test_an_address_that_names_a_period_shows_it_for_ever(server: PublicServer) -> None:
    path = "/ko/indicators/population/2024-Q4"
    before = server.get(path).text
    figure = server.door.city.series("population")
    assert figure is not None
    last = figure.figures[-1]
    newer = Observation("population", "city", last.t_ms + 7_889_400_000, 1.0, simulated=False)
    server.tell(newer)
    server.clock.advance(7_200_000)  # past what is kept of answers
    assert ">1<" in server.get("/ko/indicators/population").text
    assert _figure(server.get(path).text) == _figure(before)
    assert "2024년 4분기" in before


def _figure(text: str) -> str:
    return text.partition('data-live="figure"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    "named",
    [
        "2024-13",
        "2024-Q5",
        "abcd",
        "20240",
        "2024-02-30",
        "2024-01-01T99:00",
        "0000",
        "1",
        "9999-12-31",
    ],
)
def test_a_time_that_no_calendar_has_is_not_found(server: PublicServer, named: str) -> None:
    assert server.get(f"/ko/indicators/population/{named}").status == 404


@pytest.mark.parametrize("path", ["/ko/indicators/lonely-elderly", "/ko/items/../../x", "/ko/live"])
def test_what_is_not_public_is_not_there(server: PublicServer, path: str) -> None:
    assert server.get(path).status in (400, 404)


# ---- what can be taken away


def test_a_file_of_each_chart(server: PublicServer) -> None:
    told = server.get("/share/indicators/population/ko.csv")
    assert told.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(told.body.decode("utf-8-sig"))))
    assert len(rows) > 10
    assert rows[-2]["단위"] == "명"
    areas = server.get("/share/indicators/population/en.csv?part=areas").body.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(areas)))) == len(server.door.city.areas())
    assert server.get("/share/indicators/population/ko.csv?part=x").status == 404


def test_no_cell_is_a_formula() -> None:
    assert cell("=1+1") == "'=1+1"
    assert cell("@x") == "'@x"
    assert cell("서울") == "서울"


@pytest.mark.parametrize("path", ["home", "indicators/pm25", "indicators/population/2024-Q4"])
def test_the_picture_of_a_link_is_as_large_as_it_says(server: PublicServer, path: str) -> None:
    body = server.get(f"/share/{path}/ko.png").body
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", body[16:24]) == (1200, 630)
    assert len(body) < 300_000


def test_a_code_holds_the_address_of_its_page(server: PublicServer) -> None:
    text = server.get("/share/indicators/pm25/2025-05/en.svg?area=11680&theme=dark").text
    assert "<title>https://open.example/en/indicators/pm25/2025-05?area=11680</title>" in text
    assert server.get(f"/share/{'x' * 200}/ko.svg").status == 404


# ---- a guess


def test_a_guess_is_asked_before_it_is_told(server: PublicServer) -> None:
    asked = server.get("/ko/guess/crimes").text
    told = server.get("/ko/guess/crimes?guess=1,000")
    truth = re.search(r'<p class="big"><span class="number">([\d,.]+)<', told.text)
    assert truth is not None
    assert truth[1] not in asked
    assert "짐작이 더 작았습니다" in told.text
    assert told.headers["Cache-Control"] == "no-store"
    right = server.get(f"/ko/guess/crimes?guess={truth[1]}").text
    assert "맞혔습니다" in right


@pytest.mark.parametrize("typed", ["많이", "1e999", "nan", "1" * 40, "<script>"])
def test_what_is_no_number_is_asked_again(server: PublicServer, typed: str) -> None:

    text = server.get(f"/ko/guess/crimes?guess={quote(typed)}").text
    assert 'aria-invalid="true"' in text
    assert "<script>" not in text.partition("<main")[2]


# ---- finding, and the rest


def test_things_are_found_by_initials_and_slips(server: PublicServer) -> None:
    def found(text: str) -> str:

        return server.get(f"/ko/search?q={quote(text)}").text.partition("<main")[2]

    assert "/ko/districts/11680" in found("ㄱㄴㄱ")
    assert "/ko/indicators/pm25" in found("초미세먼지")
    assert "그런 이름은 없습니다" in found("없는이름임")


def test_complaints_are_counts_and_nothing_else(server: PublicServer) -> None:
    city = server.door.city.complaints()
    assert city is not None
    text = server.get("/ko/complaints").text
    assert f"{city.least}건보다 적은" in text


def test_the_home_page_is_light(server: PublicServer) -> None:
    """The page with all it loads but its font, packed as browsers ask for it."""
    packed = {"Accept_Encoding": "gzip"}
    page = server.get("/ko", **packed)
    assert page.headers["Content-Encoding"] == "gzip"
    text = server.get("/ko").text
    loads = re.findall(r'(?:src|href)="(/assets/[^"]+|/share/[^"]+)"', text)
    assert len(loads) >= 3
    weight = len(page.body) + sum(len(server.get(one, **packed).body) for one in loads)
    assert weight <= 150_000


def test_files_are_kept_by_the_browser_as_long_as_they_are_the_same(server: PublicServer) -> None:
    text = server.get("/ko").text
    style = re.search(r'href="(/assets/style\.css\?v=\w+)"', text)
    assert style is not None
    assert "immutable" in server.get(style[1]).headers["Cache-Control"]
    assert "immutable" not in server.get("/assets/style.css?v=other").headers["Cache-Control"]
    assert server.get("/assets/../frame.py").status == 404
    font = re.search(r"url\((/assets/city-500\.woff2\?v=\w+)\)", server.get(style[1]).text)
    assert font is not None
    assert server.get(font[1]).headers["Content-Type"] == "font/woff2"


def test_robots_find_every_page_that_stays(server: PublicServer) -> None:
    pages = server.get("/sitemap.txt").text.split()
    assert "https://open.example/en/indicators/pm25" in pages
    assert len(pages) == len(set(pages))
    assert "Disallow: /ko/guess" in server.get("/robots.txt").text


def test_without_a_cache_a_page_says_so_and_asks_again(tmp_path: Path) -> None:
    with public_server(tmp_path, rows=lambda: iter(())) as server:
        (tmp_path / "cache.db").unlink(missing_ok=True)
        for file in tmp_path.glob("cache*"):
            file.unlink()
        answer = server.get("/ko")
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "5"
        assert "준비하고 있습니다" in answer.text
