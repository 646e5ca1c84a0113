"""Lamps: how the parts of the machine are, as a shape, a name and a word or a reason."""

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QPointF

from kiosk.ui.paint import Canvas
from kiosk.ui.ruler import Ruler
from kiosk.ui.shapes import LampKind
from kiosk.wire.text import Text

LAMP_WORDS: dict[LampKind, Text] = {
    "recording": Text("기록 중", "recording"),
    "use": Text("사용 중", "in use"),
    "running": Text("정상", "running"),
    "degraded": Text("일부 동작", "partly"),
    "failed": Text("멈춤", "failed"),
    "stopped": Text("쉼", "resting"),
}
# From the first to the last that must stay where room is short.
_ORDER: tuple[LampKind, ...] = ("recording", "failed", "degraded", "use", "stopped", "running")
_URGENCY = {kind: place for place, kind in enumerate(_ORDER)}
SHAPE_U = 27.0
GAP_U = 26.0
SHORT_U = 150.0
LONG_U = 230.0


class LampView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the machine; `reason` replaces the word of its state ("14건 대기"). A reason too
    long for two lines is left to the system view, and the word is shown."""

    name: Text
    kind: LampKind
    reason: Text = Text("", "")

    @property
    def word(self) -> Text:
        return self.reason if self.reason.ko else LAMP_WORDS[self.kind]


@dataclass(frozen=True)
class PlacedLamp:
    """A lamp as it will be drawn: its lines, their type role, and the width of all of it."""

    lamp: LampView
    role: str
    lines: tuple[str, ...]
    width_px: float

    @property
    def says_reason(self) -> bool:
        return self.role == "micro"


def _placed(ruler: Ruler, lamp: LampView, role: str, lines: list[str]) -> PlacedLamp:
    weight = 600 if role == "meta" else None
    words = max(ruler.width(line, role, weight) for line in lines)
    width = ruler.theme.px(SHAPE_U) + max(ruler.width(lamp.name, "micro"), words)
    return PlacedLamp(lamp, role, tuple(lines), width)


def _brief(ruler: Ruler, lamp: LampView) -> PlacedLamp:
    """The lamp with its state's word, or a short reason, in one line."""
    short = ruler.width(lamp.word, "meta", 600) <= ruler.theme.px(SHORT_U)
    word = lamp.word if short else LAMP_WORDS[lamp.kind]
    return _placed(ruler, lamp, "meta", [ruler.theme.say(word)])


def _full(ruler: Ruler, lamp: LampView) -> PlacedLamp:
    """The lamp with its whole reason, in two small lines if need be."""
    brief = _brief(ruler, lamp)
    if brief.lines[0] == ruler.theme.say(lamp.word):
        return brief
    for width_u in (SHORT_U, 190.0, LONG_U):
        width = ruler.theme.px(width_u)
        _, lines = ruler.lines(lamp.word, width, "micro", None)
        if len(lines) <= 2 and max(ruler.width(line, "micro") for line in lines) <= width:
            return _placed(ruler, lamp, "micro", lines)
    return brief


def lamps_width(ruler: Ruler, placed: list[PlacedLamp]) -> float:
    """Width of a row of lamps, a gap after each."""
    return sum(lamp.width_px + ruler.theme.px(GAP_U) for lamp in placed)


def fit_lamps(ruler: Ruler, lamps: tuple[LampView, ...], room_px: float) -> list[PlacedLamp]:
    """The lamps in their order, as much of them as fits: reasons give way to words first, then
    well lamps are left out before ill ones."""
    placed = [_full(ruler, lamp) for lamp in lamps]
    for i in sorted(range(len(placed)), key=lambda i: -placed[i].width_px):
        if lamps_width(ruler, placed) <= room_px:
            return placed
        placed[i] = _brief(ruler, placed[i].lamp)
    for lamp in sorted(placed, key=lambda each: -_URGENCY[each.lamp.kind]):
        if lamps_width(ruler, placed) <= room_px:
            break
        placed.remove(lamp)
    return placed


def draw_lamps(canvas: Canvas, placed: list[PlacedLamp], left: float, middle: float) -> None:
    """Draws a row of lamps from `left`."""
    px = canvas.theme.px
    x = left
    for lamp in placed:
        canvas.lamp(lamp.lamp.kind, QPointF(x + px(8), middle), px(18))
        micro, line = canvas.line_px("micro"), canvas.line_px(lamp.role)
        if lamp.says_reason:
            # Three small lines stand closer, so that they stay inside the bar.
            micro = line = min(micro, px(60) / (1 + len(lamp.lines)))
        y = middle - (micro + line * len(lamp.lines)) / 2
        canvas.text(lamp.lamp.name, x + px(SHAPE_U), y + micro * 0.78, "micro", "text.3")
        y += micro
        weight = None if lamp.says_reason else 600
        for words in lamp.lines:
            canvas.text(words, x + px(SHAPE_U), y + line * 0.76, lamp.role, weight=weight)
            y += line
        x += lamp.width_px + px(GAP_U)
