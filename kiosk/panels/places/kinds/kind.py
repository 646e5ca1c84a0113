"""What the panel of places asks about a kind of place. No Qt."""

from collections.abc import Callable, Sequence

import msgspec

from kiosk.panels.outline.model import Amount
from kiosk.ui.charts.map_model import DotShape, Press
from kiosk.wire.city import Place
from kiosk.wire.text import Text

NOTHING = Text("", "")
UNKNOWN = Text("자료 없음", "no data")
Facts = tuple[tuple[Text, Text], ...]


class Told(msgspec.Struct, frozen=True):
    """How a place is: what its dot looks like, its figure in the list, a share of 0..1 that is
    drawn as a bar, and in words. `rank` orders the list, the lowest first. `figures` and `facts`
    are told when it is opened."""

    shape: DotShape = "full"
    amount: Amount | None = None
    share: float | None = None
    words: Text = NOTHING
    rank: float = 0.0
    figures: tuple[Amount, ...] = ()
    facts: Facts = ()


class PlaceKind(msgspec.Struct, frozen=True):
    """`word` narrows the panel to it, `kind` is that of the rows, `counted` how many of them are
    said. `many`: there may be tens of thousands, so that the whole city is only counted, and none
    is found by its name. `opens`: one can be opened. `period_s` is how often its system speaks (0:
    it does not, the list has a date). `tell` says how a place is at a moment, `sum_up` several of
    them in words. `areas`: there is one for each neighbourhood. `legend` says what the
    shapes of the dots are.
    """

    word: str
    kind: str
    title: Text
    counted: Callable[[int], Text]
    tell: Callable[[Place, int], Told]
    sum_up: Callable[[Sequence[Told]], Text] = lambda told: NOTHING
    period_s: int = 0
    many: bool = False
    opens: bool = True
    areas: bool = False
    indicator: Press | None = None
    legend: Text = NOTHING


def number(place: Place, reading: str) -> float | None:
    """A reading, or else an attribute of the place, as a number."""
    value = place.readings.get(reading, place.attributes.get(reading))
    return float(value) if isinstance(value, int | float) else None


def words(place: Place, attribute: str) -> str:
    """An attribute as words, "" where it is not known."""
    value = place.attributes.get(attribute)
    return "" if value is None else str(value)


def plain(value: float) -> Text:
    said = f"{value:,.1f}".removesuffix(".0")
    return Text(said, said)
