"""A message of MQTT: one number, or a JSON object or list, as the declaration maps it.

Options: topic (where it came from), place, name, kind, unit, low, high, field (path to the value,
parts joined by "."), time_field, place_field. Without `field` every number of an object counts, by
its key; its `lat` and `lon` say where.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from kiosk.backend.connectors.document import decode, read_document
from kiosk.backend.connectors.figure import Measure, is_missing, number
from kiosk.backend.connectors.moment import from_ms, moment
from kiosk.backend.connectors.normal import NotUnderstood, Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, as_text, read_rows
from kiosk.backend.connectors.spot import world_spot

TIMES = ("time", "timestamp", "ts", "date", "datetime")
SECONDS, MILLISECONDS = (1e9, 1e11), (1e12, 1e14)  # what an epoch of our days may be
# numbers of an object that are no figures: who sends, the how manieth message, and where
NO_FIGURES = frozenset(("id", "deviceid", "device_id", "sensorid", "sensor_id", "seq"))
LATITUDES, LONGITUDES = ("lat", "latitude"), ("lon", "lng", "long", "longitude")
MAX_WORDS = 200


def parse(raw: bytes, context: Context) -> Parsed:
    """One observation a figure; its time is the message's own, else when it came."""
    text = decode(raw).strip()
    plain = number(text) is not None or is_missing(text)
    looks_like_words = text[:1] not in ("{", "[", '"') and len(text) <= MAX_WORDS
    document = text if plain or looks_like_words else read_document(raw)
    if isinstance(document, str | int | float):
        document = {"value": document}
    rows = document if isinstance(document, list) else [document]
    if not any(isinstance(row, dict) for row in rows):
        raise NotUnderstood("neither a number, nor a word, nor an object, nor a list of objects")
    return read_rows(rows, partial(_message, context=context))


def _message(row: Row, *, context: Context) -> Iterator[Observation]:
    options = context.options
    time = _time(row, options)
    if time is None and context.received_ms is not None:
        time = from_ms(context.received_ms)
    place = row.text(options["place_field"]) if "place_field" in options else ""
    place = place or options.get("place") or options.get("topic", "")
    values, spot = _values(row, options), world_spot(row.raw(*LATITUDES), row.raw(*LONGITUDES))
    if not values:
        raise RowRejected("it has no figure")
    for name, value in values.items():
        measure = _measure(options, name)
        reading = measure.read(value)
        words = as_text(value) if number(value) is None and not is_missing(value) else ""
        yield Observation(
            id=f"mqtt:{options.get('topic', '')}:{place}:{name}",
            kind=measure.kind,
            place=place or None,
            time=time,
            value=words or reading.value,
            unit=measure.unit,
            quality="good" if words else reading.quality,
            note="" if words else reading.note,
            name=options.get("name", ""),
            lat=spot.lat,
            lon=spot.lon,
        )


def _values(row: Row, options: Mapping[str, str]) -> dict[str, object]:
    if path := options.get("field"):
        return {path: _at(row, path)}
    fields = row.given()
    if set(fields) == {"value"}:
        return dict(fields)
    return {
        key: value
        for key, value in fields.items()
        if number(value) is not None
        and key.lower() not in (*TIMES, *NO_FIGURES, *LATITUDES, *LONGITUDES)
    }


def _at(row: Row, path: str) -> object:
    value: object = None
    for part in path.split("."):
        value = row.raw(part)
        row = Row(value if isinstance(value, dict) else {})
    return value


def _measure(options: Mapping[str, str], name: str) -> Measure:
    bounds = [number(options.get(bound)) for bound in ("low", "high")]
    kind, unit = options.get("kind", f"mqtt.{name}"), options.get("unit", "")
    low, high = bounds
    if low is None or high is None:
        return Measure(kind, unit)
    return Measure(kind, unit, low, high)


def _time(row: Row, options: Mapping[str, str]) -> str | None:
    raw = _at(row, options["time_field"]) if "time_field" in options else row.raw(*TIMES)
    epoch = number(raw)
    if epoch is not None and SECONDS[0] <= epoch < SECONDS[1]:
        return from_ms(int(epoch * 1000))
    if epoch is not None and MILLISECONDS[0] <= epoch < MILLISECONDS[1]:
        return from_ms(int(epoch))
    return moment(raw)


CONNECTOR = Connector("mqtt", "MQTT: messages by a declared mapping", parse)
