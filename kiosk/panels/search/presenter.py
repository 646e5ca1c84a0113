"""Search: finders made from the cache, the panels and the commands. No Qt."""

from typing import TYPE_CHECKING

import msgspec

from kiosk.core.desk import Desk
from kiosk.core.finder import Finder, Found
from kiosk.core.profiles import Profiles
from kiosk.core.state import ViewState
from kiosk.core.usage import most_opened
from kiosk.panels import find_panels
from kiosk.panels.lens import Lens, lens_of_item
from kiosk.panels.panel import Live
from kiosk.panels.places.kinds import NAMED
from kiosk.panels.search.entries import (
    Rows,
    of_desk,
    of_places,
    of_profiles,
    of_rows,
    of_wall,
)
from kiosk.panels.search.model import KINDS, SearchModel
from kiosk.wire.city import District
from kiosk.wire.names import PlaceName
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("찾기", "Search")
MOST_ON_TABLET = 20
MOST_OFTEN = 8


class SearchData(msgspec.Struct, frozen=True):
    """What the cache has with a name, and the goal that the wall is looked at through."""

    finder: Finder
    places: Finder
    lens: Lens | None


class SearchPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables = frozenset(
        {
            *("indicators", "districts", "neighbourhoods", "cameras", "incidents", "items"),
            *("complaints", "sources", "kinds", "places"),
        }
    )
    fields = frozenset(("goal",))

    def __init__(self) -> None:
        specs = find_panels()
        self._wall = Finder(of_wall(specs))
        self._kinds = tuple(kind for spec in specs for kind in spec.items)
        self._places: tuple[tuple[PlaceName, ...], tuple[District, ...], Finder] | None = None
        self._people: tuple[Desk, Profiles, Finder] | None = None

    def query(self, repositories: "Repositories", state: ViewState) -> SearchData:
        rows = Rows(
            indicators=repositories.indicators(),
            districts=repositories.districts(),
            neighbourhoods=repositories.neighbourhoods(),
            cameras=repositories.cameras(),
            incidents=repositories.incidents(),
            items=repositories.items(*self._kinds),
            complaints=repositories.complaints(),
            sources=repositories.sources(),
            kinds=repositories.kinds(),
        )
        goal = repositories.item(state.goal) if state.goal else None
        return SearchData(Finder(of_rows(rows)), self._where(repositories), lens_of_item(goal))

    def present(
        self, state: ViewState, data: SearchData | None, live: Live, now_ms: int
    ) -> SearchModel:
        if data is None:
            return SearchModel((self._wall,), state.sought, loading=True, now_ms=now_ms)
        finders = (data.finder, data.places, self._wall, self._who(live))
        often = self._often(state, live)
        return SearchModel(finders, state.sought, lens=data.lens, often=often, now_ms=now_ms)

    def _often(self, state: ViewState, live: Live) -> tuple[Found, ...]:
        """The panels that this profile opens most, but for the one that stands here."""
        entries = (one for one in self._wall.entries if one.command == "panel.open")
        panels = {str(one.args["panel"]): one for one in entries}
        ranked = [panel for panel in most_opened(live.usage, state.profile) if panel in panels]
        return tuple(Found(panels[one], 1.0) for one in ranked if one != "search")[:MOST_OFTEN]

    def _where(self, repositories: "Repositories") -> Finder:
        """Places by name; made again when a name or a district changes, not when a place tells how
        it is."""
        names = repositories.place_names([kind.kind for kind in NAMED])
        districts = repositories.districts()
        if self._places is None or self._places[:2] != (names, districts):
            self._places = (names, districts, Finder(of_places(names, districts)))
        return self._places[2]

    def _who(self, live: Live) -> Finder:
        """Those in charge, and those whom the wall works for; made again when they change."""
        desk, profiles = live.desk, live.profiles
        if self._people is None or self._people[:2] != (desk, profiles):
            finder = Finder((*of_desk(desk), *of_profiles(profiles)))
            self._people = (desk, profiles, finder)
        return self._people[2]

    def project(self, model: SearchModel) -> Projection:
        rows = tuple(
            Row(
                headline=found.entry.name,
                facts=KINDS[found.entry.kind],
                command=found.entry.command,
                args=dict(found.entry.args),
            )
            for found in model.find(model.sought, MOST_ON_TABLET)
        )
        blocks = (RowsBlock(Text(model.sought, model.sought), rows),) if rows else ()
        return Projection("search", TITLE, Text("", ""), model.now_ms, blocks)
