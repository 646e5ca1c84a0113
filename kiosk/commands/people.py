"""Who stands at the wall: their own bindings count while they do."""

from kiosk.core.errors import BadArguments
from kiosk.core.registry import Args, Command, Result
from kiosk.core.state import ViewState, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

ANYBODY = Text("누구나", "Anybody")


class Somebody(Args, frozen=True):
    """A person by name, as the file in config/people is called; empty for anybody."""

    person: str = ""


def choose(state: ViewState, args: Somebody, world: World) -> Result:
    if args.person and args.person not in world.people:
        known = ", ".join(world.people) or "-"
        raise BadArguments(
            Text(
                f"‘{args.person}’, 그런 사람의 설정이 없습니다. 있는 설정: {known}",
                f"Nobody called “{args.person}” is configured. Configured: {known}",
            )
        )
    name = world.people.get(args.person, ANYBODY)
    say = Text(f"손짓 설정: {name.ko}", f"Gestures of: {name.en}")
    return Result(replace(state, person=args.person), say)


COMMANDS = (Command("person.choose", Text("손짓 설정 고르기", "Choose whose gestures"), choose),)
