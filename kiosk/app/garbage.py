"""Python's search for garbage in the ui process, at times when it holds up nobody.

A search through everything takes 20 to 70 ms and keeps the interpreter's lock, whichever thread
happens to begin it: no frame is painted meanwhile. It found ten objects at most. What is young is
searched as ever (under 4 ms); everything is by a timer, seldom, on the screen's own thread, which
waits for no core.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERYTHING_MS = 3_600_000
_YOUNG, _GROWN, _NEVER = 700, 10, 1_000_000_000


def put_off() -> None:
    """While the wall is put together nothing is searched."""
    gc.disable()


def take_up(parent: QObject) -> None:
    """What is there now stays, and is left out for good; the timer is the parent's."""
    gc.freeze()
    gc.set_threshold(_YOUNG, _GROWN, _NEVER)
    gc.enable()
    timer = QTimer(parent)
    timer.timeout.connect(gc.collect)
    timer.start(EVERYTHING_MS)
