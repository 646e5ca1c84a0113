"""A panel is asked again when anything that it reads has changed."""

from typing import Any, cast

import pytest

from kiosk.cache.repositories import Repositories
from kiosk.panels import find_panels
from tests.helpers.panel_city import MemoryRepositories, at, demo_city

OF_FIGURES = (
    *("latest", "all_latest", "sparks", "series", "compare", "offers", "breakdown"),
    *("by_district", "by_neighbourhood", "first_by_area"),
)
TABLES = {
    **dict.fromkeys(OF_FIGURES, "observations"),
    **dict.fromkeys(("complaints", "complaint", "complaint_counts"), "complaints"),
    **dict.fromkeys(("items", "children", "item", "newest_items"), "items"),
    **dict.fromkeys(("places", "place_names", "place_counts"), "places"),
    **{"newest_orders": "orders"},
}
"""What a read is of, where it is not called like its table. `latest` is told as observations."""


class Watched:
    """Notes which tables are read."""

    def __init__(self, city: MemoryRepositories) -> None:
        self._city = city
        self.tables: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.tables.add(TABLES.get(name, name))
        return getattr(self._city, name)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.mark.parametrize("panel", [spec.id for spec in find_panels()])
def test_whatever_a_panel_reads_it_is_asked_for_again(panel: str, city: MemoryRepositories) -> None:
    presenter = next(spec for spec in find_panels() if spec.id == panel).load_presenter()
    watched = Watched(city)
    for place in ({}, {"indicator": "complaints", "district": "11710"}, {"item": "any"}):
        presenter.query(cast(Repositories, watched), at(panel, **place))
    assert watched.tables <= presenter.tables
