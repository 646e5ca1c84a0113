"""From complaint to complaint, and which of them the list shows."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.commands import complaints
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.lookup import neighbour
from kiosk.core.registry import Args, Command, NoArgs, Result
from kiosk.core.shown import ComplaintsShown, complaint_fits
from kiosk.core.state import ViewState, elsewhere, go, replace
from kiosk.core.world import Entry, World
from kiosk.pack.clock import midnight_ms
from kiosk.wire.text import Text

WORDS: dict[ComplaintsShown, Text] = {
    "all": Text("모든 민원", "All complaints"),
    "open": Text("처리할 민원", "Open complaints"),
    "unanswered": Text("답 없는 민원", "Complaints without a reply"),
    "today": Text("오늘 들어온 민원", "Complaints of today"),
}


class Shown(Args, frozen=True):
    """Which complaints the list shows; unanswered: open ones that this wall has not replied to."""

    shown: ComplaintsShown


class Number(Args, frozen=True):
    """The number that a complaint has in the list."""

    number: Annotated[int, Meta(ge=1, le=999)]


def narrow(state: ViewState, args: Shown, world: World) -> Result:
    lists = msgspec.structs.replace(state.lists, complaints=args.shown)
    state = go(replace(state, lists=lists), elsewhere(state.place, complaints.PANEL))
    count, words = len(listed(state, world)), WORDS[args.shown]
    return Result(state, Text(f"{words.ko} {count}건", f"{words.en}: {count}"))


def next_complaint(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_complaint(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def number(state: ViewState, args: Number, world: World) -> Result:
    """Raises BadArguments where the list has no such number."""
    found = listed(state, world)
    if args.number > len(found):
        raise BadArguments(
            Text(f"{args.number}번 민원은 목록에 없습니다", f"There is no complaint {args.number}")
        )
    return _opened(state, found[args.number - 1], world)


def oldest(state: ViewState, args: NoArgs, world: World) -> Result:
    """The one that has waited longest, of those of the district that is chosen."""
    waiting = [c for c in _here(state, world) if not c.ended and c.t_ms]
    if not waiting:
        raise Unavailable(Text("처리할 민원이 없습니다", "No complaint is open"))
    return _opened(state, min(waiting, key=lambda c: c.t_ms), world)


def listed(state: ViewState, world: World) -> list[Entry]:
    """As the complaints panel lists and numbers them."""
    answered = {given.reply.complaint for given in world.given.replies}
    today_ms = midnight_ms(world.now_ms())
    return [
        c
        for c in _here(state, world)
        if complaint_fits(
            state.lists.complaints,
            still=not c.ended,
            answered=c.id in answered,
            t_ms=c.t_ms,
            today_ms=today_ms,
        )
    ]


def _here(state: ViewState, world: World) -> list[Entry]:
    district = state.place.district
    return [c for c in world.catalogue.complaints() if district in (None, c.district)]


def _step(state: ViewState, world: World, by: int) -> Result:
    found = listed(state, world)
    if not found:
        raise Unavailable(Text("목록에 민원이 없습니다", "There is no complaint in the list"))
    opened = state.place.item if state.panel == complaints.PANEL else None
    return _opened(state, neighbour(tuple(found), opened, by), world)


def _opened(state: ViewState, found: Entry, world: World) -> Result:
    """Opened where the wall is: the list that was walked along stays."""
    place = elsewhere(state.place, complaints.PANEL, item=found.id)
    return Result(go(state, place), Text(f"민원: {found.name.ko}", f"Complaint: {found.name.en}"))


COMMANDS = (
    Command("complaint.narrow", Text("민원 골라 보기", "Narrow the complaints"), narrow),
    Command("complaint.next", Text("다음 민원", "Next complaint"), next_complaint),
    Command("complaint.previous", Text("이전 민원", "Previous complaint"), previous_complaint),
    Command("complaint.number", Text("번호로 민원 열기", "Open a complaint by number"), number),
    Command("complaint.oldest", Text("가장 오래된 민원", "The oldest complaint"), oldest),
)
