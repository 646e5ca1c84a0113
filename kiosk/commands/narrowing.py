"""A panel's list, narrowed to a part of it."""

from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.registry import Args, Command, Result
from kiosk.core.state import ViewState, elsewhere, go
from kiosk.core.world import World
from kiosk.wire.text import Text


class Narrowed(Args, frozen=True):
    """A panel (the one on the wall without a name) and the word for a part of its list; "" is all
    of it."""

    panel: str = ""
    to: str = ""


def narrow(state: ViewState, args: Narrowed, world: World) -> Result:
    """Raises BadArguments where the panel's list has no such part, Unavailable where it has none
    at all."""
    panel = args.panel or state.panel
    known = world.narrowings.get(panel, {})
    if not known:
        raise Unavailable(
            Text("이 화면의 목록은 나뉘어 있지 않습니다", "This panel's list has no parts")
        )
    if args.to and args.to not in known:
        words = ", ".join(known)
        raise BadArguments(
            Text(
                f"‘{args.to}’(으)로는 좁힐 수 없습니다. 있는 것: {words}",
                f"There is no part “{args.to}”. Parts: {words}",
            )
        )
    part = known.get(args.to, Text("모두", "all of it"))
    title = world.panels[panel]
    say = Text(f"{title.ko}: {part.ko}", f"{title.en}: {part.en}")
    return Result(go(state, elsewhere(state.place, panel, only=args.to)), say)


COMMANDS = (Command("panel.narrow", Text("목록 좁히기", "Narrow the list"), narrow),)
