"""Fingers on the panels of items: rows, parts, moments, places and buttons ask what they say."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.state import ViewState
from kiosk.panels.outline.view import OutlineView
from kiosk.ui.hits import all_hits
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from tests.helpers.panel_city import Asked, MemoryRepositories, at, demo_city, model_of, put_on_wall


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


class Panel:
    """A panel of items on a wall, and what it asked for."""

    def __init__(
        self, city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice, state: ViewState
    ) -> None:
        self.asked: Asked = []
        self.city, self.finger = city, finger
        self.shell: Shell
        model = model_of(state.panel, city, state)
        theme = make_theme(1920, 1080)
        self.shell, view = put_on_wall(state.panel, model, theme, 1920, 1080, self.asked)
        assert isinstance(view, OutlineView)
        self.view = view
        qtbot.addWidget(self.shell)
        QApplication.processEvents()

    def show(self, state: ViewState) -> None:
        self.view.set_view_model(model_of(state.panel, self.city, state))
        QApplication.processEvents()

    def triggers(self) -> dict[str, QPoint]:
        return {hit.target.trigger: hit.middle() for hit in all_hits(self.shell)}

    def tap(self, trigger: str) -> tuple[str, dict[str, Any]] | None:
        """What a finger there asks for."""
        found = self.triggers()
        assert trigger in found, f"no {trigger} among {sorted(found)}"
        self.asked.clear()
        QTest.touchEvent(self.shell, self.finger).press(1, found[trigger], self.shell).commit()
        QTest.touchEvent(self.shell, self.finger).release(1, found[trigger], self.shell).commit()
        QApplication.processEvents()
        said = [(command, dict(args)) for command, args, _ in self.asked if command]
        return said[0] if said else None


@pytest.fixture
def panel(city: MemoryRepositories, qtbot: QtBot, finger: QPointingDevice) -> Any:
    return lambda name, **place: Panel(city, qtbot, finger, at(name, **place))


def test_a_finger_goes_down_the_tree_and_up_again(panel: Any) -> None:
    wall = panel("pledges")
    assert "outline.order" not in wall.triggers(), "nothing is opened that an order could be about"
    assert wall.tap("outline.row.vision-democratic") == ("item.open", {"item": "vision-democratic"})
    wall.show(at("pledges", item="vision-democratic"))
    assert wall.tap("outline.row.area-gender") == ("item.open", {"item": "area-gender"})
    assert wall.tap("outline.up") == ("panel.open", {"panel": "pledges"})
    wall.show(at("pledges", item="with-u-centre"))
    assert wall.tap("outline.up") == ("item.open", {"item": "area-gender"})
    rows = [
        line.id for line in model_of("pledges", wall.city, at("pledges", item="area-gender")).lines
    ]
    here = rows.index("with-u-centre")
    assert wall.tap("outline.next") == ("item.open", {"item": rows[(here + 1) % len(rows)]})
    assert wall.tap("outline.previous") == ("item.open", {"item": rows[here - 1]})
    assert wall.tap("outline.order") == ("order.compose", {})


def test_what_is_late_opens_from_the_panels_first_sight(panel: Any) -> None:
    wall = panel("pledges")
    late = [t for t in wall.triggers() if t.startswith("late.row.")]
    assert late
    key = late[0].removeprefix("late.row.")
    assert wall.tap(late[0]) == ("item.open", {"item": key})


def test_pages_turn_without_asking_and_follow_what_is_chosen(panel: Any) -> None:
    wall = panel("projects", item="projects-smart")
    before = {t for t in wall.triggers() if t.startswith("outline.row.")}
    assert wall.tap("outline.page.next") is None
    after = {t for t in wall.triggers() if t.startswith("outline.row.")}
    assert after
    assert not before & after
    wall.show(at("projects", item="smart-57"))
    assert "outline.row.smart-57" in wall.triggers()


@pytest.mark.parametrize(
    ("name", "opened", "trigger", "asked"),
    [
        ("investment", "it-smart", "treemap.it-field-cctv", "it-field-cctv"),
        ("programmes", "platform", "timeline.1", "platform-phase-use"),
        ("relations", "relations-partners", "rings.partner-tashkent", "partner-tashkent"),
        ("goals", None, "treemap.sdg-11", "sdg-11"),
    ],
)
def test_a_part_a_moment_and_a_place_open_their_items(
    panel: Any, name: str, opened: str | None, trigger: str, asked: str
) -> None:
    assert panel(name, item=opened).tap(trigger) == ("item.open", {"item": asked})


def test_a_goal_leads_to_panels_and_indicators(panel: Any) -> None:
    wall = panel("goals", item="sdg-13")
    assert wall.tap("outline.row.plan-2025-t8") == ("item.open", {"item": "plan-2025-t8"})
    seen = set()
    for _ in range(12):
        seen |= {t for t in wall.triggers() if t.startswith("outline.row.")}
        if "outline.page.next" not in wall.triggers():
            break
        wall.tap("outline.page.next")
    assert any(t.startswith("outline.row.indicator-") for t in seen)


def test_an_item_leads_to_the_figure_that_tells_more(panel: Any) -> None:
    wall = panel("plans", item="parking-550")
    assert wall.tap("outline.indicator") == ("indicator.open", {"indicator": "parking-free"})
    wall.show(at("plans", item="fintech"))
    assert "outline.indicator" not in wall.triggers()


def test_a_chosen_district_is_let_go_again(panel: Any) -> None:
    wall = panel("projects", district="11710")
    assert wall.tap("outline.whole") == ("district.clear", {})


def test_a_finger_narrows_a_list(panel: Any) -> None:
    votes = panel("votes")
    assert votes.tap("outline.part.content") == (
        "panel.narrow",
        {"panel": "votes", "to": "content"},
    )


def test_a_finger_looks_at_the_wall_through_a_goal(panel: Any) -> None:
    goals = panel("goals", item="sdg-11")
    assert goals.tap("outline.through") == ("goal.look", {"goal": "sdg-11"})


def test_a_finger_leads_to_the_places_that_an_item_speaks_of(panel: Any) -> None:
    plans = panel("plans", item="parking-550")
    assert plans.tap("outline.sites") == ("panel.narrow", {"panel": "places", "to": "parking"})


def test_a_dot_on_the_map_opens_what_it_stands_for(panel: Any) -> None:
    places = panel("places", only="parking", district="11680")
    drawn = places.view.map
    dot, at_m = drawn.canvas.dots.dots[0]
    here = drawn.canvas.viewportTransform().map(at_m)
    target = drawn.target_at(here)
    assert target is not None
    assert target.command == "place.open"
    nearest = drawn.canvas.dot_at(here, 1.0)
    assert nearest is not None
    assert nearest[0] == dot
    places.show(at("places", only="wifi", district="11680"))
    here = drawn.canvas.viewportTransform().map(drawn.canvas.dots.dots[0][1])
    assert drawn.target_at(here).command == "district.select"  # an access point opens nothing


def test_a_row_that_opens_nothing_cannot_be_pressed(panel: Any) -> None:
    places = panel("places", only="wifi", district="11680")
    assert not [t for t in places.triggers() if t.startswith("outline.row.")]


def test_a_finger_leads_to_the_cameras_near_a_station_and_near_a_site(
    panel: Any, city: MemoryRepositories
) -> None:
    station = city.places("subway.station", "11680")[0]
    places = panel("places", only="stations", district="11680", item=station.id)
    assert places.tap("outline.cameras") == ("cctv.near", {"to": station.id})
    site = next(item for item in city.items("project") if item.places)
    projects = panel("projects", item=site.id)
    assert projects.tap("outline.cameras") == ("cctv.near", {"to": site.id})
    nowhere = next(item for item in city.items("pledge") if not item.places)
    assert "outline.cameras" not in panel("pledges", item=nowhere.id).triggers()
