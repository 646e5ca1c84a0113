"""Gallery: every component in every state, drawn into pictures to look at and to test.

`python -m kiosk.ui.gallery FOLDER [WIDTH HEIGHT]` writes contact sheets and whole walls as PNG.
All its figures are samples and carry the mark of a simulated value.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.ui.component import Component
from kiosk.ui.gallery_cases import CASES, NOW_MS, Case
from kiosk.ui.gallery_walls import WALLS
from kiosk.ui.paint import Canvas, Mark
from kiosk.ui.shell import Shell
from kiosk.ui.theme import Theme, ThemeName, make_theme

THEMES: tuple[ThemeName, ...] = ("dark", "light", "high_contrast")


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


def main(argv: list[str]) -> int:
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    width_px, height_px = (int(argv[1]), int(argv[2])) if len(argv) > 2 else (1920, 1080)
    app = QApplication.instance() or QApplication(["gallery"])
    for name in THEMES:
        theme = make_theme(width_px, height_px, name)
        for i, image in enumerate(contact_sheets(theme, width_px, height_px)):
            image.save(str(folder / f"components-{name}-{i}-{width_px}.png"))
        for wall, build in WALLS.items():
            image = draw_wall(build, theme, width_px, height_px)
            image.save(str(folder / f"wall-{wall}-{name}-{width_px}.png"))
    app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
