"""The commands, one by one where they have something to get wrong."""

import pytest

from kiosk.commands import all_commands
from kiosk.core.invocation import Status
from tests.helpers.heart import Heart


def test_every_command_has_titles_in_both_languages_and_an_argument_model() -> None:
    for command in all_commands():
        assert command.title.ko, command.id
        assert command.title.en, command.id
        assert command.args_model.__doc__, command.id


def test_back_and_forward_walk_the_same_way() -> None:
    heart = Heart()
    for panel in ("indicators", "cctv", "help"):
        heart.intake.touch("panel.open", {"panel": panel}, "dock")
    heart.intake.touch("nav.back", {}, "back")
    heart.intake.touch("nav.back", {}, "back")
    assert heart.store.state.panel == "indicators"
    heart.intake.touch("nav.forward", {}, "forward")
    assert heart.store.state.panel == "cctv"


def test_the_place_is_kept_when_the_panel_changes() -> None:
    heart = Heart()
    heart.intake.touch("district.select", {"district": "송파구"}, "map")
    heart.intake.touch("panel.open", {"panel": "indicators"}, "dock")
    assert heart.store.state.place.district == "11710"


@pytest.mark.parametrize("name", ["11710", "송파구", "Songpa-gu", "24"])
def test_a_district_is_found_by_code_name_and_number(name: str) -> None:
    heart = Heart()
    assert heart.intake.touch("district.select", {"district": name}, "map").done
    assert heart.store.state.place.district == "11710"


def test_close_leaves_the_innermost_first() -> None:
    heart = Heart()
    heart.intake.touch("district.select", {"district": "송파구"}, "map")
    heart.intake.touch("cctv.open", {"camera": "3"}, "tile")
    heart.intake.touch("nav.close", {}, "x")
    assert heart.store.state.place.camera is None
    heart.intake.touch("nav.close", {}, "x")
    assert heart.store.state.place.district is None
    heart.intake.touch("nav.close", {}, "x")
    assert heart.store.state.panel == "home"
    assert heart.intake.touch("nav.close", {}, "x").status is Status.UNAVAILABLE


def test_the_map_stays_inside_the_city() -> None:
    heart = Heart()
    for _ in range(20):
        heart.intake.touch("map.zoom_in", {}, "x")
    assert heart.store.state.map_zoom == 8.0
    for _ in range(30):
        heart.intake.touch("map.pan", {"dx": 1.0, "dy": -1.0}, "x")
    assert heart.store.state.map_x == pytest.approx(1 - 0.5 / 8)
    assert heart.store.state.map_y == pytest.approx(0.5 / 8)
    heart.intake.touch("map.reset", {}, "x")
    assert heart.store.state.map_zoom == 1.0


def test_cameras_turn_pages_and_come_round() -> None:
    heart = Heart()
    heart.intake.touch("cctv.layout", {"tiles": 16}, "x")
    heart.intake.touch("cctv.next_page", {}, "x")
    assert heart.store.state.cctv.page == 1
    heart.intake.touch("cctv.next_page", {}, "x")
    assert heart.store.state.cctv.page == 0


def test_type_has_a_largest_and_a_smallest_size() -> None:
    heart = Heart()
    assert heart.intake.touch("ui.larger", {}, "x").done
    assert heart.intake.touch("ui.larger", {}, "x").done
    assert heart.intake.touch("ui.larger", {}, "x").status is Status.UNAVAILABLE
    assert heart.store.state.text_scale == 1.3


def neighbourhood(heart: Heart) -> str | None:
    return heart.store.state.place.neighbourhood


def test_a_category_opens_its_first_panel_then_the_one_last_seen() -> None:
    heart = Heart()
    heart.intake.touch("category.open", {"category": "administration"}, "dock")
    assert heart.store.state.panel == "indicators"
    heart.intake.touch("panel.open", {"panel": "pledges"}, "tab")
    heart.intake.touch("category.open", {"category": "citizens"}, "dock")
    assert heart.store.state.panel == "complaints"
    heart.intake.touch("category.open", {"category": "administration"}, "dock")
    assert heart.store.state.panel == "pledges"
    heart.intake.touch("category.open", {"category": "administration"}, "dock")
    assert heart.store.state.panel == "indicators", "pressed again it begins at its beginning"
    unknown = heart.intake.touch("category.open", {"category": "weather"}, "dock")
    assert unknown.status is Status.BAD_ARGUMENTS


def test_next_and_previous_stay_within_the_category_and_elsewhere_follow_the_dock() -> None:
    heart = Heart()
    heart.intake.touch("panel.open", {"panel": "indicators"}, "tab")
    for expected in ("pledges", "indicators"):
        heart.intake.touch("panel.next", {}, "x")
        assert heart.store.state.panel == expected
    heart.intake.touch("nav.home", {}, "x")
    heart.intake.touch("panel.previous", {}, "x")
    assert heart.store.state.panel == "help"
    heart.intake.touch("panel.next", {}, "x")
    heart.intake.touch("panel.next", {}, "x")
    assert heart.store.state.panel == "cctv", "the first category of the dock"


def test_categories_follow_one_another_and_come_round() -> None:
    heart = Heart()
    for expected in ("cctv", "complaints", "indicators", "cctv"):
        heart.intake.touch("category.next", {}, "x")
        assert heart.store.state.panel == expected
    heart.intake.touch("category.previous", {}, "x")
    assert heart.store.state.panel == "indicators"


def test_the_neighbourhood_is_kept_when_the_category_changes() -> None:
    heart = Heart()
    heart.intake.touch("neighbourhood.select", {"neighbourhood": "잠실본동"}, "map")
    heart.intake.touch("category.open", {"category": "citizens"}, "dock")
    heart.intake.touch("category.open", {"category": "administration"}, "dock")
    place = heart.store.state.place
    assert (place.district, place.neighbourhood) == ("11710", "11710650")


def test_one_level_up_leaves_the_neighbourhood_then_the_district() -> None:
    heart = Heart()
    heart.intake.touch("neighbourhood.select", {"neighbourhood": "11710580"}, "map")
    assert heart.store.state.map_zoom > 1.0
    heart.intake.touch("nav.up", {}, "x")
    place = heart.store.state.place
    assert (place.district, place.neighbourhood) == ("11710", None)
    heart.intake.touch("nav.up", {}, "x")
    assert heart.store.state.place.district is None
    assert heart.store.state.map_zoom == 1.0
    assert heart.intake.touch("nav.up", {}, "x").status is Status.UNAVAILABLE


def test_another_district_leaves_the_neighbourhood() -> None:
    heart = Heart()
    heart.intake.touch("neighbourhood.select", {"neighbourhood": "잠실본동"}, "map")
    heart.intake.touch("neighbourhood.next", {}, "x")
    assert neighbourhood(heart) == "11710580"
    heart.intake.touch("district.select", {"district": "중구"}, "map")
    assert neighbourhood(heart) is None
    heart.intake.touch("neighbourhood.next", {}, "x")
    assert neighbourhood(heart) == "11140590"
    heart.intake.touch("district.clear", {}, "x")
    assert heart.intake.touch("neighbourhood.next", {}, "x").status is Status.UNAVAILABLE


def test_of_two_neighbourhoods_with_one_name_that_of_the_district_is_meant() -> None:
    heart = Heart()
    heart.intake.touch("district.select", {"district": "11710"}, "map")
    heart.intake.touch("neighbourhood.select", {"neighbourhood": "신사동"}, "x")
    assert neighbourhood(heart) == "11710999"
    heart.intake.touch("district.select", {"district": "11140"}, "map")
    heart.intake.touch("neighbourhood.select", {"neighbourhood": "신사동"}, "x")
    assert neighbourhood(heart) == "11140999"


def test_the_map_is_moved_where_it_follows_the_state() -> None:
    heart = Heart()
    assert heart.intake.touch("map.zoom_in", {}, "x").done
    heart.intake.touch("indicator.open", {"indicator": "pm25"}, "tile")
    assert heart.intake.touch("map.zoom_in", {}, "x").status is Status.UNAVAILABLE
    heart.intake.touch("district.select", {"district": "송파구"}, "map")
    assert heart.intake.touch("map.zoom_in", {}, "x").done
    heart.intake.touch("panel.open", {"panel": "help"}, "dock")
    assert heart.intake.touch("map.zoom_in", {}, "x").status is Status.UNAVAILABLE
