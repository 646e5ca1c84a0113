"""Guards around every test: what a test started it must also end.

A plugin of its own, so that `tests/unit/test_guards.py` can prove each guard on a small suite.
"""

import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

GRACE_S = 2.0
"""How long after a test its threads, timers and processes may take to end."""


@dataclass(frozen=True)
class Census:
    """What was alive before the test, by identity."""

    threads: frozenset[int]
    processes: frozenset[int]
    widgets: frozenset[int]


def _threads() -> dict[int, threading.Thread]:
    # A native thread that once called Python leaves a dummy entry that nobody can end.
    return {
        id(thread): thread
        for thread in threading.enumerate()
        if thread.is_alive() and not isinstance(thread, threading._DummyThread)
    }


def _child_processes() -> dict[int, str]:
    """Pid and command line of each living child; a dead one waiting to be reaped does not count."""
    children: dict[int, str] = {}
    for task in Path("/proc/self/task").iterdir():
        try:
            pids = [int(word) for word in (task / "children").read_text().split()]
        except OSError:
            continue
        for pid in pids:
            command = _living(pid)
            # Python's own helper: started once, it ends with this process and not before.
            if command and "multiprocessing.resource_tracker" not in command:
                children[pid] = command
    return children


def _living(pid: int) -> str:
    """Command line of a process, its name while it is only starting, empty when it is dead."""
    process = Path(f"/proc/{pid}")
    try:
        status = (process / "stat").read_text()
        command = (process / "cmdline").read_bytes()
    except OSError:
        return ""
    if status.rpartition(")")[2].split()[0] in "ZX":
        return ""
    name = status.partition("(")[2].rpartition(")")[0]
    return command.replace(b"\0", b" ").decode(errors="replace").strip() or name


def _application() -> Any | None:
    core = sys.modules.get("PySide6.QtCore")
    return core.QCoreApplication.instance() if core else None


def _widgets() -> dict[int, str]:
    if _application() is None or "PySide6.QtWidgets" not in sys.modules:
        return {}
    import shiboken6
    from PySide6.QtWidgets import QApplication

    return {
        shiboken6.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in QApplication.topLevelWidgets()
    }


def _running_qt_objects() -> Iterator[str]:
    """Timers and threads of Qt made since `gc.freeze()` that are still running."""
    if _application() is None:
        return
    import shiboken6
    from PySide6.QtCore import QThread, QTimer

    for thing in gc.get_objects():
        if not issubclass(type(thing), QTimer | QThread) or not shiboken6.isValid(thing):
            continue
        if isinstance(thing, QTimer) and thing.isActive():
            yield f"active QTimer {thing.objectName()!r} of {thing.interval()} ms"
        elif isinstance(thing, QThread) and thing.isRunning():
            yield f"running QThread {thing.objectName()!r}"


def _let_qt_delete() -> None:
    if _application() is None:
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    QCoreApplication.processEvents()


def _leaks(before: Census) -> list[str]:
    found = [
        f"thread {thread.name!r}{' (daemon)' if thread.daemon else ''}"
        for key, thread in _threads().items()
        if key not in before.threads
    ]
    found += [
        f"process {pid}: {command}"
        for pid, command in _child_processes().items()
        if pid not in before.processes
    ]
    found += [
        f"top-level widget {name}"
        for pointer, name in _widgets().items()
        if pointer not in before.widgets
    ]
    return found + list(_running_qt_objects())


def _leaks_after_grace(find: Callable[[], list[str]]) -> list[str]:
    deadline = time.monotonic() + GRACE_S
    _let_qt_delete()
    # A thing held only by a reference cycle is nobody's leak; and what complains when it is
    # collected (a socket left open) complains in its own test. Cheap, since the rest is frozen.
    gc.collect()
    found = find()
    while found and time.monotonic() < deadline:
        time.sleep(0.01)
        _let_qt_delete()
        found = find()
    return found


@pytest.fixture(autouse=True)
def no_leaks() -> Iterator[None]:
    """Fails a test that leaves threads, child processes, timers or windows behind."""
    before = Census(frozenset(_threads()), frozenset(_child_processes()), frozenset(_widgets()))
    gc.freeze()  # so that the search afterwards sees only what the test made
    try:
        yield
        found = _leaks_after_grace(lambda: _leaks(before))
    finally:
        gc.unfreeze()
    if found:
        pytest.fail("the test left behind: " + "; ".join(found), pytrace=False)
