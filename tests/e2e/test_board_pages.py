"""A board's page in a real browser under fingers: it fits, goes on, begins anew, says when it is
cut off, and nothing but a press on it moves it."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from kiosk.settings import Settings
from kiosk.settings.model import PublicSettings
from tests.helpers.axe import findings
from tests.helpers.chromium import Chromium, find_chromium
from tests.helpers.public_server import PublicServer, public_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="no chromium on this machine"),
]

SIZES = ((1080, 1920), (1920, 1080), (2160, 3840), (3840, 2160))
SECTIONS = ("traffic", "air", "safety")
LEAST_LETTER = 0.024  # of the shorter side: 17 mm of 685 on a screen of 55 inches
PRESSES = 0.085  # of the shorter side: what a finger presses without looking twice

STICKS_OUT = """
const whole = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
const across = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1;
const inside = (a, b) => across(a, b) && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
const told = "h1, h2, .b-value, .b-age, .tag, .b-grade, .b-classes span, .b-note, .b-clock, a, .qr";
const never = ".b-value, .b-age, .b-note, a, h1, .tag, .b-grade";
const wrong = [];
for (const one of document.querySelectorAll(told)) {
  const box = one.getBoundingClientRect(), words = one.textContent.trim();
  const held = one.closest(".b-tile, .b-map, .b-list, header, footer").getBoundingClientRect();
  if (!inside(box, whole) || !inside(box, held)) wrong.push([one.className, words, "outside"]);
  const cut = one.clientWidth && one.scrollWidth > one.clientWidth + 1;
  if (one.matches(never) && cut) wrong.push([one.className, words, "cut off"]);
}
if (document.scrollingElement.scrollHeight > innerHeight + 1) wrong.push("it scrolls");
return wrong;
"""
SMALLEST = """
const short = Math.min(innerWidth, innerHeight), left = ".unseen, svg, [hidden]";
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let least = 1;
while (walk.nextNode()) {
  const box = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || box.closest(left) || !box.getClientRects().length) continue;
  least = Math.min(least, parseFloat(getComputedStyle(box).fontSize) / short);
}
return least;
"""
PRESSED = """
const short = Math.min(innerWidth, innerHeight);
const sides = [...document.querySelectorAll("a")].map((a) => [a.offsetWidth, a.offsetHeight]);
return Math.min(...sides.flat()) / short;
"""
LATER = """
const now = performance.now.bind(performance), by = arguments[0];
performance.now = () => now() + by;
"""
CUT = "window.whole = window.fetch; window.fetch = () => Promise.reject(new TypeError('cut'));"
MENDED = "window.fetch = window.whole;"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    told = msgspec.structs.replace(Settings(), public=PublicSettings(url="https://open.example"))
    with public_server(tmp_path_factory.mktemp("public"), told) as made:
        yield made


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("browser"), size=SIZES[0]) as made:
        yield made


@pytest.fixture
def board(browser: Chromium, server: PublicServer) -> Chromium:
    browser.turn(SIZES[0])
    browser.open(f"{server.url}/ko/board/traffic")
    browser.complaints()
    return browser


def section(board: Chromium) -> str:
    return str(board.script("return document.querySelector('[aria-current]').href")).rpartition(
        "/"
    )[2]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_everything_has_its_place_and_is_read_from_afar(
    board: Chromium, server: PublicServer, size: tuple[int, int]
) -> None:
    board.turn(size)
    for language in ("ko", "en"):
        for name in SECTIONS:
            board.open(f"{server.url}/{language}/board/{name}")
            where = f"{language} {name}"
            board.script("return document.fonts.ready")
            assert board.script(STICKS_OUT) == [], where
            assert board.script(SMALLEST) >= LEAST_LETTER, where
            assert board.script(PRESSED) >= PRESSES, where
            tags = board.script("return document.querySelectorAll('.b-tile .tag').length")
            assert tags == 4, "every figure of the demonstration is marked"
            if size == SIZES[0]:
                assert findings(board) == [], where
    assert board.complaints() == []


def test_what_sticks_out_is_found(board: Chromium) -> None:
    board.script("for (const one of document.querySelectorAll('.b-value')) one.className = 'big'")
    board.script("document.querySelector('.b-tile .big').classList.add('b-value')")
    assert board.script(STICKS_OUT) == []
    board.script("document.querySelector('.b-value').append('0.0220000 µg/m³')")
    assert "cut off" in board.script(STICKS_OUT)[-1]


def test_a_section_and_the_language_are_chosen_by_finger(board: Chromium) -> None:
    before = board.script("return history.length")
    board.tap(".b-sections a:nth-child(3)")
    board.wait_for("h1", "안전")
    board.tap(".b-language a")
    board.wait_for("h1", "Safety")
    assert board.script("return document.documentElement.lang") == "en"
    assert board.script("return location.pathname") == "/en/board/safety"
    assert board.script("return history.length") == before, "there is nothing to go back to"


def test_left_alone_it_begins_anew_in_the_citys_language(board: Chromium) -> None:
    board.tap(".b-sections a:nth-child(2)")
    board.wait_for("h1", "공기")
    board.tap(".b-language a")
    board.wait_for("h1", "Air")
    board.script(LATER, 61_000)
    board.wait_for("h1", "교통")


def test_untouched_it_goes_on_to_the_next_section(board: Chromium) -> None:
    for name in ("공기", "안전", "교통"):
        board.script(LATER, 21_000)
        board.wait_for("h1", name)


def test_cut_off_it_keeps_its_figures_says_so_and_comes_back(board: Chromium) -> None:
    shown = board.text(".b-value")
    board.script(CUT)
    board.tap(".b-sections a:nth-child(2)")
    said = board.wait_for("#cut", "연결이 끊겼습니다")
    assert "방금" in said
    assert board.text(".b-value") == shown
    board.script("Date.now = ((now) => () => now() + 5 * 60000)(Date.now.bind(Date))")
    board.wait_for("#cut", "5분 전")
    assert "방금" not in board.text("main"), "what was just now is not any more"
    board.script(MENDED)
    board.tap(".b-sections a:nth-child(2)")
    board.wait_for("h1", "공기")
    assert board.script("return document.getElementById('cut').hidden")


def test_an_answer_that_is_no_board_is_not_shown(board: Chromium) -> None:
    board.script(
        "window.whole = window.fetch; window.fetch = async () => "
        "new Response('<html><body>elsewhere</body></html>', {status: 200});"
    )
    board.tap(".b-sections a:nth-child(3)")
    board.wait_for("#cut", "연결이 끊겼습니다")
    assert "elsewhere" not in board.text()


def fingers(board: Chromium, *moves: tuple[tuple[float, float], ...]) -> None:
    """Touch points from step to step; none of them lifts all."""
    kinds = ["touchStart", *["touchMove"] * (len(moves) - 1)]
    for kind, points in zip(kinds, moves, strict=True):
        told: list[dict[str, Any]] = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        board.devtools("Input.dispatchTouchEvent", type=kind, touchPoints=told)
    board.devtools("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])


def test_no_gesture_of_fingers_moves_or_enlarges_it(board: Chromium) -> None:
    board.script(
        "window.seen = []; for (const kind of ['contextmenu', 'dragstart']) addEventListener(kind, "
        "(event) => seen.push([kind, event.defaultPrevented]));"
    )
    apart = [((540 - d, 900.0), (540 + d, 900.0)) for d in (40.0, 160.0, 320.0, 480.0)]
    fingers(board, *apart)  # two fingers apart, and together
    fingers(board, *reversed(apart))
    for x0, y0, x1, y1 in ((1, 900, 900, 900), (1079, 900, 100, 900), (540, 1, 540, 1500)):
        steps = [((x0 + (x1 - x0) * n / 5, y0 + (y1 - y0) * n / 5),) for n in range(6)]
        fingers(board, *steps)
    fingers(board, ((540, 1919),), ((540, 900),), ((540, 100),))
    for _ in range(2):  # twice on the same place
        fingers(board, ((300, 500),))
    assert board.script("return visualViewport.scale") == 1
    assert board.script("return [scrollX, scrollY, visualViewport.offsetTop]") == [0, 0, 0]
    assert board.script("return String(getSelection())") == ""
    assert all(prevented for _, prevented in board.script("return seen"))
    assert section(board) == "traffic"
    board.tap(".b-sections a:nth-child(2)")
    board.wait_for("h1", "공기")


def test_the_code_leads_home_to_the_same_figure(board: Chromium, server: PublicServer) -> None:
    source = str(board.script("return document.querySelector('.qr').src"))
    assert source == f"{server.url}/share/indicators/traffic-speed/ko.svg"
    assert server.get("/share/indicators/traffic-speed/ko.svg").status == 200
