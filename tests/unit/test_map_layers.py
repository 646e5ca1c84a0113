"""What is drawn on the map of the first screen, by command and on the wall."""

import pytest

from kiosk.core.invocation import Outcome, Status
from kiosk.core.looks import EVERY_LAYER, MAP_LAYERS, MAP_PLACES, MapLook
from kiosk.core.state import replace
from kiosk.panels.home.layers import KIND_OF
from kiosk.panels.home.model import Choice, HomeModel
from kiosk.ui.charts.map_model import NEUTRAL, MapModel
from tests.helpers.heart import Heart
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of
from voice.events import IntentMatch


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def say(heart: Heart, command: str, **args: str | float) -> Outcome:
    return heart.intake.voice(IntentMatch(command, dict(args), "said", "heard", 1.0, 0))


def look(heart: Heart) -> MapLook:
    return heart.store.state.map_look


def test_places_are_shown_and_hidden_from_any_panel() -> None:
    heart = Heart()
    heart.intake.touch("panel.open", {"panel": "help"}, "dock")
    assert say(heart, "map.show_layer", layer="hospitals").done
    assert heart.store.state.panel == "home"
    assert say(heart, "map.show_layer", layer="hospitals").status is Status.UNAVAILABLE
    assert say(heart, "map.show_layer", layer="parking").done
    assert look(heart).places == ("hospitals", "parking")
    assert say(heart, "map.hide_layer", layer="hospitals").done
    assert say(heart, "map.hide_layer", layer="hospitals").status is Status.UNAVAILABLE
    assert look(heart).places == ("parking",)


def test_the_map_s_own_layers_are_there_until_they_are_hidden() -> None:
    heart = Heart()
    for layer in MAP_LAYERS:
        assert say(heart, "map.show_layer", layer=layer).status is Status.UNAVAILABLE
        assert say(heart, "map.hide_layer", layer=layer).done
    assert look(heart).hidden == tuple(MAP_LAYERS)
    assert say(heart, "map.show_layer", layer="borders").done
    assert "borders" not in look(heart).hidden
    refused = say(heart, "map.hide_layer", layer="rivers")
    assert refused.status is Status.BAD_ARGUMENTS
    assert EVERY_LAYER["hospitals"].ko in refused.reason.ko


def test_one_layer_alone_none_and_all_as_usual() -> None:
    heart = Heart()
    assert say(heart, "map.usual").status is Status.UNAVAILABLE
    assert say(heart, "map.only_layer", layer="police").done
    assert look(heart) == MapLook(hidden=("issues", "colours"), places=("police",))
    assert say(heart, "map.bare").done
    assert look(heart) == MapLook(hidden=("names", "issues", "colours"))
    assert say(heart, "map.usual").done
    assert look(heart) == MapLook()


def test_the_next_figure_colours_the_map_and_comes_round() -> None:
    heart = Heart()
    assert say(heart, "map.next_metric").done
    assert heart.store.state.metric == "pm25"
    assert say(heart, "map.next_metric").done
    assert heart.store.state.metric == "population"
    assert say(heart, "map.previous_metric").done
    assert heart.store.state.metric == "pm25"


def test_the_map_is_fitted_to_what_is_selected_and_scaled() -> None:
    heart = Heart()
    assert say(heart, "map.fit").status is Status.UNAVAILABLE
    heart.intake.touch("district.select", {"district": "송파구"}, "map")
    heart.intake.touch("map.reset", {}, "x")
    assert say(heart, "map.fit").done
    assert heart.store.state.map_zoom == pytest.approx(4.0)
    assert say(heart, "map.zoom_to", times=2).done
    assert heart.store.state.map_zoom == 2.0
    assert say(heart, "map.zoom_to", times=99).status is Status.BAD_ARGUMENTS
    heart.intake.touch("district.select", {"district": "중구"}, "map")
    assert say(heart, "map.fit").status is Status.UNAVAILABLE, "nobody knows its borders"


def test_past_a_limit_is_answered_with_where() -> None:
    heart = Heart()
    assert say(heart, "map.past").reason.ko == "past, population, city"
    assert look(heart).past


# ---- the wall


def drawn(city: MemoryRepositories, look: MapLook, metric: str | None = None) -> MapModel:
    state = replace(at("home"), map_look=look, metric=metric)
    model = model_of("home", city, state)
    assert isinstance(model, HomeModel)
    assert model.map is not None
    return model.map


def test_every_layer_of_places_has_rows_and_a_name_on_the_map(city: MemoryRepositories) -> None:
    assert set(KIND_OF) == set(MAP_PLACES)
    shown = drawn(city, MapLook(places=tuple(MAP_PLACES)))
    captions = " ".join(text.ko for text in shown.caption)
    for name in MAP_PLACES.values():
        assert name.ko in captions
    assert len(shown.dots) > 1000
    assert drawn(city, MapLook()).dots == ()


def test_a_finger_shows_what_is_hidden_and_hides_what_is_shown(city: MemoryRepositories) -> None:
    heart = Heart()

    def choices() -> dict[str, Choice]:
        model = model_of("home", city, replace(at("home"), map_look=look(heart)))
        return {choice.press.args["layer"]: choice for choice in model.layers}

    assert set(choices()) == set(EVERY_LAYER)
    for layer in EVERY_LAYER:
        before = choices()[layer]
        assert heart.intake.touch(before.press.command, before.press.args, "cell").done
        assert choices()[layer].chosen is not before.chosen
    assert look(heart) == MapLook(hidden=tuple(MAP_LAYERS), places=tuple(MAP_PLACES))


def test_only_past_a_limit_is_offered_where_there_is_one(city: MemoryRepositories) -> None:
    def turns(metric: str, shown: MapLook) -> list[tuple[str, bool]]:
        state = replace(at("home"), map_look=shown, metric=metric)
        return [(c.press.command, c.chosen) for c in model_of("home", city, state).turns]

    assert turns("population", MapLook()) == [("map.next_metric", False)]
    limited, usual = turns("pm25", MapLook(past=True))[0], turns("pm25", MapLook())[0]
    assert (usual, limited) == (("map.past", False), ("map.usual", True))


def test_dots_of_two_layers_differ_and_open_what_can_be_opened(city: MemoryRepositories) -> None:
    shown = drawn(city, MapLook(places=("hospitals", "stations")))
    by_shape = {dot.shape: dot for dot in shown.dots}
    assert set(by_shape) == {"full", "ring"}
    assert by_shape["full"].press is None
    opens = by_shape["ring"].press
    assert opens is not None
    assert opens.command == "place.open"
    assert opens.args["among"] == "stations"


def test_what_is_hidden_is_not_drawn(city: MemoryRepositories) -> None:
    plain = drawn(city, MapLook())
    assert plain.markers
    assert plain.labels
    assert plain.borders
    hidden = drawn(city, MapLook(hidden=("names", "borders", "issues", "colours")))
    assert (hidden.markers, hidden.labels, hidden.borders) == ((), False, False)
    assert {grade.color for grade in hidden.grades} == {NEUTRAL}


def test_only_districts_past_a_limit_keep_their_colour(city: MemoryRepositories) -> None:
    dust = next(i for i in city.indicators() if i.id == "pm25")
    limit = min(t.value for t in dust.thresholds)
    shown = drawn(city, MapLook(past=True), "pm25")
    coloured = {
        fill.district
        for fill in shown.fills
        if fill.grade is not None and shown.grades[fill.grade].color != NEUTRAL
    }
    past = {
        code
        for code, row in city.by_district("pm25").items()
        if row.value is not None and row.value >= limit
    }
    assert coloured == past
