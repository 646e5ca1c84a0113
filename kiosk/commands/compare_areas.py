"""Which districts stand side by side, and on which scale."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from kiosk.commands.compare import PANEL
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.incidents import distance_m
from kiosk.core.looks import AreasLook
from kiosk.core.lookup import entry, indicator_by_district
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ViewState, elsewhere, go
from kiosk.core.world import Entry, World
from kiosk.pack import here
from kiosk.wire.text import Text

PARTS = here().parts
MOST = 6
"""More figures have no room beside one another."""
NEARBY = 4


class Together(Args, frozen=True):
    """Two to six districts, "11680,11650" or by name, and the indicator that they are compared by;
    empty: the one that the wall is about."""

    districts: str
    indicator: str = ""


class One(Args, frozen=True):
    """A district by code or name."""

    district: str


class Many(Args, frozen=True):
    """How many, and by which indicator; empty: the one that the wall is about."""

    count: Annotated[int, Meta(ge=1, le=999)]
    indicator: str = ""


def together(state: ViewState, args: Together, world: World) -> Result:
    """Raises BadArguments for fewer than two or more than six."""
    known = world.catalogue.districts()
    wanted = (word.strip() for word in args.districts.split(","))
    found = dict.fromkeys(entry(known, word, PARTS.name).id for word in wanted if word)
    return _opened(state, tuple(found), args.indicator, world)


def add(state: ViewState, args: One, world: World) -> Result:
    """To those that are compared; to the one that is looked at where none are."""
    wanted = entry(world.catalogue.districts(), args.district, PARTS.name)
    only = state.place.areas.only or tuple(filter(None, (state.place.district,)))
    if wanted.id in only:
        name = wanted.name
        raise Unavailable(Text(f"{name.ko}: 이미 있습니다", f"{name.en} is there already"))
    return _opened(state, (*only, wanted.id), "", world, least=1)


def remove(state: ViewState, args: One, world: World) -> Result:
    wanted = entry(world.catalogue.districts(), args.district, PARTS.name)
    left = tuple(code for code in state.place.areas.only if code != wanted.id)
    if left == state.place.areas.only:
        name = wanted.name
        raise Unavailable(Text(f"{name.ko}: 비교에 없습니다", f"{name.en} is not compared"))
    return _opened(state, left, "", world, least=0)


def top(state: ViewState, args: Many, world: World) -> Result:
    return _end(state, args, world, from_top=True)


def bottom(state: ViewState, args: Many, world: World) -> Result:
    return _end(state, args, world, from_top=False)


def nearby(state: ViewState, args: NoArgs, world: World) -> Result:
    """The district that is looked at with the four whose middles are nearest. Raises Unavailable
    where none is looked at, or nobody knows where it lies."""
    known = world.catalogue.districts()
    own = next((d for d in known if d.id == state.place.district), None)
    if own is None or own.at is None:
        raise Unavailable(
            Text(f"{PARTS.name.ko}를 먼저 골라 주세요", f"Select a {PARTS.name.en} first")
        )
    apart = {d.id: distance_m(*own.at, *d.at) for d in known if d.at is not None}
    near = sorted(apart, key=lambda code: apart[code])[: NEARBY + 1]
    return _opened(state, near, "", world)


def clear(state: ViewState, args: NoArgs, world: World) -> Result:
    """The ends of the order again."""
    return _looked(state, Text("가장 높은 곳과 낮은 곳을 봅니다", "The ends of the order"), only=())


def indexed(state: ViewState, args: NoArgs, world: World) -> Result:
    say = Text("처음을 100으로 놓고 봅니다", "Each line begins at 100")
    return _looked(state, say, indexed=True)


def as_figures(state: ViewState, args: NoArgs, world: World) -> Result:
    return _looked(state, Text("값 그대로 봅니다", "The figures themselves"), indexed=False)


def _end(state: ViewState, args: Many, world: World, *, from_top: bool) -> Result:
    indicator = indicator_by_district(state, args.indicator, world)
    order = world.ranked(indicator.id)
    chosen = order[: args.count] if from_top else order[::-1][: args.count]
    return _opened(state, tuple(chosen), indicator.id, world, least=1)


def _opened(
    state: ViewState, only: Sequence[str], wanted: str, world: World, least: int = 2
) -> Result:
    """The comparison of these. Raises BadArguments for too few or too many."""
    indicator = indicator_by_district(state, wanted, world)
    if not least <= len(only) <= MOST:
        raise BadArguments(
            Text(f"{least}곳부터 {MOST}곳까지 비교합니다", f"From {least} to {MOST} are compared")
        )
    indexed = state.panel == PANEL and state.place.areas.indexed
    areas = AreasLook(only=tuple(only), indexed=indexed)
    place = elsewhere(state.place, PANEL, indicator=indicator.id, areas=areas)
    names = [d.name for d in world.catalogue.districts() if d.id in only]
    return Result(go(state, place), _words(indicator, names))


def _words(indicator: Entry, names: Sequence[Text]) -> Text:
    name = indicator.name
    ko, en = ", ".join(n.ko for n in names), ", ".join(n.en for n in names)
    return Text(f"{name.ko}: {ko}", f"{name.en}: {en}")


def _looked(state: ViewState, say: Text, **changes: Any) -> Result:
    areas = msgspec.structs.replace(state.place.areas, **changes)
    return Result(go(state, msgspec.structs.replace(state.place, areas=areas)), say)


_COMPARES = Condition(
    lambda state, world: state.panel == PANEL,
    Text("비교 화면을 먼저 열어 주세요", "Open the comparison first"),
)
_CHOSEN = Condition(
    lambda state, world: state.panel == PANEL and bool(state.place.areas.only),
    Text("비교할 곳을 고르지 않았습니다", "No places were chosen to compare"),
)
_FIGURES = Condition(
    lambda state, world: state.panel == PANEL and not state.place.areas.indexed,
    Text("처음을 100으로 놓은 비교가 아니어야 합니다", "Each line begins at 100 already"),
)
_INDEXED = Condition(
    lambda state, world: state.panel == PANEL and state.place.areas.indexed,
    Text("값 그대로 보고 있습니다", "The figures are shown as they are"),
)

COMMANDS = (
    Command("compare.places", Text(f"{PARTS.many.ko} 비교", f"Compare {PARTS.many.en}"), together),
    Command("compare.add", Text("비교에 더하기", "Add to the comparison"), add),
    Command("compare.remove", Text("비교에서 빼기", "Take out"), remove, when=_CHOSEN),
    Command("compare.top", Text("상위 비교", "Compare the top"), top),
    Command("compare.bottom", Text("하위 비교", "Compare the bottom"), bottom),
    Command("compare.nearby", Text("가까운 곳과 비교", "Compare with those nearby"), nearby),
    Command("compare.clear", Text("비교할 곳 지우기", "Clear the places"), clear, when=_CHOSEN),
    Command("compare.indexed", Text("처음을 100으로", "Begin at 100"), indexed, when=_FIGURES),
    Command("compare.figures", Text("값 그대로", "The figures"), as_figures, when=_INDEXED),
)
