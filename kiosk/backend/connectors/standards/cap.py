"""CAP 1.2: alerts, alone, several in one document, or linked from a feed.

Of several languages the Korean block counts, else that of the first. The standard has no fields for
who was sent: two parameters of the block, `dispatched` and `arrived`, tell these times.
"""

from collections.abc import Iterator, Sequence

from kiosk.backend.connectors.districts import own_code
from kiosk.backend.connectors.document import listed
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Incident, Parsed, Rejected
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected
from kiosk.backend.connectors.shape import centre_of
from kiosk.backend.connectors.spot import Spot, world_spot
from kiosk.backend.connectors.standards.cap_chain import Message, current, read_message
from kiosk.backend.connectors.standards.cap_feed import alerts_in, links_in

SEVERITIES = {"extreme": "critical", "severe": "warning", "moderate": "caution", "minor": "notice"}
STATES = {"alert": "issued", "update": "updated", "cancel": "cancelled"}
LANGUAGE = "ko"


def parse(raw: bytes, context: Context) -> Parsed:
    """The incidents of a document. See `together`."""
    return together([raw], context)


def together(documents: Sequence[bytes], context: Context) -> Parsed:
    """An incident a block of what is in force; an update or a cancellation has the id of what it
    changes, and takes its place where both are there.

    `status` is issued, updated or cancelled for what is actual, and exercise, test, system or draft
    for what is not: such a message changes no other. Raises NotUnderstood.
    """
    alerts = [alert for raw in documents for alert in alerts_in(raw)]
    messages: list[Message] = []
    rejected: list[Rejected] = []
    for count, alert in enumerate(alerts, start=1):
        try:
            messages.append(read_message(alert))
        except RowRejected as verdict:
            rejected.append(Rejected(count, str(verdict)))
    language = context.options.get("language", LANGUAGE)
    items = [
        incident
        for identity, message in current(messages)
        for incident in _incidents(identity, message, language)
    ]
    return Parsed(tuple(items), tuple(rejected))


def _incidents(identity: str, message: Message, language: str) -> Iterator[Incident]:
    status = STATES.get(message.kind, message.kind) if message.actual else message.status
    infos = _in_language(message.alert.raw("info"), language) or [Row({})]
    for count, info in enumerate(infos, start=1):
        suffix = f":{count}" if count > 1 else ""
        yield _incident(f"cap:{identity}{suffix}", info, message.sent, status)


def _in_language(block: object, language: str) -> list[Row]:
    infos = [Row(info) for info in listed(block) if isinstance(info, dict)]
    tongues = [info.text("language").lower() or "en-us" for info in infos]
    first = next(
        (tongue for tongue in tongues if tongue.startswith(language)), *tongues[:1] or [""]
    )
    return [info for info, tongue in zip(infos, tongues, strict=True) if tongue == first]


def _incident(identity: str, info: Row, sent: str, status: str) -> Incident:
    areas = [Row(area) for area in listed(info.raw("area")) if isinstance(area, dict)]
    spot = next((spot for area in areas if (spot := _spot(area)).lat is not None), Spot())
    event = info.text("event")
    return Incident(
        id=identity,
        kind=f"alert.{_first(info, 'category').lower() or 'other'}",
        place=next(filter(None, map(_code, areas)), None),
        time=moment(info.raw("onset")) or moment(info.raw("effective")) or sent,
        quality=spot.quality,
        note=spot.note,
        name=event,
        lat=spot.lat,
        lon=spot.lon,
        headline=info.text("headline") or event,
        description="\n".join(filter(None, (info.text("description"), info.text("instruction")))),
        severity=SEVERITIES.get(info.text("severity").lower(), ""),
        status=status,
        ends=moment(info.raw("expires")),
        area=", ".join(filter(None, (area.text("areaDesc") for area in areas))),
        dispatched=moment(_parameter(info, "dispatched")),
        arrived=moment(_parameter(info, "arrived")),
    )


def _parameter(info: Row, name: str) -> str:
    """The value of a parameter of the block, "" when it has none of this name."""
    parameters = [Row(each) for each in listed(info.raw("parameter")) if isinstance(each, dict)]
    named = (each for each in parameters if each.text("valueName").lower() == name)
    return next((each.text("value") for each in named), "")


def _first(info: Row, name: str) -> str:
    texts = listed(info.raw(name))
    return Row({name: texts[0]}).text(name) if texts else ""


def _code(area: Row) -> str | None:
    for geocode in listed(area.raw("geocode")):
        if isinstance(geocode, dict) and (code := own_code(Row(geocode).text("value"))):
            return code
    return None


def _spot(area: Row) -> Spot:
    """The middle of the first polygon, else of the first circle; both are `lat,lon`."""
    for polygon in listed(area.raw("polygon")):
        pairs = _pairs(str(polygon).split())
        centre = centre_of([(spot.lon, spot.lat) for spot in pairs if spot.lat and spot.lon])
        if centre and len(pairs) >= 4:
            return Spot(centre[1], centre[0], note=pairs[0].note)
    for circle in listed(area.raw("circle")):
        pairs = _pairs(str(circle).split()[:1])
        if pairs:
            return pairs[0]
    return Spot()


def _pairs(words: Sequence[str]) -> list[Spot]:
    pairs = [word.split(",") for word in words]
    return [world_spot(*pair) if len(pair) == 2 else Spot() for pair in pairs]


CONNECTOR = Connector("cap", "CAP 1.2: alerts and warnings", parse, links_in, together)
