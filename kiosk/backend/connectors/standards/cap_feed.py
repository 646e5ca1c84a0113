"""Documents with CAP alerts in them, and feeds (Atom, RSS, a plain list) that link to such.

Feeds of weather services (NWS, Meteoalarm) say the main facts of an alert in the entry itself, by
elements of CAP's namespace, beside the link to the alert: they stand for it until it is there.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from kiosk.backend.connectors.document import (
    Tree,
    content,
    decode,
    read_document,
    tag,
    xml_root,
)
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.registry import Linked
from kiosk.backend.connectors.row import Row
from kiosk.backend.connectors.standards.cap_json import json_alerts

ATOM = "{http://www.w3.org/2005/Atom}feed"
CAP = "{urn:oasis:names:tc:emergency:cap:"
ALERT, LIST = "alert", "alerts"
RSS = "rss"
CAP_TYPES = ("application/cap+xml", "application/common-alerting-protocol+xml")
ADDRESSES = ("http://", "https://")
MOST = 1000


def alerts_in(raw: bytes) -> Sequence[Row]:
    """The alerts that stand in the document itself. Raises NotUnderstood when it is neither an
    alert, nor a list or feed of alerts, SourceRefused when it is an error of the source's."""
    text = decode(raw).strip()
    if text.startswith(("{", "[")):
        return json_alerts(read_document(raw))
    root = _root(text)
    if root is None:
        return []
    blocks = [content(each) for each in _alerts(root)[:MOST]]
    alerts = [block for block in blocks if isinstance(block, dict)]
    if len(alerts) < len(blocks):
        raise NotUnderstood("an alert has no fields")
    entries = [each for each in _entries(root) if not _alerts(each)]
    return [*_told(entries[:MOST]), *(Row(alert) for alert in alerts)]


def links_in(raw: bytes) -> Sequence[Linked]:
    """The alerts that a feed or a plain list of addresses points to. Raises NotUnderstood."""
    text = decode(raw).strip()
    if text.startswith(("{", "[")):
        return []
    root = _root(text)
    if root is None:
        return [Linked(line) for line in text.split()][:MOST]
    alone = [each for each in _entries(root) if not _alerts(each)]
    found = [Linked(_link(each), _version(each)) for each in alone]
    return [linked for linked in dict.fromkeys(found) if linked.address][:MOST]


def _root(text: str) -> ET.Element | None:
    """None for a plain list of addresses."""
    root = xml_root(text)
    known = root is not None and (root.tag == ATOM or tag(root) in (ALERT, LIST, RSS))
    if root is not None and (known or any(each.tag.startswith(CAP) for each in _alerts(root))):
        return root
    if root is None and text and all(line.startswith(ADDRESSES) for line in text.split()):
        return None
    raise NotUnderstood("neither a CAP alert, nor a feed or list of alerts")


def _alerts(element: ET.Element) -> list[ET.Element]:
    """The outermost alerts: the element itself, or what stands in it."""
    if tag(element) == ALERT:
        return [element]
    return [each for each in element.iter() if tag(each) == ALERT]


def _entries(root: ET.Element) -> list[ET.Element]:
    return [each for each in root.iter() if tag(each) in ("entry", "item")]


def _told(entries: Sequence[ET.Element]) -> list[Row]:
    """What entries say of alerts by themselves; several of one alert are its areas."""
    alerts: dict[str, Tree] = {}
    infos: dict[str, list[object]] = {}
    for entry in entries:
        cap: Tree = {tag(each): content(each) for each in entry if each.tag.startswith(CAP)}
        if "event" not in cap:
            continue
        own = Row({tag(each): each.text for each in entry if not each.tag.startswith(CAP)})
        told = Row(cap)
        identity = told.text("identifier") or own.text("id", "guid").rpartition("/")[2]
        alerts[identity] = {
            "identifier": identity,
            "sent": told.text("sent") or own.text("updated", "published"),
            "status": told.raw("status"),
            "msgType": told.text("msgType", "message_type") or "Alert",
            "references": told.raw("references"),
        }
        info = {
            "headline": own.text("title"),
            "description": own.text("summary"),
            **cap,
            "area": cap,
        }
        infos.setdefault(identity, []).append(info)
    return [Row({**alert, "info": infos[identity]}) for identity, alert in alerts.items()]


def _link(entry: ET.Element) -> str:
    """An Atom entry's link to the alert itself, else its first; the text of an RSS item's."""
    links = [each for each in entry if tag(each) == "link"]
    exact = [each for each in links if each.get("type") in CAP_TYPES]
    usual = [each for each in links if each.get("rel", "alternate") == "alternate"]
    for each in (*exact, *usual):
        if address := (each.get("href") or each.text or "").strip():
            return address
    return ""


def _version(entry: ET.Element) -> str:
    fields: Tree = {tag(each): each.text for each in entry}
    return Row(fields).text("updated", "pubDate")
