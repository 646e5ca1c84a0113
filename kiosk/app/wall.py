"""The ui process: an honest first frame as soon as can be, then the rest."""

import logging
import os
import signal
import socket
import sys
import time
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.app import garbage
from kiosk.app.snapshot import Snapshot
from kiosk.app.theming import theme_of
from kiosk.core.clock import SystemClock
from kiosk.core.state import ViewState
from kiosk.pack import here
from kiosk.settings import Settings
from kiosk.ui.components.top_bar import TopBarView
from kiosk.ui.shell import Shell
from kiosk.wire.text import Text

log = logging.getLogger(__name__)

SWITCH_INTERVAL_S = 0.001
LOADED_MS = 60_000
"""By then everything is loaded, or will not come."""


def main(settings: Settings) -> int:
    """Runs until SIGTERM: exit code 0. 1 when the wall can't be put together."""
    # The reader thread may not keep the screen waiting for the interpreter's usual 5 ms.
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    garbage.put_off()
    application = QApplication([sys.argv[0]])
    application.setQuitOnLastWindowClosed(False)
    snapshot = Snapshot(Path(settings.paths.runtime_dir) / "view.json")
    state = snapshot.read() or first_state(settings)
    clock = SystemClock()
    wall: list[object] = []
    shell = Shell(theme_of(settings, state), lambda *press: _press(wall, *press))
    shell.set_top_bar(TopBarView(Text("시정 상황판", "City today"), here().name))
    shell.start_clock(clock)
    show(shell, settings)
    signals = _Signals(application)

    def furnish() -> None:
        try:
            from kiosk.app.furnish import Wall

            wall.append(Wall(settings, shell, clock, state, snapshot, since_start_ms()))
        except Exception:
            # A wall that loads for ever would look alive; its end is told, and tried again.
            log.exception("the wall could not be furnished")
            application.exit(1)

    shell.painted.connect(lambda: QTimer.singleShot(0, furnish))
    QTimer.singleShot(LOADED_MS, lambda: garbage.take_up(shell))
    code = application.exec()
    for made in wall:
        made.close()  # type: ignore[attr-defined]
    shell.stop_clock()
    shell.close()
    signals.close()
    return code


def first_state(settings: Settings) -> ViewState:
    ui = settings.ui
    return ViewState(
        language=ui.language,
        theme=ui.theme,
        text_scale=ui.text_scale,
        profile=ui.profile,
        by_use=ui.by_use,
    )


def show(shell: Shell, settings: Settings) -> None:
    """Full screen on a real screen; off screen and windowed, the size of the settings."""
    offscreen = QApplication.platformName() == "offscreen"
    shell.setWindowTitle("City kiosk")
    if settings.ui.windowed or offscreen:
        shell.resize(settings.ui.width_px, settings.ui.height_px)
        shell.show()
    else:
        # Where no window manager makes it so, nothing else gives the window the screen's size.
        shell.setGeometry(QApplication.primaryScreen().geometry())
        shell.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        shell.showFullScreen()


def since_start_ms() -> float:
    """Milliseconds since this process was started, as told by who started it."""
    started_ns = int(os.environ.get("KIOSK_STARTED_NS", time.monotonic_ns()))
    return (time.monotonic_ns() - started_ns) / 1e6


def _press(wall: list[object], command: str, args: dict[str, object], trigger: str) -> None:
    """Presses before the wall is furnished are for targets that do not exist yet."""
    for made in wall:
        made.pressed(command, args, trigger)  # type: ignore[attr-defined]


class _Signals:
    """SIGTERM and SIGINT end the event loop: a byte in a pipe that Qt watches."""

    def __init__(self, application: QApplication) -> None:
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno())
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(application.quit)

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._read.close()
        self._write.close()
