"""Incidents as commands: which one is meant, the next, taking note, taking the screen."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from gestures.events import GestureEvent, GestureKind, Phase
from kiosk.app.alarm import Alarm
from kiosk.app.queries import Queries
from kiosk.core.invocation import Status
from kiosk.core.state import Place, replace
from kiosk.core.world import Entry
from kiosk.wire.city import Incident
from kiosk.wire.messages import CallDepartment, WriteAcknowledgement
from kiosk.wire.text import Text
from tests.helpers import some_incidents
from tests.helpers.heart import Heart, SmallCity

NOBODY = Text("", "")
OFFICE = Text("종로구청", "Jongno-gu Office")


class Busy(SmallCity):
    """Two that run, one that is over, in their rank."""

    def incidents(self) -> tuple[Entry, ...]:
        return (
            Entry("fire-9", Text("상봉동 화재", "Fire, Sangbong-dong"), 1, OFFICE, kind="fire"),
            Entry("crash-4", Text("종로 추돌", "Crash"), 2, OFFICE, kind="crash", district="11110"),
            Entry("old", Text("신촌 추돌", "Crash"), 3, NOBODY, kind="crash", ended=True),
        )


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.world.catalogue = Busy()
    return made


def gesture(kind: GestureKind) -> GestureEvent:
    return GestureEvent(kind, Phase.FIRED, "right", None, 0.95, 1000)


def item(heart: Heart) -> str | None:
    place = heart.store.state.place
    return place.item if place.panel == "incident" else None


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ({}, "fire-9"),
        ({"at": "상봉동"}, "fire-9"),
        ({"at": "Sangbong-dong"}, "fire-9"),
        ({"kind": "crash"}, "crash-4"),
        ({"district": "종로구"}, "crash-4"),
        ({"incident": "2"}, "crash-4"),
        ({"incident": "old"}, "old"),
    ],
)
def test_the_most_urgent_of_those_that_are_meant_opens(
    heart: Heart, args: dict[str, str], found: str
) -> None:
    assert heart.intake.touch("incident.open", args, "t").done
    assert item(heart) == found


@pytest.mark.parametrize("args", [{"at": "목동"}, {"kind": "crowd"}, {"incident": "x"}])
def test_what_is_not_there_is_refused(heart: Heart, args: dict[str, str]) -> None:
    assert heart.intake.touch("incident.open", args, "t").status is Status.BAD_ARGUMENTS
    assert item(heart) is None


def test_turning_goes_through_what_runs_and_round_its_end(heart: Heart) -> None:
    seen = []
    for _ in range(3):
        heart.intake.touch("incident.next", {}, "t")
        seen.append(item(heart))
    assert seen == ["fire-9", "crash-4", "fire-9"]
    heart.intake.touch("incident.previous", {}, "t")
    assert item(heart) == "crash-4"


def test_the_list_takes_a_kind_and_drops_it(heart: Heart) -> None:
    heart.intake.touch("incident.list", {"kind": "fire"}, "t")
    assert (heart.store.state.panel, heart.store.state.incident_kind) == ("incident", "fire")
    heart.intake.touch("incident.list", {}, "t")
    assert heart.store.state.incident_kind == ""


# ---- taking note


def test_a_finger_takes_note_at_once_and_a_word_is_asked_back(heart: Heart) -> None:
    heart.intake.touch("incident.open", {}, "t")
    assert heart.intake.touch("incident.note", {}, "t").done
    (sent,) = heart.sent
    assert isinstance(sent.message, WriteAcknowledgement)
    noted = sent.message.acknowledgement
    assert (noted.incident, noted.by, noted.t_ms) == ("fire-9", "wall", heart.clock.now_ms())
    assert heart.records[-1].command == "incident.note", "audited"
    heart.intake.pointed("incident.note", {}, "point")
    assert heart.store.state.confirmation is not None
    assert len(heart.sent) == 1


def test_nobody_signs_in_the_name_of_another(heart: Heart) -> None:
    heart.intake.touch("incident.note", {"incident": "fire-9", "by": "somebody"}, "t")
    message = heart.sent[-1].message
    assert isinstance(message, WriteAcknowledgement)
    assert message.acknowledgement.by == "wall"


def test_what_is_noted_is_not_noted_again(heart: Heart) -> None:
    heart.world.noted = frozenset({"fire-9"})
    done = heart.intake.touch("incident.note", {"incident": "fire-9"}, "t")
    assert done.status is Status.UNAVAILABLE
    assert heart.sent == []


def test_without_an_open_one_there_is_nothing_to_note(heart: Heart) -> None:
    assert heart.intake.touch("incident.note", {}, "t").status is Status.UNAVAILABLE


# ---- those in charge


def test_a_call_goes_to_whose_duty_the_incident_is(heart: Heart) -> None:
    heart.world.tablets = 1
    heart.intake.touch("incident.open", {}, "t")
    assert heart.intake.touch("department.call", {}, "t").status is Status.NEEDS_CONFIRM
    assert heart.intake.touch("confirm.accept", {}, "yes").done
    message = heart.sent[-1].message
    assert isinstance(message, CallDepartment)
    assert message.call.department.ko == "소방재난본부"
    assert message.call.subject.ko == "상봉동 화재"


def test_one_gesture_calls_and_two_turn_to_the_next_and_back(heart: Heart) -> None:
    heart.world.tablets = 1
    heart.intake.touch("incident.open", {}, "t")
    heart.intake.gesture(gesture(GestureKind.SWIPE_LEFT))
    assert item(heart) == "crash-4"
    heart.intake.gesture(gesture(GestureKind.SWIPE_RIGHT))
    assert item(heart) == "fire-9"
    heart.intake.gesture(gesture(GestureKind.CALL))
    assert heart.store.state.confirmation is not None
    assert "소방재난본부" in heart.store.state.confirmation.question.ko
    assert heart.sent == [], "not before somebody says yes"


def test_an_order_is_about_the_open_incident(heart: Heart) -> None:
    heart.intake.touch("incident.open", {"kind": "crash"}, "t")
    heart.intake.touch("order.give", {"text": "act"}, "t")
    assert heart.store.state.confirmation is not None
    question = heart.store.state.confirmation.question.ko
    assert "교통실" in question
    assert "종로 추돌" in question


# ---- the screen


class Cache:
    """Answers a question at once, from these incidents."""

    def __init__(self) -> None:
        self.rows: list[Incident] = []

    def ask(self, key: str, question: Callable[[Any], Any], answered: Callable[[Any], Any]) -> None:
        answered(question(self))

    def incidents(self) -> tuple[Incident, ...]:
        return tuple(self.rows)


class Alarmed:
    """A heart with an alarm before which a fire gets critical."""

    def __init__(self, heart: Heart) -> None:
        self.heart = heart
        self.cache = Cache()
        queries = cast(Queries, self.cache)
        self.heard: list[float] = []
        self.alarm = Alarm(heart.intake, heart.store, heart.world, queries, chime=self.heard.append)
        self.alarm.read()

    def tell(self, *rows: Incident) -> None:
        self.cache.rows = list(rows)
        self.alarm.rows_changed(frozenset({"incidents"}))

    def question(self) -> str:
        asked = self.heart.store.state.confirmation
        return asked.question.ko if asked is not None else ""


@pytest.fixture
def wall(heart: Heart) -> Alarmed:
    return Alarmed(heart)


def test_what_has_become_critical_asks_for_the_screen(wall: Alarmed) -> None:
    wall.tell(some_incidents.fire(severity="warning"))
    assert wall.question() == ""
    wall.tell(some_incidents.fire())
    assert "상봉동 화재" in wall.question()
    assert item(wall.heart) is None, "not before somebody says yes"
    assert wall.heart.intake.touch("confirm.accept", {}, "yes").done
    assert item(wall.heart) == "fire-9"


def test_it_is_asked_once_and_without_an_answer_the_screen_stays(wall: Alarmed) -> None:
    wall.tell(some_incidents.fire())
    wall.heart.clock.advance(9_000)
    wall.heart.dispatcher.tick()
    wall.tell(some_incidents.fire(updated_ms=1))
    wall.alarm.tick()
    assert wall.question() == ""
    assert item(wall.heart) is None


def test_a_no_leaves_the_screen_as_it_is(wall: Alarmed) -> None:
    wall.tell(some_incidents.fire())
    assert wall.heart.intake.touch("confirm.cancel", {}, "no").done
    assert (wall.question(), item(wall.heart)) == ("", None)


def test_another_question_is_never_pushed_aside(wall: Alarmed) -> None:
    wall.heart.intake.touch("order.give", {"text": "act", "to": "fire", "about": ""}, "t")
    asked = wall.question()
    wall.tell(some_incidents.fire())
    assert wall.question() == asked
    wall.heart.intake.touch("confirm.cancel", {}, "no")
    wall.alarm.tick()
    assert "심각" in wall.question()


@pytest.mark.parametrize("state", [{"dimmed": True}, {"locked": True}])
def test_it_waits_until_somebody_can_see_it(wall: Alarmed, state: dict[str, bool]) -> None:
    before = wall.heart.store.state
    wall.heart.store.put(replace(before, **state))
    wall.tell(some_incidents.fire())
    assert wall.question() == ""
    wall.heart.store.put(before)
    wall.alarm.tick()
    assert "심각" in wall.question()


def test_while_it_is_to_be_quiet_nothing_asks_and_afterwards_it_does(wall: Alarmed) -> None:
    wall.heart.intake.touch("alarm.quiet", {"minutes": 1}, "t")
    wall.tell(some_incidents.fire())
    assert wall.question() == ""
    wall.heart.clock.advance(60_000)
    wall.alarm.tick()
    assert "상봉동 화재" in wall.question()


@pytest.mark.parametrize(("command", "heard"), [("ui.larger", []), ("sound.on", [0.5])])
def test_it_is_heard_where_somebody_turned_the_sound_on(
    wall: Alarmed, command: str, heard: list[float]
) -> None:
    wall.heart.intake.touch(command, {}, "t")
    wall.tell(some_incidents.fire())
    assert wall.question()
    assert wall.heard == heard


def test_what_was_critical_at_the_start_is_not_new(heart: Heart) -> None:
    wall = Alarmed.__new__(Alarmed)
    wall.heart, wall.cache = heart, Cache()
    wall.cache.rows = [some_incidents.fire()]
    wall.alarm = Alarm(heart.intake, heart.store, heart.world, cast(Queries, wall.cache))
    wall.alarm.read()
    wall.tell(some_incidents.fire())
    assert wall.question() == ""


def test_what_is_on_the_screen_or_noted_is_not_asked_for(heart: Heart) -> None:
    open_already = Alarmed(heart)
    place = Place(panel="incident", item="fire-9")
    heart.store.put(replace(heart.store.state, place=place))
    open_already.tell(some_incidents.fire())
    assert open_already.question() == ""
    heart.store.put(replace(heart.store.state, place=Place()))
    noted = Alarmed(heart)
    heart.world.noted = frozenset({"fire-9"})
    noted.tell(some_incidents.fire())
    assert noted.question() == ""


def test_no_tablet_can_take_the_screen_by_itself(heart: Heart) -> None:
    done = heart.intake.touch("incident.take_screen", {"incident": "fire-9"}, "t")
    assert done.status is Status.DENIED
