"""Help: the commands by area, with the ways to give them. No Qt."""

from typing import TYPE_CHECKING

import msgspec

from gestures.events import GestureKind
from kiosk.core.state import ViewState
from kiosk.panels.panel import HelpEntry, Live
from kiosk.ui.gesture_words import GESTURE_WORDS
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("도움말", "Help")


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command: what it does, a sentence to say, the hand, the key; empty where there is none."""

    command: str
    title: Text
    say: str
    hand: Text
    key: str


class HelpModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lines: tuple[HelpLine, ...] = ()
    spoken: int = 0
    shown: int = 0
    now_ms: int = 0


class HelpPresenter:
    """See kiosk.panels.panel.Presenter."""

    tables: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def query(self, repositories: "Repositories", state: ViewState) -> None:
        return None

    def present(self, state: ViewState, data: object, live: Live, now_ms: int) -> HelpModel:
        lines = tuple(_line(entry) for entry in live.help)
        return HelpModel(
            lines,
            spoken=sum(bool(line.say) for line in lines),
            shown=sum(bool(line.hand.ko) for line in lines),
            now_ms=now_ms,
        )

    def project(self, model: HelpModel) -> Projection:
        rows = tuple(
            Row(line.title, Text(line.say, line.say) if line.say else line.hand)
            for line in model.lines
        )
        block = RowsBlock(TITLE, rows)
        return Projection("help", TITLE, Text("", ""), model.now_ms, (block,))


def _line(entry: HelpEntry) -> HelpLine:
    words = [GESTURE_WORDS[GestureKind(kind)] for kind in entry.gestures]
    hand = Text(", ".join(w.ko for w in words), ", ".join(w.en for w in words))
    return HelpLine(
        entry.command,
        entry.title,
        f"“{entry.phrases[0]}”" if entry.phrases else "",
        hand,
        ", ".join(entry.keys),
    )
