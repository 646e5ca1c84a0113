"""`run --screenshot DIR`: once everything is on, a picture of every panel."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from kiosk.inputs import Intake
from kiosk.settings.model import PathSettings
from kiosk.ui.shell import Shell

LOOK_MS = 2500


class Photographer(QObject):
    """Goes from panel to panel once, waits for each to be whole, and comes back to the first."""

    def __init__(
        self, shell: Shell, intake: Intake, panels: tuple[str, ...], paths: PathSettings
    ) -> None:
        super().__init__(shell)
        self._shell = shell
        self._intake = intake
        self._folder = Path(paths.screenshot_dir) if paths.screenshot_dir else None
        self._left = list(panels)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._shoot)

    def start(self) -> None:
        """Does nothing without a folder, or a second time."""
        if self._folder is not None and self._left and not self._timer.isActive():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._intake.system("panel.open", {"panel": self._left[0]})
            self._timer.start()

    def _shoot(self) -> None:
        assert self._folder is not None
        panel = self._left.pop(0)
        file = self._folder / f"{panel}.png"
        self._shell.grab().save(str(file))
        print(f"Picture: {file}", flush=True)
        if self._left:
            self._intake.system("panel.open", {"panel": self._left[0]})
        else:
            self._timer.stop()
            self._intake.system("nav.home", {})
