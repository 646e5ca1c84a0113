"""A field of the city on the wall: tiles on top, its map, every district, what happens."""

from PySide6.QtCore import QRectF

from kiosk.panels.field_table import FieldTable
from kiosk.panels.fields import HAPPENS, FieldModel
from kiosk.panels.home.pieces import ReadingHead
from kiosk.panels.incident.list_table import IncidentTable
from kiosk.panels.outline.table import OutlineTable
from kiosk.panels.parts import (
    HEAD_U,
    SectionHead,
    SectionView,
    Sentence,
    indicator_tiles,
    show_tiles,
)
from kiosk.panels.view import Modules, PanelView
from kiosk.ui.charts.class_list import ClassList, ClassRow
from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.components.action import Action
from kiosk.ui.components.figure_tile import FigureTile
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

TILE_U = 182.0
GAP_U = 14.0
GUTTER_U = 24.0
READING_U = 166.0
SWITCH_U = 52.0
SAID_U = 40.0
LINE_U = 84.0  # a line alone needs no air to the next
NEWS, NEWS_SHOWN = Text("뉴스", "News"), 2
UPRIGHT_TILES = 3
BESIDE_U = 1300.0  # from here on two tables stand side by side
MOST_BESIDE_MAP, MOST_ALONE = 1, 3


class FieldView(PanelView):
    """Where nothing happens the table has the room."""

    def build(self) -> None:
        theme = self.theme
        self._model = FieldModel(loading=True)
        self._shape = (0, 0, True, False, True)
        self._most = MOST_BESIDE_MAP
        self._tiles: list[FigureTile] = []
        self._reading = self.add(ReadingHead(theme))
        self._classes = self.add(ClassList(theme))
        self._switch = self.add(Segmented(theme, SegmentedView(())))
        self.map = self.add(DistrictMap(theme))
        self._map_rule = self.add(SectionHead(theme))
        self._said = self.add(Sentence(theme))
        self._table_head = self.add(SectionHead(theme))
        self.table = self.add(FieldTable(theme))
        self._beside_head = self.add(SectionHead(theme))
        self.beside = self.add(FieldTable(theme))
        self._happens_head = self.add(SectionHead(theme))
        self.happens = self.add(IncidentTable(theme))
        self.news = self.add(OutlineTable(theme, "field.news"))
        self.map.raise_()

    # ---- content

    def set_view_model(self, model: FieldModel) -> None:
        self._model = model
        self._set_tiles(model)
        self._reading.set_reading(model.reading)
        self._classes.set_rows(tuple(ClassRow(e.label, e.color, e.districts) for e in model.legend))
        chosen = next((i for i, choice in enumerate(model.choices) if choice.chosen), -1)
        choices = tuple(
            Action(c.label, c.press.command, c.press.args, f"field.metric.{i}")
            for i, c in enumerate(model.choices)
        )
        self._switch.set_view(SegmentedView(choices, chosen))
        if model.map is not None:
            self.map.set_model(model.map)
        self._said.set_words(Text("불러오는 중", "Loading") if model.loading else model.said)
        self._table_head.set_view(SectionView(model.title, simulated=model.simulated))
        self.table.set_rows(model.columns, model.rows, mapped=model.map is not None)
        self._set_beside(model)
        self._set_happens()
        shape = (
            len(model.figures),
            len(model.lines) + len(model.news),
            model.map is None,
            bool(model.said.ko),
            model.beside is None,
        )
        if shape != self._shape:
            self._shape = shape
            self.rearrange()

    def _set_beside(self, model: FieldModel) -> None:
        self._beside_head.setVisible(model.beside is not None)
        self.beside.setVisible(model.beside is not None)
        if model.beside is not None:
            table = model.beside
            self._beside_head.set_view(SectionView(table.title, simulated=table.simulated))
            self.beside.set_rows(table.columns, table.rows)

    def _set_happens(self) -> None:
        """The most urgent of what happens; the panel of incidents has them all."""
        lines, shown = self._model.lines, self._model.lines[: self._most]
        marked = any(line.simulated for line in shown)
        if self._model.news:
            newest = self._model.news[:NEWS_SHOWN]
            played = any(line.simulated for line in newest)
            self._happens_head.set_view(SectionView(NEWS, simulated=played))
            self.news.set_lines(newest)
            return
        many = Text(f"{len(lines)}건", f"{len(lines)}")
        if len(shown) < len(lines):
            many = Text(f"{len(lines)}건 중 급한 {len(shown)}건", f"{len(shown)} of {len(lines)}")
        self._happens_head.set_view(SectionView(HAPPENS, many, marked))
        self.happens.set_lines(shown)

    def _set_tiles(self, model: FieldModel) -> None:
        views = indicator_tiles(model.figures, self.theme, "field")
        show_tiles(self, self._tiles, views)

    # ---- places

    def arrange(self, modules: Modules) -> None:
        told, mapped = bool(self._model.news), self._model.map is not None
        busy = told or bool(self._model.lines)
        for piece in (self._reading, self._classes, self._switch, self.map, self._map_rule):
            piece.setVisible(mapped)
        self._most = MOST_BESIDE_MAP if mapped else MOST_ALONE
        self._set_happens()
        self._happens_head.setVisible(busy)
        self.happens.setVisible(busy and not told)
        self.news.setVisible(told)
        if modules.upright:
            self._arrange_upright(modules)
        else:
            self._arrange_wide(modules)

    def _place_tiles(self, modules: Modules, columns: int) -> float:
        """Tiles in as few rows of at most so many, each row over all the width; returns their
        bottom."""
        rows = max(1, -(-len(self._tiles) // columns))
        for row in range(rows):
            tiles = self._tiles[
                row * len(self._tiles) // rows : (row + 1) * len(self._tiles) // rows
            ]
            width = (modules.width + GUTTER_U) / max(1, len(tiles)) - GUTTER_U
            for column, tile in enumerate(tiles):
                left = column * (width + GUTTER_U)
                self.put(tile, QRectF(left, row * (TILE_U + GAP_U), width, TILE_U))
        return rows * (TILE_U + GAP_U)

    def _arrange_wide(self, modules: Modules) -> None:
        top = self._place_tiles(modules, max(1, len(self._tiles)))
        height = modules.height - top
        if self._model.map is None:
            self._place_side(modules.box(0, modules.count, top, height))
            return
        self._place_reading(modules.box(0, 1, top, height))
        span = modules.count / 2 - 1
        self._place_map(modules.box(1, span, top, height))
        self._place_side(modules.box(1 + span, modules.count - 1 - span, top, height))

    def _place_reading(self, box: QRectF) -> None:
        self.put(self._reading, QRectF(box.left(), box.top(), box.width(), READING_U))
        top, foot = box.top() + READING_U + 8, box.bottom() - SWITCH_U
        self.put(self._classes, QRectF(box.left(), top, box.width(), foot - 12 - top))
        self.put(self._switch, QRectF(box.left(), foot, box.width(), SWITCH_U))

    def _place_map(self, box: QRectF) -> None:
        self.put(self._map_rule, QRectF(box.left(), box.top(), box.width(), 2))
        self.put(self.map, box.adjusted(0, 10, 0, 0))

    def _place_side(self, box: QRectF) -> None:
        """What it means, the table, and what happens under it."""
        self.put(self._table_head, QRectF(box.left(), box.top(), box.width(), HEAD_U))
        top = box.top() + HEAD_U
        said = SAID_U * self.theme.type_factor if self._model.said.ko else 0.0
        self.put(self._said, QRectF(box.left(), top + 4, box.width(), said))
        top += said + 4
        told = min(NEWS_SHOWN, len(self._model.news))
        busy = bool(told or self._model.lines)
        happens = HEAD_U + self._happens_u(told) + GAP_U
        foot = box.bottom() - (happens if busy else 0.0)
        self._place_tables(QRectF(box.left(), box.top(), box.width(), foot - box.top()), top)
        if busy:
            under = foot + GAP_U
            self.put(self._happens_head, QRectF(box.left(), under, box.width(), HEAD_U))
            high = box.bottom() - under - HEAD_U
            room = QRectF(box.left(), under + HEAD_U, box.width(), high)
            self.put(self.news if told else self.happens, room)

    def _happens_u(self, told: int) -> float:
        """Room for so many news, or for what happens."""
        unit = self.theme.unit_px
        if told:
            return told * self.news.row_px() / unit + 2
        count = min(self._most, len(self._model.lines))
        rows = count * self.happens.row_px() / unit
        return rows if count > 1 else LINE_U * self.theme.type_factor

    def _place_tables(self, box: QRectF, top: float) -> None:
        """One table under its head and sentence, or two: side by side where it is wide, else one
        under the other."""
        left, foot, width = box.left(), box.bottom(), box.width()
        if self._model.beside is None:
            self.put(self.table, QRectF(left, top, width, foot - top))
            return
        if width >= BESIDE_U:
            half = (width - GUTTER_U) / 2
            right = left + half + GUTTER_U
            self.put(self._table_head, QRectF(left, box.top(), half, HEAD_U))
            self.put(self.table, QRectF(left, top, half, foot - top))
            self.put(self._beside_head, QRectF(right, box.top(), half, HEAD_U))
            self.put(self.beside, QRectF(right, top, half, foot - top))
            return
        middle = top + (foot - top) / 2
        self.put(self.table, QRectF(left, top, width, middle - top - GAP_U))
        self.put(self._beside_head, QRectF(left, middle, width, HEAD_U))
        self.put(self.beside, QRectF(left, middle + HEAD_U, width, foot - middle - HEAD_U))

    def _arrange_upright(self, modules: Modules) -> None:
        top = self._place_tiles(modules, UPRIGHT_TILES)
        room = modules.height - top
        if self._model.map is None:
            self._place_side(modules.box(0, 3, top, room))
            return
        high = room * 0.4
        self._place_reading(modules.box(0, 1, top, high))
        self._place_map(modules.box(1, 2, top, high))
        self._place_side(modules.box(0, 3, top + high + GAP_U, room - high - GAP_U))
