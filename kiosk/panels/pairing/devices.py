"""The paired tablets, row by row: whose, with which rights, when used last; and what ends it."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.panels.paging import PagedRows
from kiosk.panels.pairing.presenter import RIGHTS, DeviceLine, Office
from kiosk.ui.component import Target
from kiosk.ui.components.button import BUTTON_U, draw_button
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import LampKind
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

CUT_U = 96.0
CALL_U = 96.0
RIGHTS_U = 132.0
GAP_U = 12.0
LAMP_U = 18.0
TEXT_U = 38.0
CUT_OFF = Text("끊기", "Cut off")
CHANGE = Text("바꾸기", "Change")
BELONGS = Text("소속", "Office")
CALL = Text("통화", "Call")
INVITE = Text("초대", "Invite")
KEEP = Text("그대로", "Keep")


class DeviceRows(PagedRows):
    """A press on *change* turns the row into the choice of rights; *office* there turns the list
    into the departments that the tablet can belong to. Which row that is, is its own matter until
    something is chosen."""

    name = "devices"
    row_u = 96.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[DeviceLine, ...] = ()
        self._offices: tuple[Office, ...] = ()
        self._choosing = ""
        self._giving = ""

    def set_lines(self, lines: tuple[DeviceLine, ...], offices: tuple[Office, ...]) -> None:
        if (lines, offices) != (self._lines, self._offices):
            self._lines, self._offices = lines, offices
            if all(line.id != self._giving for line in lines):
                self._giving = ""
            self.update()

    def count(self) -> int:
        return len(self._offices) if self._giving else len(self._lines)

    # ---- pressing

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        if self._giving:
            office = self._offices[index]
            args = {"device": self._giving, "office": office.id}
            return (Target(box, "remote.office", args, f"device.office.{office.id or 'none'}"),)
        line = self._lines[index]
        if line.id == self._choosing:
            return self._choices(box, line)
        cut = self._button(box, 0, CUT_U)
        rights = self._button(box, self.theme.px(CUT_U + GAP_U), RIGHTS_U)
        args = {"device": line.id}
        targets = (
            Target(cut, "remote.revoke", args, f"device.{line.id}"),
            Target(rights, "", {}, f"device.rights.{line.id}"),
        )
        if not line.call:
            return targets
        call = self._button(box, self.theme.px(CUT_U + RIGHTS_U + 2 * GAP_U), CALL_U)
        wish = {"to": line.id} if line.call == "call.add" else {"device": line.id, "about": ""}
        return (*targets, Target(call, line.call, wish, f"device.call.{line.id}"))

    def _choices(self, box: QRectF, line: DeviceLine) -> tuple[Target, ...]:
        count, gap = len(RIGHTS) + 2, self.theme.px(GAP_U)
        wide, high = (box.width() - gap * (count - 1)) / count, self.theme.px(BUTTON_U)
        top = box.center().y() - high / 2
        boxes = [QRectF(n * (wide + gap), top, wide, high) for n in range(count)]
        chosen = (
            Target(
                boxes[n],
                "remote.role",
                {"device": line.id, "role": role},
                f"device.{role}.{line.id}",
                role != line.role,
            )
            for n, role in enumerate(RIGHTS)
        )
        return (
            *chosen,
            Target(boxes[-2], "", {}, f"device.belongs.{line.id}"),
            Target(boxes[-1], "", {}, f"device.keep.{line.id}"),
        )

    def _button(self, box: QRectF, from_right: float, wide_u: float) -> QRectF:
        wide, high = self.theme.px(wide_u), self.theme.px(BUTTON_U)
        return QRectF(box.width() - from_right - wide, box.center().y() - high / 2, wide, high)

    def activate(self, target: Target) -> None:
        kind, _, rest = target.trigger.partition(".")
        if kind == "device":
            act, _, device = rest.partition(".")
            self._choosing = device if act == "rights" else ""
            self._giving = device if act == "belongs" else ""
            self.to_page(0)
            self.update()
        if kind != "device" or target.command:
            super().activate(target)

    # ---- drawing

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        if self._giving:
            self._paint_office(canvas, box, self._offices[index])
            return
        line = self._lines[index]
        targets = self.row_targets(box, index)
        if line.id == self._choosing:
            words = (*RIGHTS.values(), BELONGS, KEEP)
        else:
            words = (CUT_OFF, CHANGE)
            if line.call:
                words = (CUT_OFF, CHANGE, CALL if line.call == "call.start" else INVITE)
            self._paint_line(canvas, box, line)
        for target, label in zip(targets, words, strict=True):
            pressed = self.is_pressed(target.trigger)
            draw_button(canvas, target.rect, label, pressed=pressed, enabled=target.enabled)

    def _paint_office(self, canvas: Canvas, box: QRectF, office: Office) -> None:
        pressed = self.is_pressed(f"device.office.{office.id or 'none'}")
        own = next((line.office for line in self._lines if line.id == self._giving), "")
        draw_button(canvas, _inner(box, self.theme.px(GAP_U)), office.name, pressed=pressed)
        if office.id == own:
            canvas.lamp("use", QPointF(self.theme.px(28), box.center().y()), self.theme.px(LAMP_U))

    def _paint_line(self, canvas: Canvas, box: QRectF, line: DeviceLine) -> None:
        px, middle = self.theme.px, box.center().y()
        kind: LampKind = "use" if line.in_use else "stopped"
        canvas.lamp(kind, QPointF(px(LAMP_U / 2), middle), px(LAMP_U))
        left = px(TEXT_U)
        taken = CUT_U + RIGHTS_U + 3 * GAP_U + (CALL_U + GAP_U if line.call else 0)
        room = box.width() - px(taken) - left
        lead, body = canvas.line_px("lead"), canvas.line_px("body")
        told = [words for words in (line.belongs, line.facts) if words.ko]
        top = middle - (lead + body * len(told)) / 2
        canvas.text(line.name, left, top + lead * 0.78, "lead", width=room)
        for number, words in enumerate(told):
            baseline = top + lead + body * (number + 0.74)
            canvas.text(words, left, baseline, "body", "text.2", width=room)


def _inner(box: QRectF, gap: float) -> QRectF:
    return box.adjusted(0, gap / 2, 0, -gap / 2)
