"""Plain SVG for the report: bars with intervals, shares of delays, a line over versions."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDE = 720
ROW, LEFT, RIGHT = 26, 190, 130
INK, SOFT, FILL, LINE = "#15181B", "#565F67", "#1B689F", "#D6D1C8"


class Bar(NamedTuple):
    """A share 0..1 with the interval it lies in by 95 %, and what to write beside it."""

    name: str
    share: float
    low: float
    high: float
    told: str


def bars(rows: Sequence[Bar]) -> str:
    """One under the other, on a scale from 0 to 1."""
    span = WIDE - LEFT - RIGHT
    parts = []
    for index, row in enumerate(rows):
        y = index * ROW
        x = [LEFT + span * value for value in (row.share, row.low, row.high)]
        middle = y + ROW / 2
        parts += [
            _text(0, middle + 5, row.name),
            f'<rect x="{LEFT}" y="{y + 6}" width="{x[0] - LEFT:.1f}" height="14" fill="{FILL}"/>',
            f'<line x1="{x[1]:.1f}" y1="{middle}" x2="{x[2]:.1f}" y2="{middle}" '
            f'stroke="{INK}" stroke-width="1.5"/>',
            _text(WIDE - RIGHT + 10, middle + 5, row.told),
        ]
    ticks = [LEFT + span * value for value in (0.0, 0.5, 1.0)]
    grid = "".join(
        f'<line x1="{x}" y1="0" x2="{x}" y2="{len(rows) * ROW}" stroke="{LINE}"/>' for x in ticks
    )
    return _svg(len(rows) * ROW, grid + "".join(parts))


def delays(lines: Sequence[tuple[str, Sequence[float]]], most_ms: float) -> str:
    """Share of the gestures that were told within so many ms; each line's values rise."""
    high, span = 220, WIDE - 60
    parts = []
    for share in (0.0, 0.5, 0.95, 1.0):
        y = high - share * (high - 20)
        parts.append(f'<line x1="50" y1="{y:.1f}" x2="{WIDE - 10}" y2="{y:.1f}" stroke="{LINE}"/>')
        if share != 1.0:  # too near to the one below to be read
            parts.append(_text(0, y + 5, f"{share * 100:g} %", SOFT))
    for index in range(6):
        ms = most_ms * index / 5
        unit = " ms" if index == 5 else ""
        x = 50 + span * index / 5
        parts.append(_text(x, high + 20, f"{ms:.0f}{unit}", SOFT, "middle" if x < span else "end"))
    for index, (name, values) in enumerate(lines):
        points = " ".join(
            f"{50 + span * min(max(v, 0.0), most_ms) / most_ms:.1f},"
            f"{high - (n + 1) / len(values) * (high - 20):.1f}"
            for n, v in enumerate(values)
        )
        dash = "" if index == 0 else ' stroke-dasharray="7 5"'
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{FILL}" stroke-width="2.5"{dash}/>'
        )
        y, x = high + 44, 50 + index * 260
        sample = f'<line x1="{x}" y1="{y}" x2="{x + 40}" y2="{y}" '
        parts.append(f'{sample}stroke="{FILL}" stroke-width="2.5"{dash}/>')
        parts.append(_text(x + 50, y + 5, name))
    return _svg(high + 60, "".join(parts))


def trend(points: Sequence[Bar]) -> str:
    """One version after the other, oldest at the left."""
    high, step = 200, (WIDE - 240) / max(1, len(points) - 1)
    parts = [
        f'<line x1="50" y1="{high - s * 180:.0f}" x2="{WIDE}" y2="{high - s * 180:.0f}" '
        f'stroke="{LINE}"/>' + _text(0, high - s * 180 + 5, f"{s:.1f}", SOFT)
        for s in (0.0, 0.5, 1.0)
    ]
    places = [(130 + index * step, point) for index, point in enumerate(points)]
    line = " ".join(f"{x:.1f},{high - p.share * 180:.1f}" for x, p in places)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{FILL}" stroke-width="2"/>')
    for x, point in places:
        low, top = high - point.low * 180, high - point.high * 180
        parts.append(
            f'<line x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{top:.1f}" stroke="{INK}"/>'
            f'<circle cx="{x:.1f}" cy="{high - point.share * 180:.1f}" r="5" fill="{FILL}"/>'
            + _text(x, top - 12, point.told, anchor="middle")
            + _text(x, high + 22, point.name, SOFT, "middle")
        )
    return _svg(high + 30, f'<g transform="translate(0 26)">{"".join(parts)}</g>', 26)


def _text(x: float, y: float, words: str, color: str = INK, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{color}">{escape(words)}</text>'


def _svg(high: float, inside: str, more: float = 0.0) -> str:
    high += more
    return (
        f'<svg viewBox="0 0 {WIDE} {high:.0f}" width="{WIDE}" height="{high:.0f}" role="img">'
        f"{inside}</svg>"
    )
