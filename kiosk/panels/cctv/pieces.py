"""Pieces of the camera wall: selections to choose from, and how a tour goes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.cctv.model import PresetChoice, TourModel
from kiosk.ui.ages import seconds_left
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

COLUMNS = 2
MOST = 8
ROW_U = 48.0
GAP_U = 6.0
EVERY = Text("모든 카메라", "Every camera")
NOW = Text("지금", "now")
SEGMENTS = 30


class PresetGrid(Component):
    """Every camera, and the selections for a situation; those for this hour say so and come first
    where there is not room for all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._choices: tuple[PresetChoice, ...] = ()

    def set_choices(self, presets: tuple[PresetChoice, ...], every: int, chosen: bool) -> None:
        """`chosen`: something else than every camera."""
        room = MOST - 1
        if len(presets) > room:
            presets = tuple(sorted(presets, key=lambda one: not (one.due or one.chosen)))[:room]
        choices = (PresetChoice("", EVERY, every, chosen=not chosen), *presets)
        if choices != self._choices:
            self._choices = choices
            self.update()

    def rows(self) -> int:
        return -(-max(1, len(self._choices)) // COLUMNS)

    def targets(self) -> tuple[Target, ...]:
        return tuple(
            Target(box, "cctv.preset", {"preset": choice.id}, f"cctv.preset.{choice.id}")
            if choice.id
            else Target(box, "cctv.all", {}, "cctv.all")
            for box, choice in zip(self._boxes(), self._choices, strict=True)
        )

    def _boxes(self) -> list[QRectF]:
        gap, area = self.theme.px(GAP_U), self.area()
        width, height = (area.width() + gap) / COLUMNS, (area.height() + gap) / self.rows()
        return [
            QRectF(i % COLUMNS * width, i // COLUMNS * height, width - gap, height - gap)
            for i in range(len(self._choices))
        ]

    def paint(self, canvas: Canvas) -> None:
        for target, choice in zip(self.targets(), self._choices, strict=True):
            if choice.chosen:
                canvas.selected_surface(target.rect, edge="bottom")
            else:
                pressed = self.is_pressed(target.trigger)
                canvas.surface(target.rect, "surface.3" if pressed else "surface.2")
            self._paint_choice(canvas, target.rect, choice)

    def _paint_choice(self, canvas: Canvas, box: QRectF, choice: PresetChoice) -> None:
        """Name and count in a line; for this hour the count stands out."""
        pad = self.theme.px(10)
        baseline = canvas.middle_baseline(box.center().y(), "meta", 600)
        color = "text.1" if choice.chosen or choice.due else "text.2"
        count = Text(f"{choice.count}", f"{choice.count}")
        if choice.due:
            count = Text(f"{NOW.ko} {count.ko}", f"{NOW.en} {count.en}")
        room = box.width() - 2 * pad
        taken = canvas.text(
            count, box.right() - pad, baseline, "meta", color, align="right", width=room / 2
        )
        room -= taken + self.theme.px(8)
        canvas.text(choice.name, box.left() + pad, baseline, "meta", weight=600, width=room)


class TourBar(Component):
    """How far a tour is, and how long until its next step; 56u high."""

    counts_seconds = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tour = TourModel(1, 1, 15)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_tour(self, tour: TourModel) -> None:
        if tour != self._tour:
            self._tour = tour
            self.update()

    def set_now(self, now_ms: int) -> None:
        before = self.words()
        super().set_now(now_ms)
        if self.words() != before:
            self.update()

    def words(self) -> Text:
        """ "3/12, 8초 뒤 다음", or how it would go."""
        tour = self._tour
        at = f"{tour.step}/{tour.steps}"
        if tour.next_ms is None:
            return Text(f"{at}, {tour.dwell_s}초마다", f"{at}, every {tour.dwell_s} s")
        left = seconds_left(tour.next_ms, self.now_ms)
        return Text(f"{at}, {left}초 뒤 다음", f"{at}, next in {left} s")

    def paint(self, canvas: Canvas) -> None:
        theme, width, tour = self.theme, self.area().width(), self._tour
        canvas.rule(0, width, theme.px(1))
        baseline = theme.px(8) + canvas.line_px("lead") * 0.8
        taken = canvas.text(Text("자동 순회", "Tour"), 0, baseline, "lead", width=width)
        room = width - taken - theme.px(14)
        color = "text.2" if tour.next_ms is None else "text.1"
        canvas.text(self.words(), width, baseline, "meta", color, align="right", width=room)
        high = theme.px(6)
        top = self.area().height() - high
        self._paint_steps(canvas, QRectF(0, top, width, high))

    def _paint_steps(self, canvas: Canvas, bar: QRectF) -> None:
        """A segment a step, or of many steps the share that is behind."""
        tour, painter = self._tour, canvas.painter
        gone = self.theme.color("accent.fill" if tour.next_ms is not None else "text.3")
        rest = self.theme.color("surface.3")
        if tour.steps > SEGMENTS:
            painter.fillRect(bar, rest)
            share = bar.width() * tour.step / tour.steps
            painter.fillRect(QRectF(bar.left(), bar.top(), share, bar.height()), gone)
            return
        gap = self.theme.px(3)
        each = (bar.width() + gap) / max(1, tour.steps)
        for index in range(tour.steps):
            box = QRectF(bar.left() + index * each, bar.top(), each - gap, bar.height())
            painter.fillRect(box, gone if index < tour.step else rest)
