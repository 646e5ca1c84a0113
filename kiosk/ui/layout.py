"""Where things stand: one layout class per aspect of the wall, in modules and bands.

All positions are computed in u and square pixels; x lengths are then divided by the pixel aspect.
"""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QRect

from kiosk.ui.theme import Theme

TABS_U = 50.0
TABS_GAP_U = 14.0
CONTENT_GAP_U = 26.0


@dataclass(frozen=True)
class ModuleGrid:
    """Columns of the content band, in widget pixels from its left edge."""

    modules: int
    module_px: float
    gutter_px: float
    rows_are_tall: bool
    """Whether the wall stands upright: panels then put figures in rows of three."""

    def span(self, first: int, count: int = 1) -> tuple[int, int]:
        """x and width of `count` modules from the module `first` (from 0)."""
        step = self.module_px + self.gutter_px
        left, right = first * step, (first + count) * step - self.gutter_px
        return round(left), round(right) - round(left)


@dataclass(frozen=True)
class Bands:
    """The parts of the wall in widget pixels. `tabs` is empty where none are shown."""

    top: QRect
    content: QRect
    tabs: QRect
    dock: QRect
    gesture: QRect
    voice: QRect
    grid: ModuleGrid


class Layout:
    """Bands of a landscape wall; the aspects differ in the number of modules."""

    name: ClassVar[str] = "16:9"
    modules: ClassVar[int] = 6

    def __init__(self, theme: Theme, width_px: int, height_px: int) -> None:
        self._theme = theme
        self._width, self._height = width_px, height_px
        aspect = theme.pixel_aspect
        self._width_u = width_px * aspect / theme.unit_px
        self._height_u = height_px / theme.unit_px

    def bands(self, *, tabs: bool = False) -> Bands:
        """Tabs stand over the dock, where hands are, and take their height from the content."""
        margin, gutter = self._theme.tokens.margin_u, self._theme.tokens.gutter_u
        module = self._module_u()
        inner = self._width_u - 2 * margin
        dock_top = self._height_u - 110
        dock_left = margin + module + gutter
        dock_width = inner - 2 * (module + gutter)
        return Bands(
            top=self._rect(margin, 24, inner, 60),
            content=self._rect(margin, 102, inner, self._content_u(dock_top, tabs)),
            tabs=self._tabs(margin, dock_top, inner, tabs),
            dock=self._rect(dock_left, dock_top, dock_width, 84),
            gesture=self._rect(margin, dock_top, module, 84),
            voice=self._rect(self._width_u - margin - module, dock_top, module, 84),
            grid=self._grid(),
        )

    def _content_u(self, bottom: float, tabs: bool) -> float:
        """Height of the content over what stands at `bottom`."""
        return bottom - CONTENT_GAP_U - 102 - (self._tabs_u() + TABS_GAP_U if tabs else 0)

    def _tabs(self, margin: float, bottom: float, inner: float, tabs: bool) -> QRect:
        high = self._tabs_u()
        top = bottom - TABS_GAP_U - high
        return self._rect(margin, top, inner, high) if tabs else QRect()

    def _tabs_u(self) -> float:
        """On a small wall a finger needs more of it."""
        return max(TABS_U, (self._theme.touch_min_px() + 1) / self._theme.unit_px)

    def _module_u(self) -> float:
        tokens = self._theme.tokens
        gutters = tokens.gutter_u * (self.modules - 1)
        return (self._width_u - 2 * tokens.margin_u - gutters) / self.modules

    def _grid(self) -> ModuleGrid:
        scale = self._theme.unit_px / self._theme.pixel_aspect
        gutter = self._theme.tokens.gutter_u * scale
        upright = self._height_u > self._width_u
        return ModuleGrid(self.modules, self._module_u() * scale, gutter, upright)

    def _rect(self, x: float, y: float, width: float, height: float) -> QRect:
        down = self._theme.unit_px
        across = down / self._theme.pixel_aspect
        left, right = round(x * across), round((x + width) * across)
        top, bottom = round(y * down), round((y + height) * down)
        return QRect(left, top, right - left, bottom - top)


class WallLayout(Layout):
    """The 3.6 x 1.7 m wall, 2.12:1."""

    name = "wall-2.12:1"
    modules = 7


class PortraitLayout(Layout):
    """The upright board, 9:16: the HUDs stand above the dock."""

    name = "portrait-9:16"
    modules = 3

    def bands(self, *, tabs: bool = False) -> Bands:
        margin, gutter = self._theme.tokens.margin_u, self._theme.tokens.gutter_u
        inner = self._width_u - 2 * margin
        half = (inner - gutter) / 2
        dock_top = self._height_u - 110
        hud_top = dock_top - 84 - gutter
        return Bands(
            top=self._rect(margin, 24, inner, 60),
            content=self._rect(margin, 102, inner, self._content_u(hud_top, tabs)),
            tabs=self._tabs(margin, hud_top, inner, tabs),
            dock=self._rect(margin, dock_top, inner, 84),
            gesture=self._rect(margin, hud_top, half, 84),
            voice=self._rect(margin + half + gutter, hud_top, half, 84),
            grid=self._grid(),
        )


def layout_for(theme: Theme, width_px: int, height_px: int) -> Layout:
    """The layout of a wall of this many pixels: upright, wide (from 1.95:1) or 16:9."""
    share = width_px * theme.pixel_aspect / max(1, height_px)
    if share < 1.0:
        return PortraitLayout(theme, width_px, height_px)
    wide = share >= 1.95
    return (WallLayout if wide else Layout)(theme, width_px, height_px)
