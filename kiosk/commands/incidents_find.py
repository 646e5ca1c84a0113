"""Incidents by how they stand: which ones the list shows, the newest, the one nobody has noted."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.commands.incidents import INCIDENT, PANEL, on_screen, opened
from kiosk.core.errors import Unavailable
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.shown import LARGE_MAP, IncidentsShown
from kiosk.core.state import Place, ViewState, go, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

WORDS: dict[IncidentsShown, Text] = {
    "all": Text("오늘의 모든 현안입니다", "All incidents of today"),
    "urgent": Text("급한 현안만 봅니다", "Urgent incidents only"),
    "running": Text("진행 중인 현안만 봅니다", "Incidents that run only"),
    "unnoted": Text("확인하지 않은 현안만 봅니다", "Incidents that nobody has noted only"),
}


class Shown(Args, frozen=True):
    """Which incidents the list shows; urgent: those that run and are critical or a warning."""

    shown: IncidentsShown


class Large(Args, frozen=True):
    """Whether the map of the opened incident takes the room of what stands around it."""

    large: bool = True


class Number(Args, frozen=True):
    """The number that an incident has in the list and on the map."""

    number: Annotated[int, Meta(ge=1, le=999)]


def narrow(state: ViewState, args: Shown, world: World) -> Result:
    lists = msgspec.structs.replace(state.lists, incidents=args.shown)
    place = Place(panel=PANEL, district=state.place.district)
    return Result(replace(go(state, place), lists=lists), WORDS[args.shown])


def number(state: ViewState, args: Number, world: World) -> Result:
    """Raises BadArguments for a number that no incident has."""
    return opened(state, entry(world.catalogue.incidents(), str(args.number), INCIDENT))


def newest(state: ViewState, args: NoArgs, world: World) -> Result:
    """The one that was reported last, whether it still runs or not."""
    found = world.catalogue.incidents()
    if not found:
        raise Unavailable(Text("오늘 일어난 일이 없습니다", "Nothing has happened today"))
    return opened(state, max(found, key=lambda each: each.t_ms))


def unnoted(state: ViewState, args: NoArgs, world: World) -> Result:
    """The most urgent one that runs and that nobody has noted; from such a one, the next."""
    waiting = tuple(
        each
        for each in world.catalogue.incidents()
        if not each.ended and each.id not in world.noted
    )
    if not waiting:
        raise Unavailable(Text("모두 확인했습니다", "All have been noted"))
    return opened(state, neighbour(waiting, on_screen(state) or None, 1))


def show_map(state: ViewState, args: Large, world: World) -> Result:
    place = msgspec.structs.replace(state.place, only=LARGE_MAP if args.large else "")
    say = Text("지도를 크게 봅니다", "The map is large")
    if not args.large:
        say = Text("현장을 모두 봅니다", "Everything about the incident")
    return Result(go(state, place), say)


_OPEN = Condition(
    lambda state, world: bool(on_screen(state)),
    Text("먼저 현안을 하나 여세요", "Open an incident first"),
)

COMMANDS = (
    Command("incident.number", Text("번호로 현안 열기", "Open an incident by number"), number),
    Command("incident.narrow", Text("현안 골라 보기", "Narrow the incidents"), narrow),
    Command("incident.map", Text("현장 지도 크게", "Large map of the scene"), show_map, when=_OPEN),
    Command("incident.newest", Text("방금 일어난 현안", "The newest incident"), newest),
    Command("incident.unnoted", Text("확인하지 않은 현안", "The next one not noted"), unnoted),
)
