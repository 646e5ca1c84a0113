"""The walk on the wall: the steps at the left, the one that is due beside them."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.tools.calibrate.guide import Stop, View
from kiosk.tools.calibrate.report import GLYPHS
from kiosk.tools.calibrate.screen.pictures import draw_picture
from kiosk.tools.calibrate.screen_words import (
    AGAIN,
    CANCEL,
    FINISH,
    KEEP,
    KEPT,
    LEAVE,
    MEASURING,
    NEXT,
    OTHER_LANGUAGE,
    RAW,
    RAW_KEPT,
    SKIP_STEP,
    SKIP_TAKE,
    START,
    TITLE,
)
from kiosk.tools.calibrate.step import FAMILIES
from kiosk.tools.finding import Finding
from kiosk.tools.findings_table import LABELS
from kiosk.ui.component import Component, Target
from kiosk.ui.components.button import ButtonKind, draw_button
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

MARGIN, LIST_W, GAP = 36, 440, 40
ROW, HEAD, FAMILY_H = 46, 96, 40
PICTURE = (620, 384)
BUTTON_H, BUTTON_W, FACT_H, VALUE_W = 64, 300, 60, 128
SIGN_W = 72
FEW = 4  # findings that have room in large type


class WalkView(Component):
    """Shows a View; what is pressed is told by the commands `choose`, `fact`, `start`, `cancel`,
    `next`, `skip_step`, `skip_take`, `keep`, `raw`, `language`, `leave` and `finish`."""

    def __init__(self, theme: Theme, view: View, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    @property
    def view(self) -> View:
        return self._view

    def set_view(self, view: View) -> None:
        if view != self._view:
            self._view = view
            self.update()

    # ---- where things are

    def _main(self) -> QRectF:
        px, area = self.theme.px, self.area()
        left = px(MARGIN + LIST_W + GAP)
        return QRectF(left, px(HEAD), area.width() - left - px(MARGIN), area.height() - px(HEAD))

    def _stops(self) -> Iterator[tuple[Stop | Text, QRectF]]:
        """Families and their steps, from the top."""
        px, y = self.theme.px, float(self.theme.px(HEAD))
        family = ""
        for stop in self._view.stops:
            if stop.step.family != family:
                family = stop.step.family
                yield FAMILIES[stop.step.family], QRectF(px(MARGIN), y, px(LIST_W), px(FAMILY_H))
                y += px(FAMILY_H)
            yield stop, QRectF(px(MARGIN), y, px(LIST_W), px(ROW))
            y += px(ROW)

    def _facts(self) -> Iterator[tuple[int, QRectF]]:
        px, main = self.theme.px, self._main()
        top = main.top() + px(64 + PICTURE[1] + 20)
        for i in range(len(self._view.told)):
            yield i, QRectF(main.left(), top + i * px(FACT_H + 8), px(PICTURE[0]), px(FACT_H))

    def _buttons(self) -> list[tuple[str, Text, ButtonKind, QRectF]]:
        px, main, view = self.theme.px, self._main(), self._view
        y = main.bottom() - px(MARGIN + BUTTON_H)
        places = [
            QRectF(
                main.right() - (i + 1) * px(BUTTON_W) - i * px(16), y, px(BUTTON_W), px(BUTTON_H)
            )
            for i in range(3)
        ]
        if view.phase == "measuring":
            return [("cancel", CANCEL, "normal", places[0])]
        found: list[tuple[str, Text, ButtonKind, QRectF]] = []
        if view.phase == "done":
            if view.complete:
                found.append(("finish", FINISH, "primary", places[0]))
            else:
                found.append(("next", NEXT, "primary", places[0]))
            found.append(("start", AGAIN, "normal", places[1]))
            return found
        found.append(("start", START, "primary", places[0]))
        found.append(("skip_step", SKIP_STEP, "secondary", places[1]))
        if len(view.step.takes) > 1:
            found.append(("skip_take", SKIP_TAKE, "secondary", places[2]))
        elif view.complete:
            found.append(("finish", FINISH, "normal", places[2]))
        return found

    def _corner(self) -> list[tuple[str, Text, QRectF]]:
        px, right = self.theme.px, self.area().width() - self.theme.px(MARGIN)
        high, wide = px(52), px(190)
        top = px(22)
        words = [("leave", LEAVE), ("language", OTHER_LANGUAGE)]
        if self._view.phase != "measuring":
            words.append(("keep", KEPT if self._view.keeping else KEEP))
            if self._view.keeping and (keeps := self._view.step.keeps):
                words.append(("raw", RAW_KEPT[keeps] if self._view.raw else RAW[keeps]))
        return [
            (name, label, QRectF(right - (i + 1) * wide - i * px(12), top, wide, high))
            for i, (name, label) in enumerate(words)
        ]

    def targets(self) -> tuple[Target, ...]:
        found = [Target(rect, name, {}, name) for name, _, _, rect in self._buttons()]
        found += [Target(rect, name, {}, name) for name, _, rect in self._corner()]
        if self._view.phase == "measuring":
            return tuple(found)
        for stop, rect in self._stops():
            if isinstance(stop, Stop):
                name = stop.step.id
                found.append(Target(rect, "choose", {"step": name}, f"choose.{name}"))
        for i, rect in self._facts():
            fact = self._view.told[i].fact.name
            for steps, place in self._signs(rect).items():
                args = {"fact": fact, "steps": steps}
                found.append(Target(place, "fact", args, f"fact.{fact}.{steps:+d}"))
        return tuple(found)

    def _signs(self, rect: QRectF) -> dict[int, QRectF]:
        """Where a fact is changed, by so many of its steps; the value stands between."""
        side, gap, value = self.theme.px(SIGN_W), self.theme.px(8), self.theme.px(VALUE_W)
        right = rect.right() - side
        lefts = {10: right, 1: right - side - gap}
        lefts[-1] = lefts[1] - value - side
        lefts[-10] = lefts[-1] - gap - side
        return {
            steps: QRectF(left, rect.top(), side, rect.height()) for steps, left in lefts.items()
        }

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area(), self.theme.color("background"))
        self._paint_head(canvas)
        self._paint_list(canvas)
        self._paint_step(canvas)
        ticked = {"keep": self._view.keeping, "raw": self._view.raw}
        for name, label, rect in self._corner():
            on = ticked.get(name, False)
            draw_button(
                canvas, rect, label, "normal" if on else "secondary", icon="check" if on else None
            )
        for name, label, kind, rect in self._buttons():
            draw_button(canvas, rect, label, kind, pressed=self.is_pressed(name))

    def _paint_head(self, canvas: Canvas) -> None:
        px = self.theme.px
        taken = canvas.text(TITLE, px(MARGIN), px(60), "title")
        left = px(MARGIN) + taken + px(16)
        left += canvas.text(self._view.site, left, px(60), "lead", "text.2") + px(28)
        if self._view.keeping:
            words = KEPT
            if self._view.raw and self._view.step.keeps:
                words = RAW_KEPT[self._view.step.keeps]
            canvas.lamp("recording", QPointF(left, px(60) - px(9)), px(16))
            canvas.text(words, left + px(18), px(60), "lead", "severity.critical.word")

    def _paint_list(self, canvas: Canvas) -> None:
        px = self.theme.px
        for stop, rect in self._stops():
            baseline = canvas.middle_baseline(rect.center().y(), "body")
            if isinstance(stop, Text):
                canvas.text(stop, rect.left(), baseline, "body", "text.2", weight=700)
                continue
            chosen = stop.step.id == self._view.step.id
            if chosen:
                canvas.surface(rect, "surface.3")
            side = px(18)
            glyph = QPointF(rect.left() + px(24), rect.center().y())
            if stop.state is not None:
                name, color = GLYPHS[stop.state]
                canvas.glyph(name, glyph, side, color)
            elif stop.left_out:
                canvas.glyph("struck", glyph, side, "text.3")
            else:
                canvas.glyph("dashed", glyph, side, "text.3" if not chosen else "text.2")
            color = "text.1" if chosen or stop.state is not None else "text.2"
            room = rect.width() - px(56)
            canvas.text(
                *(stop.step.title, rect.left() + px(46), baseline, "body", color),
                weight=600 if chosen else 500,
                width=room,
            )

    def _paint_step(self, canvas: Canvas) -> None:
        px, main, view = self.theme.px, self._main(), self._view
        minutes = view.step.minutes
        about = Text(f"약 {minutes:.0f}분", f"about {minutes:.0f} min")
        taken = canvas.text(view.step.title, main.left(), main.top() + px(34), "title")
        canvas.text(about, main.left() + taken + px(18), main.top() + px(34), "body", "text.3")
        picture = QRectF(main.left(), main.top() + px(64), px(PICTURE[0]), px(PICTURE[1]))
        draw_picture(canvas, view.step.id, picture)
        left = picture.right() + px(GAP)
        width = main.right() - left
        bottom = self._paint_instructions(canvas, left, picture.top(), width)
        self._paint_facts(canvas)
        self._paint_state(canvas, left, max(bottom + px(24), picture.top() + px(220)), width)

    def _paint_instructions(self, canvas: Canvas, x: float, y: float, width: float) -> float:
        px = self.theme.px
        for number, words in enumerate(self._view.step.do, 1):
            middle = y + canvas.line_px("lead") / 2
            canvas.text(
                f"{number}", x, canvas.middle_baseline(middle, "lead"), "lead", "accent.fill"
            )
            inner = width - px(40)
            y = canvas.paragraph(words, x + px(40), y, inner, "lead", weight=500) + px(10)
        return y

    def _paint_facts(self, canvas: Canvas) -> None:
        px = self.theme.px
        for i, rect in self._facts():
            told, signs = self._view.told[i], self._signs(rect)
            room = signs[-10].left() - rect.left() - px(16)
            high = canvas.paragraph_px(told.fact.title, room, "body", max_lines=2)
            top = rect.center().y() - high / 2
            canvas.paragraph(told.fact.title, rect.left(), top, room, "body", max_lines=2)
            for steps, place in signs.items():
                pressed = self.is_pressed(f"fact.{told.fact.name}.{steps:+d}")
                amount = f"{abs(steps) * told.fact.step:g}"
                label = f"+{amount}" if steps > 0 else f"−{amount}"
                draw_button(canvas, place, label, pressed=pressed, role="body")
            digits = 2 if told.fact.step < 0.1 else 1 if told.fact.step < 1 else 0
            words = f"{told.value:.{digits}f} {told.fact.unit}"
            middle = (signs[-1].right() + signs[1].left()) / 2
            baseline = canvas.middle_baseline(rect.center().y(), "lead")
            room = px(VALUE_W) - px(12)
            canvas.text(words, middle, baseline, "lead", align="center", width=room)

    def _paint_state(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """What is being measured, what went wrong, or what was found."""
        view, px = self._view, self.theme.px
        place = view.step.takes[min(view.take, len(view.step.takes) - 1)]
        if view.phase != "done" and place.ko:
            count = f"{view.take + 1} / {len(view.step.takes)}"
            taken = canvas.text(place, x, y + canvas.line_px("tab") * 0.76, "tab", "accent.fill")
            at = x + taken + px(14)
            canvas.text(count, at, y + canvas.line_px("tab") * 0.76, "body", "text.2")
            y += canvas.line_px("tab") + px(12)
        if view.phase == "measuring":
            self._paint_progress(canvas, x, y, width)
        elif view.note is not None:
            canvas.paragraph(view.note, x, y, width, "body", "severity.warning.word", max_lines=4)
        for finding in view.findings:
            y = self._paint_finding(canvas, finding, x, y, width)

    def _paint_progress(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        px, done = self.theme.px, min(1.0, max(0.0, self._view.progress))
        canvas.text(MEASURING, x, y + canvas.line_px("lead") * 0.76, "lead")
        left = max(0, round(self._view.step.seconds * (1 - done)))
        words = Text(f"{left}초", f"{left} s")
        baseline = y + canvas.line_px("lead") * 0.76
        canvas.text(words, x + width, baseline, "lead", "text.2", align="right")
        bar = QRectF(x, y + canvas.line_px("lead") + px(8), width, px(12))
        canvas.surface(bar, "surface.2", "small")
        if done:
            filled = QRectF(bar.left(), bar.top(), max(bar.height(), width * done), bar.height())
            canvas.surface(filled, "accent.fill", "small")

    def _paint_finding(
        self, canvas: Canvas, finding: Finding, x: float, y: float, width: float
    ) -> float:
        px = self.theme.px
        role, small = ("lead", "body") if len(self._view.findings) <= FEW else ("body", "meta")
        glyph, color = GLYPHS[finding.state]
        middle = y + canvas.line_px(role) / 2
        canvas.glyph(glyph, QPointF(x + px(10), middle), px(20), color)
        left, room = x + px(36), width - px(36)
        baseline = canvas.middle_baseline(middle, role)
        taken = canvas.text(finding.title, left, baseline, role, weight=600)
        at = left + taken + px(12)
        canvas.text(LABELS[finding.state], at, baseline, small, color, weight=600)
        y += canvas.line_px(role)
        y = canvas.paragraph(finding.found, left, y, room, small, weight=500, max_lines=2)
        if finding.mend is not None:
            y = canvas.paragraph(finding.mend, left, y, room, small, "text.2", max_lines=3)
        return y + px(10)
