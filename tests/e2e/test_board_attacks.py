"""A board on a real screen, attacked with a keyboard and a pointer: it stays a board.

After each attack a section is pressed. Only a board that nothing covers and that still listens
then looks as it did while it was untouched: a bubble, a dialog or a window would be in the picture.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.tools.board.browser import find_browser
from tests.helpers.public_server import PublicServer, public_server

TOOLS = ("Xvfb", "xdotool")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_browser() is None or not all(map(shutil.which, TOOLS)),
        reason="chromium, xvfb and xdotool are needed (requirements/apt-test.txt)",
    ),
]

WIDE, TALL = 720, 1280
SECTIONS = {"traffic": (0.18, 0.905), "air": (0.5, 0.905), "safety": (0.82, 0.905)}
"""Where to press, as shares of the screen."""
CLOCK = (slice(0, int(TALL * 0.075)), slice(int(WIDE * 0.5), int(WIDE * 0.78)))
ALIKE = 0.002  # of all pixels may differ: less than any bubble covers
CHANGED = 40  # of 255: more than smoothing makes
SHOWS_S = 30.0
LOOK_S = 0.05  # between two pictures of the screen: the browser needs the core more

KEYS = {
    "windows, tabs, leaving": "ctrl+n ctrl+t ctrl+shift+n ctrl+shift+t ctrl+Tab ctrl+Page_Down "
    "ctrl+w ctrl+F4 alt+F4 ctrl+q ctrl+shift+w ctrl+shift+q Escape F11 alt+space",
    "addresses, back, files, paper": "ctrl+l alt+d F6 ctrl+k ctrl+e alt+Return alt+Home alt+Left "
    "alt+Right BackSpace F5 ctrl+r ctrl+F5 ctrl+shift+r ctrl+o ctrl+s ctrl+p ctrl+shift+p Print",
    "before, behind, help": "ctrl+h ctrl+j ctrl+d ctrl+shift+o ctrl+shift+b ctrl+shift+Delete F12 "
    "ctrl+shift+i ctrl+shift+j ctrl+shift+c ctrl+u F7 F1 F3 F10 ctrl+f ctrl+g alt+f alt+e Menu "
    "shift+F10 shift+Escape",
    "sizes, the session, the page": "ctrl+plus ctrl+minus ctrl+plus ctrl+plus super alt+Tab "
    "ctrl+alt+Delete ctrl+alt+BackSpace ctrl+alt+F2 Tab Tab Tab Return Tab Tab space ctrl+a ctrl+c "
    "ctrl+v ctrl+x shift+Insert",
}
TYPED = ("file:///etc/passwd", "chrome://settings", "about:blank", "view-source:http://127.0.0.1")
HOLD, LIFT = "mousedown 1", "mouseup 1"
POINTED = {
    "other buttons, often and with keys": (
        "mousemove 360 700 click 3 click 2 mousemove 100 1158 click 3 mousemove 360 1158 click 2",
        "mousemove 100 300 click --repeat 5 --delay 40 1",
        "mousemove 360 1158 keydown ctrl click 1 keyup ctrl keydown shift click 1 keyup shift",
        "keydown alt click 1 keyup alt",
    ),
    "long": (
        *("mousemove 360 700", HOLD, "sleep 0.8", LIFT),
        *("mousemove 360 1158", HOLD, "sleep 0.8", LIFT),
    ),
    "wheels": (
        "mousemove 360 700 click --repeat 9 --delay 10 5 click --repeat 9 --delay 10 4",
        "keydown ctrl click --repeat 5 --delay 10 4 keyup ctrl",
    ),
    "drags from the edges, a section carried": (
        *("mousemove 1 600", HOLD, "mousemove 350 600 mousemove 700 600", LIFT),
        *("mousemove 360 1", HOLD, "mousemove 360 500 mousemove 360 900", LIFT),
        *("mousemove 360 1279", HOLD, "mousemove 360 700 mousemove 360 100", LIFT),
        *("mousemove 360 1158", HOLD, "mousemove 300 999 mousemove 360 500", LIFT),
    ),
}


class Screen:
    """An X server of its own, with what a person does to it."""

    def __init__(self, folder: Path) -> None:
        self._memory = folder / "Xvfb_screen0"
        self._between = threading.Event()
        reads, writes = os.pipe()
        self._server = subprocess.Popen(
            [
                *("Xvfb", "-displayfd", str(writes), "-fbdir", str(folder)),
                *("-screen", "0", f"{WIDE}x{TALL}x24"),
            ],
            pass_fds=(writes,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writes)
        with os.fdopen(reads) as told:
            self.display = f":{told.readline().strip()}"
        self.env = {**os.environ, "DISPLAY": self.display}
        self.env.pop("WAYLAND_DISPLAY", None)

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(10)

    def do(self, words: str) -> None:
        subprocess.run(["xdotool", *words.split()], env=self.env, check=True, timeout=30)

    def press(self, x: float, y: float) -> None:
        self.do(f"mousemove {int(x * WIDE)} {int(y * TALL)} click 1")

    def picture(self) -> np.ndarray:
        """What everybody sees, BGR, from the server's own memory (an XWD file); the clock is left
        out."""
        self._between.wait(LOOK_S)
        data = self._memory.read_bytes()
        head = np.frombuffer(data, ">u4", 25)
        at, line = int(head[0]) + 12 * int(head[19]), int(head[12])
        rows = np.frombuffer(data, np.uint8, line * TALL, at).reshape(TALL, line)
        found = rows[:, : 4 * WIDE].reshape(TALL, WIDE, 4)[:, :, :3].copy()
        found[CLOCK] = 0
        return found

    def steady(self) -> np.ndarray:
        """A picture that was the same twice, and is not one colour."""
        until, before = time.monotonic() + SHOWS_S, self.picture()
        while time.monotonic() < until:
            now = self.picture()
            if differ(before, now) == 0 and now.std() > 10:
                return now
            before = now
        raise AssertionError("nothing steady is shown")


def differ(one: np.ndarray, other: np.ndarray) -> float:
    """Share of the pixels that are not alike."""
    return float((np.abs(one.astype(np.int16) - other).max(axis=2) > CHANGED).mean())


class Board:
    """A running board, and how its sections look while nobody has done anything to it."""

    def __init__(self, screen: Screen, server: PublicServer, log: Path) -> None:
        self.screen = screen
        self._log = log.open("wb")
        sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
        command = [sys.executable, "-m", "kiosk", "board", "--url", server.url]
        self.process = subprocess.Popen(
            [*command, "--size", f"{WIDE}x{TALL}", *sandbox],
            env=screen.env,
            stdout=self._log,
            stderr=self._log,
        )
        self._looks: dict[str, np.ndarray] = {}
        self._next = 0

    def learn(self) -> None:
        """How each section looks."""
        screen = self.screen
        corner, until = (TALL - 4, 4), time.monotonic() + SHOWS_S
        while not self._begun(screen.picture(), corner):
            assert time.monotonic() < until, "no board after so long"
        for section, place in SECTIONS.items():
            before = screen.picture()
            screen.press(*place)
            if section != "traffic":
                while differ(before, screen.picture()) < ALIKE:
                    assert time.monotonic() < until + SHOWS_S, "the first presses change nothing"
            self._looks[section] = screen.steady()

    @staticmethod
    def _begun(picture: np.ndarray, corner: tuple[int, int]) -> bool:
        """Dark ground, and the section that it begins with pressed: not the browser's white."""
        y, x = int(TALL * SECTIONS["traffic"][1]), int(WIDE * 0.05)
        return bool(0 < picture[corner].max() < 60 and picture[y, x].max() > 150)

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            assert self.process.wait(15) == 0
        finally:
            self._log.close()

    def stands(self, attack: str, timeout_s: float = SHOWS_S) -> None:
        """Presses the next section and waits for it to look as it did."""
        names = list(SECTIONS)
        self._next = (self._next + 1) % len(names)
        section, until = names[self._next], time.monotonic() + timeout_s
        pressed = 0.0
        while True:
            if time.monotonic() - pressed > 2:  # a browser that has just come back may not hear yet
                self.screen.press(*SECTIONS[section])
                pressed = time.monotonic()
            apart = differ(self.screen.picture(), self._looks[section])
            if apart <= ALIKE:
                return
            if time.monotonic() > until:
                cv2.imwrite(f"board-{self.process.pid}.png", self.screen.picture())
                raise AssertionError(f"after {attack}: {apart:.1%} of the screen is no board")


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    made = Screen(tmp_path_factory.mktemp("screen"))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    with public_server(tmp_path_factory.mktemp("public")) as made:
        yield made


@pytest.fixture(scope="module")
def board(
    screen: Screen, server: PublicServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Board]:
    made = Board(screen, server, tmp_path_factory.mktemp("board") / "log.txt")
    try:
        made.learn()
        yield made
    finally:
        made.close()


@pytest.mark.parametrize("keys", KEYS.values(), ids=KEYS)
def test_no_key_leads_out(board: Board, keys: str) -> None:
    board.screen.do(f"key --delay 40 {keys}")
    board.stands(keys)


def test_no_address_can_be_typed(board: Board) -> None:
    for address in TYPED:
        board.screen.do("key ctrl+l")
        board.screen.do(f"type --delay 5 {address}")
        board.screen.do("key Return")
    board.stands("typed addresses")


@pytest.mark.parametrize("moves", POINTED.values(), ids=POINTED)
def test_no_press_or_drag_leads_out(board: Board, moves: tuple[str, ...]) -> None:
    for move in moves:
        board.screen.do(move)
    board.stands(" ".join(moves))


def browsers(board: Board) -> Sequence[int]:
    """The board's browser: processes of its own groups, the first of each."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[1]) == board.process.pid:
                    found.append(int(entry.name))
    return found


def test_a_browser_that_is_gone_comes_back_as_a_board(board: Board) -> None:
    (browser,) = browsers(board)
    os.killpg(browser, signal.SIGKILL)
    board.stands("the browser was killed", timeout_s=2 * SHOWS_S)
    assert browsers(board) not in ([], [browser])


def test_the_same_keys_do_lead_out_of_a_browser_that_is_not_held(
    server: PublicServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Else none of these tests would say anything."""
    program = find_browser()
    assert program is not None
    home = tmp_path_factory.mktemp("b")  # short: the browser's socket lies in it
    (home / "screen").mkdir()
    screen = Screen(home / "screen")
    bare = subprocess.Popen(
        [
            *(program, "--no-sandbox", "--kiosk", "--no-first-run", f"--user-data-dir={home}"),
            *(f"--window-size={WIDE},{TALL}", "--window-position=0,0"),
            f"--app={server.url}/ko?theme=dark",
        ],
        env={**screen.env, "HOME": str(home), "TMPDIR": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until, pressed = time.monotonic() + SHOWS_S, 0.0
        while not 0 < screen.picture()[TALL - 4, 4].max() < 60:
            assert time.monotonic() < until, "the bare browser does not show itself"
        shown = screen.steady()
        while differ(shown, screen.picture()) < 0.05:
            assert time.monotonic() < until, "Ctrl+T does nothing here"
            if time.monotonic() - pressed > 2:
                screen.do("key ctrl+t")
                pressed = time.monotonic()
    finally:
        os.killpg(bare.pid, signal.SIGKILL)
        bare.wait(10)
        screen.close()
