"""Answers to what the wall asks: yes, no, the first, the second."""

from typing import Annotated

from msgspec import Meta

from kiosk.commands import calls, navigation
from kiosk.core.errors import BadArguments
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Condition, NoArgs, Result
from kiosk.core.state import ChoiceView, Option, ViewState, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

CHOICE_MS = 10_000


class Answer(Args, frozen=True):
    """The nonce of the question that is answered; empty means the one on the screen."""

    nonce: str = ""


class Offer(Args, frozen=True):
    """What was heard, and what may have been meant; not `sure`: or something else."""

    heard: str
    options: tuple[Option, ...]
    sure: bool = True


class Take(Args, frozen=True):
    """Which of the options, counted from one."""

    number: Annotated[int, Meta(ge=1, le=9)]


def accept(state: ViewState, args: Answer, world: World) -> Result:
    return Result(state, Text("확인했습니다", "Confirmed"), answer=True)


def cancel(state: ViewState, args: Answer, world: World) -> Result:
    """No to the question; without one, to the choice."""
    if state.confirmation is None:
        return drop(state, NoArgs(), world)
    return Result(state, Text("하지 않았습니다", "Not done"), answer=False)


def offer(state: ViewState, args: Offer, world: World) -> Result:
    view = ChoiceView(args.heard, args.options, world.now_ms() + CHOICE_MS)
    say = Text("둘 중 어느 것인가요?", "Which of the two?")
    if not args.sure:
        say = Text("잘 알아듣지 못했습니다. 이 가운데 있나요?", "Not sure. Is it one of these?")
    return Result(replace(state, choice=view), say)


def take(state: ViewState, args: Take, world: World) -> Result:
    assert state.choice is not None
    if args.number > len(state.choice.options):
        count = len(state.choice.options)
        raise BadArguments(
            Text(f"1번부터 {count}번까지 있습니다", f"There are options 1 to {count}")
        )
    option = state.choice.options[args.number - 1]
    say = Text(f"{args.number}번, {option.label}", f"Number {args.number}, {option.label}")
    return Result(replace(state, choice=None), say, then=(option.command, option.args))


def drop(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(replace(state, choice=None), Text("고르지 않았습니다", "Nothing taken"))


def dismiss(state: ViewState, args: Answer, world: World) -> Result:
    """No to what asks; when nothing asks, closes what is open."""
    if state.confirmation is not None:
        return cancel(state, args, world)
    if state.choice is not None:
        return drop(state, NoArgs(), world)
    if state.call is not None and not state.call.accepted:
        return calls.end(state, calls.Caller(), world)
    return navigation.close(state, NoArgs(), world)


_ASKS = Condition(
    lambda state, world: state.confirmation is not None,
    Text("지금 확인할 것이 없습니다", "Nothing asks to be confirmed now"),
)
_WAITS = Condition(
    lambda state, world: state.confirmation is not None or state.choice is not None,
    Text("지금 물어본 것이 없습니다", "Nothing has been asked now"),
)
_OFFERS = Condition(
    lambda state, world: state.choice is not None,
    Text("지금 고를 것이 없습니다", "There is nothing to choose from now"),
)

COMMANDS = (
    Command("confirm.accept", Text("확인", "Confirm"), accept, when=_ASKS, while_locked=True),
    Command("confirm.cancel", Text("취소", "Cancel"), cancel, when=_WAITS, while_locked=True),
    Command("nav.dismiss", Text("취소·뒤로", "Cancel or close"), dismiss),
    Command(
        "choice.offer",
        Text("되묻기", "Ask which was meant"),
        offer,
        sources=frozenset({Source.SYSTEM}),
    ),
    Command("choice.take", Text("번호 고르기", "Take an option"), take, when=_OFFERS),
    Command("choice.drop", Text("고르지 않기", "Take none"), drop, when=_OFFERS),
)
