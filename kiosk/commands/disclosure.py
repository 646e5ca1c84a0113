"""Who may see what: a level is changed with a second word, and written down with its reason."""

from kiosk.commands.orders import WRITES
from kiosk.core.disclosure import LEVEL_WORDS, Decided, Level, Sort
from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.registry import Args, Command, Question, Result, Risk, Send
from kiosk.core.state import ViewState
from kiosk.core.world import World, find
from kiosk.wire.messages import WriteDecision
from kiosk.wire.text import Text

REASON_LIMIT = 200
_DECIDED: dict[Level, Text] = {
    "public": Text("시민에게 알리기로 했습니다", "It was decided to tell the citizens"),
    "internal": Text("밖에 알리지 않기로 했습니다", "It was decided to keep it inside"),
    "restricted": Text("시장만 보기로 했습니다", "It was decided that only the mayor sees it"),
}
_AFTERWARDS: dict[Level, Text] = {
    "public": Text("누구나 바로 볼 수 있습니다", "Everybody sees it at once"),
    "internal": Text("시민 화면에서 바로 사라집니다", "It leaves the public edition at once"),
    "restricted": Text("시민 화면에서 바로 사라집니다", "It leaves the public edition at once"),
}


class Wish(Args, frozen=True):
    """A thing of a sort by its id (of an indicator or a panel its name does, too), its new level,
    and why in words of one's own. `by` is filled in."""

    thing: str
    level: Level
    sort: Sort = "indicators"
    reason: str = ""
    by: str = ""


def ask(state: ViewState, args: Wish, world: World) -> Question:
    """Raises BadArguments for what there is not, Unavailable where it is so already."""
    thing, name = _thing(args, world)
    before, after = LEVEL_WORDS[_before(args.sort, thing, args.level, world)], args.level
    then, words = _AFTERWARDS[after], LEVEL_WORDS[after]
    return Question(
        Text(
            f"‘{name.ko}’: {before.ko} → {words.ko}. {then.ko}. 바꿀까요?",
            f"“{name.en}”: {before.en} → {words.en}. {then.en}. Change it?",
        ),
        {"thing": thing, "level": after, "sort": args.sort, "reason": args.reason},
    )


def decide(state: ViewState, args: Wish, world: World) -> Result:
    """It holds once it is on the disk. Raises as above."""
    thing, name = _thing(args, world)
    before = _before(args.sort, thing, args.level, world)
    if len(args.reason) > REASON_LIMIT:
        raise BadArguments(
            Text(
                f"이유는 {REASON_LIMIT}자까지 쓸 수 있습니다",
                f"A reason has at most {REASON_LIMIT} characters",
            )
        )
    own = args.reason.strip()
    reason = Text(own, own) if own else _DECIDED[args.level]
    last = world.disclosure.decided[-1].t_ms if world.disclosure.decided else 0
    decided = Decided(
        id=world.new_id(),
        t_ms=max(world.now_ms(), last + 1),  # a clock that went back does not undo what is newer
        sort=args.sort,
        thing=thing,
        level=args.level,
        reason=reason,
        by=args.by,
        before=before,
    )
    words = LEVEL_WORDS[args.level]
    say = Text(f"{name.ko}: {words.ko}", f"{name.en}: {words.en}")
    return Result(state, say, (Send("sync", WriteDecision(decided)),))


def _thing(args: Wish, world: World) -> tuple[str, Text]:
    """Id and name. Raises BadArguments."""
    if args.sort == "indicators":
        found = find(world.catalogue.indicators(), args.thing)
        if found is not None:
            return found.id, found.name
    if args.sort == "panels":
        for panel, title in world.panels.items():
            if args.thing in (panel, title.ko, title.en):
                return panel, title
    if world.disclosure.known(args.sort, args.thing):
        return args.thing, Text(args.thing, args.thing)
    raise BadArguments(
        Text(
            f"‘{args.thing}’, 공개 수준을 정할 그런 대상이 없습니다",
            f"There is nothing called “{args.thing}” to decide about",
        )
    )


def _before(sort: Sort, thing: str, level: Level, world: World) -> Level:
    """Raises Unavailable where it is so already."""
    before = world.disclosure.rule(sort, thing).level
    if before == level:
        words = LEVEL_WORDS[level]
        raise Unavailable(Text(f"이미 ‘{words.ko}’입니다", f"It is {words.en.lower()} already"))
    return before


COMMANDS = (
    Command(
        "disclosure.set",
        Text("공개 수준 바꾸기", "Change who may see it"),
        decide,
        risk=Risk.ADMIN,
        when=WRITES,
        ask=ask,
        signed="by",
        always_asked=True,
    ),
)
