"""Starts the processes, brings back what dies, and stops everything in order."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.app.beat import Beat
from kiosk.app.budget import RestartBudget
from kiosk.app.paths import ROOT, UI_SOCKET
from kiosk.app.pulse import Pulse
from kiosk.core.clock import Clock
from kiosk.settings import Settings, dump
from kiosk.wire.link import SocketLink
from kiosk.wire.messages import Alive, ProcessState, RestartProcess, State, StopAll
from kiosk.wire.text import Text

log = logging.getLogger(__name__)

SCREEN = "ui"
TURN_S = 0.05
# The screen paints its first frame before the others want the processors.
HEAD_START_S = 0.25
# The inputs go first, then the screen, then what keeps the records, so that nothing is lost.
STOP_ORDER = (
    ("gestures", "voice", "calls", "remote", "public", "video", "cameras"),
    ("ui",),
    ("sync",),
    ("backend",),
)
STOP_STEP_S = 0.7

Spawn = Callable[[str, Path], "subprocess.Popen[bytes]"]


def spawn(name: str, settings_file: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "kiosk.app.process", name, "--settings", str(settings_file)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "KIOSK_STARTED_NS": str(time.monotonic_ns()),
    }
    # Compiled modules halve the time to the first frame.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # A group of its own, so that Ctrl-C in a terminal reaches the supervisor alone; but the same
    # session: Linux may share out the cores among sessions first (autogroups), and niceness counts
    # within one only.
    return subprocess.Popen(command, env=environment, cwd=ROOT, process_group=0)


class Child:
    """One process and what is known of it."""

    def __init__(self, name: str, budget: RestartBudget) -> None:
        self.name = name
        self.budget = budget
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0


class Supervisor:
    """Owns all processes of one kiosk. `run` returns the exit code."""

    def __init__(
        self,
        settings: Settings,
        names: tuple[str, ...],
        clock: Clock,
        spawner: Spawn = spawn,
        beat: Beat | None = None,
        main: str = "ui",
    ) -> None:
        """All ends when `main`, the process that it is about, is off."""
        self._settings = settings
        self._main = main
        self._beat = beat or Beat()
        self._clock = clock
        self._spawn = spawner
        self._runtime = Path(settings.paths.runtime_dir)
        self._settings_file = self._runtime / "settings.json"
        limits = settings.supervisor
        self._children = {
            name: Child(name, RestartBudget(limits.deaths, limits.window_s * 1000))
            for name in names
        }
        self._pulse = Pulse(limits.answer_s * 1000) if SCREEN in names else None
        self._stop = threading.Event()
        self._exit_code = 0

    @property
    def pids(self) -> Mapping[str, int]:
        return {
            name: child.process.pid
            for name, child in self._children.items()
            if child.process is not None and child.process.poll() is None
        }

    def stop(self) -> None:
        """Asks `run` to end; safe from a signal handler."""
        self._stop.set()

    def run(self) -> int:
        dump(self._settings, self._settings_file)
        link = SocketLink(self._runtime / UI_SOCKET, "supervisor")
        begin_ms = self._clock.monotonic_ms()
        try:
            for child in self._children.values():
                self._start(child, link)
                if child.name == "ui":
                    self._stop.wait(HEAD_START_S)
            while not self._stop.is_set():
                self._listen(link)
                self._watch_the_screen()
                self._look_after(link)
                self._mind_the_time(begin_ms)
        finally:
            self._beat.stopping()
            self._stop_all()
            link.close()
            shutil.rmtree(self._runtime, ignore_errors=True)
        return self._exit_code

    def _watch_the_screen(self) -> None:
        """Who started this kiosk hears that it is well only while its screen answers. One that
        hangs is ended here, and comes back; where not even that helps, they start all anew."""
        now_ms, pulse = self._clock.monotonic_ms(), self._pulse
        if pulse is None or pulse.answered:
            self._beat.ready()
        if pulse is None or not pulse.hangs(now_ms):
            self._beat.alive(now_ms)
            return
        process = self._children[SCREEN].process
        if process is not None and process.poll() is None:
            log.error("the screen does not answer any more: it is started again")
            process.kill()

    def _mind_the_time(self, begin_ms: float) -> None:
        limit_s = self._settings.supervisor.seconds
        if limit_s and self._clock.monotonic_ms() - begin_ms >= limit_s * 1000:
            self._stop.set()

    def _listen(self, link: SocketLink) -> None:
        match link.receive(TURN_S):
            case StopAll():
                self._stop.set()
            case Alive() if self._pulse is not None:
                self._pulse.heard(self._clock.monotonic_ms())
            case RestartProcess(process=name) if name in self._children:
                child = self._children[name]
                child.budget.refill()
                if child.process is None:
                    self._start(child, link)
            case _:
                pass

    def _look_after(self, link: SocketLink) -> None:
        for child in self._children.values():
            if child.process is None or child.process.poll() is None:
                continue
            code = child.process.returncode
            log.warning("%s ended (%s)", child.name, _ending(code))
            child.process = None
            if child.budget.spend(self._clock.monotonic_ms()):
                child.restarts += 1
                self._start(child, link)
            else:
                self._leave_off(child, link, code)

    def _start(self, child: Child, link: SocketLink) -> None:
        child.process = self._spawn(child.name, self._settings_file)
        if child.name == SCREEN and self._pulse is not None:
            self._pulse.started(self._clock.monotonic_ms())
        reason = Text("다시 시작함", "started again") if child.restarts else Text("", "")
        self._tell(child, link, "running", reason)

    def _leave_off(self, child: Child, link: SocketLink, code: int) -> None:
        deaths = self._settings.supervisor.deaths
        window = round(self._settings.supervisor.window_s)
        reason = Text(
            f"{window}초 안에 {deaths}번 멈춰 껐습니다",
            f"off after {deaths} deaths in {window} s ({_ending(code)})",
        )
        self._tell(child, link, "failed", reason)
        if child.name == self._main:
            what = "screen" if child.name == "ui" else f"process {child.name}"
            print(f"The {what} is {reason.en}; stopping.", file=sys.stderr, flush=True)
            self._exit_code = 1
            self._stop.set()

    def _tell(self, child: Child, link: SocketLink, state: State, reason: Text) -> None:
        pid = child.process.pid if child.process else None
        link.send(ProcessState(child.name, state, reason, pid, child.restarts))

    def _stop_all(self) -> None:
        steps = [
            [self._children[name] for name in names if name in self._children]
            for names in STOP_ORDER
        ]
        for step in steps:
            running = [child.process for child in step if child.process is not None]
            for process in running:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(signal.SIGTERM)
            deadline = time.monotonic() + STOP_STEP_S
            for process in running:
                self._wait(process, deadline)

    @staticmethod
    def _wait(process: "subprocess.Popen[bytes]", deadline: float) -> None:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ending(code: int) -> str:
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
