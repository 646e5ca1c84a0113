"""What the wall has been used for, read from the ledger; and the tabs in the order of use."""

from collections.abc import Callable
from datetime import timedelta

from kiosk.app.queries import Queries
from kiosk.core.clock import Clock
from kiosk.core.menu import Menu
from kiosk.core.state import ViewState
from kiosk.core.usage import Use, by_use, most_opened
from kiosk.pack.clock import local_time

WEEKS = 6
DAY_MS = 86_400_000


class Uses:
    """`changed` is called when `found` is new: what people did in the last weeks, by the hour."""

    def __init__(self, queries: Queries, clock: Clock, changed: Callable[[], None]) -> None:
        self._queries = queries
        self._clock = clock
        self._changed = changed
        self.found: tuple[Use, ...] = ()

    def read(self) -> None:
        since_ms = self._clock.now_ms() - WEEKS * 7 * DAY_MS
        self._queries.ask_ledger("usage", lambda ledger: ledger.usage(since_ms), self._take)

    def arranged(self, menu: Menu, state: ViewState) -> Menu:
        """The menu as the state wants it. Use counts up to last Sunday, so that no tab moves while
        somebody works."""
        if not state.by_use:
            return menu
        monday_ms = _monday_ms(self._clock.now_ms())
        past = [use for use in self.found if use.hour_ms < monday_ms]
        return by_use(menu, most_opened(past, state.profile))

    def _take(self, found: tuple[Use, ...]) -> None:
        if found != self.found:
            self.found = found
            self._changed()


def _monday_ms(now_ms: int) -> int:
    """The beginning of this week."""
    today = local_time(now_ms).replace(hour=0, minute=0, second=0, microsecond=0)
    return round((today - timedelta(days=today.weekday())).timestamp() * 1000)
