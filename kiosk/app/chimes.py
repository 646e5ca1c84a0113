"""Plays the wall's own sound in a process of its own that can be ended at any time."""

import sys
from collections.abc import Mapping

from PySide6.QtCore import QObject, QProcess, QTimer

from kiosk.app.part import Carry, Part
from kiosk.inputs import Intake
from kiosk.wire.messages import Chime, Message
from kiosk.wire.text import Text

PLAYER = ("-m", "voice.chime")
PATIENCE_MS = 5_000
SILENT = Text(
    "소리를 내지 못했습니다. 스피커 연결을 확인하세요",
    "No sound could be played. Check that a loudspeaker is connected",
)


class Chimes(QObject, Part):
    """One sound at a time; one that is asked for meanwhile is the same one. What could not be heard
    is told as a command of the kiosk's own."""

    def __init__(self, intake: Intake, parent: QObject, command: tuple[str, ...] = PLAYER) -> None:
        super().__init__(parent)
        self._intake = intake
        self._command = command
        self._process: QProcess | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._give_up)

    def play(self, volume: float) -> bool:
        """True: a failure is told later."""
        return self._play(str(volume))

    def ring(self, volume: float) -> bool:
        """The same of a call that rings."""
        return self._play(str(volume), "ring")

    def _play(self, *arguments: str) -> bool:
        if self._process is None:
            process = self._process = QProcess(self)
            process.finished.connect(self._ended)
            process.start(sys.executable, [*self._command, *arguments])
            self._patience.start(PATIENCE_MS)
        return True

    def carriers(self) -> Mapping[type[Message], Carry]:
        return {Chime: lambda chime: self.play(chime.volume)}

    def close(self) -> None:
        """Nothing plays when this returns."""
        self._patience.stop()
        if self._process is not None:
            self._process.finished.disconnect(self._ended)
            self._process.kill()
            self._process.waitForFinished()
            self._process = None

    def _give_up(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._patience.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        if code != 0 or status is not QProcess.ExitStatus.NormalExit:
            self._intake.system("sound.told", {"ko": SILENT.ko, "en": SILENT.en})
