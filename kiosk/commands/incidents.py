"""What happens in the city: see it, open one, turn to the next, take note of it."""

from kiosk.commands.orders import WRITES
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.invocation import Source
from kiosk.core.lookup import entry, neighbour
from kiosk.core.registry import Args, Command, NoArgs, Question, Result, Risk, Send
from kiosk.core.state import Place, ViewState, go, replace
from kiosk.core.world import Entry, World
from kiosk.pack import here
from kiosk.wire.messages import WriteAcknowledgement
from kiosk.wire.orders import Acknowledgement
from kiosk.wire.text import Text

PANEL = "incident"
INCIDENT = Text("현안", "incident")


class Which(Args, frozen=True):
    """An incident by its id, number or name, or the most urgent one of those that are meant: at a
    place whose name it has, in a district (code or name), of a kind. Nothing given: of all."""

    incident: str = ""
    at: str = ""
    district: str = ""
    kind: str = ""


class One(Args, frozen=True):
    """An incident by its id."""

    incident: str


class Kind(Args, frozen=True):
    """Which kind of incident the list shows; empty: every kind."""

    kind: str = ""


class Noted(Args, frozen=True):
    """An incident by its id (empty: the one that is open). `by` is filled in."""

    incident: str = ""
    by: str = ""


def show(state: ViewState, args: Which, world: World) -> Result:
    """Raises BadArguments for what is not there, Unavailable when nothing runs."""
    return opened(state, _found(args, world))


def show_list(state: ViewState, args: Kind, world: World) -> Result:
    place = Place(panel=PANEL, district=state.place.district)
    state = replace(go(state, place), incident_kind=args.kind)
    return Result(state, Text("오늘 일어난 일입니다", "What has happened today"))


def next_incident(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, 1)


def previous_incident(state: ViewState, args: NoArgs, world: World) -> Result:
    return _step(state, world, -1)


def note(state: ViewState, args: Noted, world: World) -> Result:
    """It counts when sync has it on the disk, which it tells later. Raises Unavailable when none
    is open, or when it has been noted already."""
    key = args.incident or on_screen(state)
    if not key:
        raise Unavailable(Text("먼저 현안을 하나 여세요", "Open an incident first"))
    found = entry(world.catalogue.incidents(), key, INCIDENT)
    if found.id in world.noted:
        raise Unavailable(Text("이미 확인한 현안입니다", "This has been noted already"))
    noted = Acknowledgement(world.new_id(), world.now_ms(), args.by, found.id)
    name = found.name
    say = Text(f"확인을 적는 중: {name.ko}", f"Noting: {name.en}")
    return Result(state, say, (Send("sync", WriteAcknowledgement(noted)),))


def ask_for_screen(state: ViewState, args: One, world: World) -> Question:
    """Raises BadArguments when it is not there any more."""
    found = entry(world.catalogue.incidents(), args.incident, INCIDENT)
    words = Text(
        f"심각: {found.name.ko}. 화면을 바꿀까요?", f"Critical: {found.name.en}. Show it now?"
    )
    why = Text(
        "새로 심각해진 현안입니다. 답이 없으면 보던 화면을 그대로 둡니다",
        "It has just become critical. Without an answer the screen stays as it is",
    )
    return Question(words, {"incident": found.id}, why)


def take_screen(state: ViewState, args: One, world: World) -> Result:
    return opened(state, entry(world.catalogue.incidents(), args.incident, INCIDENT))


def on_screen(state: ViewState) -> str:
    """Id of the incident that is open, "" when none is."""
    return (state.place.item or "") if state.panel == PANEL else ""


def _found(args: Which, world: World) -> Entry:
    incidents = world.catalogue.incidents()
    if args.incident:
        return entry(incidents, args.incident, INCIDENT)
    code = (
        entry(world.catalogue.districts(), args.district, here().parts.name).id
        if args.district
        else ""
    )
    meant = [
        each
        for each in incidents
        if args.at in each.name.ko + each.name.en
        and args.kind in ("", each.kind)
        and code in ("", each.district)
    ]
    if meant:
        return meant[0]
    if args.at or args.kind or code:
        raise BadArguments(Text("말씀하신 현안은 오늘 없습니다", "There is no such incident today"))
    raise Unavailable(Text("지금 일어난 일이 없습니다", "Nothing has happened now"))


def opened(state: ViewState, found: Entry) -> Result:
    place = Place(panel=PANEL, district=found.district or None, item=found.id)
    over = Text(" (종료)", " (over)") if found.ended else Text("", "")
    say = Text(f"현안: {found.name.ko}{over.ko}", f"Incident: {found.name.en}{over.en}")
    return Result(go(state, place), say)


def _step(state: ViewState, world: World, by: int) -> Result:
    """Through those that run, the most urgent first; without any, through today's."""
    incidents = world.catalogue.incidents()
    running = tuple(each for each in incidents if not each.ended)
    return opened(state, neighbour(running or incidents, on_screen(state) or None, by))


COMMANDS = (
    Command("incident.open", Text("현안 열기", "Open an incident"), show),
    Command("incident.list", Text("오늘의 현안", "Today's incidents"), show_list),
    Command("incident.next", Text("다음 현안", "Next incident"), next_incident),
    Command("incident.previous", Text("이전 현안", "Previous incident"), previous_incident),
    Command(
        "incident.note",
        Text("현안 확인", "Take note of an incident"),
        note,
        risk=Risk.CONTROL,
        when=WRITES,
        signed="by",
    ),
    Command(
        "incident.take_screen",
        Text("심각한 현안 보기", "See what is critical"),
        take_screen,
        risk=Risk.CONTROL,
        sources=frozenset({Source.SYSTEM}),
        ask=ask_for_screen,
        always_asked=True,
    ),
)
