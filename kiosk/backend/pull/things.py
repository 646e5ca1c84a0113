"""What stands, is seen, happens and is reported in the city: items of a source as rows."""

from collections.abc import Iterable, Mapping

import msgspec

from kiosk.backend.connectors import normal
from kiosk.backend.gazetteer import Gazetteer
from kiosk.backend.pull.declaration import Declaration
from kiosk.backend.pull.times import epoch_ms
from kiosk.pack import here
from kiosk.wire import city
from kiosk.wire.text import Text

SEVERITIES: Mapping[str, city.Severity] = {
    "notice": "notice",
    "minor": "notice",
    "caution": "caution",
    "moderate": "caution",
    "warning": "warning",
    "severe": "warning",
    "critical": "critical",
    "extreme": "critical",
    "주의보": "caution",
    "경보": "warning",
}
OVER = frozenset(("lifted", "cancelled", "cancel", "closed", "ended"))
NOT_REAL = frozenset(("exercise", "test", "system", "draft", "unknown"))  # of CAP
LINES = {f"100{n}": f"{n}호선" for n in range(1, 10)}  # subwayId of the subway's own host
FIRST_NUMBER = 1001  # of a system's cameras; the lower numbers are the demonstration's
NEWS = "news"
TRAINS = "subway.arrival"
STEPS = ("reception", "handling", "done")


def key(declaration: Declaration, item: normal.Item) -> str:
    """The row's key; the slash tells it from those that the demonstration makes."""
    return f"{declaration.id}/{item.id}"


def place_key(item: normal.Place) -> str:
    """Two systems that speak of one place by the same code and kind speak of one row."""
    return f"{item.kind}/{item.place or item.id}"


def place(
    declaration: Declaration,
    item: normal.Place,
    before: city.Place | None,
    gazetteer: Gazetteer,
) -> city.Place:
    """The place as this answer has it; what it leaves out stays as another answer had it."""
    lat, lon, address = item.lat, item.lon, item.address
    if before is not None:
        lat, lon = (before.lat, before.lon) if lat is None or lon is None else (lat, lon)
        address = address or before.address
    district = gazetteer.district(item.place, lat, lon, address)
    return city.Place(
        id=place_key(item),
        source_id=before.source_id if before else declaration.id,
        kind=item.kind,
        name=item.name or (before.name if before else ""),
        district=district or (before.district if before else ""),
        lat=lat,
        lon=lon,
        address=address,
        phone=item.phone or (before.phone if before else ""),
        t_ms=epoch_ms(item.time) or (before.t_ms if before else None),
        readings=before.readings if before else {},
        attributes={**(before.attributes if before else {}), **item.attributes},
    )


def read(row: city.Place, observations: Iterable[normal.Observation]) -> city.Place:
    """The place with the newest reading of each kind; forecasts and shares of groups are none. Of
    trains all that come are told, each with the moment at which it is expected."""
    told = sorted(observations, key=lambda o: epoch_ms(o.time) or 0)
    coming = [item for item in told if item.kind == TRAINS]
    readings, newest_ms = dict(row.readings), row.t_ms
    if coming:
        readings = {k: v for k, v in readings.items() if not k.startswith(f"{city.TRAIN}/")}
        readings |= dict(filter(None, (train(item) for item in coming)))
        seen = (epoch_ms(item.time) for item in coming)
        newest_ms = max(filter(None, (newest_ms, *seen)), default=None)
    for item in (item for item in told if item.kind != TRAINS):
        if item.issued is None and item.sex == "all" and item.age == "all":
            if item.value is None and item.quality == "missing":
                continue
            readings[item.kind] = item.value
            newest_ms = max(filter(None, (newest_ms, epoch_ms(item.time))), default=None)
    return msgspec.structs.replace(row, readings=readings, t_ms=newest_ms)


def train(item: normal.Observation) -> tuple[str, float] | None:
    """A reading of its station, see `city.TRAIN`; None when nothing says when it comes."""
    seen_ms = epoch_ms(item.time)
    if not isinstance(item.value, int | float) or seen_ms is None:
        return None
    _, line, *rest = item.id.removesuffix(f"/{TRAINS}").split("/")
    name, number = LINES.get(line, ""), rest[-1] if rest else ""
    way = item.name.replace("/", " ")
    return f"{city.TRAIN}/{name}/{way}/{number}", seen_ms / 1000 + item.value


def camera(
    declaration: Declaration, item: normal.Camera, number: int, gazetteer: Gazetteer
) -> city.Camera | None:
    """A camera of the city; None for one elsewhere, without a place or without pictures."""
    district = gazetteer.district(item.place, item.lat, item.lon)
    if item.lat is None or item.lon is None or not item.stream or not district:
        return None
    return city.Camera(
        id=key(declaration, item),
        number=number,
        name=Text(item.name, item.name),
        lat=item.lat,
        lon=item.lon,
        district=district,
        kind=item.kind,
        url=item.stream,
        sub_url=item.sub_stream,
        login=item.login,
        tags=item.tags,
        signed=item.signed,
    )


def incident(
    declaration: Declaration, item: normal.Incident, gazetteer: Gazetteer, now_ms: int
) -> city.Incident:
    """An incident or warning. What is told without a time happened when it was told.

    One of no district in particular opens the whole map.
    """
    headline = item.headline or item.name or item.description[:80] or item.kind
    facts = item.description or item.area or item.note
    began_ms, ends_ms = epoch_ms(item.time) or now_ms, epoch_ms(item.ends)
    ended_ms = ends_ms if ends_ms is not None and ends_ms <= now_ms else None
    if ended_ms is None and item.status.lower() in OVER:
        ended_ms = now_ms
    district = gazetteer.district(item.place, item.lat, item.lon, item.area)
    dispatched_ms = epoch_ms(item.dispatched)
    return city.Incident(
        id=key(declaration, item),
        number=0,
        kind=item.kind,
        severity=SEVERITIES.get(item.severity.lower(), "notice"),
        headline=Text(headline, headline),
        facts=Text(facts, facts),
        district=district,
        lat=item.lat,
        lon=item.lon,
        t_ms=began_ms,
        updated_ms=began_ms,
        simulated=False,
        ended_ms=ended_ms,
        command="" if district else "panel.open",
        args={} if district else {"panel": "home"},
        address=Text(item.area, item.area),
        dispatched_ms=dispatched_ms,
        arrived_ms=epoch_ms(item.arrived),
        goal_s=here().emergency.goal_s if dispatched_ms is not None else None,
    )


def complaint(
    declaration: Declaration, item: normal.Complaint, gazetteer: Gazetteer, now_ms: int
) -> city.Complaint:
    t_ms = epoch_ms(item.time) or now_ms
    return city.Complaint(
        id=key(declaration, item),
        source_id=declaration.id,
        kind=item.kind,
        title=item.name,
        description=item.description,
        t_ms=t_ms,
        updated_ms=epoch_ms(item.updated) or t_ms,
        status=item.status if item.status in ("open", "closed") else "",  # type: ignore[arg-type]
        step=item.step if item.step in STEPS else "",  # type: ignore[arg-type]
        agency=item.agency,
        district=gazetteer.district(item.place, item.lat, item.lon, item.address),
        lat=item.lat,
        lon=item.lon,
        address=item.address,
        media=item.media,
    )


def news(
    declaration: Declaration, item: normal.News, gazetteer: Gazetteer, now_ms: int
) -> city.Item:
    """A piece of news; of a district where its words name one."""
    t_ms = epoch_ms(item.time) or now_ms
    district = gazetteer.district(item.place, item.lat, item.lon, f"{item.name} {item.description}")
    title, publisher = Text(item.name, item.name), Text(item.publisher, item.publisher)
    return city.Item(
        id=key(declaration, item),
        kind=NEWS,
        title=title,
        position=t_ms,
        summary=Text(item.description, item.description),
        owner=publisher,
        t_ms=t_ms,
        attributes={"link_ko": item.link, "link_en": item.link} if item.link else {},
        districts=(district,) if district else (),
        source=publisher,
        source_id=declaration.id,
    )
