"""Pieces that several panels draw: a section's head, a sentence in place of content."""

from collections.abc import Iterable, Sequence

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.figures import Figure
from kiosk.panels.view import PanelView
from kiosk.ui.charts.map_model import Press
from kiosk.ui.component import Component
from kiosk.ui.components.action import Action
from kiosk.ui.components.figure_tile import FigureTile, FigureTileView
from kiosk.ui.components.sparkline import SparklineView
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

NOTHING = Text("", "")
HEAD_U = 46.0


class SectionView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section's title, and at the right a remark and the mark of simulated values."""

    title: Text
    remark: Text = NOTHING
    simulated: bool = False


class SectionHead(Component):
    """A hairline with a title under it; 46u high."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = SectionView(NOTHING)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_view(self, view: SectionView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def paint(self, canvas: Canvas) -> None:
        theme, view, width = self.theme, self._view, self.area().width()
        canvas.rule(0, width, theme.px(1))
        baseline = theme.px(8) + canvas.line_px("lead") * 0.8
        taken = canvas.text(view.title, 0, baseline, "lead", width=width)
        right = width
        if view.simulated and right - taken > canvas.tag_width():
            right -= canvas.tag(right, baseline, align="right") + theme.px(8)
        room = right - taken - theme.px(20)
        if view.remark.ko and canvas.width(view.remark, "micro") <= room:
            canvas.text(view.remark, right, baseline, "meta", "text.2", align="right", width=room)


class Sentence(Component):
    """A sentence in place of content that is not there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words, self._detail = NOTHING, NOTHING
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_words(self, words: Text, detail: Text = NOTHING) -> None:
        if (words, detail) != (self._words, self._detail):
            self._words, self._detail = words, detail
            self.update()

    def paint(self, canvas: Canvas) -> None:
        width = self.area().width()
        bottom = canvas.paragraph(self._words, 0, 0, width, "lead", "text.1", weight=500)
        canvas.paragraph(self._detail, 0, bottom + self.theme.px(4), width, "body", "text.2")


def action(press: Press | None, label: Text = NOTHING, trigger: str = "") -> Action | None:
    """A press as the component's action."""
    if press is None:
        return None
    return Action(label, press.command, press.args, trigger or press.command)


def tile_view(figure: Figure, theme: Theme, press: Press | None, trigger: str) -> FigureTileView:
    """A figure as a tile: every value with its age, or with the date that it is of."""
    spark = None
    if sum(value is not None for value in figure.trend) > 1:
        spark = SparklineView(figure.trend, threshold=figure.threshold, slots=figure.slots)
    return FigureTileView(
        label=figure.title,
        value=figure.value,
        unit=theme.say(figure.unit),
        measured_ms=figure.t_ms,
        as_of=figure.as_of,
        quality=figure.quality,
        simulated=figure.simulated,
        spark=spark,
        key=figure.key,
        over=figure.severity,
        reason=figure.reason,
        action=action(press, figure.title, trigger),
    )


def indicator_tiles(
    figures: Iterable[Figure], theme: Theme, name: str
) -> tuple[FigureTileView, ...]:
    """Figures as tiles that open their indicator; `name` begins the triggers."""
    return tuple(
        tile_view(
            figure,
            theme,
            Press("indicator.open", {"indicator": figure.indicator}),
            f"{name}.figure.{figure.indicator}",
        )
        for figure in figures
    )


def show_tiles(panel: PanelView, tiles: list[FigureTile], views: Sequence[FigureTileView]) -> None:
    """Fills the panel's tiles; makes those that are missing and lets go of those too many."""
    panel.drop(tiles[len(views) :])
    del tiles[len(views) :]
    for tile, view in zip(tiles, views, strict=False):
        tile.set_view(view)
    for view in views[len(tiles) :]:
        tiles.append(panel.add(FigureTile(panel.theme, view)))
