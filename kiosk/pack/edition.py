"""An edition for one district: what the city's backend tells, as that district's own wall keeps it.

The district becomes the whole and its neighbourhoods what it is made of, so that no panel and no
command has to know that there is more of the city. What lies in another district does not get
into the cache. What names a place lies in the neighbourhood whose centre is nearest, which is how
neighbourhoods without boundaries are drawn, too.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from kiosk.pack.loading import DISTRICTS, centres_of, load_here, pack_folder, table_of
from kiosk.settings import Settings
from kiosk.wire import city
from kiosk.wire.city import CITY_AREA, Change, ChangesPage, Row

COUNTED_KEYS = ("observations", "latest")
Centre = tuple[str, float, float]


class Edition:
    """Of a district, by its code. `parts` are code, latitude and longitude of its neighbourhoods,
    `cameras` the ids of those that stand in it, `judged` indicators that have a scale: what that
    calls bad is bad in a district, too. Other thresholds and goals are the whole city's. `others`
    are the codes of the other districts: a source of one of those has its code at the end."""

    def __init__(
        self,
        district: str,
        parts: Sequence[Centre],
        cameras: frozenset[str] = frozenset(),
        judged: frozenset[str] = frozenset(),
        others: frozenset[str] = frozenset(),
    ) -> None:
        self._others = others
        self._judged = judged
        self.district = district
        self._parts = parts
        self._cameras = cameras

    def page(self, told: ChangesPage) -> ChangesPage:
        """The same page with what concerns the district; its revision stays."""
        rows = tuple(filter(None, (self.change(change) for change in told.rows)))
        return msgspec.structs.replace(told, rows=rows)

    def change(self, told: Change) -> Change | None:
        """A change as the district's; None when it is none of its own."""
        if told.row is None:
            return self._gone(told)
        row = self.row(told.row)
        return None if row is None else msgspec.structs.replace(told, row=row)

    def row(self, row: Row) -> Row | None:
        match row:
            case city.District():
                return None
            case city.Neighbourhood():
                return self._part(row) if row.district == self.district else None
            case city.Indicator():
                return self._indicator(row) if row.areas == "districts" else None
            case city.Observation():
                return self._figure(row)
            case city.Latest(observation=told):
                own = self._figure(told)
                return None if own is None else city.Latest(own)
            case city.Camera() | city.Complaint() | city.Place():
                return self._placed(row) if row.district == self.district else None
            case city.Incident():
                return self._incident(row)
            case city.Source():
                return None if row.id.rpartition("-")[2] in self._others else row
            case city.Item():
                kept = row.districts == () or self.district in row.districts
                return msgspec.structs.replace(row, districts=()) if kept else None
            case _:
                return row

    def nearest(self, lat: float | None, lon: float | None) -> str:
        """The neighbourhood that a point lies in; "" where there is no point."""
        if lat is None or lon is None or not self._parts:
            return ""
        return min(self._parts, key=lambda p: (p[1] - lat) ** 2 + (p[2] - lon) ** 2)[0]

    def _gone(self, told: Change) -> Change | None:
        if told.table == "neighbourhoods" and told.key.startswith(self.district):
            return msgspec.structs.replace(told, table="districts")
        if told.table not in COUNTED_KEYS:
            return None if told.table in ("districts", "neighbourhoods") else told
        indicator, area, *rest = told.key.split("/")
        own = self._area(area)
        key = "/".join((indicator, own or "", *rest))
        return msgspec.structs.replace(told, key=key) if own else None

    def _area(self, area: str) -> str | None:
        if area == self.district:
            return CITY_AREA
        return area if area.startswith(self.district) else None

    def _indicator(self, row: city.Indicator) -> city.Indicator:
        areas: Literal["city", "districts"] = "districts" if row.inner else "city"
        row = msgspec.structs.replace(row, areas=areas, inner=False)
        if row.id in self._judged:
            return row
        return msgspec.structs.replace(row, thresholds=(), goal=None)

    def _figure(self, row: city.Observation) -> city.Observation | None:
        area = self._area(row.area)
        return None if area is None else msgspec.structs.replace(row, area=area)

    def _part(self, row: city.Neighbourhood) -> city.District:
        return city.District(
            row.code, row.name, row.lat, row.lon, row.boundary, approximate=not row.origin
        )

    def _placed(self, row: Any) -> Any:
        return msgspec.structs.replace(row, district=self.nearest(row.lat, row.lon))

    def _incident(self, row: city.Incident) -> city.Incident | None:
        """A warning for all of the city is one for the district."""
        if row.district not in ("", self.district):
            return None
        own = self.nearest(row.lat, row.lon)
        command, args = row.command, row.args
        elsewhere = command == "cctv.open" and args.get("camera") not in self._cameras
        if own and (elsewhere or "district" in args):
            command, args = "district.select", {"district": own}
        return msgspec.structs.replace(row, district=own, command=command, args=args)


def edition_of(settings: Settings) -> Edition | None:
    """The edition that the settings choose; None for the whole city. Raises SettingsError."""
    district = settings.city.district
    if not district:
        return None
    folder = pack_folder(settings)
    judged = frozenset(scale.indicator for scale in load_here(settings).scale)
    codes = frozenset(row["code"] for row in table_of(folder / DISTRICTS, "district"))
    return Edition(
        district,
        centres_of(folder, district),
        cameras_of(folder, district),
        judged,
        codes - {district},
    )


def cameras_of(folder: Path, district: str) -> frozenset[str]:
    """Ids of the demonstration's cameras in a district."""
    rows: Sequence[Mapping[str, Any]] = table_of(folder / "cameras.toml", "camera")
    return frozenset(row["id"] for row in rows if row["district"] == district)
