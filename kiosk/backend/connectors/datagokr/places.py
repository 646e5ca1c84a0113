"""Places that services of data.go.kr list: emergency hospitals, hospitals, defibrillators."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.backend.connectors.datagokr.envelope import read_items
from kiosk.backend.connectors.normal import Parsed, Place
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, read_rows
from kiosk.backend.connectors.spot import korean_spot

MOBILE = "010"  # a mobile number is a person's, not the place's


@dataclass(frozen=True, slots=True)
class Listing:
    """Which fields say what. `identity` and `name`: the first that is there; it must be there."""

    kind: str
    identity: tuple[str, ...]
    name: tuple[str, ...]
    address: str
    phone: tuple[str, ...]
    lat: str
    lon: str
    attributes: dict[str, str]  # name in the item: field

    def parse(self, raw: bytes, context: Context) -> Parsed:
        """One place a row. See Connector."""
        return read_rows(read_items(raw), self._place)

    def _place(self, row: Row) -> Iterator[Place]:
        identity = row.need(*self.identity)
        spot = korean_spot(row.raw(self.lat), row.raw(self.lon))
        phones = (row.text(field) for field in self.phone)
        yield Place(
            id=f"{self.kind}:{identity}",
            kind=self.kind,
            place=identity,
            quality=spot.quality,
            note=spot.note,
            name=row.need(*self.name),
            lat=spot.lat,
            lon=spot.lon,
            address=row.text(self.address),
            phone=next((phone for phone in phones if phone and not phone.startswith(MOBILE)), ""),
            attributes={
                name: row.text(field) for name, field in self.attributes.items() if row.text(field)
            },
        )


EMERGENCY_HOSPITALS = Listing(
    kind="health.emergency_hospital",
    identity=("hpid",),
    name=("dutyName",),
    address="dutyAddr",
    phone=("dutyTel3", "dutyTel1"),
    lat="wgs84Lat",
    lon="wgs84Lon",
    attributes={"class": "dutyEmclsName"},
)
HOSPITALS = Listing(
    kind="health.hospital",
    identity=("ykiho",),
    name=("yadmNm",),
    address="addr",
    phone=("telno",),
    lat="YPos",
    lon="XPos",
    attributes={"class": "clCdNm", "district": "sgguCdNm", "distance_m": "distance"},
)
# the names and numbers of those in charge stand in the answer too: they are left out
DEFIBRILLATORS = Listing(
    kind="safety.defibrillator",
    identity=("serialSeq", "rnum"),
    name=("org", "buildPlace"),
    address="buildAddress",
    phone=("clerkTel",),
    lat="wgs84Lat",
    lon="wgs84Lon",
    attributes={
        "spot": "buildPlace",
        "maker": "mfg",
        "model": "model",
        "monday_from": "monSttTme",
        "monday_to": "monEndTme",
        "sunday_from": "sunSttTme",
        "sunday_to": "sunEndTme",
    },
)
LISTINGS: tuple[tuple[str, str, Callable[[bytes, Context], Parsed]], ...] = (
    ("getEgytListInfoInqire", "Emergency hospitals", EMERGENCY_HOSPITALS.parse),
    ("getHospBasisList", "HIRA: hospitals around a point", HOSPITALS.parse),
    ("getEgytAedManageInfoInqire", "Defibrillators by district", DEFIBRILLATORS.parse),
    ("getAedLcinfoInqire", "Defibrillators around a point", DEFIBRILLATORS.parse),
    ("getAedFullDown", "Defibrillators, all", DEFIBRILLATORS.parse),
)
CONNECTORS = tuple(Connector(*listing) for listing in LISTINGS)
