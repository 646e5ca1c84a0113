"""CAP 1.2: alerts. Of several languages the Korean block counts, else that of the first."""

from collections.abc import Iterator, Sequence
from functools import partial

from kiosk.backend.connectors.districts import code_of
from kiosk.backend.connectors.document import listed, read_document
from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Incident, NotUnderstood, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows
from kiosk.backend.connectors.shape import centre_of
from kiosk.backend.connectors.spot import Spot, world_spot

SEVERITIES = {"extreme": "critical", "severe": "warning", "moderate": "caution", "minor": "notice"}
STATES = {"alert": "issued", "update": "updated", "cancel": "cancelled"}
NO_INCIDENT = {"ack", "error"}  # answers between systems
LANGUAGE = "ko"


def parse(raw: bytes, context: Context) -> Parsed:
    """An incident a block; an update or a cancellation has the id of what it changes.

    `status` is issued, updated or cancelled for what is actual, and exercise, test, system or draft
    for what is not.
    """
    document = read_document(raw)
    alert = document.get("alert") if isinstance(document, dict) else None
    if not isinstance(alert, dict):
        raise NotUnderstood("the root is not a CAP alert")
    return read_rows([alert], partial(_alert, language=context.options.get("language", LANGUAGE)))


def _alert(alert: Row, *, language: str) -> Iterator[Incident]:
    message = alert.need("msgType").lower()
    if message in NO_INCIDENT:
        raise RowRejected(f"a message of type {message} is no incident")
    sent = moment(alert.raw("sent"))
    if sent is None:
        raise RowRejected(f"sent is no time: {alert.text('sent')[:40]!r}")
    actual = alert.text("status").lower()
    status = STATES.get(message, message)
    if actual != "actual" and status != "cancelled":
        status = actual
    infos = _in_language(alert.raw("info"), language) or [Row({})]
    for identity in _identities(alert):
        for count, info in enumerate(infos):
            suffix = f":{count + 1}" if len(infos) > 1 else ""
            yield _incident(f"cap:{identity}{suffix}", info, sent, status)


def _identities(alert: Row) -> list[str]:
    """Of the messages that this one is about: `references` holds sender,identifier,sent triples."""
    own = alert.need("identifier")
    triples = (triple.split(",") for triple in alert.text("references").split())
    return list(dict.fromkeys(parts[1] for parts in triples if len(parts) == 3)) or [own]


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
    )


def _first(info: Row, name: str) -> str:
    texts = listed(info.raw(name))
    return Row({name: texts[0]}).text(name) if texts else ""


def _code(area: Row) -> str | None:
    for geocode in listed(area.raw("geocode")):
        if isinstance(geocode, dict) and (code := code_of(Row(geocode).text("value"))):
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


CONNECTOR = Connector("cap", "CAP 1.2: alerts and warnings", parse)
