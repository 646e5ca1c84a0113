"""The camera panel: which cameras stand where, what is offered, what a tablet gets."""

from typing import Any

import pytest

from kiosk.commands import make_registry
from kiosk.core.camera_wall import CameraWall, Preset, Presets, Tour
from kiosk.core.registry import validate
from kiosk.core.state import ViewState, replace
from kiosk.panels.cctv.model import CctvModel
from kiosk.panels.cctv.projection import project
from kiosk.panels.cctv.view import grid_for
from kiosk.ui.charts.map_model import Press
from kiosk.wire.messages import CameraState
from kiosk.wire.projection import CamerasBlock, RowsBlock
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, model_of


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def walled(camera: str | None = None, **wall: Any) -> ViewState:
    return replace(at("cctv", camera=camera), cctv=CameraWall(**wall))


def test_pages_of_cameras(city: MemoryRepositories) -> None:
    first: CctvModel = model_of("cctv", city, at("cctv"))
    second: CctvModel = model_of("cctv", city, walled(page=1))
    assert [tile.number for tile in first.tiles] == list(range(1, 10))
    assert [tile.number for tile in second.tiles] == list(range(10, 17))
    assert (first.pages, first.counts.live, first.unasked) == (2, 9, 7)


def test_an_open_camera_is_alone_and_those_behind_it_stay_warm(city: MemoryRepositories) -> None:
    model: CctvModel = model_of("cctv", city, at("cctv", camera="gwanghwamun"))
    assert model.opened is not None
    assert (model.opened.camera, model.opened.press) == ("gwanghwamun", None)
    assert model.tiles == ()
    assert len(model.warm) == 5
    assert "gwanghwamun" not in model.warm


def test_a_film_has_one_large_camera_and_the_next_ones_under_it(city: MemoryRepositories) -> None:
    model: CctvModel = model_of("cctv", city, walled(film=True, page=2))
    assert [tile.number for tile in model.tiles] == [3, 4, 5, 6, 7, 8, 9]
    assert model.tiles[0].press == Press("cctv.open", {"camera": model.tiles[0].camera})
    assert model.tiles[1].press == Press("cctv.pick", {"camera": model.tiles[1].camera})
    assert model.pages == 16


def test_a_tour_warms_the_page_that_comes_next(city: MemoryRepositories) -> None:
    known = [camera.id for camera in city.cameras()]
    model: CctvModel = model_of("cctv", city, walled(tiles=4, tour=Tour(15, NOW_MS + 9_000)))
    assert model.warm == tuple(known[4:8])
    assert (model.tour.step, model.tour.steps, model.tour.next_ms) == (1, 4, NOW_MS + 9_000)


def test_a_selection_is_shown_in_its_order_without_what_is_gone(city: MemoryRepositories) -> None:
    known = [camera.id for camera in city.cameras()]
    chosen = (known[5], "taken-down", known[1])
    model: CctvModel = model_of("cctv", city, walled(chosen=chosen, title=Text("둘", "Two")))
    assert [tile.camera for tile in model.tiles] == [known[5], known[1]]
    assert (model.count, model.every) == (2, 16)


def test_presets_that_choose_nothing_here_are_not_offered(city: MemoryRepositories) -> None:
    offered: CctvModel = model_of("cctv", city, at("cctv"))
    assert {one.id for one in offered.presets} >= {"flood", "morning"}
    none = Presets((Preset("none", Text("없음", "None"), tags=("unheard-of",)),))
    model: CctvModel = model_of("cctv", city, at("cctv"), presets=none)
    assert model.presets == ()


def test_a_camera_without_new_pictures_is_counted_as_lost(city: MemoryRepositories) -> None:
    states = {c.id: CameraState(c.id, "live", NOW_MS - 11_000) for c in city.cameras()[:2]}
    model: CctvModel = model_of("cctv", city, at("cctv"), cameras=states)
    assert (model.counts.live, model.counts.lost) == (0, 2)


def test_the_clock_of_a_camera_is_what_it_says_against_what_we_say(
    city: MemoryRepositories,
) -> None:
    first = city.cameras()[0].id
    told = CameraState(first, "delayed", NOW_MS - 500, delay_ms=1_500, camera_t_ms=NOW_MS - 14_000)
    model: CctvModel = model_of("cctv", city, at("cctv"), cameras={first: told})
    assert model.tiles[0].clock_ms == -12_000
    assert model.tiles[0].age_ms(NOW_MS) == 2_000


@pytest.mark.parametrize(
    "state",
    [
        walled(),
        walled(tiles=4, tour=Tour(10, NOW_MS + 3_000)),
        walled(film=True),
        walled("gwanghwamun", zoom=2.0),
    ],
    ids=["wall", "tour", "film", "opened"],
)
def test_whatever_a_tablet_is_offered_exists_and_is_well_formed(
    city: MemoryRepositories, state: ViewState
) -> None:
    registry = make_registry()
    projection = project(model_of("cctv", city, state))
    rows = [r for b in projection.blocks if isinstance(b, CamerasBlock | RowsBlock) for r in b.rows]
    offered = [row for row in rows if row.command]
    assert len(offered) > 8
    for row in offered:
        validate(registry.resolve(row.command), dict(row.args))
        assert row.headline.ko
        assert row.headline.en


def test_a_picture_that_stands_still_counts_as_lost(city: MemoryRepositories) -> None:
    ids = [camera.id for camera in city.cameras()[:3]]
    told = (
        CameraState(ids[0], "stale", NOW_MS - 7_000),
        CameraState(ids[1], "delayed", NOW_MS - 300, delay_ms=4_000),
        CameraState(ids[2], "off"),
    )
    model: CctvModel = model_of("cctv", city, at("cctv"), cameras={s.camera: s for s in told})
    counts = model.counts
    assert (counts.live, counts.delayed, counts.lost, counts.other) == (0, 1, 1, 7)


def test_what_is_for_this_hour_is_marked_and_offered_to_tablets(city: MemoryRepositories) -> None:
    due = Preset("now", Text("오후", "Afternoon"), tags=("flood",), hours=("14:00", "15:00"))
    later = Preset("later", Text("밤", "Night"), tags=("flood",), hours=("22:00", "05:00"))
    model: CctvModel = model_of("cctv", city, at("cctv"), presets=Presets((due, later)))
    assert [(one.id, one.due) for one in model.presets] == [("now", True), ("later", False)]
    rows = [r for b in project(model).blocks if isinstance(b, RowsBlock) for r in b.rows]
    assert "cctv.now" in {row.command for row in rows}


def test_a_tablet_reads_state_age_and_demonstration(city: MemoryRepositories) -> None:
    first = city.cameras()[0].id
    told = CameraState(first, "stale", NOW_MS - 7_000)
    block = project(model_of("cctv", city, at("cctv"), cameras={first: told})).blocks[0]
    assert isinstance(block, CamerasBlock)
    assert block.rows[0].facts == Text("7초 멈춤, 모의", "Still 7 s, simulated")


@pytest.mark.parametrize(
    ("count", "wide", "upright"),
    [(1, (1, 1), (1, 1)), (4, (2, 2), (2, 2)), (9, (3, 3), (2, 5)), (16, (4, 4), (3, 6))],
)
def test_pictures_are_laid_out_as_large_as_the_room_lets_them(
    count: int, wide: tuple[int, int], upright: tuple[int, int]
) -> None:
    assert grid_for(count, 1536, 782) == wide
    assert grid_for(count, 1008, 1080) == upright
