"""Whole walls for the gallery: the shell with sample content in each of its conditions."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kiosk.ui.components.figure_tile import FigureTile
from kiosk.ui.components.issue_row import IssueRow
from kiosk.ui.gallery.content_samples import ISSUES, TILES
from kiosk.ui.gallery.cover_samples import CHOICE, CONFIRM, DIM, LOCK, TOASTS
from kiosk.ui.gallery.frame_samples import DOCK, TOP, gesture_views, voice_views
from kiosk.ui.pointer import PointerView
from kiosk.ui.shell import Shell


class SamplePanel(QWidget):
    """Tiles over issue rows, placed by modules."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme, grid = shell.theme, shell.bands.grid
        names = ("simulated", "late", "over", "absent", "percent", "stale")
        for i, name in enumerate(names):
            tile = FigureTile(theme, TILES[name], self)
            column, row = i % grid.modules, i // grid.modules
            x, width = grid.span(column)
            tile.setGeometry(x, row * theme.px(204), width, theme.px(180))
        top = theme.px(204) * (-(-len(names) // grid.modules))
        x, width = grid.span(grid.modules - min(3, grid.modules), min(3, grid.modules))
        for i, issue in enumerate(ISSUES):
            row_px = theme.px(82)
            IssueRow(theme, issue, self).setGeometry(x, top + i * row_px, width, row_px)


def home(shell: Shell) -> None:
    shell.set_top_bar(TOP)
    shell.set_dock(DOCK)
    shell.set_gesture(gesture_views()["engaged"])
    shell.set_voice(voice_views()["listening"])
    shell.set_panel(SamplePanel(shell))


def first_frame(shell: Shell) -> None:
    shell.set_top_bar(TOP)
    shell.set_dock(DOCK)


def asked(shell: Shell) -> None:
    home(shell)
    shell.ask(CONFIRM)


def chosen(shell: Shell) -> None:
    home(shell)
    shell.choose(CHOICE)
    shell.set_voice(voice_views()["choice"])


def refused(shell: Shell) -> None:
    home(shell)
    shell.show_toast(TOASTS["refused"])
    shell.set_voice(voice_views()["refused"])
    shell.set_gesture(gesture_views()["refused"])


def pointed(shell: Shell) -> None:
    home(shell)
    shell.show_toast(TOASTS["done"])
    hit = shell.find_target("panel.open")
    assert hit is not None
    middle = hit.rect.center()
    shell.set_pointer(PointerView(middle.x() / shell.width(), middle.y() / shell.height(), 0.6))


def locked(shell: Shell) -> None:
    home(shell)
    shell.lock(LOCK)


def dimmed(shell: Shell) -> None:
    home(shell)
    shell.dim(DIM)


WALLS: dict[str, Callable[[Shell], None]] = {
    "home": home,
    "first": first_frame,
    "confirm": asked,
    "choice": chosen,
    "refused": refused,
    "pointer": pointed,
    "lock": locked,
    "dim": dimmed,
}
