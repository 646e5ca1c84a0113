"""What the indicators panel shows: the board, or one indicator in full."""

import msgspec

from kiosk.panels.districts import Reading
from kiosk.panels.figures import Figure
from kiosk.panels.indicators.people import Choice, Choices
from kiosk.ui.charts.chart_model import LineChartModel
from kiosk.ui.charts.map_model import MapModel, Press
from kiosk.ui.charts.ranking_model import RankingModel
from kiosk.wire.text import Text


class BoardTile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tile of the board; `theme` is worded on the first tile of each theme."""

    figure: Figure
    theme: Text
    first: bool
    press: Press


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line under the figure: "작년보다   +0.7"."""

    label: Text
    value: Text


class FigureRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point of the line as a row: when, how much, and the change from the one before."""

    when: Text
    value: str
    moved: str = ""
    provisional: bool = False


class Toggle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A press, and whether what it asks for holds; a press then takes it back."""

    choice: Choice
    chosen: bool


class Looking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`time` is the place of the one of `times` that is shown, from 0; -1: another one was asked
    for. Both are empty where the line has too few figures."""

    toggles: tuple[Toggle, ...] = ()
    times: tuple[Choice, ...] = ()
    time: int = 0


class Detail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One indicator in full. `about` are (label, words) pairs: source, licence, owner, method.

    `rows`, or the people of `groups`, take the place of the line where there are any.
    """

    title: Text
    theme: Text
    place: str
    figure: Figure
    decimals: int
    chart: LineChartModel
    chart_title: Text
    facts: tuple[Fact, ...] = ()
    ranking: RankingModel = RankingModel()
    ranking_title: Text = Text("", "")
    ranking_remark: Text = Text("", "")
    reading: Reading | None = None
    map: MapModel | None = None
    map_title: Text = Text("", "")
    about: tuple[tuple[Text, Text], ...] = ()
    area: Text = Text("", "")
    choices: Choices = Choices()
    looking: Looking = Looking()
    rows: tuple[FigureRow, ...] = ()
    groups: RankingModel = RankingModel()


class Narrowing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that the board can be narrowed to, and whether it is."""

    label: Text
    command: str
    chosen: bool


class IndicatorsModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`detail` None is the board; `none_of` is a goal, or a narrowing, that no indicator serves.
    `small`: all tiles at once."""

    loading: bool = False
    none_of: Text | None = None
    narrowed: tuple[Narrowing, ...] = ()
    small: bool = False
    tiles: tuple[BoardTile, ...] = ()
    detail: Detail | None = None
    now_ms: int = 0
