"""The board of indicators: how large, and narrowed to what stands in some way."""

import msgspec
import pytest

from kiosk.core.invocation import Outcome, Status
from kiosk.core.shown import BOARD
from kiosk.core.state import replace
from kiosk.core.world import Entry
from kiosk.panels.indicators.model import IndicatorsModel
from kiosk.panels.indicators.narrowed import moved
from kiosk.wire.city import Indicator
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text
from tests.helpers.city import indicator
from tests.helpers.heart import Heart, SmallCity
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of
from voice.events import IntentMatch

DAY_MS = 86_400_000


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


class ThemedCity(SmallCity):
    def indicators(self) -> tuple[Entry, ...]:
        dust, people = super().indicators()
        return msgspec.structs.replace(dust, theme=Text("대기", "Air")), people


def say(heart: Heart, command: str, **args: str) -> Outcome:
    return heart.intake.voice(IntentMatch(command, dict(args), "said", "heard", 1.0, 0))


def test_the_board_is_narrowed_from_anywhere_and_widened_again() -> None:
    heart = Heart()
    assert say(heart, "board.all").done
    assert say(heart, "board.all").status is Status.UNAVAILABLE
    for word in filter(None, BOARD):
        assert say(heart, f"board.{word}").done
        assert heart.store.state.place.only == word
        assert say(heart, f"board.{word}").status is Status.UNAVAILABLE
    assert say(heart, "board.all").done
    assert heart.store.state.place.only == ""


def test_its_tiles_keep_their_size_while_it_is_narrowed() -> None:
    heart = Heart()
    assert say(heart, "board.small").done
    assert say(heart, "board.late").done
    assert heart.store.state.small_tiles
    assert say(heart, "board.large").done
    assert (heart.store.state.small_tiles, heart.store.state.place.only) == (False, "late")


def test_a_theme_is_named_in_either_language() -> None:
    heart = Heart()
    heart.world.catalogue = ThemedCity()
    for name in ("대기", "Air"):
        heart.intake.touch("nav.home", {}, "x")
        assert say(heart, "board.theme", theme=name).done
        assert heart.store.state.place.only == "theme:대기"
    refused = say(heart, "board.theme", theme="바다")
    assert refused.status is Status.BAD_ARGUMENTS
    assert "대기" in refused.reason.ko


def shown(city: MemoryRepositories, only: str, *, small: bool = False) -> IndicatorsModel:
    state = replace(at("indicators", only=only), small_tiles=small)
    model = model_of("indicators", city, state)
    assert isinstance(model, IndicatorsModel)
    return model


def test_only_what_stands_so_is_on_the_board(city: MemoryRepositories) -> None:
    known = {i.id: i for i in city.indicators()}
    goals = [tile.figure.indicator for tile in shown(city, "goal").tiles]
    assert set(goals) == {i.id for i in known.values() if i.goal is not None}
    traffic = [known[tile.figure.indicator].theme for tile in shown(city, "theme:교통").tiles]
    assert set(traffic) == {"traffic"}
    worse, better = shown(city, "worse").tiles, shown(city, "better").tiles
    assert worse
    assert better
    assert not {t.figure.indicator for t in worse} & {t.figure.indicator for t in better}
    assert len(shown(city, "").tiles) == len(known)


def test_a_board_without_a_tile_says_what_was_asked_for(city: MemoryRepositories) -> None:
    model = shown(city, "urgent")
    assert model.tiles == ()
    assert model.none_of == BOARD["urgent"]
    assert [one.chosen for one in model.narrowed] == [word == "urgent" for word in BOARD]


def figure(better: str, period_s: int) -> Indicator:
    return msgspec.structs.replace(indicator("x"), better=better, period_s=period_s)


@pytest.mark.parametrize(
    ("better", "then", "now", "expected"),
    [
        ("higher", 50.0, 60.0, 1),
        ("higher", 60.0, 50.0, -1),
        ("lower", 60.0, 50.0, 1),
        ("lower", 50.0, 60.0, -1),
        ("neither", 50.0, 60.0, 0),
        ("higher", 50.0, 50.4, 0),
    ],
)
@pytest.mark.parametrize(("period_s", "back_ms"), [(60, DAY_MS), (2_629_800, 365 * DAY_MS)])
def test_a_figure_has_moved_against_the_same_time_before(
    better: str, then: float, now: float, expected: int, period_s: int, back_ms: int
) -> None:
    end = 2 * 365 * DAY_MS
    line = (SparkPoint(end - back_ms, then), SparkPoint(end - back_ms // 2, 0.0))
    assert moved(figure(better, period_s), (*line, SparkPoint(end, now))) == expected


def test_without_a_figure_of_that_time_nobody_knows() -> None:
    line = (SparkPoint(0, 50.0), SparkPoint(DAY_MS // 2, 60.0))
    assert moved(figure("higher", 60), line) == 0
    assert moved(figure("higher", 60), ()) == 0
