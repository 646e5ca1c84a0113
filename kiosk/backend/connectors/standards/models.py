"""The data models of NGSI-LD that the city speaks, each as normalised items."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec.structs import replace

from kiosk.backend.connectors.figure import Measure, Reading, number
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Incident, Item, Observation, Place
from kiosk.backend.connectors.row import Row, RowRejected, as_text
from kiosk.backend.connectors.standards.entity import Attribute, Entity
from kiosk.backend.connectors.standards.open311 import read_request

Period = Literal["", "hour", "day", "month", "quarter", "half", "year"]
AIR = {
    "pm10": Measure("air.pm10", "", 0, 3000),
    "pm25": Measure("air.pm25", "", 0, 1500),
    "pm2.5": Measure("air.pm25", "", 0, 1500),
    "o3": Measure("air.o3", "", 0, 2000),
    "no": Measure("air.no", "", 0, 5000),
    "no2": Measure("air.no2", "", 0, 5000),
    "nox": Measure("air.nox", "", 0, 5000),
    "so2": Measure("air.so2", "", 0, 5000),
    "co": Measure("air.co", "", 0, 100_000),
    "co2": Measure("air.co2", "", 0, 100_000),
    "airQualityIndex": Measure("air.index", "", 0, 1000),
    "temperature": Measure("weather.temperature", "Cel", -60, 60),
    "relativeHumidity": Measure("weather.humidity", "", 0, 100),
    "precipitation": Measure("weather.precipitation", "mm", 0, 300),
    "windSpeed": Measure("weather.wind_speed", "m/s", 0, 100),
    "windDirection": Measure("weather.wind_direction", "deg", 0, 360),
}
PARKING = {
    "totalSpotNumber": Measure("parking.capacity", "", 0, 100_000),
    "availableSpotNumber": Measure("parking.free", "", -1000, 100_000),
    "occupiedSpotNumber": Measure("parking.parked", "", 0, 100_000),
    "occupancy": Measure("parking.occupancy", "", 0, 10),
}
OCCUPANCY_PERCENT = Measure("parking.occupancy", "%", 0, 1000)
FREQUENCIES: dict[str, Period] = {
    "hourly": "hour",
    "daily": "day",
    "monthly": "month",
    "quarterly": "quarter",
    "semester": "half",
    "yearly": "year",
}
SEVERITIES = {
    "informational": "notice",
    "low": "notice",
    "medium": "caution",
    "high": "warning",
    "critical": "critical",
}
MODIFIED = ("dateModified", "modifiedAt", "dateCreated", "createdAt")


def read_air(entity: Entity) -> Iterator[Item]:
    """Pollutants and weather at one station; the unit is what unitCode says."""
    known = {name.lower() for name in AIR}
    others = {
        name: Measure(f"air.{name}")
        for name, attribute in entity.attributes.items()
        if name.lower() not in known and number(attribute.value) is not None
    }
    time = entity.time("dateObserved", "dateObservedFrom", *MODIFIED)
    yield from _figures(entity, AIR | others, time)


def read_parking(entity: Entity) -> Iterator[Item]:
    """The car park, and how full it is. More cars than room are over capacity, as given; more free
    than room can't be."""
    yield _place(
        entity, "parking.onstreet" if entity.type.startswith("On") else "parking.offstreet"
    )
    time = entity.time("observationDateTime", "occupancyModified", *MODIFIED)
    given = entity.get("occupancy")
    percent = given is not None and given.unit_or("") == "%"
    measures = PARKING | ({"occupancy": OCCUPANCY_PERCENT} if percent else {})
    room = entity.get("totalSpotNumber")
    most = number(room.value) if room else None
    for item in _figures(entity, measures, time):
        value = item.value if isinstance(item.value, float) and item.quality == "good" else None
        if value is None:
            yield item
        elif item.kind == "parking.free" and most is not None and value > most:
            yield replace(item, quality="suspect", note=f"more than there is room for: {most:g}")
        elif (item.kind == "parking.free" and value < 0) or (
            item.kind == "parking.occupancy" and value > (100 if percent else 1)
        ):
            yield replace(item, quality="over_capacity")
        else:
            yield item


def read_indicator(entity: Entity) -> Iterator[Item]:
    """The indicator's value for its period, or the level in words."""
    period = (entity.get("calculationPeriod") or Attribute({})).value
    span = Row(period if isinstance(period, dict) else {})
    begin = moment(span.raw("from"))
    time = begin or entity.time("dateModified", "modifiedAt", "dateCreated")
    given = entity.get("kpiValue") or Attribute(None)
    name = entity.text("name") or entity.series
    words = given.value if isinstance(given.value, str) and number(given.value) is None else ""
    reading = given.read(Measure("kpi"))
    value = as_text(words) or reading.value
    yield Observation(
        id=f"ngsi:{entity.series}:kpiValue",
        kind="kpi",
        place=entity.series,
        time=given.observed or time,
        value=value,
        unit=given.unit_or(""),
        quality="good" if as_text(words) else reading.quality,
        note=entity.text("currentStanding"),
        name=name,
        lat=entity.spot.lat,
        lon=entity.spot.lon,
        period=FREQUENCIES.get(entity.text("calculationFrequency"), "") if begin else "",
    )


def read_alert(entity: Entity) -> Iterator[Item]:
    """An alert as an incident."""
    category = entity.text("category") or "other"
    time = entity.time("validFrom", "dateIssued", "dateObserved", *MODIFIED)
    if time is None:
        raise RowRejected("neither validFrom nor dateIssued is a time")
    name = entity.text("subCategory") or category
    yield Incident(
        id=f"ngsi:{entity.id}",
        kind=f"alert.{category.lower()}",
        time=time,
        quality=entity.spot.quality,
        note=entity.spot.note,
        name=name,
        lat=entity.spot.lat,
        lon=entity.spot.lon,
        headline=entity.text("name", "title") or name,
        description=entity.text("description"),
        severity=SEVERITIES.get(entity.text("severity").lower(), ""),
        status="issued",
        ends=entity.time("validTo"),
        area=entity.address,
    )


def read_complaint(entity: Entity) -> Iterator[Item]:
    """A service request of Open311 in the clothes of an entity."""
    fields: dict[str, object] = {name: each.value for name, each in entity.attributes.items()}
    fields.setdefault("service_request_id", entity.id)
    fields.setdefault("requested_datetime", entity.text("dateCreated", "createdAt"))
    fields.setdefault("service_name", entity.text("title", "category"))
    fields.update(lat=entity.spot.lat, long=entity.spot.lon)
    if entity.address:
        fields.setdefault("address", entity.address)
    yield read_request(Row(fields))


def read_any(entity: Entity) -> Iterator[Item]:
    """Of a type without a model here: the place with its words, and each of its figures."""
    figures = {
        name: Measure(f"{entity.type}.{name}")
        for name, attribute in entity.attributes.items()
        if number(attribute.value) is not None
    }
    words = {
        name: text
        for name, attribute in entity.attributes.items()
        if name not in figures and (text := as_text(attribute.value))
    }
    yield _place(entity, entity.type, words)
    yield from _figures(entity, figures, entity.time("dateObserved", *MODIFIED))


def _place(entity: Entity, kind: str, words: Mapping[str, str] | None = None) -> Place:
    return Place(
        id=f"ngsi:{entity.series}",
        kind=kind,
        place=entity.series,
        quality=entity.spot.quality,
        note=entity.spot.note,
        name=entity.text("name", "title"),
        lat=entity.spot.lat,
        lon=entity.spot.lon,
        address=entity.address,
        attributes=dict(words or {}),
    )


def _figures(
    entity: Entity, measures: Mapping[str, Measure], time: str | None
) -> Iterator[Observation]:
    for name, measure in measures.items():
        attribute = entity.get(name)
        if attribute is None:
            continue
        reading = attribute.read(measure)
        when = attribute.observed or time
        yield Observation(
            id=f"ngsi:{entity.series}:{name}",
            kind=measure.kind,
            place=entity.series,
            time=when,
            value=reading.value,
            unit=attribute.unit_or(measure.unit),
            quality=reading.quality if when else _undated(reading),
            note=reading.note or ("" if when else "it has no time"),
            name=entity.text("name", "stationName", "title"),
            lat=entity.spot.lat,
            lon=entity.spot.lon,
        )


def _undated(reading: Reading) -> Literal["missing", "suspect"]:
    return "missing" if reading.value is None else "suspect"
