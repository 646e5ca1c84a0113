"""A finger for the tour and the benchmarks: touches and keys that Qt delivers as a person's.

Exists only when the kiosk was started with `ui.driver`; otherwise nobody may connect as a driver.
"""

import logging
from collections import deque
from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from kiosk.app.lateness import LatenessMeter
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import Clock
from kiosk.tools.waits import waited_ms
from kiosk.ui.shell import Shell
from kiosk.wire.messages import (
    Ask,
    CacheChanged,
    GestureView,
    Message,
    Observed,
    PanelPainted,
    Press,
    ReplayClip,
    ScreenshotTaken,
    TakeLateness,
    TakeScreenshot,
    Touch,
    VoiceView,
)

log = logging.getLogger(__name__)

NAME = "driver"
LOOK_MS = 50
PATIENCE_MS = 3000
_NOISE = (GestureView, VoiceView, CacheChanged)

Send = Callable[[str, Message], bool]


class Driver:
    """Acts on the window and tells the driver what the wall did."""

    def __init__(self, shell: Shell, clock: Clock, send: Send) -> None:
        self._shell = shell
        self._send = send
        self._lateness = LatenessMeter(clock, shell)
        self._finger = QTest.createTouchDevice()
        self._clock = clock
        self._touches: deque[Touch] = deque()
        self._began = (clock.monotonic_ms(), waited_ms())
        shell.panel_painted.connect(self._panel_painted)

    def watch(self, record: AuditRecord) -> None:
        self._send(NAME, Observed(msgspec.to_builtins(record)))

    def relay(self, message: Message) -> None:
        """What the processes say, except the many that only move the picture."""
        if not isinstance(message, _NOISE):
            self._send(NAME, message)

    def obey(self, message: Message) -> None:
        match message:
            case Touch():
                self._touches.append(message)
                if len(self._touches) == 1:
                    self._touch()
            case Press(key=key):
                QTest.keySequence(self._shell, QKeySequence(key))
            case TakeScreenshot(path=path):
                self._shell.grab().save(path)
                self._send(NAME, ScreenshotTaken(path))
            case ReplayClip(path=path):
                self._send(_player(path), message)
            case Ask(command=command, args=args):
                self._begin()
                self._shell.touched(command, args, "driver")
            case TakeLateness():
                self._send(NAME, self._lateness.take())
            case _:
                log.warning("a driver can't ask for %s", type(message).__name__)

    def _begin(self) -> None:
        self._began = (self._clock.monotonic_ms(), waited_ms())

    def _panel_painted(self) -> None:
        began_ms, waited = self._began
        took_ms = self._clock.monotonic_ms() - began_ms
        self._send(NAME, PanelPainted(round(took_ms, 2), round(waited_ms() - waited, 2)))

    def _touch(self, waited_ms: int = 0) -> None:
        """The first that is wanted. As a person does, waits for a panel that is just opening to
        show the place; those after it wait their turn."""
        wanted = self._touches[0]
        hit = self._shell.find_target(wanted.command, wanted.args, wanted.place)
        if hit is None and waited_ms < PATIENCE_MS:
            again = partial(self._touch, waited_ms + LOOK_MS)
            QTimer.singleShot(LOOK_MS, self._shell, again)
            return
        self._touches.popleft()
        if hit is None:
            log.warning("nothing on the screen gives %s", wanted)
        else:
            self._begin()
            for act in ("press", "release"):
                sequence = QTest.touchEvent(self._shell, self._finger, False)
                getattr(sequence, act)(0, hit.middle(), self._shell)
                sequence.commit(False)
        if self._touches:
            self._touch()


def _player(path: str) -> str:
    """Which worker can play this file."""
    return "voice" if path.endswith((".wav", ".flac", ".ogg")) else "gestures"
