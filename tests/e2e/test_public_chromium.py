"""The public pages in a real headless Chromium: for eyes, screen readers, keyboards, large text."""

from collections.abc import Iterator

import pytest

from kiosk.public.pages.sections import SECTIONS
from kiosk.wire.city import Latest, Observation
from tests.helpers.axe import findings
from tests.helpers.chromium import ENTER, TAB, Chromium, find_chromium
from tests.helpers.public_server import PublicServer, public_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium and chromedriver here"),
]
PAGES = (
    "",
    "/indicators",
    "/indicators/dispatch-119?by=year",
    "/indicators/population?area=11680",
    "/indicators/population/2024-Q4",
    "/districts",
    "/districts/11680",
    *(f"/{section.path}" for section in SECTIONS[::3]),
    *(pytest.param(f"/{s.path}", marks=pytest.mark.long) for n, s in enumerate(SECTIONS) if n % 3),
    "/items/vision-safe",
    "/complaints",
    "/sources",
    "/about",
    "/search?q=%EA%B3%B5%EA%B8%B0",
    "/guess/population",
    "/guess/population?guess=9000000",
    "/nothing-here",
)
THEMES = ("light", "dark")
PHONE, DESK = (360, 800), (1280, 800)
CUT = """
const shown = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden";
const cut = [...document.querySelectorAll("body *")].filter((e) => shown(e) && !e.closest("svg")
  && !e.closest(".unseen, .scroll") && !e.matches("input")
  && (e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1)
  && getComputedStyle(e).display !== "inline" && e.clientWidth > 0);
const beside = document.documentElement.scrollWidth - document.documentElement.clientWidth;
return [beside, cut.map((e) => e.outerHTML.slice(0, 120))];
"""
WATCH = """
window.wanted = [...document.querySelectorAll("a[href], button, summary, [tabindex='0'], "
  + "input:not([type=hidden])")].filter((e) => e.checkVisibility());
window.hidden_ones = [];
document.addEventListener("focusin", ({ target: e }) => {
  const path = e.matches(".map a") ? e.querySelector("path") : null;
  const { left, right, top, bottom } = (path ?? e).getBoundingClientRect();
  const there = right > left && bottom > top && right > 0 && bottom > 0;
  const style = getComputedStyle(path ?? e);
  const ringed = parseFloat(path ? style.strokeWidth : style.outlineWidth) >= (path ? 6 : 2);
  if (!there || !ringed) window.hidden_ones.push(e.outerHTML.slice(0, 120));
  window.wanted = window.wanted.filter((one) => one !== e);
});
return window.wanted.length;
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    with public_server(tmp_path_factory.mktemp("public")) as server:
        yield server


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("browser"), size=DESK) as browser:
        yield browser


def look(browser: Chromium, server: PublicServer, path: str) -> None:
    browser.open(f"{server.url}{path}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody(browser: Chromium, server: PublicServer, path: str) -> None:
    """In both languages: nothing grave is found, in the light theme or the dark one; nothing is cut
    or beside the screen, on a phone or with text of 200 % on a small laptop."""
    browser.complaints()
    for language in ("ko", "en"):
        browser.turn(DESK)
        look(browser, server, f"/{language}{path}")
        browser.script("document.documentElement.dataset.theme = 'light'")
        assert findings(browser) == [], language
        browser.script("document.documentElement.dataset.theme = 'dark'")
        assert findings(browser, "color-contrast") == [], language
        browser.script("document.documentElement.style.fontSize = '200%'")
        assert browser.script(CUT) == [0, []], language
        browser.turn(PHONE)
        browser.script("document.documentElement.style.fontSize = ''")
        assert browser.script(CUT) == [0, []], language
    browser.turn(DESK)
    assert [line for line in browser.complaints() if "404" not in line] == []


def test_the_theme_of_an_address_is_the_pages(browser: Chromium, server: PublicServer) -> None:
    grounds = []
    for theme in THEMES:
        look(browser, server, f"/ko?theme={theme}")
        grounds.append(browser.script("return getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(245, 243, 239)", "rgb(18, 21, 24)"]


def test_what_is_grave_is_found(browser: Chromium, server: PublicServer) -> None:
    look(browser, server, "/ko")
    browser.script("document.querySelector('h2').innerHTML = '<img src=\"/assets/icon.svg\">'")
    assert any("image-alt" in line for line in findings(browser))


@pytest.mark.parametrize("path", ["", "/indicators/population", "/guess/population"])
def test_a_keyboard_reaches_everything(browser: Chromium, server: PublicServer, path: str) -> None:
    """Every link and field in the order of the page, each of them seen to be the one."""
    look(browser, server, f"/ko{path}")
    for _ in range(browser.script(WATCH) + 3):
        browser.press(TAB)
    left, hidden = browser.script(
        "return [wanted.map((e) => e.outerHTML.slice(0, 120)), hidden_ones]"
    )
    assert left == []
    assert hidden == []


def test_enter_opens_a_part_of_the_map(browser: Chromium, server: PublicServer) -> None:
    look(browser, server, "/en")
    browser.script("document.querySelector('.map a[href$=\"11680\"]').focus()")
    browser.press(ENTER)
    browser.wait_for("h1", "Gangnam")


def test_a_figure_changes_in_place_and_is_said(browser: Chromium, server: PublicServer) -> None:
    look(browser, server, "/ko/indicators/pm25")
    browser.wait_for("#live.on", "갱신")
    before = browser.text("[data-live=figure]")
    browser.script("document.body.dataset.same = 'yes'")
    now_ms = server.clock.now_ms()
    server.clock.advance(60_000)
    server.tell(Latest(Observation("pm25", "city", now_ms + 30_000, 77.0, simulated=True)))
    browser.wait_for("[data-live=figure]", "77", timeout_s=15)
    assert "77" not in before
    assert browser.script("return document.body.dataset.same") == "yes"
    browser.wait_for("#told", "77")


def test_the_slider_and_the_number_say_the_same(browser: Chromium, server: PublicServer) -> None:
    look(browser, server, "/ko/guess/population")
    slid = browser.script(
        "const range = document.querySelector('[data-for]'); range.stepUp(7);"
        "range.dispatchEvent(new Event('input')); return range.value"
    )
    assert browser.script("return document.querySelector('#guess').value") == slid
