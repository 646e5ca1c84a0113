"""Goals one after the other, their pages and their figures; places of a district."""

import msgspec
import pytest

from kiosk.core.invocation import Outcome, Status
from kiosk.core.world import Entry
from kiosk.wire.text import Text
from tests.helpers.heart import Heart, SmallCity
from voice.events import IntentMatch


def goal(number: int, kind: str = "sdg", target: str = "") -> Entry:
    words = f"{number}.{target}" if target else f"{number}"
    key = f"target-{number}-{target}" if target else f"sdg-{number}"
    return Entry(key, Text(f"{words} 목표", f"Goal {words}"), kind=kind, sdg=(number,))


class CityOfGoals(SmallCity):
    def items(self) -> tuple[Entry, ...]:
        targets = (goal(11, "target", "2"), goal(11, "target", "3"))
        return (*super().items(), goal(3), goal(11), *targets)

    def indicators(self) -> tuple[Entry, ...]:
        dust, people = super().indicators()
        return msgspec.structs.replace(dust, sdg=(11, 3)), people


@pytest.fixture
def heart() -> Heart:
    heart = Heart()
    heart.world.catalogue = CityOfGoals()
    heart.world.item_panels = heart.world.item_panels | {"sdg": "goals", "target": "goals"}
    heart.world.narrowings = {"places": {"stations": Text("지하철역", "Stations")}}
    return heart


def say(heart: Heart, command: str, **args: str) -> Outcome:
    return heart.intake.voice(IntentMatch(command, dict(args), "said", "heard", 1.0, 0))


def test_goals_follow_one_another_and_come_round(heart: Heart) -> None:
    for expected in ("sdg-3", "sdg-11", "sdg-3"):
        assert say(heart, "goal.next").done
        assert heart.store.state.goal == expected
    assert say(heart, "goal.previous").done
    assert heart.store.state.goal == "sdg-11"


def test_targets_follow_targets_and_lead_to_their_goal(heart: Heart) -> None:
    assert say(heart, "goal.whole").status is Status.UNAVAILABLE
    assert say(heart, "goal.look", goal="11.2").done
    assert say(heart, "goal.next").done
    assert heart.store.state.goal == "target-11-3"
    assert say(heart, "goal.whole").done
    assert heart.store.state.goal == "sdg-11"
    assert say(heart, "goal.whole").status is Status.UNAVAILABLE


def test_a_goal_is_opened_by_its_number(heart: Heart) -> None:
    assert say(heart, "goal.open", goal="11").done
    place = heart.store.state.place
    assert (place.panel, place.item) == ("goals", "sdg-11")
    assert say(heart, "goal.open", goal="18").status is Status.BAD_ARGUMENTS


def test_the_figures_of_a_goal_stand_on_the_board(heart: Heart) -> None:
    assert say(heart, "goal.indicators").status is Status.UNAVAILABLE
    assert say(heart, "goal.indicators", goal="11").done
    assert (heart.store.state.panel, heart.store.state.goal) == ("indicators", "sdg-11")
    heart.intake.touch("nav.home", {}, "x")
    assert say(heart, "goal.indicators").done, "the goal that is looked through"


def test_an_indicator_leads_to_its_goal(heart: Heart) -> None:
    say(heart, "indicator.open", indicator="pm25")
    assert say(heart, "goal.of_indicator").done
    assert heart.store.state.goal == "sdg-11"
    say(heart, "indicator.open", indicator="population")
    assert say(heart, "goal.of_indicator").status is Status.UNAVAILABLE


def test_places_of_a_district_are_one_step_away_and_one_step_back(heart: Heart) -> None:
    assert say(heart, "place.list", kind="stations", district="송파구").done
    place = heart.store.state.place
    assert (place.panel, place.only, place.district) == ("places", "stations", "11710")
    heart.intake.touch("nav.back", {}, "x")
    assert heart.store.state.panel == "home"
    assert say(heart, "place.list", kind="castles").status is Status.BAD_ARGUMENTS
    heart.intake.touch("district.select", {"district": "중구"}, "map")
    assert say(heart, "place.list", kind="stations").done
    assert heart.store.state.place.district == "11140"
