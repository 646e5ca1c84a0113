"""What home shows."""

import msgspec

from kiosk.panels.districts import Reading
from kiosk.panels.figures import Figure
from kiosk.panels.home.issues import Issue
from kiosk.ui.charts.camera_model import CameraTileModel
from kiosk.ui.charts.chart_model import LineChartModel
from kiosk.ui.charts.map_model import MapModel, Press
from kiosk.wire.text import Text


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the indicators that the map can be coloured by, or of what it can show besides."""

    label: Text
    press: Press
    chosen: bool


class HomeModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The view model. Of `cameras` the strip shows as many as it has room for.

    `loading` holds until the first rows have come. `layers` are shown or hidden by a press, and
    `turns` change the whole map. `trend` is the city's line of what colours the
    map; it stands where few issues leave room.
    """

    loading: bool = False
    figures: tuple[Figure, ...] = ()
    reading: Reading | None = None
    choices: tuple[Choice, ...] = ()
    layers: tuple[Choice, ...] = ()
    turns: tuple[Choice, ...] = ()
    map: MapModel | None = None
    trend: LineChartModel = LineChartModel()
    trend_title: Text = Text("", "")
    trend_press: Press | None = None
    issues: tuple[Issue, ...] = ()
    issue_count: int = 0
    checked_ms: int | None = None
    cameras: tuple[CameraTileModel, ...] = ()
    camera_count: int = 0
    now_ms: int = 0
