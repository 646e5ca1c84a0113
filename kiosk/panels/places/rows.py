"""What the panel of places reads from the cache."""

import msgspec

from kiosk.ui.charts.map_model import MapGeometry
from kiosk.wire.city import District, Neighbourhood, Place, Source


class PlacesData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`rows` are those of `district`, or of the city where there are not too many; `counts` are of
    every district ("" not known), where the whole city is looked at."""

    word: str
    district: str | None
    counts: dict[str, int]
    rows: tuple[Place, ...]
    simulated: bool
    districts: tuple[District, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    geometry: MapGeometry | None
    sources: tuple[Source, ...]
