"""Messages that cross processes: frozen, versioned, one JSON object a line."""

from kiosk.wire.codec import LineDecoder, WireError, decode, encode
from kiosk.wire.link import Link, PairedLink, SocketLink
from kiosk.wire.text import Text

__all__ = [
    "LineDecoder",
    "Link",
    "PairedLink",
    "SocketLink",
    "Text",
    "WireError",
    "decode",
    "encode",
]
