"""The supervisor with real processes that do nothing but live and die."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.app.beat import Beat
from kiosk.app.paths import UI_SOCKET
from kiosk.app.supervisor import Supervisor
from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import PathSettings, SupervisorSettings
from kiosk.wire.codec import LineDecoder, encode
from kiosk.wire.messages import Alive, Message, ProcessState, RestartProcess, StopAll

SLEEPER = "import signal, sys\nsignal.signal(15, lambda *_: sys.exit(0))\nsignal.pause()"
STUBBORN = "import signal\nsignal.signal(15, signal.SIG_IGN)\nprint(1)\nwhile True: signal.pause()"
BROKEN = "import sys; sys.exit(7)"
DEADLINE_S = 10


class House:
    """A supervisor in a thread, and the wall's end of its line."""

    def __init__(
        self,
        tmp_path: Path,
        programs: dict[str, str],
        *,
        answer_s: float = 60.0,
        environment: dict[str, str] | None = None,
        main: str = "ui",
    ) -> None:
        self.runtime = tmp_path / "run"
        self.runtime.mkdir()
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(self.runtime / UI_SOCKET))
        self.server.listen()
        self.server.settimeout(DEADLINE_S)
        settings = Settings(
            paths=PathSettings(data_dir=str(tmp_path), runtime_dir=str(self.runtime)),
            supervisor=SupervisorSettings(deaths=3, window_s=60, answer_s=answer_s),
        )

        def spawn(name: str, _file: Path) -> "subprocess.Popen[bytes]":
            return subprocess.Popen(
                [sys.executable, "-S", "-c", programs[name]], stdout=subprocess.DEVNULL
            )

        beat = Beat(environment or {})
        self.supervisor = Supervisor(settings, tuple(programs), SystemClock(), spawn, beat, main)
        self.code: int | None = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        self.line, _ = self.server.accept()
        self.line.settimeout(DEADLINE_S)
        self._decoder = LineDecoder()
        self._read: list[Message] = []

    def _run(self) -> None:
        self.code = self.supervisor.run()

    def until(self, process: str, state: str, restarts: int) -> ProcessState:
        """Reads until the supervisor says this of a process."""
        while True:
            while self._read:
                message = self._read.pop(0)
                match message:
                    case ProcessState(process=p, state=s, restarts=r) if (p, s, r) == (
                        process,
                        state,
                        restarts,
                    ):
                        return message
            data = self.line.recv(65536)
            assert data, "the supervisor closed the line"
            self._read += self._decoder.feed(data)

    def say(self, message: Message) -> None:
        self.line.sendall(encode(message))

    def close(self) -> None:
        self.supervisor.stop()
        self.thread.join(DEADLINE_S)
        self.line.close()
        self.server.close()


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[list[House]]:
    made: list[House] = []
    yield made
    for house in made:
        house.close()


def test_a_killed_process_comes_back(tmp_path: Path, houses: list[House]) -> None:
    house = House(tmp_path, {"ui": SLEEPER, "voice": SLEEPER})
    houses.append(house)
    first = house.until("voice", "running", 0)
    assert first.pid is not None
    os.kill(first.pid, signal.SIGKILL)
    again = house.until("voice", "running", 1)
    assert again.pid not in (None, first.pid)


def test_too_many_deaths_leave_it_off_with_a_reason(tmp_path: Path, houses: list[House]) -> None:
    house = House(tmp_path, {"ui": SLEEPER, "voice": BROKEN})
    houses.append(house)
    failed = house.until("voice", "failed", 2)
    assert failed.pid is None
    assert "3번" in failed.reason.ko
    assert "exit code 7" in failed.reason.en


def test_a_person_can_have_it_tried_again(tmp_path: Path, houses: list[House]) -> None:
    house = House(tmp_path, {"ui": SLEEPER, "voice": BROKEN})
    houses.append(house)
    house.until("voice", "failed", 2)
    house.say(RestartProcess("voice"))
    house.until("voice", "failed", 4)


def test_a_person_can_stop_everything(tmp_path: Path, houses: list[House]) -> None:
    house = House(tmp_path, {"ui": SLEEPER, "voice": SLEEPER, "sync": SLEEPER})
    houses.append(house)
    house.until("sync", "running", 0)
    pids = house.supervisor.pids
    house.say(StopAll())
    house.thread.join(DEADLINE_S)
    assert house.code == 0
    assert not [pid for pid in pids.values() if Path(f"/proc/{pid}").exists()]
    assert not house.runtime.exists()


def test_one_that_will_not_stop_is_ended(tmp_path: Path, houses: list[House]) -> None:
    house = House(tmp_path, {"ui": SLEEPER, "voice": STUBBORN})
    houses.append(house)
    pid = house.until("voice", "running", 0).pid
    house.supervisor.stop()
    house.thread.join(DEADLINE_S)
    assert house.code == 0
    assert not Path(f"/proc/{pid}").exists()


def test_a_screen_that_keeps_dying_ends_the_kiosk_with_an_error(
    tmp_path: Path, houses: list[House], capsys: pytest.CaptureFixture[str]
) -> None:
    house = House(tmp_path, {"ui": BROKEN})
    houses.append(house)
    house.thread.join(DEADLINE_S)
    assert house.code == 1
    assert "stopping" in capsys.readouterr().err


def test_without_a_screen_all_ends_with_the_process_that_it_is_about(
    tmp_path: Path, houses: list[House], capsys: pytest.CaptureFixture[str]
) -> None:
    house = House(tmp_path, {"sync": SLEEPER, "public": BROKEN}, main="public")
    houses.append(house)
    house.thread.join(DEADLINE_S)
    assert house.code == 1
    assert "process public" in capsys.readouterr().err


def test_settings_reach_the_processes_in_a_private_file(
    tmp_path: Path, houses: list[House]
) -> None:
    house = House(tmp_path, {"ui": SLEEPER})
    houses.append(house)
    house.until("ui", "running", 0)
    file = house.runtime / "settings.json"
    assert file.stat().st_mode & 0o077 == 0
    assert msgspec.json.decode(file.read_bytes(), type=Settings).supervisor.deaths == 3


@pytest.fixture
def service(tmp_path: Path) -> Iterator[socket.socket]:
    """What systemd hears."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(DEADLINE_S)
        yield line


def test_a_screen_that_hangs_is_started_again_and_counts_as_well_only_while_it_answers(
    tmp_path: Path, houses: list[House], service: socket.socket
) -> None:
    environment = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "400000"}
    house = House(
        tmp_path, {"ui": SLEEPER, "voice": SLEEPER}, answer_s=0.5, environment=environment
    )
    houses.append(house)
    first = house.until("ui", "running", 0)
    assert service.recv(100) == b"WATCHDOG=1"  # it may still load, and is not ready
    house.say(Alive())
    while not (told := service.recv(100)).startswith(b"READY=1"):
        assert told == b"WATCHDOG=1"
    again = house.until("ui", "running", 1)  # nothing was said any more
    assert again.pid not in (None, first.pid)
    house.say(Alive())
    assert service.recv(100) == b"WATCHDOG=1"


def test_a_screen_that_cannot_even_be_ended_is_left_to_the_service(
    tmp_path: Path, houses: list[House], service: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that waits for a graphics driver for ever: nothing is said, so the service acts."""
    ended = threading.Event()
    monkeypatch.setattr(subprocess.Popen, "kill", lambda process: ended.set())
    environment = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "400000"}
    house = House(tmp_path, {"ui": SLEEPER}, answer_s=0.3, environment=environment)
    houses.append(house)
    house.until("ui", "running", 0)
    house.say(Alive())
    assert ended.wait(DEADLINE_S)
    service.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while True:
            service.recv(100)
    service.settimeout(0.4)
    with pytest.raises(TimeoutError):
        service.recv(100)
    monkeypatch.undo()
