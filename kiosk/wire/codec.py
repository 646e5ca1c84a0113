"""JSON lines: encode a message, decode a stream of bytes."""

import msgspec

from kiosk.wire.messages import Message

LINE_LIMIT_BYTES = 4 * 1024 * 1024

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


class WireError(Exception):
    """A line that is no message of this version; names what was expected and where."""


def encode(message: Message) -> bytes:
    return _encoder.encode(message) + b"\n"


def decode(line: bytes) -> Message:
    try:
        return _decoder.decode(line)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise WireError(f"not a message: {error} in {line[:200]!r}") from error


class LineDecoder:
    """Cuts a byte stream into messages. Raises WireError on a line that is none or too long."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Message]:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LINE_LIMIT_BYTES:
            self._rest = b""
            raise WireError(f"a line of more than {LINE_LIMIT_BYTES} bytes")
        return [decode(line) for line in lines if line]
