"""The city that the wall is for, as its pack says: names, clock, areas, bounds, scales, panels."""

from kiosk.pack.current import here, use
from kiosk.pack.loading import CITIES, load_here, load_pack, pack_folder
from kiosk.pack.model import Bounds, Emergency, Grade, Level, Pack, Scale

__all__ = [
    "CITIES",
    "Bounds",
    "Emergency",
    "Grade",
    "Level",
    "Pack",
    "Scale",
    "here",
    "load_here",
    "load_pack",
    "pack_folder",
    "use",
]
