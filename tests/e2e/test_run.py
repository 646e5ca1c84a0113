"""The whole kiosk, started as a person starts it."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.process import NICE
from kiosk.settings import Settings, dump
from kiosk.settings.model import PathSettings
from kiosk.tools.driving import ROOT, DrivenKiosk, driven_kiosk, stop, wait_until_on
from kiosk.wire.messages import FirstPaint, Health, Message, ProcessState, Touch

pytestmark = pytest.mark.slow

QUIET = ("--camera", "none", "--microphone", "none", "--windowed")
BACK_S = 3.0
ANSWER_S = 4.0
STOP_S = 3.0
HEAVY = ("/cv2/", "/mediapipe/", "/vosk/", "/av/", "/sounddevice", "/aiohttp/")


@pytest.fixture(scope="module")
def kiosk() -> Iterator[DrivenKiosk]:
    """One running kiosk for the tests that leave it as they found it."""
    with driven_kiosk(QUIET, {"supervisor": {"answer_s": ANSWER_S}}) as made:
        assert wait_until_on(made, 60) is not None
        yield made


def run(*options: str, site: str = "", folder: Path) -> "subprocess.CompletedProcess[str]":
    file = folder / "site.toml"
    file.write_text(
        f'[paths]\ndata_dir = "{folder / "data"}"\nruntime_dir = "{folder / "run"}"\n{site}',
        encoding="utf-8",
    )
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "--site", str(file), *QUIET, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def everything_of(mark: str) -> list[int]:
    """Living processes whose command line names this folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if mark in line and int(entry.name) != os.getpid():
                found.append(int(entry.name))
    return found


def ended(pid: int, within_s: float) -> bool:
    """Waits until a process has ended, also one that is nobody's child here."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], within_s)[0])
    finally:
        os.close(handle)


def test_the_ui_process_holds_none_of_the_heavy_libraries(kiosk: DrivenKiosk) -> None:
    maps = Path(f"/proc/{kiosk.pids['ui']}/maps").read_text()
    assert [name for name in HEAVY if name in maps] == []
    assert "libQt6Widgets" in maps


def test_every_process_gives_way_to_the_screen(kiosk: DrivenKiosk) -> None:
    screen, *others = (kiosk.pids[name] for name in ("ui", *(set(kiosk.pids) - {"ui"})))
    assert len(others) == 8
    assert os.getpriority(os.PRIO_PROCESS, screen) == 0
    assert {os.getpriority(os.PRIO_PROCESS, pid) for pid in others} == {NICE}
    # Cores may be shared out among sessions first: niceness counts within one.
    assert len({os.getsid(pid) for pid in kiosk.pids.values()}) == 1


@pytest.mark.parametrize(
    "process", ["gestures", "voice", "video", "sync", "remote", "backend", "cameras"]
)
def test_a_killed_process_is_back_within_three_seconds(kiosk: DrivenKiosk, process: str) -> None:
    kiosk.forget()
    old = kiosk.pids[process]
    begin = time.monotonic()
    os.kill(old, signal.SIGKILL)
    came = kiosk.wait(
        lambda m: isinstance(m, ProcessState) and m.process == process and m.pid not in (None, old),
        BACK_S,
    )
    assert came is not None
    at_work = kiosk.wait(
        lambda m: isinstance(m, Health) and m.worker == process and m.state != "starting", 20
    )
    assert at_work is not None
    print(f"{process} at work again after {time.monotonic() - begin:.2f} s")


def test_a_screen_that_hangs_is_ended_and_comes_back(kiosk: DrivenKiosk) -> None:
    kiosk.forget()
    old = kiosk.pids["ui"]
    os.kill(old, signal.SIGSTOP)  # alive, but its loop turns no more
    assert kiosk.wait(lambda m: isinstance(m, FirstPaint), ANSWER_S + BACK_S) is not None

    def supervised(message: Message) -> bool:
        return isinstance(message, ProcessState) and message.process == "ui"

    assert kiosk.wait(supervised, 10)
    assert kiosk.pids["ui"] != old


def test_a_killed_screen_is_back_with_the_view_as_it_was(kiosk: DrivenKiosk) -> None:
    kiosk.say(Touch("category.open", {"category": "administration"}))
    assert kiosk.outcome("category.open", 10, status="done")
    kiosk.forget()
    begin = time.monotonic()
    os.kill(kiosk.pids["ui"], signal.SIGKILL)
    assert kiosk.wait(lambda m: isinstance(m, FirstPaint), BACK_S) is not None
    assert time.monotonic() - begin < BACK_S

    def supervised(message: Message) -> bool:
        return isinstance(message, ProcessState) and message.process == "ui"

    assert kiosk.wait(supervised, 10)
    # Only the indicator board, which was open when the screen died, has this place to press.
    record = press_until_there(kiosk, Touch("indicator.open"))
    assert record["trigger"].startswith("board.")
    kiosk.say(Touch("nav.home"))
    assert kiosk.outcome("nav.home", 10, status="done")


def press_until_there(kiosk: DrivenKiosk, touch: Touch) -> dict[str, Any]:
    """Presses again while the panel is still being filled."""
    for _ in range(10):
        kiosk.say(touch)
        record = kiosk.outcome(touch.command, 1.0, status="done")
        if record is not None:
            return record
    raise AssertionError(f"nothing to press gives {touch.command}")


def test_a_killed_supervisor_leaves_no_orphans() -> None:
    with driven_kiosk(QUIET) as kiosk:
        assert wait_until_on(kiosk, 60) is not None
        mark = str(kiosk.data_dir.parent / "run")
        kiosk.process.kill()
        kiosk.process.wait()
        for pid in everything_of(mark):
            assert ended(pid, within_s=5)
        assert everything_of(mark) == []


def test_a_wall_that_cannot_be_put_together_ends_and_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "config"
    empty.mkdir()
    paths = PathSettings(data_dir=str(tmp_path), runtime_dir=str(tmp_path), config_dir=str(empty))
    dump(Settings(paths=paths), tmp_path / "settings.json")
    command = [sys.executable, "-m", "kiosk.app.process", "ui", "--settings"]
    done = subprocess.run(
        [*command, str(tmp_path / "settings.json")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "city.toml is expected" in done.stderr


def test_two_kiosks_do_not_share_a_folder(kiosk: DrivenKiosk, tmp_path: Path) -> None:
    done = run("--data", str(kiosk.data_dir), folder=tmp_path)
    assert done.returncode == 2
    assert "Another kiosk" in done.stderr


@pytest.mark.parametrize(
    ("site", "field", "expected"),
    [
        ("[video]\nfps = 99", "video.fps", "<= 30"),
        ('[ui]\nlanguge = "ko"', "ui.languge", "did you mean 'language'"),
        ("[video\n", "file", "valid TOML"),
    ],
)
def test_a_broken_configuration_is_refused_at_start(
    tmp_path: Path, site: str, field: str, expected: str
) -> None:
    done = run(site=site, folder=tmp_path)
    assert done.returncode == 2
    assert "site.toml" in done.stderr
    assert field in done.stderr
    assert expected in done.stderr
    assert not (tmp_path / "run").exists()


def test_it_runs_for_as_long_as_asked_and_takes_pictures(tmp_path: Path) -> None:
    shots = tmp_path / "shots"
    done = run("--seconds", "30", "--screenshot", str(shots), folder=tmp_path)
    assert done.returncode == 0
    assert "Tablets: https://" in done.stdout
    assert {file.stem for file in shots.glob("*.png")} >= {"home", "air", "cctv"}


def test_it_stops_in_time_and_leaves_nothing(kiosk: DrivenKiosk) -> None:
    """The last one: it ends the kiosk that the tests before it share."""
    home = kiosk.data_dir.parent
    assert len(everything_of(str(home))) >= 8
    assert stop(kiosk.process) < STOP_S
    assert kiosk.process.returncode == 0
    assert everything_of(str(home)) == []
    assert not (home / "run").exists()
    assert not (home / "data" / "kiosk.lock").exists()
