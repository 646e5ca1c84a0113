"""The walk on the wall's own screen, by touch."""

import os
from collections.abc import Callable

from kiosk.core.clock import Clock
from kiosk.settings import Settings
from kiosk.tools.calibrate.walk import Walk


def show(
    walk: Walk,
    settings: Settings,
    clock: Clock,
    keep: Callable[[Walk], None],
    windowed: bool,
) -> Walk:
    """Until it is finished or left; the walk as it is then, `finished_ms` set when it is over."""
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
    window = WalkWindow(theme, walk, settings, clock, keep)
    window.ended.connect(application.quit)
    if windowed:
        window.resize(ui.width_px, ui.height_px)
        window.show()
    else:
        window.showFullScreen()
    application.exec()
    window.close()
    return window.walk
