"""The panel on the wall as a report of one page."""

from kiosk.core.errors import Unavailable
from kiosk.core.invocation import Source
from kiosk.core.registry import Args, Command, Condition, Result, Send
from kiosk.core.state import ViewState
from kiosk.core.world import World
from kiosk.wire.messages import ReportFormat, SaveReport
from kiosk.wire.text import Text

SCREEN = "ui"


class Format(Args, frozen=True):
    """What kind of file."""

    format: ReportFormat = "pdf"


class Told(Args, frozen=True):
    """How it went: the file's name or path, empty when it could not be written, and the words."""

    file: str
    ko: str
    en: str


def save(state: ViewState, args: Format, world: World) -> Result:
    say = Text("한 쪽 보고서를 만듭니다", "Making a report of one page")
    return Result(state, say, (Send(SCREEN, SaveReport(args.format)),))


def told(state: ViewState, args: Told, world: World) -> Result:
    """Raises Unavailable for a file that could not be kept."""
    words = Text(args.ko, args.en)
    if not args.file:
        raise Unavailable(words)
    return Result(state, words)


_NO_CODES = Condition(
    lambda state, world: state.pairing is None,
    Text("연결 코드가 보이는 화면은 저장하지 않습니다", "A screen with a pairing code is not kept"),
)

COMMANDS = (
    Command("report.save", Text("보고서 저장", "Save a report"), save, when=_NO_CODES),
    Command(
        "report.told",
        Text("보고서 소식", "News of a report"),
        told,
        sources=frozenset({Source.SYSTEM}),
    ),
)
