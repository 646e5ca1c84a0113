"""Figure tile: one key figure with its age, its day and one line that explains it."""

import msgspec
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.ages import Quality, aged
from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.sparkline import SparklineView, draw_sparkline
from kiosk.ui.paint import UNIT_ROLE, Canvas
from kiosk.ui.shapes import Severity
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

LOADING = Text("불러오는 중", "Loading")
NOTHING = Text("", "")
FIGURE_ROLES = ("figureM", "figure", "figureS")
LEAST_DAY_U = 26  # a lower line shows nothing of a day
CLOCK_U = 22  # of the age's clock, which goes first where it is tight


class FigureTileView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`value` is formatted already ("1,284"), `unit` follows it.

    `measured_ms` (epoch) gives the age; `as_of` replaces it where a figure is of a period.
    `quality` absent shows "—" and `reason`. `over` puts a severity shape before the figure.
    `loading`: no value yet. `error` and `error_facts` stand in place of the figure.
    """

    label: Text
    value: str = ""
    unit: Text | str = ""
    measured_ms: int | None = None
    as_of: Text | None = None
    quality: Quality = "fresh"
    simulated: bool = False
    spark: SparklineView | None = None
    key: Text = NOTHING
    over: Severity | None = None
    reason: Text = NOTHING
    loading: bool = False
    error: Text | None = None
    error_facts: Text = NOTHING
    action: Action | None = None


class FigureTile(Component):
    """Height about 180u, width one module. Pressed anywhere when it has an action."""

    def __init__(self, theme: Theme, view: FigureTileView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    @property
    def view(self) -> FigureTileView:
        return self._view

    def set_view(self, view: FigureTileView) -> None:
        """Repaints only what changed: the value, the age, or all."""
        old, age = self._view, self._age()
        self._view = view
        values = {"value": old.value, "measured_ms": old.measured_ms}
        if msgspec.structs.replace(view, **values) != old:
            self.update()
            return
        if view.value != old.value:
            self.repaint_area(self._figure_band())
        if self._age() != age:
            self.repaint_area(self._foot())

    def set_now(self, now_ms: int) -> None:
        before = self._age()
        super().set_now(now_ms)
        if self._age() != before:
            self.repaint_area(self._foot())

    def targets(self) -> tuple[Target, ...]:
        return (self._view.action.target(self.area()),) if self._view.action else ()

    # ---- geometry, in square pixels

    def _figure_baseline(self) -> float:
        theme = self.theme
        label = theme.px(8) + theme.font("body").pixelSize() * 1.34
        return label + theme.font("figureM").pixelSize() * 1.02

    def _figure_band(self) -> QRectF:
        size = self.theme.font("figureM").pixelSize()
        bottom = self._figure_baseline()
        return QRectF(0, bottom - size, self.area().width(), size * 1.3)

    def _foot(self) -> QRectF:
        """Where the line's words and the age stand."""
        high = self._key_px() + self.theme.px(10)
        return QRectF(0, self.area().height() - high, self.area().width(), high)

    def _age(self) -> Text:
        view = self._view
        if view.quality == "absent":
            return view.reason
        return view.as_of or aged(view.measured_ms, self.now_ms, view.quality)

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        theme, view, area = self.theme, self._view, self.area()
        if view.action is not None and self.is_pressed(view.action.target(area).trigger):
            canvas.surface(area, "surface.1")
        canvas.rule(0, area.width(), theme.px(1))
        body = canvas.line_px("body")
        label_baseline = theme.px(8) + body * 0.76
        canvas.text(view.label, 0, label_baseline, "body", "text.2", width=area.width())
        if view.error is not None:
            self._paint_error(canvas, label_baseline + body * 0.5)
            return
        if view.loading:
            canvas.text(LOADING, 0, self._figure_baseline(), "tab", "text.2", weight=500)
            canvas.rule(0, area.width(), area.height() - self._key_px() - theme.px(8))
            return
        self._paint_figure(canvas)
        self._paint_foot(canvas)
        self._paint_day(canvas)

    def _paint_error(self, canvas: Canvas, top: float) -> None:
        width = self.area().width()
        view = self._view
        assert view.error is not None
        bottom = canvas.paragraph(view.error, 0, top, width, "lead", weight=600, max_lines=2)
        canvas.paragraph(view.error_facts, 0, bottom, width, "meta", "text.2", max_lines=3)

    def _paint_figure(self, canvas: Canvas) -> None:
        theme, view, width = self.theme, self._view, self.area().width()
        baseline = self._figure_baseline()
        left = 0.0
        if view.over is not None and view.quality != "absent":
            size = theme.font("figureM").pixelSize() * 0.56
            middle = baseline - theme.metrics("figureM").capHeight() / 2
            canvas.severity(view.over, QPointF(size * 0.54, middle), size)
            left = size * 1.08 + theme.px(8)
        absent = view.quality == "absent"
        value, unit = ("—", NOTHING) if absent else (view.value, view.unit)
        late = view.quality in ("late", "stale")
        shade = "text.3" if view.quality == "stale" else "text.1"
        role = self._figure_role(canvas, value, width - left)
        canvas.figure(left, baseline, value, unit, role, shade, dotted=late, width=width - left)

    def _figure_role(self, canvas: Canvas, value: str, room: float) -> str:
        """The largest type in which the figure and its unit fit."""
        gap = self.theme.px(6)
        fits = (
            role
            for role in FIGURE_ROLES
            if canvas.width(value, role) + gap + canvas.width(self._view.unit, UNIT_ROLE[role], 500)
            <= room
        )
        return next(fits, FIGURE_ROLES[-1])

    def _paint_foot(self, canvas: Canvas) -> None:
        """What the line means at the left, how old the figure is at the right. The age is always
        told; the words step down a type, then leave."""
        view, width = self._view, self.area().width()
        # The tag of a simulated value hangs half a letter below the line.
        hang = max(self.theme.px(8), self.theme.font("micro").pixelSize() * 0.55)
        baseline, room = self.area().height() - hang, width - self._age_width(canvas)
        key = canvas.width(view.key, "meta")
        with_clock = min(key, canvas.width(view.key, "micro")) + self.theme.px(CLOCK_U) <= room
        canvas.mark_of_age(
            width,
            baseline,
            self._age(),
            simulated=view.simulated and view.quality != "absent",
            emphasised=view.quality in ("late", "stale"),
            width=width if with_clock else width - room,
        )
        room -= self.theme.px(CLOCK_U if with_clock else 0)
        if view.key.ko and canvas.width(view.key, "micro") <= room:
            canvas.text(view.key, 0, baseline, "meta", "text.2", width=room)

    def _age_width(self, canvas: Canvas) -> float:
        """Of the age without its clock, and the air left of it."""
        weight = 600 if self._view.quality in ("late", "stale") else None
        words = canvas.width(self._age(), "meta", weight)
        tagged = self._view.simulated and self._view.quality != "absent"
        taken = words + (canvas.tag_width() + self.theme.px(6) if tagged else 0)
        return taken + self.theme.px(12) if taken else 0.0

    def _key_px(self) -> float:
        return self.measure().line_px("meta")

    def _paint_day(self, canvas: Canvas) -> None:
        """The sparkline; in large type it goes first."""
        theme, view, area = self.theme, self._view, self.area()
        top = self._figure_baseline() + theme.font("figureM").pixelSize() * 0.26
        key = area.height() - theme.px(4) - self._key_px()
        rect = QRectF(0, top, area.width(), key - theme.px(6) - top)
        if rect.height() < theme.px(LEAST_DAY_U):
            return
        if view.quality == "absent":
            canvas.hatch(rect)
        elif view.spark is not None:
            late = view.quality in ("late", "stale")
            cut = msgspec.structs.replace(view.spark, cut=view.spark.cut or late)
            draw_sparkline(canvas, rect, cut)
