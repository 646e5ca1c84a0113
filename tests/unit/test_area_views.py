"""Where the map looks when a part of the city is chosen, on the true shapes of the districts."""

from typing import cast

import pytest

from kiosk.cache.repositories import Repositories
from kiosk.commands.areas import District, Neighbourhood, select, select_neighbourhood
from kiosk.core.state import ZOOM_MAX, ViewState
from kiosk.core.world import Entry, World
from kiosk.panels.names import Names, read_names
from tests.helpers.panel_city import demo_city


class NamedWorld:
    """As much of the world as these commands ask about."""

    def __init__(self, catalogue: Names) -> None:
        self.catalogue = catalogue


@pytest.fixture(scope="module")
def world() -> World:
    return cast(World, NamedWorld(read_names(cast(Repositories, demo_city()))))


def seen(state: ViewState) -> tuple[float, float, float, float]:
    half = 0.5 / state.map_zoom
    return state.map_x - half, state.map_y - half, state.map_x + half, state.map_y + half


def lies_in(district: Entry, state: ViewState) -> bool:
    assert district.box is not None
    left, top, right, bottom = district.box
    west, north, east, south = seen(state)
    edge = 1e-9
    across = west - edge <= left <= right <= east + edge
    return across and north - edge <= top <= bottom <= south + edge


def test_every_district_has_its_part_of_the_citys_box(world: World) -> None:
    boxes = [district.box for district in world.catalogue.districts()]
    known = [box for box in boxes if box is not None]
    assert len(known) == 25
    assert min(box[0] for box in known) == pytest.approx(0.0)
    assert max(box[3] for box in known) == pytest.approx(1.0)
    assert all(
        0 <= left < right <= 1 and 0 <= top < bottom <= 1 for left, top, right, bottom in known
    )


def test_a_chosen_district_is_seen_whole_and_large(world: World) -> None:
    for district in world.catalogue.districts():
        state = select(ViewState(), District(district.id), world).state
        assert lies_in(district, state), district.name
        assert 2.0 < state.map_zoom <= ZOOM_MAX, district.name


def test_each_of_424_neighbourhoods_leads_to_its_district(world: World) -> None:
    districts = {district.id: district for district in world.catalogue.districts()}
    for part in world.catalogue.neighbourhoods():
        state = select_neighbourhood(ViewState(), Neighbourhood(part.id), world).state
        assert state.place.district == part.id[:5]
        assert lies_in(districts[part.id[:5]], state), part.name


def test_a_neighbour_in_the_same_district_leaves_the_view_as_it_is(world: World) -> None:
    first = select_neighbourhood(ViewState(), Neighbourhood("잠실본동"), world).state
    second = select_neighbourhood(first, Neighbourhood("송파1동"), world).state
    assert seen(second) == seen(first)
