"""The presenter's pointer: one tablet at a time shows on the wall where its user points."""

from collections.abc import Callable, Mapping

from kiosk.app.part import Carry, Part
from kiosk.core.clock import Clock
from kiosk.core.state import Store
from kiosk.ui.presenter import PresenterView
from kiosk.wire.messages import LendPointer, Message, TabletPoint

REST_MS = 2_000
"""So long a mark stays without news: the finger is up, or the network is gone."""
LENT_MS = 60_000
"""Whoever has not pointed for so long asks again."""


class Pointing(Part):
    """`named`: the tablets that may point, and what they are called. To lend is a command, asked
    for and written down once; what points after that is not."""

    hears = (TabletPoint,)

    def __init__(
        self,
        store: Store,
        clock: Clock,
        show: Callable[[PresenterView | None], None],
        named: Callable[[], Mapping[str, str]],
    ) -> None:
        self._store = store
        self._clock = clock
        self._show = show
        self._named = named
        self._device = ""
        self._until_ms = 0.0
        self._shown_until_ms: float | None = None

    def carriers(self) -> Mapping[type[Message], Carry]:
        return {LendPointer: lambda lend: self.lend(lend.device)}

    def lend(self, device: str) -> bool:
        """From now on this tablet's points count, and no other's."""
        self._hide()
        self._device = device
        self._until_ms = self._clock.monotonic_ms() + LENT_MS
        return True

    def receive(self, message: TabletPoint) -> None:
        now_ms = self._clock.monotonic_ms()
        name = self._named().get(message.device)
        if name is None or message.device != self._device or now_ms >= self._until_ms:
            return
        if message.x is None or message.y is None or self._store.state.locked:
            self._hide()
            return
        self._until_ms = now_ms + LENT_MS
        self._shown_until_ms = now_ms + REST_MS
        self._show(PresenterView(message.x, message.y, name))

    def tick(self) -> None:
        shown = self._shown_until_ms
        if self._device not in self._named():
            self._device = ""
            self._hide()
        elif shown is not None and self._clock.monotonic_ms() >= shown:
            self._hide()

    def _hide(self) -> None:
        if self._shown_until_ms is not None:
            self._shown_until_ms = None
            self._show(None)
