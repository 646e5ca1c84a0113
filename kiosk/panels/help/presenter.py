"""Help: the commands by area, with the ways to give them. No Qt."""

from typing import TYPE_CHECKING

import msgspec

from gestures.events import GestureKind
from kiosk.commands.people import ANYBODY
from kiosk.core.state import ViewState
from kiosk.panels.panel import HandHelp, HelpEntry, Live
from kiosk.ui.gesture_words import GESTURE_WORDS
from kiosk.wire.projection import Projection, Row, RowsBlock
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.cache.repositories import Repositories

TITLE = Text("도움말", "Help")
NOTHING = Text("", "")
COMMANDS = "commands"
"""The word for the page of all commands; the other page is that of the gestures."""


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command: what it does, a sentence to say, the hand, the key; empty where there is none."""

    command: str
    title: Text
    say: str
    hand: Text
    key: str


class GestureLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A gesture: `name` in the wall's own two languages, `other` the other way round, what it
    `does` (empty: nothing), and the words for nothing."""

    kind: GestureKind
    name: Text
    other: Text
    does: Text
    nothing: Text = Text("여기서는 쓰지 않음", "nothing here")


class PersonLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody whose ways of the hand are known; an empty id is anybody."""

    id: str
    name: Text
    chosen: bool


class HelpModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`place` is the panel that the gestures are told for: where help was opened. `commands`: these
    are shown, else the gestures."""

    lines: tuple[HelpLine, ...] = ()
    gestures: tuple[GestureLine, ...] = ()
    people: tuple[PersonLine, ...] = ()
    place: Text = Text("", "")
    commands: bool = False
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
        panel = next((p.panel for p in reversed(state.past) if p.panel != "help"), "home")
        return HelpModel(
            lines,
            gestures=_gestures(live.hands, panel, state.person),
            people=_people(live.hands, state.person),
            place=live.hands.panels.get(panel, TITLE),
            commands=state.place.only == COMMANDS,
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


def _gestures(hands: HandHelp, panel: str, person: str) -> tuple[GestureLine, ...]:
    """All gestures; what each does on a panel for a person."""
    return tuple(
        GestureLine(kind, name, Text(name.en, name.ko), hands.does(kind, panel, person) or NOTHING)
        for kind, name in GESTURE_WORDS.items()
    )


def _people(hands: HandHelp, person: str) -> tuple[PersonLine, ...]:
    known = {"": ANYBODY, **{who.name: who.title for who in hands.bindings.people.values()}}
    return tuple(PersonLine(who, name, who == person) for who, name in known.items())


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
