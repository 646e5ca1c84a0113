"""Which processor cores this process's threads use: one for as long as one is enough.

Python runs one thread at a time. Threads on several cores hand its lock to and fro, each time
waking a core, some thousand times a second for sixteen cameras: a third of all they use. On one
core the next thread has the lock when the one before waits for its camera.
"""

import contextlib
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from kiosk.core.clock import Clock

_STAT = Path("/proc/stat")
_TASKS = Path("/proc/self/task")
_IDLE, _IO_WAIT = 3, 4  # of a core's counts in proc(5), /proc/stat

_LOOK_MS = 1000.0
# Parts of a core. What is idle of ours makes room for bursts: pictures of many cameras come at the
# same time, cameras are opened, and whoever else runs there comes in between.
_ROOM = 0.3
_LEAST_IDLE = 0.2
# After a core turned out to be too small; twice as long when that was so the time before.
_PATIENCE_MS = 10_000.0
_LONGEST_PATIENCE_MS = 600_000.0


class Machine(Protocol):
    """The cores that this process may use. Raises OSError where that can't be had."""

    cores: frozenset[int]

    def idle_s(self) -> Mapping[int, float]:
        """Seconds for which each core has had nothing to do."""
        ...

    def used_s(self) -> float:
        """CPU seconds of this process."""
        ...

    def keep(self, cores: frozenset[int]) -> None:
        """The threads that there are now run on these only."""
        ...


class Linux:
    """This machine; its cores are those that the process has been given by now."""

    def __init__(self) -> None:
        self.cores = frozenset(os.sched_getaffinity(0))

    @staticmethod
    def known() -> bool:
        """Whether this system has what it takes."""
        return hasattr(os, "sched_setaffinity") and _STAT.exists()

    def idle_s(self) -> Mapping[int, float]:
        idle: dict[int, float] = {}
        for line in _STAT.read_text().splitlines():
            name, *counts = line.split()
            if name.startswith("cpu") and name != "cpu":
                ticks = int(counts[_IDLE]) + int(counts[_IO_WAIT])
                idle[int(name.removeprefix("cpu"))] = ticks / os.sysconf("SC_CLK_TCK")
        return {core: seconds for core, seconds in idle.items() if core in self.cores}

    def used_s(self) -> float:
        return time.process_time()

    def keep(self, cores: frozenset[int]) -> None:
        for task in _TASKS.iterdir():
            # What the main thread starts has its cores, and a process that it starts all of ours.
            if int(task.name) != os.getpid():
                with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
                    os.sched_setaffinity(int(task.name), cores)


class Cores:
    """Keeps the threads together, moves them, or lets them spread, by how busy the cores are.

    Where that is not permitted, or there is one core only, it does nothing.
    """

    def __init__(self, machine: Machine, clock: Clock) -> None:
        self._machine = machine
        self._clock = clock
        self._kept: int | None = None
        self._kept_ms = self._spread_until_ms = clock.monotonic_ms()
        self._patience_ms = _PATIENCE_MS
        self._works = len(machine.cores) > 1
        self._begin()

    @property
    def kept(self) -> int | None:
        """The core that all threads are on, None while they may run on any."""
        return self._kept

    def tick(self) -> None:
        """Looks once a second; cheap in between."""
        now_ms = self._clock.monotonic_ms()
        if not self._works or now_ms - self._since_ms < _LOOK_MS:
            return
        idle, used = self._shares(now_ms)
        if self._kept is None:
            if now_ms >= self._spread_until_ms:
                self._run_on(self._roomiest(idle, used))
        elif idle.get(self._kept, 0.0) < _LEAST_IDLE:
            self._leave(idle, used)
        else:
            self._run_on(self._kept)  # and the threads that were started since

    def close(self) -> None:
        """The threads may run on any core again."""
        if self._kept is not None:
            self._run_on(None)
        self._works = False

    def _leave(self, idle: Mapping[int, float], used: float) -> None:
        others = {core: part for core, part in idle.items() if core != self._kept}
        core = self._roomiest(others, used)
        if core is None:
            now_ms = self._clock.monotonic_ms()
            soon = now_ms - self._kept_ms < self._patience_ms
            patience_ms = self._patience_ms * 2 if soon else _PATIENCE_MS
            self._patience_ms = min(_LONGEST_PATIENCE_MS, patience_ms)
            self._spread_until_ms = now_ms + self._patience_ms
        self._run_on(core)

    def _roomiest(self, idle: Mapping[int, float], used: float) -> int | None:
        """The core that has room for us beside what runs there; while we are spread, a part of
        that is ours."""
        ours = used / len(idle) if idle and self._kept is None else 0.0
        core = max(idle, key=lambda core: idle[core], default=None)
        return core if core is not None and idle[core] + ours - used >= _ROOM else None

    def _run_on(self, core: int | None) -> None:
        if core is None and self._kept is None:
            return
        if core != self._kept:
            self._kept, self._kept_ms = core, self._clock.monotonic_ms()
        try:
            self._machine.keep(self._machine.cores if core is None else frozenset((core,)))
        except OSError:  # the kernel decides, as ever
            self._works, self._kept = False, None

    def _begin(self) -> None:
        self._idle_s: Mapping[int, float] = {}
        try:
            self._idle_s = self._machine.idle_s()
        except OSError:
            self.close()
        self._used_s, self._since_ms = self._machine.used_s(), self._clock.monotonic_ms()

    def _shares(self, now_ms: float) -> tuple[dict[int, float], float]:
        """(idle part of each core, cores that we use) since the last look."""
        seconds = (now_ms - self._since_ms) / 1000
        before, used_s = self._idle_s, self._used_s
        self._begin()
        idle = {
            core: (self._idle_s[core] - since_s) / seconds
            for core, since_s in before.items()
            if core in self._idle_s
        }
        return idle, (self._used_s - used_s) / seconds
