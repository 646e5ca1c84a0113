"""How the figures of a panel are looked at: part of the place, so that back brings it again."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from kiosk.wire.text import Text

Mark = Literal["highest", "lowest", "mean", "trend", "before"]
Split = Literal["", "sex", "age"]
Order = Literal["value", "reverse", "name", "change"]


class ChartLook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of the line of an indicator.

    `marks` are drawn into it. `time` is what is shown of it ("": all), `at` the time whose value
    is told (see kiosk.core.times). `as_table`: in rows. `split` draws the people that the figures
    are about apart.
    """

    marks: tuple[Mark, ...] = ()
    time: str = ""
    at: str = ""
    as_table: bool = False
    split: Split = ""


class AreasLook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of districts beside one another.

    `only` are the codes of those that are compared; (): the ends of the order. `order` is that of
    a ranking ("value": the best first), `most` how many it shows: 0 all, below 0 so many from its
    end. `indexed`: lines begin together at 100.
    """

    only: tuple[str, ...] = ()
    order: Order = "value"
    most: int = 0
    indexed: bool = False


class MapLook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of the map on the first screen.

    `hidden` are layers of its own that are not drawn, `places` kinds of places that are. `past`:
    only districts past a threshold keep their colour.
    """

    hidden: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    past: bool = False

    def shows(self, layer: str) -> bool:
        """Whether a layer of MAP_LAYERS or MAP_PLACES is drawn."""
        return layer in self.places if layer in MAP_PLACES else layer not in self.hidden


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page, from 0, that the list on the wall was last turned to, and how often one was."""

    page: int = 0
    count: int = 0


MAP_LAYERS = {
    "names": Text("이름", "names"),
    "borders": Text("경계", "borders"),
    "issues": Text("현안", "issues"),
    "colours": Text("색", "colours"),
}
"""What the map draws by itself, until it is hidden."""
MAP_PLACES = {
    "hospitals": Text("응급 의료 기관", "emergency hospitals"),
    "fire_stations": Text("119안전센터", "fire stations"),
    "police": Text("경찰서", "police stations"),
    "stations": Text("지하철역", "subway stations"),
    "parking": Text("주차장", "car parks"),
    "centres": Text("주민센터", "community centres"),
    "events": Text("행사", "events"),
}
"""Places that it draws when they are asked for."""
EVERY_LAYER: Mapping[str, Text] = {**MAP_LAYERS, **MAP_PLACES}
