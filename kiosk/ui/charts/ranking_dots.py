"""Districts in the order of a figure: a dot on a line, the value printed, the city as a rule."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.ranking_model import RankedDistrict, RankingModel
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

ROW_U = 24.0
COLUMN_GAP_U = 28
MOST = 1.9  # rows grow to so many times their least height where there is room
ROOMY_U, ROOMY_LEAST_U = 84.0, 50.0
DOT_U = 6.0
LINE_U, LEAST_U = 70, 48


class RankingDots(Component):
    """Two columns when it is wide, one when it is not. A row is pressed anywhere. `roomy`: rows
    take the height that there is, in as few columns as that allows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, roomy: bool = False) -> None:
        super().__init__(theme, parent)
        self._model = RankingModel()
        self._roomy = roomy

    def set_model(self, model: RankingModel) -> None:
        if model != self._model:
            self._model = model
            self.update()

    def columns(self) -> int:
        """Up to three, as long as each has room for words and a line of some 70u; rows may get
        as low as 24u for it."""
        rows = len(self._model.rows)
        columns = min(3, max(1, int(self.area().width() // self.theme.px(250))), max(1, rows))
        if self._roomy:
            low = self.theme.px(ROOMY_LEAST_U)
            while columns > 1 and self.area().height() / -(-rows // (columns - 1)) >= low:
                columns -= 1
        while columns > 1 and self._line_px(columns) < self.theme.px(LINE_U):
            if self.area().height() / -(-rows // (columns - 1)) < self.theme.px(ROW_U):
                break
            columns -= 1
        return columns

    def _line_px(self, columns: int, role: str = "body") -> float:
        """What is left for the line in so many columns."""
        measure = self.measure()
        gap = self.theme.px(COLUMN_GAP_U)
        width = (self.area().width() - gap * (columns - 1)) / columns
        names = max((measure.width(row.name, role, 600) for row in self._model.rows), default=0)
        values = max((measure.width(row.printed, role, 600) for row in self._model.rows), default=0)
        return width - names - values - self.theme.px(78)

    def targets(self) -> tuple[Target, ...]:
        rows = zip(self._model.rows, self._boxes(), strict=True)
        return tuple(
            Target(box, row.press.command, row.press.args, f"ranking.{row.district}")
            for row, box in rows
            if row.press is not None
        )

    def _boxes(self) -> list[QRectF]:
        area, columns = self.area(), self.columns()
        gap = self.theme.px(COLUMN_GAP_U)
        each = -(-len(self._model.rows) // columns) or 1
        width = (area.width() - gap * (columns - 1)) / columns
        most = self.theme.px(ROOMY_U if self._roomy else ROW_U * MOST)
        height = min(most, area.height() / each)
        return [
            QRectF((index // each) * (width + gap), (index % each) * height, width, height)
            for index in range(len(self._model.rows))
        ]

    def paint(self, canvas: Canvas) -> None:
        rows = list(zip(self._model.rows, self._boxes(), strict=True))
        known = [row.value for row in self._model.rows if row.value is not None]
        if not known:
            return
        role = self._role(rows[0][1].height())
        name_px = max(canvas.width(row.name, role, 600) for row, _ in rows)
        value_px = max(canvas.width(row.printed, role, 600) for row, _ in rows)
        city = self._model.city
        low, high = min([*known, *([city] if city is not None else [])]), max(known)
        for row, box in rows:
            self._paint_row(canvas, row, box, role, (name_px, value_px), (low, high))

    def _role(self, height: float) -> str:
        """The largest type for rows of this height; a step larger where rows stand well apart."""
        columns = self.columns()
        for role, least, rows in (
            ("action", LINE_U, 1.5),
            ("body", LEAST_U, 1),
            ("meta", LEAST_U, 1),
        ):
            low = self.theme.metrics(role).height() * rows > height
            if not low and self._line_px(columns, role) >= self.theme.px(least):
                return role
        return "micro"

    def _paint_row(
        self,
        canvas: Canvas,
        row: RankedDistrict,
        box: QRectF,
        role: str,
        widths: tuple[float, float],
        scale: tuple[float, float],
    ) -> None:
        theme, y = self.theme, box.center().y()
        if row.selected or self.is_pressed(f"ranking.{row.district}"):
            canvas.surface(box, "surface.2", "small")
        baseline = y + theme.metrics(role).capHeight() / 2
        pad = theme.px(6)
        rank_px = canvas.width("25", role) + pad
        rank = "·" if row.rank is None else str(row.rank)
        canvas.text(rank, box.left() + rank_px, baseline, role, "text.2", align="right")
        left = box.left() + rank_px + theme.px(8)
        canvas.text(row.name, left, baseline, role, weight=600 if row.selected else None)
        right = box.right() - pad
        canvas.text(row.printed, right, baseline, role, weight=600, align="right")
        line = QRectF(left + widths[0] + theme.px(14), y, 0, 0)
        line.setRight(right - widths[1] - theme.px(18))
        if row.value is None:
            high = theme.px(10)
            canvas.hatch(QRectF(line.left(), y - high / 2, line.width(), high))
            return
        canvas.rule(line.left(), line.right(), y, "line.hair", 2)
        self._paint_dot(canvas, row, line, box, scale)

    def _paint_dot(
        self,
        canvas: Canvas,
        row: RankedDistrict,
        line: QRectF,
        box: QRectF,
        scale: tuple[float, float],
    ) -> None:
        low, high = scale
        span = (high - low) or 1.0

        radius = self.theme.px(DOT_U)

        def across(value: float) -> float:
            return line.left() + radius + (value - low) / span * (line.width() - 2 * radius)

        if self._model.city is not None:
            x = across(self._model.city)
            pen = self.theme.pen("chart.axis", 2)
            canvas.polyline([QPointF(x, box.top()), QPointF(x, box.bottom())], pen)
        assert row.value is not None
        color = "chart.focus" if row.selected else "chart.compare"
        canvas.dot(QPointF(across(row.value), line.center().y()), DOT_U, color)
