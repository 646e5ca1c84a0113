"""Rows read for their names only."""

import msgspec


class PlaceName(msgspec.Struct, frozen=True):
    """What a place is called and where it stands (None: nobody said), of all that its row has."""

    id: str
    kind: str
    name: str
    district: str = ""
    lat: float | None = None
    lon: float | None = None
