"""From view models to the blocks that tablets draw. No Qt."""

from kiosk.panels.figures import Figure
from kiosk.ui.ages import aged
from kiosk.ui.charts.map_model import MapModel, Press
from kiosk.wire.projection import Area, FigureBlock, MapBlock
from kiosk.wire.text import Text


def figure_block(figure: Figure, now_ms: int, press: Press | None) -> FigureBlock:
    """A figure; what it stands for when there is none is its age's place."""
    age = figure.as_of or aged(figure.t_ms, now_ms, figure.quality)
    return FigureBlock(
        label=figure.title,
        value=figure.value or "—",
        unit=figure.unit.ko,
        age=figure.reason if figure.quality == "absent" else age,
        quality=figure.quality,
        simulated=figure.simulated,
        series=tuple(value for value in figure.trend if value is not None),
        command=press.command if press else "",
        args=dict(press.args) if press else {},
    )


def map_block(title: Text, model: MapModel) -> MapBlock:
    """The map as a list of districts; `step` 0 is the lightest class on a dark ground."""
    fills = {fill.district: fill for fill in model.fills}
    areas = []
    for shape in model.geometry.districts:
        fill = fills.get(shape.code)
        grade = fill.grade if fill else None
        words = model.grades[grade].label.ko if grade is not None else ""
        areas.append(
            Area(
                code=shape.code,
                name=shape.name,
                value=(fill.value if fill and fill.value else words),
                step=grade,
                selected=shape.code == model.selected,
            )
        )
    return MapBlock(title, tuple(areas), model.simulated)
