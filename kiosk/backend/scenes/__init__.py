"""Drawn pictures of the simulated city cameras. No Qt; OpenCV, numpy and Pillow only."""

from kiosk.backend.scenes.crossroads import Crossroads
from kiosk.backend.scenes.plaza import Plaza
from kiosk.backend.scenes.river import River, Stream
from kiosk.backend.scenes.roads import Bridge, Expressway
from kiosk.backend.scenes.scene import Scene
from kiosk.backend.scenes.street import Station, Street
from kiosk.backend.scenes.tunnel import Tunnel

SCENES: dict[str, type[Scene]] = {
    "bridge": Bridge,
    "crossroads": Crossroads,
    "expressway": Expressway,
    "plaza": Plaza,
    "river": River,
    "station": Station,
    "stream": Stream,
    "street": Street,
    "tunnel": Tunnel,
}


def build_scene(kind: str, seed: str, variant: int = 0) -> Scene:
    """The scene of a camera; `variant` counts the cameras of a kind. Raises KeyError."""
    return SCENES[kind](seed, variant)


__all__ = ["SCENES", "River", "Scene", "build_scene"]
