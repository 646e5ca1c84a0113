"""A choice among many in a grid of buttons. Choosing is the panel's own matter."""

from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.cell_grid import Cell, CellGrid
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text


class Picker(CellGrid):
    """`value` is what is chosen, empty at first; `name` begins the triggers."""

    def __init__(
        self, theme: Theme, name: str, columns: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, columns, parent)
        self._name = name
        self._choices: tuple[tuple[str, Text], ...] = ()
        self.value = ""

    def set_choices(self, choices: tuple[tuple[str, Text], ...], value: str) -> None:
        """Other choices (value and words), and what is chosen of them."""
        self._choices = choices
        self.choose(value)

    def choose(self, value: str) -> None:
        self.value = value
        self.set_cells(
            tuple(
                Cell(Action(words, "", {}, f"{self._name}.{one or 'none'}"), one == value)
                for one, words in self._choices
            )
        )

    def activate(self, target: Target) -> None:
        triggers = [t.trigger for t in self.targets()]
        self.choose(self._choices[triggers.index(target.trigger)][0])
        super().activate(target)
