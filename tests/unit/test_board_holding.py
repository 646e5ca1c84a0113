"""What holds a board: what is passed on, what is put right, where a board may look at all."""

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.public.pages.board import sections_of, shown
from kiosk.settings import Settings
from kiosk.tools.board import checked, main
from kiosk.tools.board.browser import Target
from kiosk.tools.board.holder import PASSED, Holder
from kiosk.tools.board.keeper import failed, is_board, judge
from tests.helpers.public_server import PublicServer, public_server

BEGIN = "http://127.0.0.1:40001/board"
BOARD = Target("a", "page", "http://127.0.0.1:40001/ko/board/air", "공기")
OUT = Target("b", "page", "chrome://settings/", "Settings")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("https://open.city.example", "https://open.city.example"),
        ("open.city.example", "https://open.city.example"),
        ("https://open.city.example:8443/board", "https://open.city.example:8443"),
        ("http://127.0.0.1:8480/", "http://127.0.0.1:8480"),
        ("http://[::1]:8480", "http://[::1]:8480"),
    ],
)
def test_an_edition_is_named_by_its_address(said: str, expected: str) -> None:
    assert checked(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("http://open.city.example", "https is expected"),
        ("ftp://open.city.example", "such as https"),
        ("https://user:word@open.city.example", "such as https"),
        ("https://open.city.example/ko/about", "the edition's address alone"),
        ("https://open.city.example?x=1", "the edition's address alone"),
        ("https://open.city.example:99999", "a port"),
        ("https://", "such as https"),
    ],
)
def test_any_other_address_is_refused_in_words(
    said: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match=expected):
        checked(said)
    assert main(["--url", said]) == 2
    assert expected in capsys.readouterr().err


def test_a_board_alone_is_left_alone() -> None:
    assert not judge([BOARD], BEGIN).any
    inside = Target("c", "iframe", "about:blank")
    assert not judge([inside, BOARD], BEGIN).any


def test_whatever_else_comes_up_is_closed_and_the_oldest_board_stays() -> None:
    newer = BOARD._replace(id="n")
    window = Target("w", "browser_ui", "chrome://omnibox-popup.top-chrome/")
    wrong = judge([newer, OUT, window, BOARD], BEGIN)
    assert wrong.close == (newer, OUT, window)
    assert wrong.lead is None


@pytest.mark.parametrize(
    "page",
    [
        OUT,
        Target("e", "page", "http://127.0.0.1:40001/ko", "Home"),
        Target("e", "page", "http://127.0.0.1:40002/ko/board/air", "another holder's"),
        Target("e", "page", "http://127.0.0.1:40001.evil.example/ko/board/air", "x"),
        Target("e", "page", "view-source:http://127.0.0.1:40001/ko/board/air", "x"),
        Target("e", "page", "http://127.0.0.1:40001/ko/board/air", "127.0.0.1"),
    ],
)
def test_a_page_that_is_no_board_is_led_back(page: Target) -> None:
    wrong = judge([page], BEGIN)
    assert wrong.lead == page
    assert not wrong.gone


def test_without_a_page_there_is_nothing_to_lead() -> None:
    assert judge([], BEGIN).gone
    assert judge([Target("w", "browser_ui", "chrome://x")], BEGIN).gone


@given(
    st.lists(
        st.builds(
            Target,
            st.text("abc", min_size=1),
            st.sampled_from(("page", "iframe", "browser_ui", "tab", "worker")),
            st.sampled_from((BOARD.url, OUT.url, "about:blank", "")),
            st.sampled_from(("", "공기", "127.0.0.1")),
        ),
        max_size=6,
        unique_by=lambda target: target.id,
    )
)
def test_after_it_is_put_right_one_board_is_left(targets: list[Target]) -> None:
    wrong = judge(targets, BEGIN)
    left = [t for t in targets if t not in wrong.close]
    if wrong.lead is not None:
        left = [t._replace(url=BEGIN, title="") if t is wrong.lead else t for t in left]
    pages = [t for t in left if t.kind == "page"]
    if not wrong.gone:
        assert len(pages) == 1
        assert is_board(pages[0].url, BEGIN)
        assert not failed(pages[0], BEGIN)
        assert not judge(left, BEGIN).any


@given(st.text(max_size=60))
def test_only_pages_of_the_board_are_asked_of_the_edition(path: str) -> None:
    if PASSED.fullmatch(path):
        assert path.startswith(("/board", "/ko/board", "/en/board", "/assets/", "/share/"))
        assert ".." not in path.split("/")
        assert "//" not in path


# ---- the holder before a real edition


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    with public_server(tmp_path_factory.mktemp("public")) as made:
        yield made


def asked(url: str, path: str, method: str = "GET", proxy: bool = False) -> tuple[int, str, str]:
    """Status, place and text of what the holder answers; `path` whole where it is the proxy."""

    async def ask() -> tuple[int, str, str]:
        async with Holder(url) as holder, aiohttp.ClientSession() as client:
            target = path if proxy else holder.origin + path
            through = holder.origin if proxy else None
            async with client.request(
                method, target, proxy=through, allow_redirects=False
            ) as answer:
                place = answer.headers.get("Location", "").replace(holder.origin, "HOLDER")
                return answer.status, place, await answer.text(errors="replace")

    return asyncio.run(ask())


def test_a_page_of_the_board_is_passed_on(server: PublicServer) -> None:
    status, _, text = asked(server.url, "/ko/board/air")
    assert status == 200
    assert 'class="board"' in text
    assert asked(server.url, "/board")[:2] == (302, "/ko/board/traffic")


@pytest.mark.parametrize(
    "path",
    ["/", "/ko", "/ko/indicators/pm25", "/api/", "/live", "/ko/board/../about", "/etc/passwd"],
)
def test_anything_else_leads_to_the_board(server: PublicServer, path: str) -> None:
    status, place, text = asked(server.url, path)
    assert (status, place) == (302, "HOLDER/board")
    assert text == ""


def test_nothing_can_be_sent(server: PublicServer) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert asked(server.url, "/ko/board/air", method)[0] == 405


def test_as_a_proxy_it_reaches_no_other_host(server: PublicServer) -> None:
    for target in ("http://example.org/", "http://127.0.0.1:1/board", f"{server.url}/ko"):
        assert asked(server.url, target, proxy=True)[:2] == (302, "HOLDER/board")


def test_without_an_edition_it_says_so_and_the_page_asks_again() -> None:
    status, _, text = asked("http://127.0.0.1:1", "/board")
    assert status == 503
    assert "연결을 기다리고 있습니다" in text
    assert "Waiting for the connection" in text
    assert asked("http://127.0.0.1:1", "/hold/wait.js")[2].count("preventDefault") == 1
    assert asked("http://127.0.0.1:1", "/assets/board.js")[0] == 503


def test_the_page_shown_in_public_is_made_of_what_is_public_alone(server: PublicServer) -> None:
    for section in ("traffic", "air", "safety"):
        text = server.get(f"/en/board/{section}").text
        assert text.count('class="b-tile"') == 4
        assert "simulated" in text
        links = {part.split('"')[0] for part in text.split('href="')[1:]}
        leads = {link for link in links if not link.startswith("/assets/")}
        assert leads == {
            *(f"/en/board/{name}" for name in ("traffic", "air", "safety")),
            f"/ko/board/{section}",
        }
    assert server.get("/ko/board/complaints").status == 404


def test_a_city_that_discloses_nothing_of_it_has_no_board() -> None:

    assert [section.id for section in sections_of(Settings())] == ["traffic", "air", "safety"]
    assert shown(Settings(), ()) == {}
