"""Commands of the camera wall: selections, zoom, tour, filmstrip, kept pictures."""

from typing import Any

import msgspec
import pytest

from gestures.events import GestureEvent, GestureKind, Phase
from kiosk.app.configuration import read_presets
from kiosk.core.camera_wall import CameraWall, Preset, Presets
from kiosk.core.invocation import Outcome, Status
from kiosk.core.state import Place, replace
from kiosk.core.world import Entry
from kiosk.settings import Settings
from kiosk.wire.messages import SaveSnapshot
from kiosk.wire.text import Text
from tests.helpers.heart import Heart, SmallCity

MORNING_MS = 1_795_302_000_000  # 2026-11-22 08:00 in Seoul
NIGHT_MS = MORNING_MS + 18 * 3_600_000
NOON_MS = MORNING_MS + 4 * 3_600_000


class City(SmallCity):
    """Its cameras stand in a row eastwards from an incident, every fifth one at a river."""

    def cameras(self) -> tuple[Entry, ...]:
        return tuple(
            msgspec.structs.replace(
                camera,
                at=(37.5, 127.0 + 0.01 * camera.number),
                district="11710" if camera.number > 17 else "11110",
                kind="river" if camera.number % 5 == 0 else "street",
                tags=("flood",) if camera.number % 5 == 0 else ("traffic",),
            )
            for camera in super().cameras()
        )

    def incidents(self) -> tuple[Entry, ...]:
        return (
            Entry("fire-1", Text("종로 상가 화재", "Shop fire"), 1, kind="fire", at=(37.5, 127.2)),
            Entry("alert", Text("폭염 경보", "Heat"), 2, kind="alert"),
        )

    def places(self) -> tuple[Entry, ...]:
        nowhere, station = super().places()
        return (
            msgspec.structs.replace(nowhere, name=station.name),
            msgspec.structs.replace(station, at=(37.5, 127.05)),
        )

    def neighbourhoods(self) -> tuple[Entry, ...]:
        first, *others = super().neighbourhoods()
        return (msgspec.structs.replace(first, at=(37.5, 127.12)), *others)

    def complaints(self) -> tuple[Entry, ...]:
        first, *others = super().complaints()
        return (msgspec.structs.replace(first, at=(37.5, 127.16)), *others)


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.world.catalogue = City()
    made.intake.system("panel.open", {"panel": "cctv"})
    made.records.clear()
    return made


def do(heart: Heart, command: str, **args: Any) -> Outcome:
    return heart.intake.touch(command, args, "x")


def wall(heart: Heart) -> CameraWall:
    return heart.store.state.cctv


def show(heart: Heart, kind: GestureKind) -> Outcome | None:
    event = GestureEvent(kind, Phase.FIRED, "right", None, 0.9, heart.clock.now_ms())
    return heart.intake.gesture(event)


class TestSelections:
    def test_a_preset_takes_its_tags_in_the_order_of_numbers(self, heart: Heart) -> None:
        outcome = do(heart, "cctv.preset", preset="침수 우려")
        assert outcome.done
        assert wall(heart).chosen == ("cam-05", "cam-10", "cam-15", "cam-20")
        assert "4대" in outcome.reason.ko
        assert do(heart, "cctv.all").done
        assert wall(heart).chosen == ()

    def test_an_unknown_preset_and_one_without_cameras_are_told_apart(self, heart: Heart) -> None:
        assert do(heart, "cctv.preset", preset="소풍").status is Status.BAD_ARGUMENTS
        assert do(heart, "cctv.preset", preset="snow").status is Status.UNAVAILABLE
        assert wall(heart).chosen == ()

    @pytest.mark.parametrize(
        ("t_ms", "preset"), [(MORNING_MS, "morning"), (NOON_MS, None), (NIGHT_MS, "night")]
    )
    def test_the_hour_chooses(self, t_ms: int, preset: str | None) -> None:
        presets = read_presets(Settings())
        minute = (t_ms // 60_000 + 9 * 60) % (24 * 60)
        found = presets.at(minute)
        assert (found.id if found else None) == preset

    def test_now_without_a_preset_for_the_hour_says_so(self, heart: Heart) -> None:
        heart.world.presets = Presets()
        assert do(heart, "cctv.now").status is Status.UNAVAILABLE

    def test_a_district_has_its_own(self, heart: Heart) -> None:
        do(heart, "cctv.district", district="송파구")
        assert wall(heart).chosen == ("cam-18", "cam-19", "cam-20")
        assert do(heart, "cctv.district", district="중구").status is Status.UNAVAILABLE

    def test_near_an_incident_the_nearest_come_first(self, heart: Heart) -> None:
        do(heart, "cctv.near", to="종로 상가 화재")
        assert wall(heart).chosen[:2] == ("cam-20", "cam-19")
        assert len(wall(heart).chosen) == 9

    def test_near_nothing_means_what_is_open(self, heart: Heart) -> None:
        assert do(heart, "cctv.near").status is Status.BAD_ARGUMENTS
        heart.store.put(replace(heart.store.state, place=Place("incident", item="fire-1")))
        assert do(heart, "cctv.near").done
        do(heart, "cctv.open", camera="cam-03")
        do(heart, "cctv.near")
        assert wall(heart).chosen[0] == "cam-03"
        assert heart.store.state.place.camera is None

    @pytest.mark.parametrize(
        ("to", "first"),
        [("서울역", "cam-05"), ("s-2", "cam-05"), ("신당동", "cam-12"), ("c-7", "cam-16")],
    )
    def test_near_a_station_a_neighbourhood_a_complaint(
        self, heart: Heart, to: str, first: str
    ) -> None:
        """Of two places with one name it is the one that stands somewhere."""
        outcome = do(heart, "cctv.near", to=to)
        assert wall(heart).chosen[0] == first
        assert "9대" in outcome.reason.ko

    @pytest.mark.parametrize(
        ("place", "first"),
        [
            (Place("places", item="s-2", district="11140"), "cam-05"),
            (Place("complaints", item="c-7"), "cam-16"),
            (Place("home", neighbourhood="11140590", district="11140"), "cam-12"),
        ],
        ids=["place", "complaint", "neighbourhood"],
    )
    def test_near_what_is_open_on_any_panel(self, heart: Heart, place: Place, first: str) -> None:
        heart.store.put(replace(heart.store.state, place=place))
        assert do(heart, "cctv.near").done
        assert wall(heart).chosen[0] == first

    def test_what_stands_nowhere_has_nothing_near(self, heart: Heart) -> None:
        assert do(heart, "cctv.near", to="alert").status is Status.UNAVAILABLE
        assert do(heart, "cctv.near", to="아무 데").status is Status.BAD_ARGUMENTS

    def test_next_and_previous_stay_within_the_selection(self, heart: Heart) -> None:
        do(heart, "cctv.preset", preset="flood")
        do(heart, "cctv.open", camera="cam-20")
        do(heart, "cctv.next")
        assert heart.store.state.place.camera == "cam-05"
        do(heart, "cctv.previous")
        assert heart.store.state.place.camera == "cam-20"

    def test_closing_goes_back_to_the_page_of_the_camera(self, heart: Heart) -> None:
        do(heart, "cctv.open", camera="cam-14")
        do(heart, "cctv.close")
        assert wall(heart).page == 1

    def test_hours_that_no_clock_shows_are_refused(self) -> None:
        with pytest.raises(ValueError, match="07:30"):
            Presets((Preset("x", Text("", ""), hours=("25:00", "3")),))
        with pytest.raises(ValueError, match="5 to 600"):
            Presets((Preset("x", Text("", ""), dwell_s=1),))


class TestFilm:
    def test_a_press_in_the_strip_makes_it_the_large_one(self, heart: Heart) -> None:
        do(heart, "cctv.film")
        do(heart, "cctv.pick", camera="cam-07")
        assert (wall(heart).film, wall(heart).page) == (True, 6)
        do(heart, "cctv.next_page")
        assert wall(heart).page == 7

    def test_it_begins_with_the_camera_that_was_open(self, heart: Heart) -> None:
        do(heart, "cctv.open", camera="cam-12")
        do(heart, "cctv.film")
        assert (wall(heart).page, heart.store.state.place.camera) == (11, None)


class TestZoom:
    def test_only_an_opened_camera_has_a_part_to_look_at(self, heart: Heart) -> None:
        assert do(heart, "cctv.zoom_in").status is Status.UNAVAILABLE
        do(heart, "cctv.open", camera="cam-01")
        assert do(heart, "cctv.pan", dx=0.5).status is Status.UNAVAILABLE
        for _ in range(20):
            do(heart, "cctv.zoom_in")
        assert wall(heart).zoom == 8.0

    def test_the_part_stays_inside_the_picture(self, heart: Heart) -> None:
        do(heart, "cctv.open", camera="cam-01")
        do(heart, "cctv.view", zoom=4.0, x=0.5, y=0.5)
        for _ in range(10):
            do(heart, "cctv.pan", dx=1.0, dy=-1.0)
        assert (wall(heart).x, wall(heart).y) == (0.875, 0.125)
        do(heart, "cctv.whole")
        assert (wall(heart).zoom, wall(heart).x, wall(heart).y) == (1.0, 0.5, 0.5)

    def test_another_camera_is_seen_whole(self, heart: Heart) -> None:
        do(heart, "cctv.open", camera="cam-01")
        do(heart, "cctv.zoom_in")
        do(heart, "cctv.next")
        assert wall(heart).zoom == 1.0

    def test_hands_go_in_and_all_the_way_out(self, heart: Heart) -> None:
        do(heart, "cctv.open", camera="cam-01")
        show(heart, GestureKind.SPREAD)
        assert wall(heart).zoom == pytest.approx(1.6)
        show(heart, GestureKind.SQUEEZE)
        assert wall(heart).zoom == pytest.approx(1.0)
        show(heart, GestureKind.SQUEEZE)
        assert heart.store.state.place.camera is None
        show(heart, GestureKind.SQUEEZE)
        assert wall(heart).tiles == 16


class TestTour:
    def test_it_walks_over_the_pages_and_comes_round(self, heart: Heart) -> None:
        assert do(heart, "cctv.tour", dwell_s=20).done
        tour = wall(heart).tour
        assert tour is not None
        assert tour.next_ms == heart.clock.now_ms() + 20_000
        pages = []
        for _ in range(3):
            heart.intake.system("cctv.tour_turn", {})
            pages.append(wall(heart).page)
        assert pages == [1, 2, 0]
        assert wall(heart).tour is not None

    def test_where_all_fits_on_a_page_it_goes_one_by_one(self, heart: Heart) -> None:
        do(heart, "cctv.preset", preset="flood")
        do(heart, "cctv.tour")
        assert (wall(heart).tiles, wall(heart).pages(4)) == (1, 4)
        tour = wall(heart).tour
        assert tour is not None
        assert tour.dwell_s == 10, "the preset's own pace"

    def test_an_opened_camera_is_followed_by_the_next_without_filling_the_way_back(
        self, heart: Heart
    ) -> None:
        do(heart, "cctv.open", camera="cam-01")
        do(heart, "cctv.tour")
        past = heart.store.state.past
        heart.intake.system("cctv.tour_turn", {})
        assert heart.store.state.place.camera == "cam-02"
        assert heart.store.state.past == past

    @pytest.mark.parametrize(
        ("command", "args"),
        [
            ("cctv.open", {"camera": "3"}),
            ("cctv.layout", {"tiles": 4}),
            ("cctv.next_page", {}),
            ("cctv.preset", {"preset": "flood"}),
            ("cctv.tour_stop", {}),
        ],
    )
    def test_whoever_takes_over_ends_it(
        self, heart: Heart, command: str, args: dict[str, Any]
    ) -> None:
        do(heart, "cctv.tour")
        assert do(heart, command, **args).done
        assert wall(heart).tour is None

    def test_its_own_steps_go_on_and_begin_the_dwell_again(self, heart: Heart) -> None:
        do(heart, "cctv.tour", dwell_s=10)
        heart.clock.advance(7_000)
        do(heart, "cctv.tour_next")
        tour = wall(heart).tour
        assert tour is not None
        assert tour.next_ms == heart.clock.now_ms() + 10_000
        assert do(heart, "cctv.tour_previous").done
        assert wall(heart).page == 0

    def test_nobody_but_the_kiosk_takes_its_turns(self, heart: Heart) -> None:
        do(heart, "cctv.tour")
        assert do(heart, "cctv.tour_turn").status is Status.DENIED

    def test_one_camera_is_no_tour(self, heart: Heart) -> None:
        do(heart, "cctv.preset", preset="flood")
        heart.store.put(
            replace(
                heart.store.state,
                cctv=msgspec.structs.replace(wall(heart), chosen=("cam-05",)),
            )
        )
        assert do(heart, "cctv.tour").status is Status.UNAVAILABLE


class TestSnapshot:
    def test_it_is_asked_first_and_names_the_camera_it_was_asked_for(self, heart: Heart) -> None:
        do(heart, "cctv.open", camera="cam-03")
        asked = do(heart, "cctv.snapshot")
        assert asked.status is Status.NEEDS_CONFIRM
        assert "카메라 3" in asked.reason.ko
        assert heart.sent == []
        question = heart.store.state.confirmation
        assert question is not None
        heart.intake.touch("confirm.accept", {"nonce": question.nonce}, "sheet")
        assert [send.message for send in heart.sent] == [SaveSnapshot("cam-03")]
        assert [r.command for r in heart.records][-1] == "cctv.snapshot"

    def test_without_a_large_picture_one_must_be_named(self, heart: Heart) -> None:
        assert do(heart, "cctv.snapshot").status is Status.BAD_ARGUMENTS
        assert do(heart, "cctv.snapshot", camera="4").status is Status.NEEDS_CONFIRM
        do(heart, "cctv.film")
        assert "카메라 1" in do(heart, "cctv.snapshot").reason.ko

    def test_what_became_of_it_is_told_with_its_path(self, heart: Heart) -> None:
        words = {"ko": "저장: /data/a.jpg", "en": "Kept: /data/a.jpg"}
        assert heart.intake.system("cctv.snapshot_told", {"file": "/data/a.jpg", **words}).done
        refused = heart.intake.system("cctv.snapshot_told", {"file": "", **words})
        assert refused.status is Status.UNAVAILABLE
