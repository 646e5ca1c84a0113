"""An entity of NGSI-LD: its attributes with value, unit and time, in every representation.

Normalised, concise and keyValues; of the temporal one and of several sources of one attribute the
newest; names with or without the address of their context; and the older NGSI v2, whose units and
times stand in `metadata`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.backend.connectors.document import listed
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
DELETED = "urn:ngsi-ld:null"  # what a notification says of an attribute that is gone
_DATED = re.compile(r"[-:]\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:?\d\d)?$")
SYSTEM = {"id", "type", "@id", "@type", "@context", "location", "address"}
# what holds the value, by the kind of attribute; a list of pairs of value and time in `values`
HOLDERS = ("value", "object", "languageMap", "vocab", "json", "valueList", "objectList", "values")
LANGUAGES = ("ko", "ko-KR", "en", "@none")
TIMES = ("observedAt", "TimeInstant", "timestamp", "dateModified", "modifiedAt")
UNIT_CODES = ("unitCode", "unit")


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
    """`series`: the id without the time that some publishers put at its end. Attributes are found
    without regard to case."""

    id: str
    series: str
    type: str
    attributes: Mapping[str, Attribute]
    spot: Spot
    address: str

    def get(self, name: str) -> Attribute | None:
        return self.attributes.get(name) or next(
            (each for own, each in self.attributes.items() if own.lower() == name.lower()), None
        )

    def text(self, *names: str) -> str:
        """The first of the attributes that is there, as text."""
        found = (self.get(name) for name in names)
        return next(filter(None, (as_text(each.value) for each in found if each)), "")

    def time(self, *names: str) -> str | None:
        """The first of the attributes that holds a time; of an interval its begin."""
        times = (moment(self.text(name).partition("/")[0]) for name in names)
        return next(filter(None, times), None)


def read_entity(row: Row) -> Entity:
    """Raises RowRejected without an id or a type."""
    identity, fields = row.need("id", "@id"), row.given()
    kinds = [re.split("[/:#]", as_text(each))[-1] for each in listed(row.raw("type", "@type"))]
    kind = next(filter(None, kinds), "")
    if not kind:
        raise RowRejected("type / @type is missing")
    named = {short(name): raw for name, raw in fields.items() if name not in SYSTEM}
    return Entity(
        identity,
        _DATED.sub("", identity),
        kind,
        {name: _attribute(raw) for name, raw in named.items() if name not in SYSTEM},
        spot_of(_attribute(fields.get("location", named.get("location"))).value),
        _address(_attribute(fields.get("address", named.get("address"))).value),
    )


def short(name: str) -> str:
    """A name without the address of its context: `https://example.org/Environment#pm10` is pm10."""
    return re.split(r"[/:#]", name)[-1] if "//" in name or name.startswith("urn:") else name


def _attribute(raw: object) -> Attribute:
    if isinstance(raw, list) and raw and all(_is_wrapped(each) for each in raw):
        given = [_attribute(each) for each in raw]
        default = [own for own, each in zip(given, raw, strict=True) if "datasetId" not in each]
        return max(default or given, key=lambda each: each.observed or "")
    if not isinstance(raw, dict) or not _is_wrapped(raw):
        return Attribute(raw)
    row, beside = Row(raw), _metadata(raw.get("metadata"))
    value = next(raw[name] for name in HOLDERS if name in raw)
    observed = moment(row.raw(*TIMES)) or moment(beside.raw(*TIMES))
    if "values" in raw and isinstance(value, list):
        value, observed = _newest(value)
    if isinstance(value, dict) and "languageMap" in raw:
        value = next((value[tongue] for tongue in (*LANGUAGES, *value) if tongue in value), None)
    if isinstance(value, dict) and "@value" in value:
        value = value["@value"]
    if value == DELETED:
        value = None
    return Attribute(value, row.text(*UNIT_CODES) or beside.text(*UNIT_CODES), observed)


def _metadata(block: object) -> Row:
    """NGSI v2: {"unitCode": {"value": "GQ"}}."""
    items = block.items() if isinstance(block, dict) else ()
    return Row({name: _attribute(each).value for name, each in items})


def _newest(pairs: list[object]) -> tuple[object, str | None]:
    """Of pairs of a value and its time the newest; out of anything else none."""
    dated = [
        (time, each[0])
        for each in pairs
        if isinstance(each, list) and len(each) == 2 and (time := moment(each[1]))
    ]
    time, value = max(dated, key=lambda each: each[0], default=(None, None))
    return value, time


def _is_wrapped(raw: object) -> bool:
    return isinstance(raw, dict) and not set(HOLDERS).isdisjoint(raw)


def _address(value: object) -> str:
    """A postal address as one line; "" when it is neither that nor text."""
    if not isinstance(value, dict):
        return as_text(value)
    parts = ("streetAddress", "addressLocality", "addressRegion", "addressCountry")
    return ", ".join(filter(None, map(Row(value).text, parts)))
