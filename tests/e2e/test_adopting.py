"""docs/adopting.md, done literally: its files are written, its commands run, what it says is there.

Other here than on the page: the folder, the port of "your system", and that the wall has no screen,
camera, microphone or tablets, and keeps its data in the test's folder. The wall is started by the
page twice, by the same words; here once, the second time.
"""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.files import CACHE
from kiosk.cache.repositories import Repositories
from tests.helpers.broker import free_port

pytestmark = pytest.mark.slow

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```", re.M | re.S)
FOLDER, PORT = "/srv/kiosk", "8099"
QUIET = """
[camera]
source = "none"
[microphone]
source = "none"
[remote]
enabled = false
[demo]
cameras = 0
[ui]
windowed = true
width_px = 800
height_px = 600
"""
TELLS_S = 60.0
AGAIN_S = 2.0  # the wall needs the cores more than whoever asks it again
RUNS = "./kiosk.sh run "


class Block(NamedTuple):
    kind: str
    file: str
    text: str


def blocks(root: Path) -> list[Block]:
    page = (root / "docs" / "adopting.md").read_text("utf-8")
    return [Block(*found) for found in BLOCK.findall(page)]


class Day:
    """Somebody who follows the guide. What keeps running is ended when it is done again, and at
    the end."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder
        self._port = str(free_port())
        self._quiet = folder / "quiet.toml"
        self._quiet.write_text(QUIET, "utf-8")
        self._running: list[subprocess.Popen[bytes]] = []
        self._wall: subprocess.Popen[bytes] | None = None
        self._last: list[str] = []
        self._between = threading.Event()
        self._said = ""
        self.data = folder / "data" / "city-kiosk"

    def follow(self, block: Block) -> None:
        text = block.text.replace(FOLDER, str(self._folder)).replace(PORT, self._port)
        if block.file:
            file = Path(block.file.replace(FOLDER, str(self._folder)))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        elif block.kind == "sh":
            self._do(text)
        elif block.kind == "text":
            self._look_for(text.splitlines())
        else:
            raise AssertionError(f"nothing is known to be done with a block of {block.kind!r}")

    def _do(self, text: str) -> None:
        self._last, self._said = [], ""
        for line in text.splitlines():
            if line.startswith(RUNS):
                self._start_wall(line)
            else:
                self._last.append(line)
                self._said += self._shell(line)

    def _look_for(self, lines: list[str]) -> None:
        """What the page shows is among what was said, if need be when it is asked again: "within a
        minute", as it says."""
        until = time.monotonic() + TELLS_S
        missing = [line for line in lines if line not in self._said]
        while missing and self._wall is not None and time.monotonic() < until:
            self._between.wait(AGAIN_S)
            self._said = "".join(self._shell(line, may_fail=True) for line in self._last)
            missing = [line for line in lines if line not in self._said]
        assert not missing, f"not said: {missing}\n{self._said}"

    def _shell(self, line: str, *, may_fail: bool = False) -> str:
        out = self._folder / "said.txt"
        with out.open("wb") as said:
            shell = subprocess.Popen(
                ["bash", "-c", line],
                cwd=self._root,
                env=self._env(),
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._running.append(shell)
        code = shell.wait(60)
        text = out.read_text("utf-8", errors="replace")
        assert may_fail or code == 0, f"{line}: exit code {code}\n{text}"
        return text

    def _start_wall(self, line: str) -> None:
        self._stop_wall()
        with (self._folder / "wall.txt").open("ab") as said:
            self._wall = subprocess.Popen(
                ["bash", "-c", f"exec {line} --site {self._quiet}"],
                cwd=self._root,
                env=self._env(),
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + TELLS_S
        while not self.districts():
            self._between.wait(0.2)
            assert self._wall.poll() is None, (self._folder / "wall.txt").read_text("utf-8")
            assert time.monotonic() < until, "the wall has no areas after a minute"

    def _stop_wall(self) -> None:
        if self._wall is not None:
            self._wall.send_signal(signal.SIGTERM)
            assert self._wall.wait(20) == 0
            self._wall = None

    def close(self) -> None:
        self._stop_wall()
        for shell in self._running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGTERM)

    def _env(self) -> dict[str, str]:
        data = {"XDG_DATA_HOME": str(self._folder / "data"), "QT_QPA_PLATFORM": "offscreen"}
        return {**os.environ, **data}

    # ---- what the wall has

    def districts(self) -> tuple[str, ...]:
        if not (self.data / CACHE).exists():
            return ()
        with self.asked() as rows:
            return tuple(row.name.en for row in rows.districts())

    @contextlib.contextmanager
    def asked(self) -> Iterator[Repositories]:
        engine = open_cache_for_reading(self.data / CACHE)
        try:
            yield Repositories(engine)
        finally:
            engine.dispose()


@pytest.fixture(scope="module")
def day(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    made = Day(root, tmp_path_factory.mktemp("day"))
    told = blocks(root)
    first, second = (block for block in told if block.text.startswith(RUNS))
    assert second.text.startswith(first.text), "the same start, twice"
    try:
        for block in told:
            if block is not first:
                made.follow(block)
        yield made
    finally:
        made.close()


def test_the_guide_leads_to_a_wall_with_its_own_map_and_a_figure_that_is_not_made_up(
    day: Day,
) -> None:
    with day.asked() as rows:
        areas, sources = rows.districts(), rows.sources()
        figures = rows.latest(("pm25", "temperature"))
    assert sorted(area.name.en for area in areas) == ["Harbour", "Pinewood", "Upper Town"]
    assert not any(area.approximate for area in areas)
    assert figures["pm25"].value == pytest.approx((11.0 + 19.0) / 2)
    assert not figures["pm25"].simulated
    assert figures["temperature"].simulated, "what nobody feeds is still marked"
    (ours,) = (source for source in sources if source.id == "newhaven-air")
    assert ours.last_error is None


def test_the_page_leaves_no_box_out(root: Path) -> None:
    kinds = [block.kind for block in blocks(root)]
    assert kinds.count("sh") >= 6
    assert {"json", "toml", "python", "text"} <= set(kinds)
    shown = "".join(block.text for block in blocks(root))
    for command in ("city new", "city check", "run --site", "sources check", "assess"):
        assert command in shown
