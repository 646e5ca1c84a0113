"""What the map shows besides its colours, chosen by finger; stands where the map's legend is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from kiosk.panels.home.model import Choice, HomeModel
from kiosk.panels.parts import HEAD_U, SectionHead, SectionView
from kiosk.ui.components.action import Action
from kiosk.ui.components.cell_grid import Cell, CellGrid
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.panels.home.view import HomeView

COLUMNS = 2
FOOT_U = 52.0
GAP_U = 8.0
TITLE = Text("지도에 보이는 것", "On the map")
OPEN = Action(Text("지도 표시", "Layers"), "", {}, "home.layers", "map")
CLOSE = Action(Text("닫기", "Close"), "", {}, "home.layers.close")


class LayerDrawer:
    """Open from the press of OPEN until CLOSE, or until the panel goes."""

    def __init__(self, view: "HomeView") -> None:
        self._view = view
        self._head = view.add(SectionHead(view.theme))
        self._head.set_view(SectionView(TITLE))
        self._layers = view.add(CellGrid(view.theme, COLUMNS))
        self._foot = view.add(CellGrid(view.theme, 1))
        self.set_visible(False)

    def set_model(self, model: HomeModel) -> None:
        self._layers.set_cells(
            tuple(Cell(_action(c, str(c.press.args["layer"])), c.chosen) for c in model.layers)
        )
        turns = [Cell(_action(c, c.press.command), c.chosen) for c in model.turns]
        self._foot.set_columns(len(turns) + 1)
        self._foot.set_cells((*turns, Cell(CLOSE)))

    def set_visible(self, shown: bool) -> None:
        for piece in (self._head, self._layers, self._foot):
            piece.setVisible(shown)

    def arrange(self, box: QRectF) -> None:
        foot = box.bottom() - FOOT_U
        top = box.top() + HEAD_U
        self._view.put(self._head, QRectF(box.left(), box.top(), box.width(), HEAD_U))
        self._view.put(self._layers, QRectF(box.left(), top, box.width(), foot - GAP_U - top))
        self._view.put(self._foot, QRectF(box.left(), foot, box.width(), FOOT_U))


def _action(choice: Choice, name: str) -> Action:
    press = choice.press
    return Action(choice.label, press.command, press.args, f"home.layer.{name}")
