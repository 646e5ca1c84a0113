"""What is decided about who may see what, on its way from the wall to the ledger."""

from typing import Literal, get_args

import msgspec

from kiosk.wire.city import Disclosure as Level
from kiosk.wire.text import Text

LEVELS: tuple[Level, ...] = ("public", "internal", "restricted")
"""From the widest circle to the narrowest: everybody, city hall, the mayor."""
Sort = Literal["panels", "indicators", "sources", "items", "places", "fields"]
SORTS: tuple[Sort, ...] = get_args(Sort)


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision that was made at the wall: about what, and what it is from then on. `by`: whose
    tablet it came from, "" at the wall itself. `before` is what held until then."""

    id: str
    t_ms: int
    sort: Sort
    thing: str
    level: Level
    reason: Text
    by: str = ""
    before: Level = "internal"
