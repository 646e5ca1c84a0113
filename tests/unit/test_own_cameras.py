"""A selection of cameras of one's own, its pictures by place, and the pace of the tour."""

from typing import Any

import pytest

from kiosk.core.camera_wall import Landmark, Presets
from kiosk.core.invocation import Status
from kiosk.core.state import Place, replace
from kiosk.core.world import Entry
from kiosk.wire.text import Text
from tests.helpers.heart import Heart, SmallCity


class Placed(SmallCity):
    """Four cameras on a line to the east, two kinds of scenes, an incident near the third."""

    def cameras(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                f"cam-{n}",
                Text(f"카메라 {n}", f"Camera {n}"),
                n,
                kind="river" if n % 2 else "plaza",
                at=(37.5, 127.0 + n / 10),
            )
            for n in range(1, 5)
        )

    def incidents(self) -> tuple[Entry, ...]:
        return (
            Entry("i-1", Text("화재", "Fire"), 1, at=(37.5, 127.31)),
            Entry("i-2", Text("연기", "Smoke"), 2, at=(37.5, 127.29)),
            Entry("i-3", Text("끝", "Over"), 3, at=(37.5, 127.1), ended=True),
        )


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.world.catalogue = Placed()
    made.store.put(replace(made.store.state, place=Place("cctv")))
    return made


def do(heart: Heart, command: str, **args: Any) -> Status:
    return heart.intake.touch(command, args, command).status


def chosen(heart: Heart) -> tuple[str, ...]:
    return heart.store.state.cctv.chosen


def pace(heart: Heart) -> int | None:
    """Seconds a step of the tour, None without one."""
    tour = heart.store.state.cctv.tour
    return tour.dwell_s if tour is not None else None


def test_cameras_are_put_in_one_by_one_and_taken_out(heart: Heart) -> None:
    do(heart, "cctv.open", camera="2")
    assert do(heart, "cctv.add", camera="4") is Status.DONE
    assert chosen(heart) == ("cam-2", "cam-4"), "it begins with the one that was open"
    assert heart.store.state.cctv.tiles == 4
    assert do(heart, "cctv.add", camera="4") is Status.UNAVAILABLE
    do(heart, "cctv.add", camera="1")
    do(heart, "cctv.leave_out", camera="2")
    assert chosen(heart) == ("cam-4", "cam-1")
    do(heart, "cctv.open", camera="1")
    do(heart, "cctv.leave_out")
    assert chosen(heart) == ("cam-4",)
    assert do(heart, "cctv.leave_out", camera="4") is Status.UNAVAILABLE, "one stays"


def test_another_selection_is_not_added_to(heart: Heart) -> None:
    do(heart, "cctv.preset", preset="flood")
    do(heart, "cctv.add", camera="4")
    assert chosen(heart) == ("cam-4",)


def test_a_picture_is_opened_by_its_place_on_the_page(heart: Heart) -> None:
    do(heart, "cctv.layout", tiles=4)
    assert do(heart, "cctv.tile", number=3) is Status.DONE
    assert heart.store.state.place.camera == "cam-3"
    assert do(heart, "cctv.tile", number=5) is Status.BAD_ARGUMENTS
    heart.store.put(replace(heart.store.state, place=Place("home")))
    assert do(heart, "cctv.tile", number=1) is Status.UNAVAILABLE


def test_cameras_that_are_known_not_to_be_live(heart: Heart) -> None:
    assert do(heart, "cctv.lost") is Status.UNAVAILABLE
    heart.world.pictures = {"cam-2": Text("끊김", "lost")}
    do(heart, "cctv.lost")
    assert chosen(heart) == ("cam-2",)


def test_cameras_of_the_same_scene_and_of_the_incidents(heart: Heart) -> None:
    assert do(heart, "cctv.alike") is Status.UNAVAILABLE, "like which?"
    do(heart, "cctv.open", camera="1")
    do(heart, "cctv.alike")
    assert chosen(heart) == ("cam-1", "cam-3")
    do(heart, "cctv.incidents")
    assert chosen(heart) == ("cam-3",), "two incidents beside one camera show it once"


def test_a_landmark_shows_the_nearest_and_counts_only_those_that_are_near(heart: Heart) -> None:
    road = Landmark("road", Text("강변", "Riverside"), ((37.5, 127.4), (37.5, 127.29)))
    heart.world.presets = Presets(landmark=(road,))
    assert do(heart, "cctv.at", landmark="강변") is Status.DONE
    assert chosen(heart)[:2] == ("cam-4", "cam-3"), "by the nearest point of the road"
    do(heart, "cctv.at_number", place="road", number=2)
    assert heart.store.state.place.camera == "cam-3"
    assert do(heart, "cctv.at_number", place="road", number=3) is Status.BAD_ARGUMENTS
    assert do(heart, "cctv.at_number", place="nowhere", number=1) is Status.BAD_ARGUMENTS
    assert do(heart, "cctv.at", landmark="nowhere") is Status.BAD_ARGUMENTS


@pytest.mark.parametrize(
    ("corner", "middle"),
    [("left", (0.2, 0.5)), ("bottom_right", (0.8, 0.8)), ("middle", (0.5, 0.5))],
)
def test_a_part_of_the_picture_is_looked_at(
    heart: Heart, corner: str, middle: tuple[float, float]
) -> None:
    assert do(heart, "cctv.corner", corner=corner) is Status.UNAVAILABLE
    do(heart, "cctv.open", camera="1")
    do(heart, "cctv.corner", corner=corner)
    wall = heart.store.state.cctv
    assert wall.zoom == 2.5
    assert (wall.x, wall.y) == pytest.approx(middle)


def test_a_tour_is_paused_goes_on_and_changes_its_pace(heart: Heart) -> None:
    for command in ("cctv.tour_pause", "cctv.tour_resume", "cctv.tour_faster"):
        assert do(heart, command) is Status.UNAVAILABLE, command
    do(heart, "cctv.tour", dwell_s=20)
    do(heart, "cctv.tour_faster")
    do(heart, "cctv.tour_pause")
    assert pace(heart) is None
    do(heart, "cctv.tile", number=1)
    do(heart, "cctv.tour_resume")
    assert pace(heart) == 15, "the pace that it had"
    assert do(heart, "cctv.tour_resume") is Status.UNAVAILABLE
    for _ in range(2):
        do(heart, "cctv.tour_faster")
    assert do(heart, "cctv.tour_faster") is Status.UNAVAILABLE
    do(heart, "cctv.tour_slower")
    assert pace(heart) == 10
    do(heart, "cctv.tour_pause")
    do(heart, "cctv.tour_stop")
    assert do(heart, "cctv.tour_resume") is Status.UNAVAILABLE


def test_stop_ends_what_goes_on_by_itself(heart: Heart) -> None:
    assert do(heart, "system.cease") is Status.UNAVAILABLE
    do(heart, "cctv.tour")
    assert do(heart, "system.cease") is Status.DONE
    assert heart.store.state.cctv.tour is None
    heart.intake.system(
        "gestures.recording",
        {"until_ms": heart.clock.now_ms() + 9, "video": False, "ko": "", "en": ""},
    )
    assert do(heart, "system.cease") is Status.DONE
    assert [send.to for send in heart.sent][-1] == "gestures"
