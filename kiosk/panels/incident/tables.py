"""Rows of what is near an incident: who is sent, where beds are free; and what is known of it."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.incident.model import HospitalLine, Scene, UnitLine
from kiosk.panels.incident.scene_mark import paint_mark
from kiosk.panels.lined import Lined
from kiosk.ui.ages import QUALITY_WORDS
from kiosk.ui.component import Component
from kiosk.ui.components.issue_row import SEVERITY_WORDS
from kiosk.ui.paint import Align, Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

MARK_U = 28.0
LEAST_ROW_U = 48.0
ONE_LINE_U = 39.0
ALL = 5  # rows are told at most
AIR_U = 16.0  # between two columns
SHAPE_U = 40.0
BEDS = Text("병상", "beds")


class Cell(msgspec.Struct, frozen=True):
    """Words of a row in one line."""

    words: Text
    role: str = "body"
    color: str = "text.1"
    weight: int = 500
    right: bool = True
    dotted: bool = False


class _Rows(Component):
    """Rows of one line where all cells of all rows have room side by side, else of two lines; as
    many as there is room for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _grid(
        self, canvas: Canvas, rows: Sequence[tuple[Cell, ...]], room: float
    ) -> tuple[float, ...] | None:
        """Widths of the columns; the first has what the others leave. None: they have no room."""
        widths = [
            max(canvas.width(cell.words, cell.role, cell.weight) for cell in column)
            for column in zip(*rows, strict=True)
        ]
        if not widths:
            return None
        air = self.theme.px(AIR_U)
        rest = room - sum(widths[1:]) - air * (len(widths) - 1)
        return (rest, *widths[1:]) if rest >= widths[0] else None

    def _paint_cells(
        self, canvas: Canvas, box: QRectF, cells: tuple[Cell, ...], widths: tuple[float, ...]
    ) -> None:
        x, air = box.left(), self.theme.px(AIR_U)
        baseline = canvas.middle_baseline(box.center().y(), "body")
        for cell, width in zip(cells, widths, strict=True):
            at = x + width if cell.right else x
            align: Align = "right" if cell.right else "left"
            taken = canvas.text(
                cell.words, at, baseline, cell.role, cell.color, weight=cell.weight, align=align
            )
            if cell.dotted:
                canvas.dotted_line(at - taken, at, baseline + self.theme.px(5), cell.color)
            x += width + air

    def _row_px(self, canvas: Canvas) -> float:
        lines = canvas.line_px("body") + canvas.line_px("meta") + self.theme.px(2)
        return max(float(self.theme.px(LEAST_ROW_U)), lines)

    def _paint_rows(
        self, canvas: Canvas, high: float, count: int, paint: Callable[[QRectF, int], None]
    ) -> None:
        width = self.area().width()
        for index in range(min(count, int((self.area().height() + 1) // high))):
            box = QRectF(0, index * high, width, high)
            paint(box, index)
            canvas.rule(0, width, box.bottom(), stroke="rowRule")

    def _line_px(self, canvas: Canvas) -> float:
        """Height of a row of one line: `ALL` of them fill the room where it is not too wide."""
        least = max(float(self.theme.px(ONE_LINE_U)), canvas.line_px("body") * 1.2)
        return max(least, min(self.area().height() / ALL, self._row_px(canvas)))

    def _baselines(self, canvas: Canvas, box: QRectF) -> tuple[float, float]:
        body, meta = canvas.line_px("body"), canvas.line_px("meta")
        top = box.center().y() - (body + meta) / 2
        return top + body * 0.76, top + body + meta * 0.74


class UnitTable(Lined[UnitLine], _Rows):
    """Stations by their letters, with what they sent and when it came or will come."""

    def paint(self, canvas: Canvas) -> None:
        left = self.theme.px(MARK_U + 12)
        rows = [_unit_cells(line) for line in self._lines]
        widths = self._grid(canvas, rows, self.area().width() - left)
        count = len(rows)
        if widths is None:
            self._paint_rows(
                canvas, self._row_px(canvas), count, lambda b, n: self._paint_line(canvas, b, n)
            )
            return
        self._paint_rows(
            canvas,
            self._line_px(canvas),
            count,
            lambda box, n: self._paint_one(canvas, box, n, rows[n], widths),
        )

    def _paint_one(
        self,
        canvas: Canvas,
        box: QRectF,
        index: int,
        cells: tuple[Cell, ...],
        widths: tuple[float, ...],
    ) -> None:
        self._paint_letter(canvas, box, index)
        beside = box.adjusted(self.theme.px(MARK_U + 12), 0, 0, 0)
        self._paint_cells(canvas, beside, cells, widths)

    def _paint_letter(self, canvas: Canvas, box: QRectF, index: int) -> None:
        size = self.theme.px(MARK_U)
        middle = QPointF(size / 2, box.center().y())
        paint_mark(canvas, "station", self._lines[index].letter, middle, size)

    def _paint_line(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line = self._lines[index]
        first, second = self._baselines(canvas, box)
        self._paint_letter(canvas, box, index)
        left, right = self.theme.px(MARK_U + 12), box.width()
        color, weight = ("text.1", 600) if line.arrived else ("text.2", 500)
        room = right - left
        right -= canvas.text(
            line.state, right, first, "body", color, weight=weight, align="right", width=room / 2
        )
        canvas.text(
            line.name, left, first, "body", weight=600, width=right - left - self.theme.px(12)
        )
        taken = canvas.text(line.distance, left, second, "meta", "text.2")
        canvas.text(
            line.vehicles,
            left + taken + self.theme.px(14),
            second,
            "meta",
            "text.2",
            width=max(1.0, room - taken - self.theme.px(14)),
        )


def _unit_cells(line: UnitLine) -> tuple[Cell, ...]:
    color, weight = ("text.1", 600) if line.arrived else ("text.2", 500)
    return (
        Cell(Text(line.name, line.name), weight=600, right=False),
        Cell(line.distance, "meta", "text.2"),
        Cell(line.vehicles, "meta", "text.2", right=False),
        Cell(line.state, "body", color, weight),
    )


class HospitalTable(Lined[HospitalLine], _Rows):
    """Emergency rooms with their free beds and how old that figure is."""

    def paint(self, canvas: Canvas) -> None:
        for levels in (True, False):
            rows = [_hospital_cells(line, levels) for line in self._lines]
            widths = self._grid(canvas, rows, self.area().width())
            if widths is not None:
                break
        count = len(rows)
        if widths is None:
            self._paint_rows(
                canvas, self._row_px(canvas), count, lambda b, n: self._paint_line(canvas, b, n)
            )
            return
        fitting = widths
        self._paint_rows(
            canvas,
            self._line_px(canvas),
            count,
            lambda box, n: self._paint_cells(canvas, box, rows[n], fitting),
        )

    def _paint_line(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line, right = self._lines[index], box.width()
        first, second = self._baselines(canvas, box)
        late = _late(line)
        color = _beds_color(line)
        weight = 600 if late else 500
        age_color = "text.1" if late else "text.2"
        taken = canvas.text(
            _age(line), right, second, "meta", age_color, weight=weight, align="right"
        )
        unit = canvas.width(BEDS, "meta") + self.theme.px(6)
        canvas.text(BEDS, right, first, "meta", "text.2", align="right")
        width = canvas.width(line.beds, "lead", 700)
        canvas.text(line.beds, right - unit - width, first, "lead", color, weight=700)
        if late:
            y = first + self.theme.px(5)
            canvas.dotted_line(right - unit - width, right - unit, y, color)
        room = right - unit - width - self.theme.px(16)
        canvas.text(line.name, 0, first, "body", weight=600, width=room)
        near = Text(f"{line.distance.ko}, {line.level.ko}", f"{line.distance.en}, {line.level.en}")
        canvas.text(near, 0, second, "meta", "text.2", width=right - taken - self.theme.px(16))


def _hospital_cells(line: HospitalLine, levels: bool) -> tuple[Cell, ...]:
    """Name, level where there is room for it, way, beds and their age."""
    late = _late(line)
    level = (Cell(line.level, "meta", "text.2", right=False),) if levels else ()
    return (
        Cell(Text(line.name, line.name), weight=600, right=False),
        *level,
        Cell(line.distance, "meta", "text.2"),
        Cell(Text(line.beds, line.beds), "lead", _beds_color(line), 700, dotted=late),
        Cell(_age(line), "meta", "text.1" if late else "text.2", 600 if late else 500),
    )


def _late(line: HospitalLine) -> bool:
    return line.quality in ("late", "stale")


def _beds_color(line: HospitalLine) -> str:
    return "text.3" if line.quality in ("stale", "absent") else "text.1"


def _age(line: HospitalLine) -> Text:
    """How old the number of beds is, and that it is too old."""
    if not _late(line):
        return line.age
    word = QUALITY_WORDS[line.quality]
    return Text(f"{line.age.ko}, {word.ko}", f"{line.age.en}, {word.en}")


class SceneHead(Component):
    """Severity, what and where, in two lines; 92u high."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._scene: Scene | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_scene(self, scene: Scene | None) -> None:
        if scene != self._scene:
            self._scene = scene
            self.update()

    def paint(self, canvas: Canvas) -> None:
        scene, theme = self._scene, self.theme
        if scene is None:
            return
        size, width = theme.px(SHAPE_U), self.area().width()
        title, lead = canvas.line_px("title"), canvas.line_px("lead")
        top = (self.area().height() - title - lead) / 2
        baseline = top + title * 0.76
        middle = QPointF(size / 2, baseline - theme.metrics("title").capHeight() / 2)
        canvas.severity(scene.severity, middle, size)
        left = size + theme.px(14)
        color = f"severity.{scene.severity}.word"
        words = SEVERITY_WORDS[scene.severity]
        room = width - left
        taken = canvas.text(words, left, baseline, "title", color, width=room * 0.3)
        x = left + taken + theme.px(18)
        canvas.text(scene.headline, x, baseline, "title", width=max(1.0, width - x))
        baseline = top + title + lead * 0.74
        tag = canvas.tag_width() + theme.px(12) if scene.simulated else 0.0
        facts = [each for each in (scene.address, scene.kind, scene.place) if each.ko]
        line = Text(", ".join(f.ko for f in facts), ", ".join(f.en for f in facts))
        taken = canvas.text(line, left, baseline, "lead", "text.2", width=max(1.0, room - tag))
        if scene.simulated:
            canvas.tag(left + taken + theme.px(12), baseline)


class SceneFacts(Component):
    """What is known, what the police say, who has taken note."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._scene: Scene | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_scene(self, scene: Scene | None) -> None:
        if scene != self._scene:
            self._scene = scene
            self.update()

    def paint(self, canvas: Canvas) -> None:
        scene, theme = self._scene, self.theme
        if scene is None:
            return
        width, room, y = self.area().width(), self.area().height(), 0.0
        blocks: list[tuple[Text, str, str, int]] = []
        if scene.over.ko:
            blocks.append((scene.over, "lead", "text.1", 600))
        if scene.noted.ko:
            blocks.append((scene.noted, "body", "text.1", 600))
        blocks.append((scene.facts, "lead", "text.1", 500))
        if scene.cameras_note.ko:
            blocks.append((scene.cameras_note, "body", "text.2", 500))
        police = scene.police
        if police is not None:
            near = Text(
                f"경찰 {police.name}, {police.distance.ko}: {police.words.ko}",
                f"Police {police.name}, {police.distance.en}: {police.words.en}",
            )
            blocks.append((near, "body", "text.2", 500))
        for words, role, color, weight in blocks:
            high = self.measure().paragraph_px(words, width, role, weight=weight)
            if y + high > room:
                break
            y = canvas.paragraph(words, 0, y, width, role, color, weight=weight) + theme.px(8)
