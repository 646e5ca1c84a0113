"""Citizens' complaints: see them, open one on the map, answer it."""

from kiosk.commands.orders import WRITES, words_of_ones_own
from kiosk.core.desk import in_full
from kiosk.core.errors import Unavailable
from kiosk.core.lookup import matter
from kiosk.core.registry import Args, Command, NoArgs, Question, Result, Risk, Send
from kiosk.core.state import ViewState, elsewhere, go
from kiosk.core.world import World
from kiosk.wire.messages import WriteReply
from kiosk.wire.orders import Reply
from kiosk.wire.text import Text

PANEL = "complaints"


class One(Args, frozen=True):
    """A complaint by the source's own number of it."""

    complaint: str


class Answer(Args, frozen=True):
    """A ready reply's id, or words of one's own, to a complaint (empty: the one that is open).
    `by` is filled in."""

    text: str
    complaint: str = ""
    by: str = ""


def show_list(state: ViewState, args: NoArgs, world: World) -> Result:
    place = elsewhere(state.place, PANEL)
    return Result(go(state, place), Text("시민 민원입니다", "Citizens' complaints"))


def show(state: ViewState, args: One, world: World) -> Result:
    """Opens it, and with it the district that it is in."""
    _, found = matter(world, f"complaints/{args.complaint}")
    district = found.district or state.place.district
    place = elsewhere(state.place, PANEL, district=district, item=args.complaint)
    name = found.name
    return Result(go(state, place), Text(f"민원: {name.ko}", f"Complaint: {name.en}"))


def compose(state: ViewState, args: NoArgs, world: World) -> Result:
    key = _chosen(state, "")
    place = elsewhere(state.place, PANEL, item=key, about=f"complaints/{key}")
    return Result(go(state, place), Text("답변을 고르세요", "Choose a reply"))


def ask(state: ViewState, args: Answer, world: World) -> Question:
    """Raises BadArguments, and Unavailable when no complaint is open."""
    key = _chosen(state, args.complaint)
    _, found = matter(world, f"complaints/{key}")
    text = words_of_ones_own(in_full(world.desk.reply, args.text))
    words = Text(
        f"‘{found.name.ko}’ 민원에 답변: ‘{text}’. 보낼까요?",
        f"Reply to “{found.name.en}”: “{text}”. Send it?",
    )
    return Question(words, {"text": text, "complaint": key})


def reply(state: ViewState, args: Answer, world: World) -> Result:
    """The reply counts as given when sync has it on the disk, which it tells later."""
    key = _chosen(state, args.complaint)
    matter(world, f"complaints/{key}")
    text = words_of_ones_own(in_full(world.desk.reply, args.text))
    answer = Reply(world.new_id(), world.now_ms(), args.by, key, text)
    if state.place.about is not None:
        state = go(state, elsewhere(state.place, PANEL, item=key))
    say = Text(f"답변을 쓰는 중: {text}", f"Writing the reply: {text}")
    return Result(state, say, (Send("sync", WriteReply(answer)),))


def _chosen(state: ViewState, complaint: str) -> str:
    opened = state.place.item if state.place.panel == PANEL else None
    if not complaint and not opened:
        raise Unavailable(Text("먼저 민원을 하나 여세요", "Open a complaint first"))
    return complaint or opened or ""


COMMANDS = (
    Command("complaint.list", Text("민원 보기", "Citizens' complaints"), show_list),
    Command("complaint.show", Text("민원 열기", "Open a complaint"), show),
    Command("complaint.compose", Text("답변 쓰기", "Write a reply"), compose),
    Command(
        "complaint.reply",
        Text("민원 답변", "Reply to a complaint"),
        reply,
        risk=Risk.REACH,
        when=WRITES,
        ask=ask,
        signed="by",
    ),
)
