"""Writes the gallery into a folder."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.ui.gallery.draw import contact_sheets, draw_wall
from kiosk.ui.gallery.walls import WALLS
from kiosk.ui.theme import ThemeName, make_theme

THEMES: tuple[ThemeName, ...] = ("dark", "light", "high_contrast")


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
