"""The presenter's pointer: one tablet at a time shows on the wall where its user points."""

from collections.abc import Callable

from kiosk.core.clock import Clock
from kiosk.core.state import Store
from kiosk.ui.presenter import PresenterView
from kiosk.wire.messages import TabletPoint

REST_MS = 2_000
"""So long a mark stays without news: the finger is up, or the network is gone."""
LENT_MS = 60_000
"""Whoever has not pointed for so long asks again."""


class Pointing:
    """`lend` is a command, asked for and written down once; what points after that is not."""

    def __init__(
        self, store: Store, clock: Clock, show: Callable[[PresenterView | None], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._show = show
        self._device = ""
        self._name = ""
        self._until_ms = 0.0
        self._shown_until_ms: float | None = None

    def lend(self, device: str, name: str) -> bool:
        """From now on this tablet's points count, and no other's."""
        self._hide()
        self._device, self._name = device, name
        self._until_ms = self._clock.monotonic_ms() + LENT_MS
        return True

    def end(self, device: str) -> None:
        """This tablet may point no more."""
        if device == self._device:
            self._device = ""
            self._hide()

    def take(self, point: TabletPoint) -> None:
        now_ms = self._clock.monotonic_ms()
        if point.device != self._device or now_ms >= self._until_ms:
            return
        if point.x is None or point.y is None or self._store.state.locked:
            self._hide()
            return
        self._until_ms = now_ms + LENT_MS
        self._shown_until_ms = now_ms + REST_MS
        self._show(PresenterView(point.x, point.y, self._name))

    def tick(self) -> None:
        shown = self._shown_until_ms
        if shown is not None and self._clock.monotonic_ms() >= shown:
            self._hide()

    def _hide(self) -> None:
        if self._shown_until_ms is not None:
            self._shown_until_ms = None
            self._show(None)
