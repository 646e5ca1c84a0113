"""The board of indicators: how large its tiles are, and which of them stand on it."""

from kiosk.core.errors import BadArguments, Unavailable
from kiosk.core.registry import Args, Command, Condition, Handler, NoArgs, Result
from kiosk.core.shown import BOARD, THEME
from kiosk.core.state import ViewState, elsewhere, go, replace
from kiosk.core.world import World
from kiosk.wire.text import Text

PANEL = "indicators"


class Theme(Args, frozen=True):
    """What indicators are about, by its name in either language."""

    theme: str


def small(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(_board(state, _only(state), True), Text("한눈에 모두 봅니다", "All at once"))


def large(state: ViewState, args: NoArgs, world: World) -> Result:
    return Result(_board(state, _only(state), False), Text("크게 봅니다", "Larger tiles"))


def _narrowing(word: str) -> Handler:
    def narrow(state: ViewState, args: NoArgs, world: World) -> Result:
        words = BOARD[word]
        say = Text(f"지표: {words.ko}", f"Indicators: {words.en}")
        return Result(_board(state, word, state.small_tiles), say)

    return narrow


def of_theme(state: ViewState, args: Theme, world: World) -> Result:
    """Raises BadArguments for a theme that no indicator has."""
    themes = dict.fromkeys(entry.theme for entry in world.catalogue.indicators())
    found = next((t for t in themes if args.theme in (t.ko, t.en)), None)
    if found is None:
        known = ", ".join(theme.ko for theme in themes)
        raise BadArguments(
            Text(
                f"‘{args.theme}’, 그런 분야가 없습니다. 있는 분야: {known}",
                f"There is no theme “{args.theme}”. Themes: {known}",
            )
        )
    say = Text(f"지표: {found.ko}", f"Indicators: {found.en}")
    return Result(_board(state, THEME + found.ko, state.small_tiles), say)


def _only(state: ViewState) -> str:
    """What the board is narrowed to; another panel's list is no board."""
    return state.place.only if state.panel == PANEL else ""


def _board(state: ViewState, only: str, small_tiles: bool) -> ViewState:
    """The board, whatever the wall shows now. Raises Unavailable where it is that already."""
    place = elsewhere(state.place, PANEL, only=only)
    if (place, small_tiles) == (state.place, state.small_tiles):
        raise Unavailable(Text("이미 그렇게 보고 있습니다", "It is shown so already"))
    return go(replace(state, small_tiles=small_tiles), place)


_NARROWED = Condition(
    lambda state, world: state.panel != PANEL or bool(state.place.only or state.place.indicator),
    Text("모든 지표를 보고 있습니다", "All indicators are shown already"),
)
_WORDS = {
    "urgent": Text("기준 넘은 지표", "Indicators past a limit"),
    "worse": Text("나빠진 지표", "Indicators that got worse"),
    "better": Text("좋아진 지표", "Indicators that got better"),
    "late": Text("늦은 지표", "Indicators that are late"),
    "goal": Text("목표 있는 지표", "Indicators with a goal"),
}

COMMANDS = (
    Command("board.small", Text("지표 한눈에 모두", "All indicators at once"), small),
    Command("board.large", Text("지표 크게 보기", "Larger tiles"), large),
    Command("board.all", Text("모든 지표", "All indicators"), _narrowing(""), when=_NARROWED),
    *(Command(f"board.{word}", title, _narrowing(word)) for word, title in _WORDS.items()),
    Command("board.theme", Text("분야별 지표", "Indicators of a theme"), of_theme),
)
