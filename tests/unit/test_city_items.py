"""What the city's item files hold: counts, sums, and where each entry stands written."""

from collections import Counter
from pathlib import Path

import pytest

from kiosk.backend.catalogue import load_city
from kiosk.backend.items import item_rows
from kiosk.pack import pack_folder
from kiosk.panels import find_panels
from kiosk.panels.outline.tree import Tree
from kiosk.panels.outline.words import FACTS, KINDS, READINGS
from kiosk.settings import Settings
from kiosk.wire.city import Item
from kiosk.wire.text import Language
from tests.helpers.speech import grammar

ROOT = Path(__file__).resolve().parents[2]
HUNDRED_MILLION = 100_000_000


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    book = load_city(pack_folder(Settings())).items
    return {item.id: item for item in item_rows(book, demo=True)}


@pytest.fixture(scope="module")
def tree(items: dict[str, Item]) -> Tree:
    return Tree(items.values())


def below(tree: Tree, item: Item, kind: str) -> list[Item]:
    """Everything of a kind under an item."""
    children = tree.children(item)
    found = [child for child in children if child.kind == kind]
    return found + [deep for child in children for deep in below(tree, child, kind)]


def test_the_pledges_are_five_visions_and_one_branch_is_complete(
    items: dict[str, Item], tree: Tree
) -> None:
    assert sum(item.kind == "vision" for item in items.values()) == 5
    branch = items["vision-democratic"]
    assert len(below(tree, branch, "area")) == 6
    assert len(below(tree, branch, "pledge")) == 29
    gender = tree.children(items["area-gender"])
    assert len(gender) == 5
    assert all(task.source.ko and task.owner.ko for task in gender)


def test_plans_have_as_many_parts_as_they_say(items: dict[str, Item], tree: Tree) -> None:
    plan = items["plan-2025"]
    for kind, name in (("strategy", "strategies"), ("task", "tasks"), ("subtask", "subtasks")):
        assert len(below(tree, plan, kind)) == plan.readings[name], kind
    assert (plan.readings["tasks"], plan.readings["subtasks"]) == (9, 47)
    digital = items["digital-2020-plan"]
    assert len(below(tree, digital, "strategy")) == digital.readings["strategies"] == 4
    assert len(below(tree, digital, "action")) == digital.readings["actions"] == 54
    assert digital.readings["amount_krw"] == 4605 * HUNDRED_MILLION
    assert len(tree.children(items["values-2025"])) == 6
    assert all(value.attributes["other_en"] for value in tree.children(items["values-2025"]))
    assert len(tree.children(items["principles-2020"])) == 8
    committee = items["committee-smart"].readings
    assert committee["official"] + committee["appointed"] == committee["members"] == 25
    assert len(below(tree, items["committee-digital"], "meeting")) == 4


def test_goals_of_the_digital_plan_stand_as_written(items: dict[str, Item]) -> None:
    goals = {"fintech": 30, "g-valley": 507, "creative-workers": 330_000, "iot-experts": 1240}
    goals |= {"business-items": 243, "living-lab": 100, "parking-550": 550, "bigcare": 424}
    goals |= {"mvoting-million": 1_000_000, "wifi-all": 100, "cloud-all": 100, "it-wifi": 6790}
    for key, goal in goals.items():
        assert items[key].readings["goal"] == goal, key
        assert items[key].source.ko, key


def test_investment_adds_up(items: dict[str, Item], tree: Tree) -> None:
    whole = items["it-investment"].readings
    assert whole["amount_krw"] == 3213 * HUNDRED_MILLION
    assert round(10.1 * whole["amount_krw"] / 1e9) == whole["jobs"] == 3245

    def total(key: str, name: str) -> float:
        return sum(part.readings.get(name, 0) for part in tree.children(items[key]))

    assert total("it-owners", "amount_krw") == whole["amount_krw"]
    assert total("it-owners", "projects") == whole["projects"] == 1045
    smart = items["it-smart"].readings
    assert total("it-smart", "amount_krw") == smart["amount_krw"] == 1263 * HUNDRED_MILLION
    assert smart["projects"] - total("it-smart", "projects") == 3, "blockchain is not counted"
    assert total("it-types", "amount_krw") == 1472 * HUNDRED_MILLION
    assert total("it-types", "projects") == 303
    budget = items["budget-year"]
    assert total("budget-year", "amount_krw") == budget.readings["amount_krw"] == 34e12


def test_sixty_projects_stand_in_seoul_and_three_are_named(
    items: dict[str, Item], tree: Tree
) -> None:
    projects = tree.children(items["projects-smart"])
    assert len(projects) == items["projects-smart"].readings["projects"] == 60
    assert sum(bool(project.source.ko) for project in projects) == 3
    for portfolio in ("projects-smart", "projects-regeneration", "projects-major"):
        for project in tree.children(items[portfolio]):
            assert project.districts, project.id
            assert all(37.4 < lat < 37.8 and 126.7 < lon < 127.3 for lat, lon in project.places)
            assert {"phase_ko", "kpi_ko"} <= project.attributes.keys(), project.id


def test_the_platform_tells_its_cost_and_its_phases(items: dict[str, Item], tree: Tree) -> None:
    phases = [p for p in tree.children(items["platform"]) if "amount_krw" in p.readings]
    assert [p.readings["amount_krw"] / 1e6 for p in phases] == [500, 500, 300]
    assert sum(p.readings["amount_krw"] for p in phases) == 1.3e9
    assert items["platform"].readings["amount_krw"] == 1.3e9
    weights = [c.readings["weight"] for c in tree.children(items["award-idc"])]
    assert weights == [50, 25, 25]
    assert len(tree.children(items["award-scewc"])) == 10


def test_seventeen_goals_and_the_targets_of_the_nomination(
    items: dict[str, Item], tree: Tree
) -> None:
    goals = [item for item in items.values() if item.kind == "sdg"]
    assert [goal.sdg for goal in goals] == [(n,) for n in range(1, 18)]
    targets = Counter(item.parent for item in items.values() if item.kind == "target")
    assert targets == {"sdg-9": 4, "sdg-10": 9, "sdg-11": 9}


def test_targets_name_panels_that_are_there(items: dict[str, Item]) -> None:
    panels = {spec.id for spec in find_panels()}
    named = [i.attributes["panels"].split(",") for i in items.values() if "panels" in i.attributes]
    assert len(named) == 17, "five targets have nothing on this wall"
    assert {panel for some in named for panel in some} <= panels


def test_items_lead_to_indicators_that_are_there(items: dict[str, Item]) -> None:
    indicators = {indicator.id for indicator in load_city(pack_folder(Settings())).indicators}
    named = {i.attributes["indicator"] for i in items.values() if "indicator" in i.attributes}
    assert len(named) >= 10
    assert named <= indicators


def test_what_is_nowhere_written_is_marked_and_what_is_written_names_its_source(
    items: dict[str, Item],
) -> None:
    for item in items.values():
        assert item.source.ko or item.simulated, item.id
        if item.progress is not None and item.kind != "lab":
            assert item.simulated, f"{item.id}: no publication tells the progress"


def test_every_kind_figure_and_fact_has_words_and_every_kind_a_panel(
    items: dict[str, Item],
) -> None:
    shown = {kind for spec in find_panels() for kind in spec.items}
    for item in items.values():
        assert item.kind in shown, item.id
    outline = {s.id for s in find_panels() if s.view.startswith("kiosk.panels.outline")}
    kinds = {kind for spec in find_panels() if spec.id in outline for kind in spec.items}
    assert kinds == KINDS.keys()
    labels = {"unit", "rest", *(f"{name}_label" for name in READINGS)}
    for item in items.values():
        if item.kind not in kinds:
            continue
        assert item.readings.keys() <= READINGS.keys(), item.id
        links = {"panels", "indicator", "group", "places", "photos"}
        named = {key.rpartition("_")[0] for key in item.attributes.keys() - links}
        assert named <= FACTS.keys() | labels, item.id


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_can_be_said_is_there(items: dict[str, Item], language: Language) -> None:
    phrases = grammar(language).commands()["item.open"]
    said = {phrase.args["item"] for phrase in phrases}
    assert said <= items.keys()
    assert {key for key, item in items.items() if item.kind == "vision"} <= said
