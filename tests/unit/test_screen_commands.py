"""The wall itself: how bright, how high, whose hands count, and when it is left alone."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.commands import make_registry
from kiosk.core.invocation import Status
from kiosk.core.shown import LEAST_BRIGHT, Screen
from kiosk.core.state import replace
from kiosk.wire.messages import PullNow, RevokeDevice
from tests.helpers.heart import Heart

REGISTRY = make_registry()


@pytest.fixture
def heart() -> Heart:
    return Heart(REGISTRY)


def do(heart: Heart, command: str, **args: Any) -> Status:
    return heart.intake.touch(command, args, command).status


@settings(deadline=None)
@given(st.lists(st.sampled_from(("brighter", "darker", 0, 37, 100)), max_size=12))
def test_the_wall_can_always_be_read_and_its_ends_are_told(wishes: list[str | int]) -> None:
    heart = Heart(REGISTRY)
    for wish in wishes:
        before = heart.store.state.screen.brightness
        if isinstance(wish, int):
            status = do(heart, "screen.brightness", percent=wish)
        else:
            status = do(heart, f"screen.{wish}")
        after = heart.store.state.screen.brightness
        assert LEAST_BRIGHT <= after <= 1.0
        assert (status is Status.DONE) or after == before


def test_brightness_in_per_cent(heart: Heart) -> None:
    do(heart, "screen.brightness", percent=50)
    assert heart.store.state.screen.brightness == 0.5
    do(heart, "screen.brighter")
    assert heart.store.state.screen.brightness == 0.7
    assert do(heart, "screen.brightness", percent=101) is Status.BAD_ARGUMENTS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("screen.lower", "screen.lift"),
        ("screen.hide_menu", "screen.show_menu"),
        ("gestures.rest", "gestures.use"),
        ("pointer.hide", "pointer.show"),
    ],
)
def test_each_way_has_its_way_back_and_says_when_it_is_taken(
    heart: Heart, one: str, other: str
) -> None:
    assert do(heart, other) is Status.UNAVAILABLE
    assert do(heart, one) is Status.DONE
    assert do(heart, one) is Status.UNAVAILABLE
    assert do(heart, other) is Status.DONE
    assert heart.store.state.screen == Screen()


def test_the_screen_is_as_at_first_but_wishes_of_people_stay(heart: Heart) -> None:
    for command in ("screen.darker", "screen.lower", "screen.hide_menu", "ui.larger"):
        do(heart, command)
    do(heart, "gestures.rest")
    do(heart, "screen.usual")
    assert heart.store.state.screen == Screen(hands=False)
    assert heart.store.state.text_scale == 1.0


def test_quiet_and_staying_on_end_by_themselves(heart: Heart) -> None:
    assert do(heart, "alarm.ask") is Status.UNAVAILABLE
    do(heart, "alarm.quiet", minutes=30)
    do(heart, "system.stay", minutes=20)
    screen, now_ms = heart.store.state.screen, heart.clock.now_ms()
    assert (screen.quiet_until_ms - now_ms, screen.awake_until_ms - now_ms) == (
        1_800_000,
        1_200_000,
    )
    assert do(heart, "system.rest") is Status.DONE
    heart.clock.advance(1_800_000)
    assert do(heart, "alarm.ask") is Status.UNAVAILABLE, "it asks by itself again"


def test_the_newest_data_are_asked_for_where_sync_runs(heart: Heart) -> None:
    assert do(heart, "data.refresh") is Status.DONE
    assert heart.sent[-1].message == PullNow()
    heart.world.states["sync"] = "failed"
    assert do(heart, "data.refresh") is Status.UNAVAILABLE


def test_logging_out_locks_and_forgets_whom_the_wall_worked_for(heart: Heart) -> None:
    do(heart, "profile.choose", profile="bureau-head")
    assert do(heart, "profile.leave") is Status.DONE
    state = heart.store.state
    assert (state.locked, state.profile, state.panel) == (True, "", "home")


def test_all_tablets_are_cut_off_when_a_finger_says_yes(heart: Heart) -> None:
    assert do(heart, "remote.revoke_all") is Status.UNAVAILABLE
    heart.world.devices = {"t-1": "상황실", "t-2": "회의실"}
    assert do(heart, "remote.revoke_all") is Status.NEEDS_CONFIRM
    assert heart.store.state.confirmation is not None
    assert "상황실, 회의실" in heart.store.state.confirmation.question.ko
    assert do(heart, "confirm.accept") is Status.DONE
    assert [send.message for send in heart.sent] == [RevokeDevice("t-1"), RevokeDevice("t-2")]


def test_whoever_unlocks_finds_the_wall_as_usual_but_for_the_room(heart: Heart) -> None:
    for command in ("screen.hide_menu", "gestures.rest", "alarm.quiet", "screen.darker"):
        do(heart, command)
    do(heart, "sound.on")
    do(heart, "system.lock")
    assert heart.store.state.screen == Screen(brightness=0.8, sound=0.5)


def test_a_locked_wall_does_none_of_it(heart: Heart) -> None:
    heart.store.put(replace(heart.store.state, locked=True))
    for command in ("screen.darker", "gestures.rest", "alarm.quiet", "data.refresh"):
        assert do(heart, command) is Status.UNAVAILABLE, command


def test_no_ends_a_choice_as_it_ends_a_question(heart: Heart) -> None:
    options = [{"label": "강북구", "command": "nav.home", "args": {}}] * 2
    heart.intake.system("choice.offer", {"heard": "강북", "options": options})
    assert [do(heart, "confirm.cancel") for _ in range(2)] == [Status.DONE, Status.UNAVAILABLE]
    assert heart.store.state.choice is None
