"""WS-Discovery as ONVIF uses it: who on this network says that it is a camera.

One question to the multicast group, sent only when an installer asks; the answers come from
whoever listens there and are believed no further than the address that they came from.
"""

import re
import socket
import time
import uuid
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from kiosk.backend.connectors.document import xml_root
from kiosk.backend.connectors.normal import NotUnderstood

GROUP, PORT = "239.255.255.250", 3702
MOST_BYTES = 65_535
MOST_DEVICES = 4096
_TYPES = "dn:NetworkVideoTransmitter"
_QUESTION = """<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"
 xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
 xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
<e:Header><w:MessageID>uuid:{id}</w:MessageID>
<w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>
<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>
<e:Body><d:Probe><d:Types>{types}</d:Types></d:Probe></e:Body></e:Envelope>"""
_NAME = re.compile(r"onvif://www\.onvif\.org/name/(\S+)")


class Device(NamedTuple):
    """Where a camera's ONVIF service is, and what the camera calls itself."""

    host: str
    port: int
    name: str


def probe(interface: str, seconds: float, group: tuple[str, int] = (GROUP, PORT)) -> list[Device]:
    """Cameras that answer within so many seconds, in the order of their addresses.

    `interface` is this machine's address in the cameras' network, "" leaves the choice to the
    system. Raises OSError when it can't be asked there.
    """
    found: dict[str, Device] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        if interface:
            line.bind((interface, 0))
            choice = socket.inet_aton(interface)
            line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, choice)
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        line.sendto(_QUESTION.format(id=uuid.uuid4(), types=_TYPES).encode(), group)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and len(found) < MOST_DEVICES:
            line.settimeout(left)
            try:
                answer, (host, _) = line.recvfrom(MOST_BYTES)
            except TimeoutError:
                break
            for device in devices(answer, host):
                found.setdefault(host, device)
    return sorted(found.values(), key=lambda device: socket.inet_aton(device.host))


def devices(answer: bytes, host: str) -> Iterator[Device]:
    """The services that an answer names at the address that it came from; others are left out."""
    try:
        root = xml_root(answer.decode("utf-8", "replace").strip())
    except NotUnderstood:
        return
    if root is None:
        return
    names = _NAME.findall(" ".join(_texts(root, "Scopes")))
    for text in " ".join(_texts(root, "XAddrs")).split():
        try:
            parts = urlsplit(text)
            port = parts.port or 80
        except ValueError:
            continue
        if parts.scheme == "http" and parts.hostname == host:
            yield Device(host, port, names[0][:80] if names else host)


def _texts(root: ET.Element, tag: str) -> Iterator[str]:
    for element in root.iter():
        if str(element.tag).rpartition("}")[2] == tag:
            yield element.text or ""
