"""Pages, parts and tabs by command."""

import pytest

from kiosk.core.invocation import Outcome, Status
from kiosk.core.looks import Turn
from tests.helpers.heart import Heart
from voice.events import IntentMatch


def say(heart: Heart, command: str, **args: int) -> Outcome:
    return heart.intake.voice(IntentMatch(command, dict(args), "said", "heard", 1.0, 0))


@pytest.mark.parametrize(
    ("listed", "command", "args", "page"),
    [
        ((0, 3), "list.next_page", {}, 1),
        ((2, 3), "list.previous_page", {}, 1),
        ((1, 3), "list.first", {}, 0),
        ((1, 3), "list.last", {}, 2),
        ((0, 3), "list.page", {"page": 3}, 2),
    ],
)
def test_the_list_on_the_wall_is_turned(
    listed: tuple[int, int], command: str, args: dict[str, int], page: int
) -> None:
    heart = Heart()
    heart.world.listed = listed
    assert say(heart, command, **args).done
    assert heart.store.state.turn == Turn(page, 1)


@pytest.mark.parametrize(
    ("listed", "command", "args"),
    [
        ((2, 3), "list.next_page", {}),
        ((0, 3), "list.previous_page", {}),
        ((0, 3), "list.first", {}),
        ((2, 3), "list.last", {}),
        ((0, 3), "list.page", {"page": 4}),
        (None, "list.next_page", {}),
        (None, "list.last", {}),
    ],
)
def test_where_it_ends_it_says_so(
    listed: tuple[int, int] | None, command: str, args: dict[str, int]
) -> None:
    heart = Heart()
    heart.world.listed = listed
    refused = say(heart, command, **args)
    assert refused.status is Status.UNAVAILABLE
    assert heart.store.state.turn == Turn()
    if listed is not None:
        assert refused.reason.ko == f"3쪽 가운데 {listed[0] + 1}쪽입니다"


def test_the_same_page_is_turned_to_again_after_a_finger_left_it() -> None:
    heart = Heart()
    heart.world.listed = (0, 3)
    say(heart, "list.last")
    heart.world.listed = (1, 3)
    say(heart, "list.last")
    assert heart.store.state.turn == Turn(2, 2)


def test_pages_of_cameras_are_turned_by_the_same_words() -> None:
    heart = Heart()
    heart.intake.touch("cctv.layout", {"tiles": 16}, "x")
    assert say(heart, "list.next_page").done
    assert heart.store.state.cctv.page == 1
    assert say(heart, "list.previous_page").done
    assert heart.store.state.cctv.page == 0


def test_tabs_are_counted_in_their_category() -> None:
    heart = Heart()
    assert say(heart, "panel.tab", number=1).status is Status.UNAVAILABLE
    heart.intake.touch("panel.open", {"panel": "indicators"}, "dock")
    assert say(heart, "panel.tab", number=2).done
    assert heart.store.state.panel == "pledges"
    assert say(heart, "panel.tab", number=3).status is Status.BAD_ARGUMENTS


def test_the_parts_of_a_list_come_round_with_all_of_it() -> None:
    heart = Heart()
    assert say(heart, "panel.next_part").status is Status.UNAVAILABLE
    heart.intake.touch("panel.open", {"panel": "pledges"}, "dock")
    for command, only in (
        ("panel.next_part", "late"),
        ("panel.next_part", ""),
        ("panel.previous_part", "late"),
    ):
        assert say(heart, command).done
        assert heart.store.state.place.only == only
