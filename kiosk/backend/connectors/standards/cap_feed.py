"""Documents with CAP alerts in them, and feeds (Atom, RSS, a plain list) that link to such."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from kiosk.backend.connectors.document import Tree, content, decode, tag, xml_root
from kiosk.backend.connectors.normal import NotUnderstood
from kiosk.backend.connectors.registry import Linked
from kiosk.backend.connectors.row import Row

ATOM = "{http://www.w3.org/2005/Atom}feed"
ALERT, LIST = "alert", "alerts"
RSS = "rss"
CAP_TYPES = ("application/cap+xml", "application/common-alerting-protocol+xml")
ADDRESSES = ("http://", "https://")
MOST = 1000


def alerts_in(raw: bytes) -> Sequence[Row]:
    """The alerts that stand in the document itself. Raises NotUnderstood when it is neither an
    alert, nor a list or feed of alerts."""
    root = _root(raw)
    if root is None:
        return []
    found = [root] if tag(root) == ALERT else [each for each in root.iter() if tag(each) == ALERT]
    blocks = [content(each) for each in found[:MOST]]
    alerts = [block for block in blocks if isinstance(block, dict)]
    if len(alerts) < len(blocks):
        raise NotUnderstood("an alert has no fields")
    return [Row(alert) for alert in alerts]


def links_in(raw: bytes) -> Sequence[Linked]:
    """The alerts that a feed or a plain list of addresses points to. Raises NotUnderstood."""
    root = _root(raw)
    if root is None:
        return [Linked(line) for line in decode(raw).split()][:MOST]
    entries = [each for each in root.iter() if tag(each) in ("entry", "item")]
    alone = [each for each in entries if not any(tag(part) == ALERT for part in each.iter())]
    found = [Linked(_link(each), _version(each)) for each in alone]
    return [linked for linked in dict.fromkeys(found) if linked.address][:MOST]


def _root(raw: bytes) -> ET.Element | None:
    """None for a plain list of addresses."""
    text = decode(raw).strip()
    root = xml_root(text)
    if root is not None and (root.tag == ATOM or tag(root) in (ALERT, LIST, RSS)):
        return root
    if root is None and text and all(line.startswith(ADDRESSES) for line in text.split()):
        return None
    raise NotUnderstood("neither a CAP alert, nor a feed or list of alerts")


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
