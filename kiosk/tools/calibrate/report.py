"""The report: one page with every check, what it found before and now, and what was set."""

import math
import os
from pathlib import Path

import msgspec
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from kiosk.tools.calibrate.step import FAMILIES, Family, Value, all_steps
from kiosk.tools.calibrate.walk import Walk
from kiosk.tools.finding import Finding, State
from kiosk.tools.findings_table import LABELS
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.report_page import SHORT_SIDE_U, WIDTH_U, ReportPage, write_pdf
from kiosk.ui.shapes import Glyph
from kiosk.ui.theme import Language, Theme, make_theme
from kiosk.ui.times import clock_words, date_words
from kiosk.ui.tokens import load_tokens
from kiosk.wire.text import Text

GLYPHS: dict[State, tuple[Glyph, str]] = {
    "ok": ("check", "text.2"),
    "poor": ("half", "severity.warning.word"),
    "fail": ("cross", "severity.critical.word"),
}
PAPER = "#FFFFFF"
TITLE = Text("설치 보정 보고서", "Calibration report")
REMARK = Text(
    "각 값은 이 현장에서 잰 것입니다. 그림과 소리는 저장하지 않았습니다",
    "Every figure was measured at this site; no picture and no sound was kept",
)
BEFORE = Text("전", "before")
SET = Text("설정에 적은 값", "Written into the settings")
MADE_WITH = Text("만든 것", "Made with")
NOTHING = Text("바꿀 것이 없습니다", "Nothing had to change")
COLUMNS = 3
SIZES = (("body", "meta", 2), ("body", "micro", 2), ("meta", "micro", 2), ("meta", "micro", 1))
"""Type of a check's title and of its words, and lines of its remedy; smaller until all has room."""


Row = tuple[Finding, str, str]
"""A finding, and what was found there before, in both languages."""
Sizes = tuple[str, str, int]
Placed = tuple[int, tuple[Sizes, Text | Row], float]


class Changed(msgspec.Struct, frozen=True):
    """A setting before and after."""

    name: str
    before: Value
    after: Value


class Report(msgspec.Struct, frozen=True):
    """Whose wall, what was found, what was set, and by which versions."""

    place: Text
    walk: Walk
    now_ms: int
    settings: tuple[Changed, ...]
    versions: tuple[tuple[str, str], ...]

    def found(self, family: Family) -> list[Row]:
        """Each finding, and what the walk before found there (empty: it found nothing)."""
        earlier = {f.check: f for done in self.walk.before.values() for f in done.findings}
        rows = []
        for step in all_steps():
            done = self.walk.done.get(step.id)
            if step.family != family or done is None:
                continue
            for finding in done.findings:
                old = earlier.get(finding.check)
                rows.append((finding, old.found.ko if old else "", old.found.en if old else ""))
        return rows


def write_report(file: Path, report: Report, language: Language) -> None:
    """Raises OSError when it can't be written."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    # Figures of one width and raised colons are no letters: they could not be found or copied.
    tokens = load_tokens()
    colors = {**tokens.colors, "light": {**tokens.colors["light"], "background": PAPER}}
    tokens = msgspec.structs.replace(tokens, features={"calt": 0}, colors=colors)
    theme = make_theme(WIDTH_U, SHORT_SIDE_U, "light", language=language, tokens=tokens)
    view = ReportView(theme, report)
    day, time = date_words(report.now_ms), clock_words(report.now_ms)
    page = ReportPage(
        title=TITLE,
        subtitle=Text(report.walk.site, report.walk.site),
        when=Text(f"{day.ko} {time} 기준", f"As of {day.en}, {time}"),
        remark=REMARK,
        place=report.place,
    )
    try:
        write_pdf(file, theme, page, view)
    finally:
        view.deleteLater()
        application.processEvents()


class ReportView(Component):
    """Three columns of checks over the settings and the versions."""

    def __init__(self, theme: Theme, report: Report) -> None:
        super().__init__(theme)
        self._report = report

    def paint(self, canvas: Canvas) -> None:
        area, px = self.area(), self.theme.px
        gap = px(28)
        width = (area.width() - (COLUMNS - 1) * gap) / COLUMNS
        foot = self._foot_px(canvas)
        room = area.height() - foot - px(16)
        laid = next(
            (laid for sizes in SIZES if (laid := self._laid(canvas, width, room, sizes))), None
        )
        for column, row, y in laid or self._laid(canvas, width, math.inf, SIZES[-1]) or []:
            x = column * (width + gap)
            if isinstance(row[1], Text):
                bottom = canvas.paragraph(row[1], x, y, width, "lead") + px(4)
                canvas.rule(x, x + width, bottom)
            else:
                self._row(canvas, row[1], x, y, width, row[0])
        self._foot(canvas, area.height() - foot, width, gap)

    def _laid(self, canvas: Canvas, width: float, room: float, sizes: Sizes) -> list[Placed] | None:
        """Each heading and check with its column and top, the columns about equally high; None
        when they do not fit."""
        items: list[tuple[float, Text | Row]] = []
        for family in FAMILIES:
            rows = self._report.found(family)
            if rows:
                items.append((canvas.line_px("lead") + self.theme.px(10), FAMILIES[family]))
                items += [(self._row_px(canvas, row, width, sizes), row) for row in rows]
        share = sum(height for height, _ in items) / COLUMNS
        laid: list[Placed] = []
        column, y = 0, 0.0
        for i, (height, item) in enumerate(items):
            # a heading is never the last of its column
            wanted = height + (items[i + 1][0] if isinstance(item, Text) else 0.0)
            if y and (y + wanted > room or y + wanted / 2 > share) and column < COLUMNS - 1:
                column, y = column + 1, 0.0
            laid.append((column, (sizes, item), y))
            y += height
            if y > room:
                return None
        return laid

    def _words(self, row: Row) -> str:
        finding, ko, en = row
        before = ko if self.theme.language == "ko" else en
        found = self.theme.say(finding.found)
        if before and before != found:
            found += f"  ({self.theme.say(BEFORE)}: {before})"
        return found

    def _row_px(
        self,
        canvas: Canvas,
        row: Row,
        width: float,
        sizes: Sizes,
    ) -> float:
        role, small, lines = sizes
        inner = width - self.theme.px(30)
        height = canvas.line_px(role)
        height += canvas.paragraph_px(self._words(row), inner, small, max_lines=2)
        if row[0].mend is not None:
            height += canvas.paragraph_px(row[0].mend, inner, small, max_lines=lines)
        return height + self.theme.px(7)

    def _row(
        self,
        canvas: Canvas,
        row: Row,
        x: float,
        y: float,
        width: float,
        sizes: Sizes,
    ) -> None:
        role, small, lines = sizes
        finding, px = row[0], self.theme.px
        glyph, color = GLYPHS[finding.state]
        side = px(18)
        middle = y + canvas.line_px(role) / 2
        canvas.glyph(glyph, QPointF(x + side / 2, middle), side, color)
        left, inner = x + px(30), width - px(30)
        baseline = canvas.middle_baseline(middle, role)
        taken = canvas.text(finding.title, left, baseline, role, weight=600)
        canvas.text(LABELS[finding.state], left + taken + px(8), baseline, small, color, weight=600)
        y += canvas.line_px(role)
        y = canvas.paragraph(self._words(row), left, y, inner, small, "text.1", max_lines=2)
        if finding.mend is not None:
            canvas.paragraph(finding.mend, left, y, inner, small, "text.2", max_lines=lines)

    def _foot_px(self, canvas: Canvas) -> float:
        lines = max(-(-len(self._report.settings) // 2), -(-len(self._report.versions) // 2), 1)
        return canvas.line_px("body") + lines * canvas.line_px("micro") + self.theme.px(12)

    def _foot(self, canvas: Canvas, top: float, width: float, gap: float) -> None:
        px = self.theme.px
        half = (self.area().width() - gap) / 2
        canvas.rule(0, self.area().width(), top)
        lines = [
            f"{one.name}: {_said(one.before)} → {_said(one.after)}" for one in self._report.settings
        ]
        self._list(canvas, SET, lines or [self.theme.say(NOTHING)], 0, top + px(8), half)
        made = [f"{name} {version}" for name, version in self._report.versions]
        self._list(canvas, MADE_WITH, made, half + gap, top + px(8), half)

    def _list(
        self, canvas: Canvas, title: Text, lines: list[str], x: float, y: float, width: float
    ) -> None:
        y = canvas.paragraph(title, x, y, width, "body", weight=600)
        column = width / 2
        for i, words in enumerate(lines):
            left = x + (i % 2) * column
            baseline = y + (i // 2 + 0.8) * canvas.line_px("micro")
            canvas.text(words, left, baseline, "micro", "text.2", width=column - self.theme.px(12))


def _said(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value}".lower()
