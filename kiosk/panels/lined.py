"""What shows lines of one kind: drawn again when they are others."""

from typing import Generic, TypeVar

from kiosk.ui.component import Component

L = TypeVar("L")


class Lined(Component, Generic[L]):
    """Stands first among the bases of a list: `class OrderTable(Lined[OrderLine], PagedRows)`."""

    _lines: tuple[L, ...] = ()

    def set_lines(self, lines: tuple[L, ...]) -> None:
        if lines != self._lines:
            self._lines = lines
            self.update()

    def count(self) -> int:
        return len(self._lines)
