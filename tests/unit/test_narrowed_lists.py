"""Lists that are narrowed to a part: votes by their use; and the routes of a story."""

import pytest

from kiosk.core.invocation import Status
from kiosk.core.world import Entry
from kiosk.panels.outline.model import OutlineModel
from kiosk.ui.charts.map_model import MapModel
from kiosk.wire.text import Text
from tests.helpers.heart import Heart, SmallCity
from tests.helpers.panel_city import MemoryRepositories, at, demo_city, model_of


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def votes(city: MemoryRepositories, only: str, **place: str) -> OutlineModel:
    model = model_of("votes", city, at("votes", only=only, **place))
    assert isinstance(model, OutlineModel)
    return model


@pytest.mark.parametrize("use", ["names", "content", "board"])
def test_votes_are_listed_by_what_they_are_for(city: MemoryRepositories, use: str) -> None:
    model = votes(city, use)
    wanted = {i.id for i in city.items("poll") if i.attributes.get("group") == use}
    assert {line.id for line in model.lines} == wanted
    assert [part.chosen for part in model.parts].count(True) == 1


def test_every_poll_has_a_use(city: MemoryRepositories) -> None:
    uses = {word for word, _ in (("names", ""), ("content", ""), ("board", ""))}
    assert {i.attributes.get("group") for i in city.items("poll")} == uses


def test_all_of_them_are_a_part_too(city: MemoryRepositories) -> None:
    model = votes(city, "")
    assert [part.press.args["to"] for part in model.parts] == ["", "names", "content", "board"]
    assert model.parts[0].chosen


def test_beside_an_opened_vote_stand_those_of_its_part(city: MemoryRepositories) -> None:
    first, second = (line.id for line in votes(city, "board").lines)
    model = votes(city, "board", item=first)
    assert model.beside is not None
    assert {press.args["item"] for press in model.beside} == {second}
    assert model.up is not None
    assert model.up.args == {"panel": "votes", "to": "board"}


class Grouped(SmallCity):
    """The small city, one of its pledges in a part of its list."""

    def items(self) -> tuple[Entry, ...]:
        name = Text("늦은 공약", "A late pledge")
        return (*super().items(), Entry("pledge-9", name, kind="pledge", late=True))


@pytest.fixture
def heart() -> Heart:
    made = Heart()
    made.world.catalogue = Grouped()
    return made


def test_a_list_is_narrowed_and_opened_by_number(heart: Heart) -> None:
    assert heart.intake.touch("panel.narrow", {"panel": "pledges", "to": "late"}, "t").done
    assert heart.store.state.place.only == "late"
    assert heart.intake.touch("item.number", {"number": 1}, "t").done
    place = heart.store.state.place
    assert (place.item, place.only) == ("pledge-9", "late")
    heart.intake.touch("item.next", {}, "t")
    assert heart.store.state.place.item == "pledge-9"


def test_another_item_leaves_the_part(heart: Heart) -> None:
    heart.intake.touch("panel.narrow", {"panel": "pledges", "to": "late"}, "t")
    heart.intake.touch("item.open", {"item": "pledge-1"}, "t")
    assert heart.store.state.place.only == ""


@pytest.mark.parametrize(
    ("args", "status"),
    [
        ({"panel": "pledges", "to": "never"}, Status.BAD_ARGUMENTS),
        ({"panel": "home", "to": "late"}, Status.UNAVAILABLE),
    ],
)
def test_what_has_no_such_part_says_so(heart: Heart, args: dict[str, str], status: Status) -> None:
    assert heart.intake.touch("panel.narrow", args, "t").status is status


def test_a_place_is_opened_with_its_district_and_turned(heart: Heart) -> None:
    assert heart.intake.touch("place.open", {"place": "서울역"}, "t").done
    place = heart.store.state.place
    assert (place.panel, place.item, place.district) == ("places", "s-2", "11140")
    heart.intake.touch("place.next", {}, "t")
    assert heart.store.state.place.item == "s-2"
    assert heart.intake.touch("place.open", {"place": "없는역"}, "t").status is Status.BAD_ARGUMENTS


def test_the_story_of_the_night_bus_has_its_routes(city: MemoryRepositories) -> None:
    model = model_of("programmes", city, at("programmes", item="night-owl"))
    picture = model.picture
    assert isinstance(picture, MapModel)
    assert len(picture.lines) == len(model.lines) == len(picture.markers) == 4
    assert len(picture.dots) == 8
    assert all(len(line.points) > 5 for line in picture.lines)
    assert model.simulated
    one = model_of("programmes", city, at("programmes", item="night-route-2")).picture
    assert [line.faint for line in one.lines] == [True, False, True, True]


def test_one_of_very_many_is_opened_by_what_its_list_says(heart: Heart) -> None:
    parking = {"parking": Text("주차장", "Car parks")}
    heart.world.narrowings = heart.world.narrowings | {"places": parking}
    args = {"place": "parking.lot/9", "among": "parking", "district": "11140"}
    assert heart.intake.touch("place.open", args, "t").done
    place = heart.store.state.place
    assert (place.item, place.only, place.district) == ("parking.lot/9", "parking", "11140")
    assert heart.intake.touch("place.next", {}, "t").status is Status.UNAVAILABLE
    unknown = heart.intake.touch("place.open", args | {"among": "trees"}, "t")
    assert unknown.status is Status.BAD_ARGUMENTS
