"""What the comparison shows."""

import msgspec

from kiosk.panels.figures import Figure
from kiosk.ui.charts.chart_model import LineChartModel
from kiosk.ui.charts.map_model import Press
from kiosk.wire.text import Text


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the places: its name and why it stands here are the figure's title."""

    area: str
    figure: Figure
    press: Press | None = None


class CompareModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`columns` from the one that the wall is about to the last in order.

    `one_scale`: the small lines are read against one another. `switch` lets the large ones begin
    together, or tell their figures again. `remark` says what a reader must know: why the city has
    no line, or that nothing is there.
    """

    loading: bool = False
    title: Text = Text("", "")
    columns: tuple[Column, ...] = ()
    chart: LineChartModel = LineChartModel()
    chart_title: Text = Text("", "")
    switch: tuple[Text, Press] = (Text("", ""), Press(""))
    one_scale: bool = True
    remark: Text = Text("", "")
    simulated: bool = False
    now_ms: int = 0
