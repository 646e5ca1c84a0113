"""Rows of what is near an incident: who is sent, where beds are free; and what is known of it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.incident.model import HospitalLine, Scene, UnitLine
from kiosk.panels.incident.scene_map import paint_mark
from kiosk.ui.ages import QUALITY_WORDS
from kiosk.ui.component import Component
from kiosk.ui.components.issue_row import SEVERITY_WORDS
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

MARK_U = 28.0
LEAST_ROW_U = 48.0
SHAPE_U = 40.0
BEDS = Text("병상", "beds")


class _Rows(Component):
    """Rows of two lines; as many as there is room for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _row_px(self, canvas: Canvas) -> float:
        lines = canvas.line_px("body") + canvas.line_px("meta") + self.theme.px(2)
        return max(float(self.theme.px(LEAST_ROW_U)), lines)

    def _paint_rows(
        self, canvas: Canvas, count: int, paint: Callable[[Canvas, QRectF, int], None]
    ) -> None:
        high, width = self._row_px(canvas), self.area().width()
        for index in range(min(count, int(self.area().height() // high))):
            box = QRectF(0, index * high, width, high)
            paint(canvas, box, index)
            canvas.rule(0, width, box.bottom(), stroke="rowRule")

    def _baselines(self, canvas: Canvas, box: QRectF) -> tuple[float, float]:
        body, meta = canvas.line_px("body"), canvas.line_px("meta")
        top = box.center().y() - (body + meta) / 2
        return top + body * 0.76, top + body + meta * 0.74


class UnitTable(_Rows):
    """Stations by their letters, with what they sent and when it came or will come."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[UnitLine, ...] = ()

    def set_lines(self, lines: tuple[UnitLine, ...]) -> None:
        if lines != self._lines:
            self._lines = lines
            self.update()

    def paint(self, canvas: Canvas) -> None:
        self._paint_rows(canvas, len(self._lines), self._paint_line)

    def _paint_line(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line, size = self._lines[index], self.theme.px(MARK_U)
        first, second = self._baselines(canvas, box)
        paint_mark(canvas, "station", line.letter, QPointF(size / 2, box.center().y()), size)
        left, right = size + self.theme.px(12), box.width()
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


class HospitalTable(_Rows):
    """Emergency rooms with their free beds and how old that figure is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[HospitalLine, ...] = ()

    def set_lines(self, lines: tuple[HospitalLine, ...]) -> None:
        if lines != self._lines:
            self._lines = lines
            self.update()

    def paint(self, canvas: Canvas) -> None:
        self._paint_rows(canvas, len(self._lines), self._paint_line)

    def _paint_line(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line, right = self._lines[index], box.width()
        first, second = self._baselines(canvas, box)
        late = line.quality in ("late", "stale")
        color = "text.3" if line.quality in ("stale", "absent") else "text.1"
        word = QUALITY_WORDS[line.quality] if late else Text("", "")
        age = Text(
            f"{line.age.ko}, {word.ko}" if word.ko else line.age.ko,
            f"{line.age.en}, {word.en}" if word.ko else line.age.en,
        )
        weight = 600 if late else 500
        taken = canvas.text(
            age, right, second, "meta", "text.1" if late else "text.2", weight=weight, align="right"
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
