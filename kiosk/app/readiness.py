"""Tells when everything is on: the panel shows data, its cameras have pictures or say that they
have none, nothing starts."""

from collections.abc import Callable, Mapping

from kiosk.app.panels import PanelHost
from kiosk.app.part import Part
from kiosk.app.world import WallWorld
from kiosk.wire.messages import CameraState, FullyOn, Message

_SHOWN = frozenset(("live", "delayed"))


class Readiness(Part):
    """Says FullyOn once, and again to whoever connects later."""

    def __init__(
        self,
        world: WallWorld,
        panels: PanelHost,
        cameras: Mapping[str, CameraState],
        announce: Callable[[Message], None],
    ) -> None:
        self._world = world
        self._panels = panels
        self._cameras = cameras
        self._announce = announce
        self._on: FullyOn | None = None

    def tick(self) -> None:
        if self._on is None and self._is_on():
            states = [self._cameras[camera] for camera in self._panels.cameras()]
            silent = sum(state.state not in _SHOWN for state in states)
            self._on = FullyOn(self._world.now_ms(), silent)
            self._announce(self._on)

    def tell_again(self) -> None:
        if self._on is not None:
            self._announce(self._on)

    def _is_on(self) -> bool:
        processes = [p for p in self._world.processes() if p.name not in ("ui", "supervisor")]
        if not processes or any(p.state == "starting" for p in processes):
            return False
        wanted = self._panels.cameras()
        states = [self._cameras.get(camera) for camera in wanted]
        # A dead camera says so after some seconds: there is nothing more to wait for.
        settled = all(state is not None and state.state != "connecting" for state in states)
        return self._panels.filled and settled
