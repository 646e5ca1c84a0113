"""Written words instead of spoken ones: a command, a question which of two, or what is found."""

from typing import Annotated

from msgspec import Meta

from kiosk.commands.answers import Offer, offer
from kiosk.commands.search import LONGEST, Wanted, search
from kiosk.core.errors import Unavailable
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Result
from kiosk.core.state import Option, ViewState
from kiosk.core.world import World
from kiosk.wire.text import Text
from voice.events import Choice, IntentMatch


class Written(Args, frozen=True):
    """What would be said, in either language."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST)]


def say(state: ViewState, args: Written, world: World) -> Result:
    """Gives the command that is meant, with the rights of whoever wrote it. What is none is looked
    up. Raises Unavailable while the sentences are being read, which takes a second or two once."""
    answer = world.understand(args.text)
    if answer is None:
        raise Unavailable(
            Text(
                "말을 알아들을 준비를 하고 있습니다. 잠시 뒤에 다시 보내 주세요",
                "Getting ready to understand. Please send it again in a moment",
            )
        )
    if isinstance(answer, IntentMatch):
        words = Text(f"‘{answer.text}’", f"“{answer.text}”")
        return Result(state, words, then=(answer.command, answer.args))
    if isinstance(answer, Choice):
        options = tuple(Option(one.text, one.command, one.args) for one in answer.options)
        return offer(state, Offer(args.text, options), world)
    return search(state, Wanted(args.text), world)


COMMANDS = (
    Command(
        "words.say",
        Text("글로 말하기", "Say in writing"),
        say,
        sources=frozenset({Source.TOUCH, Source.TABLET}),
    ),
)
