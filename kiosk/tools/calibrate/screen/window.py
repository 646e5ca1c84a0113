"""The window of the walk: view, field and measurement under one roof."""

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSocketNotifier, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.tools.calibrate.asking import Measuring
from kiosk.tools.calibrate.guide import Guide
from kiosk.tools.calibrate.kept import write_input
from kiosk.tools.calibrate.messages import Ask, Measured, Progress, Said, Unmeasured
from kiosk.tools.calibrate.screen.field import Field
from kiosk.tools.calibrate.screen.flash_field import FlashField
from kiosk.tools.calibrate.screen.walk_view import WalkView
from kiosk.tools.calibrate.step import find_step
from kiosk.tools.calibrate.walk import Walk, now_settings
from kiosk.ui.theme import Language, Theme
from kiosk.wire.text import Text

Begin = Callable[[Ask], Measuring]


class WalkWindow(QWidget):
    """`ended` tells that the walk is finished or left; `walk` is how far it is."""

    ended = Signal()
    changed = Signal()
    """Something else is shown."""

    def __init__(
        self,
        theme: Theme,
        walk: Walk,
        settings: Settings,
        clock: Clock,
        keep: Callable[[Walk], None],
        begin: Begin = Measuring,
        kept: Path | None = None,
    ) -> None:
        """`kept`: the folder for input that an installer wants kept."""
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._clock = clock
        self._begin = begin
        self._kept = kept
        self._keep = keep
        self.guide = Guide(walk, clock.now_ms, self._keep_walk)
        self.view = WalkView(theme, self.guide.view, self)
        self.view.submitted.connect(lambda command, args, _trigger: self.press(command, args))
        self.field: Field | None = None
        self._measuring: Measuring | None = None
        self._notifier: QSocketNotifier | None = None
        self.setWindowTitle("City kiosk: calibration")

    @property
    def walk(self) -> Walk:
        return self.guide.walk

    # ---- what is pressed

    def press(self, command: str, args: Mapping[str, Any]) -> None:
        """What a finger on the wall or on a tablet asks for; nothing where it can't be done now."""
        guide = self.guide
        if command == "choose":
            step = find_step(str(args["step"]))
            if step is not None:
                guide.choose(step)
        elif command == "fact":
            guide.change(str(args["fact"]), int(args["steps"]))
        elif command == "start":
            if guide.view.phase != "measuring":
                self.start()
        elif command == "cancel":
            self._stop_measuring()
            guide.cancelled()
        elif command == "next":
            guide.next()
        elif command == "skip_step":
            guide.skip_step()
        elif command == "skip_take":
            guide.skip_take()
        elif command == "keep":
            guide.tick()
            self._keep_input()
        elif command == "raw":
            guide.tick_raw()
        elif command == "language":
            other: Language = "en" if self._theme.language == "ko" else "ko"
            self._theme = self._theme.with_language(other)
            self.view.set_theme(self._theme)
        elif command == "finish":
            guide.walk = guide.walk.finished(self._clock.now_ms())
            self.ended.emit()
        elif command == "leave":
            self.ended.emit()
        self._show()

    def start(self) -> None:
        """The next take of the step."""
        guide = self.guide
        guide.begin()
        if guide.step.measure:
            settings = now_settings(self._settings, guide.walk)
            folder = str(self._kept) if self._kept is not None and guide.keeping else ""
            ask = Ask(
                *(guide.step.id, guide.take, guide.facts, settings), keep=folder, raw=guide.raw
            )
            self._measuring = self._begin(ask)
            self._notifier = QSocketNotifier(self._measuring.fd, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._read)
        else:
            self._open_field()
        self._show()

    # ---- what is kept

    def _keep_walk(self, walk: Walk) -> None:
        self._keep(walk)
        self._keep_input()

    def _keep_input(self) -> None:
        guide = self.guide
        if self._kept is None or not guide.keeping:
            return
        try:
            write_input(self._kept, guide.walk)
        except OSError as error:
            why = error.strerror or str(error)
            guide.note(
                Text(f"입력을 남기지 못했습니다 ({why})", f"The input can't be kept ({why})")
            )

    # ---- what is measured

    def _read(self) -> None:
        if self._measuring is not None:
            for said in self._measuring.read():
                self.heard(said)

    def heard(self, said: Said) -> None:
        """What the measurement says."""
        if self._measuring is None:
            return
        match said:
            case Progress(done):
                self.guide.progressed(done)
                if self.guide.step.field and self.field is None:
                    self._open_field()  # the camera is open: now it sees what is shown
            case Measured(values):
                self._stop_measuring()
                self.guide.measured(values)
            case Unmeasured(reason):
                self._stop_measuring()
                self.guide.failed(reason)
        self._show()

    def _stop_measuring(self) -> None:
        self._close_field()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._measuring is not None:
            self._measuring.close()
            self._measuring = None

    # ---- what takes the whole screen

    def _open_field(self) -> None:
        module, _, name = self.guide.step.field.partition(":")
        kind = getattr(importlib.import_module(f"{__package__}.{module}"), name)
        field: Field = kind(self._theme, self.guide.step, self.guide.facts, self._clock, self)
        field.ended.connect(self._field_ended)
        field.setGeometry(self.rect())
        field.show()
        field.raise_()
        self.field = field
        field.begin()

    def _field_ended(self, values: dict[str, Any] | None) -> None:
        field, measuring = self.field, self._measuring
        if isinstance(field, FlashField) and measuring is not None:
            measuring.shown(field.flashes)
            self._hide_field()
            return  # the figures come from who saw it
        self._close_field()
        if values is None:
            self.guide.cancelled()
        else:
            self.guide.measured(values)
        self._show()

    def _hide_field(self) -> None:
        if self.field is not None:
            self.field.hide()

    def _close_field(self) -> None:
        if self.field is not None:
            self.field.hide()
            self.field.deleteLater()
            self.field = None

    # ---- the window

    def _show(self) -> None:
        self.view.set_view(self.guide.view)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._theme = self._theme.with_size(self.width(), self.height())
        self.view.set_theme(self._theme)
        self.view.setGeometry(self.rect())
        if self.field is not None:
            self.field.set_theme(self._theme)
            self.field.setGeometry(self.rect())
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop_measuring()
        super().closeEvent(event)
