"""Districts found by a figure, and districts and neighbourhoods by where they lie."""

import math
from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta

from kiosk.commands import areas
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.lookup import entry, indicator_meant
from kiosk.core.registry import Args, Command, Result
from kiosk.core.state import ViewState
from kiosk.core.world import Entry, World
from kiosk.pack import here
from kiosk.wire.text import Text

Way = Literal["north", "east", "south", "west"]
WAYS: dict[Way, tuple[Text, float]] = {
    "north": (Text("북쪽", "north"), 90.0),
    "east": (Text("동쪽", "east"), 0.0),
    "south": (Text("남쪽", "south"), -90.0),
    "west": (Text("서쪽", "west"), 180.0),
}
ASIDE_DEG = 60.0
"""What lies farther than this from a direction does not lie in it."""


class By(Args, frozen=True):
    """The indicator that districts are told apart by, by id or name; empty: that of the wall."""

    indicator: str = ""


class Place(Args, frozen=True):
    """A place in the order of an indicator, the best first, and which indicator."""

    rank: Annotated[int, Meta(ge=1, le=99)]
    indicator: str = ""


class Beside(Args, frozen=True):
    """The direction to go in."""

    way: Way


def highest(state: ViewState, args: By, world: World) -> Result:
    indicator, order = _order(state, args.indicator, world)
    return _found(state, order[0], indicator, Text("가장 높은 곳", "the highest"), world)


def lowest(state: ViewState, args: By, world: World) -> Result:
    indicator, order = _order(state, args.indicator, world)
    return _found(state, order[-1], indicator, Text("가장 낮은 곳", "the lowest"), world)


def best(state: ViewState, args: By, world: World) -> Result:
    indicator, order = _best_first(state, args.indicator, world)
    return _found(state, order[0], indicator, Text("가장 좋은 곳", "the best"), world)


def worst(state: ViewState, args: By, world: World) -> Result:
    indicator, order = _best_first(state, args.indicator, world)
    return _found(state, order[-1], indicator, Text("가장 나쁜 곳", "the worst"), world)


def ranked(state: ViewState, args: Place, world: World) -> Result:
    """Counted as rankings are: the highest first where neither way is better."""
    indicator, order = _order(state, args.indicator, world)
    if indicator.better == "lower":
        order = order[::-1]
    if args.rank > len(order):
        count = len(order)
        raise BadArguments(Text(f"{count}위까지 있습니다", f"There are places 1 to {count}"))
    words = Text(f"{args.rank}위", f"number {args.rank}")
    return _found(state, order[args.rank - 1], indicator, words, world)


def district_beside(state: ViewState, args: Beside, world: World) -> Result:
    known = world.catalogue.districts()
    found = _towards(known, state.place.district, args.way)
    return areas.select(state, areas.District(found.id), world)


def neighbourhood_beside(state: ViewState, args: Beside, world: World) -> Result:
    """Over the border of a district where that is what lies there."""
    known = world.catalogue.neighbourhoods()
    found = _towards(known, state.place.neighbourhood, args.way)
    return areas.select_neighbourhood(state, areas.Neighbourhood(found.id), world)


def _order(state: ViewState, wanted: str, world: World) -> tuple[Entry, Sequence[str]]:
    """The indicator, and its districts with the highest first. Raises Unavailable without any."""
    indicator = indicator_meant(state, wanted, world)
    order = world.ranked(indicator.id)
    if not order:
        parts, name = here().parts.name, indicator.name
        raise Unavailable(
            Text(
                f"{name.ko}: {parts.ko}별 값이 없습니다", f"{name.en} has no figures by {parts.en}"
            )
        )
    return indicator, order


def _best_first(state: ViewState, wanted: str, world: World) -> tuple[Entry, Sequence[str]]:
    indicator, order = _order(state, wanted, world)
    if indicator.better == "neither":
        name = indicator.name
        raise Unavailable(
            Text(
                f"{name.ko}: 좋고 나쁨이 정해지지 않아, 높은 곳이나 낮은 곳만 찾습니다",
                f"{name.en}: neither way is better, ask for the highest or the lowest",
            )
        )
    return indicator, order if indicator.better == "higher" else order[::-1]


def _found(state: ViewState, code: str, indicator: Entry, words: Text, world: World) -> Result:
    district = entry(world.catalogue.districts(), code, here().parts.name)
    done = areas.select(state, areas.District(code), world)
    said = world.figure(indicator.id, code) or Text("", "")
    name, title = district.name, indicator.name
    say = Text(
        f"{title.ko} {words.ko}: {name.ko} {said.ko}".strip(),
        f"{title.en}, {words.en}: {name.en} {said.en}".strip(),
    )
    return Result(done.state, say)


def _towards(known: Sequence[Entry], here_id: str | None, way: Way) -> Entry:
    """The nearest whose middle lies in a direction. Raises Unavailable without a place to start
    from, or with nothing there."""
    start = next((e for e in known if e.id == here_id), None)
    if start is None or start.at is None:
        raise Unavailable(Text("지역을 먼저 골라 주세요", "Select an area first"))
    words, wanted = WAYS[way]
    lat, lon = start.at
    near: list[tuple[float, Entry]] = []
    for other in known:
        if other.at is None or other.id == start.id:
            continue
        east = (other.at[1] - lon) * math.cos(math.radians(lat))
        north = other.at[0] - lat
        apart = abs((math.degrees(math.atan2(north, east)) - wanted + 180) % 360 - 180)
        if apart <= ASIDE_DEG:
            near.append((math.hypot(east, north), other))
    if not near:
        raise Unavailable(
            Text(f"{words.ko}에는 더 없습니다", f"There is nothing farther {words.en}")
        )
    return min(near, key=lambda one: one[0])[1]


PART, INNER = areas.DISTRICT, areas.NEIGHBOURHOOD

COMMANDS = (
    Command("district.worst", Text(f"가장 나쁜 {PART.ko}", f"The worst {PART.en}"), worst),
    Command("district.best", Text(f"가장 좋은 {PART.ko}", f"The best {PART.en}"), best),
    Command("district.highest", Text(f"가장 높은 {PART.ko}", f"The highest {PART.en}"), highest),
    Command("district.lowest", Text(f"가장 낮은 {PART.ko}", f"The lowest {PART.en}"), lowest),
    Command("district.ranked", Text(f"순위로 {PART.ko} 고르기", f"{PART.en} by rank"), ranked),
    Command(
        "district.beside",
        Text(f"옆 {PART.ko}", f"The {PART.en} beside"),
        district_beside,
        when=areas.IN_A_DISTRICT,
    ),
    Command(
        "neighbourhood.beside",
        Text(f"옆 {INNER.ko}", f"The {INNER.en} beside"),
        neighbourhood_beside,
        when=areas.IN_A_NEIGHBOURHOOD,
    ),
)
