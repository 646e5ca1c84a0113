"""The walk on the wall's own screen, by touch."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.tools.calibrate.walk import Walk

if TYPE_CHECKING:
    from kiosk.tools.calibrate.screen.window import WalkWindow


class Closing(Protocol):
    def close(self) -> None: ...


Beside = Callable[["WalkWindow", Settings], Closing]


def show(
    walk: Walk,
    settings: Settings,
    clock: Clock,
    keep: Callable[[Walk], None],
    windowed: bool,
    beside: Beside | None = None,
    kept: Path | None = None,
) -> Walk:
    """Until it is finished or left; the walk as it is then, `finished_ms` set when it is over.

    `beside` is open as long as the window is: what lets tablets in. `kept`: the folder for input
    that an installer wants kept.
    """
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from kiosk.tools.calibrate.screen.window import WalkWindow
    from kiosk.ui.theme import make_theme

    application = QApplication.instance() or QApplication([])
    ui = settings.ui
    theme = make_theme(
        ui.width_px,
        ui.height_px,
        ui.theme,
        language=ui.language,
        pixel_aspect=ui.pixel_aspect,
    )
    window = WalkWindow(theme, walk, settings, clock, keep, kept=kept)
    window.ended.connect(application.quit)
    opened = None
    try:
        opened = beside(window, settings) if beside is not None else None
        if windowed:
            window.resize(ui.width_px, ui.height_px)
            window.show()
        else:
            window.showFullScreen()
        application.exec()
    finally:
        window.close()
        if opened is not None:
            opened.close()
    return window.walk
