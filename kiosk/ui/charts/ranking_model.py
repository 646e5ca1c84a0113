"""Districts in the order of a figure, as plain records. No Qt."""

import msgspec

from kiosk.ui.charts.map_model import Press
from kiosk.wire.text import Text


class RankedDistrict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A district with its rank (None without a value) and its value, printed and as a number."""

    district: str
    name: Text
    rank: int | None
    value: float | None
    printed: str
    selected: bool = False
    press: Press | None = None


class RankingModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Best first, those without a value last; `city` is drawn as an upright rule."""

    rows: tuple[RankedDistrict, ...] = ()
    city: float | None = None
