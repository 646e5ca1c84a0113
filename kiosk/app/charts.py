"""Loads what the detail charts are drawn with, in the background, once it does not hurt."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from kiosk.app.part import Part
from kiosk.ui.charts.plot_loading import load_plot, loaded_plot

log = logging.getLogger(__name__)


class ChartLoader(QObject, Part):
    """One import in a thread of its own: a question to the cache never waits for it.

    `loaded` is called on the thread that made this object.
    """

    _loaded = Signal()

    def __init__(self, loaded: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loaded.connect(loaded, Qt.ConnectionType.QueuedConnection)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Does nothing a second time."""
        if self._thread is None and loaded_plot() is None:
            self._thread = threading.Thread(target=self._load, name="charts")
            self._thread.start()

    def close(self) -> None:
        """Waits for an import that is under way."""
        if self._thread is not None:
            self._thread.join()

    def _load(self) -> None:
        try:
            load_plot()
        except ImportError:
            log.exception("pyqtgraph cannot be loaded; detail charts stay empty")
            return
        self._loaded.emit()
