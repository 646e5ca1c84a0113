"""A line over time as a page draws it: places in per cent of the drawing, so that it fits a phone
and a wall alike and its words keep their size."""

import msgspec

from kiosk.ui.charts.chart_model import (
    ChartPoint,
    LineChartModel,
    apart_ms,
    axis_remark,
    axis_words,
    gaps,
    runs,
    time_span,
    time_ticks,
    value_axis,
)
from kiosk.wire.text import Text

MOST_TICKS = 6
TALL = 1000
"""Units of the paths, across and down; they are stretched to the room there is."""
GUTTERS = ((4, "narrow"), (7, "middling"), (11, "broad"))
"""Letters of the longest words of a value axis, and what the style sheet calls their room."""
EDGE = 8.0
"""Per cent from either end within which a tick's words lean inwards."""


class _Drawn(msgspec.Struct, frozen=True):
    pass


class Tick(_Drawn, frozen=True):
    """`at` is per cent from the left or the top; `lean` is SVG's text-anchor."""

    at: float
    label: Text
    lean: str = "middle"


class Stroke(_Drawn, frozen=True):
    """A line: its paths, points that stand alone, and its last point, in per cent.

    `tail` is the way to a last point that is provisional: the period is not over, and what it comes
    to is not known.
    """

    focus: bool
    paths: tuple[str, ...]
    alone: tuple[tuple[float, float], ...]
    end: tuple[float, float] | None
    tail: str = ""


class Hatch(_Drawn, frozen=True):
    """Where values are missing, per cent from the left, and why."""

    at: float
    width: float
    note: Text | None


class LineDrawing(_Drawn, frozen=True):
    """`remark` says so where the axis does not start at zero."""

    strokes: tuple[Stroke, ...]
    values: tuple[Tick, ...]
    times: tuple[Tick, ...]
    rules: tuple[Tick, ...]
    hatches: tuple[Hatch, ...]
    remark: Text

    @property
    def gutter(self) -> str:
        """How much room the words of the value axis take beside the line."""
        longest = max((len(tick.label.ko) for tick in self.values), default=0)
        return next((name for most, name in GUTTERS if longest <= most), GUTTERS[-1][1])


def draw_line(model: LineChartModel, most_ticks: int = MOST_TICKS) -> LineDrawing | None:
    """None where there is no point to draw."""
    span = time_span(model)
    if span is None:
        return None
    axis = value_axis(model)
    start, end = span

    def across(t_ms: int) -> float:
        return 100 * (t_ms - start) / (end - start)

    def down(value: float) -> float:
        return 100 * (axis.high - value) / (axis.high - axis.low)

    def place(point: ChartPoint) -> tuple[float, float]:
        assert point.value is not None
        return round(across(point.t_ms), 2), round(down(point.value), 2)

    strokes = []
    for series in model.series:
        known = [point for point in series.points if point.value is not None]
        parts = [[place(point) for point in run] for run in runs(series.points)]
        tail = ""
        if known and known[-1].provisional and len(parts[-1]) > 1:
            tail = _path(parts[-1][-2:])
            parts[-1].pop()
        strokes.append(
            Stroke(
                series.focus,
                tuple(_path(part) for part in parts if len(part) > 1),
                tuple(part[0] for part in parts if len(part) == 1),
                place(known[-1]) if known and series.focus else None,
                tail,
            )
        )
    times = time_ticks(start, end, most_ticks, apart_ms(model))
    focus = next((series for series in model.series if series.focus), None)
    return LineDrawing(
        tuple(strokes),
        tuple(
            Tick(round(down(value), 2), Text(words, words))
            for value in axis.ticks
            for words in [axis_words(axis, value, model.decimals)]
        ),
        tuple(Tick(round(at, 2), label, _lean(at)) for t, label in times for at in [across(t)]),
        tuple(Tick(round(down(rule.value), 2), rule.label) for rule in model.rules),
        tuple(
            Hatch(round(left, 2), round(across(gap.end_ms) - left, 2), gap.note)
            for gap in (gaps(focus.points) if focus is not None else ())
            for left in [across(gap.start_ms)]
        ),
        axis_remark(axis, model.decimals),
    )


def draw_spark(values: tuple[float | None, ...], slots: int = 0) -> LineDrawing | None:
    """A line as small as a thumb over evenly spaced values; `slots` leaves room for what of a day
    is still to come."""
    known = [(n, value) for n, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return None
    low, high = min(v for _, v in known), max(v for _, v in known)
    room = (high - low) or 1.0
    last = max(slots - 1, known[-1][0], 1)
    points = [
        (round(100 * n / last, 1), round(90 - 80 * (value - low) / room, 1)) for n, value in known
    ]
    stroke = Stroke(True, (_path(points),), (), points[-1])
    return LineDrawing((stroke,), (), (), (), (), Text("", ""))


def _path(points: list[tuple[float, float]]) -> str:
    scaled = [(round(x * TALL / 100), round(y * TALL / 100)) for x, y in points]
    return "M" + "L".join(f"{x} {y}" for x, y in scaled)


def _lean(at: float) -> str:
    if at < EDGE:
        return "start"
    return "end" if at > 100 - EDGE else "middle"
