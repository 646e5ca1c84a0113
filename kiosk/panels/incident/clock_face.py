"""The incident clock as it is drawn: time gone by, and a true time scale with its goal."""

from typing import Literal

import msgspec
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.incident.clock import STEP_S, Clock, State, stopwatch
from kiosk.panels.incident.words import second_words
from kiosk.ui.ages import left_words
from kiosk.ui.component import Component
from kiosk.ui.paint import Align, Canvas
from kiosk.ui.shapes import Glyph
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

ELAPSED_U = 280.0
BREAK_U = 34.0  # where the scale stops before now
NOW_U = 150.0
GLYPHS: dict[State, Glyph] = {"running": "ring", "met": "check", "missed": "struck", "none": "ring"}
SINCE = Text("신고 후 경과", "Since the report")
SINCE_ISSUED = Text("발표 후 경과", "Since it was issued")
REPORT, ISSUED = Text("신고", "Report"), Text("발표", "Issued")
WHOLE = Text("끝날 때까지", "Until the end")

Row = Literal["over", "above", "below", "under"]


class Label(msgspec.Struct, frozen=True):
    """Words that want to stand at `x`, in the first of these rows with room. Only the goal's own
    stand where its line goes down."""

    words: str
    x: float
    rows: tuple[Row, ...]
    strong: bool = False
    aligns: tuple[Align, ...] = ("center", "left", "right")
    of_goal: bool = False


class ClockFace(Component):
    """About 118u high: the time at the left, the scale beside it."""

    counts_seconds = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._clock: Clock | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_clock(self, clock: Clock | None) -> None:
        if clock != self._clock:
            self._clock = clock
            self.update()

    def set_now(self, now_ms: int) -> None:
        before = self.now_ms
        super().set_now(now_ms)
        if before is None or before // 1000 != now_ms // 1000:
            self.update()

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        clock, now_ms, theme = self._clock, self.now_ms, self.theme
        if clock is None or now_ms is None:
            return
        left = self._paint_elapsed(canvas, clock, now_ms) + theme.px(30)
        elapsed_s, span_s = clock.elapsed_s(now_ms), clock.span_s(now_ms)
        cut = elapsed_s > span_s
        right = self.area().width() - theme.px(10)
        end = right - theme.px(BREAK_U + NOW_U) if cut else right
        scale = _Scale(left, end, span_s, self.area().height() * 0.46)
        self._paint_scale(canvas, clock, scale, elapsed_s, cut, right)
        labels = _labels(canvas, clock, scale, now_ms, right if cut else scale.at(elapsed_s))
        goal = None if clock.goal_s is None else scale.at(clock.goal_s)
        self._place(canvas, labels, scale, right, goal)

    def _paint_elapsed(self, canvas: Canvas, clock: Clock, now_ms: int) -> float:
        words = SINCE_ISSUED if clock.issued else SINCE
        if clock.ended_ms is not None:
            words = WHOLE
        figure = stopwatch(clock.elapsed_s(now_ms))
        bottom = self.area().height() - self.theme.px(6)
        role = "figureL"
        if canvas.line_px("meta") + self.theme.metrics(role).capHeight() * 1.25 > bottom:
            role = "figure"
        room, cap = self.theme.px(ELAPSED_U), self.theme.metrics(role).capHeight()
        canvas.text(words, 0, bottom - cap - self.theme.px(16), "meta", "text.2")
        canvas.text(figure, -canvas.bearing(figure, role), bottom, role, width=room)
        return max(float(room), canvas.width(words, "meta"))

    def _paint_scale(
        self,
        canvas: Canvas,
        clock: Clock,
        scale: "_Scale",
        elapsed_s: float,
        cut: bool,
        right: float,
    ) -> None:
        theme, y = self.theme, scale.y
        canvas.rule(scale.left, scale.right, y, "line.control", 2)
        for at_s in range(60, scale.span_s + 1, 60):
            tick = theme.px(9 if at_s % STEP_S == 0 else 4)
            canvas.polyline(
                [QPointF(scale.at(at_s), y), QPointF(scale.at(at_s), y + tick)],
                theme.pen("line.control", 2),
            )
        now_x = min(scale.at(elapsed_s), scale.right)
        canvas.rule(scale.left, now_x, y, "text.2", 4)
        response_s = clock.response_s()
        reached = response_s if response_s is not None else elapsed_s
        canvas.rule(scale.left, min(scale.at(reached), scale.right), y, "text.1", 6)
        if clock.goal_s is not None:
            self._paint_goal(canvas, scale.at(clock.goal_s), y)
        for mark_s in (0.0, clock.dispatch_s(), response_s):
            if mark_s is not None:
                canvas.dot(QPointF(scale.at(mark_s), y), 9, "text.1")
        if cut:
            for shift in (0.35, 0.65):
                x = scale.right + theme.px(BREAK_U) * shift
                lean = theme.px(5)
                ends = [QPointF(x - lean, y + 2 * lean), QPointF(x + lean, y - 2 * lean)]
                canvas.polyline(ends, theme.pen("text.2", 2))
            canvas.rule(scale.right + theme.px(BREAK_U), right, y, "text.2", 4)
        glyph_x = right if cut else now_x
        if clock.ended_ms is None:
            canvas.dot(QPointF(glyph_x - theme.px(4), y), 10, "accent.fill")
        else:
            canvas.dot(QPointF(glyph_x - theme.px(4), y), 9, "text.1", hollow=True)

    def _paint_goal(self, canvas: Canvas, x: float, y: float) -> None:
        theme = self.theme
        pen = theme.dashed_pen("chart.goal", 2.6, 4, 4)
        canvas.polyline([QPointF(x, y - theme.px(10)), QPointF(x, y + theme.px(22))], pen)

    def _place(
        self,
        canvas: Canvas,
        labels: tuple[Label, ...],
        scale: "_Scale",
        right: float,
        goal: float | None,
    ) -> None:
        """Each label in the first free place of its rows; one without a place is left out."""
        gap, line = self.theme.px(14), canvas.line_px("body")
        middles: dict[Row, float] = {
            "over": scale.y - self.theme.px(14) - line * 1.25,
            "above": scale.y - self.theme.px(14) - line * 0.25,
            "below": scale.y + self.theme.px(14) + line * 0.72,
            "under": scale.y + self.theme.px(14) + line * 1.72,
        }
        taken: dict[Row, list[tuple[float, float]]] = {row: [] for row in middles}
        for label in labels:
            weight = 700 if label.strong else 500
            width = canvas.width(label.words, "body", weight)
            for row in label.rows:
                baseline = middles[row]
                if baseline < line * 0.7 or baseline + line * 0.24 > self.area().height():
                    continue
                held = list(taken[row])
                if goal is not None and row == "below" and not label.of_goal:
                    held.append((goal, goal))
                begin = _free(label, width, held, (scale.left - gap, right), gap)
                if begin is None:
                    continue
                taken[row].append((begin, begin + width))
                color = "text.1" if label.strong else "text.2"
                canvas.text(label.words, begin, baseline, "body", color, weight=weight)
                break


class _Scale(msgspec.Struct, frozen=True):
    left: float
    right: float
    span_s: int
    y: float

    def at(self, seconds: float) -> float:
        return self.left + (self.right - self.left) * seconds / self.span_s


def _free(
    label: Label,
    width: float,
    taken: list[tuple[float, float]],
    limits: tuple[float, float],
    gap: float,
) -> float | None:
    """Where the label can begin; None: nowhere."""
    shifts = {"left": 0.0, "center": -width / 2, "right": -width}
    for align in label.aligns:
        begin = label.x + shifts[align]
        inside = limits[0] <= begin and begin + width <= limits[1]
        if inside and all(begin + width + gap <= a or b + gap <= begin for a, b in taken):
            return begin
    return None


def _labels(
    canvas: Canvas, clock: Clock, scale: _Scale, now_ms: int, now_x: float
) -> tuple[Label, ...]:
    """What matters most first: it gets the better place."""
    say = canvas.theme.say
    found = [
        Label(
            f"{say(ISSUED if clock.issued else REPORT)} {second_words(clock.report_ms)}",
            scale.left,
            ("above", "over"),
            True,
            ("left",),
        )
    ]
    response_s, dispatch_s = clock.response_s(), clock.dispatch_s()
    if response_s is not None and clock.arrived_ms is not None:
        x = scale.at(response_s)
        word = say(Text("첫 도착", "First on site"))
        at = second_words(clock.arrived_ms)
        found.append(Label(f"{word} {at}", x, ("above", "over"), True))
        took = say(left_words(round(response_s)))
        found.append(Label(took, x, ("below", "under"), True))
    if clock.goal_s is not None:
        verdict = say(clock.verdict(now_ms))
        strong = clock.state(now_ms) == "missed"
        aligns: tuple[Align, ...] = ("left", "right", "center")
        x = scale.at(clock.goal_s)
        rows: tuple[Row, ...] = ("under", "below", "above", "over")
        found.append(Label(verdict, x, rows, strong, aligns, of_goal=True))
    if dispatch_s is not None and clock.dispatched_ms is not None:
        word, at = say(Text("출동", "Sent")), second_words(clock.dispatched_ms)
        words = f"{word} {at}, {say(left_words(round(dispatch_s)))}"
        found.append(Label(words, scale.at(dispatch_s), ("below", "under"), False, ("left",)))
    if clock.ended_ms is None:
        now = f"{say(Text('지금', 'Now'))} {second_words(now_ms)}"
    else:
        now = f"{say(Text('종료', 'End'))} {second_words(clock.ended_ms)}"
    found.append(Label(now, now_x, ("above", "over"), False, ("center", "right", "left")))
    for at_s in range(STEP_S, scale.span_s + 1, STEP_S):
        words = say(Text(f"{at_s // 60}분", f"{at_s // 60} min"))
        found.append(Label(words, scale.at(at_s), ("below",), False, ("center", "right")))
    return tuple(found)
