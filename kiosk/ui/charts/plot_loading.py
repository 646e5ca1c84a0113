"""pyqtgraph and numpy take some 0.6 s to load: in the background, never on the ui thread."""

import atexit
import os
import sys
import threading
from importlib import import_module
from types import ModuleType

_PLOT = "kiosk.ui.charts.plot"


def load_plot() -> None:
    """Imports the plot with all that it needs; any thread may call it."""
    # numpy's algebra is not used here; its threads would only cost memory and a longer stall.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    hooks = sys.excepthook, threading.excepthook
    graph = import_module("pyqtgraph")
    # It puts itself between the program and its own faults, and into its end: both stay ours.
    sys.excepthook, threading.excepthook = hooks
    graph.setConfigOptions(exitCleanup=False)
    atexit.unregister(graph.cleanup)
    import_module(_PLOT)


def loaded_plot() -> ModuleType | None:
    """The plot's module once it is whole, or None."""
    module = sys.modules.get(_PLOT)
    whole = module is not None and not getattr(module.__spec__, "_initializing", False)
    return module if whole else None
