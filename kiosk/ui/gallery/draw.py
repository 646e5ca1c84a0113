"""Draws components, contact sheets and whole walls into pictures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.gallery.cases import CASES, Case
from kiosk.ui.gallery.content_samples import NOW_MS
from kiosk.ui.paint import Canvas, Mark
from kiosk.ui.shell import Shell
from kiosk.ui.theme import Theme


@dataclass(frozen=True)
class Picture:
    """A drawn component: pixels, and the text in it as it was written."""

    name: str
    image: QImage
    marks: tuple[Mark, ...]
    area: QRectF


def draw_case(case: Case, theme: Theme) -> Picture:
    """Draws one case at its size on the theme's background."""
    component = case.make(theme)
    component.resize(theme.px(case.width_u), theme.px(case.height_u))
    component.set_now(NOW_MS)
    for told in component.findChildren(Component):
        told.set_now(NOW_MS)
    image = QImage(component.size(), QImage.Format.Format_RGB32)
    image.fill(theme.color("background"))
    marks: list[Mark] = []
    painter = QPainter(image)
    component.paint_on(painter, marks)
    painter.end()
    picture = Picture(case.name, image, tuple(marks), component.area())
    component.deleteLater()
    return picture


def draw_widget(widget: QWidget) -> QImage:
    """A picture of a widget and its children."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    widget.render(image, QPoint(0, 0))
    return image


def contact_sheets(theme: Theme, width_px: int, height_px: int) -> Iterator[QImage]:
    """All cases with their names, as many to a picture as fit."""
    margin, gap = theme.px(24), theme.px(20)
    label = theme.px(24)
    image, painter = _blank(theme, width_px, height_px)
    x, y, row = margin, margin, 0
    for case in CASES:
        picture = draw_case(case, theme).image
        if x + picture.width() + margin > width_px:
            x, y, row = margin, y + row + gap, 0
        if y + picture.height() + label + margin > height_px:
            painter.end()
            yield image
            image, painter = _blank(theme, width_px, height_px)
            x, y, row = margin, margin, 0
        Canvas(painter, theme).text(case.name, x, y + label * 0.6, "micro", "text.3")
        painter.drawImage(x, y + label, picture)
        x += picture.width() + gap
        row = max(row, picture.height() + label)
    painter.end()
    yield image


def _blank(theme: Theme, width_px: int, height_px: int) -> tuple[QImage, QPainter]:
    image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
    image.fill(theme.color("background"))
    return image, QPainter(image)


def draw_wall(
    build: Callable[[Shell], None], theme: Theme, width_px: int, height_px: int
) -> QImage:
    """A whole wall as `build` fills it."""
    shell = Shell(theme, lambda *_: None)
    shell.resize(width_px, height_px)
    shell.tick(NOW_MS)
    build(shell)
    shell.tick(NOW_MS)
    image = draw_widget(shell)
    shell.deleteLater()
    return image
