"""An entity of NGSI-LD: its attributes with value, unit and time, in either representation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.backend.connectors.figure import Measure, Reading
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.row import Row, RowRejected, as_text
from kiosk.backend.connectors.spot import Spot
from kiosk.backend.connectors.standards.geometry import spot_of

# unitCode is a common code of UN/CEFACT recommendation 20
UNITS = {
    "GQ": "ug/m3",
    "GP": "mg/m3",
    "59": "ppm",
    "61": "ppb",
    "CEL": "Cel",
    "P1": "%",
    "MTS": "m/s",
    "KMH": "km/h",
    "DD": "deg",
    "MMT": "mm",
    "MTR": "m",
    "KMT": "km",
    "SEC": "s",
    "MIN": "min",
    "HUR": "h",
    "A97": "hPa",
    "KWH": "kWh",
    "C62": "",
}
_DATED = re.compile(r"[-:]\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:?\d\d)?$")
SYSTEM = {"id", "type", "@context", "location", "address"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """`value` as JSON has it, out of its wrappings; `unit` as UN/CEFACT code."""

    value: object
    unit: str = ""
    observed: str | None = None

    def read(self, measure: Measure) -> Reading:
        """The value judged; out of a list or a block none is taken."""
        return measure.read(self.value)

    def unit_or(self, unit: str) -> str:
        """The unit in our short form; `unit` when the attribute names none."""
        return UNITS.get(self.unit, self.unit) or unit


@dataclass(frozen=True, slots=True)
class Entity:
    """`series`: the id without the time that some publishers put at its end."""

    id: str
    series: str
    type: str
    attributes: Mapping[str, Attribute]
    spot: Spot
    address: str

    def text(self, *names: str) -> str:
        """The first of the attributes that is there, as text."""
        texts = (as_text(self.attributes[name].value) for name in names if name in self.attributes)
        return next(filter(None, texts), "")

    def time(self, *names: str) -> str | None:
        """The first of the attributes that holds a time; of an interval its begin."""
        times = (moment(self.text(name).partition("/")[0]) for name in names)
        return next(filter(None, times), None)


def read_entity(row: Row) -> Entity:
    """Raises RowRejected without an id or a type."""
    identity, kind = row.need("id", "@id"), row.need("type", "@type")
    fields = row.given()
    return Entity(
        identity,
        _DATED.sub("", identity),
        re.split(r"[/:#]", kind)[-1],
        {name: _attribute(raw) for name, raw in fields.items() if name not in SYSTEM},
        spot_of(_attribute(fields.get("location")).value),
        _address(_attribute(fields.get("address")).value),
    )


def _attribute(raw: object) -> Attribute:
    if isinstance(raw, list) and raw and all(_is_wrapped(each) for each in raw):
        raw = raw[0]  # several sources of one attribute: the first is the default
    if not isinstance(raw, dict) or not _is_wrapped(raw):
        return Attribute(raw)
    row = Row(raw)
    value = raw.get("value", raw.get("object", raw.get("languageMap")))
    if isinstance(value, dict) and "@value" in value:
        value = value["@value"]
    return Attribute(value, row.text("unitCode"), moment(row.raw("observedAt")))


def _is_wrapped(raw: object) -> bool:
    return isinstance(raw, dict) and bool({"value", "object", "languageMap"} & set(raw))


def _address(value: object) -> str:
    if not isinstance(value, dict):
        return as_text(value)
    row = Row(value)
    parts = ("streetAddress", "addressLocality", "addressRegion", "addressCountry")
    found = list(filter(None, map(row.text, parts)))
    if not found:
        raise RowRejected("its address is neither text nor a postal address")
    return ", ".join(found)
