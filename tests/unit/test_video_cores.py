"""Threads keep to one core for as long as one is enough."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.clock import ManualClock
from kiosk.video.cores import Cores, Linux

SECOND_MS = 1000


class Simulated:
    """Cores with other work on them, and a process that asks for `wants` cores."""

    def __init__(self, others: Mapping[int, float], wants: float = 0.3) -> None:
        self.cores = frozenset(others)
        self.others = dict(others)
        self.wants = wants
        self.on = self.cores
        self.moves: list[frozenset[int]] = []
        self.refuses = False
        self._idle_s = dict.fromkeys(others, 0.0)
        self._used_s = 0.0

    def run(self, seconds: float) -> None:
        free = {core: max(0.0, 1 - self.others[core]) for core in self.on}
        got = min(self.wants, sum(free.values()))
        for core, busy in self.others.items():
            ours = got / len(self.on) if core in self.on else 0.0
            self._idle_s[core] += max(0.0, 1 - busy - ours) * seconds
        self._used_s += got * seconds

    def idle_s(self) -> Mapping[int, float]:
        return dict(self._idle_s)

    def used_s(self) -> float:
        return self._used_s

    def keep(self, cores: frozenset[int]) -> None:
        if self.refuses:
            raise PermissionError
        if cores != self.on:
            self.moves.append(cores)
        self.on = cores


class Run:
    def __init__(self, machine: Simulated) -> None:
        self.clock = ManualClock()
        self.machine = machine
        self.cores = Cores(machine, self.clock)

    def seconds(self, count: int) -> None:
        for _ in range(count):
            self.machine.run(1.0)
            self.clock.advance(SECOND_MS)
            self.cores.tick()


def test_a_light_process_goes_to_the_core_with_the_most_room_and_stays() -> None:
    run = Run(Simulated({0: 0.3, 1: 0.1}))
    run.seconds(60)
    assert run.cores.kept == 1
    assert run.machine.moves == [frozenset((1,))]


def test_a_process_that_needs_most_of_a_core_spreads() -> None:
    run = Run(Simulated({0: 0.0, 1: 0.0}, wants=0.9))
    run.seconds(60)
    assert run.cores.kept is None
    assert run.machine.moves == []


def test_one_that_comes_to_need_more_than_its_core_gets_all_again() -> None:
    run = Run(Simulated({0: 0.0, 1: 0.0}))
    run.seconds(5)
    run.machine.wants = 1.4
    run.seconds(2)
    assert run.machine.on == {0, 1}


def test_it_moves_away_from_whoever_fills_its_core() -> None:
    run = Run(Simulated({0: 0.0, 1: 0.1}))
    run.seconds(5)
    assert run.cores.kept == 0
    run.machine.others[0] = 0.7
    run.seconds(2)
    assert run.cores.kept == 1


def test_on_a_busy_machine_the_kernel_decides() -> None:
    run = Run(Simulated({0: 0.5, 1: 0.6}))
    run.seconds(60)
    assert run.machine.on == {0, 1}


def test_a_core_that_is_too_small_again_and_again_is_tried_ever_less_often() -> None:
    run = Run(Simulated({0: 0.0, 1: 0.0}))
    for _ in range(900):
        run.machine.wants = 0.3 if run.cores.kept is None else 1.2
        run.seconds(1)
    tried = sum(len(cores) == 1 for cores in run.machine.moves)
    assert 3 <= tried <= 8


def test_one_busy_moment_after_a_long_good_time_costs_little() -> None:
    run = Run(Simulated({0: 0.0, 1: 0.0}))
    for _ in range(5):
        run.seconds(60)
        assert run.cores.kept is not None
        run.machine.wants = 1.2
        run.seconds(2)
        assert run.machine.on == run.machine.cores
        run.machine.wants = 0.3


def test_a_machine_of_one_core_is_left_alone() -> None:
    run = Run(Simulated({2: 0.0}))
    run.seconds(20)
    assert run.machine.moves == []


def test_where_it_is_not_permitted_nothing_is_tried_again() -> None:
    machine = Simulated({0: 0.0, 1: 0.0})
    machine.refuses = True
    run = Run(machine)
    run.seconds(20)
    machine.refuses = False
    run.seconds(20)
    assert (run.cores.kept, machine.moves) == (None, [])


def test_at_its_end_the_threads_may_run_anywhere() -> None:
    run = Run(Simulated({0: 0.0, 1: 0.0}))
    run.seconds(5)
    run.cores.close()
    assert run.machine.on == {0, 1}
    run.seconds(60)
    assert run.machine.on == {0, 1}


@given(
    st.dictionaries(st.integers(0, 7), st.floats(0, 1), min_size=1),
    st.lists(st.tuples(st.floats(0, 8), st.integers(0, 7), st.floats(0, 1)), max_size=30),
)
def test_it_never_leaves_what_it_was_given_and_never_stays_where_there_is_no_room(
    others: dict[int, float], turns: list[tuple[float, int, float]]
) -> None:
    run = Run(Simulated(others))
    for wants, core, busy in turns:
        run.machine.wants = wants
        if core in others:
            run.machine.others[core] = busy
        run.seconds(2)
        assert run.machine.on <= run.machine.cores
        on = run.machine.on
        if len(on) < len(others):
            assert sum(1 - run.machine.others[core] for core in on) >= min(wants, 0.2)
    run.cores.close()
    assert run.machine.on == run.machine.cores


@pytest.mark.skipif(not Linux.known(), reason="this system has no cores to choose")
def test_every_thread_is_moved_but_not_what_is_started_later() -> None:
    given_cores = os.sched_getaffinity(0)
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    one = frozenset((max(given_cores),))
    try:
        Linux().keep(one)
        tasks = {int(task.name) for task in Path("/proc/self/task").iterdir()}
        kept = {task: os.sched_getaffinity(task) for task in tasks - {os.getpid()}}
        assert thread.native_id in kept
        assert set(map(frozenset, kept.values())) == {one}
        asks = "import os; print(len(os.sched_getaffinity(0)))"
        child = subprocess.run([sys.executable, "-c", asks], capture_output=True, check=True)
        assert int(child.stdout) == len(given_cores)
    finally:
        done.set()
        thread.join()
        Linux().keep(frozenset(given_cores))
    assert os.sched_getaffinity(0) == given_cores


@pytest.mark.skipif(not Linux.known(), reason="this system has no cores to choose")
def test_this_machine_tells_how_idle_its_cores_are() -> None:
    machine = Linux()
    idle = machine.idle_s()
    assert idle.keys() == machine.cores
    assert all(seconds >= 0 for seconds in idle.values())
    assert machine.used_s() > 0
