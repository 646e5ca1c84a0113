"""What lists are narrowed to by how things stand, and what the wall itself is like now."""

from typing import Literal

import msgspec

from kiosk.wire.text import Text

IncidentsShown = Literal["all", "urgent", "running", "unnoted"]
ComplaintsShown = Literal["all", "open", "unanswered", "today"]
OrdersShown = Literal["open", "late", "done", "all"]

URGENT = ("critical", "warning")
STANDINGS = {
    "late": Text("지연", "Late"),
    "running": Text("추진 중", "Under way"),
    "done": Text("완료", "Done"),
}
"""What a list of items can be narrowed to by how they stand, in place of a part of it."""
BOARD = {
    "": Text("모두", "All"),
    "urgent": Text("기준 넘음", "Past a limit"),
    "worse": Text("나빠짐", "Worse"),
    "better": Text("좋아짐", "Better"),
    "late": Text("늦음", "Late"),
    "goal": Text("목표 있음", "With a goal"),
}
"""What the board of indicators can be narrowed to by how they stand; to a theme as well, by its
Korean name after THEME."""
THEME = "theme:"
LARGE_MAP = "map"
"""What an opened incident is narrowed to when its map takes all the room."""
LEAST_BRIGHT = 0.3
"""Darker than that nobody could read how to make it brighter again."""


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each list shows of what it has."""

    incidents: IncidentsShown = "all"
    complaints: ComplaintsShown = "all"


class Screen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wall as a thing to look at and to stand before.

    `brightness` 1 is all that it can, LEAST_BRIGHT the darkest. `lowered`: what stands high is
    within reach. `menu`: dock and tabs are shown. `pointer`: a hand's pointer is drawn, and
    presses. `hands`: gestures count. `sound` is how loud the wall's own sound is, 0 none. Until
    `quiet_until_ms` nothing asks to take the screen, until `awake_until_ms` it neither dims nor
    locks by itself; 0: no such wish.
    """

    brightness: float = 1.0
    lowered: bool = False
    menu: bool = True
    pointer: bool = True
    hands: bool = True
    sound: float = 0.0
    quiet_until_ms: int = 0
    awake_until_ms: int = 0


def incident_fits(shown: IncidentsShown, *, over: bool, severity: str, noted: bool) -> bool:
    match shown:
        case "urgent":
            return not over and severity in URGENT
        case "running":
            return not over
        case "unnoted":
            return not over and not noted
        case "all":
            return True


def complaint_fits(
    shown: ComplaintsShown, *, still: bool, answered: bool, t_ms: int, today_ms: int
) -> bool:
    """`today_ms`: the last midnight."""
    match shown:
        case "open":
            return still
        case "unanswered":
            return still and not answered
        case "today":
            return t_ms >= today_ms
        case "all":
            return True


def stands(word: str, *, state: str, late: bool) -> bool:
    """Whether an item is one of those that a word of STANDINGS names."""
    return late if word == "late" else state == word and not late
