"""Dock: the way home and to the panels, between what the hand and the voice are doing."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.standing_out import draw_standing_out
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

FEW = 6


class DockItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place to go. `compact` draws an icon over the label (home, help); `action.icon` is needed
    then. `subtitle` says what is there."""

    action: Action
    subtitle: Text = Text("", "")
    compact: bool = False


class DockView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Items from left to right; `selected` is the trigger (or command) of the place one is in.
    `marked` are the triggers of those that stand out; None: all are alike."""

    items: tuple[DockItem, ...] = ()
    selected: str = ""
    marked: frozenset[str] | None = None


class Dock(Component):
    """Height 84u. Compact items are at most 84u wide, among few items 132u; the others share the
    rest, their labels on one line or two."""

    def __init__(self, theme: Theme, view: DockView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    def set_view(self, view: DockView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def targets(self) -> tuple[Target, ...]:
        items, area = self._view.items, self.area()
        if not items:
            return ()
        gap = self.theme.px(self.theme.tokens.gutter_u if len(items) <= FEW else 10)
        room = area.width() - gap * (len(items) - 1)
        compact = sum(item.compact for item in items)
        most = self.theme.px(132 if len(items) <= FEW else 84)
        narrow = min(most, room / len(items))
        wide = (room - narrow * compact) / max(1, len(items) - compact)
        targets, x = [], 0.0
        for item in items:
            width = narrow if item.compact else wide
            targets.append(item.action.target(QRectF(x, 0, width, area.height())))
            x += width + gap
        return tuple(targets)

    def paint(self, canvas: Canvas) -> None:
        for item, target in zip(self._view.items, self.targets(), strict=True):
            selected = self._view.selected in (target.trigger, target.command)
            if selected and self._view.selected:
                canvas.selected_surface(target.rect)
            else:
                pressed = self.is_pressed(target.trigger)
                canvas.surface(target.rect, "surface.3" if pressed else "surface.1")
            if self._view.marked is not None and target.trigger in self._view.marked:
                draw_standing_out(canvas, target.rect)
            if item.compact:
                self._paint_compact(canvas, item, target.rect)
            else:
                self._paint_wide(canvas, item, target.rect)

    def _paint_compact(self, canvas: Canvas, item: DockItem, rect: QRectF) -> None:
        theme = self.theme
        side = theme.px(26)
        line = canvas.line_px("meta")
        top = rect.center().y() - (side + line + theme.px(2)) / 2
        if item.action.icon:
            canvas.icon(item.action.icon, QRectF(rect.center().x() - side / 2, top, side, side))
        canvas.text(
            item.action.label,
            rect.center().x(),
            top + side + theme.px(2) + line * 0.8,
            "meta",
            align="center",
            width=rect.width() - 2 * theme.px(4),
        )

    def _paint_wide(self, canvas: Canvas, item: DockItem, rect: QRectF) -> None:
        theme = self.theme
        edge = min(theme.px(18), rect.width() * 0.07)
        left = rect.left() + edge
        width = rect.width() - 2 * edge
        lead, meta = canvas.line_px("lead"), canvas.line_px("meta")
        both = bool(item.subtitle.ko) and lead + meta < rect.height() - theme.px(8)
        fits = canvas.width(item.subtitle, "micro") <= width
        if not (both and fits):
            self._paint_label(canvas, item.action.label, left, rect.center().y(), width)
            return
        top = rect.center().y() - (lead + meta) / 2
        canvas.text(item.action.label, left, top + lead * 0.78, "lead", width=width)
        canvas.text(item.subtitle, left, top + lead + meta * 0.78, "meta", "text.2", width=width)

    def _paint_label(
        self, canvas: Canvas, label: Text, left: float, middle: float, width: float
    ) -> None:
        """On one line, or on two of about one length."""
        role, lines = canvas.lines(label, width, "lead", max_lines=2)
        words = self.theme.say(label).split(" ")
        if len(lines) > 1:
            cuts = ((" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words)))
            lines = list(min(cuts, key=lambda cut: max(canvas.width(line, role) for line in cut)))
        line = canvas.line_px(role)
        top = middle - line * len(lines) / 2
        for index, words_of_line in enumerate(lines):
            baseline = top + line * (index + 0.76)
            canvas.text(words_of_line, left, baseline, role, width=width)
