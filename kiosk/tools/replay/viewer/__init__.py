"""`replay --view`: a window on recorded sessions, for testers."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from gestures.variant import Variant
from kiosk.tools.replay.sources import Source
from kiosk.tools.replay.stage import House
from kiosk.tools.replay.viewer.window import Viewer
from kiosk.ui.theme import make_theme

SIZE_PX = (1600, 1000)


def view(sources: Sequence[Source], house: House, other: Variant | None) -> int:
    """Until the window is closed. Exit code 0."""
    application = QApplication.instance() or QApplication(["replay"])
    screen = QApplication.primaryScreen().availableSize()
    theme = make_theme(screen.width(), screen.height())
    window = Viewer(sources, house, other, theme)
    window.resize(*(min(own, has) for own, has in zip(SIZE_PX, screen.toTuple(), strict=True)))
    window.show()
    application.exec()
    return 0
