"""A keyboard for fingers with the line that it writes: Hangul, Latin letters, figures."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.core.hangul import compose, letters
from kiosk.ui.component import Component, Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

FIELD_U = 54.0
KEY_U = 50.0
GAP_U = 6.0
LIMIT = 200
"""Keys in a line, at most: some eighty syllables, as much as a wall is good for."""
LAYERS: dict[str, tuple[str, ...]] = {
    "hangul": ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"),
    "double": ("ㅃㅉㄸㄲㅆㅛㅕㅑㅒㅖ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"),
    "latin": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "figures": ("1234567890", "-/:()%&'\"", "~?!+=#"),
}
NEXT = {"hangul": "latin", "double": "latin", "latin": "figures", "figures": "hangul"}
NEXT_WORDS = {"latin": "ABC", "figures": "123", "hangul": "가나다"}
SPACE, BACK, SHIFT, TURN = "key.space", "key.back", "key.shift", "key.turn"


class _Key(msgspec.Struct, frozen=True):
    trigger: str
    label: Text | str
    wide: float = 1.0


class TouchKeyboard(Component):
    """`text` is what has been written; `submitted` with an empty command tells each change.

    `hint` stands in the line while it is empty.
    """

    def __init__(self, theme: Theme, hint: Text, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._hint = hint
        self._keys: list[str] = []
        self._layer = "latin" if theme.language == "en" else "hangul"

    @property
    def text(self) -> str:
        return compose(self._keys)

    def clear(self) -> None:
        if self._keys:
            self._keys = []
            self.update()

    def write(self, text: str) -> None:
        """Puts words into the line, as if they had been typed."""
        self._keys = list(letters(text))[:LIMIT]
        self.update()

    @staticmethod
    def height_u() -> float:
        return FIELD_U + 4 * (KEY_U + GAP_U)

    # ---- keys

    def _rows(self) -> list[list[_Key]]:
        rows = [[_Key(f"key.{letter}", letter) for letter in row] for row in LAYERS[self._layer]]
        shift = (
            [_Key(SHIFT, Text("된소리", "Shift"), 1.4)]
            if self._layer in ("hangul", "double")
            else []
        )
        rows[2] = [*shift, *rows[2], _Key(BACK, Text("지움", "Delete"), 1.4)]
        turn = _Key(TURN, NEXT_WORDS[NEXT[self._layer]], 1.6)
        rows.append(
            [
                turn,
                _Key(SPACE, Text("띄어쓰기", "Space"), 5.0),
                _Key("key.,", ","),
                _Key("key..", "."),
            ]
        )
        return rows

    def _placed(self) -> list[tuple[QRectF, _Key]]:
        area, gap, high = self.area(), self.theme.px(GAP_U), self.theme.px(KEY_U)
        unit = (area.width() - 9 * gap) / 10
        top, placed = float(self.theme.px(FIELD_U)) + gap, []
        for row in self._rows():
            widths = [key.wide * unit + (key.wide - 1) * gap for key in row]
            left = (area.width() - sum(widths) - gap * (len(row) - 1)) / 2
            for key, width in zip(row, widths, strict=True):
                placed.append((QRectF(left, top, width, high), key))
                left += width + gap
            top += high + gap
        return placed

    def targets(self) -> tuple[Target, ...]:
        return tuple(Target(box, "", {}, key.trigger) for box, key in self._placed())

    def activate(self, target: Target) -> None:
        key = target.trigger.removeprefix("key.")
        if target.trigger == SHIFT:
            self._layer = "double" if self._layer == "hangul" else "hangul"
        elif target.trigger == TURN:
            self._layer = NEXT[self._layer]
        elif target.trigger == BACK:
            self._keys = self._keys[:-1]
        elif len(self._keys) < LIMIT:
            self._keys.append(" " if target.trigger == SPACE else key)
            self._layer = "hangul" if self._layer == "double" else self._layer
        self.update()
        self.submitted.emit("", {}, target.trigger)

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        theme, area = self.theme, self.area()
        field = QRectF(0, 0, area.width(), theme.px(FIELD_U))
        canvas.outline(field, "line.control")
        pad = theme.px(14)
        room = field.width() - 2 * pad
        baseline = canvas.middle_baseline(field.center().y(), "lead")
        if self._keys:
            end = canvas.text(self._end_of_line(canvas, room), pad, baseline, "lead", width=room)
            caret = min(pad + end + theme.px(3), field.right() - theme.px(4))
            high = field.height() * 0.6
            box = QRectF(caret, field.center().y() - high / 2, theme.px(2), high)
            canvas.painter.fillRect(box, theme.color("accent.fill"))
        else:
            canvas.text(self._hint, pad, baseline, "action", "text.2", width=room)
        for box, key in self._placed():
            pressed = self.is_pressed(key.trigger)
            draw_button(canvas, box, key.label, pressed=pressed, role="lead")

    def _end_of_line(self, canvas: Canvas, room: float) -> str:
        """The end of a line that has grown longer than the field, where one writes."""
        words = self.text
        if canvas.width(words, "lead") <= room:
            return words
        while words and canvas.width(f"…{words}", "lead") > room:
            words = words[1:]
        return f"…{words}"
