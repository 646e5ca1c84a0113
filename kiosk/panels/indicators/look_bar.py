"""The row of what can be chosen of the line; opened and closed by a button at its head."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from kiosk.panels.indicators.model import Looking
from kiosk.panels.indicators.people import Choice
from kiosk.panels.parts import HEAD_U
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button
from kiosk.ui.components.cell_grid import Cell, CellGrid
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.panels.indicators.view import IndicatorsView

BUTTON_U = 128.0
ROW_U = 48.0
GAP_U = 10.0
TIMES_SHARE = 0.4
MOST_U = 1560.0
OPEN = Action(Text("표시", "Mark"), "", {}, "indicator.look")
CLOSE = Action(Text("닫기", "Close"), "", {}, "indicator.look")


class LookBar:
    """Open from one press of its button to the next. `height_u` is 0 while it is closed."""

    def __init__(self, view: "IndicatorsView") -> None:
        self._view = view
        self._looking = Looking()
        self._opened = False
        self._button = view.add(Button(view.theme, OPEN, "secondary"))
        self._toggles = view.add(CellGrid(view.theme, 1))
        self._times = view.add(Segmented(view.theme, SegmentedView(())))
        self._button.submitted.connect(self._pressed)

    def set_looking(self, looking: Looking | None) -> None:
        """None: there is no line."""
        self._looking = looking or Looking()
        if looking is None:
            self._opened = False
        self._toggles.set_columns(max(1, len(self._looking.toggles)))
        self._toggles.set_cells(
            tuple(Cell(_action(toggle.choice), toggle.chosen) for toggle in self._looking.toggles)
        )
        times = tuple(_action(choice) for choice in self._looking.times)
        self._times.set_view(SegmentedView(times, self._looking.time))

    @property
    def offered(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self._looking.toggles or self._looking.times)

    @property
    def opened(self) -> bool:
        return self._opened and self.offered

    def show_parts(self) -> None:
        self._button.setVisible(self.offered)
        self._button.set_action(CLOSE if self.opened else OPEN)
        self._toggles.setVisible(self.opened and bool(self._looking.toggles))
        self._times.setVisible(self.opened and bool(self._looking.times))

    def _pressed(self) -> None:
        self._opened = not self._opened
        self._view.look_bar_turned()

    # ---- places

    @property
    def head_u(self) -> float:
        """What the button takes of the head of the chart."""
        return BUTTON_U + GAP_U if self.offered else 0.0

    def put_button(self, head: QRectF) -> None:
        """At the right end of the head's line."""
        box = QRectF(head.right() - BUTTON_U, head.top() + 5, BUTTON_U, HEAD_U)
        self._view.put(self._button, box)

    def put_rows(self, box: QRectF, upright: bool) -> float:
        """From the top of this box on, in one row or, upright, in two; returns their height."""
        both = bool(self._looking.toggles and self._looking.times)
        toggles = QRectF(box.left(), box.top(), min(box.width(), MOST_U), ROW_U)
        times = QRectF(toggles)
        if both and upright:
            times.moveTop(toggles.bottom() + GAP_U)
        elif both:
            times.setLeft(toggles.right() - toggles.width() * TIMES_SHARE + GAP_U)
            toggles.setRight(times.left() - 2 * GAP_U)
        self._view.put(self._toggles, toggles)
        self._view.put(self._times, times)
        return times.bottom() - box.top()


def _action(choice: Choice) -> Action:
    return Action(choice.label, choice.command, dict(choice.args), choice.trigger)
