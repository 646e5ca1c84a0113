"""From view models to the blocks that tablets draw. No Qt."""

from kiosk.panels.districts import Reading, age_of
from kiosk.panels.figures import Figure
from kiosk.panels.tiles import tiles
from kiosk.ui.ages import aged
from kiosk.ui.charts.map_model import OTHER_SIDE, RAMP, DistrictShape, MapModel, Press
from kiosk.wire.projection import Area, FigureBlock, MapBlock
from kiosk.wire.text import Text

STEPS = {color: step for step, color in enumerate((*RAMP, OTHER_SIDE))}


def figure_block(figure: Figure, now_ms: int, press: Press | None) -> FigureBlock:
    """A figure; what it stands for when there is none is its age's place."""
    age = figure.as_of or aged(figure.t_ms, now_ms, figure.quality)
    return FigureBlock(
        label=figure.title,
        value=figure.value or "—",
        unit=figure.unit,
        age=figure.reason if figure.quality == "absent" else age,
        quality=figure.quality,
        simulated=figure.simulated,
        series=tuple(value for value in figure.trend if value is not None),
        command=press.command if press else "",
        args=dict(press.args) if press else {},
    )


def map_block(reading: Reading, model: MapModel, now_ms: int) -> MapBlock:
    """The map as a list of districts, or of the neighbourhoods of one where they have figures,
    under what it shows and how old that is."""
    told = [text for text in (reading.title, age_of(reading, now_ms)) if text.ko]
    title = Text(", ".join(t.ko for t in told), ", ".join(t.en for t in told))
    fills = {fill.district: fill for fill in (*model.fills, *model.part_fills)}
    parts = model.geometry.parts_of(model.opened) if model.part_fills else ()
    areas, shapes = [], parts or model.geometry.districts
    places = tiles([_middle(shape) for shape in shapes])
    for shape, (column, row) in zip(shapes, places, strict=True):
        fill = fills.get(shape.code)
        grade = model.grades[fill.grade] if fill and fill.grade is not None else None
        words = grade.label if grade else Text("", "")
        areas.append(
            Area(
                code=shape.code,
                name=shape.name,
                value=Text(fill.value, fill.value) if fill and fill.value else words,
                step=STEPS.get(grade.color) if grade else None,
                selected=shape.code in (model.selected, model.part),
                column=column,
                row=row,
                part=bool(parts),
            )
        )
    return MapBlock(title, tuple(areas), model.simulated)


def _middle(shape: DistrictShape) -> tuple[float, float]:
    return shape.label_points[0] if shape.label_points else (0.0, 0.0)
