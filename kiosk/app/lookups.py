"""What commands look up and help shows, read off the screen's thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.app.part import Part
from kiosk.app.queries import Queries
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.panels.names import Names
    from kiosk.panels.spoken import Figures
    from kiosk.panels.standing import Feeds

Phrases = dict[str, tuple[str, ...]]
TABLES = frozenset(
    {
        *("districts", "neighbourhoods", "indicators", "cameras"),
        *("incidents", "complaints", "items"),
    }
)
FIGURES = frozenset({"indicators", "observations", "latest"})
FEEDS = frozenset({"sources", "complaints", "incidents", "cameras", "items", "places"})


class Lookups(Part):
    """Reads names, phrases and figures, and hands them on; again when a table has changed."""

    def __init__(
        self,
        queries: Queries,
        settings: Settings,
        names: "Callable[[Names], None]",
        phrases: Callable[[Phrases], None],
        figures: "Callable[[Figures], None]",
        feeds: "Callable[[Feeds], None]",
    ) -> None:
        self._queries = queries
        self._settings = settings
        self._names = names
        self._phrases = phrases
        self._figures = figures
        self._feeds = feeds

    def read(self) -> None:
        from kiosk.app.phrases import read_phrases

        self._read_names()
        self._read_figures()
        self._read_feeds()
        settings = self._settings
        self._queries.ask("phrases", lambda _rows: read_phrases(settings), self._phrases)

    def rows_changed(self, tables: frozenset[str]) -> None:
        if TABLES & tables:
            self._read_names()
        if FIGURES & tables:
            self._read_figures()
        if FEEDS & tables:
            self._read_feeds()

    def _read_feeds(self) -> None:
        from kiosk.panels.standing import read_feeds

        self._queries.ask("feeds", read_feeds, self._feeds)

    def _read_figures(self) -> None:
        from kiosk.panels.spoken import read_figures

        self._queries.ask("figures", read_figures, self._figures)

    def _read_names(self) -> None:
        from kiosk.panels.names import read_names

        self._queries.ask("catalogue", read_names, self._names)
