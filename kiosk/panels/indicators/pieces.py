"""Pieces of one indicator in full: its figure with facts, where it comes from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.indicators.model import Detail, Fact
from kiosk.ui.ages import aged
from kiosk.ui.component import Component
from kiosk.ui.paint import UNIT_ROLE, Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

NOTHING = Text("", "")
FACT_ROLES = ("body", "meta", "micro")


class FigureHead(Component):
    """The one number of the screen, 76u, with its age and what it means."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._detail: Detail | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_detail(self, detail: Detail) -> None:
        if detail != self._detail:
            self._detail = detail
            self.update()

    def set_now(self, now_ms: int) -> None:
        before = self._age()
        super().set_now(now_ms)
        if self._age() != before:
            self.update()

    def _age(self) -> Text:
        if self._detail is None:
            return NOTHING
        figure = self._detail.figure
        return figure.as_of or aged(figure.t_ms, self.now_ms, figure.quality)

    def paint(self, canvas: Canvas) -> None:
        detail, theme, width = self._detail, self.theme, self.area().width()
        if detail is None:
            return
        figure = detail.figure
        canvas.rule(0, width, theme.px(1))
        y = theme.px(8) + canvas.line_px("lead") * 0.8
        canvas.text(detail.title, 0, y, "lead", width=width)
        y += canvas.line_px("body")
        words = f"{theme.say(detail.area)}, {theme.say(detail.theme)} {detail.place}"
        if canvas.width(words, "meta") > width:
            words = f"{theme.say(detail.area)}, {detail.place}"
        canvas.text(words, 0, y, "body", "text.2", width=width)
        absent = figure.quality == "absent"
        late = figure.quality in ("late", "stale") and figure.as_of is None
        value = "—" if absent else figure.value
        unit = "" if absent else theme.say(figure.unit)
        role = figure_role(canvas, value, unit, width, ("figureL", "figure", "figureS", "title"))
        y += theme.px(20) + theme.metrics(role).capHeight()
        shade = "text.3" if late and figure.quality == "stale" else "text.1"
        canvas.figure(0, y, value, unit, role, shade, width=width, dotted=late)
        y += theme.px(18) + canvas.line_px("meta")
        self._paint_age(canvas, y, late)
        y += theme.px(16)
        for fact in detail.facts:
            y += canvas.line_px("body") + theme.px(4)
            if y + theme.metrics("body").descent() > self.area().height():
                break  # large type leaves out the last facts
            role, room = self._fact_type(canvas, fact, width)
            canvas.text(fact.value, width, y, role, weight=600, align="right")
            canvas.text(fact.label, 0, y, "body", "text.2", width=room)

    def _fact_type(self, canvas: Canvas, fact: Fact, width: float) -> tuple[str, float]:
        """The largest type of the value that leaves room for its label, and that room."""
        label, gap = canvas.width(fact.label, "micro"), self.theme.px(12)
        rooms = [(r, width - canvas.width(fact.value, r, 600) - gap) for r in FACT_ROLES]
        return next((found for found in rooms if found[1] >= label), rooms[-1])

    def _paint_age(self, canvas: Canvas, y: float, late: bool) -> None:
        assert self._detail is not None
        figure = self._detail.figure
        words = figure.reason if figure.quality == "absent" else self._age()
        if figure.provisional:
            words = Text(f"{words.ko}, 잠정", f"{words.en}, provisional")
        weight, color = (600, "text.1") if late else (None, "text.2")
        taken = canvas.text(words, 0, y, "meta", color, weight=weight, width=self.area().width())
        if figure.simulated:
            canvas.tag(taken + self.theme.px(8), y)


def figure_role(canvas: Canvas, value: str, unit: str, room: float, roles: tuple[str, ...]) -> str:
    """The largest of the roles in which figure and unit fit; the last one if none does."""
    for role in roles[:-1]:
        unit_role = UNIT_ROLE.get(role, "meta")
        gap = canvas.theme.px(8)
        if canvas.width(value, role) + gap + canvas.width(unit, unit_role, 500) <= room:
            return role
    return roles[-1]


class About(Component):
    """Source, licence, owner, period and method in running text; the words before are bold."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[tuple[Text, Text], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_rows(self, rows: tuple[tuple[Text, Text], ...]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.update()

    def paint(self, canvas: Canvas) -> None:
        theme, width = self.theme, self.area().width()
        canvas.rule(0, width, theme.px(1))
        line = canvas.line_px("meta")
        x, y = 0.0, theme.px(12) + line * 0.8
        for label, words in self._rows:
            needed = canvas.width(label, "meta", 600) + theme.px(6) + canvas.width(words, "meta")
            if x > 0 and x + needed > width:
                x, y = 0.0, y + line
            if y > self.area().height():
                break  # large type leaves out the last ones
            x += canvas.text(label, x, y, "meta", "text.1", weight=600) + theme.px(6)
            x += canvas.text(words, x, y, "meta", "text.2", width=max(1.0, width - x))
            x += theme.px(18)
