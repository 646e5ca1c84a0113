"""How the wall looks: language, colours, type size."""

from kiosk.core.errors import Unavailable
from kiosk.core.registry import Args, Command, NoArgs, Result
from kiosk.core.state import ThemeName, ViewState, replace
from kiosk.core.world import World
from kiosk.wire.text import Language, Text

TEXT_SCALES = (1.0, 1.15, 1.3)


class SetLanguage(Args, frozen=True):
    """Language of the wall."""

    language: Language


class SetTheme(Args, frozen=True):
    """Colours of the wall."""

    theme: ThemeName


def language(state: ViewState, args: SetLanguage, world: World) -> Result:
    say = Text("한국어로 바꿨습니다", "The wall speaks English")
    return Result(replace(state, language=args.language), say)


def theme(state: ViewState, args: SetTheme, world: World) -> Result:
    name = _THEMES[args.theme]
    say = Text(f"{name.ko} 바꿨습니다", f"Changed to {name.en}")
    return Result(replace(state, theme=args.theme), say)


def larger(state: ViewState, args: NoArgs, world: World) -> Result:
    return _scale(state, 1)


def smaller(state: ViewState, args: NoArgs, world: World) -> Result:
    return _scale(state, -1)


def _scale(state: ViewState, by: int) -> Result:
    here = min(range(len(TEXT_SCALES)), key=lambda i: abs(TEXT_SCALES[i] - state.text_scale))
    if not 0 <= here + by < len(TEXT_SCALES):
        raise Unavailable(Text("더 바꿀 수 없는 크기입니다", "This is the last size"))
    scale = TEXT_SCALES[here + by]
    say = Text(f"글자 {scale:.0%}", f"Type at {scale:.0%}")
    return Result(replace(state, text_scale=scale), say)


_THEMES = {
    "dark": Text("어두운 화면으로", "dark colours"),
    "light": Text("밝은 화면으로", "light colours"),
    "high_contrast": Text("고대비 화면으로", "high contrast"),
}

COMMANDS = (
    Command("ui.language", Text("언어 바꾸기", "Change the language"), language),
    Command("ui.theme", Text("화면 밝기 바꾸기", "Change the colours"), theme),
    Command("ui.larger", Text("글자 크게", "Larger type"), larger),
    Command("ui.smaller", Text("글자 작게", "Smaller type"), smaller),
)
