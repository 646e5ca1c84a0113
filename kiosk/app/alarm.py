"""Asks whether an incident that has just become critical may take the screen."""

from collections.abc import Callable

from kiosk.app.part import Part
from kiosk.app.queries import Queries
from kiosk.core.state import Store, ViewState
from kiosk.core.world import World
from kiosk.inputs import Intake
from kiosk.panels.questions import critical_incidents

_INCIDENTS = frozenset({"incidents"})


class Alarm(Part):
    """Each incident is asked about once, the most urgent first, when nothing else is asked and
    somebody can see it, and not while a person wants it quiet. What was critical when the wall
    came on is not new. `chime` is called with the volume where the wall's sound is on."""

    def __init__(
        self,
        intake: Intake,
        store: Store,
        world: World,
        queries: Queries,
        *,
        asks: bool = True,
        chime: Callable[[float], object] = lambda volume: None,
    ) -> None:
        self._intake = intake
        self._store = store
        self._world = world
        self._queries = queries
        self._asks = asks
        self._chime = chime
        self._known: set[str] | None = None
        self._waiting: tuple[str, ...] = ()

    def read(self) -> None:
        """Finds out what is critical already."""
        if self._asks:
            self._queries.ask("critical", critical_incidents, self._take)

    def rows_changed(self, tables: frozenset[str]) -> None:
        if tables & _INCIDENTS:
            self.read()

    def tick(self) -> None:
        state, self._waiting = self._store.state, self._still_waiting()
        quiet = state.screen.quiet_until_ms > self._world.now_ms()
        if not self._waiting or quiet or not _free(state):
            return
        incident = self._waiting[0]
        if incident not in {entry.id for entry in self._world.catalogue.incidents()}:
            return  # its name is on its way from the cache
        self._seen(incident)
        if (state.panel, state.place.item) != ("incident", incident):
            self._intake.system("incident.take_screen", {"incident": incident})
            if state.screen.sound:
                self._chime(state.screen.sound)

    def _take(self, critical: tuple[str, ...]) -> None:
        if self._known is None:
            self._known = set(critical)
        self._waiting = critical
        self.tick()

    def _still_waiting(self) -> tuple[str, ...]:
        known = self._known or set()
        noted = self._world.noted
        return tuple(i for i in self._waiting if i not in known and i not in noted)

    def _seen(self, incident: str) -> None:
        assert self._known is not None
        self._known.add(incident)


def _free(state: ViewState) -> bool:
    asked = state.confirmation is not None or state.choice is not None
    return not (asked or state.locked or state.dimmed)
