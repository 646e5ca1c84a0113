"""Each guard of the test suite catches what it is there for."""

from pathlib import Path

import pytest

LEAKY = '''
import socket, subprocess, threading, time, warnings
import pytest
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget
from tests.helpers import guards

guards.GRACE_S = 0.2

kept = []
stop = threading.Event()

@pytest.fixture(scope="module", autouse=True)
def _end():
    yield
    stop.set()
    for thing in kept:
        if isinstance(thing, subprocess.Popen):
            thing.kill()
            thing.wait()
        elif isinstance(thing, threading.Thread):
            thing.join()
        elif isinstance(thing, QThread):
            thing.quit()
            thing.wait()
        elif isinstance(thing, QTimer):
            thing.stop()
        elif isinstance(thing, QWidget):
            thing.deleteLater()

def keep(thing):
    kept.append(thing)
    return thing

def test_clean(qtbot):
    thread = threading.Thread(target=time.sleep, args=(0.05,))
    thread.start()
    timer = QTimer(singleShot=True)
    timer.start(20)
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    keep(timer)

def test_thread():
    keep(threading.Thread(target=stop.wait, name="left-thread")).start()

def test_daemon():
    keep(threading.Thread(target=stop.wait, name="left-daemon", daemon=True)).start()

def test_process():
    keep(subprocess.Popen(["sleep", "60"]))

def test_timer(qapp):
    keep(QTimer(objectName="left-timer")).start(100_000)

def test_owned_timer(qapp):
    QTimer(qapp, objectName="owned-timer").start(100_000)

def test_qt_thread(qapp):
    keep(QThread(objectName="left-qthread")).start()

def test_widget(qapp):
    keep(QWidget(objectName="left-widget"))

def test_hidden_by_parent(qapp):
    keep(QWidget(keep(QWidget(objectName="left-parent"))))

def test_qt_message(qapp):
    qWarning("left-message")

def test_socket():
    cycle = [socket.socket()]
    cycle.append(cycle)

def test_warning():
    warnings.warn("left-warning", stacklevel=1)

def test_clean_again(qapp):
    pass
'''

CAUGHT = {
    "test_thread": "thread 'left-thread'",
    "test_daemon": "thread 'left-daemon' (daemon)",
    "test_process": "sleep 60",
    "test_timer": "active QTimer 'left-timer'",
    "test_owned_timer": "active QTimer 'owned-timer'",
    "test_qt_thread": "running QThread 'left-qthread'",
    "test_widget": "top-level widget QWidget 'left-widget'",
    "test_hidden_by_parent": "top-level widget QWidget 'left-parent'",
    "test_qt_message": "left-message",
    "test_socket": "unclosed <socket.socket",
    "test_warning": "UserWarning: left-warning",
}


SHORT_GRACE = """
pytest_plugins = ["tests.helpers.guards"]


def pytest_configure():
    from tests.helpers import guards

    guards.GRACE_S = 0.3  # what leaks here never ends, so there is nothing to wait for
"""


@pytest.mark.slow
def test_every_guard_catches(pytester: pytest.Pytester, root: Path) -> None:
    pytester.makepyfile(LEAKY)
    guarded = (root / "pyproject.toml").read_text()
    pytester.makepyprojecttoml(
        guarded.replace('pythonpath = ["."]', f'pythonpath = ["{root}"]').replace(
            'testpaths = ["tests"]', ""
        )
    )
    pytester.makeconftest(SHORT_GRACE)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    output = result.stdout.str()
    reports = _reports(output)
    for test, message in CAUGHT.items():
        assert message in reports.get(test, ""), f"{test} was not caught:\n{output}"
    assert {"test_clean", "test_clean_again"}.isdisjoint(reports)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def _reports(output: str) -> dict[str, str]:
    """The text of each failure, by the name of its test."""
    reports: dict[str, str] = {}
    name = ""
    for line in output.splitlines():
        if line.startswith(("____", "_ ERROR", "___")):
            name = line.strip("_ ").split(" of ")[-1].removeprefix("ERROR at teardown of ").strip()
        if name:
            reports[name] = reports.get(name, "") + line + "\n"
    return reports
