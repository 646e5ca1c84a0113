"""Panels of items: the tree, what is late, pictures, what a tablet is told."""

from typing import Any, cast

import pytest

from kiosk.cache.repositories import Repositories
from kiosk.core.state import Place, ViewState
from kiosk.panels import find_panels
from kiosk.panels.names import read_names
from kiosk.panels.outline.earth import FARTHEST_KM, from_city
from kiosk.panels.outline.model import Amount, OutlineModel, Rings, Timeline, Treemap
from kiosk.panels.outline.presenter import OutlinePresenter
from kiosk.panels.outline.scene import OutlineData
from kiosk.panels.outline.status import behind, is_late, planned, state_word
from kiosk.panels.outline.tree import Tree
from kiosk.panels.outline.words import counted, money, read_out
from kiosk.panels.panel import Live
from kiosk.ui.charts.map_model import MapModel
from kiosk.wire.city import Item
from kiosk.wire.orders import Given, GivenOrder, Order
from kiosk.wire.projection import RowsBlock
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, model_of, spec_of

DAY_MS = 86_400_000
PANELS = ("pledges", "investment", "projects", "plans", "programmes", "relations", "goals")


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def item(key: str, **more: Any) -> Item:
    return Item(key, "pledge", Text(key, key), **more)


def running(key: str, progress: float, **more: Any) -> Item:
    """Half of its time is over."""
    half = {"start_ms": NOW_MS - 50 * DAY_MS, "due_ms": NOW_MS + 50 * DAY_MS, "state": "running"}
    return item(key, progress=progress, **(half | more))


def test_a_task_is_late_a_tenth_behind_its_plan_or_after_its_day() -> None:
    assert planned(running("a", 0.2), NOW_MS) == 0.5
    assert behind(running("a", 0.2), NOW_MS) == pytest.approx(0.3)
    assert is_late(running("a", 0.39), NOW_MS)
    assert not is_late(running("a", 0.41), NOW_MS)
    assert is_late(running("a", 0.99, due_ms=NOW_MS - 1), NOW_MS)
    assert not is_late(running("a", 1.0, state="done", due_ms=NOW_MS - 1), NOW_MS)
    assert not is_late(item("a"), NOW_MS)
    assert planned(item("a", due_ms=NOW_MS), NOW_MS) is None
    assert state_word(running("a", 0.0), NOW_MS).en == "Late"
    assert state_word(running("a", 0.5), NOW_MS).en == "Under way"


def test_a_whole_is_as_far_as_its_parts_if_all_of_them_tell() -> None:
    parts = [item("v"), running("a", 0.2, parent="v"), running("b", 0.6, parent="v")]
    tree = Tree(parts)
    assert tree.progress(parts[0]) == pytest.approx(0.4)
    assert tree.late(parts[0], NOW_MS) == 1
    assert [i.id for i in tree.leaves(parts[0])] == ["a", "b"]
    assert Tree([*parts, item("c", parent="v")]).progress(parts[0]) is None
    orphan = Tree([running("x", 0.1, parent="not here")])
    assert [i.id for i in orphan.roots()] == ["x"]


class Small(OutlinePresenter):
    outline = spec_of("pledges").load_presenter().outline  # type: ignore[attr-defined]


def shown(items: list[Item], opened: str | None = None) -> OutlineModel:
    state = ViewState(place=Place("pledges", item=opened))
    return Small().present(state, OutlineData(tuple(items), (), None), Live(), NOW_MS)


def test_late_ones_come_first_and_numbers_count_the_list() -> None:
    rows = [
        item("v"),
        *(running(k, p, parent="v") for k, p in zip("abc", (0.5, 0.1, 0.3), strict=True)),
    ]
    model = shown(rows, "v")
    assert [line.id for line in model.lines] == ["b", "c", "a"]
    assert [line.number for line in model.lines] == [1, 2, 3]
    assert [line.late for line in model.lines] == [True, True, False]
    assert [line.id for line in shown(rows).late] == ["b", "c"]


def test_beside_a_leaf_its_siblings_stay_and_up_leads_to_the_whole() -> None:
    rows = [item("v"), running("a", 0.5, parent="v"), running("b", 0.5, parent="v")]
    model = shown(rows, "b")
    assert [line.chosen for line in model.lines] == [False, True]
    assert model.up is not None
    assert model.up.args == {"item": "v"}
    assert model.sheet is not None
    assert model.sheet.plan == 0.5
    assert shown(rows, "v").up is None
    assert not shown(rows, "gone").opened


def test_an_entry_of_the_demonstration_says_so() -> None:
    (line,) = shown([running("a", 0.5, simulated=True)]).lines
    assert line.simulated
    sheet = shown([running("a", 0.5, simulated=True)], "a").sheet
    assert sheet is not None
    assert sheet.invented
    assert "시연용" in sheet.source.ko
    written = running("a", 0.5, simulated=True, source=Text("보도자료", "Release"))
    sheet = shown([written], "a").sheet
    assert sheet is not None
    assert not sheet.invented
    assert sheet.simulated
    assert sheet.source.en == "Release"
    assert "시연용" in sheet.played.ko


def test_orders_about_an_item_stand_beside_it() -> None:
    orders = tuple(
        GivenOrder(Order(f"o{n}", NOW_MS - n, "wall", "digital", text, about, None), "read", NOW_MS)
        for n, (text, about) in enumerate(
            [("현황 보고", "items/a"), ("즉시 조치", "items/b"), ("대책 마련", "items/a")]
        )
    )
    state = ViewState(place=Place("pledges", item="a"))
    data = OutlineData((running("a", 0.5), running("b", 0.5)), (), None)
    sheet = Small().present(state, data, Live(given=Given(orders)), NOW_MS).sheet
    assert sheet is not None
    told = [words.ko for label, words in sheet.facts if label.en == "Ordered"]
    assert len(told) == 2
    assert "현황 보고, 읽음" in told[0]
    assert "대책 마련" in told[1]


def test_several_of_a_kind_are_counted_as_each_language_does() -> None:
    assert counted("task", 9) == Text("과제 9개", "9 tasks")
    assert counted("strategy", 3).en == "3 strategies"
    assert counted("plan", 1).en == "1 plan"


def test_money_is_counted_as_each_language_counts() -> None:
    assert money(321.3e9).value == Text("3,213", "321.3")
    assert money(0.7e9).value == Text("7", "0.7")
    assert money(34e12) == money(34e12)
    assert (money(34e12).value.ko, money(34e12).unit) == ("34", Text("조 원", "tn KRW"))
    assert money(1.25e9).value == Text("12.5", "1.25")


def test_a_second_figure_in_a_list_says_what_it_counts(city: MemoryRepositories) -> None:
    def facts(panel: str, **place: str) -> dict[str, Text]:
        return {line.id: line.facts for line in model_of(panel, city, at(panel, **place)).lines}

    types = facts("investment", item="it-types")
    assert types["it-type-systems"] == Text("사업 72건", "72 projects")
    visits = next(t for t in facts("relations").values() if "한 달에" in t.ko)
    assert visits == Text("한 달에 30곳 넘게", "over 30 a month")


def test_one_of_a_unit_stands_in_the_singular() -> None:
    many = Amount(Text("2", "2"), Text("곳", "areas"))
    one = Amount(Text("1", "1"), Text("곳", "areas"))
    assert (read_out(many).en, read_out(one).en) == ("2 areas", "1 area")


def test_a_goal_says_how_much_serves_it(city: MemoryRepositories) -> None:
    root = model_of("goals", city, at("goals"))
    poverty = next(line for line in root.lines if line.id == "sdg-1")
    cell = next(c for c in root.picture.cells if c.press.args == {"item": "sdg-1"})
    assert poverty.amount is not None
    assert float(poverty.amount.value.ko) == cell.size
    sheet = model_of("goals", city, at("goals", item="sdg-11")).sheet
    lines = model_of("goals", city, at("goals", item="sdg-11")).lines
    assert sum(int(figure.value.ko) for figure in sheet.figures) == len(lines)


def test_what_a_release_does_not_list_is_a_part_of_its_own(city: MemoryRepositories) -> None:
    picture = model_of("investment", city, at("investment", item="it-types")).picture
    assert isinstance(picture, Treemap)
    assert picture.rest == pytest.approx(174.1e9)
    assert "1,741" in picture.rest_label.ko
    assert sum(cell.size for cell in picture.cells) + picture.rest == pytest.approx(321.3e9)
    for key, total in (("it-owners", 321.3e9), ("it-smart", 126.3e9), ("budget-year", 34e12)):
        picture = model_of("investment", city, at("investment", item=key)).picture
        assert isinstance(picture, Treemap)
        assert picture.rest == 0
        assert sum(cell.size for cell in picture.cells) == pytest.approx(total)


def test_three_ways_of_dividing_the_same_are_not_added(city: MemoryRepositories) -> None:
    picture = model_of("investment", city, at("investment", item="it-investment")).picture
    assert isinstance(picture, Treemap)
    assert len(picture.cells) == 3


def test_projects_stand_on_the_map_under_their_numbers(city: MemoryRepositories) -> None:
    model = model_of("projects", city, at("projects", item="projects-major"))
    assert isinstance(model.picture, MapModel)
    assert [m.number for m in model.picture.markers] == [line.number for line in model.lines]
    crowd = model_of("projects", city, at("projects", item="projects-smart"))
    late = [line.number for line in crowd.lines if line.late]
    assert late
    assert [m.number for m in crowd.picture.markers] == late
    one = model_of("projects", city, at("projects", item="smart-av"))
    assert [m.press.args for m in one.picture.markers if m.press] == [{"item": "smart-av"}]
    assert one.picture.selected == "11440"


def test_a_district_narrows_the_list_of_projects(city: MemoryRepositories) -> None:
    whole = model_of("projects", city, at("projects", item="projects-smart"))
    part = model_of("projects", city, at("projects", item="projects-smart", district="11710"))
    assert 0 < len(part.lines) < len(whole.lines) == 60
    # Where nothing lies in districts, all of it stays.
    assert model_of("pledges", city, at("pledges", district="11710")).lines


def test_the_platforms_phases_and_a_committees_meetings_stand_in_time(
    city: MemoryRepositories,
) -> None:
    for panel, key, count in (("programmes", "platform", 6), ("plans", "committee-digital", 4)):
        picture = model_of(panel, city, at(panel, item=key)).picture
        assert isinstance(picture, Timeline)
        assert len(picture.marks) == count
        assert sorted(picture.marks, key=lambda mark: mark.t_ms) == list(picture.marks)


def test_partners_stand_where_they_are_as_seen_from_seoul(city: MemoryRepositories) -> None:
    picture = model_of("relations", city, at("relations", item="relations-partners")).picture
    assert isinstance(picture, Rings)
    spots = {spot.title.en: spot for spot in picture.spots}
    assert spots["Tashkent"].km == pytest.approx(4_860, abs=60)
    assert spots["Buenos Aires"].km == pytest.approx(19_400, abs=100)
    assert 280 < spots["Tashkent"].bearing < 310
    assert all(spot.km <= FARTHEST_KM for spot in picture.spots)
    adopted = model_of("relations", city, at("relations", item="relations-adopted")).picture
    assert isinstance(adopted, MapModel)


def test_directions_on_the_globe() -> None:
    assert from_city(0.0, 90.0, (0.0, 0.0)) == pytest.approx((FARTHEST_KM / 2, 90.0))
    assert from_city(90.0, 0.0, (0.0, 0.0)) == pytest.approx((FARTHEST_KM / 2, 0.0))
    assert from_city(0.0, 180.0, (0.0, 0.0))[0] == pytest.approx(FARTHEST_KM)


def test_a_goal_lists_targets_panels_indicators_and_tasks(city: MemoryRepositories) -> None:
    model = model_of("goals", city, at("goals", item="sdg-11"))
    commands = [line.press.command for line in model.lines]
    assert commands.count("panel.open") >= 5
    assert "indicator.open" in commands
    targets = [line for line in model.lines if line.id.startswith("target-")]
    assert len(targets) == 9
    assert [line.number for line in model.lines] == list(range(1, len(model.lines) + 1))
    root = model_of("goals", city, at("goals"))
    assert isinstance(root.picture, Treemap)
    cell = next(c for c in root.picture.cells if c.press.args == {"item": "sdg-11"})
    assert cell.size == len(model.lines) - len(targets)


def test_a_target_leads_to_the_panels_that_show_something_about_it(
    city: MemoryRepositories,
) -> None:
    lines = model_of("goals", city, at("goals", item="target-11-3")).lines
    assert [line.press.args["panel"] for line in lines] == ["complaints", "projects"]
    assert [line.number for line in lines] == [1, 2]
    nothing = model_of("goals", city, at("goals", item="target-10-5"))
    assert nothing.lines == ()
    assert nothing.sheet is not None


@pytest.mark.parametrize("panel", PANELS)
def test_a_tablet_is_told_the_list_and_what_is_open(city: MemoryRepositories, panel: str) -> None:
    presenter = spec_of(panel).load_presenter()
    model = model_of(panel, city, at(panel))
    told = presenter.project(model)
    rows = told.blocks[-1]
    assert isinstance(rows, RowsBlock)
    assert [row.headline for row in rows.rows] == [line.title for line in model.lines]
    opened = presenter.project(model_of(panel, city, at(panel, item=model.lines[0].id)))
    assert opened.title == model.lines[0].title
    facts = opened.blocks[0]
    assert isinstance(facts, RowsBlock)
    assert any(row.headline.en == "Source" for row in facts.rows)


@pytest.mark.parametrize("key", ["projects-smart", "projects-major", "area-gender", "plan-2025-t1"])
def test_a_spoken_number_is_the_one_on_the_wall(city: MemoryRepositories, key: str) -> None:
    named = [e.id for e in read_names(cast(Repositories, city)).items() if e.parent == key]
    item = city.item(key)
    panel = next(s.id for s in find_panels() if item and item.kind in s.items)
    assert [line.id for line in model_of(panel, city, at(panel, item=key)).lines] == named


@pytest.mark.parametrize("panel", PANELS)
def test_before_the_first_rows_a_panel_says_that_it_loads(panel: str) -> None:
    model = spec_of(panel).load_presenter().present(at(panel), None, Live(), NOW_MS)
    assert model.loading
