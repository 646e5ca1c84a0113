"""The one city of this process.

Like its locale: chosen once, before anything is shown, and asked for wherever words, clocks and
codes are made. A process that chose none is the default city's.
"""

from kiosk.pack.loading import load_here
from kiosk.pack.model import Pack
from kiosk.settings import Settings

_chosen: list[Pack] = []


def use(pack: Pack) -> None:
    """From now on this process is this city's."""
    _chosen[:] = [pack]


def here() -> Pack:
    """The city of this process."""
    if not _chosen:
        use(load_here(Settings()))
    return _chosen[0]
