"""Panels that officials look at on their tablets while the wall shows another."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.app.part import Part
from kiosk.app.queries import Queries
from kiosk.core.clock import Clock
from kiosk.core.state import Place, ViewState
from kiosk.panels import Live, PanelSpec, Presenter
from kiosk.wire.messages import WatchPanels
from kiosk.wire.projection import Projection

MOST = 8
"""So many at once, whoever asks: they are made by the process that draws the wall."""
AGES_MS = 30_000
LATE_MS = 10_000
"""A question that failed is never answered; the next panel is not kept waiting for it."""


REMOTE = "remote"


class Watched(Part):
    """Makes one panel at a tick, so that the wall's own drawing never waits for long: whose rows
    have changed, or whose ages have grown."""

    hears = (WatchPanels,)

    def __init__(
        self,
        *,
        specs: Mapping[str, PanelSpec],
        queries: Queries,
        clock: Clock,
        live: Callable[[], Live],
        show: Callable[[Projection], object],
    ) -> None:
        self._specs = specs
        self._queries = queries
        self._clock = clock
        self._live = live
        self._show = show
        self._presenters: dict[str, Presenter] = {}
        self._due_ms: dict[str, float] = {}
        self._asked = ""
        self._late_ms = 0.0

    @property
    def panels(self) -> tuple[str, ...]:
        """What is watched now."""
        return tuple(self._due_ms)

    def receive(self, message: WatchPanels) -> None:
        self.want(message.panels)

    def lost(self, worker: str) -> None:
        """Nobody watches."""
        if worker == REMOTE:
            self.want(())

    def want(self, panels: tuple[str, ...]) -> None:
        """These and no others; what is about the wall itself is seen at the wall."""
        known = [p for p in panels if p in self._specs and self._specs[p].category != "kiosk"]
        self._due_ms = {panel: self._due_ms.get(panel, 0.0) for panel in known[:MOST]}

    def rows_changed(self, tables: frozenset[str]) -> None:
        for panel in self._due_ms:
            if self._presenter(panel).tables & tables:
                self._due_ms[panel] = 0.0

    def tick(self) -> None:
        now_ms = self._clock.monotonic_ms()
        due = [panel for panel, at_ms in self._due_ms.items() if at_ms <= now_ms]
        if not due or (self._asked and now_ms < self._late_ms):
            return
        panel = self._asked = due[0]
        self._late_ms = now_ms + LATE_MS
        self._due_ms[panel] = now_ms + AGES_MS
        presenter, state = self._presenter(panel), ViewState(place=Place(panel=panel))

        def answered(data: Any) -> None:
            self._asked = ""
            if panel in self._due_ms:
                model = presenter.present(state, data, self._live(), self._clock.now_ms())
                self._show(presenter.project(model))

        self._queries.ask(
            f"{panel} on a tablet", lambda rows: presenter.query(rows, state), answered
        )

    def _presenter(self, panel: str) -> Presenter:
        if panel not in self._presenters:
            self._presenters[panel] = self._specs[panel].load_presenter()
        return self._presenters[panel]
